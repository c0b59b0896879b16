//! The stored grant: a file that only its owner can read, replaced in one step. A lock beside it
//! keeps processes from overwriting what another has stored meanwhile.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use eduzz_oauth::{Grant, Session};
use eduzz_types::AccessToken;
use eduzz_wire::Origins;
use etcetera::BaseStrategy as _;
use serde::{Deserialize, Serialize};

use crate::failure::Failure;
use crate::files;
use crate::lang::Lang;
use crate::output;
use crate::settings;

const FILE: &str = "session.json";
const LOCK: &str = "session.lock";
/// The version of the stored form.
const VERSION: u32 = 1;
/// A stored session has a few kilobytes.
const LARGEST: u64 = 1024 * 1024;

/// The place of the stored grant.
#[derive(Debug)]
pub(crate) struct Store {
    lang: Lang,
    folder: PathBuf,
    path: PathBuf,
}

/// The content of the file.
#[derive(Serialize, Deserialize)]
struct Stored<S> {
    version: u32,
    /// The token is sent to these origins only.
    origins: StoredOrigins,
    session: S,
}

#[derive(PartialEq, Eq, Serialize, Deserialize)]
struct StoredOrigins {
    accounts: String,
    accounts_api: String,
    api: String,
}

impl StoredOrigins {
    fn to(origins: &Origins) -> Self {
        Self {
            accounts: origins.accounts().to_string(),
            accounts_api: origins.accounts_api().to_string(),
            api: origins.api().to_string(),
        }
    }
}

impl Store {
    /// Finds the folder: `EDUZZ_CONFIG_DIR`, else the system's folder for settings.
    pub(crate) fn find(lang: Lang) -> Result<Self, Failure> {
        let folder = match settings::variable(lang, settings::CONFIG_DIR)? {
            Some(folder) => PathBuf::from(folder),
            None => etcetera::choose_base_strategy()
                .map_err(|_| Failure::usage(lang.no_home()))?
                .config_dir()
                .join("eduzz"),
        };
        let path = folder.join(FILE);
        Ok(Self { lang, folder, path })
    }

    /// The folder for cursors of printed walks.
    pub(crate) fn cursors(&self) -> Result<PathBuf, Failure> {
        self.check_folder()?;
        let folder = self.folder.join("cursors");
        files::create_folder(&folder).map_err(|error| files::cannot_write(self.lang, &folder, &error))?;
        Ok(folder)
    }

    /// The file.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Reads the session for these origins. A missing file means signed out; a file that others can
    /// read, or that is not ours, is an error and is not changed.
    pub(crate) fn load(&self, origins: &Origins) -> Result<Session, Failure> {
        let Some(bytes) = self.read()? else {
            return Ok(Session::signed_out());
        };
        // The error may quote the token, so it is dropped.
        let stored: Stored<Session> = serde_json::from_slice(&bytes).map_err(|_| self.broken())?;
        if stored.version != VERSION {
            return Err(self.broken());
        }
        if stored.origins != StoredOrigins::to(origins) {
            if stored.session.grant().is_none() {
                return Ok(Session::signed_out());
            }
            let theirs = output::printable(&stored.origins.api);
            let text = self.lang.other_origins(&theirs, &origins.api().to_string());
            return Err(Failure::signed_out(text));
        }
        Ok(stored.session)
    }

    /// Checks before a sign-in that the session can be stored.
    pub(crate) fn prepare(&self) -> Result<(), Failure> {
        self.check_kind()?;
        self.create_folder()?;
        files::temporary(&self.path)
            .map(drop)
            .map_err(|error| self.cannot_write(&error))
    }

    /// Stores the session of a sign-in.
    pub(crate) fn save(&self, origins: &Origins, session: &Session) -> Result<(), Failure> {
        self.locked(|| self.replace(origins, session))
    }

    /// Stores a session that a rejection of this token ended, unless another session was stored
    /// meanwhile. Returns whether the user can go on: with that other one.
    pub(crate) fn end(
        &self,
        origins: &Origins,
        used: &AccessToken,
        ended: &Session,
    ) -> Result<bool, Failure> {
        self.locked(|| {
            let Some(stored) = self.read()? else {
                return Ok(false);
            };
            let stored: Stored<Session> = serde_json::from_slice(&stored).map_err(|_| self.broken())?;
            match stored.session.grant().map(Grant::access_token) {
                Some(token) if token == used => self.replace(origins, ended).map(|()| false),
                other => Ok(other.is_some()),
            }
        })
    }

    /// Replaces the file in one step; call it with the lock.
    fn replace(&self, origins: &Origins, session: &Session) -> Result<(), Failure> {
        let stored = Stored {
            version: VERSION,
            origins: StoredOrigins::to(origins),
            session,
        };
        let mut text =
            serde_json::to_vec_pretty(&stored).map_err(|error| self.cannot_write(&error.into()))?;
        text.push(b'\n');
        files::replace(&self.path, &text).map_err(|error| self.cannot_write(&error))
    }

    /// Works while no other process changes the session.
    fn locked<T>(&self, work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
        self.create_folder()?;
        let _lock = files::lock(&self.folder.join(LOCK)).map_err(|error| self.cannot_write(&error))?;
        work()
    }

    /// Removes the session. Returns whether there was one.
    pub(crate) fn forget(&self) -> Result<bool, Failure> {
        match fs::symlink_metadata(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            // Removing a link would leave the token in its target.
            Ok(metadata) if !metadata.is_file() => {
                return Err(Failure::usage(self.lang.store_not_a_file(&self.shown())));
            }
            Ok(_) | Err(_) => {}
        }
        // Without the lock, a process that holds it for ever could keep the token on the disk.
        match fs::remove_file(&self.path) {
            Ok(()) => {
                files::sync_folder(&self.path);
                Ok(true)
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(self.cannot_write(&error)),
        }
    }

    fn read(&self) -> Result<Option<Vec<u8>>, Failure> {
        self.check_kind()?;
        let cannot_read = |error: io::Error| files::cannot_read(self.lang, &self.path, &error);
        let file = match File::open(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            opened => opened.map_err(cannot_read)?,
        };
        let metadata = file.metadata().map_err(cannot_read)?;
        if !metadata.is_file() || metadata.len() > LARGEST {
            return Err(self.broken());
        }
        if is_open_to_others(&metadata) {
            return Err(Failure::usage(self.lang.store_open_to_others(&self.shown())));
        }
        self.check_folder()?;
        let mut bytes = Vec::new();
        file.take(LARGEST).read_to_end(&mut bytes).map_err(cannot_read)?;
        Ok(Some(bytes))
    }

    fn create_folder(&self) -> Result<(), Failure> {
        files::create_folder(&self.folder).map_err(|error| self.cannot_write(&error))?;
        self.check_folder()
    }

    /// Refuses a folder that others can write: they could replace the file.
    fn check_folder(&self) -> Result<(), Failure> {
        match fs::metadata(&self.folder) {
            Ok(metadata) if is_writable_by_others(&metadata) => {
                let folder = self.folder.display().to_string();
                Err(Failure::usage(self.lang.store_folder_open(&folder)))
            }
            Ok(_) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(files::cannot_read(self.lang, &self.folder, &error)),
        }
    }

    /// Refuses a folder, a link or anything else but a file.
    fn check_kind(&self) -> Result<(), Failure> {
        match fs::symlink_metadata(&self.path) {
            Ok(metadata) if metadata.is_file() => Ok(()),
            Ok(_) => Err(Failure::usage(self.lang.store_not_a_file(&self.shown()))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(files::cannot_read(self.lang, &self.path, &error)),
        }
    }

    /// The error of a file that this program did not write.
    pub(crate) fn broken(&self) -> Failure {
        Failure::usage(self.lang.store_broken(&self.shown()))
    }

    fn cannot_write(&self, error: &io::Error) -> Failure {
        let why = files::why(self.lang, error);
        Failure::usage(self.lang.cannot_store(&self.shown(), &why))
    }

    fn shown(&self) -> String {
        self.path.display().to_string()
    }
}

#[cfg(unix)]
fn is_open_to_others(metadata: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;

    metadata.mode() & 0o077 != 0
}

#[cfg(unix)]
fn is_writable_by_others(metadata: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;

    metadata.mode() & 0o022 != 0
}

#[cfg(not(unix))]
fn is_writable_by_others(_: &fs::Metadata) -> bool {
    false
}

/// Elsewhere the system closes a user's folder to others.
#[cfg(not(unix))]
fn is_open_to_others(_: &fs::Metadata) -> bool {
    false
}
