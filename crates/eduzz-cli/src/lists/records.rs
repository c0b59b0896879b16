//! Records that come without pages: one, or all at once.

use std::path::PathBuf;

use eduzz_wire::Endpoint;
use serde::Serialize;
use serde_json::Value;

use crate::client::Api;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::lists::options::{Form, Format, RecordOptions};
use crate::lists::target::Target;
use crate::lists::writer::Writer;
use crate::lists::{Fields, chosen, values};
use crate::output::Output;
use crate::table::Table;

/// Writes records in the format that was asked for.
pub(crate) struct Records {
    output: Output,
    form: Form,
    out: Option<PathBuf>,
}

impl RecordOptions {
    /// Makes a call; gives its answer, and the writer of it.
    pub(crate) async fn fetch<R: Fields, E: Endpoint>(
        &self,
        output: Output,
        call: &E,
    ) -> Result<(Records, E::Output), Failure> {
        let records = Records::new::<R>(output, self)?;
        let api = Api::new(output, self.body)?;
        Ok((records, api.call(call).await?))
    }
}

impl Records {
    /// Refuses fields that the record does not have, before anything is sent.
    pub(crate) fn new<R: Fields>(output: Output, options: &RecordOptions) -> Result<Self, Failure> {
        let form = options.form.form(output)?;
        chosen::fields::<R>(output.lang, form.format, &form.fields)?;
        Ok(Self {
            output,
            form,
            out: options.form.out().map(ToOwned::to_owned),
        })
    }

    /// A table on the standard output.
    pub(crate) const fn table(output: Output) -> Self {
        Self {
            output,
            form: Form::TABLE,
            out: None,
        }
    }

    /// Writes one record; a table has a line for each of its fields.
    pub(crate) fn one<R: Fields + Serialize>(self, record: &R) -> Result<(), Failure> {
        let lang = self.output.lang;
        let too_exact = || Failure::rejected(lang.row_too_exact());
        let mut target = self.target()?;
        let text = match self.form.format {
            Format::Table => {
                let fields = chosen::fields::<R>(lang, Format::Json, &self.form.fields)?;
                let record = serde_json::to_value(record).map_err(|_| too_exact())?;
                let mut lines = Vec::new();
                flatten(lang, String::new(), &record, &mut lines);
                if fields.is_empty() {
                    // In the order of the columns, other fields last.
                    lines.sort_by_key(|(path, _)| rank::<R>(path));
                } else {
                    // An amount is one line, also for a part of it.
                    let is_at =
                        |field: &str, path: &str| chosen::covers(field, path) || chosen::covers(path, field);
                    let place = |path: &str| fields.iter().position(|field| is_at(field, path));
                    lines.retain(|(path, _)| place(path).is_some());
                    lines.sort_by_key(|(path, _)| place(path));
                }
                // One kind of label: the headings of the columns if all fields have one, else their
                // paths.
                let labels: Option<Vec<&str>> =
                    lines.iter().map(|(path, _)| heading::<R>(lang, path)).collect();
                let is_status = |(_, (path, _)): &(usize, &(String, String))| values::is_status(path);
                let statuses = lines.iter().enumerate().filter(is_status).map(|(row, _)| row);
                let statuses = statuses.collect();
                let lines = lines.iter().enumerate().map(|(index, (path, value))| {
                    let label = labels.as_ref().and_then(|labels| labels.get(index).copied());
                    vec![label.unwrap_or(path).to_owned(), value.clone()]
                });
                let table = Table {
                    rows: lines.collect(),
                    statuses,
                    ..Table::default()
                };
                format!("{}\n", table.draw(target.screen()).text).into_bytes()
            }
            Format::Json | Format::Jsonl => {
                let mut form = self.form.clone();
                form.format = Format::Jsonl;
                let mut writer = Writer::new::<R>(lang, form)?;
                writer.row(record).map_err(|_| too_exact())?;
                writer.take()
            }
            Format::Csv | Format::Xlsx => {
                let mut writer = Writer::new::<R>(lang, self.form.clone())?;
                writer.row(record).map_err(|_| too_exact())?;
                writer.take()
            }
        };
        target.write(&text)?;
        self.finish(target, None)
    }

    /// Writes several records.
    pub(crate) fn all<R: Fields + Serialize>(self, records: &[R]) -> Result<(), Failure> {
        let output = self.output;
        let mut writer = Writer::new::<R>(output.lang, self.form.clone())?;
        let mut target = self.target()?;
        for record in records {
            let written = writer.row(record);
            written.map_err(|_| Failure::rejected(output.lang.row_too_exact()))?;
        }
        let mut text = writer.take();
        text.extend(writer.end(target.screen()));
        let is_empty_table = records.is_empty() && self.form.format == Format::Table;
        target.write(&text)?;
        self.finish(target, Some(records.len()))?;
        if is_empty_table {
            output.note(&output.lang.no_rows());
        }
        Ok(())
    }

    /// Puts a file in its place, and says so.
    fn finish(&self, target: Target, rows: Option<usize>) -> Result<(), Failure> {
        let lang = self.output.lang;
        match (target.finish()?, rows) {
            (Some(path), Some(rows)) => self
                .output
                .note(&lang.rows_in_file(u64::try_from(rows).unwrap_or(u64::MAX), &path)),
            (Some(path), None) => self.output.note(&lang.record_in_file(&path)),
            (None, _) => {}
        }
        Ok(())
    }

    fn target(&self) -> Result<Target, Failure> {
        Target::new(self.output, self.out.as_deref(), self.form.format)
    }
}

fn heading<R: Fields>(lang: Lang, path: &str) -> Option<&'static str> {
    let (_, pt, en) = R::TABLE.iter().find(|(field, ..)| is_at(field, path))?;
    Some(lang.choose_text(pt, en))
}

fn is_at(field: &str, path: &str) -> bool {
    field.split('|').any(|field| field == path)
}

/// The place of a path among the columns.
fn rank<R: Fields>(path: &str) -> usize {
    let columns = R::TABLE.iter().map(|(field, ..)| *field);
    let mut columns = columns.chain(R::CSV.split_whitespace());
    let is_inside = |field: &str| is_at(field, path) || field.starts_with(&format!("{path}."));
    columns.position(is_inside).unwrap_or(usize::MAX)
}

/// One line for each value, with its path in the record.
fn flatten(lang: Lang, path: String, value: &Value, lines: &mut Vec<(String, String)>) {
    let inner = |name: &str| {
        if path.is_empty() {
            name.to_owned()
        } else {
            format!("{path}.{name}")
        }
    };
    match value {
        Value::Object(fields) if !values::is_number(value) => {
            for (name, value) in fields {
                flatten(lang, inner(name), value, lines);
            }
        }
        Value::Array(elements) => {
            for (value, number) in elements.iter().zip(1_u64..) {
                flatten(lang, inner(&number.to_string()), value, lines);
            }
        }
        Value::Null => {}
        value => {
            let text = values::one(lang, &path, value);
            lines.push((path, text));
        }
    }
}
