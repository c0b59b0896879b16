//! Reads a file or the standard input, and replaces files in one step.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::path::Path;

use tempfile::NamedTempFile;
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

/// The error of a file that cannot be read.
pub(crate) fn cannot_read(lang: Lang, path: &Path, error: &io::Error) -> Failure {
    Failure::usage(lang.cannot_read_file(&path.display().to_string(), &why(lang, error)))
}

/// The error of a file that cannot be written.
pub(crate) fn cannot_write(lang: Lang, path: &Path, error: &io::Error) -> Failure {
    Failure::usage(lang.cannot_write_file(&path.display().to_string(), &why(lang, error)))
}

/// Replaces a file in one step by one that only its owner can read.
pub(crate) fn replace(path: &Path, text: &[u8]) -> io::Result<()> {
    let mut file = temporary(path)?;
    file.write_all(text)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    sync_folder(path);
    Ok(())
}

/// Waits for the lock of a file, which is created if it is missing; dropping it unlocks.
pub(crate) fn lock(path: &Path) -> io::Result<File> {
    let file = lock_file(path)?;
    match file.lock() {
        // A file system without locks.
        Err(error) if error.kind() == io::ErrorKind::Unsupported => Ok(file),
        locked => locked.map(|()| file),
    }
}

/// The lock of a file, which is created if it is missing, unless another process has it.
pub(crate) fn try_lock(path: &Path) -> io::Result<Option<File>> {
    let file = lock_file(path)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => Ok(Some(file)),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

fn lock_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// A temporary file beside this one, which only its owner can read.
pub(crate) fn temporary(path: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".eduzz-").suffix(".tmp").tempfile_in(folder(path))
}

/// Creates a folder that only its owner can read.
pub(crate) fn create_folder(folder: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// The folder of a file.
pub(crate) fn folder(path: &Path) -> &Path {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or(Path::new("."))
}

/// Syncs the folder of a new name, where the system allows it.
pub(crate) fn sync_folder(path: &Path) {
    if let Ok(folder) = File::open(folder(path)) {
        let _ = folder.sync_all();
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
