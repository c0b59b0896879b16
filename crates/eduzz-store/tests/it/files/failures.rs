//! A database that fails while it is open.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use eduzz_store::{Put, Settled, Sqlite, Store, StoreError, StoreErrorKind};
use eduzz_sync::inbox::{Code, Ending, Incoming, Order, State};
use tempfile::TempDir;

use super::{folder, is_sound, other, skipped};
use crate::support::{delivered, end, event, put, rows};

#[tokio::test]
async fn a_lock_of_another_program_is_an_answer_in_time_and_is_overcome() {
    let (_folder, file) = folder();
    let store = Sqlite::open(&file).await.unwrap();
    put(&store, "e1", "a").await;
    let other = other(&file);
    other.execute_batch("begin immediate").unwrap();
    let begun = Instant::now();
    let error = store.put(event("e2", "a"), State::Ready).await.unwrap_err();
    let waited = begun.elapsed();
    assert_eq!(error.kind(), StoreErrorKind::Busy);
    assert!(!error.may_be_done());
    assert!(
        waited > Duration::from_secs(4) && waited < Duration::from_secs(7),
        "{waited:?}"
    );
    assert_eq!(rows(&store).await.len(), 1, "reads do not wait");
    other.execute_batch("rollback").unwrap();
    put(&store, "e2", "a").await;
    assert_eq!(rows(&store).await.len(), 2);
}

#[tokio::test]
async fn a_file_that_opens_while_it_is_locked_waits_for_the_lock() {
    let (_folder, file) = folder();
    let other = other(&file);
    other
        .execute_batch("pragma journal_mode = wal; begin immediate; create table user (id integer)")
        .unwrap();
    let begun = Instant::now();
    let opening = tokio::spawn({
        let file = file.clone();
        async move { Sqlite::open(file).await }
    });
    tokio::task::yield_now().await;
    other.execute_batch("commit").unwrap();
    let store = opening.await.unwrap().unwrap();
    assert!(begun.elapsed() < Duration::from_secs(4));
    put(&store, "e1", "a").await;
}

#[tokio::test]
async fn mending_a_sound_clock_writes_nothing() {
    let (_folder, file) = folder();
    let store = Sqlite::open(&file).await.unwrap();
    for id in 0..5 {
        put(&store, &format!("e{id}"), "a").await;
    }
    let claimed = store.claim(Order::BySubject, 5).await.unwrap().remove(0);
    let failed = Ending::Failed(Code::ERROR);
    assert!(matches!(
        end(&store, &claimed, failed, 4_000).await,
        Settled::Committed
    ));
    put(&store, "e5", "b").await;
    assert_eq!(store.claim(Order::BySubject, 5).await.unwrap().len(), 1);
    let other = other(&file);
    let version = || other.query_row("pragma data_version", [], |row| row.get::<_, i64>(0));
    let before = version().unwrap();
    store.mend_clock().await.unwrap();
    assert_eq!(
        version().unwrap(),
        before,
        "claimed, parked and failed events stay as they are"
    );
}

#[tokio::test]
async fn a_dropped_future_leaves_nothing_open() {
    let (_folder, file) = folder();
    let store = Sqlite::open(&file).await.unwrap();
    for id in 0..100 {
        // It is polled once, so that it is in the queue, and dropped.
        let putting = store.put(event(&format!("e{id}"), "a"), State::Ready);
        tokio::select! {
            biased;
            _ = putting => {}
            () = std::future::ready(()) => {}
        }
        let claiming = store.claim(Order::Any, 1);
        tokio::select! {
            biased;
            _ = claiming => {}
            () = std::future::ready(()) => {}
        }
    }
    put(&store, "last", "a").await;
    let other = other(&file);
    other.busy_timeout(Duration::ZERO).unwrap();
    other.execute_batch("begin immediate; rollback").unwrap();
    let stored = rows(&store).await;
    assert_eq!(stored.len(), 101, "the queue is worked off in order");
    assert!(is_sound(&file));
}

#[tokio::test]
async fn a_file_that_was_moved_or_deleted_stores_nothing() {
    let (folder, file) = folder();
    let store = Sqlite::open(&file).await.unwrap();
    put(&store, "e1", "a").await;
    let moved = folder.path().join("moved.sqlite");
    fs::rename(&file, &moved).unwrap();
    let error = store.put(event("e2", "a"), State::Ready).await.unwrap_err();
    assert_eq!(error.kind(), StoreErrorKind::File);
    fs::rename(&moved, &file).unwrap();
    put(&store, "e3", "a").await;
    assert_eq!(rows(&store).await.len(), 2);
    fs::remove_file(&file).unwrap();
    let error = store.put(event("e4", "a"), State::Ready).await.unwrap_err();
    assert_eq!(error.kind(), StoreErrorKind::File);
}

/// A file system in memory with little space.
struct SmallDisk(TempDir);

impl SmallDisk {
    const BYTES: u64 = 2 * 1024 * 1024;

    fn mount(test: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let size = format!("size={}", Self::BYTES);
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &size, "eduzz-test"])
            .arg(folder.path())
            .output();
        match mounted {
            Ok(ended) if ended.status.success() => Some(Self(folder)),
            _ => {
                skipped(test, "a small file system cannot be mounted");
                None
            }
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Lazy: SQLite's threads end a moment after their store.
        let _ended = Command::new("umount").arg("-l").arg(self.0.path()).status();
    }
}

/// A delivery that needs 40 kB.
fn big(id: usize) -> Incoming {
    let body = format!(
        r#"{{"id":"big{id}","event":"new.event","data":{{"x":"{}"}}}}"#,
        "x".repeat(40_000)
    );
    delivered(body.as_bytes())
}

/// Stores deliveries at once, until one fails; returns the numbers of those that were stored.
async fn fill(store: &Sqlite, from: usize, at_once: usize) -> (Vec<i64>, StoreError) {
    let mut stored = Vec::new();
    for round in 0.. {
        let puts = (0..at_once).map(|at| {
            let store = store.clone();
            let id = from + round * at_once + at;
            tokio::spawn(async move { store.put(big(id), State::Ready).await })
        });
        let mut failed = None;
        for put in puts.collect::<Vec<_>>() {
            match put.await.unwrap() {
                Ok(Put { seq, .. }) => stored.push(seq),
                Err(error) => failed = Some(error),
            }
        }
        if let Some(error) = failed {
            return (stored, error);
        }
    }
    unreachable!("the disk is small");
}

#[tokio::test]
async fn a_full_disk_loses_nothing_that_was_answered() {
    let Some(disk) = SmallDisk::mount("a_full_disk_loses_nothing_that_was_answered") else {
        return;
    };
    let (file, ballast) = (disk.path("inbox.sqlite"), disk.path("ballast"));
    fs::write(&ballast, vec![0; 700_000]).unwrap();
    let store = Sqlite::open(&file).await.unwrap();
    let mut answered = Vec::new();
    for (round, at_once) in [(1, 1), (2, 5), (3, 20)] {
        let (stored, error) = fill(&store, round * 10_000, at_once).await;
        assert_eq!(error.kind(), StoreErrorKind::Full, "{error}");
        answered.extend(stored);
        let claimed = store.claim(Order::Any, 1).await;
        assert!(claimed.is_ok() || claimed.unwrap_err().kind() == StoreErrorKind::Full);
        let known: Vec<i64> = rows(&store).await.iter().map(|row| row.seq).collect();
        assert!(answered.iter().all(|seq| known.contains(seq)));
        if round == 1 {
            fs::remove_file(&ballast).unwrap();
        }
    }
    assert!(answered.len() > 5, "{}", answered.len());
    drop(store);
    check(&file, &answered).await;
}

async fn check(file: &Path, answered: &[i64]) {
    let (_folder, copy) = folder();
    for end in ["", "-wal"] {
        let name = |file: &Path| PathBuf::from(format!("{}{end}", file.display()));
        if name(file).exists() {
            fs::copy(name(file), name(&copy)).unwrap();
        }
    }
    let store = Sqlite::open(&copy).await.unwrap();
    for seq in answered {
        let whole = store.get(*seq).await.unwrap().unwrap();
        assert!(whole.body.unwrap().bytes.len() > 40_000);
    }
    assert!(is_sound(&copy));
    // With space again it goes on.
    put(&store, "e1", "a").await;
}
