//! The cursor file: all that a sweep needs to resume, readable by its owner alone.

use std::fs;
use std::path::{Path, PathBuf};

use eduzz_types::{AccountId, Timestamp};
use eduzz_wire::{Cursor, Origins};
use serde::{Deserialize, Serialize};

use crate::failure::Failure;
use crate::files;
use crate::lang::Lang;
use crate::lists::options::Form;
use crate::lists::target::beside;
use crate::shell;
use crate::store::Store;

/// The version of the stored form.
pub(super) const VERSION: u32 = 2;
/// No walk has more rows; a larger count was edited.
const MOST_ROWS: u64 = 1 << 48;
/// A cursor may hold the ids of all rows; some millions of them fit.
const LARGEST: u64 = 256 * 1024 * 1024;

/// The checkpoint of a sweep. It holds filters, which may name a person, and ids; no row and no
/// token.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Saved<L> {
    pub(super) version: u32,
    pub(super) command: String,
    pub(super) origin: String,
    pub(super) account: AccountId,
    pub(super) form: Form,
    /// The file to write, and the length of the part beside it.
    pub(super) out: Option<PathBuf>,
    pub(super) length: u64,
    /// The call, with all its days.
    #[serde(rename = "list")]
    pub(super) call: L,
    pub(super) sweep: Cursor,
    pub(super) tally: Tally,
}

/// The counts of the rows that came.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(super) struct Tally {
    /// The rows that were written.
    pub(super) written: u64,
    pub(super) broken: u64,
}

/// The fields that every version of the file has.
#[derive(Deserialize)]
struct Label {
    version: u32,
    command: String,
    origin: String,
}

/// Reads a cursor of this command and these origins.
pub(super) fn load<L: serde::de::DeserializeOwned>(
    lang: Lang,
    path: &Path,
    command: &str,
    origins: &Origins,
) -> Result<Saved<L>, Failure> {
    let shown = path.display().to_string();
    let broken = || Failure::usage(lang.cursor_broken(&shown));
    let cannot = |error: std::io::Error| files::cannot_read(lang, path, &error);
    let found = fs::metadata(path).map_err(cannot)?;
    if !found.is_file() || found.len() > LARGEST {
        return Err(broken());
    }
    let bytes = fs::read(path).map_err(cannot)?;
    // The error may quote a filter, so it is dropped.
    let label: Label = serde_json::from_slice(&bytes).map_err(|_| broken())?;
    if label.version != VERSION {
        return Err(broken());
    }
    if label.command != command {
        // The file may be of another program: only a plain command is printed.
        let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte == b' ';
        let is_plain = label.command.len() <= 32 && label.command.bytes().all(is_plain);
        let theirs = if is_plain { label.command.as_str() } else { "?" };
        return Err(Failure::usage(lang.cursor_other_command(&shown, theirs)));
    }
    if label.origin != origins.api().to_string() {
        return Err(Failure::usage(lang.cursor_other_account(&shown)));
    }
    let saved: Saved<L> = serde_json::from_slice(&bytes).map_err(|_| broken())?;
    if saved.tally.written.max(saved.tally.broken) > MOST_ROWS {
        return Err(broken());
    }
    Ok(saved)
}

/// Writes a cursor, by replacing the file in one step.
pub(super) fn store<L: Serialize>(lang: Lang, path: &Path, saved: &Saved<L>) -> Result<(), Failure> {
    let replace = || {
        let mut text = serde_json::to_vec(saved)?;
        text.push(b'\n');
        files::replace(path, &text)
    };
    replace().map_err(|error| files::cannot_write(lang, path, &error))
}

/// The path of a new cursor: beside the file to write, else with the program's settings.
pub(super) fn place(lang: Lang, command: &str, out: Option<&Path>) -> Result<PathBuf, Failure> {
    if let Some(out) = out {
        return Ok(beside(out, "cursor"));
    }
    let folder = Store::find(lang)?.cursors()?;
    let seconds = Timestamp::now().unix();
    let (command, process) = (command.replace(' ', "-"), std::process::id());
    Ok(folder.join(format!("{command}-{seconds}-{process}.cursor")))
}

/// A path for the shell: in quotes where it needs them.
pub(super) fn quoted(path: &Path) -> String {
    shell::quoted(&path.display().to_string())
}
