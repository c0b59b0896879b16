//! The deliveries of one subscription: when each is sent, and what an answer changes. No IO and no
//! clock: time is an argument.
//!
//! ```text
//! Disabled ──activate──▶ Checking ──ping accepted──▶ Active ──third error of one event──▶ Backup
//!    ▲                      │ refused                   ▲                                  │  │
//!    ├──────────────────────┘                           └── the first stored one accepted ─┘  │
//!    ├── disable, from any stage                                                              │
//!    └────────────────────────────────────────────────────────── two days without a success ──┘
//! ```

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use super::delivery::DeliveryState;
use crate::state::calendar::later;

/// Consecutive errors of one event after which the backup begins (documented).
const ERRORS_TO_BACKUP: u32 = 3;
/// The interval of attempts in the backup (documented).
const PROBE_EVERY: Duration = Duration::from_secs(60);
/// How long the backup lasts without a success (documented).
const BACKUP_ENDS: Duration = Duration::from_secs(2 * 24 * 60 * 60);
/// The wait before another attempt where no rule names one and the backup needs its third error.
const ANOTHER: Duration = Duration::from_secs(60);

/// How one subscription's deliveries are made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Rules {
    /// Maximum deliveries in flight; 0 counts as 1.
    pub(crate) parallel: usize,
    /// Whether events are stored when the receiver fails.
    pub(crate) backup: bool,
    /// The waits before the second attempt, the third, and so on. Without a backup, the event is
    /// given up after the last one.
    pub(crate) waits: Vec<Duration>,
}

/// The deliveries of one subscription. `P` is what is delivered.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Schedule<P> {
    #[serde(skip)]
    rules: Rules,
    stage: Stage,
    /// By the order of arrival.
    queued: BTreeMap<u64, Queued<P>>,
    /// By the number of the attempt.
    in_flight: BTreeMap<u64, InFlight<P>>,
    arrived: u64,
    attempts: u64,
}

/// The stage of a subscription.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Stage {
    /// Nothing is sent, and events are not stored.
    Disabled,
    /// As `Disabled`, until the receiver accepts a ping.
    Checking {
        /// The number of the ping, once it is in flight.
        ping: Option<u64>,
    },
    /// Events are sent as they come.
    Active,
    /// Events are stored, and the first one is tried.
    Backup {
        /// When it began.
        since: SystemTime,
        /// When the first stored event is tried next.
        probe: SystemTime,
    },
}

/// An event that waits.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Queued<P> {
    payload: P,
    /// Consecutive errors.
    errors: u32,
    /// Not to be sent before.
    ready: SystemTime,
}

/// An event that was sent and is not answered.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct InFlight<P> {
    place: u64,
    event: Queued<P>,
    sent: SystemTime,
    /// The subscription was disabled since: the answer changes nothing.
    is_stale: bool,
    is_probe: bool,
}

impl<P: Clone> Schedule<P> {
    pub(crate) const fn new(rules: Rules) -> Self {
        Self {
            rules,
            stage: Stage::Disabled,
            queued: BTreeMap::new(),
            in_flight: BTreeMap::new(),
            arrived: 0,
            attempts: 0,
        }
    }

    /// The schedule in a sandbox that was started again: nobody waits for the answers to what was
    /// in flight, so all of it is sent again.
    pub(crate) fn resumed(mut self, rules: Rules) -> Self {
        self.rules = rules;
        let flights = std::mem::take(&mut self.in_flight).into_values();
        let open = flights.filter(|flight| !flight.is_stale);
        self.queued
            .extend(open.map(|flight| (flight.place, flight.event)));
        if let Stage::Checking { ping } = &mut self.stage {
            *ping = None;
        }
        self
    }

    /// What is queued.
    pub(crate) fn queued(&self) -> impl Iterator<Item = &P> {
        self.queued.values().map(|event| &event.payload)
    }

    pub(crate) const fn stage(&self) -> Stage {
        self.stage
    }

    /// How many events are queued or in flight.
    pub(crate) fn waiting(&self) -> usize {
        self.queued.len() + self.in_flight.len()
    }

    /// Since when events are stored, when the first of them is tried next, and when all are erased.
    pub(crate) fn backup(&self) -> Option<[SystemTime; 3]> {
        match self.stage {
            Stage::Backup { since, probe } => Some([since, probe, later(since, BACKUP_ENDS)]),
            _ => None,
        }
    }

    /// Whether events are taken in.
    pub(crate) const fn takes(&self) -> bool {
        matches!(self.stage, Stage::Active | Stage::Backup { .. })
    }

    /// Begins to activate a disabled subscription.
    pub(crate) fn activate(&mut self) {
        if self.stage == Stage::Disabled {
            self.stage = Stage::Checking { ping: None };
        }
    }

    /// Ends all deliveries, and gives the events that were queued.
    pub(crate) fn disable(&mut self) -> Vec<P> {
        self.stage = Stage::Disabled;
        for flight in self.in_flight.values_mut() {
            flight.is_stale = true;
        }
        let erased = std::mem::take(&mut self.queued).into_values();
        erased.map(|event| event.payload).collect()
    }

    /// Queues an event that is sent no sooner than `ready`; false when the stage takes none.
    pub(crate) fn arrive(&mut self, payload: P, ready: SystemTime) -> bool {
        if !self.takes() {
            return false;
        }
        self.arrived += 1;
        let event = Queued {
            payload,
            errors: 0,
            ready,
        };
        self.queued.insert(self.arrived, event);
        true
    }

    /// Disables the subscription when its two days of backup are over, and gives the events that
    /// were stored.
    pub(crate) fn expire(&mut self, now: SystemTime) -> Vec<P> {
        match self.stage {
            // The answer to the last attempt counts.
            Stage::Backup { since, .. } if !self.is_probing() && later(since, BACKUP_ENDS) <= now => {
                self.disable()
            }
            _ => Vec::new(),
        }
    }

    /// Everything to be sent now, with the numbers of the attempts; no payload is the ping. It is
    /// in flight until [`answered`](Self::answered).
    pub(crate) fn poll(&mut self, now: SystemTime) -> Vec<(u64, Option<P>)> {
        match self.stage {
            Stage::Checking { ping: None } => {
                let ping = self.number();
                self.stage = Stage::Checking { ping: Some(ping) };
                vec![(ping, None)]
            }
            Stage::Active => {
                let ready = self.queued.iter().filter(|(_, event)| event.ready <= now);
                let ready: Vec<u64> = ready.map(|(place, _)| *place).take(self.free()).collect();
                let sent = ready.into_iter().filter_map(|place| self.send(place, now, false));
                sent.collect()
            }
            Stage::Backup { since, probe } if !self.is_probing() && probe <= now && self.free() > 0 => {
                let probe = later(now, PROBE_EVERY);
                self.stage = Stage::Backup { since, probe };
                let first = self.queued.keys().next().copied();
                let sent = first.and_then(|place| self.send(place, now, true));
                sent.into_iter().collect()
            }
            Stage::Disabled | Stage::Checking { .. } | Stage::Backup { .. } => Vec::new(),
        }
    }

    /// When there will be something to do, if nothing happens before.
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
            Stage::Active => self.queued.values().map(|event| event.ready).min(),
        }
    }

    /// Takes the receiver's answer to an attempt, and gives the state of the delivery.
    pub(crate) fn answered(&mut self, number: u64, is_taken: bool, now: SystemTime) -> DeliveryState {
        use DeliveryState::{Erased, GivenUp, Stored, Taken, Waiting};
        let unanswered = if is_taken { Taken } else { Erased };
        if self.stage == (Stage::Checking { ping: Some(number) }) {
            self.stage = if is_taken { Stage::Active } else { Stage::Disabled };
            return if is_taken { Taken } else { GivenUp };
        }
        let Some(mut flight) = self.in_flight.remove(&number) else {
            return unanswered;
        };
        if is_taken && flight.is_probe && !flight.is_stale {
            self.release(now);
        }
        if is_taken || flight.is_stale {
            return unanswered;
        }
        flight.event.errors = flight.event.errors.saturating_add(1);
        let errors = flight.event.errors;
        let state = match self.stage {
            Stage::Backup { since, .. } => {
                if flight.is_probe {
                    // A minute after it was sent, and not before its answer.
                    let probe = later(flight.sent, PROBE_EVERY).max(now);
                    self.stage = Stage::Backup { since, probe };
                }
                Stored
            }
            _ if self.rules.backup && errors >= ERRORS_TO_BACKUP => {
                let probe = later(now, PROBE_EVERY);
                self.stage = Stage::Backup { since: now, probe };
                Stored
            }
            _ => match self.wait(errors) {
                None => return GivenUp,
                Some(wait) => {
                    flight.event.ready = later(now, wait);
                    let until = Some(flight.event.ready);
                    Waiting { until }
                }
            },
        };
        self.queued.insert(flight.place, flight.event);
        state
    }

    /// Gives the number of the next attempt.
    pub(crate) const fn number(&mut self) -> u64 {
        self.attempts += 1;
        self.attempts
    }

    /// The wait after the nth error.
    fn wait(&self, errors: u32) -> Option<Duration> {
        let waits = &self.rules.waits;
        let place = usize::try_from(errors.saturating_sub(1)).unwrap_or(usize::MAX);
        let named = waits.get(place).copied();
        if self.rules.backup {
            return Some(named.or_else(|| waits.last().copied()).unwrap_or(ANOTHER));
        }
        named
    }

    /// Ends the backup: everything stored may be sent, as if it had not been tried.
    fn release(&mut self, now: SystemTime) {
        self.stage = Stage::Active;
        for event in self.queued.values_mut() {
            event.errors = 0;
            event.ready = now;
        }
    }

    fn send(&mut self, place: u64, now: SystemTime, is_probe: bool) -> Option<(u64, Option<P>)> {
        let event = self.queued.remove(&place)?;
        let (number, payload) = (self.number(), event.payload.clone());
        let flight = InFlight {
            place,
            event,
            sent: now,
            is_stale: false,
            is_probe,
        };
        self.in_flight.insert(number, flight);
        Some((number, Some(payload)))
    }

    fn is_probing(&self) -> bool {
        let mut flights = self.in_flight.values();
        flights.any(|flight| flight.is_probe && !flight.is_stale)
    }

    /// How many more deliveries may be in flight.
    fn free(&self) -> usize {
        self.rules.parallel.max(1).saturating_sub(self.in_flight.len())
    }
}

#[cfg(test)]
mod tests;
