//! The life of one subscription's deliveries: what is sent when, and what becomes of it. No IO and no clock: time is an argument.
//!
//! ```text
//! Disabled ──activate──▶ Checking ──ping taken──▶ Active ──third error of one event──▶ Backup
//!    ▲                      │ not taken              ▲                                 │    │
//!    ├──────────────────────┘                        └──── the first stored one taken ─┘    │
//!    └── disable, from anywhere                                      two days without ──────┴──▶ disabled, and nothing is stored
//! ```

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use crate::state::calendar::later;

/// So many errors of one event, one after the other, and the backup begins (documented).
const ERRORS_TO_BACKUP: u32 = 3;
/// How often a delivery is tried in the backup (documented).
const PROBE_EVERY: Duration = Duration::from_secs(60);
/// How long the backup goes on without a success (documented).
const BACKUP_ENDS: Duration = Duration::from_secs(2 * 24 * 60 * 60);
/// The wait before another attempt, where the rules name none and the backup needs its third error.
const ANOTHER: Duration = Duration::from_secs(60);

/// How one subscription's deliveries are made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rules {
    /// The most deliveries under way at once; 0 is as 1.
    pub(crate) parallel: usize,
    /// Whether events are stored when the receiver fails.
    pub(crate) backup: bool,
    /// The waits before the second attempt, the third, and so on. After the last one the event is given up, unless there is a
    /// backup.
    pub(crate) waits: Vec<Duration>,
}

/// What is the same for all that is to be sent: a number that tells it from the others.
pub(crate) type Ticket = u64;

/// The deliveries of one subscription. `P` is what is delivered.
#[derive(Clone, Debug)]
pub(crate) struct Schedule<P> {
    rules: Rules,
    stage: Stage,
    /// What is not under way, by the order of arrival.
    waiting: BTreeMap<u64, Parcel<P>>,
    under_way: BTreeMap<Ticket, Flight<P>>,
    arrived: u64,
    tickets: Ticket,
}

/// Where a subscription stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Nothing is sent, and what happens is not stored.
    Disabled,
    /// It is to be activated: the receiver must take a ping first. As disabled otherwise.
    Checking {
        /// The ping, once it is under way.
        ping: Option<Ticket>,
    },
    /// Everything is sent as it comes.
    Active,
    /// Everything is stored, and the first of it is tried.
    Backup {
        /// When it began.
        since: SystemTime,
        /// When the first stored event is to be tried next.
        probe: SystemTime,
    },
}

#[derive(Clone, Debug)]
struct Parcel<P> {
    what: P,
    /// Errors, one after the other.
    errors: u32,
    /// Not to be sent before.
    ready: SystemTime,
}

#[derive(Clone, Debug)]
struct Flight<P> {
    place: u64,
    parcel: Parcel<P>,
    sent: SystemTime,
    /// The subscription was disabled since: whatever is answered changes nothing.
    is_stale: bool,
    is_probe: bool,
}

/// What is to be sent now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sending<P> {
    pub(crate) ticket: Ticket,
    pub(crate) what: Freight<P>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Freight<P> {
    /// The check of the receiver.
    Ping,
    /// An event.
    Event(P),
}

/// What a look at the time brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Step<P> {
    /// To be sent at once, in this order.
    pub(crate) send: Vec<Sending<P>>,
    /// What was stored for two days, and is no more.
    pub(crate) erased: Vec<P>,
}

/// What an answer means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome<P> {
    /// The receiver took the ping, or did not.
    Checked(bool),
    /// The receiver took the event.
    Taken(P),
    /// It is tried again then.
    Again(P, SystemTime),
    /// It is stored until the receiver is back.
    Stored(P),
    /// It is not tried again.
    GivenUp(P),
    /// It was not asked for any more.
    Stale,
}

impl<P: Clone> Schedule<P> {
    pub(crate) const fn new(rules: Rules) -> Self {
        Self {
            rules,
            stage: Stage::Disabled,
            waiting: BTreeMap::new(),
            under_way: BTreeMap::new(),
            arrived: 0,
            tickets: 0,
        }
    }

    pub(crate) const fn stage(&self) -> Stage {
        self.stage
    }

    /// Whether events are taken in: whether it is active, or in the backup.
    pub(crate) const fn takes(&self) -> bool {
        matches!(self.stage, Stage::Active | Stage::Backup { .. })
    }

    /// How many events wait.
    #[cfg(test)]
    pub(crate) fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// How many events are under way.
    #[cfg(test)]
    pub(crate) fn under_way(&self) -> usize {
        self.under_way.len()
    }

    /// Begins to activate. What is active, or in the backup, stays so.
    pub(crate) fn activate(&mut self) {
        if self.stage == Stage::Disabled {
            self.stage = Stage::Checking { ping: None };
        }
    }

    /// Ends all deliveries, and gives what was waiting.
    pub(crate) fn disable(&mut self) -> Vec<P> {
        self.stage = Stage::Disabled;
        for flight in self.under_way.values_mut() {
            flight.is_stale = true;
        }
        self.erase()
    }

    /// Takes an event in, to be sent no sooner than then; false when it is not wanted.
    pub(crate) fn arrive(&mut self, what: P, ready: SystemTime) -> bool {
        if !self.takes() {
            return false;
        }
        self.arrived += 1;
        let parcel = Parcel {
            what,
            errors: 0,
            ready,
        };
        self.waiting.insert(self.arrived, parcel);
        true
    }

    /// Everything that is to be sent now. It is under way from here on, until [`answered`](Self::answered).
    pub(crate) fn poll(&mut self, now: SystemTime) -> Step<P> {
        let mut step = Step {
            send: Vec::new(),
            erased: Vec::new(),
        };
        match self.stage {
            Stage::Disabled | Stage::Checking { ping: Some(_) } => {}
            Stage::Checking { ping: None } => {
                let ticket = self.ticket();
                self.stage = Stage::Checking { ping: Some(ticket) };
                step.send.push(Sending {
                    ticket,
                    what: Freight::Ping,
                });
            }
            Stage::Active => {
                let ready: Vec<u64> = self
                    .waiting
                    .iter()
                    .filter(|(_, parcel)| parcel.ready <= now)
                    .map(|(place, _)| *place)
                    .take(self.free())
                    .collect();
                step.send
                    .extend(ready.into_iter().filter_map(|place| self.send(place, now, false)));
            }
            // The answer to the last attempt is waited for.
            Stage::Backup { .. } if self.is_probing() => {}
            Stage::Backup { since, .. } if later(since, BACKUP_ENDS) <= now => {
                step.erased = self.disable();
            }
            Stage::Backup { since, probe } if probe <= now && self.free() > 0 => {
                let first = self.waiting.keys().next().copied();
                self.stage = Stage::Backup {
                    since,
                    probe: later(now, PROBE_EVERY),
                };
                step.send
                    .extend(first.and_then(|place| self.send(place, now, true)));
            }
            Stage::Backup { .. } => {}
        }
        step
    }

    /// When there will be something to do, if nothing happens before; none when nothing will be.
    pub(crate) fn wake(&self) -> Option<SystemTime> {
        match self.stage {
            Stage::Disabled | Stage::Checking { ping: Some(_) } => None,
            Stage::Checking { ping: None } => Some(SystemTime::UNIX_EPOCH),
            Stage::Backup { .. } if self.is_probing() => None,
            Stage::Backup { since, probe } => {
                let end = later(since, BACKUP_ENDS);
                Some(if self.free() > 0 { probe.min(end) } else { end })
            }
            Stage::Active if self.free() == 0 => None,
            Stage::Active => self.waiting.values().map(|parcel| parcel.ready).min(),
        }
    }

    /// What the receiver answered: whether it took what was sent.
    pub(crate) fn answered(&mut self, ticket: Ticket, is_taken: bool, now: SystemTime) -> Outcome<P> {
        if self.stage == (Stage::Checking { ping: Some(ticket) }) {
            self.stage = if is_taken { Stage::Active } else { Stage::Disabled };
            return Outcome::Checked(is_taken);
        }
        let Some(Flight {
            place,
            mut parcel,
            sent,
            is_stale,
            is_probe,
        }) = self.under_way.remove(&ticket)
        else {
            return Outcome::Stale;
        };
        if is_taken {
            if is_probe && !is_stale {
                self.release(now);
            }
            return Outcome::Taken(parcel.what);
        }
        if is_stale {
            return Outcome::Stale;
        }
        parcel.errors = parcel.errors.saturating_add(1);
        let what = parcel.what.clone();
        if let Stage::Backup { since, .. } = self.stage {
            if is_probe {
                // A minute after it was sent, and not before its answer.
                let probe = later(sent, PROBE_EVERY).max(now);
                self.stage = Stage::Backup { since, probe };
            }
            self.waiting.insert(place, parcel);
            return Outcome::Stored(what);
        }
        if self.rules.backup && parcel.errors >= ERRORS_TO_BACKUP {
            self.stage = Stage::Backup {
                since: now,
                probe: later(now, PROBE_EVERY),
            };
            self.waiting.insert(place, parcel);
            return Outcome::Stored(what);
        }
        let Some(wait) = self.wait(parcel.errors) else {
            return Outcome::GivenUp(what);
        };
        parcel.ready = later(now, wait);
        let ready = parcel.ready;
        self.waiting.insert(place, parcel);
        Outcome::Again(what, ready)
    }

    /// The wait after so many errors.
    fn wait(&self, errors: u32) -> Option<Duration> {
        let waits = &self.rules.waits;
        let place = usize::try_from(errors.saturating_sub(1)).unwrap_or(usize::MAX);
        let named = waits.get(place).copied();
        if self.rules.backup {
            return Some(named.or_else(|| waits.last().copied()).unwrap_or(ANOTHER));
        }
        named
    }

    /// Ends the backup: all that is stored may go, and is as if it had not been tried.
    fn release(&mut self, now: SystemTime) {
        self.stage = Stage::Active;
        for parcel in self.waiting.values_mut() {
            parcel.errors = 0;
            parcel.ready = now;
        }
    }

    fn send(&mut self, place: u64, now: SystemTime, is_probe: bool) -> Option<Sending<P>> {
        let parcel = self.waiting.remove(&place)?;
        let ticket = self.ticket();
        let what = Freight::Event(parcel.what.clone());
        let flight = Flight {
            place,
            parcel,
            sent: now,
            is_stale: false,
            is_probe,
        };
        self.under_way.insert(ticket, flight);
        Some(Sending { ticket, what })
    }

    fn erase(&mut self) -> Vec<P> {
        std::mem::take(&mut self.waiting)
            .into_values()
            .map(|parcel| parcel.what)
            .collect()
    }

    fn is_probing(&self) -> bool {
        self.under_way
            .values()
            .any(|flight| flight.is_probe && !flight.is_stale)
    }

    /// How many more deliveries may be under way.
    fn free(&self) -> usize {
        self.rules.parallel.max(1).saturating_sub(self.under_way.len())
    }

    const fn ticket(&mut self) -> Ticket {
        self.tickets += 1;
        self.tickets
    }
}

#[cfg(test)]
mod tests;
