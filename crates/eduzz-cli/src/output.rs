//! Prints; no other module does.

use std::collections::BTreeSet;
use std::io::{self, IsTerminal as _, Write as _};

use comfy_table::{CellAlignment, ContentArrangement, Table, presets};
use serde::Serialize;

use crate::failure::Failure;
use crate::lang::Lang;

/// The form and the language of the output.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Output {
    pub(crate) lang: Lang,
    /// JSON, for programs.
    pub(crate) json: bool,
}

impl Output {
    /// Prints a line of the result.
    pub(crate) fn line(self, text: &str) -> Result<(), Failure> {
        self.bytes(format!("{text}\n").as_bytes())
    }

    /// Prints the result as it is.
    pub(crate) fn bytes(self, bytes: &[u8]) -> Result<(), Failure> {
        // A reader that has closed the output has read enough.
        self.offer(bytes).map(|_| ())
    }

    /// Prints a value as one line of JSON.
    pub(crate) fn json(self, value: &impl Serialize) -> Result<(), Failure> {
        let mut text =
            serde_json::to_vec(value).map_err(|_| Failure::usage(self.lang.cannot_write_output()))?;
        text.push(b'\n');
        self.bytes(&text)
    }

    /// Prints a table for people.
    pub(crate) fn table(
        self,
        header: &[String],
        rows: impl IntoIterator<Item = Vec<String>>,
    ) -> Result<(), Failure> {
        self.line(&table(header, rows, &BTreeSet::new()))
    }

    /// Prints a part of the result; returns whether the reader is still there.
    pub(crate) fn offer(self, bytes: &[u8]) -> Result<bool, Failure> {
        let mut stdout = io::stdout().lock();
        match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(false),
            Err(_) => Err(Failure::usage(self.lang.cannot_write_output())),
            Ok(()) => Ok(true),
        }
    }

    /// Prints a note to the standard error.
    pub(crate) fn note(self, text: &str) {
        // An error here cannot be reported.
        let _ = writeln!(io::stderr().lock(), "{text}");
    }

    /// Prints an error.
    pub(crate) fn failure(self, failure: &Failure) {
        let Some(text) = failure.text() else { return };
        let prefix = self.lang.error_prefix();
        self.note(&format!("{prefix}: {}", text.replace('\n', "\n  ")));
        if let Some(body) = failure.body() {
            let mut stderr = io::stderr().lock();
            let _ = stderr.write_all(body).and_then(|()| stderr.write_all(b"\n"));
        }
    }
}

/// A table for people; columns of numbers are aligned to the right.
pub(crate) fn table(
    header: &[String],
    rows: impl IntoIterator<Item = Vec<String>>,
    numbers: &BTreeSet<usize>,
) -> String {
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Disabled);
    if !header.is_empty() {
        table.set_header(header);
    }
    table.add_rows(
        rows.into_iter()
            .map(|row| row.iter().map(|cell| printable(cell)).collect::<Vec<_>>()),
    );
    for column in numbers {
        if let Some(column) = table.column_mut(*column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table.trim_fmt()
}

/// Whether a user can answer.
pub(crate) fn is_interactive() -> bool {
    io::stdin().is_terminal()
}

/// A text without control characters, which could steer a terminal.
pub(crate) fn printable(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect()
}
