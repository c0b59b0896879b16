//! An inbox in a SQLite file.

mod guard;
mod inbox;
#[cfg(feature = "mirror")]
mod mirror;
mod open;
mod place;
#[cfg(test)]
mod plans;
mod writer;

use std::error::Error;
use std::fmt;
use std::path::Path;
use std::time::Duration;

use eduzz_sync::Moment;
use eduzz_sync::inbox::{Incoming, Order, State};
use rusqlite::{Connection, ErrorCode};

use self::place::Place;
use self::writer::Thread;
use crate::clock::Clock;
use crate::{
    Claim, Claimed, Counts, Filter, Put, Reopening, Row, Settled, Settlement, Store, StoreError,
    StoreErrorKind, Whole,
};

/// How long a flush waits for other programs: a program that ends has little time.
const FLUSH: Duration = Duration::from_secs(1);

/// A store in one file, for the processes of one machine.
///
/// Writes are committed in groups by one thread and synced to disk (`synchronous=FULL`), reads have
/// a thread of their own. Other programs may read and write the file too; they wait for each other,
/// at most 5 seconds. A file that is moved, deleted or replaced meanwhile is an error from then on.
///
/// Beside the file is its log, `…-wal`, which can hold the newest rows: for a backup use `VACUUM
/// INTO`, or copy the file after a [`flush`](Store::flush), when no program writes.
#[derive(Clone)]
pub struct Sqlite {
    writer: Thread,
    reader: Thread,
    clock: Clock,
}

/// A handler's writes, called within the transaction that marks the event. An error takes them
/// back. They must be short, because nothing else is written meanwhile. They may use savepoints,
/// and cannot end the transaction: `commit` and `rollback` are refused.
pub type SqliteWrites = Box<dyn FnOnce(&Connection) -> Result<(), Box<dyn Error + Send + Sync>> + Send>;

impl Sqlite {
    /// Opens the file, or creates it for its owner only, and brings its tables to the present
    /// version.
    ///
    /// # Errors
    ///
    /// The file cannot be opened, is no database or one of a newer version, or is on a network file
    /// system.
    pub async fn open(file: impl AsRef<Path>) -> Result<Self, StoreError> {
        Self::with_clock(file, Clock::default()).await
    }

    /// Opens the file with a clock that a test sets.
    #[doc(hidden)]
    pub async fn with_clock(file: impl AsRef<Path>, clock: Clock) -> Result<Self, StoreError> {
        let file = file.as_ref().to_owned();
        let opened = tokio::task::spawn_blocking(move || {
            let writer = open::writer(&file)?;
            Ok::<_, StoreError>((writer, open::reader(&file)?, Place::of(&file)?))
        });
        let (writer, reader, place) = opened
            .await
            .map_err(|_| StoreError::new(StoreErrorKind::Other))??;
        Ok(Self {
            writer: Thread::writer(writer, place.clone())?,
            reader: Thread::reader(reader, place)?,
            clock,
        })
    }
}

impl Store for Sqlite {
    type Writes = SqliteWrites;

    async fn put(&self, incoming: Incoming, state: State) -> Result<Put, StoreError> {
        let clock = self.clock.clone();
        self.writer
            .run(move |connection| inbox::put(connection, &incoming, state, clock.now()))
            .await
    }

    async fn claim(&self, order: Order, limit: u32) -> Result<Vec<Claimed>, StoreError> {
        let clock = self.clock.clone();
        self.writer
            .run(move |connection| inbox::claim(connection, order, limit, clock.now()))
            .await
    }

    async fn renew(&self, claims: Vec<Claim>) -> Result<Vec<Claim>, StoreError> {
        let clock = self.clock.clone();
        self.writer
            .run(move |connection| inbox::renew(connection, claims, clock.now()))
            .await
    }

    async fn settle(&self, settlement: Settlement<SqliteWrites>) -> Result<Settled, StoreError> {
        let clock = self.clock.clone();
        self.writer
            .run(move |connection| inbox::settle(connection, settlement, clock.now()))
            .await
    }

    async fn list(&self, filter: Filter) -> Result<Vec<Row>, StoreError> {
        self.reader
            .run(move |connection| inbox::list(connection, &filter))
            .await
    }

    async fn get(&self, seq: i64) -> Result<Option<Whole>, StoreError> {
        self.reader
            .run(move |connection| inbox::get(connection, seq))
            .await
    }

    async fn reopen(&self, filter: Filter, reopening: Reopening) -> Result<u64, StoreError> {
        let clock = self.clock.clone();
        self.writer
            .run(move |connection| inbox::reopen(connection, &filter, reopening, clock.now()))
            .await
    }

    async fn prune(&self, before: Moment) -> Result<u64, StoreError> {
        let (mut pruned, mut after) = (0, 0);
        loop {
            let (some, last) = self
                .writer
                .run(move |connection| inbox::prune(connection, before, after))
                .await?;
            if some == 0 {
                return Ok(pruned);
            }
            pruned += some;
            after = last;
        }
    }

    async fn mend_clock(&self) -> Result<(), StoreError> {
        let clock = self.clock.clone();
        self.writer
            .run(move |connection| inbox::mend_clock(connection, clock.now()))
            .await
    }

    async fn counts(&self) -> Result<Counts, StoreError> {
        let clock = self.clock.clone();
        self.reader
            .run(move |connection| inbox::counts(connection, clock.now()))
            .await
    }

    async fn flush(&self) -> Result<(), StoreError> {
        self.reader
            .run(|connection| {
                // The writer's works run in a transaction, which cannot do this.
                connection.busy_timeout(FLUSH)?;
                let flushed = connection.query_row("pragma wal_checkpoint(truncate)", [], |_| Ok(()));
                connection.busy_timeout(open::BUSY)?;
                Ok(flushed?)
            })
            .await
    }

    async fn now(&self) -> Result<Moment, StoreError> {
        Ok(self.clock.now())
    }
}

impl fmt::Debug for Sqlite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sqlite")
    }
}

impl From<rusqlite::Error> for StoreError {
    /// Keeps the code only: SQLite's words can quote the statement.
    fn from(error: rusqlite::Error) -> Self {
        let Some(code) = error.sqlite_error() else {
            return Self::with(StoreErrorKind::OtherSchema, "a column has another form");
        };
        let kind = match code.code {
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => StoreErrorKind::Busy,
            ErrorCode::DiskFull => StoreErrorKind::Full,
            ErrorCode::ReadOnly => StoreErrorKind::ReadOnly,
            ErrorCode::DatabaseCorrupt => StoreErrorKind::Damaged,
            ErrorCode::CannotOpen | ErrorCode::NotADatabase | ErrorCode::PermissionDenied => {
                StoreErrorKind::File
            }
            _ => StoreErrorKind::Other,
        };
        Self::with(kind, format!("SQLite's error {}", code.extended_code))
    }
}
