//! Stored events and counts, as they are written for programs. No personal data is in them.

use eduzz_store::{Counts, Row};
use serde::Serialize;

use super::moments;
use crate::commands::webhook::report::{sent_date, shown};

/// A stored event without its body.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Record<'a> {
    seq: i64,
    #[serde(skip_serializing_if = "str::is_empty")]
    account: &'a str,
    id: &'a str,
    event: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<Subject<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sent_date: Option<&'a str>,
    received_at: String,
    reading: &'a str,
    sample: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<&'a str>,
    state: &'static str,
    attempts: u32,
    /// The next attempt, or the end of a worker's claim.
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ended_at: Option<String>,
    copies: u64,
    differing: u64,
}

#[derive(Serialize)]
struct Subject<'a> {
    kind: &'a str,
    id: &'a str,
}

impl<'a> Record<'a> {
    pub(super) fn of(row: &'a Row) -> Self {
        Self {
            seq: row.seq,
            account: &row.account,
            id: id(&row.once),
            event: row.name.as_deref(),
            subject: row
                .subject
                .as_ref()
                .map(|(kind, of)| Subject { kind, id: id(of) }),
            sent_date: sent(row),
            received_at: moments::exact(row.received_at),
            reading: &row.reading,
            sample: row.is_sample,
            key: row.key.as_deref().filter(|key| !key.is_empty()),
            state: row.state.as_str(),
            attempts: row.attempts,
            due: row.state.is_open().then(|| moments::exact(row.due)),
            error: row.error.as_deref(),
            ended_at: row.ended_at.map(moments::exact),
            copies: row.copies,
            differing: row.differing,
        }
    }
}

/// An id, if it has the form of one; else it could be anything.
pub(super) fn id(text: &str) -> &str {
    shown(text, "-_:.", 100)
}

/// The subject of an event for a person: `invoice 7`.
pub(super) fn subject(row: &Row) -> Option<String> {
    let (kind, of) = row.subject.as_ref()?;
    // A hash says nothing to a person.
    Some(match id(of) {
        hash if hash.starts_with("sha256:") => kind.clone(),
        id => format!("{kind} {id}"),
    })
}

/// The date of sending, if it has the form of one.
pub(super) fn sent(row: &Row) -> Option<&str> {
    row.sent.as_deref().map(sent_date)
}

/// What an inbox holds.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Totals {
    waiting: u64,
    oldest_waiting_seconds: u64,
    ready: u64,
    claimed: u64,
    parked: u64,
    dead: u64,
    done: u64,
    ignored: u64,
    copies: u64,
    differing: u64,
}

impl Totals {
    pub(super) fn of(counts: &Counts) -> Self {
        Self {
            waiting: waiting(counts),
            oldest_waiting_seconds: counts.oldest_open.unwrap_or_default().as_secs(),
            ready: counts.ready,
            claimed: counts.claimed,
            parked: counts.parked,
            dead: counts.dead,
            done: counts.done,
            ignored: counts.ignored,
            copies: counts.copies,
            differing: counts.differing,
        }
    }
}

/// The events that are neither done nor given up.
pub(super) const fn waiting(counts: &Counts) -> u64 {
    counts.ready + counts.claimed + counts.parked
}
