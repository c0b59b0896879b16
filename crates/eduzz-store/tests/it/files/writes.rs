//! Handlers' writes that do what they must not.

use std::task::Poll;
use std::time::{Duration, Instant};

use eduzz_store::rusqlite::Connection;
use eduzz_store::{Claimed, Settled, Settlement, Sqlite, SqliteWrites, Store, StoreError};
use eduzz_sync::inbox::{Ending, Order, State};

use super::{folder, is_sound, other};
use crate::support::{event, put, row};

type Written = Result<(), Box<dyn std::error::Error + Send + Sync>>;

async fn with_table(file: &std::path::Path) -> Sqlite {
    let store = Sqlite::open(file).await.unwrap();
    other(file)
        .execute_batch("create table effect (seq integer)")
        .unwrap();
    store
}

fn effects(file: &std::path::Path) -> i64 {
    let count = "select count(*) from effect";
    other(file).query_row(count, [], |row| row.get(0)).unwrap()
}

fn accepted(
    claimed: &Claimed,
    writes: impl FnOnce(&Connection) -> Written + Send + 'static,
) -> Settlement<SqliteWrites> {
    let change = Ending::Done.change(claimed.event.row.attempts, 0);
    Settlement::accepted(claimed.claim, "h", Some(Box::new(writes)), Some(change))
}

fn add(db: &Connection) -> Written {
    db.execute("insert into effect values (1)", [])?;
    Ok(())
}

/// Settles with writes beside ten deliveries, in one queue; returns the result, and how many were
/// stored.
async fn settle_among_deliveries(
    store: &Sqlite,
    claimed: &Claimed,
    writes: impl FnOnce(&Connection) -> Written + Send + 'static,
) -> (Result<Settled, StoreError>, usize) {
    let puts = |name: &'static str| {
        let puts = (0..5).map(move |id| store.put(event(&format!("{name}{id}"), "b"), State::Ignored));
        join_all(puts.collect())
    };
    let settling = store.settle(accepted(claimed, writes));
    let (before, settled, after) = tokio::join!(puts("before"), settling, puts("after"));
    let stored = before.into_iter().chain(after);
    (settled, stored.filter(Result::is_ok).count())
}

async fn join_all<F: Future>(futures: Vec<F>) -> Vec<F::Output> {
    let mut futures: Vec<_> = futures.into_iter().map(Box::pin).collect();
    // All are polled at once, so that they are in one queue.
    let mut done: Vec<Option<F::Output>> = futures.iter().map(|_| None).collect();
    std::future::poll_fn(|context| {
        for (future, done) in futures.iter_mut().zip(&mut done) {
            if done.is_none()
                && let Poll::Ready(output) = future.as_mut().poll(context)
            {
                *done = Some(output);
            }
        }
        if done.iter().all(Option::is_some) {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
    .await;
    done.into_iter().flatten().collect()
}

#[tokio::test]
async fn writes_cannot_end_the_transaction() {
    let endings = [
        "commit",
        "rollback",
        "end; begin immediate",
        "release eduzz_writes",
        "rollback to \"EDUZZ_writes\"",
        "release _rusqlite_sp",
    ];
    for ending in endings {
        let (_folder, file) = folder();
        let store = with_table(&file).await;
        let seq = put(&store, "e1", "a").await;
        let claimed = store.claim(Order::Any, 1).await.unwrap().remove(0);
        let (settled, stored) = settle_among_deliveries(&store, &claimed, |db| {
            add(db)?;
            Ok(db.execute_batch(ending)?)
        })
        .await;
        assert!(matches!(settled, Ok(Settled::Failed(_))), "{settled:?}");
        assert_eq!(stored, 10);
        assert_eq!(effects(&file), 0);
        assert_eq!(row(&store, seq).await.state, State::Claimed);
        assert_eq!(store.get(seq).await.unwrap().unwrap().handled, [""; 0]);
        let settled = store.settle(accepted(&claimed, add)).await.unwrap();
        assert!(matches!(settled, Settled::Committed));
        assert_eq!(effects(&file), 1);
        assert!(is_sound(&file));
    }
}

#[tokio::test]
async fn an_error_that_is_swallowed_does_not_hide_a_refused_commit() {
    let (_folder, file) = folder();
    let store = with_table(&file).await;
    put(&store, "e1", "a").await;
    let claimed = store.claim(Order::Any, 1).await.unwrap().remove(0);
    let writes = |db: &Connection| {
        add(db)?;
        let _refused = db.execute_batch("commit");
        let _refused = db.execute_batch("rollback");
        Ok(())
    };
    let (settled, stored) = settle_among_deliveries(&store, &claimed, writes).await;
    assert!(matches!(settled, Ok(Settled::Committed)));
    assert_eq!(stored, 10);
    assert_eq!(effects(&file), 1);
}

#[tokio::test]
async fn a_conflict_that_rolls_back_stores_nothing_that_is_reported() {
    let (_folder, file) = folder();
    let store = with_table(&file).await;
    other(&file)
        .execute_batch("create unique index one on effect (seq)")
        .unwrap();
    let seq = put(&store, "e1", "a").await;
    let claimed = store.claim(Order::Any, 1).await.unwrap().remove(0);
    let (settled, stored) = settle_among_deliveries(&store, &claimed, |db| {
        add(db)?;
        db.execute("insert or rollback into effect values (1)", [])?;
        Ok(())
    })
    .await;
    assert!(settled.is_err());
    assert_eq!(
        store.counts().await.unwrap().ignored,
        u64::try_from(stored).unwrap()
    );
    assert_eq!(
        (effects(&file), row(&store, seq).await.state),
        (0, State::Claimed)
    );
    let again = store.settle(accepted(&claimed, add)).await.unwrap();
    assert!(matches!(again, Settled::Committed));
}

#[tokio::test]
async fn writes_may_use_savepoints_of_their_own() {
    let (_folder, file) = folder();
    let store = with_table(&file).await;
    put(&store, "e1", "a").await;
    let claimed = store.claim(Order::Any, 1).await.unwrap().remove(0);
    let writes = |db: &Connection| {
        db.execute_batch("savepoint mine")?;
        add(db)?;
        db.execute_batch("rollback to mine; release mine; savepoint left_open")?;
        add(db)
    };
    let (settled, stored) = settle_among_deliveries(&store, &claimed, writes).await;
    assert!(matches!(settled, Ok(Settled::Committed)));
    assert_eq!(stored, 10);
    assert_eq!(effects(&file), 1);
}

#[tokio::test]
async fn writes_that_panic_are_taken_back_alone() {
    let (_folder, file) = folder();
    let store = with_table(&file).await;
    let seq = put(&store, "e1", "a").await;
    let claimed = store.claim(Order::Any, 1).await.unwrap().remove(0);
    let (settled, stored) = settle_among_deliveries(&store, &claimed, |db| {
        add(db)?;
        std::panic::panic_any("invented");
    })
    .await;
    assert!(matches!(settled, Ok(Settled::Failed(_))));
    assert_eq!(stored, 10);
    assert_eq!(effects(&file), 0);
    assert_eq!(row(&store, seq).await.state, State::Claimed);
}

#[tokio::test(flavor = "multi_thread")]
async fn slow_writes_delay_deliveries_and_lose_none() {
    let (_folder, file) = folder();
    let store = with_table(&file).await;
    put(&store, "e1", "a").await;
    let claimed = store.claim(Order::Any, 1).await.unwrap().remove(0);
    let (go, going) = std::sync::mpsc::channel::<()>();
    let (begun, beginning) = tokio::sync::oneshot::channel();
    let settling = tokio::spawn({
        let store = store.clone();
        let writes = accepted(&claimed, move |db| {
            let _ = begun.send(());
            going.recv_timeout(Duration::from_secs(10))?;
            add(db)
        });
        async move { store.settle(writes).await }
    });
    beginning.await.unwrap();
    let begun = Instant::now();
    let waiting = tokio::spawn({
        let store = store.clone();
        async move { store.put(event("e2", "a"), State::Ready).await }
    });
    assert_eq!(store.counts().await.unwrap().stored(), 1, "reads do not wait");
    go.send(()).unwrap();
    assert!(waiting.await.unwrap().unwrap().is_new);
    assert!(matches!(settling.await.unwrap().unwrap(), Settled::Committed));
    assert!(begun.elapsed() < Duration::from_secs(5));
    assert_eq!(effects(&file), 1);
}
