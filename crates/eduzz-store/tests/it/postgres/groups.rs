//! Deliveries of one statement, and several programs at once.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use eduzz_store::{Filter, Postgres, Reopening, Settled, Settlement, Store, StoreErrorKind};
use eduzz_sync::inbox::{Code, Ending, Order, State};
use eduzz_testkit::postgres::Server;

use super::connect;
use crate::databases;
use crate::support::{delivered, event};

#[tokio::test(flavor = "multi_thread")]
async fn copies_in_one_group_are_counted() {
    let Some(url) = databases::clone("copies_in_one_group_are_counted") else {
        return;
    };
    // Two receivers, whose groups meet the same keys in another order.
    let stores = [connect(&url).await, connect(&url).await];
    let putting: Vec<_> = (0..600_u32)
        .map(|number| {
            let store = stores[usize::from(number % 7 > 2)].clone();
            let (key, body) = ((number * 7) % 20, (number / 20) % 3);
            let incoming = event(&format!("e{key}"), &format!("body {body}"));
            tokio::spawn(async move { (key, store.put(incoming, State::Ready).await.unwrap()) })
        })
        .collect();
    let mut by_key: BTreeMap<u32, Vec<_>> = BTreeMap::new();
    for put in putting {
        let (key, put) = put.await.unwrap();
        by_key.entry(key).or_default().push(put);
    }
    let rows = stores[0].list(Filter::default()).await.unwrap();
    assert_eq!((rows.len(), by_key.len()), (20, 20));
    for puts in by_key.values() {
        let row = rows.iter().find(|row| row.seq == puts[0].seq).unwrap();
        assert!(puts.iter().all(|put| put.seq == row.seq));
        assert_eq!(puts.iter().filter(|put| put.is_new).count(), 1);
        let new = puts.iter().find(|put| put.is_new).unwrap();
        assert!(!new.differs);
        assert_eq!(usize::try_from(row.copies).unwrap(), puts.len() - 1);
        let differing = puts.iter().filter(|put| put.differs).count();
        assert_eq!(usize::try_from(row.differing).unwrap(), differing);
        assert!(differing > 0, "three bodies for each key");
    }
}

#[tokio::test]
async fn numbers_follow_the_order_of_arrival() {
    let Some(url) = databases::clone("numbers_follow_the_order_of_arrival") else {
        return;
    };
    let store = connect(&url).await;
    let ids = ["z", "a", "m", "b", "y"];
    let [z, a, m, b, y] = ids.map(|id| store.put(event(id, id), State::Ready));
    let (z, a, m, b, y) = tokio::join!(z, a, m, b, y);
    let seqs = [z, a, m, b, y].map(|put| put.unwrap().seq);
    assert!(seqs.is_sorted(), "{seqs:?}");
}

#[tokio::test]
async fn a_refused_delivery_does_not_keep_others_out() {
    let Some(url) = databases::clone("a_refused_delivery_does_not_keep_others_out") else {
        return;
    };
    let store = connect(&url).await;
    let putting: Vec<_> = (0..40)
        .map(|number| {
            let store = store.clone();
            let mut incoming = event(&format!("e{number}"), "a");
            if number % 13 == 5 {
                incoming.name = Some("PostgreSQL has no \0".to_owned());
            }
            tokio::spawn(async move { store.put(incoming, State::Ready).await })
        })
        .collect();
    for (number, put) in putting.into_iter().enumerate() {
        match put.await.unwrap() {
            Ok(put) => assert!(put.is_new && number % 13 != 5),
            Err(error) => assert_eq!((error.kind(), number % 13), (StoreErrorKind::Other, 5)),
        }
    }
    assert_eq!(store.counts().await.unwrap().ready, 37);
}

#[tokio::test]
async fn large_bodies_are_stored_together() {
    let Some(url) = databases::clone("large_bodies_are_stored_together") else {
        return;
    };
    let store = connect(&url).await;
    let putting: Vec<_> = (0..3_u8)
        .map(|number| {
            let store = store.clone();
            let incoming = delivered(&vec![number; 6 * 1024 * 1024]);
            tokio::spawn(async move { store.put(incoming, State::Ready).await.unwrap() })
        })
        .collect();
    for (number, put) in (0_u8..).zip(putting) {
        let whole = store.get(put.await.unwrap().seq).await.unwrap().unwrap();
        let bytes = whole.body.unwrap().bytes;
        assert!(bytes.len() == 6 * 1024 * 1024 && bytes.iter().all(|byte| *byte == number));
    }
}

/// Handles all events with several tasks of two programs; returns the numbers in the order in which
/// they were handled, by subject.
async fn work_together(url: &str, order: Order) -> BTreeMap<String, Vec<i64>> {
    let stores: [Postgres; 2] = [connect(url).await, connect(url).await];
    let handled: Arc<Mutex<BTreeMap<String, Vec<i64>>>> = Arc::default();
    let busy: Arc<Mutex<BTreeMap<String, u32>>> = Arc::default();
    let workers: Vec<_> = (0..16_usize)
        .map(|worker| {
            let (store, handled, busy) = (
                stores[worker % 2].clone(),
                Arc::clone(&handled),
                Arc::clone(&busy),
            );
            tokio::spawn(async move {
                loop {
                    let limit = u32::try_from(worker % 5 + 1).unwrap();
                    let claimed = store.claim(order, limit).await.unwrap();
                    if claimed.is_empty() {
                        if store.counts().await.unwrap().open() == 0 {
                            return;
                        }
                        tokio::task::yield_now().await;
                        continue;
                    }
                    for claimed in &claimed {
                        let (_, subject) = claimed.event.row.subject.clone().unwrap();
                        let at_once = busy.lock().unwrap().insert(subject, 1);
                        assert!(order == Order::Any || at_once.is_none(), "two of a subject");
                    }
                    tokio::task::yield_now().await;
                    for claimed in claimed {
                        let row = &claimed.event.row;
                        let (_, subject) = row.subject.clone().unwrap();
                        busy.lock().unwrap().remove(&subject);
                        handled.lock().unwrap().entry(subject).or_default().push(row.seq);
                        let ending = if row.seq % 17 == 0 {
                            Ending::Hopeless(Code::ERROR)
                        } else {
                            Ending::Done
                        };
                        let end = Settlement::end(claimed.claim, ending.change(row.attempts, 0));
                        assert!(matches!(store.settle(end).await.unwrap(), Settled::Committed));
                    }
                }
            })
        })
        .collect();
    for worker in workers {
        worker.await.unwrap();
    }
    Arc::try_unwrap(handled).unwrap().into_inner().unwrap()
}

async fn handled_once(test: &str, order: Order) {
    const EVENTS: usize = 2_000;
    const SUBJECTS: usize = 40;
    let Some(url) = databases::clone(test) else {
        return;
    };
    let store = connect(&url).await;
    let putting: Vec<_> = (0..EVENTS)
        .map(|number| {
            let store = store.clone();
            let incoming = event(&number.to_string(), &format!("s{}", number % SUBJECTS));
            tokio::spawn(async move { store.put(incoming, State::Ready).await.unwrap() })
        })
        .collect();
    for put in putting {
        put.await.unwrap();
    }
    // One that is left parked would be due an hour later.
    let working = work_together(&url, order);
    let handled = tokio::time::timeout(std::time::Duration::from_secs(120), working);
    let handled = handled.await.unwrap();
    let mut all: Vec<i64> = handled.values().flatten().copied().collect();
    all.sort_unstable();
    let events = all.len();
    all.dedup();
    assert_eq!((events, all.len(), handled.len()), (EVENTS, EVENTS, SUBJECTS));
    if order == Order::BySubject {
        assert!(handled.values().all(|seqs| seqs.is_sorted()));
    }
    let counts = store.counts().await.unwrap();
    assert_eq!((counts.done + counts.dead, counts.open()), (2_000, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_programs_handle_each_event_once() {
    handled_once("two_programs_handle_each_event_once", Order::Any).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_programs_keep_the_order_of_a_subject() {
    handled_once("two_programs_keep_the_order_of_a_subject", Order::BySubject).await;
}

/// A plan that is made while a table is small is kept while it grows.
#[tokio::test]
async fn no_statement_reads_a_whole_table() {
    let Some(url) = databases::clone("no_statement_reads_a_whole_table") else {
        return;
    };
    let store = connect(&url).await;
    for number in 0..40 {
        let incoming = event(&format!("e{}", number % 30), &format!("s{}", number % 3));
        store.put(incoming, State::Ready).await.unwrap();
    }
    for round in 0..20 {
        let order = if round % 5 == 4 {
            Order::Any
        } else {
            Order::BySubject
        };
        for claimed in store.claim(order, 2).await.unwrap() {
            store.renew(vec![claimed.claim]).await.unwrap();
            let change = Ending::Done.change(claimed.event.row.attempts, 0);
            let end = Settlement::accepted(claimed.claim, "mail", None, Some(change));
            assert!(matches!(store.settle(end).await.unwrap(), Settled::Committed));
        }
    }
    store.mend_clock().await.unwrap();
    assert!(store.counts().await.unwrap().done > 20);
    let mut filter = Filter::default();
    filter.states = vec![State::Done];
    assert!(store.list(filter.clone()).await.unwrap().len() > 20);
    assert!(store.reopen(filter, Reopening::Replay).await.unwrap() > 20);
    let now = store.now().await.unwrap();
    store.prune(now).await.unwrap();
    // The end of a session reports what it read.
    let server = Server::shared("").unwrap();
    let end = "select count(pg_terminate_backend(pid, 5000)) from pg_stat_activity where datname = '{}'";
    assert_eq!(
        server.sql("postgres", &end.replace("{}", databases::name(&url))),
        "3"
    );
    let read = "select coalesce(string_agg(relname, ' '), '') from pg_stat_user_tables
                where relname in ('eduzz_event', 'eduzz_body', 'eduzz_handled') and seq_scan > 0";
    let found = "select sum(idx_scan) > 100 from pg_stat_user_tables";
    assert_eq!(
        server.sql(databases::name(&url), found),
        "t",
        "the reports are there"
    );
    assert_eq!(server.sql(databases::name(&url), read), "");
}
