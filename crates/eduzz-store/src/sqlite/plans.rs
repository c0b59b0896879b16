//! Each statement finds its rows by an index.

use std::sync::Mutex;

use eduzz_sync::Moment;
use eduzz_sync::inbox::{Code, Ending, Incoming, Order, State};
use eduzz_webhook::Key;
use rusqlite::trace::{TraceEvent, TraceEventCodes};
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::{inbox, open};
use crate::{Filter, Reopening, Settlement};

/// The statements of the test's connection.
static SEEN: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn note(event: TraceEvent<'_>) {
    if let TraceEvent::Stmt(statement, _) = event {
        let sql = statement.sql().into_owned();
        let mut seen = SEEN.lock().unwrap();
        if !seen.contains(&sql) {
            seen.push(sql);
        }
    }
}

fn event(id: &str) -> Incoming {
    let secret = eduzz_types::webhook::WebhookSecret::new("invented-secret");
    let key = Key::new(&secret).unwrap();
    let body = format!(r#"{{"id":"{id}","event":"safevideo.upload_started","data":{{"filename":"a"}}}}"#);
    Incoming::new(&key.open(key.sign(body.as_bytes()), body.as_bytes()).unwrap(), "")
}

/// Runs every statement of the inbox.
fn run_all(connection: &Connection) {
    let now = Moment::from_millis(1_795_000_000_000);
    for id in ["e1", "e2", "e2", "e3"] {
        inbox::put(connection, &event(id), State::Ready, now).unwrap();
    }
    let claimed = inbox::claim(connection, Order::BySubject, 9, now).unwrap();
    assert_eq!(claimed.len(), 1);
    for claimed in claimed {
        inbox::renew(connection, vec![claimed.claim], now).unwrap();
        let change = Ending::Hopeless(Code::ERROR).change(1, 0);
        let fails = Settlement::accepted(claimed.claim, "h", Some(fails()), None);
        inbox::settle(connection, fails, now).unwrap();
        let end = Settlement::accepted(claimed.claim, "h", None, Some(change));
        inbox::settle(connection, end, now).unwrap();
    }
    for reopening in [Reopening::Retry, Reopening::Replay] {
        let filter = Filter {
            seqs: vec![1],
            ..Filter::default()
        };
        assert_eq!(inbox::reopen(connection, &filter, reopening, now).unwrap(), 1);
    }
    // Its worker is lost so often that it is dead.
    for attempt in 0..20 {
        let later = Moment::from_millis(now.millis() + attempt * 100_000);
        inbox::claim(connection, Order::BySubject, 1, later).unwrap();
    }
    inbox::mend_clock(connection, now).unwrap();
    inbox::counts(connection, now).unwrap();
    inbox::prune(connection, now, 0).unwrap();
    let filter = Filter {
        below: Some(9),
        limit: Some(3),
        ..Filter::default()
    };
    inbox::list(connection, &filter).unwrap();
}

fn fails() -> super::SqliteWrites {
    Box::new(|_| Err("invented".into()))
}

#[test]
fn no_statement_reads_a_whole_table() {
    let folder = tempfile::tempdir().unwrap();
    let mut connection = open::writer(&folder.path().join("inbox.sqlite")).unwrap();
    connection
        .trace_v2(TraceEventCodes::SQLITE_TRACE_STMT, Some(note))
        .unwrap();
    run_all(&connection);
    connection
        .trace_v2(TraceEventCodes::empty(), None::<fn(TraceEvent<'_>)>)
        .unwrap();
    let seen = std::mem::take(&mut *SEEN.lock().unwrap());
    let queries = seen.iter().filter(|sql| sql.contains("eduzz_"));
    let queries: Vec<_> = queries.filter(|sql| !sql.contains("eduzz_writes")).collect();
    assert!(queries.len() > 20, "{}", queries.len());
    for sql in queries {
        let mut explain = connection.prepare(&format!("explain query plan {sql}")).unwrap();
        let parameters = vec![Value::Null; explain.parameter_count()];
        let steps = explain.query_map(params_from_iter(parameters), |row| row.get::<_, String>(3));
        let steps: Vec<String> = steps.unwrap().map(Result::unwrap).collect();
        // The counts of a health page read the index of the states.
        let is_slow = |step: &&String| {
            step.contains("TEMP B-TREE")
                || step.starts_with("SCAN eduzz_") && !step.ends_with("COVERING INDEX eduzz_event_state")
        };
        assert_eq!(steps.iter().find(is_slow), None, "{sql}: {steps:#?}");
    }
}
