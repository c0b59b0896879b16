//! The database of an inbox and a mirror: which one, and what its errors mean.

use std::fs::{self, OpenOptions};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use clap::Args;
use eduzz_store::{Postgres, Sqlite, StoreError, StoreErrorKind};
use etcetera::BaseStrategy as _;

use crate::failure::Failure;
use crate::files;
use crate::lang::Lang;
use crate::settings;

// The database of every command of the inbox.
#[derive(Debug, Args)]
pub(crate) struct Database {
    /// Banco de dados: sqlite:ARQUIVO ou postgres://… (padrão: EDUZZ_DB; sem ela, um arquivo seu)
    /// | The database: sqlite:FILE or postgres://… (default: EDUZZ_DB, else a file of yours)
    #[arg(long, value_name = "URL")]
    db: Option<String>,
}

/// The first bytes of SQLite's files.
const HEAD: &[u8; 16] = b"SQLite format 3\0";

/// An opened database.
pub(crate) enum Opened {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

/// The place of a database.
#[derive(Debug, PartialEq, Eq)]
enum Place {
    /// A file that was named.
    File(PathBuf),
    /// The file in the user's data folder.
    Default(PathBuf),
    /// A server. Its URL may hold a password, so it is not printed.
    Server(String),
}

impl Database {
    /// Whether `--db` names one.
    pub(crate) const fn is_named(&self) -> bool {
        self.db.is_some()
    }

    /// Opens a database that is there.
    pub(crate) async fn open(&self, lang: Lang) -> Result<Opened, Failure> {
        let place = self.place(lang)?;
        if let Place::File(path) | Place::Default(path) = &place
            && !path.exists()
        {
            return Err(Failure::usage(lang.store_missing(&place.shown())));
        }
        place.open(lang).await
    }

    /// Opens a database, or creates it; gives it with its place for a person.
    pub(crate) async fn open_or_create(&self, lang: Lang) -> Result<(Opened, String), Failure> {
        let place = self.place(lang)?;
        if let Place::Default(path) = &place {
            let folder = files::folder(path);
            files::create_folder(folder).map_err(|error| files::cannot_write(lang, folder, &error))?;
        }
        Ok((place.open(lang).await?, place.shown()))
    }

    fn place(&self, lang: Lang) -> Result<Place, Failure> {
        let url = match &self.db {
            Some(url) => Some(url.clone()),
            None => settings::variable(lang, settings::DB)?,
        };
        match url {
            Some(url) => {
                let wrong = || Failure::usage(lang.store_url());
                place(url.trim()).ok_or_else(wrong)
            }
            None => {
                let data = etcetera::choose_base_strategy()
                    .map_err(|_| Failure::usage(lang.no_data_folder()))?
                    .data_dir();
                Ok(Place::Default(data.join("eduzz").join("inbox.sqlite")))
            }
        }
    }
}

/// The place of a URL.
fn place(url: &str) -> Option<Place> {
    if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        return Some(Place::Server(url.to_owned()));
    }
    let file = url.strip_prefix("sqlite:")?;
    let file = file.strip_prefix("//").unwrap_or(file);
    // SQLite's names that begin with a colon are databases in memory.
    (!file.is_empty() && !file.starts_with(':')).then(|| Place::File(file.into()))
}

impl Place {
    /// The place for a person.
    fn shown(&self) -> String {
        match self {
            Self::File(path) | Self::Default(path) => path.display().to_string(),
            Self::Server(_) => String::from("PostgreSQL"),
        }
    }

    async fn open(&self, lang: Lang) -> Result<Opened, Failure> {
        match self {
            Self::File(path) | Self::Default(path) => {
                let opened = Sqlite::open(path).await.map(Opened::Sqlite);
                opened.map_err(|error| match error.kind() {
                    StoreErrorKind::File => Failure::usage(lang.store_file(&self.shown(), &why(lang, path))),
                    _ => self::error(lang, &error),
                })
            }
            Self::Server(url) => {
                let opened = Postgres::connect(url).await.map(Opened::Postgres);
                opened.map_err(|error| self::error(lang, &error))
            }
        }
    }
}

/// The reason why a file cannot be opened as a database.
fn why(lang: Lang, path: &Path) -> String {
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_dir() => lang.why_directory(),
        Ok(_) => match OpenOptions::new().read(true).write(true).open(path) {
            Ok(mut file) => {
                let mut head = [0; HEAD.len()];
                match file.read_exact(&mut head) {
                    Ok(()) if head == *HEAD => lang.why_closed_folder(),
                    _ => lang.why_not_a_database(),
                }
            }
            Err(error) => files::why(lang, &error),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => match fs::metadata(files::folder(path)) {
            Ok(_) => lang.why_denied(),
            Err(error) => files::why(lang, &error),
        },
        Err(error) => files::why(lang, &error),
    }
}

/// The error of a command.
pub(crate) fn error(lang: Lang, error: &StoreError) -> Failure {
    let text = text(lang, error.kind(), error.detail());
    match error.kind() {
        StoreErrorKind::Unreachable
        | StoreErrorKind::Tls
        | StoreErrorKind::TimedOut
        | StoreErrorKind::Busy => Failure::network(text),
        StoreErrorKind::Refused => Failure::rejected(text),
        _ => Failure::usage(text),
    }
}

fn text(lang: Lang, kind: StoreErrorKind, detail: Option<&str>) -> String {
    match kind {
        StoreErrorKind::Url => match detail {
            Some(detail) if detail.contains("sslmode=require") => lang.store_url_sslmode(),
            Some(_) => lang.store_url_parts(),
            None => lang.store_url(),
        },
        StoreErrorKind::File => lang.store_file_gone(),
        StoreErrorKind::NetworkFileSystem => lang.store_network_file_system(),
        StoreErrorKind::Full => lang.store_full(),
        StoreErrorKind::ReadOnly => lang.store_read_only(),
        StoreErrorKind::Busy => lang.store_busy(),
        StoreErrorKind::Damaged => lang.store_damaged(),
        StoreErrorKind::Unreachable => lang.store_unreachable(),
        StoreErrorKind::Tls => lang.store_tls(),
        StoreErrorKind::Refused => match detail.and_then(|detail| detail.strip_prefix("SQLSTATE ")) {
            Some("3D000") => lang.store_refused_database(),
            Some("42501" | "3F000") => lang.store_refused_right(),
            _ => lang.store_refused_user(),
        },
        StoreErrorKind::TimedOut => lang.store_timed_out(),
        StoreErrorKind::NewerSchema => lang.store_newer_schema(),
        StoreErrorKind::OtherSchema => lang.store_other_schema(),
        _ => lang.store_failed(detail.unwrap_or("?")),
    }
}

/// The cause in one line.
pub(crate) fn cause(lang: Lang, error: &StoreError) -> String {
    let text = text(lang, error.kind(), error.detail());
    text.lines().next().unwrap_or_default().to_owned()
}

/// The kind of an error, for programs.
pub(crate) const fn code(kind: StoreErrorKind) -> &'static str {
    match kind {
        StoreErrorKind::Url => "url",
        StoreErrorKind::File => "file",
        StoreErrorKind::NetworkFileSystem => "network_file_system",
        StoreErrorKind::Full => "full",
        StoreErrorKind::ReadOnly => "read_only",
        StoreErrorKind::Busy => "busy",
        StoreErrorKind::Damaged => "damaged",
        StoreErrorKind::Unreachable => "unreachable",
        StoreErrorKind::Tls => "tls",
        StoreErrorKind::Refused => "refused",
        StoreErrorKind::TimedOut => "timed_out",
        StoreErrorKind::NewerSchema => "newer_schema",
        StoreErrorKind::OtherSchema => "other_schema",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn place_of_a_url() {
        for (url, file) in [
            ("sqlite:inbox.db", Some("inbox.db")),
            ("sqlite:/var/lib/inbox.db", Some("/var/lib/inbox.db")),
            ("sqlite:///var/lib/inbox.db", Some("/var/lib/inbox.db")),
            ("sqlite://inbox.db", Some("inbox.db")),
            ("sqlite:", None),
            ("sqlite://", None),
            ("sqlite::memory:", None),
            ("inbox.db", None),
            ("mysql://x", None),
            ("", None),
        ] {
            let expected = file.map(|file| Place::File(file.into()));
            assert_eq!(place(url), expected, "{url}");
        }
        for url in ["postgres://user:secret@host/name", "postgresql:///name?host=/run"] {
            assert_eq!(place(url), Some(Place::Server(url.to_owned())));
        }
    }

    /// Kinds of the store that a person meets have texts of their own.
    #[test]
    fn errors_have_a_cause_and_a_next_step() {
        for lang in [Lang::Pt, Lang::En] {
            let kinds = [
                StoreErrorKind::Url,
                StoreErrorKind::File,
                StoreErrorKind::NetworkFileSystem,
                StoreErrorKind::Full,
                StoreErrorKind::ReadOnly,
                StoreErrorKind::Busy,
                StoreErrorKind::Damaged,
                StoreErrorKind::Unreachable,
                StoreErrorKind::Tls,
                StoreErrorKind::Refused,
                StoreErrorKind::TimedOut,
                StoreErrorKind::NewerSchema,
                StoreErrorKind::OtherSchema,
                StoreErrorKind::Other,
            ];
            let mut texts = kinds.map(|kind| text(lang, kind, None)).to_vec();
            let states = ["SQLSTATE 3D000", "SQLSTATE 42501", "SQLSTATE 28P01"];
            texts.extend(states.map(|state| text(lang, StoreErrorKind::Refused, Some(state))));
            let urls = ["write sslmode=require", "write %40 for @"];
            texts.extend(urls.map(|url| text(lang, StoreErrorKind::Url, Some(url))));
            let mut codes = kinds.map(code);
            assert!(texts.iter().all(|text| text.lines().count() == 2), "{texts:?}");
            codes.sort_unstable();
            assert!(codes.windows(2).all(|pair| pair[0] != pair[1]), "{codes:?}");
        }
    }
}
