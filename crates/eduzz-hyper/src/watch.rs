//! Spans and events of the feature `tracing`: method, route's template, attempt, status, wait; never a value, URL, header or body.

#[cfg(feature = "tracing")]
pub(crate) use self::on::{attempted, call, paced, repeated, spent};

#[cfg(not(feature = "tracing"))]
pub(crate) use self::off::{attempted, call, paced, repeated, spent};

#[cfg(feature = "tracing")]
mod on {
    use core::time::Duration;

    use http::Response;
    use tracing::{Instrument as _, debug, debug_span};

    use crate::error::Error;
    use crate::pacing::Lane;

    pub(crate) fn call<T>((method, route): &Lane, work: impl Future<Output = T>) -> impl Future<Output = T> {
        work.instrument(debug_span!("eduzz.call", %method, route))
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
            Err(error) => debug!(attempt, %error, sent = ?error.sent(), "no answer"),
        }
    }

    pub(crate) fn repeated(attempt: u32, wait: Duration) {
        debug!(attempt, wait_ms = millis(wait), "waiting to repeat");
    }

    pub(crate) fn spent(attempt: u32) {
        debug!(attempt, "not repeated: the budget is spent");
    }

    fn millis(wait: Duration) -> u64 {
        u64::try_from(wait.as_millis()).unwrap_or(u64::MAX)
    }
}

#[cfg(not(feature = "tracing"))]
mod off {
    use core::time::Duration;

    use http::Response;

    use crate::error::Error;
    use crate::pacing::Lane;

    pub(crate) fn call<T>(_: &Lane, work: impl Future<Output = T>) -> impl Future<Output = T> {
        work
    }

    pub(crate) const fn paced(_: u32, _: Duration) {}

    pub(crate) const fn attempted(_: u32, _: &Result<Response<Vec<u8>>, Error>) {}

    pub(crate) const fn repeated(_: u32, _: Duration) {}

    pub(crate) const fn spent(_: u32) {}
}
