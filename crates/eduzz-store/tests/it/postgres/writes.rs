//! Writes of handlers, in the transaction of their mark.

use std::future::pending;
use std::time::Duration;

use eduzz_store::{
    Claimed, Clock, Limits, Postgres, PostgresWrites, Settled, Settlement, Store, StoreErrorKind,
    tokio_postgres,
};
use eduzz_sync::inbox::{Ending, Order, State};
use eduzz_testkit::postgres::Server;

use super::{connect_short, in_time, name, short};
use crate::databases;
use crate::support::{event, put};

/// A store with a table of the program, and its database.
async fn store(test: &str) -> Option<(Postgres, String)> {
    let url = databases::clone(test)?;
    let server = Server::shared("").unwrap();
    let _done = server.sql(name(&url), "create table paid (event bigint)");
    let store = connect_short(&url).await;
    Some((store, name(&url).to_owned()))
}

async fn claimed(store: &Postgres, ids: usize) -> Vec<Claimed> {
    for id in 0..ids {
        put(store, &format!("e{id}"), "a").await;
    }
    let claimed = store.claim(Order::Any, 100).await.unwrap();
    assert_eq!(claimed.len(), ids);
    claimed
}

fn accepted(claimed: &Claimed, writes: PostgresWrites) -> Settlement<PostgresWrites> {
    let change = Ending::Done.change(claimed.event.row.attempts, 0);
    Settlement::accepted(claimed.claim, "mail", Some(writes), Some(change))
}

fn insert(seq: i64) -> PostgresWrites {
    Box::new(move |transaction| {
        Box::pin(async move {
            let insert = "insert into paid values ($1)";
            transaction.execute(insert, &[&seq]).await?;
            Ok(())
        })
    })
}

fn paid(database: &str) -> String {
    let server = Server::shared("").unwrap();
    server.sql(
        database,
        "select string_agg(event::text, ' ' order by event) from paid",
    )
}

#[tokio::test]
async fn writes_are_committed_with_their_mark() {
    let Some((store, database)) = store("writes_are_committed_with_their_mark").await else {
        return;
    };
    let events = claimed(&store, 1).await;
    let first = Settlement::accepted(events[0].claim, "mail", Some(insert(1)), None);
    assert!(matches!(store.settle(first).await.unwrap(), Settled::Committed));
    let again = accepted(&events[0], insert(2));
    assert!(matches!(store.settle(again).await.unwrap(), Settled::Committed));
    assert_eq!(paid(&database), "1", "it was marked");
    let late = accepted(&events[0], insert(3));
    assert!(matches!(store.settle(late).await.unwrap(), Settled::Lost));
    assert_eq!(paid(&database), "1", "it has ended");
    let whole = store.get(events[0].claim.seq).await.unwrap().unwrap();
    assert_eq!(
        (whole.row.state, whole.handled),
        (State::Done, vec!["mail".to_owned()])
    );
}

#[tokio::test]
async fn failed_writes_are_taken_back() {
    let Some((store, database)) = store("failed_writes_are_taken_back").await else {
        return;
    };
    let failing: Vec<PostgresWrites> = vec![
        Box::new(|transaction| {
            Box::pin(async move {
                transaction.execute("insert into paid values (1)", &[]).await?;
                Err("no".into())
            })
        }),
        Box::new(|transaction| {
            Box::pin(async move {
                transaction.execute("insert into paid values (2)", &[]).await?;
                transaction.execute("insert into nothing values (2)", &[]).await?;
                Ok(())
            })
        }),
        Box::new(|transaction| {
            Box::pin(async move {
                transaction.execute("insert into paid values (3)", &[]).await?;
                let _kept_quiet = transaction.execute("insert into nothing values (3)", &[]).await;
                Ok(())
            })
        }),
        Box::new(|transaction| {
            Box::pin(async move {
                transaction.execute("insert into paid values (4)", &[]).await?;
                panic!("invented")
            })
        }),
        Box::new(|_| panic!("before a future")),
        Box::new(|transaction| {
            Box::pin(async move {
                transaction.execute("insert into paid values (6)", &[]).await?;
                pending().await
            })
        }),
    ];
    let events = claimed(&store, failing.len() + 1).await;
    let good = store.settle(accepted(&events[0], insert(7)));
    let failing = failing.into_iter().zip(&events[1..]).map(|(writes, event)| {
        let (store, settlement) = (store.clone(), accepted(event, writes));
        tokio::spawn(async move { store.settle(settlement).await })
    });
    let failing: Vec<_> = failing.collect();
    assert!(
        matches!(good.await.unwrap(), Settled::Committed),
        "in one group with the others"
    );
    for settled in failing {
        assert!(matches!(settled.await.unwrap().unwrap(), Settled::Failed(_)));
    }
    assert_eq!(paid(&database), "7");
    for event in &events[1..] {
        let whole = store.get(event.claim.seq).await.unwrap().unwrap();
        assert_eq!((whole.row.state, whole.handled), (State::Claimed, vec![]));
        let again = store.settle(accepted(event, insert(event.claim.seq)));
        assert!(matches!(again.await.unwrap(), Settled::Committed));
    }
}

/// The end of the transaction commits what other handlers of the group wrote, but no event twice.
#[tokio::test]
async fn writes_that_end_the_transaction_are_an_error() {
    let Some((store, database)) = store("writes_that_end_the_transaction_are_an_error").await else {
        return;
    };
    let events = claimed(&store, 3).await;
    for (event, words) in events.iter().zip(["commit", "rollback", "commit; begin"]) {
        let writes: PostgresWrites =
            Box::new(move |transaction| Box::pin(async move { Ok(transaction.batch_execute(words).await?) }));
        let error = store.settle(accepted(event, writes)).await.unwrap_err();
        assert_eq!(error.kind(), StoreErrorKind::Other, "{words}");
        assert!(error.to_string().contains("ended the transaction"), "{error}");
    }
    let settled = store.settle(accepted(&events[1], insert(1))).await.unwrap();
    assert!(matches!(settled, Settled::Committed));
    assert_eq!(paid(&database), "1");
}

#[tokio::test]
async fn a_statement_that_hangs_fails_alone() {
    let Some((store, database)) = store("a_statement_that_hangs_fails_alone").await else {
        return;
    };
    let events = claimed(&store, 2).await;
    let writes: PostgresWrites = Box::new(|transaction| {
        Box::pin(async move {
            transaction.execute("insert into paid values (1)", &[]).await?;
            transaction.batch_execute("select pg_sleep(60)").await?;
            Ok(())
        })
    });
    let hangs = store.settle(accepted(&events[0], writes));
    let good = store.settle(accepted(&events[1], insert(2)));
    let (hangs, good) = tokio::join!(hangs, good);
    assert!(matches!(hangs.unwrap(), Settled::Failed(_)));
    assert!(matches!(good.unwrap(), Settled::Committed));
    assert_eq!(paid(&database), "2");
}

#[tokio::test]
async fn a_row_that_another_program_locks_is_not_waited_for_long() {
    let Some((store, database)) = store("a_row_that_another_program_locks_is_not_waited_for_long").await
    else {
        return;
    };
    let events = claimed(&store, 1).await;
    let url = Server::shared("").unwrap().url(&database);
    let (mut other, connection) = tokio_postgres::connect(&url, tokio_postgres::NoTls)
        .await
        .unwrap();
    tokio::spawn(connection);
    let transaction = other.transaction().await.unwrap();
    let lock = "select from eduzz_event for update";
    transaction.execute(lock, &[]).await.unwrap();
    let waiting = in_time(short().group, store.settle(accepted(&events[0], insert(1))));
    assert_eq!(waiting.await.unwrap_err().kind(), StoreErrorKind::TimedOut);
    assert_eq!(store.claim(Order::Any, 1).await.unwrap(), [], "it is passed over");
    transaction.rollback().await.unwrap();
    let settled = store.settle(accepted(&events[0], insert(2))).await.unwrap();
    assert!(matches!(settled, Settled::Committed));
    assert_eq!(paid(&database), "2");
}

/// Slow writes are spread over transactions, so that a group does not reach its limit.
#[tokio::test]
async fn many_slow_writes_all_commit() {
    let Some((_, database)) = store("many_slow_writes_all_commit").await else {
        return;
    };
    let mut limits = Limits::default();
    limits.group = Duration::from_secs(1);
    let url = Server::shared("").unwrap().url(&database);
    let store = Postgres::with(&url, Clock::default(), limits).await.unwrap();
    let events = claimed(&store, 15).await;
    let settling: Vec<_> = events
        .iter()
        .map(|event| {
            let (store, seq) = (store.clone(), event.claim.seq);
            let slow: PostgresWrites = Box::new(move |transaction| {
                Box::pin(async move {
                    transaction.batch_execute("select pg_sleep(0.1)").await?;
                    transaction
                        .execute("insert into paid values ($1)", &[&seq])
                        .await?;
                    Ok(())
                })
            });
            let settlement = accepted(event, slow);
            tokio::spawn(async move { store.settle(settlement).await })
        })
        .collect();
    for settled in settling {
        assert!(matches!(settled.await.unwrap().unwrap(), Settled::Committed));
    }
    assert_eq!(paid(&database).split(' ').count(), 15);
    assert_eq!(store.counts().await.unwrap().done, 15);
}

/// Two handlers of one event, in one group.
#[tokio::test]
async fn handlers_of_one_event_settle_together() {
    let Some((store, database)) = store("handlers_of_one_event_settle_together").await else {
        return;
    };
    let events = claimed(&store, 1).await;
    let claim = events[0].claim;
    let mail = store.settle(Settlement::accepted(claim, "mail", Some(insert(1)), None));
    let crm = store.settle(Settlement::accepted(claim, "crm", Some(insert(2)), None));
    let end = store.settle(Settlement::end(claim, Ending::Done.change(1, 0)));
    let (mail, crm, end) = tokio::join!(mail, crm, end);
    for settled in [mail, crm, end] {
        assert!(matches!(settled.unwrap(), Settled::Committed));
    }
    assert_eq!(paid(&database), "1 2");
    tokio::time::timeout(Duration::from_secs(5), store.put(event("x", "b"), State::Ready))
        .await
        .unwrap()
        .unwrap();
}
