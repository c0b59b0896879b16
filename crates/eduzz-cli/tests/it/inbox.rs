//! `eduzz inbox`, over real sockets and SQLite files.

mod commands;
mod databases;
#[cfg(unix)]
mod kills;
#[cfg(unix)]
mod server;
mod serving;

use eduzz_store::rusqlite::Connection;
use serde_json::Value;

use crate::support::{Home, Running};
use crate::webhooks;

/// A home whose inbox is in its folder.
fn home() -> Home {
    let home = webhooks::home();
    let db = format!("sqlite:{}", file(&home));
    home.with("EDUZZ_DB", &db)
}

/// The file of the home's inbox.
pub(crate) fn file(home: &Home) -> String {
    home.folder().join("inbox.sqlite").display().to_string()
}

/// The home's inbox, as another program opens it.
pub(crate) fn database(home: &Home) -> Connection {
    let connection = Connection::open(file(home)).unwrap();
    connection
        .busy_timeout(std::time::Duration::from_secs(30))
        .unwrap();
    connection
}

/// A running inbox and its port.
async fn serve(home: &Home, args: &str) -> (Running, u16) {
    let mut running = home.start(&format!("inbox serve {args}"));
    let port = running.port().await;
    (running, port)
}

/// The events of the home's inbox, the newest first.
async fn list(home: &Home, args: &str) -> Vec<Value> {
    let ran = home.run(&format!("inbox list --json {args}")).await;
    ran.ended(0).json().as_array().unwrap().clone()
}

/// Waits until the event has this state.
async fn until(home: &Home, seq: i64, state: &str) -> Value {
    for _ in 0..1_000 {
        let event = home
            .run(&format!("inbox show {seq} --json"))
            .await
            .ended(0)
            .json();
        if event["state"] == state {
            return event;
        }
    }
    panic!("event {seq} is not {state}");
}

/// The body of an event with this id.
fn event(id: &str, name: &str) -> Vec<u8> {
    format!(r#"{{"id":"{id}","event":"{name}","sentDate":"2026-03-01T12:00:00.000Z","data":{{"filename":"a.mp4"}}}}"#).into_bytes()
}
