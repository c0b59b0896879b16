//! Rows merged, told, examined and proven, beside plain inserts, in one run.
//!
//! `cargo bench -p eduzz-store --all-features --bench mirror` prints figures of both databases.
//! Everything is synced to disk. `EDUZZ_ROWS` is how many sales there are, 100,000 without it. The
//! figures depend on the disk: compare a store with the inserts below it.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark")]

use std::path::Path;
use std::time::{Duration, Instant};

use eduzz_store::mirror::{Batch, Cause, List, MirrorStore};
use eduzz_store::{Clock, Limits, Postgres, Sqlite, rusqlite, tokio_postgres};
use eduzz_sync::Moment;
use eduzz_sync::mirror::{Kind, Notice, Pass, Record, Span, Value, notices};
use eduzz_testkit::postgres::{Fsync, Server};
use eduzz_types::webhook::WebhookSecret;
use eduzz_webhook::Key;
use rusqlite::Connection;
use serde_json::Value as Json;
use tokio_postgres::NoTls;

/// Rows of a page, and of a window.
const PAGE: usize = 100;
const WINDOW: usize = 2_000;
/// Rows of the plain inserts, and events.
const FEW: usize = 10_000;
/// Programs that tell of one event each at the same moment.
const SENDERS: usize = 64;

fn main() {
    // `cargo test --all-targets` starts it without the mark.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let rows = std::env::var("EDUZZ_ROWS").map_or(100_000, |rows| rows.parse().unwrap());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let server = Server::own("bench", Fsync::On);
    runtime.block_on(async {
        let by_hand = raw_sqlite(&folder.path().join("raw.sqlite"));
        let sqlite = Sqlite::open(folder.path().join("mirror.sqlite")).await.unwrap();
        println!(
            "SQLite\n{:<44} {by_hand:>10.0} /s",
            "plain inserts, 100 in a transaction"
        );
        measure(sqlite, rows).await;
        if let Some(server) = &server {
            let url = server.url("postgres");
            let by_hand = raw_postgres(&url).await;
            let store = Postgres::with(&url, Clock::default(), Limits::default())
                .await
                .unwrap();
            println!(
                "PostgreSQL\n{:<44} {by_hand:>10.0} /s",
                "plain inserts, 100 in a transaction"
            );
            measure(store, rows).await;
        }
    });
}

fn rate(count: usize, took: Duration) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a small number")]
    let count = count as f64;
    count / took.as_secs_f64()
}

/// The example of a sale with everything, repeated.
fn sales(from: usize, count: usize) -> Vec<Record> {
    let fixture = eduzz_fixtures::find("myeduzz", "list_sales").unwrap();
    let page: Json = serde_json::from_slice(fixture.success().unwrap().body).unwrap();
    let mut sale = page.get("items").unwrap().get(0).unwrap().clone();
    let ids = from..from + count;
    ids.map(|id| {
        *sale.get_mut("id").unwrap() = id.to_string().into();
        Kind::Sale.read("", &sale.to_string()).unwrap()
    })
    .collect()
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.to_string()),
        Value::Int(value) => Some(value.to_string()),
        Value::Flag(value) => Some(value.to_string()),
        value => value.to_text(),
    }
}

/// A table of texts, and the rows for it.
fn plain(place: &str) -> (String, String, Vec<Vec<Option<String>>>) {
    let columns = Kind::Sale.columns();
    let names: Vec<String> = columns
        .iter()
        .map(|column| format!("{} text", column.name))
        .collect();
    let table = format!(
        "create table plain (row_key text primary key, raw text, {})",
        names.join(", ")
    );
    let places: Vec<String> = (1..=columns.len() + 2).map(|at| format!("{place}{at}")).collect();
    let insert = format!("insert into plain values ({})", places.join(", "));
    let rows = sales(0, FEW).into_iter().map(|sale| {
        let own = [Some(sale.key.to_string()), Some(sale.raw.to_string())];
        own.into_iter().chain(sale.values.iter().map(text)).collect()
    });
    (table, insert, rows.collect())
}

fn raw_sqlite(file: &Path) -> f64 {
    let (table, insert, rows) = plain("?");
    let mut connection = Connection::open(file).unwrap();
    connection
        .execute_batch("pragma journal_mode = wal; pragma synchronous = full")
        .unwrap();
    connection.execute_batch(&table).unwrap();
    let started = Instant::now();
    for page in rows.chunks(PAGE) {
        let transaction = connection.transaction().unwrap();
        for row in page {
            let mut insert = transaction.prepare_cached(&insert).unwrap();
            insert.execute(rusqlite::params_from_iter(row)).unwrap();
        }
        transaction.commit().unwrap();
    }
    rate(FEW, started.elapsed())
}

async fn raw_postgres(url: &str) -> f64 {
    let (table, insert, rows) = plain("$");
    let (mut client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    tokio::spawn(connection);
    client.batch_execute(&table).await.unwrap();
    let insert = client.prepare(&insert).await.unwrap();
    let started = Instant::now();
    for page in rows.chunks(PAGE) {
        let transaction = client.transaction().await.unwrap();
        for row in page {
            let values: Vec<_> = row
                .iter()
                .map(|cell| cell as &(dyn tokio_postgres::types::ToSql + Sync))
                .collect();
            transaction.execute(&insert, &values).await.unwrap();
        }
        transaction.commit().await.unwrap();
    }
    rate(FEW, started.elapsed())
}

fn now() -> Moment {
    Moment::default().after(std::time::UNIX_EPOCH.elapsed().unwrap())
}

fn print(name: &str, count: usize, took: Duration) {
    println!("{name:<44} {:>10.0} /s", rate(count, took));
}

async fn measure<S: MirrorStore>(store: S, rows: usize) {
    store.prepare().await.unwrap();
    let list = List::new("escola", Kind::Sale);
    let windows: Vec<Span> = (0..rows.div_ceil(WINDOW))
        .map(|at| {
            let first = i32::try_from(at).unwrap();
            Span::new(first, first)
        })
        .collect();
    for (name, cause, count) in [
        ("merged new, a page a call", Cause::BackFill, windows.len()),
        ("merged again", Cause::Check, windows.len().min(FEW / WINDOW)),
    ] {
        let (mut merging, mut ending) = (Duration::ZERO, Vec::new());
        for (at, span) in windows.iter().take(count).enumerate() {
            let records = sales(at * WINDOW, WINDOW);
            let reading = store.begin(&list, *span).await.unwrap().unwrap();
            for page in records.chunks(PAGE) {
                let at = now();
                let batch = Batch::new(list.clone(), at, at, cause, page.to_vec());
                let batch = batch.page(reading.clone(), "cursor".to_owned());
                let started = Instant::now();
                store.merge(batch).await.unwrap();
                merging += started.elapsed();
            }
            let rows = u64::try_from(WINDOW).unwrap();
            let pass = Pass {
                began: reading.began,
                ended: now(),
                first_total: rows,
                last_total: rows,
                rows,
                unreadable: 0,
                lost_rows: false,
            };
            let started = Instant::now();
            let ended = store.end(&reading, pass).await.unwrap().unwrap();
            ending.push(started.elapsed());
            assert_eq!(ended.doubt, None);
        }
        print(name, count * WINDOW, merging);
        ending.sort_unstable();
        let median = ending.get(ending.len() / 2).unwrap().as_secs_f64() * 1_000.0;
        println!(
            "{:<44} {median:>10.1} ms",
            "  the end of a window of 2,000, median"
        );
    }
    let started = Instant::now();
    for span in &windows {
        let examined = store.examine(&list, *span).await.unwrap();
        assert_eq!((examined.is_as_proven, examined.tampered.len()), (Some(true), 0));
    }
    let took = started.elapsed();
    print("examined", windows.len() * WINDOW, took);
    println!("{:<44} {:>10.1} s", "  all of them", took.as_secs_f64());
    let started = Instant::now();
    store.holdings("escola").await.unwrap();
    println!(
        "{:<44} {:>10.0} ms",
        "counted",
        started.elapsed().as_secs_f64() * 1_000.0
    );
    tell(&store).await;
    let started = Instant::now();
    let due = store.refetches("escola", 100).await.unwrap();
    println!(
        "{:<44} {:>10.1} ms",
        "100 of the rows that are due",
        started.elapsed().as_secs_f64() * 1_000.0
    );
    assert!(due.len() <= 100);
}

fn event(key: &Key, id: usize, status: &str) -> Vec<Notice> {
    let body = format!(
        r#"{{ "id": "e", "event": "myeduzz.invoice_{status}", "data": {{ "id": "{id}", "status": "{status}",
        "createdAt": "2026-10-01T10:00:00Z", "price": {{ "currency": "BRL", "value": 10 }} }} }}"#
    );
    let delivery = key.open(key.sign(body.as_bytes()), body.as_bytes()).unwrap();
    notices(&delivery.event(), None, now())
}

async fn tell<S: MirrorStore>(store: &S) {
    let key = Key::new(&WebhookSecret::new("invented-secret")).unwrap();
    let told: Vec<Vec<Notice>> = (0..FEW).map(|id| event(&key, id, "refunded")).collect();
    let started = Instant::now();
    for hundred in told.chunks(100) {
        store.tell("escola", hundred.concat()).await.unwrap();
    }
    print("events told, a hundred a call", FEW, started.elapsed());
    let few = FEW / 5;
    let mut shares: Vec<Vec<Vec<Notice>>> = (0..SENDERS).map(|_| Vec::new()).collect();
    for id in 0..few {
        shares
            .get_mut(id % SENDERS)
            .unwrap()
            .push(event(&key, FEW + id, "canceled"));
    }
    let started = Instant::now();
    let telling = shares.into_iter().map(|share| {
        let store = store.clone();
        tokio::spawn(async move {
            for told in share {
                store.tell("escola", told).await.unwrap();
            }
        })
    });
    for told in telling.collect::<Vec<_>>() {
        told.await.unwrap();
    }
    print("events told, one a call, 64 callers", few, started.elapsed());
}
