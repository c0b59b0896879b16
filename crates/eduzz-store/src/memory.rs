//! An inbox in memory: the model that the databases are tested against.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use eduzz_sync::Moment;
use eduzz_sync::inbox::{
    self, Ahead, Change, Code, HOLD, Incoming, LEASE, Order, State, latest_due, parked_until,
};

use crate::clock::Clock;
use crate::{
    Body, Claim, Claimed, Counts, Filter, Put, Reopening, Row, Settled, Settlement, Store, StoreError, Whole,
};

/// A store in memory, for tests of handlers. It loses everything when the process ends.
#[derive(Clone, Default)]
pub struct Memory {
    clock: Clock,
    events: Arc<Mutex<BTreeMap<i64, Event>>>,
}

/// A handler's writes: there is no transaction to write to.
pub type MemoryWrites = Box<dyn FnOnce() -> Result<(), Box<dyn Error + Send + Sync>> + Send>;

struct Event {
    whole: Whole,
    claim: i64,
    hash: [u8; 32],
}

impl Memory {
    /// An empty store.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty store whose clock a test sets.
    #[doc(hidden)]
    #[must_use]
    pub fn with_clock(clock: Clock) -> Self {
        Self {
            clock,
            ..Self::default()
        }
    }

    fn events(&self) -> MutexGuard<'_, BTreeMap<i64, Event>> {
        self.events.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Event {
    const fn row(&mut self) -> &mut Row {
        &mut self.whole.row
    }

    fn is_of(&self, account: &str, once: &str) -> bool {
        self.whole.row.account == account && self.whole.row.once == once
    }

    fn is_held(&self, claim: Claim, now: Moment) -> bool {
        let row = &self.whole.row;
        row.state == State::Claimed && self.claim == claim.number && row.due > now
    }

    fn end(&mut self, now: Moment, state: State) {
        self.row().state = state;
        self.row().ended_at = (!state.is_open()).then_some(now);
    }

    fn apply(&mut self, change: Change, now: Moment) {
        self.end(now, change.state);
        let row = self.row();
        row.attempts = change.attempts;
        row.due = now.after(change.wait);
        if change.holds && row.holds_until.is_none() {
            row.holds_until = Some(now.after(HOLD));
        }
        if let Some(error) = change.error {
            row.error = Some(error.as_str().to_owned());
        }
    }
}

/// The event that is claimed first. What is claimed or parked is not due any more.
fn first_due(events: &BTreeMap<i64, Event>, now: Moment) -> Option<i64> {
    let rows = events.values().map(|event| &event.whole.row);
    let due = rows.filter(|row| row.state.is_open() && row.due <= now);
    due.min_by_key(|row| (row.due, row.seq)).map(|row| row.seq)
}

/// The end of the attempt before, if its lease is over and it is not taken at once.
fn lost(row: &Row) -> Option<Change> {
    let was_lost = row.state == State::Claimed && row.error.as_deref() == Some(Code::WORKER_LOST.as_str());
    inbox::lost(&row.once, row.attempts, was_lost)
}

/// The first open event of the subject before this one that holds it.
fn holder(events: &BTreeMap<i64, Event>, row: &Row, now: Moment) -> Option<Moment> {
    row.subject.as_ref()?;
    let others = events.values().map(|event| &event.whole.row).filter(|other| {
        other.seq != row.seq
            && other.account == row.account
            && other.subject == row.subject
            && other.state.is_open()
    });
    let mut earlier = others.clone().filter(|other| other.seq < row.seq);
    let is_running = |other: &Row| other.state == State::Claimed && other.due > now;
    earlier
        .find_map(|earlier| {
            let holds_until = earlier.holds_until;
            parked_until(now, Ahead::Earlier { holds_until })
        })
        .or_else(|| {
            others.clone().find(|other| is_running(other))?;
            parked_until(now, Ahead::Running)
        })
}

/// After an attempt: makes the next parked event of its subject ready.
fn unpark(events: &mut BTreeMap<i64, Event>, ended: &Row, now: Moment) {
    let mut rows = events.values_mut().map(Event::row);
    let next = rows.find(|row| {
        row.state == State::Parked
            && row.account == ended.account
            && row.subject == ended.subject
            && row.subject.is_some()
    });
    if let Some(row) = next {
        row.state = State::Ready;
        row.due = now;
    }
}

fn matches(filter: &Filter, row: &Row) -> bool {
    let has = |wanted: &Option<String>, value: Option<&String>| match wanted {
        Some(wanted) => value == Some(wanted),
        None => true,
    };
    let kind = filter.kind.map(|kind| kind.as_str().to_owned());
    (filter.seqs.is_empty() || filter.seqs.contains(&row.seq))
        && (filter.states.is_empty() || filter.states.contains(&row.state))
        && (filter.readings.is_empty()
            || filter
                .readings
                .iter()
                .any(|reading| reading.as_str() == row.reading))
        && has(&filter.name, row.name.as_ref())
        && has(&kind, row.subject.as_ref().map(|(kind, _)| kind))
        && has(&filter.subject, row.subject.as_ref().map(|(_, id)| id))
        && filter.since.is_none_or(|since| row.received_at >= since)
        && filter.before.is_none_or(|before| row.received_at < before)
        && filter.below.is_none_or(|below| row.seq < below)
}

impl Store for Memory {
    type Writes = MemoryWrites;

    async fn put(&self, incoming: Incoming, state: State) -> Result<Put, StoreError> {
        let (now, mut events) = (self.clock.now(), self.events());
        let next = events.last_key_value().map_or(1, |(seq, _)| seq + 1);
        let known = events
            .values_mut()
            .find(|event| event.is_of(&incoming.account, &incoming.once));
        if let Some(known) = known {
            let differs = known.hash != incoming.hash;
            let row = known.row();
            row.copies += 1;
            row.differing += u64::from(differs);
            return Ok(Put {
                seq: row.seq,
                is_new: false,
                differs,
            });
        }
        let row = Row {
            seq: next,
            account: incoming.account,
            once: incoming.once,
            name: incoming.name,
            subject: incoming.subject.map(|(kind, id)| (kind.as_str().to_owned(), id)),
            sent: incoming.sent,
            received_at: now,
            reading: incoming.reading.as_str().to_owned(),
            is_sample: incoming.is_sample,
            key: incoming.key,
            state,
            attempts: 0,
            due: now,
            holds_until: None,
            error: None,
            ended_at: (!state.is_open()).then_some(now),
            copies: 0,
            differing: 0,
        };
        let body = Some(Body {
            signature: incoming.signature,
            bytes: incoming.body,
        });
        let whole = Whole {
            row,
            body,
            handled: Vec::new(),
        };
        let (claim, hash) = (0, incoming.hash);
        events.insert(next, Event { whole, claim, hash });
        Ok(Put {
            seq: next,
            is_new: true,
            differs: false,
        })
    }

    async fn claim(&self, order: Order, limit: u32) -> Result<Vec<Claimed>, StoreError> {
        let (now, mut events) = (self.clock.now(), self.events());
        let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
        let mut claimed = Vec::new();
        while claimed.len() < wanted {
            let Some(seq) = first_due(&events, now) else {
                break;
            };
            let Some(row) = events.get(&seq).map(|event| event.whole.row.clone()) else {
                break;
            };
            let until = match order {
                Order::BySubject => holder(&events, &row, now),
                _ => None,
            };
            let Some(event) = events.get_mut(&seq) else {
                break;
            };
            if let Some(until) = until {
                event.row().state = State::Parked;
                event.row().due = until;
            } else if let Some(change) = lost(&row) {
                event.apply(change, now);
                let row = event.row().clone();
                unpark(&mut events, &row, now);
            } else {
                event.claim += 1;
                let number = event.claim;
                let row = event.row();
                if row.state == State::Claimed {
                    row.error = Some(Code::WORKER_LOST.as_str().to_owned());
                }
                row.state = State::Claimed;
                row.attempts += 1;
                row.due = now.after(LEASE);
                claimed.push(Claimed {
                    claim: Claim { seq, number },
                    event: event.whole.clone(),
                });
            }
        }
        Ok(claimed)
    }

    async fn renew(&self, claims: Vec<Claim>) -> Result<Vec<Claim>, StoreError> {
        let (now, mut events) = (self.clock.now(), self.events());
        let renewed = claims.into_iter().filter(|claim| {
            let held = events
                .get_mut(&claim.seq)
                .filter(|event| event.is_held(*claim, now));
            held.map(|event| event.row().due = now.after(LEASE)).is_some()
        });
        Ok(renewed.collect())
    }

    async fn settle(&self, settlement: Settlement<MemoryWrites>) -> Result<Settled, StoreError> {
        let (now, mut events) = (self.clock.now(), self.events());
        let held = events.get_mut(&settlement.claim.seq);
        let Some(event) = held.filter(|event| event.is_held(settlement.claim, now)) else {
            return Ok(Settled::Lost);
        };
        if let Some(handler) = settlement.handler
            && !event.whole.handled.contains(&handler)
        {
            if let Some(Err(error)) = settlement.writes.map(|writes| writes()) {
                return Ok(Settled::Failed(error));
            }
            event.whole.handled.push(handler);
            event.whole.handled.sort_unstable();
        }
        if let Some(change) = settlement.change {
            event.apply(change, now);
            let row = event.row().clone();
            unpark(&mut events, &row, now);
        }
        Ok(Settled::Committed)
    }

    async fn list(&self, filter: Filter) -> Result<Vec<Row>, StoreError> {
        let limit = filter
            .limit
            .map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX));
        let events = self.events();
        let rows = events.values().rev().map(|event| &event.whole.row);
        Ok(rows
            .filter(|row| matches(&filter, row))
            .take(limit)
            .cloned()
            .collect())
    }

    async fn get(&self, seq: i64) -> Result<Option<Whole>, StoreError> {
        Ok(self.events().get(&seq).map(|event| event.whole.clone()))
    }

    async fn reopen(&self, filter: Filter, reopening: Reopening) -> Result<u64, StoreError> {
        let now = self.clock.now();
        let mut changed = 0;
        for event in self.events().values_mut() {
            let (row, has_body) = (&event.whole.row, event.whole.body.is_some());
            if !matches(&filter, row) || !reopening.takes(row.state) || !has_body {
                continue;
            }
            event.end(now, State::Ready);
            let row = event.row();
            (row.attempts, row.due, row.holds_until, row.error) = (0, now, None, None);
            if reopening == Reopening::Replay {
                event.whole.handled.clear();
            }
            changed += 1;
        }
        Ok(changed)
    }

    async fn prune(&self, before: Moment) -> Result<u64, StoreError> {
        let mut events = self.events();
        let old = events.values_mut().filter(|event| {
            let row = &event.whole.row;
            matches!(row.state, State::Done | State::Ignored) && row.received_at < before
        });
        Ok(old
            .filter_map(|event| event.whole.body.take())
            .fold(0, |pruned, _| pruned + 1))
    }

    async fn mend_clock(&self) -> Result<(), StoreError> {
        let now = self.clock.now();
        let mut events = self.events();
        for row in events
            .values_mut()
            .map(Event::row)
            .filter(|row| row.state.is_open())
        {
            row.due = row.due.min(latest_due(now, row.state, row.attempts));
        }
        Ok(())
    }

    async fn counts(&self) -> Result<Counts, StoreError> {
        let (now, events) = (self.clock.now(), self.events());
        let mut counts = Counts::default();
        for row in events.values().map(|event| &event.whole.row) {
            *counts.of(row.state) += 1;
            counts.copies += row.copies;
            counts.differing += row.differing;
            if row.state.is_open() {
                counts.oldest_open = counts.oldest_open.max(Some(now.since(row.received_at)));
            }
        }
        Ok(counts)
    }

    async fn now(&self) -> Result<Moment, StoreError> {
        Ok(self.clock.now())
    }
}

impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Memory({} events)", self.events().len())
    }
}
