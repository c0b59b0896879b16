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

/// An earlier open event of the same subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ahead {
    /// Until when it holds the later ones, if it failed.
    pub holds_until: Option<Moment>,
}

/// Until when an event waits behind the first open one of its subject; `None` if it does not wait.
///
/// An event that has not failed is waited for, at most an hour before it is looked at again. One
/// that failed is waited for until an hour after its first failure.
#[must_use]
pub fn parked_until(now: Moment, ahead: Ahead) -> Option<Moment> {
    match ahead.holds_until {
        None => Some(now.after(HOLD)),
        Some(until) => (until > now).then_some(until),
    }
}
