//! Errors of databases.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;

/// Why a store could not do something. Nothing was changed, unless [`may_be_done`](Self::may_be_done).
///
/// `Display` says what to do next. It never quotes a value of a row.
#[derive(Clone, Debug)]
pub struct StoreError {
    kind: StoreErrorKind,
    /// The database's own words, of which only those without values are kept.
    detail: Option<Cow<'static, str>>,
}

/// The kinds of [`StoreError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StoreErrorKind {
    /// The URL is not `sqlite:FILE` or `postgres://…`, or its database is not compiled in.
    Url,
    /// The file cannot be opened or created, or is not a database.
    File,
    /// SQLite's log needs a local file system; this one is shared over a network.
    NetworkFileSystem,
    /// The disk is full.
    Full,
    /// The database refuses writes: its file, its disk or the server is read-only.
    ReadOnly,
    /// Another program holds the database's lock for too long, or all of its connections.
    Busy,
    /// The file is damaged.
    Damaged,
    /// The server cannot be reached, or closed the connection.
    Unreachable,
    /// The connection cannot be encrypted, or the server's certificate is not trusted.
    Tls,
    /// The server refuses the user, the password, the database's name, or a right that is needed.
    Refused,
    /// It did not answer in time.
    TimedOut,
    /// The tables were made by a newer version of this crate.
    NewerSchema,
    /// A migration was changed after it was applied, or the tables are not this crate's.
    OtherSchema,
    /// Any other error of the database.
    Other,
}

impl StoreError {
    pub(crate) const fn new(kind: StoreErrorKind) -> Self {
        Self { kind, detail: None }
    }

    #[cfg(any(feature = "mirror", feature = "postgres", feature = "sqlite"))]
    pub(crate) fn with(kind: StoreErrorKind, detail: impl Into<Cow<'static, str>>) -> Self {
        Self {
            kind,
            detail: Some(detail.into()),
        }
    }

    /// The database did not answer within a time of the caller's.
    #[must_use]
    pub const fn timed_out() -> Self {
        Self::new(StoreErrorKind::TimedOut)
    }

    /// The kind of the error.
    #[must_use]
    pub const fn kind(&self) -> StoreErrorKind {
        self.kind
    }

    /// The database's own code, such as `SQLite's error 10`, in English.
    #[must_use]
    pub fn detail(&self) -> Option<&str> {
        self.detail.as_deref()
    }

    /// Whether the change may be in the database all the same, because the answer was lost.
    #[must_use]
    pub const fn may_be_done(&self) -> bool {
        matches!(self.kind, StoreErrorKind::Unreachable | StoreErrorKind::TimedOut)
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            StoreErrorKind::Url => "the database must be sqlite:FILE or postgres://USER@HOST/NAME",
            StoreErrorKind::File => {
                "the database's file cannot be opened: check its folder, its owner, and that it is a database"
            }
            StoreErrorKind::NetworkFileSystem => {
                "SQLite can lose writes on a network file system: use a local disk, or PostgreSQL"
            }
            StoreErrorKind::Full => "the database's disk is full: free some space",
            StoreErrorKind::ReadOnly => {
                "the database is read-only: check the file's owner, the disk, and the server"
            }
            StoreErrorKind::Busy => {
                "another program holds the database's lock, or all of its connections: end it, or try again"
            }
            StoreErrorKind::Damaged => "the database is damaged: restore a backup",
            StoreErrorKind::Unreachable => {
                "the database's server cannot be reached: check its address and that it runs"
            }
            StoreErrorKind::Tls => {
                "the connection to the database's server cannot be encrypted, or its certificate is not \
                 trusted: see `sslmode` and SSL_CERT_FILE"
            }
            StoreErrorKind::Refused => {
                "the database's server refuses the user, the password, the name of the database, or a right"
            }
            StoreErrorKind::TimedOut => "the database did not answer in time",
            StoreErrorKind::NewerSchema => {
                "the database was made by a newer version of this program: update the program"
            }
            StoreErrorKind::OtherSchema => {
                "the database's tables are not those of this program: use another database"
            }
            StoreErrorKind::Other => "the database failed",
        })?;
        match &self.detail {
            Some(detail) => write!(f, " ({detail})"),
            None => Ok(()),
        }
    }
}

impl Error for StoreError {}
