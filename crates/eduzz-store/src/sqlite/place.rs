//! The place of an open file.

use std::io;
use std::path::{Path, PathBuf, absolute};

use crate::{StoreError, StoreErrorKind};

/// A file's path, and which file was there when it was opened.
///
/// A file that was deleted can still be written to, and what is written is lost.
#[derive(Clone)]
pub(super) struct Place {
    path: PathBuf,
    id: Id,
}

impl Place {
    pub(super) fn of(file: &Path) -> Result<Self, StoreError> {
        let found = absolute(file).and_then(|path| Ok((id(&path)?, path)));
        match found {
            Ok((id, path)) => Ok(Self { path, id }),
            Err(error) => Err(StoreError::with(StoreErrorKind::File, error.kind().to_string())),
        }
    }

    /// Whether the file is still there.
    pub(super) fn check(&self) -> Result<(), StoreError> {
        match id(&self.path) {
            Ok(id) if id == self.id => Ok(()),
            _ => Err(StoreError::with(
                StoreErrorKind::File,
                "it was moved, deleted or replaced: start the program again",
            )),
        }
    }
}

/// The device and the number of the file.
#[cfg(unix)]
type Id = (u64, u64);

#[cfg(unix)]
fn id(path: &Path) -> io::Result<Id> {
    use std::os::unix::fs::MetadataExt as _;
    let file = path.metadata()?;
    Ok((file.dev(), file.ino()))
}

/// An open file cannot be deleted.
#[cfg(not(unix))]
type Id = ();

#[cfg(not(unix))]
fn id(path: &Path) -> io::Result<Id> {
    path.metadata().map(|_| ())
}
