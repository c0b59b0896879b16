//! Reads a file, or the standard input.

use std::io::{self, Read as _};

use tokio::task::spawn_blocking;

use crate::failure::Failure;
use crate::lang::Lang;
use crate::output::{self, Output};

/// Reads a file; none, or `-`, is the standard input.
pub(crate) async fn read(output: Output, path: Option<&str>) -> Result<Vec<u8>, Failure> {
    let lang = output.lang;
    let Some(path) = path.filter(|path| *path != "-") else {
        if output::is_interactive() {
            output.note(&lang.reading_stdin());
        }
        let read = spawn_blocking(|| {
            let mut bytes = Vec::new();
            io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
        });
        return match read.await {
            Ok(Ok(bytes)) => Ok(bytes),
            Ok(Err(_)) | Err(_) => Err(Failure::usage(lang.cannot_read_stdin())),
        };
    };
    let owned = path.to_owned();
    match spawn_blocking(move || std::fs::read(owned)).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(error)) => Err(Failure::usage(lang.cannot_read_file(path, &why(lang, &error)))),
        Err(_) => Err(Failure::usage(lang.cannot_read_file(path, &lang.why_other()))),
    }
}

/// The reason of a system error.
pub(crate) fn why(lang: Lang, error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => lang.why_not_found(),
        io::ErrorKind::PermissionDenied => lang.why_denied(),
        io::ErrorKind::IsADirectory | io::ErrorKind::NotADirectory | io::ErrorKind::DirectoryNotEmpty => {
            lang.why_directory()
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            lang.why_full()
        }
        io::ErrorKind::ReadOnlyFilesystem => lang.why_read_only(),
        _ => lang.why_other(),
    }
}
