//! The file that keeps a sandbox's world over restarts.

use std::convert::Infallible;
use std::fs::File;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use eduzz_sandbox::{BadSnapshot, Changes, Config, Sandbox, SandboxControl, Snapshot};
use tokio::task::spawn_blocking;

use crate::failure::Failure;
use crate::files;
use crate::lang::Lang;
use crate::output::Output;

/// The wait from the first change to the writing, so that many changes are written together.
const TOGETHER: Duration = Duration::from_secs(1);

/// A state file that no other sandbox writes.
pub(super) struct StateFile {
    path: PathBuf,
    /// The lock of the file.
    _lock: File,
}

impl StateFile {
    /// Opens the file, which may be missing, and gives the configuration to go on with.
    pub(super) fn open(lang: Lang, path: &Path) -> Result<(Self, Config), Failure> {
        let shown = path.display().to_string();
        let cannot_read = |error: &io::Error| files::cannot_read(lang, path, error);
        // The file itself, also through a link to it: it is replaced, and has one lock.
        let path = match path.canonicalize() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => path.to_owned(),
            found => found.map_err(|error| cannot_read(&error))?,
        };
        let mut lock = path.clone().into_os_string();
        lock.push(".lock");
        // Before the file is read: another sandbox may be about to write it.
        let lock =
            files::try_lock(lock.as_ref()).map_err(|error| files::cannot_write(lang, &path, &error))?;
        let lock = lock.ok_or_else(|| Failure::usage(lang.state_in_use(&shown)))?;
        let config = match std::fs::metadata(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Config::default(),
            Err(error) => return Err(cannot_read(&error)),
            Ok(file) if file.is_dir() => return Err(cannot_read(&io::ErrorKind::IsADirectory.into())),
            // Reading a pipe or a device could wait for ever.
            Ok(file) if !file.is_file() => return Err(Failure::usage(lang.state_is_no_file(&shown))),
            // It would be replaced without a word.
            Ok(file) if file.permissions().readonly() => {
                return Err(Failure::usage(lang.state_is_read_only(&shown)));
            }
            Ok(_) => {
                let json = std::fs::read(&path).map_err(|error| cannot_read(&error))?;
                let snapshot = Snapshot::from_json(&json).map_err(|bad| match bad {
                    BadSnapshot::Version { found, known } => {
                        Failure::usage(lang.state_of_other_version(&shown, found, known))
                    }
                    BadSnapshot::Broken { line, column } => {
                        Failure::usage(lang.no_state(&shown, line, column))
                    }
                    other => Failure::usage(format!("{shown}: {other}")),
                })?;
                snapshot.config()
            }
        };
        Ok((Self { path, _lock: lock }, config))
    }

    /// Writes the world of this sandbox now. It is written by [`Keeping::keep`] from then on.
    pub(super) fn begin(self, lang: Lang, sandbox: &Sandbox) -> Result<Keeping, Failure> {
        let control = sandbox.control().clone();
        let keeping = Keeping {
            changes: control.changes(),
            kept: Arc::new(Kept {
                file: self,
                control,
                written: Mutex::default(),
            }),
        };
        let written = keeping.kept.write();
        written.map_err(|error| files::cannot_write(lang, &keeping.kept.file.path, &error))?;
        Ok(keeping)
    }
}

/// A sandbox whose world is kept in a file.
pub(super) struct Keeping {
    kept: Arc<Kept>,
    changes: Changes,
}

impl Keeping {
    /// Writes the world soon after each change, until the program is to end, and then.
    pub(super) async fn keep(
        mut self,
        output: Output,
        ended: impl Future<Output = ()>,
    ) -> Result<(), Failure> {
        let kept = Arc::clone(&self.kept);
        let cannot = |error: &io::Error| files::cannot_write(output.lang, &kept.file.path, error);
        tokio::select! {
            () = ended => {}
            never = self.follow(|error| output.failure(&cannot(error))) => match never {},
        }
        self.kept.write().map_err(|error| cannot(&error))
    }

    /// Writes the world soon after each change. Gives the first error of a row to `tell`.
    async fn follow(&mut self, tell: impl Fn(&io::Error)) -> Infallible {
        let mut is_well = true;
        let mut took = Duration::ZERO;
        loop {
            if is_well {
                self.changes.next().await;
            }
            // A large world is not written all the time.
            tokio::time::sleep(TOGETHER.max(took * 10)).await;
            let kept = Arc::clone(&self.kept);
            let start = Instant::now();
            let Ok(written) = spawn_blocking(move || kept.write()).await else {
                continue;
            };
            took = start.elapsed();
            if let Err(error) = &written
                && is_well
            {
                tell(error);
            }
            is_well = written.is_ok();
        }
    }
}

/// A sandbox, its file, and what is in it.
struct Kept {
    file: StateFile,
    control: SandboxControl,
    /// The hash of what was written last. It is locked from the look at the world until the end of
    /// the writing, so that no older world replaces a newer one.
    written: Mutex<Option<u64>>,
}

impl Kept {
    /// Writes the world, unless it is as it was.
    fn write(&self) -> io::Result<()> {
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        let json = self.control.snapshot().to_json();
        let mut hasher = DefaultHasher::new();
        json.hash(&mut hasher);
        let hash = Some(hasher.finish());
        if *written != hash || !self.file.path.exists() {
            files::replace(&self.file.path, &json)?;
            *written = hash;
        }
        Ok(())
    }
}
