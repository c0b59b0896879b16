//! Opening a file.

use std::fs::OpenOptions;
use std::io::ErrorKind;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::guard;
use crate::clock::Clock;
use crate::migrations::{self, Line};
use crate::{StoreError, StoreErrorKind};

/// How long a statement waits for another program's transaction.
pub(super) const BUSY: Duration = Duration::from_secs(5);

/// Releases before this one can lose committed writes when the log is restarted.
const OLDEST: i32 = 3_051_003;

/// How long an opening waits before it tries again.
const PAUSE: Duration = Duration::from_millis(10);

/// Opens the file for writing. SQLite does not wait for another program while it begins the log, so
/// this does.
pub(super) fn writer(file: &Path) -> Result<Connection, StoreError> {
    let started = Instant::now();
    loop {
        match writer_now(file) {
            Err(error) if error.kind() == StoreErrorKind::Busy && started.elapsed() < BUSY => {
                thread::sleep(PAUSE);
            }
            opened => return opened,
        }
    }
}

fn writer_now(file: &Path) -> Result<Connection, StoreError> {
    if rusqlite::version_number() < OLDEST {
        return Err(StoreError::with(
            StoreErrorKind::Other,
            "SQLite is older than 3.51.3, which can lose writes",
        ));
    }
    create(file)?;
    refuse_network(file)?;
    let mut connection = connect(file, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    // SQLite opens a file that cannot be written to for reading only.
    if connection.is_readonly("main")? {
        return Err(StoreError::new(StoreErrorKind::ReadOnly));
    }
    let mode: String = connection.query_row("pragma journal_mode = wal", [], |row| row.get(0))?;
    if mode != "wal" {
        return Err(StoreError::with(StoreErrorKind::File, "no write-ahead log"));
    }
    // Each commit is on the disk before it is reported.
    connection.pragma_update(None, "synchronous", "full")?;
    migrate(&mut connection)?;
    guard::install(&mut connection)?;
    Ok(connection)
}

pub(super) fn reader(file: &Path) -> Result<Connection, StoreError> {
    let connection = connect(file, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.pragma_update(None, "query_only", true)?;
    Ok(connection)
}

fn connect(file: &Path, flags: OpenFlags) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(file, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(BUSY)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

/// Creates the file for its owner only: bodies hold personal data.
fn create(file: &Path) -> Result<(), StoreError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(file) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(StoreError::with(
            match error.kind() {
                ErrorKind::StorageFull => StoreErrorKind::Full,
                ErrorKind::ReadOnlyFilesystem => StoreErrorKind::ReadOnly,
                _ => StoreErrorKind::File,
            },
            error.kind().to_string(),
        )),
    }
}

/// The log's index is shared memory, which other machines do not see.
#[cfg(target_os = "linux")]
fn refuse_network(file: &Path) -> Result<(), StoreError> {
    // NFS, SMB, CIFS, SMB2, 9P, CEPH, AFS, of Linux's magic.h.
    const SHARED: [u32; 7] = [
        0x6969,
        0x517b,
        0xff53_4d42,
        0xfe53_4d42,
        0x0102_1997,
        0x00c3_6400,
        0x5346_414f,
    ];
    let system = rustix::fs::statfs(file).map(|system| system.f_type);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the magic number has 32 bits"
    )]
    match system {
        Ok(magic) if SHARED.contains(&(magic as u32)) => {
            Err(StoreError::new(StoreErrorKind::NetworkFileSystem))
        }
        _ => Ok(()),
    }
}

#[cfg(not(target_os = "linux"))]
const fn refuse_network(_: &Path) -> Result<(), StoreError> {
    Ok(())
}

/// Applies the missing migrations in one transaction, which other programs wait for.
fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    apply(&transaction, &migrations::SQLITE)?;
    Ok(transaction.commit()?)
}

/// Applies the missing migrations, within a transaction.
pub(super) fn apply(connection: &Connection, line: &Line) -> Result<(), StoreError> {
    let table = line.table;
    connection.execute_batch(&format!(
        "create table if not exists {table} (
            version integer primary key, name text not null, checksum text not null, at integer not null
        ) strict"
    ))?;
    let applied = {
        let mut select =
            connection.prepare(&format!("select version, checksum from {table} order by version"))?;
        let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        rows.collect::<Result<Vec<(i64, String)>, _>>()?
    };
    for migration in migrations::missing(line.migrations, &applied)? {
        connection.execute_batch(migration.sql)?;
        connection.execute(
            &format!("insert into {table} (version, name, checksum, at) values (?1, ?2, ?3, ?4)"),
            (
                migration.version,
                migration.name,
                migration.checksum(),
                Clock::default().now().millis(),
            ),
        )?;
    }
    Ok(())
}
