//! Where a list is written to: the standard output, or a file that is the old one or the whole new one.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::files;
use crate::lang::Lang;
use crate::output::Output;

/// Where a list is written to.
pub(super) enum Target {
    Screen(Output),
    File(Export),
}

/// A file in the making. What comes is written beside it, and takes its place at the end.
pub(super) struct Export {
    lang: Lang,
    path: PathBuf,
    part: PathBuf,
    file: File,
    length: u64,
    /// Whether the part stays when the file does not come to its end.
    keeps: bool,
}

impl Target {
    /// Begins to write.
    pub(super) fn new(output: Output, path: Option<&Path>) -> Result<Self, Failure> {
        match path {
            Some(path) => Export::create(output.lang, path).map(Self::File),
            None => Ok(Self::Screen(output)),
        }
    }

    /// Writes, whole or not at all where it is a file. Returns whether anybody still reads.
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<bool, Failure> {
        match self {
            _ if bytes.is_empty() => Ok(true),
            Self::Screen(output) => output.offer(bytes),
            Self::File(export) => export.append(bytes).map(|()| true),
        }
    }

    /// Puts the file in its place.
    pub(super) fn finish(self) -> Result<(), Failure> {
        match self {
            Self::Screen(_) => Ok(()),
            Self::File(export) => export.finish(),
        }
    }

    /// Tells how to name things to the file, if it is one.
    pub(super) const fn export(&mut self) -> Option<&mut Export> {
        match self {
            Self::Screen(_) => None,
            Self::File(export) => Some(export),
        }
    }
}

impl Export {
    fn create(lang: Lang, path: &Path) -> Result<Self, Failure> {
        let path = whole(lang, path)?;
        let part = beside(&path, "part");
        let cannot = |error: io::Error| cannot_write(lang, &part, &error);
        // Not through a link that somebody left there.
        match fs::remove_file(&part) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(cannot(error)),
            _ => {}
        }
        let file = options().create_new(true).open(&part).map_err(cannot)?;
        if let Ok(old) = fs::metadata(&path) {
            // Who could read the old file can read the new one; where that cannot be set, its owner alone can.
            let _ = file.set_permissions(old.permissions());
        }
        Ok(Self {
            lang,
            path,
            part,
            file,
            length: 0,
            keeps: false,
        })
    }

    /// Goes on with what is there up to this length.
    pub(super) fn go_on(lang: Lang, path: &Path, length: u64) -> Result<Self, Failure> {
        let part = beside(path, "part");
        let changed = || Failure::usage(lang.part_changed(&part.display().to_string()));
        let is_whole = fs::symlink_metadata(&part).is_ok_and(|part| part.is_file() && part.len() >= length);
        if !is_whole {
            return Err(changed());
        }
        let cannot = |error: io::Error| cannot_write(lang, &part, &error);
        let mut file = options().open(&part).map_err(cannot)?;
        file.set_len(length)
            .and_then(|()| file.seek(SeekFrom::Start(length)))
            .map_err(cannot)?;
        Ok(Self {
            lang,
            path: path.to_owned(),
            part,
            file,
            length,
            keeps: true,
        })
    }

    /// The file that is to be.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Where what came stands until then.
    pub(super) fn part(&self) -> &Path {
        &self.part
    }

    /// How much of it counts.
    pub(super) const fn length(&self) -> u64 {
        self.length
    }

    /// Lets what came stay when the file does not come to its end.
    pub(super) const fn keep(&mut self) {
        self.keeps = true;
    }

    /// Writes behind what counts, without counting it: going on begins before it.
    pub(super) fn close_for_now(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let length = self.length;
        self.append(bytes)?;
        self.length = length;
        Ok(())
    }

    fn append(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let written = self.file.write_all(bytes).and_then(|()| self.file.sync_data());
        if let Err(error) = written {
            // The half that was written goes; on a full disk that does not need room.
            let _ = self
                .file
                .set_len(self.length)
                .and_then(|()| self.file.seek(SeekFrom::Start(self.length)));
            return Err(cannot_write(self.lang, &self.path, &error));
        }
        self.length += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        Ok(())
    }

    fn finish(mut self) -> Result<(), Failure> {
        if !is_at(&self.file, &self.part) {
            // Another run began with the same file: what stands there is not ours to put in place, or to take away.
            self.keeps = true;
            return Err(Failure::usage(
                self.lang.part_changed(&self.part.display().to_string()),
            ));
        }
        let placed = self
            .file
            .sync_all()
            .and_then(|()| fs::rename(&self.part, &self.path));
        placed.map_err(|error| cannot_write(self.lang, &self.path, &error))?;
        // It is no longer there to be taken away.
        self.keeps = true;
        sync_folder(&self.path);
        Ok(())
    }
}

impl Drop for Export {
    fn drop(&mut self) {
        if !self.keeps {
            let _ = fs::remove_file(&self.part);
        }
    }
}

/// The path with its links followed. What is there must be a plain file.
fn whole(lang: Lang, path: &Path) -> Result<PathBuf, Failure> {
    let not_a_file = || Failure::usage(lang.out_not_a_file(&path.display().to_string()));
    match fs::metadata(path) {
        Ok(found) if !found.is_file() => return Err(not_a_file()),
        Ok(_) => return fs::canonicalize(path).map_err(|error| cannot_write(lang, path, &error)),
        Err(_) => {}
    }
    let name = path.file_name().ok_or_else(not_a_file)?;
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let folder = fs::canonicalize(folder).map_err(|error| cannot_write(lang, path, &error))?;
    Ok(folder.join(name))
}

/// `FILE.part`, `FILE.cursor`.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

/// Makes a new name last. Where a folder cannot be synced, the file system does it in its own time.
pub(super) fn sync_folder(path: &Path) {
    if let Some(Ok(folder)) = path.parent().map(File::open) {
        let _ = folder.sync_all();
    }
}

fn cannot_write(lang: Lang, path: &Path, error: &io::Error) -> Failure {
    Failure::usage(lang.cannot_write_file(&path.display().to_string(), &files::why(lang, error)))
}

/// Whether this is the file that stands there.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;

    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(ours), Ok(theirs)) => (ours.dev(), ours.ino()) == (theirs.dev(), theirs.ino()),
        _ => false,
    }
}

/// Elsewhere a file that is open cannot be taken away.
#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}

/// A list is full of people's data: only its owner can read it.
#[cfg(unix)]
fn options() -> OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;

    let mut options = OpenOptions::new();
    options.write(true).mode(0o600);
    options
}

#[cfg(not(unix))]
fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    options
}
