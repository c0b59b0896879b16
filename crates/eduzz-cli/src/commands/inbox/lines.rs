//! The lines of a running inbox: deliveries and failed attempts, without personal data.

use axum::body::Bytes;
use eduzz_inbox::{HandlerFailed, Inbound};
use eduzz_receiver::Refused;
use eduzz_store::{Put, StoreError};
use eduzz_sync::inbox::{MAX_ATTEMPTS, State};
use eduzz_webhook::{Delivery, Ping, Verdict};
use serde::Serialize;

use super::log::Log;
use crate::commands::database;
use crate::commands::webhook::report::{self, About, Reading};
use crate::json;
use crate::output::Output;

#[derive(Serialize)]
struct Accepted<'a> {
    status: u16,
    seq: i64,
    stored: &'static str,
    #[serde(flatten)]
    reading: Reading<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<&'a str>,
    #[serde(skip_serializing_if = "About::is_nothing")]
    about: About,
}

#[derive(Serialize)]
struct NotStored<'a> {
    status: u16,
    error: &'static str,
    #[serde(flatten)]
    reading: Reading<'a>,
}

#[derive(Serialize)]
struct Missed<'a> {
    failed: &'a str,
    seq: i64,
    event: Option<&'a str>,
    attempt: u32,
    attempts: u32,
    dead: bool,
}

/// The lines about deliveries and attempts, without personal data.
pub(super) struct Lines {
    output: Output,
    log: Log,
}

impl Lines {
    pub(super) fn start(output: Output) -> Self {
        let log = Log::start(output);
        Self { output, log }
    }

    pub(super) fn delivery(&self, delivery: &Delivery<Bytes>, status: u16, put: &Result<Put, StoreError>) {
        let (event, lang) = (delivery.read(), self.output.lang);
        if self.output.json {
            let reading = Reading::of(delivery, &event);
            match put {
                Ok(put) => self.json(&Accepted {
                    status,
                    seq: put.seq,
                    stored: stored(put),
                    reading,
                    key: delivery.key().filter(|key| !key.is_empty()),
                    about: About::of(delivery),
                }),
                Err(error) => self.json(&NotStored {
                    status,
                    error: database::code(error.kind()),
                    reading,
                }),
            }
            return;
        }
        let (seq, note) = match put {
            Ok(put) => {
                let note = match stored(put) {
                    "new" => lang.stored_new(),
                    "copy" => lang.stored_copy(),
                    _ => lang.stored_differs(),
                };
                (format!("#{}", put.seq), note)
            }
            Err(error) => (String::new(), lang.not_stored(&database::cause(lang, error))),
        };
        let parts = [vec![seq, note], report::parts(lang, delivery, &event, None)].concat();
        self.log.line(&report::in_a_line(status, &parts));
    }

    pub(super) fn ping(&self, ping: Ping) {
        self.log.line(&report::ping_line(self.output, ping));
    }

    pub(super) fn refused(&self, refused: Refused, verdict: Verdict) {
        self.log
            .line(&report::refused_line(self.output, refused, verdict));
    }

    pub(super) fn failed(&self, inbound: &Inbound, failed: &HandlerFailed) {
        let (row, lang) = (inbound.row(), self.output.lang);
        let change = failed.ending().map(|ending| ending.change(row.attempts, 0));
        let dead = change.as_ref().is_some_and(|change| change.state == State::Dead);
        let code = match change.and_then(|change| change.error) {
            Some(code) => code.to_string(),
            None => not_stored(failed),
        };
        if self.output.json {
            self.json(&Missed {
                failed: &code,
                seq: row.seq,
                event: row.name.as_deref(),
                attempt: row.attempts,
                attempts: MAX_ATTEMPTS,
                dead,
            });
            return;
        }
        let note = if dead {
            lang.attempt_dead(&code)
        } else {
            lang.attempt_failed(&code, row.attempts, MAX_ATTEMPTS)
        };
        let name = row.name.as_deref().unwrap_or("?");
        self.log.line(&format!("#{}  {name}  {note}", row.seq));
    }

    /// Waits a moment until all is printed.
    pub(super) fn end(&self) {
        self.log.end();
    }

    fn json(&self, value: &impl Serialize) {
        let text = serde_json::to_string(value).unwrap_or_default();
        self.log.line(&json::harmless(&text));
    }
}

/// What storing a delivery did, for programs.
const fn stored(put: &Put) -> &'static str {
    match put {
        Put { is_new: true, .. } => "new",
        Put { differs: true, .. } => "differs",
        _ => "copy",
    }
}

/// The reason why the end of an attempt is not stored.
fn not_stored(failed: &HandlerFailed) -> String {
    match failed {
        HandlerFailed::Store(error) => format!("database_{}", database::code(error.kind())),
        _ => String::from("lost"),
    }
}
