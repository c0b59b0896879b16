//! Spans and events of the feature `tracing`: method, template, attempt, status and wait, but no
//! value, URL, header or body.

#![cfg_attr(
    not(feature = "tracing"),
    allow(
        unused_variables,
        dead_code,
        reason = "without the feature nothing is recorded"
    )
)]

use core::time::Duration;

use eduzz_wire::Route;
use http::Response;
#[cfg(feature = "tracing")]
use tracing::{Instrument as _, debug};

use crate::error::Error;

#[cfg(not(feature = "tracing"))]
macro_rules! debug {
    ($($event:tt)*) => {};
}

pub(crate) fn call<T>(route: &Route, work: impl Future<Output = T>) -> impl Future<Output = T> {
    #[cfg(feature = "tracing")]
    let work = work
        .instrument(tracing::debug_span!("eduzz.call", method = %route.method(), route = route.template()));
    work
}

pub(crate) fn paced(attempt: u32, wait: Duration) {
    debug!(attempt, wait_ms = millis(wait), "waiting for the pace");
}

pub(crate) fn attempted(attempt: u32, outcome: &Result<Response<Vec<u8>>, Error>) {
    match outcome {
        Ok(response) => {
            debug!(
                attempt,
                status = response.status().as_u16(),
                length = response.body().len(),
                "answered"
            );
        }
        Err(error) => {
            debug!(attempt, %error, sent = ?error.sent(), "no answer");
        }
    }
}

pub(crate) fn retried(attempt: u32, wait: Duration) {
    debug!(attempt, wait_ms = millis(wait), "waiting to retry");
}

fn millis(wait: Duration) -> u64 {
    u64::try_from(wait.as_millis()).unwrap_or(u64::MAX)
}
