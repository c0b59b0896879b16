//! What a client reports of its calls while they run.

use core::time::Duration;

use http::StatusCode;

use crate::{Route, Sent};

/// A step of a call, for a log or a progress display. It has no value, URL, header or body.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Observation<'a> {
    /// The call's method and template.
    pub route: &'a Route,
    /// The attempt's number, from 1.
    pub attempt: u32,
    /// What happens.
    pub step: Step,
}

impl<'a> Observation<'a> {
    /// A step of an attempt.
    #[must_use]
    pub const fn new(route: &'a Route, attempt: u32, step: Step) -> Self {
        Self { route, attempt, step }
    }
}

/// What happens to an attempt of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Step {
    /// It waits for its turn, about this long. It may be reported again if the wait changes.
    Waits(Duration),
    /// The service answered.
    Answered {
        /// The answer's status.
        status: StatusCode,
        /// The number of bytes of its body.
        length: usize,
    },
    /// There is no answer.
    Lost(Sent),
    /// It failed; the next attempt comes after this wait.
    Retries(Duration),
}
