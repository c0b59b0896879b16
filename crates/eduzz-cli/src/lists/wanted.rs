//! How a list is to be written, and where to.

use std::path::{Path, PathBuf};

use clap::ArgMatches;
use serde::{Deserialize, Serialize};

use crate::failure::Failure;
use crate::lang::Lang;
use crate::output::Output;

/// A form of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Format {
    /// For people.
    Table,
    /// One array.
    Json,
    /// One object a line.
    Jsonl,
    /// For spreadsheet programs.
    Csv,
}

/// A form of output, in all its particulars.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Form {
    pub(super) format: Format,
    /// CSV begins with the mark by which Excel knows UTF-8.
    pub(super) bom: bool,
    /// CSV as Excel in Portuguese reads it: `;` between the columns, decimal comma.
    pub(super) excel: bool,
}

impl Form {
    /// For people.
    pub(super) const TABLE: Self = Self {
        format: Format::Table,
        bom: false,
        excel: false,
    };

    /// What the options say; without `--format` the ending of the file does.
    pub(crate) fn read(output: Output, matches: &ArgMatches) -> Result<Self, Failure> {
        let lang = output.lang;
        let (bom, excel) = (matches.get_flag("bom"), matches.get_flag("excel"));
        let given = matches
            .get_one::<String>("format")
            .map(|format| match format.as_str() {
                "json" => Format::Json,
                "jsonl" => Format::Jsonl,
                "csv" => Format::Csv,
                _ => Format::Table,
            });
        if output.json && given.is_some_and(|format| format != Format::Json) {
            return Err(Failure::usage(lang.conflict("--json", "`--format`")));
        }
        let by_itself = || {
            if output.json {
                Format::Json
            } else if bom || excel {
                Format::Csv
            } else {
                by_ending(out(matches).as_deref()).unwrap_or(Format::Table)
            }
        };
        let format = given.unwrap_or_else(by_itself);
        if (bom || excel) && format != Format::Csv {
            let option = if bom { "--bom" } else { "--excel" };
            return Err(Failure::usage(lang.only_csv(option)));
        }
        Ok(Self {
            format,
            bom: bom || excel,
            excel,
        })
    }
}

/// The file to write; none is the standard output.
pub(crate) fn out(matches: &ArgMatches) -> Option<PathBuf> {
    matches
        .get_one::<String>("out")
        .filter(|path| *path != "-")
        .map(PathBuf::from)
}

fn by_ending(path: Option<&Path>) -> Option<Format> {
    match path?.extension()?.to_str()?.to_ascii_lowercase().as_str() {
        "json" => Some(Format::Json),
        "jsonl" | "ndjson" => Some(Format::Jsonl),
        "csv" => Some(Format::Csv),
        _ => None,
    }
}

/// A text for the shell: in quotes where it needs them.
pub(super) fn quoted(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-./:@%+,=~".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        text
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

/// An id, an e-mail address: what a command shows one record by.
pub(crate) fn word(matches: &ArgMatches, name: &str) -> String {
    matches.get_one::<String>(name).cloned().unwrap_or_default()
}

/// The value of a filter; one that is blank filters nothing, and is more likely a variable that was not set.
pub(crate) fn filter(lang: Lang, matches: &ArgMatches, name: &str) -> Result<Option<String>, Failure> {
    match matches.get_one::<String>(name) {
        Some(text) if text.trim().is_empty() => Err(Failure::usage(lang.value_missing(&format!("--{name}")))),
        given => Ok(given.cloned()),
    }
}
