//! Handlers run until each accepted the event once.

use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use eduzz_inbox::{Failure, Handled, Inbound, Inbox};
use eduzz_store::{
    Claim, Claimed, Filter, Memory, Put, Reopening, Settled, Settlement, Sqlite, Store, StoreError,
};
use eduzz_sync::inbox::{Incoming, LEASE, MAX_ATTEMPTS, Order, RENEWAL, State};
use tokio::sync::oneshot;
use tokio::time::Instant;

use crate::support::{Hands, body, delivery, passes_on, rows, store, until};

/// Runs the inbox until every event is done, ignored or dead.
async fn run<S: Store>(inbox: &Inbox<S>) {
    let ended = until(|| async { rows(inbox).await.iter().all(|row| !row.state.is_open()) });
    inbox.run(ended).await.unwrap();
}

/// Runs the inbox until every event has ended; the database's clock passes between the attempts.
async fn run_through<S: Store>(inbox: &Inbox<S>, hands: &Hands) {
    let ended = until(|| async {
        let rows = rows(inbox).await;
        if rows.iter().all(|row| row.state != State::Claimed) {
            hands.pass(Duration::from_secs(60));
        }
        rows.iter().all(|row| !row.state.is_open())
    });
    inbox.run(ended).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn every_handler_accepts_every_event_once() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let note = |name: &'static str| {
        let seen = Arc::clone(&seen);
        move |inbound: Inbound| {
            let seen = Arc::clone(&seen);
            async move {
                seen.lock().unwrap().push((name, inbound.row().once.clone()));
                Ok(Handled::new())
            }
        }
    };
    let inbox = Inbox::new(Memory::new())
        .handler("a", note("a"))
        .handler("b", note("b"));
    store(&inbox, &["x", "y", "x"]).await;
    run(&inbox).await;
    let mut seen = std::mem::take(&mut *seen.lock().unwrap());
    seen.sort();
    let each = |name| ["e0", "e1", "e2"].map(|once: &str| (name, once.to_owned()));
    assert_eq!(seen, [each("a"), each("b")].concat());
    assert_eq!(inbox.health().await.activity.handled(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_handler_that_accepted_does_not_run_again_for_the_failure_of_the_next() {
    let (hands, memory) = Hands::memory();
    let calls = [Arc::new(AtomicU32::new(0)), Arc::new(AtomicU32::new(0))];
    let [first, second] = calls.clone();
    let inbox = Inbox::new(memory)
        .handler("first", move |_| {
            first.fetch_add(1, Ordering::SeqCst);
            async { Ok(Handled::new()) }
        })
        .handler("second", move |_| {
            let call = second.fetch_add(1, Ordering::SeqCst);
            async move {
                if call < 3 {
                    Err(Failure::new("later").into())
                } else {
                    Ok(Handled::new())
                }
            }
        });
    store(&inbox, &["x"]).await;
    run_through(&inbox, &hands).await;
    assert_eq!(calls.map(|calls| calls.load(Ordering::SeqCst)), [1, 4]);
}

#[tokio::test(start_paused = true)]
async fn errors_panics_and_hanging_are_retried_until_dead() {
    let (hands, memory) = Hands::memory();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    let inbox = Inbox::new(memory)
        .handler("h", |inbound| async move {
            match inbound.row().once.as_str() {
                "e0" => Err(Failure::new("crm_down").into()),
                "e1" => panic!("invented"),
                "e2" => std::future::pending().await,
                _ => Err(Failure::new("no_such_customer").hopeless().into()),
            }
        })
        .on_failed(move |inbound, failed| log.lock().unwrap().push((inbound.row().seq, failed.to_string())));
    store(&inbox, &["a", "b", "c", "d"]).await;
    run_through(&inbox, &hands).await;
    let ends = rows(&inbox)
        .await
        .into_iter()
        .map(|row| (row.state, row.attempts, row.error.unwrap()));
    let ends: Vec<_> = ends.collect();
    assert_eq!(ends[0], (State::Dead, MAX_ATTEMPTS, "crm_down".to_owned()));
    assert_eq!(ends[1], (State::Dead, MAX_ATTEMPTS, "panicked".to_owned()));
    assert_eq!(ends[2].0, State::Dead);
    assert_eq!(ends[3], (State::Dead, 1, "no_such_customer".to_owned()));
    let seen = std::mem::take(&mut *seen.lock().unwrap());
    assert!(seen.contains(&(2, "the handler panicked".to_owned())));
    assert!(seen.contains(&(3, "the handler did not return within its time".to_owned())));
    assert_eq!(inbox.health().await.activity.dead(), 4);
}

#[tokio::test(start_paused = true)]
async fn events_of_a_subject_come_in_order_and_one_at_a_time() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let running = Arc::new(AtomicU32::new(0));
    let note = Arc::clone(&seen);
    let inbox = Inbox::new(Memory::new()).ordered().handler("h", move |inbound| {
        let (note, running) = (Arc::clone(&note), Arc::clone(&running));
        async move {
            assert_eq!(running.fetch_add(1, Ordering::SeqCst), 0, "one at a time");
            tokio::time::sleep(Duration::from_millis(10)).await;
            note.lock().unwrap().push(inbound.row().seq);
            running.fetch_sub(1, Ordering::SeqCst);
            Ok(Handled::new())
        }
    });
    store(&inbox, &["x"; 20]).await;
    run(&inbox).await;
    assert_eq!(*seen.lock().unwrap(), (1..=20).collect::<Vec<i64>>());
}

async fn with_table(folder: &std::path::Path) -> Sqlite {
    let file = folder.join("inbox.sqlite");
    let sqlite = Sqlite::open(&file).await.unwrap();
    let user = eduzz_store::rusqlite::Connection::open(&file).unwrap();
    user.execute_batch("create table paid (invoice text not null)")
        .unwrap();
    sqlite
}

fn paid(folder: &std::path::Path) -> Vec<String> {
    let user = eduzz_store::rusqlite::Connection::open(folder.join("inbox.sqlite")).unwrap();
    let mut select = user.prepare("select invoice from paid order by rowid").unwrap();
    let rows = select.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

#[tokio::test]
async fn writes_are_committed_with_the_mark_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let inbox = Inbox::new(with_table(folder.path()).await).handler("h", |inbound| async move {
        let once = inbound.row().once.clone();
        let fails = once == "e1";
        Ok(Handled::sqlite(move |db| {
            db.execute("insert into paid values (?1)", [once])?;
            if fails {
                db.execute("insert into nothing values (1)", [])?;
            }
            Ok(())
        }))
    });
    store(&inbox, &["a", "b", "c"]).await;
    let ended = until(|| async {
        inbox.health().await.activity.failed() > 0 && inbox.health().await.activity.handled() == 2
    });
    inbox.run(ended).await.unwrap();
    let mut written = paid(folder.path());
    written.sort();
    assert_eq!(written, ["e0", "e2"]);
    assert_eq!(rows(&inbox).await[1].error.as_deref(), Some("writes_failed"));
    // After a replay the writes happen again: that is what it is for.
    let all = Filter::default();
    inbox.database().reopen(all, Reopening::Retry).await.unwrap();
    assert_eq!(paid(folder.path()).len(), 2);
}

#[tokio::test]
async fn a_worker_that_outlives_its_lease_writes_nothing() {
    let (hands, _) = Hands::memory();
    let folder = tempfile::tempdir().unwrap();
    drop(with_table(folder.path()).await);
    let open = || Sqlite::with_clock(folder.path().join("inbox.sqlite"), hands.clock());
    let (slow, go) = oneshot::channel::<()>();
    let (begun, beginning) = oneshot::channel();
    let waits = Arc::new(Mutex::new(Some((begun, go))));
    let writing = |who: &'static str| {
        Handled::sqlite(move |db| {
            db.execute("insert into paid values (?1)", [who])?;
            Ok(())
        })
    };
    // It cannot claim the event again while it has it.
    let stalled = Inbox::new(open().await.unwrap())
        .concurrency(1)
        .handler("h", move |_| {
            let waits = waits.lock().unwrap().take();
            async move {
                if let Some((begun, go)) = waits {
                    let _ = begun.send(());
                    let _ = go.await;
                }
                Ok(writing("stalled"))
            }
        });
    store(&stalled, &["a"]).await;
    let working = tokio::spawn({
        let stalled = stalled.clone();
        async move { stalled.run(std::future::pending()).await }
    });
    beginning.await.unwrap();
    hands.pass(LEASE);
    let other = Inbox::new(open().await.unwrap()).handler("h", move |_| async move { Ok(writing("other")) });
    run(&other).await;
    slow.send(()).unwrap();
    until(|| async { stalled.health().await.activity.lost() == 1 }).await;
    assert_eq!(paid(folder.path()), ["other"]);
    working.abort();
}

#[tokio::test(start_paused = true)]
async fn a_worker_that_stops_gives_its_events_back() {
    let inbox = Inbox::new(Memory::new()).handler("h", |_| async { std::future::pending().await });
    store(&inbox, &["a", "b"]).await;
    let claimed = until(|| async { rows(&inbox).await.iter().all(|row| row.state == State::Claimed) });
    inbox.run(claimed).await.unwrap();
    let left = rows(&inbox).await;
    assert!(
        left.iter()
            .all(|row| (row.state, row.attempts) == (State::Ready, 0))
    );
}

#[tokio::test(start_paused = true)]
async fn a_worker_that_stops_has_a_whole_lease_to_end() {
    let (hands, memory) = Hands::memory();
    let clock = hands.clone();
    let inbox = Inbox::new(memory).handler("h", move |_| {
        let clock = clock.clone();
        async move {
            tokio::time::sleep(Duration::from_secs(5)).await;
            clock.pass(Duration::from_secs(19));
            Ok(Handled::new())
        }
    });
    store(&inbox, &["a"]).await;
    let stop = async {
        until(|| async { rows(&inbox).await[0].state == State::Claimed }).await;
        // As long as a slow database can put off a renewal.
        hands.pass(LEASE - Duration::from_secs(1));
    };
    inbox.run(stop).await.unwrap();
    assert_eq!(rows(&inbox).await[0].state, State::Done);
}

#[tokio::test]
async fn an_inbox_without_handlers_does_not_run() {
    let inbox = Inbox::new(Memory::new());
    store(&inbox, &["a"]).await;
    assert!(inbox.run(std::future::pending()).await.is_err());
    assert_eq!(rows(&inbox).await[0].state, State::Ready);
}

#[tokio::test(start_paused = true)]
async fn the_idempotency_key_is_that_of_the_event() {
    let (hands, memory) = Hands::memory();
    let keys = Arc::new(Mutex::new(Vec::new()));
    let note = Arc::clone(&keys);
    let inbox = Inbox::new(memory).handler("h", move |inbound| {
        note.lock()
            .unwrap()
            .push((inbound.row().seq, inbound.idempotency_key()));
        async { Err(Failure::new("again").into()) }
    });
    store(&inbox, &["a", "b"]).await;
    run_through(&inbox, &hands).await;
    let mut keys = std::mem::take(&mut *keys.lock().unwrap());
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), 2, "one for each event, whatever the attempt");
    assert!(
        keys.iter()
            .all(|(_, key)| key.len() == 38 && key.starts_with("eduzz-"))
    );
}

#[tokio::test(start_paused = true)]
async fn a_handler_that_panics_before_its_first_await_is_a_failure_at_once() {
    let (hands, memory) = Hands::memory();
    let panics = AtomicU32::new(0);
    let inbox = Inbox::new(memory).handler("h", move |_| {
        if panics.fetch_add(1, Ordering::SeqCst) == 0 {
            panic!("invented");
        }
        async { Ok(Handled::new()) }
    });
    store(&inbox, &["a"]).await;
    let failed = until(|| async { inbox.health().await.activity.failed() > 0 });
    inbox.run(failed).await.unwrap();
    let row = rows(&inbox).await.remove(0);
    assert_eq!(
        (row.state, row.error.as_deref()),
        (State::Ready, Some("panicked"))
    );
    run_through(&inbox, &hands).await;
    assert_eq!(rows(&inbox).await[0].state, State::Done);
}

#[tokio::test(start_paused = true)]
async fn a_worker_that_is_busy_looks_for_events_of_other_processes() {
    let memory = Memory::new();
    let begun = Arc::new(Mutex::new(None));
    let note = Arc::clone(&begun);
    let worker = Inbox::new(memory.clone())
        .concurrency(20)
        .handler("h", move |inbound| {
            let note = Arc::clone(&note);
            async move {
                let seq = u32::try_from(inbound.row().seq).unwrap();
                if seq == 11 {
                    *note.lock().unwrap() = Some(Instant::now());
                }
                // One of them ends each 400 ms.
                tokio::time::sleep(seq * Duration::from_millis(400)).await;
                Ok(Handled::new())
            }
        });
    store(&worker, &["a"; 10]).await;
    let working = tokio::spawn({
        let worker = worker.clone();
        async move { run(&worker).await }
    });
    tokio::time::sleep(Duration::from_millis(100)).await;
    let stored = Instant::now();
    let other = Inbox::new(memory);
    let late = delivery(&body("late", "b"));
    other.store(&late).await.unwrap();
    working.await.unwrap();
    let waited = begun.lock().unwrap().unwrap() - stored;
    assert!(waited <= Duration::from_millis(500), "{waited:?}");
}

/// A store whose answer to the end of an attempt takes long.
#[derive(Clone, Debug)]
struct SlowAnswers(Memory);

impl SlowAnswers {
    const fn inner(&self) -> &Memory {
        &self.0
    }
}

impl Store for SlowAnswers {
    type Writes = <Memory as Store>::Writes;

    async fn put(&self, incoming: Incoming, state: State) -> Result<Put, StoreError> {
        self.0.put(incoming, state).await
    }

    async fn claim(&self, order: Order, limit: u32) -> Result<Vec<Claimed>, StoreError> {
        self.0.claim(order, limit).await
    }

    async fn renew(&self, claims: Vec<Claim>) -> Result<Vec<Claim>, StoreError> {
        self.0.renew(claims).await
    }

    async fn settle(&self, settlement: Settlement<Self::Writes>) -> Result<Settled, StoreError> {
        let settled = self.0.settle(settlement).await;
        tokio::time::sleep(2 * RENEWAL).await;
        settled
    }

    async fn mend_clock(&self) -> Result<(), StoreError> {
        self.0.mend_clock().await
    }

    passes_on!();
}

#[tokio::test(start_paused = true)]
async fn a_renewal_during_the_last_answer_is_no_loss() {
    let inbox = Inbox::new(SlowAnswers(Memory::new())).handler("h", |_| async { Ok(Handled::new()) });
    store(&inbox, &["a", "b"]).await;
    let answered = tokio::time::sleep(5 * RENEWAL);
    inbox.run(answered).await.unwrap();
    let activity = inbox.health().await.activity;
    assert_eq!((activity.handled(), activity.lost()), (2, 0));
}
