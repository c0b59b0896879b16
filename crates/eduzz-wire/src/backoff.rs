//! Whether and when a call is retried.

use core::time::Duration;

use http::StatusCode;

use crate::{Rejection, Repeat};

/// Whether a request may have reached the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(clippy::exhaustive_enums, reason = "an adapter must handle both")]
pub enum Sent {
    /// Certainly not sent.
    NotSent,
    /// Possibly or certainly sent, without an answer.
    MaybeSent,
}

/// Why an attempt failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Failure {
    /// No answer.
    Transport(Sent),
    /// A rejection.
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

/// The longest wait that is obeyed by default, and the wait of a `Retry-After` of unknown length.
pub(crate) const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// How often a call is attempted, and the waits in between.
///
/// | | `Safe` | `Idempotent` | `Once` | `Unsent` |
/// |---|---|---|---|---|
/// | certainly not sent | again | again | again | again |
/// | maybe sent, no answer | again | again | no | no |
/// | 429 | again | again | again | no |
/// | 500, 502, 503, 504 | again | again | no | no |
/// | anything else | no | no | no | no |
///
/// A wait is drawn evenly between zero and a bound that doubles with each attempt ("full jitter"),
/// so that clients do not retry at the same moment. A wait that the service asks for is obeyed up
/// to a ceiling; above it the call fails at once, and the error has the wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Backoff {
    /// The number of attempts; 3 by default. 0 and 1 both mean one attempt.
    pub attempts: u32,
    /// The bound of the first wait; half a second by default.
    pub first: Duration,
    /// The bound of every wait that the service did not ask for; 20 seconds by default.
    pub ceiling: Duration,
    /// The longest `Retry-After` that is obeyed; one minute by default.
    pub retry_after_ceiling: Duration,
}

impl Default for Backoff {
    fn default() -> Self {
        Self {
            attempts: 3,
            first: Duration::from_millis(500),
            ceiling: Duration::from_secs(20),
            retry_after_ceiling: LONGEST_WAIT,
        }
    }
}

impl Backoff {
    /// One attempt, never a retry.
    #[must_use]
    pub fn never() -> Self {
        Self {
            attempts: 1,
            ..Self::default()
        }
    }

    /// The wait before the next attempt, or `None` if no attempt is left.
    ///
    /// `attempt` is the one that failed, counted from 1; `random` is evenly distributed.
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

/// The fraction `random / u64::MAX` of `bound`.
fn share(bound: Duration, random: u64) -> Duration {
    let (share, whole) = (u128::from(random >> 32), u128::from(u32::MAX));
    // A duration has less than 94 bits of nanoseconds, and `share` 32.
    let nanoseconds = (bound.as_nanos() / whole) * share + (bound.as_nanos() % whole) * share / whole;
    let seconds = u64::try_from(nanoseconds / 1_000_000_000).unwrap_or(u64::MAX);
    Duration::new(seconds, u32::try_from(nanoseconds % 1_000_000_000).unwrap_or(0))
}

fn may_repeat(repeat: Repeat, failure: Failure) -> bool {
    let twice_is_once = matches!(repeat, Repeat::Safe | Repeat::Idempotent);
    match failure {
        Failure::Transport(Sent::NotSent) => true,
        Failure::Transport(Sent::MaybeSent) => twice_is_once,
        Failure::Status {
            status: StatusCode::TOO_MANY_REQUESTS,
            ..
        } => twice_is_once || repeat == Repeat::Once,
        Failure::Status { status, .. } => is_transient(status) && twice_is_once,
    }
}

/// Whether another attempt may be answered otherwise.
pub(crate) fn is_transient(status: StatusCode) -> bool {
    matches!(status.as_u16(), 429 | 500 | 502..=504)
}
