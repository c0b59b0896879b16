//! The stored grant of a profile: a file that only its owner can read, replaced in one step. A lock
//! beside it keeps processes from overwriting what another has stored meanwhile.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use eduzz_oauth::{Grant, Session};
use eduzz_types::AccessToken;
use eduzz_wire::Origins;
use serde::{Deserialize, Serialize};

use crate::config;
use crate::failure::Failure;
use crate::files;
use crate::lang::Lang;
use crate::output;
use crate::profile::Profile;

const FILE: &str = "session.json";
const LOCK: &str = "session.lock";
/// The folder with a folder for each profile but the default one.
const PROFILES: &str = "profiles";
/// The version of the stored form.
const VERSION: u32 = 1;
/// A stored session has a few kilobytes.
const LARGEST: u64 = 1024 * 1024;

/// The place of the stored grant.
#[derive(Debug)]
pub(crate) struct Store {
    lang: Lang,
    profile: Profile,
    /// The program's folder.
    root: PathBuf,
    /// The profile's folder.
    folder: PathBuf,
    path: PathBuf,
}

/// What is stored for a profile.
#[derive(Debug)]
pub(crate) struct Kept {
    /// Where its calls go.
    pub(crate) api: String,
    pub(crate) session: Session,
}

/// A place where a sign-in can be stored.
#[derive(Debug)]
pub(crate) struct Prepared<'s>(&'s Store);

impl Drop for Prepared<'_> {
    fn drop(&mut self) {
        if !self.0.profile.is_default() {
            // One with files stays.
            let _ = fs::remove_dir(&self.0.folder);
        }
    }
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
    /// The place of the chosen profile.
    pub(crate) fn find(lang: Lang) -> Result<Self, Failure> {
        Self::of(lang, Profile::chosen(lang)?.0)
    }

    /// The place of a profile.
    pub(crate) fn of(lang: Lang, profile: Profile) -> Result<Self, Failure> {
        let root = config::folder(lang)?;
        let folder = if profile.is_default() {
            root.clone()
        } else {
            root.join(PROFILES).join(profile.as_str())
        };
        let path = folder.join(FILE);
        Ok(Self {
            lang,
            profile,
            root,
            folder,
            path,
        })
    }

    /// The profiles with files, in order of their names, the default one first.
    pub(crate) fn all(lang: Lang) -> Result<Vec<Self>, Failure> {
        let folder = config::folder(lang)?.join(PROFILES);
        let cannot_read = |error: &io::Error| files::cannot_read(lang, &folder, error);
        let mut profiles = Vec::new();
        match fs::read_dir(&folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            entries => {
                for entry in entries.map_err(|error| cannot_read(&error))? {
                    let name = entry.map_err(|error| cannot_read(&error))?.file_name();
                    let profile = name.to_str().and_then(Profile::named);
                    profiles.extend(profile.filter(|profile| !profile.is_default()));
                }
            }
        }
        profiles.sort();
        let profiles = [Profile::default_one()].into_iter().chain(profiles);
        profiles.map(|profile| Self::of(lang, profile)).collect()
    }

    /// The profile.
    pub(crate) const fn profile(&self) -> &Profile {
        &self.profile
    }

    /// What is stored, whatever its origins.
    pub(crate) fn kept(&self) -> Result<Option<Kept>, Failure> {
        let Some(stored) = self.stored()? else {
            return Ok(None);
        };
        Ok(Some(Kept {
            api: stored.origins.api,
            session: stored.session,
        }))
    }

    /// Removes the profile's files. Returns whether there was a session.
    pub(crate) fn remove(&self) -> Result<bool, Failure> {
        let had_session = self.forget()?;
        if !self.profile.is_default() {
            match fs::remove_dir_all(&self.folder) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(files::cannot_write(self.lang, &self.folder, &error));
                }
                _ => files::sync_folder(&self.folder),
            }
        }
        Ok(had_session)
    }

    /// Whether there are files of the profile.
    pub(crate) fn exists(&self) -> bool {
        fs::symlink_metadata(if self.profile.is_default() {
            &self.path
        } else {
            &self.folder
        })
        .is_ok()
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
        let Some(stored) = self.stored()? else {
            return Ok(Session::signed_out());
        };
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

    fn stored(&self) -> Result<Option<Stored<Session>>, Failure> {
        let Some(bytes) = self.read()? else {
            return Ok(None);
        };
        // The error may quote the token, so it is dropped.
        let stored: Stored<Session> = serde_json::from_slice(&bytes).map_err(|_| self.broken())?;
        if stored.version != VERSION {
            return Err(self.broken());
        }
        Ok(Some(stored))
    }

    /// Checks before a sign-in that the session can be stored. The folder goes with what is
    /// returned if nothing was stored.
    pub(crate) fn prepare(&self) -> Result<Prepared<'_>, Failure> {
        self.check_kind()?;
        self.create_folder()?;
        let prepared = Prepared(self);
        files::temporary(&self.path)
            .map(|_| prepared)
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
        let within = self
            .folder
            .ancestors()
            .take_while(|folder| folder.starts_with(&self.root));
        for folder in within {
            match fs::metadata(folder) {
                Ok(metadata) if is_writable_by_others(&metadata) => {
                    let folder = folder.display().to_string();
                    return Err(Failure::usage(self.lang.store_folder_open(&folder)));
                }
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(files::cannot_read(self.lang, folder, &error)),
            }
        }
        Ok(())
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
