//! SQLite files: what cannot be opened, and what is left by a program that ended.

mod failures;
mod writes;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use eduzz_store::rusqlite::Connection;
use eduzz_store::{Filter, Sqlite, Store, StoreErrorKind};
use eduzz_sync::inbox::{Order, State};
use tempfile::TempDir;

use crate::support::{delivered, event, put, rows};

const MIGRATION: &str = include_str!("../../migrations/sqlite/0001_inbox.sql");

/// Names the file for a child process of these tests.
const CHILD: &str = "EDUZZ_STORE_TEST_FILE";

pub(crate) fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("inbox.sqlite");
    (folder, file)
}

/// A connection of another program.
pub(crate) fn other(file: &Path) -> Connection {
    Connection::open(file).unwrap()
}

async fn refusal(file: &Path) -> StoreErrorKind {
    Sqlite::open(file).await.unwrap_err().kind()
}

pub(crate) fn is_sound(file: &Path) -> bool {
    let check = other(file).query_row("pragma integrity_check", [], |row| row.get::<_, String>(0));
    check.unwrap() == "ok"
}

#[tokio::test]
async fn a_newer_schema_is_refused_and_stays_as_it_is() {
    let (_folder, file) = folder();
    drop(Sqlite::open(&file).await.unwrap());
    let newer = "insert into eduzz_migration values (2, '0002_newer', 'x', 0)";
    other(&file).execute_batch(newer).unwrap();
    assert_eq!(refusal(&file).await, StoreErrorKind::NewerSchema);
    let count = "select count(*) from eduzz_migration";
    let count: i64 = other(&file).query_row(count, [], |row| row.get(0)).unwrap();
    assert_eq!(count, 2);
}

#[tokio::test]
async fn after_a_flush_the_file_is_whole_without_its_log() {
    let (folder, file) = folder();
    let store = Sqlite::open(&file).await.unwrap();
    put(&store, "e1", "a").await;
    store.flush().await.unwrap();
    let copy = folder.path().join("copy.sqlite");
    fs::copy(&file, &copy).unwrap();
    assert_eq!(rows(&Sqlite::open(&copy).await.unwrap()).await.len(), 1);
    // A log that is left beside an older file would change it.
    assert_eq!(fs::metadata(file.with_extension("sqlite-wal")).unwrap().len(), 0);
    assert!(store.put(event("e2", "a"), State::Ready).await.unwrap().is_new);
}

#[tokio::test]
async fn a_flush_does_not_wait_for_a_long_transaction() {
    let (_folder, file) = folder();
    let store = Sqlite::open(&file).await.unwrap();
    put(&store, "e1", "a").await;
    let other = other(&file);
    other.execute_batch("begin immediate").unwrap();
    let started = Instant::now();
    store.flush().await.unwrap();
    assert!(
        started.elapsed() < Duration::from_secs(4),
        "not those of a statement"
    );
    other.execute_batch("rollback").unwrap();
    assert_eq!(rows(&store).await.len(), 1);
}

#[tokio::test]
async fn a_changed_migration_is_refused() {
    let (_folder, file) = folder();
    drop(Sqlite::open(&file).await.unwrap());
    let changed = "update eduzz_migration set checksum = 'x'";
    other(&file).execute_batch(changed).unwrap();
    assert_eq!(refusal(&file).await, StoreErrorKind::OtherSchema);
}

#[tokio::test]
async fn tables_of_another_program_are_refused() {
    let (_folder, file) = folder();
    other(&file)
        .execute_batch("create table eduzz_event (seq integer)")
        .unwrap();
    assert!(Sqlite::open(&file).await.is_err());
    let tables = "select group_concat(name) from sqlite_schema";
    let tables: String = other(&file).query_row(tables, [], |row| row.get(0)).unwrap();
    assert_eq!(tables, "eduzz_event", "nothing is added");
}

#[tokio::test]
async fn a_migration_that_was_killed_begins_again() {
    let (_folder, file) = folder();
    let migrating = other(&file);
    let begun = "pragma journal_mode = wal; pragma cache_size = 1; begin immediate;
        create table eduzz_migration (version integer primary key, name text not null,
            checksum text not null, at integer not null) strict;";
    migrating.execute_batch(begun).unwrap();
    migrating.execute_batch(MIGRATION).unwrap();
    // More than the cache holds, so that pages are in the log without a commit.
    let filled = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 64)
        insert into eduzz_body select i, '', zeroblob(4096) from n";
    migrating.execute_batch(filled).unwrap();
    // The files at this moment are those that a kill leaves.
    let (_left, copy) = folder();
    for end in ["", "-wal"] {
        let name = |file: &Path| PathBuf::from(format!("{}{end}", file.display()));
        fs::copy(name(&file), name(&copy)).unwrap();
    }
    let log = fs::metadata(format!("{}-wal", copy.display())).unwrap().len();
    assert!(log > 100_000, "the log has {log} bytes");
    let store = Sqlite::open(&copy).await.unwrap();
    put(&store, "e1", "a").await;
    assert_eq!(rows(&store).await.len(), 1);
    assert!(is_sound(&copy));
}

#[tokio::test(flavor = "multi_thread")]
async fn threads_that_open_a_new_file_at_once_all_succeed() {
    for _ in 0..20 {
        let (_folder, file) = folder();
        let opening: Vec<_> = (0..8)
            .map(|_| {
                let file = file.clone();
                tokio::spawn(async move { Sqlite::open(file).await })
            })
            .collect();
        for (at, opening) in opening.into_iter().enumerate() {
            let store = opening.await.unwrap().unwrap();
            put(&store, &format!("e{at}"), "a").await;
        }
        let store = Sqlite::open(&file).await.unwrap();
        assert_eq!(rows(&store).await.len(), 8);
    }
}

#[test]
fn processes_that_open_a_new_file_at_once_all_succeed() {
    for _ in 0..5 {
        let (_folder, file) = folder();
        let children: Vec<_> = (0..4).map(|_| start(&file)).collect();
        for child in children {
            let ended = child.wait_with_output().unwrap();
            assert!(
                ended.status.success(),
                "{}",
                String::from_utf8_lossy(&ended.stderr)
            );
        }
        let count = "select count(*) + sum(copies) from eduzz_event";
        let count: i64 = other(&file).query_row(count, [], |row| row.get(0)).unwrap();
        assert_eq!(count, 20, "each of the four put five, the same ones");
    }
}

/// Starts a process that stores five events.
fn start(file: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "files::child_process"])
        .env(CHILD, file)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// What a child process does; alone it does nothing.
#[tokio::test]
async fn child_process() {
    let Some(file) = std::env::var_os(CHILD) else {
        return;
    };
    let store = Sqlite::open(file).await.unwrap();
    for id in 0..5 {
        put(&store, &format!("e{id}"), "a").await;
    }
}

#[tokio::test]
async fn what_is_no_database_is_refused_and_stays_as_it_is() {
    let (folder, _) = folder();
    let is_file = |kind| assert_eq!(kind, StoreErrorKind::File);
    is_file(refusal(folder.path()).await);
    is_file(refusal(&folder.path().join("absent/inbox.sqlite")).await);
    assert!(!folder.path().join("absent").exists());
    let text = folder.path().join("notes.txt");
    fs::write(
        &text,
        "not a database, but a file of someone who erred\n".repeat(100),
    )
    .unwrap();
    is_file(refusal(&text).await);
    assert!(fs::read_to_string(&text).unwrap().starts_with("not a database"));
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        1,
        "nothing beside it"
    );
}

/// Root may read and write every file.
fn is_root(test: &str) -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let is_root = status
        .lines()
        .any(|line| line.starts_with("Uid:") && line.split_whitespace().nth(2) == Some("0"));
    if is_root {
        skipped(test, "root may do everything");
    }
    is_root
}

#[expect(clippy::print_stderr, reason = "a skipped test says so")]
pub(crate) fn skipped(test: &str, why: &str) {
    eprintln!("skipped: {test}: {why}");
}

#[tokio::test]
async fn files_without_rights_are_refused() {
    if is_root("files_without_rights_are_refused") {
        return;
    }
    let (folder, file) = folder();
    // By another process: SQLite opens a file again by a descriptor that this one still has.
    assert!(start(&file).wait().unwrap().success());
    fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).unwrap();
    assert_eq!(refusal(&file).await, StoreErrorKind::File);
    fs::set_permissions(&file, fs::Permissions::from_mode(0o400)).unwrap();
    let read_only = refusal(&file).await;
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    assert_eq!(read_only, StoreErrorKind::ReadOnly);
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o500)).unwrap();
    let new = refusal(&folder.path().join("new.sqlite")).await;
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o700)).unwrap();
    assert_eq!(new, StoreErrorKind::File);
    let store = Sqlite::open(&file).await.unwrap();
    assert_eq!(rows(&store).await.len(), 5);
}

#[tokio::test]
async fn only_the_owner_can_read_the_files() {
    let (folder, file) = folder();
    let store = Sqlite::open(&file).await.unwrap();
    put(&store, "e1", "a").await;
    let mut names = Vec::new();
    for entry in fs::read_dir(folder.path()).unwrap() {
        let entry = entry.unwrap();
        let mode = entry.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{}", entry.path().display());
        names.push(entry.file_name().into_string().unwrap());
    }
    names.sort();
    assert_eq!(names, ["inbox.sqlite", "inbox.sqlite-shm", "inbox.sqlite-wal"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_deliveries_of_one_id_are_one_event() {
    let (_folder, file) = folder();
    let store = Sqlite::open(&file).await.unwrap();
    let first = event("e1", "0");
    store.put(first.clone(), State::Ready).await.unwrap();
    let puts = (1..10_000).map(|at| {
        let store = store.clone();
        tokio::spawn(async move { store.put(event("e1", &at.to_string()), State::Ready).await })
    });
    for put in puts.collect::<Vec<_>>() {
        let put = put.await.unwrap().unwrap();
        assert!(!put.is_new && put.differs);
    }
    let stored = rows(&store).await;
    assert_eq!(stored.len(), 1);
    assert_eq!((stored[0].copies, stored[0].differing), (9_999, 9_999));
    let claimed = store.claim(Order::Any, 10).await.unwrap();
    assert_eq!(claimed.len(), 1);
    assert_eq!(claimed[0].event.body.as_ref().unwrap().bytes, first.body);
}

#[tokio::test]
async fn a_body_of_four_mebibytes_comes_back() {
    let (_folder, file) = folder();
    let store = Sqlite::open(&file).await.unwrap();
    let body: Vec<u8> = (0..4 * 1024 * 1024_u32)
        .map(|at| at.wrapping_mul(2_654_435_761).to_be_bytes()[0])
        .collect();
    let seq = store.put(delivered(&body), State::Ignored).await.unwrap().seq;
    drop(store);
    let store = Sqlite::open(&file).await.unwrap();
    let whole = store.get(seq).await.unwrap().unwrap();
    assert!(whole.body.unwrap().bytes == body);
    assert_eq!(store.list(Filter::default()).await.unwrap().len(), 1);
}
