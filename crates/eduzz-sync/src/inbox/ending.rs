//! The end of an attempt, and what it changes.

use core::time::Duration;

use super::{Code, State};

/// An event is dead after this many failed attempts.
pub const MAX_ATTEMPTS: u32 = 9;

/// The longest wait between two attempts.
pub const LONGEST_WAIT: Duration = Duration::from_secs(24 * 3600);

/// The longest wait after each failed attempt, in seconds.
const BACKOFF: [u64; MAX_ATTEMPTS as usize - 1] =
    [5, 30, 2 * 60, 10 * 60, 3600, 4 * 3600, 12 * 3600, 24 * 3600];

/// The wait after this many failed attempts; `None` when there is no further one.
///
/// It is random between 0 and 5 s, 30 s, 2 min, 10 min, 1 h, 4 h, 12 h and 24 h, so that events
/// that failed together do not come back together. `chance` is any random number.
#[must_use]
pub fn backoff(attempts: u32, chance: u64) -> Option<Duration> {
    let before = usize::try_from(attempts.saturating_sub(1)).ok()?;
    let longest = BACKOFF.get(before)? * 1_000;
    Some(Duration::from_millis(chance % (longest + 1)))
}

/// How an attempt ended.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Ending {
    /// Every handler accepted the event.
    Done,
    /// There is nothing to handle.
    Ignored,
    /// It failed: retried after a [`backoff`], and dead after [`MAX_ATTEMPTS`].
    Failed(Code),
    /// It failed, and a retry would fail too: dead at once.
    Hopeless(Code),
    /// The worker stops before an end: another one takes it at once, and it is no attempt.
    Released,
}

/// What the end of an attempt changes in the stored event.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// The state that follows.
    pub state: State,
    /// The number of attempts that count.
    pub attempts: u32,
    /// The time until the next attempt.
    pub wait: Duration,
    /// Whether later events of its subject wait for it, see [`parked_until`](super::parked_until).
    pub holds: bool,
    /// The reason, if it failed.
    pub error: Option<Code>,
}

impl Ending {
    /// The change after this many attempts, this one included.
    #[must_use]
    pub fn change(self, attempts: u32, chance: u64) -> Change {
        let end = |state, error| Change {
            state,
            attempts,
            wait: Duration::ZERO,
            holds: false,
            error,
        };
        match self {
            Self::Done => end(State::Done, None),
            Self::Ignored => end(State::Ignored, None),
            Self::Hopeless(code) => end(State::Dead, Some(code)),
            Self::Released => Change {
                attempts: attempts.saturating_sub(1),
                ..end(State::Ready, None)
            },
            Self::Failed(code) => match backoff(attempts, chance) {
                None => end(State::Dead, Some(code)),
                Some(wait) => Change {
                    wait,
                    holds: true,
                    ..end(State::Ready, Some(code))
                },
            },
        }
    }
}

/// The end of an attempt whose lease is over; `None` if another worker takes the event at once.
///
/// It is taken at once after the first loss. If the attempt before was lost too, it waits as after
/// a failure: an event that ends its process takes those along that are handled beside it, and must
/// not meet the same ones each time. After [`MAX_ATTEMPTS`] it is dead. The wait depends on the
/// event's key, so that every store decides the same.
#[must_use]
pub fn lost(once: &str, attempts: u32, was_lost: bool) -> Option<Change> {
    (was_lost || attempts >= MAX_ATTEMPTS)
        .then(|| Ending::Failed(Code::WORKER_LOST).change(attempts, spread(once, attempts)))
}

/// A number that looks random.
fn spread(once: &str, attempts: u32) -> u64 {
    let mut mixed = u64::from(attempts);
    for byte in once.bytes() {
        mixed = (mixed ^ u64::from(byte)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed ^= mixed >> 29;
    }
    mixed
}
