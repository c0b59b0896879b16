//! The program's own settings: the file `config.json`, with the default language and profile.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy as _;
use serde::{Deserialize, Serialize};

use crate::failure::Failure;
use crate::files;
use crate::lang::Lang;
use crate::settings;

const FILE: &str = "config.json";
/// The version of the stored form.
const VERSION: u32 = 1;
/// Two short texts.
const LARGEST: u64 = 64 * 1024;

/// The content of the file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    version: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) language: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) profile: Option<String>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            version: VERSION,
            language: None,
            profile: None,
        }
    }
}

/// The folder of the program's files: `EDUZZ_CONFIG_DIR`, else the system's folder for settings.
pub(crate) fn folder(lang: Lang) -> Result<PathBuf, Failure> {
    match settings::variable(lang, settings::CONFIG_DIR)? {
        Some(folder) => Ok(PathBuf::from(folder)),
        None => Ok(etcetera::choose_base_strategy()
            .map_err(|_| Failure::usage(lang.no_home()))?
            .config_dir()
            .join("eduzz")),
    }
}

/// The file in this folder.
pub(crate) fn path(folder: &Path) -> PathBuf {
    folder.join(FILE)
}

impl Config {
    /// Reads the file; a missing one has nothing set.
    pub(crate) fn load(lang: Lang) -> Result<Self, Failure> {
        let path = path(&folder(lang)?);
        match fs::metadata(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(files::cannot_read(lang, &path, &error)),
            Ok(metadata) if metadata.len() > LARGEST => return Err(broken(lang, &path)),
            Ok(_) => {}
        }
        let bytes = fs::read(&path).map_err(|error| files::cannot_read(lang, &path, &error))?;
        let read = serde_json::from_slice(&bytes).ok();
        let config: Option<Self> = read.filter(|config: &Self| config.version == VERSION);
        config.ok_or_else(|| broken(lang, &path))
    }

    /// Replaces the file.
    pub(crate) fn save(&self, lang: Lang) -> Result<(), Failure> {
        let folder = folder(lang)?;
        let path = path(&folder);
        let cannot_write = |error: &io::Error| files::cannot_write(lang, &path, error);
        files::create_folder(&folder).map_err(|error| cannot_write(&error))?;
        let mut text = serde_json::to_vec_pretty(self).map_err(|error| cannot_write(&error.into()))?;
        text.push(b'\n');
        files::replace(&path, &text).map_err(|error| cannot_write(&error))
    }

    /// The stored language. It is needed before anything can be said, so errors wait until a
    /// command reads the file.
    pub(crate) fn language() -> Option<Lang> {
        let config = Self::load(Lang::Pt).ok()?;
        Lang::named(&config.language?)
    }
}

fn broken(lang: Lang, path: &Path) -> Failure {
    Failure::usage(lang.config_broken(&path.display().to_string()))
}
