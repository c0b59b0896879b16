//! The keys of an inbox: one from the environment, or several from a file.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use eduzz_types::webhook::WebhookSecret;
use eduzz_webhook::{Key, Keys};

use crate::commands::webhook;
use crate::failure::Failure;
use crate::files;
use crate::lang::Lang;

/// A key has some hundred bytes.
const LARGEST: u64 = 1024 * 1024;

/// The keys of the file, else the one of the environment.
pub(super) fn keys(lang: Lang, file: Option<&Path>) -> Result<Keys, Failure> {
    match file {
        Some(path) => from_file(lang, path),
        None => Ok(Keys::new("", webhook::keys::key(lang)?)),
    }
}

/// Reads `label=secret` lines. An error names the number of a line, never its text.
fn from_file(lang: Lang, path: &Path) -> Result<Keys, Failure> {
    let shown = path.display().to_string();
    let cannot_read = |error| files::cannot_read(lang, path, &error);
    let file = File::open(path).map_err(cannot_read)?;
    let metadata = file.metadata().map_err(cannot_read)?;
    if is_open_to_others(&metadata) {
        return Err(Failure::usage(lang.keys_open_to_others(&shown)));
    }
    let mut bytes = Vec::new();
    file.take(LARGEST).read_to_end(&mut bytes).map_err(cannot_read)?;
    let keys = parse(&bytes).map_err(|line| Failure::usage(lang.keys_bad_line(&shown, line)))?;
    keys.ok_or_else(|| Failure::usage(lang.keys_none(&shown)))
}

/// The keys, if there are any, or the number of the first wrong line.
fn parse(bytes: &[u8]) -> Result<Option<Keys>, usize> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut keys: Option<Keys> = None;
    for (line, number) in bytes.split(|byte| *byte == b'\n').zip(1_usize..) {
        let line = std::str::from_utf8(line).map_err(|_| number)?.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (label, secret) = line.split_once('=').ok_or(number)?;
        let label = label.trim();
        let is_label = !label.is_empty() && label.len() <= 100 && !label.chars().any(crate::output::steers);
        let key = Key::new(&WebhookSecret::new(secret.trim()))
            .ok()
            .filter(|_| is_label);
        let key = key.ok_or(number)?;
        keys = Some(match keys {
            Some(keys) => keys.and(label, key),
            None => Keys::new(label, key),
        });
    }
    Ok(keys)
}

#[cfg(unix)]
fn is_open_to_others(metadata: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;

    metadata.is_file() && metadata.mode() & 0o007 != 0
}

/// Elsewhere the system closes a user's folder to others.
#[cfg(not(unix))]
const fn is_open_to_others(_: &std::fs::Metadata) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_keys_comments_or_wrong() {
        for (text, labels) in [
            ("a=1\nb=2", Ok("a b")),
            ("\u{feff}# x\r\n\r\n a = 1=2 \r\na=3\r\n", Ok("a a")),
            ("", Ok("")),
            ("# a=1\n", Ok("")),
            ("a=1\nsecret\n", Err(2)),
            ("a=\n", Err(1)),
            ("\n=1\n", Err(2)),
            ("a\u{202e}=1\n", Err(1)),
        ] {
            let keys = parse(text.as_bytes());
            let found = keys.map(|keys| {
                let labels = keys.iter().flat_map(Keys::labels).map(str::to_owned);
                labels.collect::<Vec<_>>().join(" ")
            });
            assert_eq!(found, labels.map(str::to_owned), "{text:?}");
        }
        assert!(parse(b"a=\xff\n").is_err());
    }
}
