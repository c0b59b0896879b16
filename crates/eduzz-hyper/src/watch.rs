//! What is reported of a call: to an observer, and as spans and events of the feature `tracing`.
//! Method, template, attempt, status and wait, but no value, URL, header or body.

#![cfg_attr(
    not(feature = "tracing"),
    allow(
        unused_variables,
        dead_code,
        reason = "without the feature nothing is recorded"
    )
)]

use core::fmt;
use core::time::Duration;
use std::sync::Arc;

use eduzz_wire::{Observation, Route, Step};
use http::Response;
#[cfg(feature = "tracing")]
use tracing::{Instrument as _, debug};

use crate::error::Error;

#[cfg(not(feature = "tracing"))]
macro_rules! debug {
    ($($event:tt)*) => {};
}

/// A function of the program that receives each step of each call.
#[derive(Clone)]
pub(crate) struct Observer(Arc<dyn Fn(&Observation<'_>) + Send + Sync>);

impl Observer {
    pub(crate) fn new(observe: impl Fn(&Observation<'_>) + Send + Sync + 'static) -> Self {
        Self(Arc::new(observe))
    }
}

impl fmt::Debug for Observer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Observer")
    }
}

pub(crate) fn call<T>(route: &Route, work: impl Future<Output = T>) -> impl Future<Output = T> {
    #[cfg(feature = "tracing")]
    let work = work
        .instrument(tracing::debug_span!("eduzz.call", method = %route.method(), route = route.template()));
    work
}

/// Reports the steps of one attempt.
#[derive(Clone, Copy)]
pub(crate) struct Watch<'a> {
    observer: Option<&'a Observer>,
    route: &'a Route,
    attempt: u32,
}

impl<'a> Watch<'a> {
    pub(crate) const fn new(observer: Option<&'a Observer>, route: &'a Route, attempt: u32) -> Self {
        Self {
            observer,
            route,
            attempt,
        }
    }

    pub(crate) fn paced(self, wait: Duration) {
        debug!(
            attempt = self.attempt,
            wait_ms = millis(wait),
            "waiting for the pace"
        );
        self.tell(|| Step::Waits(wait));
    }

    pub(crate) fn attempted(self, outcome: &Result<Response<Vec<u8>>, Error>) {
        match outcome {
            Ok(response) => {
                debug!(
                    attempt = self.attempt,
                    status = response.status().as_u16(),
                    length = response.body().len(),
                    "answered"
                );
            }
            Err(error) => {
                debug!(attempt = self.attempt, %error, sent = ?error.sent(), "no answer");
            }
        }
        self.tell(|| match outcome {
            Ok(response) => Step::Answered {
                status: response.status(),
                length: response.body().len(),
            },
            Err(error) => Step::Lost(error.sent()),
        });
    }

    pub(crate) fn retried(self, wait: Duration) {
        debug!(attempt = self.attempt, wait_ms = millis(wait), "waiting to retry");
        self.tell(|| Step::Retries(wait));
    }

    fn tell(self, step: impl FnOnce() -> Step) {
        if let Some(Observer(observe)) = self.observer {
            observe(&Observation::new(self.route, self.attempt, step()));
        }
    }
}

fn millis(wait: Duration) -> u64 {
    u64::try_from(wait.as_millis()).unwrap_or(u64::MAX)
}
