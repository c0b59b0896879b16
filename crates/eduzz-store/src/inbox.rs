//! What an inbox stores and reads.

use std::fmt;
use std::future::Future;
use std::time::Duration;

use eduzz_sync::Moment;
use eduzz_sync::inbox::{Change, Incoming, Order, Reading, State};
use eduzz_webhook::SubjectKind;

use crate::StoreError;

/// A database that keeps an inbox: [`Sqlite`](crate::Sqlite), `Postgres`, or
/// [`Memory`](crate::Memory) for tests.
///
/// A clone uses the same connections. Every change that a method reports is committed and synced to
/// disk. A future that is dropped leaves no transaction open; its change may be committed or not.
pub trait Store: Clone + fmt::Debug + Send + Sync + 'static {
    /// A handler's writes to this database, committed together with the event's mark.
    type Writes: Send + 'static;

    /// Stores a delivery, once for each account and key.
    fn put(&self, incoming: Incoming, state: State) -> impl Future<Output = Result<Put, StoreError>> + Send;

    /// Claims events that are due, at most `limit`, each for [`LEASE`](eduzz_sync::inbox::LEASE).
    /// An event whose worker was lost too often becomes dead instead.
    fn claim(
        &self,
        order: Order,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<Claimed>, StoreError>> + Send;

    /// Begins the leases of these claims anew; returns those that are still held.
    fn renew(&self, claims: Vec<Claim>) -> impl Future<Output = Result<Vec<Claim>, StoreError>> + Send;

    /// Ends an attempt, or marks a handler's part of it, in one transaction with the handler's
    /// writes.
    fn settle(
        &self,
        settlement: Settlement<Self::Writes>,
    ) -> impl Future<Output = Result<Settled, StoreError>> + Send;

    /// The stored events that match, the newest first.
    fn list(&self, filter: Filter) -> impl Future<Output = Result<Vec<Row>, StoreError>> + Send;

    /// One stored event with its body; `None` if the number is unknown.
    fn get(&self, seq: i64) -> impl Future<Output = Result<Option<Whole>, StoreError>> + Send;

    /// Makes the events that match due now, with all their attempts before them. Events without a
    /// body, and those that a worker has, stay as they are. Returns how many were changed.
    fn reopen(
        &self,
        filter: Filter,
        reopening: Reopening,
    ) -> impl Future<Output = Result<u64, StoreError>> + Send;

    /// Deletes the bodies of events that are done or ignored and were received before the moment.
    /// The rows stay, so that a late copy is still recognised. Returns how many were deleted. A
    /// body that was received after the clock was set back can be left to a later call.
    fn prune(&self, before: Moment) -> impl Future<Output = Result<u64, StoreError>> + Send;

    /// Makes open events due that were stored by a clock that went back since, see
    /// [`latest_due`](eduzz_sync::inbox::latest_due). Call it about once a minute.
    fn mend_clock(&self) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// What the inbox holds.
    fn counts(&self) -> impl Future<Output = Result<Counts, StoreError>> + Send;

    /// Moves what a file's log holds into the file, so that a copy of the file alone is whole; does
    /// nothing in other databases. Waits a second at most for other programs' transactions, and
    /// leaves the rest in the log.
    fn flush(&self) -> impl Future<Output = Result<(), StoreError>> + Send {
        std::future::ready(Ok(()))
    }

    /// The database's clock.
    fn now(&self) -> impl Future<Output = Result<Moment, StoreError>> + Send;
}

/// What storing a delivery did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Put {
    /// The number of the event, in the order of arrival.
    pub seq: i64,
    /// Whether it was not there before.
    pub is_new: bool,
    /// Whether the stored body has other bytes. The first one is kept.
    pub differs: bool,
}

/// A worker's hold on an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Claim {
    /// The event.
    pub seq: i64,
    /// The number of the claim. An older claim of the event cannot write any more.
    pub number: i64,
}

/// A claimed event.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Claimed {
    /// The hold on it.
    pub claim: Claim,
    /// The event. Its attempts include this one.
    pub event: Whole,
}

/// The end of an attempt, or of one handler's part of it.
#[non_exhaustive]
pub struct Settlement<W> {
    /// The hold that must still last.
    pub claim: Claim,
    /// The handler that accepted the event. If it is marked already, its writes are left out.
    pub handler: Option<String>,
    /// The handler's writes.
    pub writes: Option<W>,
    /// What the end of the attempt changes; `None` if other handlers follow.
    pub change: Option<Change>,
}

/// The result of a settlement.
#[derive(Debug)]
#[non_exhaustive]
pub enum Settled {
    /// Everything is committed.
    Committed,
    /// Nothing is written: the lease is over, or another worker has the event.
    Lost,
    /// Nothing is written: the handler's writes failed.
    Failed(Box<dyn std::error::Error + Send + Sync>),
}

/// A stored event without its body.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Row {
    /// The number of the event, in the order of arrival.
    pub seq: i64,
    /// Whose event it is.
    pub account: String,
    /// The key for deduplication, unique in the account.
    pub once: String,
    /// The event's name. `None` if it cannot be read.
    pub name: Option<String>,
    /// The record that the event is about: its kind and its id. A learner's id is a hash.
    pub subject: Option<(String, String)>,
    /// The date of sending, as received.
    pub sent: Option<String>,
    /// When it was first received.
    pub received_at: Moment,
    /// Whether the SDK could read the event when it was received: `known`, `unknown`, `unusable`.
    pub reading: String,
    /// Whether it is most likely a sample and no sale.
    pub is_sample: bool,
    /// The label of the key that verified it.
    pub key: Option<String>,
    /// The state.
    pub state: State,
    /// How many attempts began.
    pub attempts: u32,
    /// When it can be claimed, if its state is open: the next attempt, or the end of a lease.
    pub due: Moment,
    /// Until when it holds later events of its subject, if it failed.
    pub holds_until: Option<Moment>,
    /// The reason of the last failure.
    pub error: Option<String>,
    /// When it became done, ignored or dead.
    pub ended_at: Option<Moment>,
    /// How many deliveries came after the first.
    pub copies: u64,
    /// How many of them had another body.
    pub differing: u64,
}

/// A stored event with its body.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Whole {
    /// The event.
    pub row: Row,
    /// The body and its signature; `None` if they were pruned.
    pub body: Option<Body>,
    /// The handlers that accepted it.
    pub handled: Vec<String>,
}

/// A stored body.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Body {
    /// The valid signature.
    pub signature: String,
    /// The body, as received. It holds personal data.
    pub bytes: Vec<u8>,
}

/// Which events to list or to reopen. Every set field has to match.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Filter {
    /// Only these numbers; all if empty.
    pub seqs: Vec<i64>,
    /// Only events in these states; in any if empty.
    pub states: Vec<State>,
    /// Only events that could be read so; any if empty.
    pub readings: Vec<Reading>,
    /// Only events with this name.
    pub name: Option<String>,
    /// Only events of this kind of subject.
    pub kind: Option<SubjectKind>,
    /// Only events of this subject's id.
    pub subject: Option<String>,
    /// Only those received at this moment or later.
    pub since: Option<Moment>,
    /// Only those received before this moment.
    pub before: Option<Moment>,
    /// Only those with a smaller number, for the next page of a list.
    pub below: Option<i64>,
    /// The largest number of events; all if `None`.
    pub limit: Option<u32>,
}

/// How events are made due again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reopening {
    /// Dead events, and those that wait: handlers that accepted one are left out.
    Retry,
    /// Events in any state: every handler runs again.
    Replay,
}

/// What the inbox holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Counts {
    /// Events that wait for a worker or an attempt.
    pub ready: u64,
    /// Events that workers have.
    pub claimed: u64,
    /// Events that wait for another one of their subject.
    pub parked: u64,
    /// Events that every handler accepted.
    pub done: u64,
    /// Events that are kept and not handled.
    pub ignored: u64,
    /// Events whose attempts are used up.
    pub dead: u64,
    /// Deliveries of events that were stored before.
    pub copies: u64,
    /// Those of them with another body.
    pub differing: u64,
    /// How long the oldest open event has waited since it was received.
    pub oldest_open: Option<Duration>,
}

impl<W> Settlement<W> {
    /// The end of an attempt.
    #[must_use]
    pub const fn end(claim: Claim, change: Change) -> Self {
        Self {
            claim,
            handler: None,
            writes: None,
            change: Some(change),
        }
    }

    /// A handler accepted the event; `change` is set by the last one.
    pub fn accepted(
        claim: Claim,
        handler: impl Into<String>,
        writes: Option<W>,
        change: Option<Change>,
    ) -> Self {
        Self {
            claim,
            handler: Some(handler.into()),
            writes,
            change,
        }
    }
}

impl Reopening {
    /// Whether events in this state are reopened.
    pub(crate) const fn takes(self, state: State) -> bool {
        match self {
            Self::Retry => matches!(state, State::Dead | State::Ready | State::Parked),
            Self::Replay => !matches!(state, State::Claimed),
        }
    }
}

impl Counts {
    /// All events.
    #[must_use]
    pub const fn stored(&self) -> u64 {
        self.open() + self.done + self.ignored + self.dead
    }

    /// Events that still have to be handled.
    #[must_use]
    pub const fn open(&self) -> u64 {
        self.ready + self.claimed + self.parked
    }

    /// The count of a state.
    pub(crate) fn of(&mut self, state: State) -> &mut u64 {
        match state {
            State::Claimed => &mut self.claimed,
            State::Parked => &mut self.parked,
            State::Done => &mut self.done,
            State::Ignored => &mut self.ignored,
            State::Dead => &mut self.dead,
            _ => &mut self.ready,
        }
    }
}

impl<W> fmt::Debug for Settlement<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settlement")
            .field("claim", &self.claim)
            .field("handler", &self.handler)
            .field("change", &self.change)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Whole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Whole")
            .field("row", &self.row)
            .field("body", &self.body)
            .field("handled", &self.handled)
            .finish()
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.bytes.len())
    }
}
