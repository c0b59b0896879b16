//! The file that keeps a sandbox's world over restarts.

use std::convert::Infallible;
use std::fs::File;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use eduzz_sandbox::{BadSnapshot, Config, Sandbox, SandboxControl, Snapshot};
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
    pub(super) fn open(lang: Lang, path: PathBuf) -> Result<(Self, Config), Failure> {
        let shown = path.display().to_string();
        let config = match std::fs::read(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Config::default(),
            Err(error) => return Err(files::cannot_read(lang, &path, &error)),
            Ok(json) => {
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
        // It would be replaced without a word.
        if std::fs::metadata(&path).is_ok_and(|file| file.permissions().readonly()) {
            return Err(Failure::usage(lang.state_is_read_only(&shown)));
        }
        let mut lock = path.clone().into_os_string();
        lock.push(".lock");
        match files::try_lock(lock.as_ref()) {
            Ok(Some(lock)) => Ok((Self { path, _lock: lock }, config)),
            Ok(None) => Err(Failure::usage(lang.state_in_use(&shown))),
            Err(error) => Err(files::cannot_write(lang, &path, &error)),
        }
    }

    /// Writes the world of this sandbox now, soon after each change, and at the end.
    pub(super) async fn keep(self, output: Output, sandbox: &Sandbox) -> Result<Infallible, Failure> {
        let keeper = Keeper(Arc::new(Keeping {
            file: self,
            control: sandbox.control().clone(),
            written: Mutex::default(),
        }));
        let mut changes = keeper.0.control.changes();
        let cannot = |error: &io::Error| files::cannot_write(output.lang, &keeper.0.file.path, error);
        keeper.0.write().map_err(|error| cannot(&error))?;
        let mut is_told = false;
        loop {
            changes.next().await;
            tokio::time::sleep(TOGETHER).await;
            let keeping = Arc::clone(&keeper.0);
            let Ok(written) = spawn_blocking(move || keeping.write()).await else {
                continue;
            };
            match written {
                Ok(()) => is_told = false,
                // Once, until it goes well again.
                Err(error) if !is_told => {
                    output.failure(&cannot(&error));
                    is_told = true;
                }
                Err(_) => {}
            }
        }
    }
}

/// A sandbox whose world is kept in a file.
struct Keeping {
    file: StateFile,
    control: SandboxControl,
    /// The hash of what was written last. It is locked from the look at the world until the end of
    /// the writing, so that no older world replaces a newer one.
    written: Mutex<Option<u64>>,
}

impl Keeping {
    /// Writes the world, unless it is as it was.
    fn write(&self) -> io::Result<()> {
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        let json = self.control.snapshot().to_json();
        let mut hasher = DefaultHasher::new();
        json.hash(&mut hasher);
        let hash = Some(hasher.finish());
        if *written != hash {
            files::replace(&self.file.path, &json)?;
            *written = hash;
        }
        Ok(())
    }
}

/// Writes the world when it is dropped: Ctrl-C drops the command.
struct Keeper(Arc<Keeping>);

impl Drop for Keeper {
    fn drop(&mut self) {
        // Nobody is there to be told; the last world that was written stays.
        let _ = self.0.write();
    }
}
