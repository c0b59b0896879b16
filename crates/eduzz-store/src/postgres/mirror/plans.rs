//! Each statement of a mirror finds its rows by an index, with a plan made while tables are empty.

use std::time::Duration;

use eduzz_sync::Moment;
use eduzz_sync::mirror::{Choice, Kind, Notice, Pass, Record, Span, notices};
use eduzz_testkit::postgres::Server as TestServer;
use eduzz_webhook::Stored;
use tokio_postgres::SimpleQueryMessage;

use super::{examine, passes, records};
use crate::migrations;
use crate::mirror::{Batch, Cause, List, Unreadable};
use crate::postgres::link::{Limits, Link, Open, Server};
use crate::postgres::open::apply;

const NOW: Moment = Moment::from_millis(1_795_000_000_000);

fn sale(id: &str, status: &str) -> Record {
    let json =
        format!(r#"{{ "id": "{id}", "status": "{status}", "total": {{ "currency": "BRL", "value": 1 }} }}"#);
    Kind::Sale.read("", &json).unwrap()
}

fn told(id: &str) -> Vec<Notice> {
    let body = format!(r#"{{ "id": "e", "event": "myeduzz.invoice_paid", "data": {{ "id": "{id}" }} }}"#);
    notices(
        &Stored::verified_before(body).event(),
        None,
        NOW.after(Duration::from_secs(2)),
    )
}

/// Runs the statements of a mirror.
async fn run_all(open: &mut Open) {
    let now = Some(NOW);
    for (kind, parent) in [(Kind::Sale, ""), (Kind::Offer, "701"), (Kind::Customer, "")] {
        let list = List::new("escola", kind).of(parent);
        let span = Span::new(20_000, 20_001);
        let reading = passes::begin(open, &list, span, now).await.unwrap().unwrap();
        let reading = passes::cut(open, &reading, span, now).await.unwrap().unwrap();
        let records = match kind {
            Kind::Sale => vec![sale("1", "paid"), sale("2", "paid")],
            Kind::Offer => vec![kind.read(parent, r#"{ "id": "1" }"#).unwrap()],
            _ => Vec::new(),
        };
        let rows = u64::try_from(records.len()).unwrap();
        let batch = Batch::new(list.clone(), NOW, NOW, Cause::BackFill, records);
        let batch = batch.unreadable(vec![Unreadable::new("{}", "id")]);
        let batch = batch.page(reading.clone(), "next".to_owned());
        records::merge(open, &batch, now).await.unwrap();
        let pass = Pass {
            began: NOW,
            ended: NOW,
            first_total: rows,
            last_total: rows,
            rows,
            unreadable: 0,
            lost_rows: false,
        };
        let ended = passes::end(open, &reading, pass, now).await.unwrap().unwrap();
        assert_eq!(ended.doubt, None);
        examine::page(open, &list, span.first, "").await.unwrap();
        passes::windows(open, &list, now).await.unwrap();
    }
    let list = List::new("escola", Kind::Sale);
    let changed = vec![sale("1", "refunded"), sale("2", "paid")];
    let later = NOW.after(Duration::from_secs(1));
    let batch = Batch::new(list.clone(), later, later, Cause::CatchUp, changed);
    assert_eq!(records::merge(open, &batch, now).await.unwrap().changed, 1);
    let times = (
        later.after(Duration::from_secs(1)),
        later.after(Duration::from_secs(2)),
    );
    records::not_found(open, &list, "1", times, now).await.unwrap();
    let told = [told("2"), told("3")].concat();
    records::tell(open, "escola", &told, Some(times.1)).await.unwrap();
    let due = Some(times.1.after(Duration::from_secs(9)));
    let crowds = records::crowds(open, "escola", Kind::Sale, 9, due).await.unwrap();
    assert_eq!(crowds.len(), 1);
    let due = records::refetches(open, "escola", 9, Some(times.1.after(Duration::from_secs(99))));
    assert_eq!(due.await.unwrap().len(), 3);
    records::changes(open, "escola", 0, 9).await.unwrap();
    records::holdings(open, "escola", NOW).await.unwrap();
    passes::lists(open, "escola", Kind::Sale).await.unwrap();
    passes::parents(open, "escola", Kind::Offer, 9, now)
        .await
        .unwrap();
    let reading = passes::begin(open, &list, Span::new(9, 9), now).await.unwrap();
    passes::refuse(open, &list, reading.unwrap().span, now)
        .await
        .unwrap();
    let choice = Choice::all().only([Kind::Sale]);
    passes::choose(open, "escola", &choice, now).await.unwrap();
    passes::choice(open, "escola").await.unwrap();
    passes::set_mark(open, "escola", "catch_up", NOW).await.unwrap();
    passes::mark(open, "escola", "catch_up").await.unwrap();
}

async fn plan(open: &Open, sql: &str, count: usize) -> Vec<String> {
    let nulls = vec!["null"; count].join(", ");
    let call = if count == 0 {
        "p".to_owned()
    } else {
        format!("p ({nulls})")
    };
    // Rows are looked up with plans for the table as it is.
    let (mode, call) = if sql.contains("offset 0") {
        ("custom", "p ('escola', '{1,2}')".to_owned())
    } else {
        ("generic", call)
    };
    let explain = format!(
        "set plan_cache_mode = force_{mode}_plan; prepare p as {sql}; explain (costs off) execute {call};
         deallocate p"
    );
    let messages = open.client.simple_query(&explain).await.unwrap();
    let lines = messages.iter().filter_map(|message| match message {
        SimpleQueryMessage::Row(row) => row.get(0).map(str::to_owned),
        _ => None,
    });
    lines.collect()
}

#[tokio::test]
async fn no_statement_reads_a_whole_table() {
    let Some(server) = TestServer::shared("no_statement_reads_a_whole_table") else {
        return;
    };
    let name = format!("eduzz_plans_{}", std::process::id());
    let _created = server.sql("postgres", &format!("create database {name} template template0"));
    let limits = Limits::default();
    let server = Server::new(&server.url(&name), limits).unwrap();
    let mut link = Link::new(server, limits.group);
    let open = link.open().await.unwrap();
    apply(open, &migrations::POSTGRES_MIRROR).await.unwrap();
    run_all(open).await;
    for kind in Kind::ALL {
        let rows = format!(
            "insert into {} (account, key, m_state, m_digest, m_change, m_seen)
             select 'escola', 'k' || i, 'settled', '', 0, 0 from generate_series(1, 3000) i",
            kind.table()
        );
        open.client.batch_execute(&rows).await.unwrap();
        // As the server does by itself, about a minute after the first rows.
        let analyze = format!("analyze {}", kind.table());
        open.client.batch_execute(&analyze).await.unwrap();
    }
    let statements = open.statements.texts();
    let of_mirror = statements.iter().filter(|(sql, _)| sql.contains("eduzz_"));
    let of_mirror: Vec<_> = of_mirror.collect();
    assert!(of_mirror.len() > 40, "{}", of_mirror.len());
    for (sql, count) in of_mirror {
        let plan = plan(open, sql, *count).await;
        for (at, line) in plan.iter().enumerate() {
            let is_scan = line.contains("Scan") && line.contains(" on eduzz_");
            // A bitmap has its condition below.
            let below = plan.get(at + 1).map(String::as_str).unwrap_or_default();
            assert!(!is_scan || below.contains("Cond: "), "{sql}: {plan:#?}");
            let is_by_key = below.contains("(key = ") || !sql.contains("offset 0");
            assert!(!is_scan || is_by_key, "{sql}: {plan:#?}");
            // Parents are sorted: those that were never read come first.
            let is_sort = line.contains("Sort") && !sql.contains("left join");
            assert!(!is_sort, "{sql}: {plan:#?}");
        }
    }
}
