//! The lanes of calls: which calls count together, and the pace of each lane.

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::cmp::Ordering;
use core::fmt;
use core::time::Duration;

use eduzz_types::AccessToken;
use http::Method;
use serde::{Deserialize, Serialize};

use crate::hash::hash;
use crate::{Pace, Pacer, PacerState, Route, Ticket};

/// The calls that count together against the service's limit: those of a quota on one route.
#[derive(Clone, PartialEq, Eq)]
pub struct Lane {
    quota: Quota,
    method: Method,
    template: &'static str,
}

/// Whose calls count together. Whose the service does is not documented (Q32): by default those of
/// one token do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quota(u64);

impl Quota {
    /// All calls together.
    pub const COMMON: Self = Self(0);

    /// The calls with this token. The quota is a hash of 64 bits that depends on the seed, far
    /// shorter than a token; two tokens with the same hash share a pace.
    #[must_use]
    pub fn of_token(token: &AccessToken, seed: u64) -> Self {
        Self(hash(seed, token.expose()))
    }

    /// The calls under a name that the program gives, such as an account's id. It is the same in
    /// every process, so that several processes can share a pace.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self(hash(0, name))
    }
}

impl Lane {
    /// The calls of a quota on a route.
    #[must_use]
    pub fn new(quota: Quota, route: &Route) -> Self {
        Self {
            quota,
            method: route.method().clone(),
            template: route.template(),
        }
    }
}

impl Ord for Lane {
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |lane: &Self| (lane.quota, lane.template);
        let methods = || self.method.as_str().cmp(other.method.as_str());
        key(self).cmp(&key(other)).then_with(methods)
    }
}

impl PartialOrd for Lane {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Lane {
    /// Writes a key that tells lanes apart, for example in a database:
    /// `5f3c9a0d21e4b867 GET /myeduzz/v1/sales`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x} {} {}", self.quota.0, self.method, self.template)
    }
}

impl fmt::Debug for Lane {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Lane({self})")
    }
}

/// What a turn's call came to, for the lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums, reason = "who grants turns must handle all")]
pub enum TurnEnd {
    /// Nothing was sent: the turn is free again.
    Unsent,
    /// The call was answered, or may have been sent without an answer.
    Sent,
    /// The call was answered, and no call of the lane may be sent for this long.
    Held(Duration),
}

/// A [`Pacer`] for each lane. `W` wakes a caller, as in [`Pacer::wake_with`].
#[derive(Clone, Debug)]
pub struct Lanes<W = ()> {
    pace: Pace,
    seed: u64,
    /// Sorted by lane. Not a map, whose code is large and would be compiled for each kind.
    pacers: Vec<(Lane, Pacer<W>)>,
    /// Stored pacers whose lanes were not used since, sorted by the lane's text.
    resumed: Vec<(String, Pacer<W>)>,
}

/// The places that are taken in each lane, to store between two runs of a program. It holds no
/// token, only hashes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LanesState {
    seed: u64,
    lanes: BTreeMap<String, PacerState>,
}

/// With more lanes than this, those without calls are dropped.
const MANY_LANES: usize = 1_000;

impl<W> Lanes<W> {
    /// Keeps this pace in each lane. `seed` is for [`Quota::of_token`].
    #[must_use]
    pub const fn new(pace: Pace, seed: u64) -> Self {
        Self {
            pace,
            seed,
            pacers: Vec::new(),
            resumed: Vec::new(),
        }
    }

    /// Continues from a stored state, `since` its storing.
    #[must_use]
    pub fn resume(pace: Pace, state: &LanesState, since: Duration, now: Duration) -> Self {
        let resume = |(lane, state): (&String, _)| (lane.clone(), Pacer::resume(pace, state, since, now));
        Self {
            resumed: state.lanes.iter().map(resume).collect(),
            ..Self::new(pace, state.seed)
        }
    }

    /// The places that are taken at `now`.
    #[must_use]
    pub fn state(&mut self, now: Duration) -> LanesState {
        self.pacers.retain_mut(|(_, pacer)| !pacer.is_idle(now));
        self.resumed.retain_mut(|(_, pacer)| !pacer.is_idle(now));
        let used = self.pacers.iter().map(|(lane, pacer)| (lane.to_string(), pacer));
        let resumed = self.resumed.iter().map(|(lane, pacer)| (lane.clone(), pacer));
        let lanes = used.chain(resumed);
        LanesState {
            seed: self.seed,
            lanes: lanes.map(|(lane, pacer)| (lane, pacer.state(now))).collect(),
        }
    }

    /// The seed of the quotas.
    #[must_use]
    pub const fn seed(&self) -> u64 {
        self.seed
    }

    /// The pace of each lane.
    #[must_use]
    pub const fn pace(&self) -> Pace {
        self.pace
    }

    /// The lane's pacer.
    pub fn lane(&mut self, lane: &Lane, now: Duration) -> &mut Pacer<W> {
        let place = match self.place(lane) {
            Ok(place) => place,
            Err(place) => self.add(place, lane, now),
        };
        #[allow(clippy::indexing_slicing, reason = "a pacer is there, or was just added")]
        &mut self.pacers[place].1
    }

    fn place(&self, lane: &Lane) -> Result<usize, usize> {
        self.pacers.binary_search_by(|(other, _)| other.cmp(lane))
    }

    fn add(&mut self, mut place: usize, lane: &Lane, now: Duration) -> usize {
        if self.pacers.len() >= MANY_LANES {
            self.pacers.retain_mut(|(_, pacer)| !pacer.is_idle(now));
            place = self.place(lane).unwrap_or_else(|place| place);
        }
        let pacer = self.take_resumed(lane).unwrap_or_else(|| Pacer::new(self.pace));
        // Cloning a lane of a standard method allocates nothing.
        self.pacers.insert(place, (lane.clone(), pacer));
        place
    }

    fn take_resumed(&mut self, lane: &Lane) -> Option<Pacer<W>> {
        if self.resumed.is_empty() {
            return None;
        }
        let text = lane.to_string();
        let place = self
            .resumed
            .binary_search_by(|(other, _)| other.cmp(&text))
            .ok()?;
        Some(self.resumed.remove(place).1)
    }
}

impl<W> Pacer<W> {
    /// Reports how a turn ended, at `now`.
    pub fn ended(&mut self, ticket: Ticket, end: TurnEnd, now: Duration) {
        match end {
            TurnEnd::Unsent => self.give_back(ticket),
            TurnEnd::Sent => self.answered(ticket, now),
            TurnEnd::Held(wait) => {
                self.answered(ticket, now);
                self.hold(now.saturating_add(wait));
            }
        }
    }
}
