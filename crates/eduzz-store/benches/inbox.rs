//! Deliveries stored and events settled, beside the databases by hand, in one run.
//!
//! `cargo bench -p eduzz-store --features postgres` prints operations a second and the times of
//! deliveries at 500/s. Everything is synced to disk. The figures depend on the disk: compare a
//! store with the engine below it.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark")]

use std::path::Path;
use std::time::{Duration, Instant};

use eduzz_store::{Clock, Limits, Postgres, Settled, Settlement, Sqlite, Store, rusqlite, tokio_postgres};
use eduzz_sync::inbox::{Ending, Incoming, Order, State};
use eduzz_testkit::postgres::{Fsync, Server};
use eduzz_types::webhook::WebhookSecret;
use eduzz_webhook::Key;
use rusqlite::Connection;
use tokio_postgres::NoTls;

/// Bytes of a body.
const BODY: usize = 2_000;
/// Deliveries of the tests of a store.
const EVENTS: usize = 10_000;
/// Deliveries that wait at the same moment.
const SENDERS: usize = 256;
/// Events of a claim, and workers.
const CLAIM: u32 = 16;
const WORKERS: usize = 16;

fn main() {
    // `cargo test --all-targets` starts it without the mark.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    println!("{:<34} {:>9} {:>9}", "a second", "SQLite", "PostgreSQL");
    let server = Server::own("bench", Fsync::On);
    runtime.block_on(async {
        let sqlite = Sqlite::open(folder.path().join("inbox.sqlite")).await.unwrap();
        let by_hand = raw_sqlite(&folder.path().join("raw.sqlite"));
        let mut columns = vec![(by_hand, measured(sqlite).await)];
        if let Some(server) = &server {
            let url = server.url("postgres");
            let by_hand = raw_postgres(&url).await;
            let store = Postgres::with(&url, Clock::default(), Limits::default())
                .await
                .unwrap();
            columns.push((by_hand, measured(store).await));
        }
        print(&columns);
    });
}

/// Inserts by hand: one by one, and fifty in a transaction.
struct Raw {
    singly: f64,
    in_fifties: f64,
    /// Of single inserts, sorted.
    times: Vec<Duration>,
}

struct Measured {
    stored: f64,
    settled: f64,
    settled_by_subject: f64,
    /// Sorted.
    times: Vec<Duration>,
}

fn print(columns: &[(Raw, Measured)]) {
    let line = |name: &str, value: &dyn Fn(&(Raw, Measured)) -> f64, places: usize| {
        print!("{name:<34}");
        for column in columns {
            print!(" {:>9.places$}", value(column));
        }
        println!();
    };
    line("by hand, one by one", &|(raw, _)| raw.singly, 0);
    line("by hand, in fifties", &|(raw, _)| raw.in_fifties, 0);
    line("stored", &|(_, store)| store.stored, 0);
    line("claimed and settled", &|(_, store)| store.settled, 0);
    line(
        "claimed and settled by subject",
        &|(_, store)| store.settled_by_subject,
        0,
    );
    let of = |times: &[Duration], share: usize| {
        let time = times.get(times.len() * share / 1_000);
        time.map_or(0.0, |time| time.as_secs_f64() * 1_000.0)
    };
    for (name, share) in [("p50", 500), ("p99", 990), ("p99.9", 999)] {
        let by_hand = format!("{name} by hand, one by one, ms");
        line(&by_hand, &|(raw, _)| of(&raw.times, share), 1);
        let stored = format!("{name} stored at 500/s, ms");
        line(&stored, &|(_, store)| of(&store.times, share), 1);
    }
}

fn rate(count: usize, started: Instant) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a small number")]
    let count = count as f64;
    count / started.elapsed().as_secs_f64()
}

fn raw_sqlite(file: &Path) -> Raw {
    let mut connection = Connection::open(file).unwrap();
    connection
        .execute_batch(
            "pragma journal_mode = wal; pragma synchronous = full;
             create table raw (id integer primary key, once text unique, body blob)",
        )
        .unwrap();
    let insert = |connection: &Connection, id: usize| {
        let mut insert = connection
            .prepare_cached("insert into raw (once, body) values (?1, ?2)")
            .unwrap();
        insert.execute((id.to_string(), vec![0_u8; BODY])).unwrap();
    };
    let started = Instant::now();
    let mut times: Vec<Duration> = (0..1_000)
        .map(|id| {
            let started = Instant::now();
            insert(&connection, id);
            started.elapsed()
        })
        .collect();
    let singly = rate(1_000, started);
    times.sort_unstable();
    let started = Instant::now();
    for fifty in 0..100 {
        let transaction = connection.transaction().unwrap();
        (0..50).for_each(|id| insert(&transaction, 1_000 + fifty * 50 + id));
        transaction.commit().unwrap();
    }
    let in_fifties = rate(5_000, started);
    Raw {
        singly,
        in_fifties,
        times,
    }
}

async fn raw_postgres(url: &str) -> Raw {
    let (mut client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    tokio::spawn(connection);
    let table =
        "create table raw (id bigint generated always as identity primary key, once text unique, body bytea)";
    client.batch_execute(table).await.unwrap();
    let insert = client
        .prepare("insert into raw (once, body) values ($1, $2)")
        .await
        .unwrap();
    let body = vec![0_u8; BODY];
    let started = Instant::now();
    let mut times = Vec::new();
    for id in 0..1_000 {
        let started = Instant::now();
        client.execute(&insert, &[&id.to_string(), &body]).await.unwrap();
        times.push(started.elapsed());
    }
    let singly = rate(1_000, started);
    times.sort_unstable();
    let started = Instant::now();
    for fifty in 0..100 {
        let transaction = client.transaction().await.unwrap();
        for id in 0..50 {
            let id = 1_000 + fifty * 50 + id;
            transaction
                .execute(&insert, &[&id.to_string(), &body])
                .await
                .unwrap();
        }
        transaction.commit().await.unwrap();
    }
    let in_fifties = rate(5_000, started);
    Raw {
        singly,
        in_fifties,
        times,
    }
}

async fn measured<S: Store>(store: S) -> Measured {
    let (first, started) = (events("first"), Instant::now());
    put_all(&store, first).await;
    let stored = rate(EVENTS, started);

    let started = Instant::now();
    settle_all(&store, Order::Any).await;
    let settled = rate(EVENTS, started);

    put_all(&store, events("second")).await;
    let started = Instant::now();
    settle_all(&store, Order::BySubject).await;
    let settled_by_subject = rate(EVENTS, started);

    let times = times(&store).await;
    Measured {
        stored,
        settled,
        settled_by_subject,
        times,
    }
}

/// Signed deliveries about a thousand subjects.
fn events(name: &str) -> Vec<Incoming> {
    let key = Key::new(&WebhookSecret::new("invented-secret")).unwrap();
    let events = (0..EVENTS).map(|number| {
        let body = format!(
            r#"{{"id":"{name}-{number}","event":"safevideo.upload_started","data":{{"filename":"{}","filler":"{}"}},"sentDate":"2026-11-20T12:00:00.000Z"}}"#,
            number % 1_000,
            "x".repeat(BODY - 150)
        );
        let delivery = key.open(key.sign(body.as_bytes()), body.as_bytes()).unwrap();
        Incoming::new(&delivery, "")
    });
    events.collect()
}

async fn put_all<S: Store>(store: &S, events: Vec<Incoming>) {
    let mut shares: Vec<Vec<Incoming>> = (0..SENDERS).map(|_| Vec::new()).collect();
    for (number, event) in events.into_iter().enumerate() {
        shares.get_mut(number % SENDERS).unwrap().push(event);
    }
    let sending = shares.into_iter().map(|share| {
        let store = store.clone();
        tokio::spawn(async move {
            for event in share {
                assert!(store.put(event, State::Ready).await.unwrap().is_new);
            }
        })
    });
    for sent in sending.collect::<Vec<_>>() {
        sent.await.unwrap();
    }
}

async fn settle_all<S: Store>(store: &S, order: Order) {
    let working = (0..WORKERS).map(|_| {
        let store = store.clone();
        tokio::spawn(async move {
            loop {
                let claimed = store.claim(order, CLAIM).await.unwrap();
                if claimed.is_empty() && store.counts().await.unwrap().open() == 0 {
                    return;
                }
                let settling = claimed.into_iter().map(|claimed| {
                    let end = Ending::Done.change(claimed.event.row.attempts, 0);
                    let store = store.clone();
                    tokio::spawn(async move { store.settle(Settlement::end(claimed.claim, end)).await })
                });
                for settled in settling.collect::<Vec<_>>() {
                    assert!(matches!(settled.await.unwrap().unwrap(), Settled::Committed));
                }
            }
        })
    });
    for worked in working.collect::<Vec<_>>() {
        worked.await.unwrap();
    }
}

/// The times of 5,000 deliveries that come every two milliseconds.
async fn times<S: Store>(store: &S) -> Vec<Duration> {
    let mut events = events("third");
    events.truncate(5_000);
    let mut tick = tokio::time::interval(Duration::from_millis(2));
    let mut sending = Vec::new();
    for event in events {
        let due = tick.tick().await;
        let store = store.clone();
        sending.push(tokio::spawn(async move {
            store.put(event, State::Ready).await.unwrap();
            due.elapsed()
        }));
    }
    let mut times = Vec::new();
    for sent in sending {
        times.push(sent.await.unwrap());
    }
    times.sort_unstable();
    times
}
