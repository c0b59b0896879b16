//! The only place that prints.

use std::collections::BTreeSet;
use std::io::{self, IsTerminal as _, Write as _};

use comfy_table::{CellAlignment, ContentArrangement, Table, presets};
use serde::Serialize;

use crate::failure::Failure;
use crate::lang::Lang;

/// How and in which language to print.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Output {
    pub(crate) lang: Lang,
    /// For machines.
    pub(crate) json: bool,
}

impl Output {
    /// Prints a line of the result.
    pub(crate) fn line(self, text: &str) -> Result<(), Failure> {
        self.bytes(format!("{text}\n").as_bytes())
    }

    /// Prints the result as it is.
    pub(crate) fn bytes(self, bytes: &[u8]) -> Result<(), Failure> {
        // Whoever no longer reads has read enough.
        self.offer(bytes).map(|_| ())
    }

    /// Prints a value for machines, in one line.
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

    /// Prints a piece of the result, and says whether anybody still reads.
    pub(crate) fn offer(self, bytes: &[u8]) -> Result<bool, Failure> {
        let mut stdout = io::stdout().lock();
        match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(false),
            Err(_) => Err(Failure::usage(self.lang.cannot_write_output())),
            Ok(()) => Ok(true),
        }
    }

    /// Tells the person something that is not the result.
    pub(crate) fn note(self, text: &str) {
        // There is nobody left to tell that telling failed.
        let _ = writeln!(io::stderr().lock(), "{text}");
    }

    /// Tells what went wrong.
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

/// A table for people; the columns with numbers end together.
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

/// Whether a person can answer.
pub(crate) fn is_interactive() -> bool {
    io::stdin().is_terminal()
}

/// A text of the service, without the characters that would steer a terminal.
pub(crate) fn printable(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect()
}
