//! When the next call may go.

use alloc::collections::VecDeque;
use core::time::Duration;

/// A rate: so many requests in any stretch of so long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(
    clippy::exhaustive_structs,
    reason = "a rate is a count and a time, and stays so"
)]
pub struct Pace {
    /// How many requests; 0 counts as 1.
    pub requests: u32,
    /// In how long a time.
    pub per: Duration,
}

impl Pace {
    /// 30 requests a minute: what the documentation of the API states for an endpoint, and exceeding it can get an
    /// application blocked (terms of use of the API).
    pub const DOCUMENTED: Self = Self {
        requests: 30,
        per: Duration::from_secs(60),
    };

    /// How long so many calls take at this pace, if they take no time themselves.
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

/// Gives each call its time, first come first served, so that no stretch of the pace's length has more calls than it
/// allows.
///
/// Times are those since any fixed point of a clock that does not go back, the same point for every call.
#[derive(Clone, Debug)]
pub struct Pacer {
    pace: Pace,
    /// The last times that were given, the oldest first; never more than twice the pace's count.
    given: VecDeque<Duration>,
    held_until: Duration,
}

impl Pacer {
    /// A pacer at which nobody has called yet.
    #[must_use]
    pub const fn new(pace: Pace) -> Self {
        Self {
            pace,
            given: VecDeque::new(),
            held_until: Duration::ZERO,
        }
    }

    /// Takes the next time for a call, and says how long from `now` it is.
    ///
    /// A time that is taken and not used is to be [given back](Self::release), or it is lost.
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
            // One nanosecond more: a stretch of the pace's length, with both its ends, holds no more than the count.
            let free = before
                .saturating_add(self.pace.per)
                .saturating_add(Duration::from_nanos(1));
            time = time.max(free);
        }
        // As many again as count, so that times can be given back.
        if self.given.len() >= count.saturating_mul(2) {
            self.given.pop_front();
        }
        self.given.push_back(time);
        time.saturating_sub(now)
    }

    /// Gives a time back that was taken and is not used: a caller who no longer waits. Only the last one that was taken can be given
    /// back, for those behind it have theirs already; another is lost, and the pace kept a little more strictly.
    pub fn release(&mut self, time: Duration) {
        if self.given.back() == Some(&time) {
            self.given.pop_back();
        }
    }

    /// How long from `now` nobody is let through, because the service said so.
    #[must_use]
    pub fn held_for(&self, now: Duration) -> Duration {
        self.held_until.saturating_sub(now)
    }

    /// Lets nobody through before `until`: the service said so (429).
    pub fn hold(&mut self, until: Duration) {
        self.held_until = self.held_until.max(until);
    }

    /// The pace that is kept.
    #[must_use]
    pub const fn pace(&self) -> Pace {
        self.pace
    }
}
