//! Whether and when a call is sent again.

use core::time::Duration;

use http::StatusCode;

use crate::{Rejection, Repeat};

/// Whether the bytes of a request may have left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(
    clippy::exhaustive_enums,
    reason = "an adapter must treat both, and there is no third"
)]
pub enum Sent {
    /// Certainly not: the connection was never there.
    NotSent,
    /// Perhaps, or certainly; no answer tells.
    MaybeSent,
}

/// What came of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Failure {
    /// No answer.
    Transport(Sent),
    /// An answer that says no.
    Status {
        /// Its status.
        status: StatusCode,
        /// How long the service asked to wait.
        retry_after: Option<Duration>,
    },
}

impl From<&Rejection> for Failure {
    fn from(rejection: &Rejection) -> Self {
        Self::Status {
            status: rejection.status,
            retry_after: rejection.retry_after,
        }
    }
}

/// How often a call is attempted, and how long is waited between.
///
/// | | `Safe` | `Idempotent` | `Once` |
/// |---|---|---|---|
/// | certainly not sent | again | again | again |
/// | maybe sent, no answer | again | again | no |
/// | 429 | again | again | again |
/// | 500, 502, 503, 504 | again | again | no |
/// | anything else | no | no | no |
///
/// The wait is drawn evenly between nothing and a bound that doubles with each attempt ("full jitter"), so that many
/// clients do not come back together. A wait that the service asks for is obeyed when it is not longer than a ceiling;
/// when it is longer, the call is given up at once, and the error says how long the service asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Backoff {
    /// How often a call is attempted in all; 3 by default. 0 and 1 are both one attempt.
    pub attempts: u32,
    /// The bound of the first wait; half a second by default.
    pub first: Duration,
    /// The bound of every wait that the service did not ask for; 20 seconds by default.
    pub ceiling: Duration,
    /// The longest wait asked for that is obeyed; one minute by default.
    pub retry_after_ceiling: Duration,
}

impl Default for Backoff {
    fn default() -> Self {
        Self {
            attempts: 3,
            first: Duration::from_millis(500),
            ceiling: Duration::from_secs(20),
            retry_after_ceiling: Duration::from_secs(60),
        }
    }
}

impl Backoff {
    /// One attempt, whatever comes of it.
    #[must_use]
    pub fn never() -> Self {
        Self {
            attempts: 1,
            ..Self::default()
        }
    }

    /// How long to wait before the next attempt, or `None` when there is none.
    ///
    /// `attempt` counts from 1 and is the one that failed; `random` is any number, evenly drawn.
    #[must_use]
    pub fn wait(&self, repeat: Repeat, attempt: u32, failure: Failure, random: u64) -> Option<Duration> {
        if attempt >= self.attempts || !may_repeat(repeat, failure) {
            return None;
        }
        let doubled = self
            .first
            .saturating_mul(1_u32.checked_shl(attempt.saturating_sub(1)).unwrap_or(u32::MAX));
        let bound = doubled.min(self.ceiling);
        let jitter = share(bound, random);
        match failure {
            Failure::Status {
                retry_after: Some(asked),
                ..
            } if asked > self.retry_after_ceiling => None,
            Failure::Status {
                retry_after: Some(asked),
                ..
            } => Some(asked.saturating_add(jitter)),
            _ => Some(jitter),
        }
    }
}

/// As much of `bound` as `random` is of all numbers.
fn share(bound: Duration, random: u64) -> Duration {
    let (share, whole) = (u128::from(random >> 32), u128::from(u32::MAX));
    // A duration has less than 94 bits of nanoseconds, and the share 32.
    let nanoseconds = (bound.as_nanos() / whole) * share + (bound.as_nanos() % whole) * share / whole;
    let seconds = u64::try_from(nanoseconds / 1_000_000_000).unwrap_or(u64::MAX);
    Duration::new(seconds, u32::try_from(nanoseconds % 1_000_000_000).unwrap_or(0))
}

fn may_repeat(repeat: Repeat, failure: Failure) -> bool {
    match failure {
        Failure::Transport(Sent::NotSent) => true,
        Failure::Transport(Sent::MaybeSent) => repeat != Repeat::Once,
        Failure::Status {
            status: StatusCode::TOO_MANY_REQUESTS,
            ..
        } => true,
        Failure::Status { status, .. } => {
            matches!(status.as_u16(), 500 | 502..=504) && repeat != Repeat::Once
        }
    }
}
