//! The target of a list: the standard output, or a file that is replaced in one step.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::files;
use crate::lang::Lang;
use crate::lists::options::Format;
use crate::lists::xlsx;
use crate::output::{self, Output, printable_lines};
use crate::table::Screen;

pub(super) enum Target {
    Stdout(Output, Format),
    File(Export),
}

/// A file that is written beside its place, and moved there at the end.
pub(super) struct Export {
    lang: Lang,
    path: PathBuf,
    part: PathBuf,
    file: File,
    length: u64,
    /// The part stays when the file is not finished.
    keeps: bool,
    /// The part holds the rows of a workbook, which is made of them at the end.
    is_workbook: bool,
}

impl Target {
    pub(super) fn new(output: Output, path: Option<&Path>, format: Format) -> Result<Self, Failure> {
        match path {
            Some(path) => {
                let mut export = Export::create(output.lang, path)?;
                export.is_workbook = format == Format::Xlsx;
                Ok(Self::File(export))
            }
            None => Ok(Self::Stdout(output, format)),
        }
    }

    /// A file of any bytes.
    #[cfg(feature = "parquet")]
    pub(super) fn bytes(output: Output, path: &Path) -> Result<Self, Failure> {
        Export::create(output.lang, path).map(Self::File)
    }

    /// Continues a file after this length of its part.
    pub(super) fn resume(lang: Lang, path: &Path, length: u64, format: Format) -> Result<Self, Failure> {
        let mut export = Export::resume(lang, path, length)?;
        export.is_workbook = format == Format::Xlsx;
        Ok(Self::File(export))
    }

    /// The place of a table.
    pub(super) fn screen(&self) -> Screen {
        match self {
            Self::Stdout(..) => Screen::of_stdout(),
            Self::File(_) => Screen::default(),
        }
    }

    /// Writes, to a file whole or not at all. Returns whether the reader is still there.
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<bool, Failure> {
        match self {
            _ if bytes.is_empty() => Ok(true),
            // CSV keeps each text as it came, but for a person who looks at it.
            Self::Stdout(output, Format::Csv) if output::is_shown() => {
                output.offer(printable_lines(&String::from_utf8_lossy(bytes)).as_bytes())
            }
            Self::Stdout(output, _) => output.offer(bytes),
            Self::File(export) => export.append(bytes).map(|()| true),
        }
    }

    /// Puts the file in its place, and gives its path, if it is one.
    pub(super) fn finish(self) -> Result<Option<String>, Failure> {
        match self {
            Self::Stdout(..) => Ok(None),
            Self::File(export) => export.finish().map(Some),
        }
    }

    /// The file, if it is one.
    pub(super) const fn export(&mut self) -> Option<&mut Export> {
        match self {
            Self::Stdout(..) => None,
            Self::File(export) => Some(export),
        }
    }
}

impl Export {
    fn create(lang: Lang, path: &Path) -> Result<Self, Failure> {
        let path = whole(lang, path)?;
        let part = beside(&path, "part");
        let cannot = |error: io::Error| files::cannot_write(lang, &part, &error);
        // Do not write through a link.
        match fs::remove_file(&part) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(cannot(error)),
            _ => {}
        }
        let file = options().create_new(true).open(&part).map_err(cannot)?;
        if let Ok(old) = fs::metadata(&path) {
            // The new file keeps the old permissions; if they cannot be set, only its owner can
            // read it.
            let _ = file.set_permissions(old.permissions());
        }
        Ok(Self {
            lang,
            path,
            part,
            file,
            length: 0,
            keeps: false,
            is_workbook: false,
        })
    }

    /// Continues after this length of the part.
    fn resume(lang: Lang, path: &Path, length: u64) -> Result<Self, Failure> {
        let part = beside(path, "part");
        let changed = || Failure::usage(lang.part_changed(&part.display().to_string()));
        let is_whole = fs::symlink_metadata(&part).is_ok_and(|part| part.is_file() && part.len() >= length);
        if !is_whole {
            return Err(changed());
        }
        let cannot = |error: io::Error| files::cannot_write(lang, &part, &error);
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
            is_workbook: false,
        })
    }

    /// The path of the finished file.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The path until it is finished.
    pub(super) fn part(&self) -> &Path {
        &self.part
    }

    pub(super) const fn length(&self) -> u64 {
        self.length
    }

    /// Lets the part stay when the file is not finished.
    pub(super) const fn keep(&mut self) {
        self.keeps = true;
    }

    /// Appends without counting: a resumed walk overwrites it.
    pub(super) fn append_uncounted(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let length = self.length;
        self.append(bytes)?;
        self.length = length;
        Ok(())
    }

    fn append(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let written = self.file.write_all(bytes).and_then(|()| self.file.sync_data());
        if let Err(error) = written {
            // Truncating needs no room on a full disk.
            let _ = self
                .file
                .set_len(self.length)
                .and_then(|()| self.file.seek(SeekFrom::Start(self.length)));
            return Err(files::cannot_write(self.lang, &self.path, &error));
        }
        self.length += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        Ok(())
    }

    fn finish(mut self) -> Result<String, Failure> {
        if !is_at(&self.file, &self.part) {
            // Another run began with the same file: the part is not ours to move or to remove.
            self.keeps = true;
            return Err(Failure::usage(
                self.lang.part_changed(&self.part.display().to_string()),
            ));
        }
        let placed = if self.is_workbook {
            self.place_workbook()
        } else {
            let synced = self.file.sync_all();
            synced.and_then(|()| fs::rename(&self.part, &self.path))
        };
        placed.map_err(|error| files::cannot_write(self.lang, &self.path, &error))?;
        self.keeps = true;
        files::sync_folder(&self.path);
        Ok(self.path.display().to_string())
    }

    /// Makes the workbook beside its place, so that a failure leaves the rows of the part.
    fn place_workbook(&mut self) -> io::Result<()> {
        let folder = files::folder(&self.path);
        let mut made = tempfile::NamedTempFile::new_in(folder)?;
        let rows = BufReader::new(File::open(&self.part)?);
        xlsx::build(rows, folder, made.as_file_mut())?;
        made.as_file()
            .set_permissions(self.file.metadata()?.permissions())?;
        made.as_file().sync_all()?;
        made.persist(&self.path).map_err(|error| error.error)?;
        // One that stays is overwritten by the next run.
        let _ = fs::remove_file(&self.part);
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

/// The path with its links followed; an existing target must be a plain file.
pub(super) fn whole(lang: Lang, path: &Path) -> Result<PathBuf, Failure> {
    let not_a_file = || Failure::usage(lang.out_not_a_file(&path.display().to_string()));
    match fs::metadata(path) {
        Ok(found) if !found.is_file() => return Err(not_a_file()),
        Ok(_) => return fs::canonicalize(path).map_err(|error| files::cannot_write(lang, path, &error)),
        Err(_) => {}
    }
    let name = path.file_name().ok_or_else(not_a_file)?;
    let folder = files::folder(path);
    let folder = fs::canonicalize(folder).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Failure::usage(lang.out_no_folder(&folder.display().to_string())),
        _ => files::cannot_write(lang, path, &error),
    })?;
    Ok(folder.join(name))
}

/// `FILE.part`, `FILE.cursor`.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

/// Whether the path still names this open file.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;

    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(ours), Ok(theirs)) => (ours.dev(), ours.ino()) == (theirs.dev(), theirs.ino()),
        _ => false,
    }
}

/// Elsewhere an open file cannot be replaced.
#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}

/// Lists hold personal data: only the owner can read the file.
fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}
