//! Records that come without pages: one, or all at once.

use clap::ArgMatches;
use serde::Serialize;
use serde_json::Value;

use crate::failure::Failure;
use crate::lang::Lang;
use crate::lists::target::Target;
use crate::lists::wanted::{self, Form, Format};
use crate::lists::writer::Writer;
use crate::lists::{Fields, Heading, values};
use crate::output::{self, Output};

/// How to write, read before anything is called.
pub(crate) struct Shown {
    output: Output,
    form: Form,
    target: Option<std::path::PathBuf>,
}

impl Shown {
    /// Reads the options.
    pub(crate) fn read(output: Output, matches: &ArgMatches) -> Result<Self, Failure> {
        Ok(Self {
            output,
            form: Form::read(output, matches)?,
            target: wanted::out(matches),
        })
    }

    /// Writes one record: a person sees all that it has.
    pub(crate) fn one<R: Fields + Serialize>(self, record: &R) -> Result<(), Failure> {
        let lang = self.output.lang;
        let too_exact = |_| Failure::no(lang.row_too_exact());
        let text = match self.form.format {
            Format::Table => {
                let record = serde_json::to_value(record).map_err(|_| Failure::no(lang.row_too_exact()))?;
                let mut lines = Vec::new();
                tell(lang, R::TABLE, String::new(), &record, &mut lines);
                format!(
                    "{}\n",
                    output::table(&[], lines, &std::collections::BTreeSet::new())
                )
                .into_bytes()
            }
            Format::Json | Format::Jsonl => {
                let mut text = serde_json::to_vec(record).map_err(|_| Failure::no(lang.row_too_exact()))?;
                text.push(b'\n');
                text
            }
            Format::Csv => {
                let mut writer = Writer::new::<R>(lang, self.form);
                writer.row(record).map_err(too_exact)?;
                writer.take()
            }
        };
        self.write(&text)
    }

    /// Writes several records.
    pub(crate) fn all<R: Fields + Serialize>(self, records: &[R]) -> Result<(), Failure> {
        let lang = self.output.lang;
        let mut writer = Writer::new::<R>(lang, self.form);
        for record in records {
            writer
                .row(record)
                .map_err(|_| Failure::no(lang.row_too_exact()))?;
        }
        let mut text = writer.take();
        text.extend(writer.end());
        let is_silent = records.is_empty() && self.form.format == Format::Table;
        let output = self.output;
        self.write(&text)?;
        if is_silent {
            output.note(&lang.no_rows());
        }
        Ok(())
    }

    fn write(self, text: &[u8]) -> Result<(), Failure> {
        let mut target = Target::new(self.output, self.target.as_deref())?;
        target.write(text)?;
        target.finish()
    }
}

/// One line a value, under its heading or, where it has none, its place in the record.
fn tell(lang: Lang, headings: &[Heading], place: String, value: &Value, lines: &mut Vec<Vec<String>>) {
    let inner = |name: &str| {
        if place.is_empty() {
            name.to_owned()
        } else {
            format!("{place}.{name}")
        }
    };
    match value {
        Value::Object(fields) if !values::is_number(value) => {
            for (name, value) in fields {
                tell(lang, headings, inner(name), value, lines);
            }
        }
        Value::Array(elements) => {
            for (value, number) in elements.iter().zip(1_u64..) {
                tell(lang, headings, inner(&number.to_string()), value, lines);
            }
        }
        Value::Null => {}
        value => {
            let heading = headings
                .iter()
                .find(|(field, _)| field.split('|').any(|field| field == place));
            let shown = values::one(lang, &place, value);
            let name = heading.map_or(place, |(_, title)| title(lang));
            lines.push(vec![name, shown]);
        }
    }
}
