//! When the next call may be sent.

use alloc::collections::VecDeque;
use core::time::Duration;

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

    /// How long this many calls take at this pace, if each takes no time itself.
    #[must_use]
    pub fn time_for(self, calls: u64) -> Duration {
        let rounds = calls.saturating_sub(1) / u64::from(self.requests.max(1));
        self.per.saturating_mul(u32::try_from(rounds).unwrap_or(u32::MAX))
    }
}

impl Default for Pace {
    fn default() -> Self {
        Self::DOCUMENTED
    }
}

/// Gives each call its time, first come, first served, so that no period has more calls than the
/// pace allows.
///
/// Times are measured from any fixed point of a monotonic clock.
#[derive(Clone, Debug)]
pub struct Pacer {
    pace: Pace,
    /// The last reserved times, oldest first; at most twice the pace's count.
    given: VecDeque<Duration>,
    held_until: Duration,
}

impl Pacer {
    /// A pacer without reservations.
    #[must_use]
    pub const fn new(pace: Pace) -> Self {
        Self {
            pace,
            given: VecDeque::new(),
            held_until: Duration::ZERO,
        }
    }

    /// Reserves the next time for a call, and gives the wait from `now`.
    ///
    /// A reserved time that is not used should be [released](Self::release).
    pub fn reserve(&mut self, now: Duration) -> Duration {
        let count = usize::try_from(self.pace.requests.max(1)).unwrap_or(usize::MAX);
        let mut time = now.max(self.held_until);
        if let Some(last) = self.given.back() {
            time = time.max(*last);
        }
        let before = self
            .given
            .len()
            .checked_sub(count)
            .and_then(|index| self.given.get(index));
        if let Some(before) = before {
            // One nanosecond more: a period that includes both ends holds no more than the count.
            let free = before
                .saturating_add(self.pace.per)
                .saturating_add(Duration::from_nanos(1));
            time = time.max(free);
        }
        // Twice the count, so that times can be released.
        if self.given.len() >= count.saturating_mul(2) {
            self.given.pop_front();
        }
        self.given.push_back(time);
        time.saturating_sub(now)
    }

    /// Releases a reserved time that is not used. Only the last reservation can be released, since
    /// later ones have their times already; any other is ignored, and the pace is a little
    /// stricter.
    pub fn release(&mut self, time: Duration) {
        if self.given.back() == Some(&time) {
            self.given.pop_back();
        }
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
