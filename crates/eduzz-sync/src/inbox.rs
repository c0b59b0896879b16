//! Decisions of an inbox of webhooks.
//!
//! ```text
//!             ┌──────── retry, replay ─────────┬─────────┬────────┐
//!             ▼                                │         │        │
//! stored ─▶ ready ──claim──▶ claimed ──▶ done, ignored, dead ◀────┘
//!           ▲  │ ▲             │  │ lease over: claimed again
//!           │  ▼ └── failed ───┘  └──▶
//!           parked (another event of its subject comes first)
//! ```
//!
//! An event is [`claimed`](State::Claimed) for 30 seconds at a time ([`LEASE`]), which its worker
//! renews. The number of its claim is a fence: a worker that slept past its lease cannot write any
//! more. A worker that is lost is an attempt, see [`lost`]. After a failure an event waits as
//! [`Ending`] says, and after the ninth it is [`dead`](State::Dead), for a person to look at.
//! Nothing is deleted.

mod code;
mod ending;
mod incoming;
mod state;
mod subject;

pub use code::Code;
pub use ending::{Change, Ending, LONGEST_WAIT, MAX_ATTEMPTS, backoff, lost};
pub use incoming::{Incoming, Policy, Reading, learner_key, text_key};
pub use state::{State, UnknownState};
pub use subject::{Ahead, HOLD, Order, parked_until};

use core::time::Duration;

use crate::Moment;

/// How long a claim lasts without a renewal.
pub const LEASE: Duration = Duration::from_secs(30);

/// How often a worker renews its claims.
pub const RENEWAL: Duration = Duration::from_secs(10);

/// The latest moment at which an open event can be due. A later one was written before the clock
/// went back, and is replaced by this one.
#[must_use]
pub fn latest_due(now: Moment, state: State, attempts: u32) -> Moment {
    match state {
        State::Claimed => now.after(LEASE),
        State::Ready if attempts == 0 => now,
        _ => now.after(LONGEST_WAIT),
    }
}
