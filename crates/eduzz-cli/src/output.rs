//! Prints; no other module does.

use std::env;
use std::io::{self, BufWriter, IsTerminal as _, Write as _};

use serde::Serialize;

use crate::failure::Failure;
use crate::json::{self, Layout};
use crate::lang::Lang;
use crate::table::{Screen, Table};

/// The form and the language of the output.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Output {
    pub(crate) lang: Lang,
    /// JSON, for programs.
    pub(crate) json: bool,
    /// Writes each step of each call to the standard error.
    pub(crate) verbose: bool,
}

impl Output {
    /// Prints a line of the result.
    pub(crate) fn line(self, text: &str) -> Result<(), Failure> {
        self.bytes(format!("{}\n", printable_lines(text)).as_bytes())
    }

    /// Prints the result as it is.
    pub(crate) fn bytes(self, bytes: &[u8]) -> Result<(), Failure> {
        // A reader that has closed the output has read enough.
        self.offer(bytes).map(|_| ())
    }

    /// Prints a value as one line of JSON.
    pub(crate) fn json(self, value: &impl Serialize) -> Result<(), Failure> {
        let text =
            serde_json::to_string(value).map_err(|_| Failure::usage(self.lang.cannot_write_output()))?;
        self.bytes(format!("{}\n", json::harmless(&text)).as_bytes())
    }

    /// Prints a body of the service: JSON over several lines, or in one for programs; other text
    /// without what could steer a terminal. The pieces go out as they are made.
    pub(crate) fn body(self, body: &[u8]) -> Result<(), Failure> {
        if !json::is_json(body) {
            return self.bytes(printable_lines(&String::from_utf8_lossy(body)).as_bytes());
        }
        let layout = if self.json { Layout::OneLine } else { Layout::Lines };
        let mut out = BufWriter::new(io::stdout().lock());
        let written = json::write(body, layout, &mut out).and_then(|()| out.flush());
        self.ended(written).map(|_| ())
    }

    /// Prints a table for people; on a narrow terminal the last columns go first.
    pub(crate) fn table(
        self,
        header: &[String],
        rows: impl IntoIterator<Item = Vec<String>>,
    ) -> Result<(), Failure> {
        self.draw(Table {
            header: header.to_vec(),
            rows: rows.into_iter().collect(),
            leaves: (1..header.len()).rev().collect(),
            ..Table::default()
        })
    }

    /// Prints a table for people, and says which columns do not fit.
    pub(crate) fn draw(self, table: Table) -> Result<(), Failure> {
        let header = table.header.clone();
        let drawn = table.draw(Screen::of_stdout());
        self.bytes(format!("{}\n", drawn.text).as_bytes())?;
        let names = header.iter().enumerate();
        let names = names.filter(|(column, _)| drawn.hidden.contains(column));
        let names: Vec<&str> = names.map(|(_, name)| name.as_str()).collect();
        if !names.is_empty() {
            self.line(&self.lang.hidden_columns(&names.join(", ")))?;
        }
        Ok(())
    }

    /// Prints a part of the result; returns whether the reader is still there.
    pub(crate) fn offer(self, bytes: &[u8]) -> Result<bool, Failure> {
        let mut stdout = io::stdout().lock();
        self.ended(stdout.write_all(bytes).and_then(|()| stdout.flush()))
    }

    fn ended(self, written: io::Result<()>) -> Result<bool, Failure> {
        match written {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(false),
            Err(_) => Err(Failure::usage(self.lang.cannot_write_output())),
            Ok(()) => Ok(true),
        }
    }

    /// Prints a note to the standard error.
    pub(crate) fn note(self, text: &str) {
        // An error here cannot be reported.
        let _ = writeln!(io::stderr().lock(), "{}", printable_lines(text));
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

impl Screen {
    /// The standard output.
    pub(crate) fn of_stdout() -> Self {
        if !is_shown() {
            return Self::default();
        }
        let columns = || env::var("COLUMNS").ok()?.trim().parse().ok();
        let size = || Some(usize::from(terminal_size::terminal_size_of(io::stdout())?.0.0));
        let is_set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
        Self {
            width: columns().or_else(size).filter(|width| *width > 0),
            colours: !is_set("NO_COLOR") && env::var_os("TERM").is_none_or(|term| term != "dumb"),
        }
    }
}

/// Whether a user can answer.
pub(crate) fn is_interactive() -> bool {
    io::stdin().is_terminal()
}

/// Whether the standard error is a terminal.
pub(crate) fn is_watched() -> bool {
    io::stderr().is_terminal()
}

/// Whether the standard output is a terminal.
pub(crate) fn is_shown() -> bool {
    io::stdout().is_terminal()
}

/// Whether a character can steer a terminal or reorder a line: control characters, marks of
/// direction, separators of lines.
pub(crate) fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{206f}')
}

/// A text in one line, without what could steer a terminal.
pub(crate) fn printable(text: &str) -> String {
    text.chars()
        .map(|c| if steers(c) { '\u{fffd}' } else { c })
        .collect()
}

/// A text with its lines, without what could steer a terminal.
pub(crate) fn printable_lines(text: &str) -> String {
    let is_kept = |c: char| c == '\n' || c == '\t' || !steers(c);
    let text = text.replace("\r\n", "\n");
    text.chars()
        .map(|c| if is_kept(c) { c } else { '\u{fffd}' })
        .collect()
}

/// A body of the service, in the form in which it came, without what could steer a terminal.
pub(crate) fn printable_body(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    if json::is_json(body) {
        json::harmless(&text)
    } else {
        printable_lines(&text)
    }
}
