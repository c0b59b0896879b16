//! When the next call may be sent.

use alloc::collections::VecDeque;
use alloc::vec::Vec;
use core::time::Duration;

use serde::{Deserialize, Serialize};

use crate::Busy;

/// A rate limit: at most `requests` in any period of length `per`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(clippy::exhaustive_structs, reason = "a rate is a count and a period")]
pub struct Pace {
    /// The number of requests; 0 counts as 1.
    pub requests: u32,
    /// The length of the period.
    pub per: Duration,
}

impl Pace {
    /// 30 requests a minute, the documented limit of an endpoint. By the API's terms of use,
    /// exceeding it can get an application blocked.
    pub const DOCUMENTED: Self = Self {
        requests: 30,
        per: Duration::from_secs(60),
    };

    /// How long this many calls take at this pace, one after another, if each takes this long
    /// itself.
    #[must_use]
    pub fn time_for(self, calls: u64, each: Duration) -> Duration {
        let times =
            |time: Duration, count: u64| time.saturating_mul(u32::try_from(count).unwrap_or(u32::MAX));
        let requests = u64::from(self.requests.max(1));
        let rounds = calls.saturating_sub(1) / requests;
        // A place is free again one period after the answer of its call.
        let round = self.per.saturating_add(each).max(times(each, requests));
        let last = calls.saturating_sub(rounds.saturating_mul(requests));
        times(round, rounds).saturating_add(times(each, last))
    }
}

impl Default for Pace {
    fn default() -> Self {
        Self::DOCUMENTED
    }
}

/// Gives each call its turn, first come, first served, so that no period has more calls than the
/// pace allows, as the *service* counts them.
///
/// The service counts a call when it arrives, which is somewhere between its turn and its answer.
/// So a call takes a place of the pace from its turn until one period after its answer.
///
/// ```text
/// join ─▶ Ticket ─poll→ Turn::Wait …  ─poll→ Turn::Go ─▶ (send) ─▶ answered
///            └────────── give_back, at any time, if nothing was sent ──────────▶
/// ```
///
/// Times are measured from any fixed point of a monotonic clock.
#[derive(Clone, Debug)]
pub struct Pacer<W = ()> {
    pace: Pace,
    /// The next ticket's number.
    next: u64,
    /// Callers that wait, in their order.
    waiting: VecDeque<Waiting<W>>,
    /// Calls that have had their turn and no answer yet.
    in_flight: Vec<Ticket>,
    /// When calls were answered, oldest first, for one period.
    answered: VecDeque<Duration>,
    held_until: Duration,
}

#[derive(Clone, Debug)]
struct Waiting<W> {
    ticket: Ticket,
    /// The caller waits no longer than to this time.
    until: Duration,
    waker: Option<W>,
}

/// A caller's place in the queue of a [`Pacer`], and then its call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(u64);

/// Whether a caller may send now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums, reason = "a caller sends, waits or gives up")]
pub enum Turn {
    /// Send now, and report [`answered`](Pacer::answered) or [`give_back`](Pacer::give_back).
    Go,
    /// Ask again after this long, or when [`Pacer::waker`] is the caller's.
    Wait(Duration),
    /// The turn comes after the caller's time, and the caller has left the queue. So has a ticket
    /// that was given back.
    Busy(Busy),
}

/// The places of a [`Pacer`] that are taken, to store between two runs of a program. A program that
/// starts again without it may call a whole period's calls again at once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PacerState {
    /// How long ago calls were answered, in milliseconds, oldest first.
    answered_ms: Vec<u64>,
    /// For how long calls are held, in milliseconds.
    held_ms: u64,
}

impl<W> Pacer<W> {
    /// A pacer without calls.
    #[must_use]
    pub const fn new(pace: Pace) -> Self {
        Self {
            pace,
            next: 0,
            waiting: VecDeque::new(),
            in_flight: Vec::new(),
            answered: VecDeque::new(),
            held_until: Duration::ZERO,
        }
    }

    /// The places that are taken at `now`. A call in flight counts as answered now.
    #[must_use]
    pub fn state(&self, now: Duration) -> PacerState {
        let ages = self.answered.iter().map(|answered| now.saturating_sub(*answered));
        let in_flight = self.in_flight.iter().map(|_| Duration::ZERO);
        PacerState {
            answered_ms: ages.chain(in_flight).map(millis).collect(),
            held_ms: millis(self.held_for(now)),
        }
    }

    /// A pacer that continues from a stored state, `since` its storing.
    ///
    /// No stored number makes it wait longer than a period and the longest hold of a 429, one
    /// hour.
    #[must_use]
    pub fn resume(pace: Pace, state: &PacerState, since: Duration, now: Duration) -> Self {
        const LONGEST_HOLD: Duration = Duration::from_secs(3_600);
        // A time before the clock's fixed point counts as that point: the place is free a little
        // later.
        let age = |ms: &u64| Duration::from_millis(*ms).saturating_add(since);
        let mut answered: VecDeque<Duration> = state
            .answered_ms
            .iter()
            .map(age)
            .filter(|age| *age <= pace.per)
            .map(|age| now.saturating_sub(age))
            .collect();
        answered.make_contiguous().sort_unstable();
        let count = places(pace);
        answered.drain(..answered.len().saturating_sub(count));
        let held = Duration::from_millis(state.held_ms)
            .min(LONGEST_HOLD)
            .saturating_sub(since);
        Self {
            answered,
            held_until: now.saturating_add(held),
            ..Self::new(pace)
        }
    }

    /// Joins the queue, for one call, as long as it takes.
    pub fn join(&mut self) -> Ticket {
        self.join_until(Duration::MAX)
    }

    /// Joins the queue, for one call, and leaves it when the turn would come after this time.
    pub fn join_until(&mut self, until: Duration) -> Ticket {
        let ticket = self.ticket();
        self.waiting.push_back(Waiting {
            ticket,
            until,
            waker: None,
        });
        ticket
    }

    /// Takes a place for a call that has no answer yet and had its turn elsewhere: from a pacer
    /// whose state was stored meanwhile.
    pub fn in_flight(&mut self) -> Ticket {
        let ticket = self.ticket();
        self.in_flight.push(ticket);
        ticket
    }

    const fn ticket(&mut self) -> Ticket {
        let ticket = Ticket(self.next);
        self.next = self.next.wrapping_add(1);
        ticket
    }

    /// Whether it is the caller's turn.
    pub fn poll(&mut self, ticket: Ticket, now: Duration) -> Turn {
        let Some(before) = self.place(ticket) else {
            let has_turn = self.in_flight.contains(&ticket);
            return if has_turn {
                Turn::Go
            } else {
                Turn::Busy(Busy::new(Duration::MAX))
            };
        };
        let wait = self.wait_behind(before, now);
        let until = self.waiting.get(before).map_or(now, |caller| caller.until);
        if wait.is_zero() {
            self.waiting.remove(before);
            self.in_flight.push(ticket);
            Turn::Go
        } else if now.saturating_add(wait) > until {
            self.waiting.remove(before);
            Turn::Busy(Busy::new(wait))
        } else {
            Turn::Wait(wait)
        }
    }

    /// Keeps what wakes a caller that waits.
    pub fn wake_with(&mut self, ticket: Ticket, waker: W) {
        let place = self.place(ticket);
        if let Some(caller) = place.and_then(|place| self.waiting.get_mut(place)) {
            caller.waker = Some(waker);
        }
    }

    /// What wakes the first caller that waits. Only its turn can come sooner than it was told: wake
    /// it after every change of the pacer.
    #[must_use]
    pub fn waker(&self) -> Option<&W> {
        self.waiting.front()?.waker.as_ref()
    }

    /// How many callers are before this one; `None` if it does not wait.
    fn place(&self, ticket: Ticket) -> Option<usize> {
        self.waiting
            .binary_search_by_key(&ticket, |caller| caller.ticket)
            .ok()
    }

    /// The call was answered, or may have been sent without an answer.
    pub fn answered(&mut self, ticket: Ticket, now: Duration) {
        if self.take(ticket) {
            // A clock that goes back must not free a place early.
            let now = self.answered.back().map_or(now, |last| now.max(*last));
            self.answered.push_back(now);
        }
    }

    /// Nothing was sent: the caller gave up, wherever it stood, or the call did not leave.
    pub fn give_back(&mut self, ticket: Ticket) {
        if let Some(place) = self.place(ticket) {
            self.waiting.remove(place);
        }
        self.take(ticket);
    }

    fn take(&mut self, ticket: Ticket) -> bool {
        let place = self.in_flight.iter().position(|other| *other == ticket);
        place.map(|place| self.in_flight.swap_remove(place)).is_some()
    }

    /// At least how long a call that joins now would wait.
    #[must_use]
    pub fn would_wait(&mut self, now: Duration) -> Duration {
        self.wait_behind(self.waiting.len(), now)
    }

    /// At least how long a caller waits behind this many others.
    fn wait_behind(&mut self, before: usize, now: Duration) -> Duration {
        let held = self.held_for(now);
        while self
            .answered
            .front()
            .is_some_and(|answered| self.frees(*answered) <= now)
        {
            self.answered.pop_front();
        }
        let count = places(self.pace);
        let taken = self.in_flight.len() + self.answered.len();
        // The places that must become free first.
        let Some(needed) = (before + 1 + taken)
            .checked_sub(count)
            .and_then(|needed| needed.checked_sub(1))
        else {
            return held;
        };
        let rounds = u32::try_from(needed / count).unwrap_or(u32::MAX);
        let more = self.pace.per.saturating_mul(rounds);
        let free = match self.answered.get(needed % count) {
            Some(answered) => self.frees(*answered).saturating_sub(now),
            // That call is in flight: its period begins with its answer.
            None => self.pace.per,
        };
        held.max(free.saturating_add(more))
    }

    /// When a call that was answered then no longer counts. One nanosecond more: a period that
    /// includes both ends holds no more than the count.
    const fn frees(&self, answered: Duration) -> Duration {
        answered
            .saturating_add(self.pace.per)
            .saturating_add(Duration::from_nanos(1))
    }

    /// Whether no caller waits and no place is taken.
    #[must_use]
    pub fn is_idle(&mut self, now: Duration) -> bool {
        self.would_wait(now).is_zero()
            && self.waiting.is_empty()
            && self.in_flight.is_empty()
            && self.answered.is_empty()
    }

    /// How long from `now` the hold of a 429 lasts.
    #[must_use]
    pub fn held_for(&self, now: Duration) -> Duration {
        self.held_until.saturating_sub(now)
    }

    /// Lets no call through before `until`, after a 429.
    pub fn hold(&mut self, until: Duration) {
        self.held_until = self.held_until.max(until);
    }

    /// The pace.
    #[must_use]
    pub const fn pace(&self) -> Pace {
        self.pace
    }
}

fn places(pace: Pace) -> usize {
    usize::try_from(pace.requests.max(1)).unwrap_or(usize::MAX)
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
