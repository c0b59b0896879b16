//! The order of the events of one subject.

use core::time::Duration;

use crate::Moment;

/// The order in which events are handled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Order {
    /// Any order, with as many at a time as there are workers.
    #[default]
    Any,
    /// The events of one subject (an invoice, a contract) one at a time, as they arrived. Those
    /// without a subject come in any order.
    BySubject,
}

/// How long a failed event holds the later ones of its subject.
pub const HOLD: Duration = Duration::from_secs(3600);

/// Another open event of the same subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Ahead {
    /// It arrived earlier.
    Earlier {
        /// Until when it holds the later ones, if it failed.
        holds_until: Option<Moment>,
    },
    /// A worker has it, and its lease lasts.
    Running,
}

/// Until when an event waits behind another one of its subject; `None` if it does not wait.
///
/// An earlier event that has not failed is waited for, and one that is running; at most an hour
/// before they are looked at again, because their end makes the next event ready. An earlier one
/// that failed is waited for until an hour after its first failure.
#[must_use]
pub fn parked_until(now: Moment, ahead: Ahead) -> Option<Moment> {
    match ahead {
        Ahead::Running | Ahead::Earlier { holds_until: None } => Some(now.after(HOLD)),
        Ahead::Earlier {
            holds_until: Some(until),
        } => (until > now).then_some(until),
    }
}
