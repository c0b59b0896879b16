//! Records that come without pages: one, or all at once.

use clap::ArgMatches;
use eduzz_wire::Endpoint;
use serde::Serialize;
use serde_json::Value;

use crate::client::Caller;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::lists::target::Target;
use crate::lists::wanted::{self, Form, Format};
use crate::lists::writer::Writer;
use crate::lists::{Fields, values};
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

    /// Makes a call, and gives how to write what it answers.
    pub(crate) async fn of<E: Endpoint>(
        output: Output,
        matches: &ArgMatches,
        call: &E,
    ) -> Result<(Self, E::Output), Failure> {
        let shown = Self::read(output, matches)?;
        let caller = Caller::new(output, matches.get_flag("show-body"))?;
        Ok((shown, caller.call(call).await?))
    }

    /// A table on the standard output.
    pub(crate) const fn table(output: Output) -> Self {
        Self {
            output,
            form: Form::TABLE,
            target: None,
        }
    }

    /// Writes one record: a person sees all that it has.
    pub(crate) fn one<R: Fields + Serialize>(self, record: &R) -> Result<(), Failure> {
        let lang = self.output.lang;
        let too_exact = |_| Failure::no(lang.row_too_exact());
        let text = match self.form.format {
            Format::Table => {
                let record = serde_json::to_value(record).map_err(|_| Failure::no(lang.row_too_exact()))?;
                let mut lines = Vec::new();
                tell(lang, String::new(), &record, &mut lines);
                // As the columns are ordered; what has none comes behind.
                lines.sort_by_key(|(place, _)| rank::<R>(place));
                let lines = lines.into_iter().map(|(place, shown)| {
                    let heading = R::TABLE.iter().find(|(field, _)| is_at(field, &place));
                    vec![heading.map_or(place, |(_, title)| title(lang)), shown]
                });
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

/// Where a value stands among the others.
fn rank<R: Fields>(place: &str) -> usize {
    let columns = R::TABLE
        .iter()
        .map(|(field, _)| *field)
        .chain(R::CSV.iter().copied());
    let is_inside = |field: &str| is_at(field, place) || field.starts_with(&format!("{place}."));
    columns.into_iter().position(is_inside).unwrap_or(usize::MAX)
}

fn is_at(field: &str, place: &str) -> bool {
    field.split('|').any(|field| field == place)
}

/// One line a value, with its place in the record.
fn tell(lang: Lang, place: String, value: &Value, lines: &mut Vec<(String, String)>) {
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
                tell(lang, inner(name), value, lines);
            }
        }
        Value::Array(elements) => {
            for (value, number) in elements.iter().zip(1_u64..) {
                tell(lang, inner(&number.to_string()), value, lines);
            }
        }
        Value::Null => {}
        value => {
            let shown = values::one(lang, &place, value);
            lines.push((place, shown));
        }
    }
}
