//! Spans and events of the feature `tracing`: method, name and id of the event, label of the key,
//! status and time, but no header and no body.

#![cfg_attr(
    not(feature = "tracing"),
    allow(
        unused_variables,
        clippy::unused_self,
        reason = "without the feature nothing is recorded"
    )
)]

use eduzz_webhook::{Delivery, Verdict};
use http::Method;
use tokio::time::Instant;
#[cfg(feature = "tracing")]
use tracing::{Instrument as _, Span, debug, debug_span, field::Empty, warn};

use crate::{Failed, Refused};

#[cfg(not(feature = "tracing"))]
macro_rules! debug {
    ($($event:tt)*) => {};
}
#[cfg(not(feature = "tracing"))]
use debug as warn;

/// One request.
pub(crate) struct Watch {
    #[cfg(feature = "tracing")]
    span: Span,
    start: Instant,
}

impl Watch {
    pub(crate) fn start(method: &Method) -> Self {
        Self {
            #[cfg(feature = "tracing")]
            span: debug_span!(
                "eduzz.delivery",
                method = known(method),
                event = Empty,
                id = Empty,
                key = Empty
            ),
            start: Instant::now(),
        }
    }

    /// Runs the work of an answer within the span.
    pub(crate) async fn around(&self, answer: impl Future<Output = Verdict>) -> Verdict {
        let work = async {
            let verdict = answer.await;
            let elapsed = self.start.elapsed();
            debug!(
                status = verdict.status(),
                elapsed_ms = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX),
                "answered"
            );
            verdict
        };
        #[cfg(feature = "tracing")]
        let work = work.instrument(self.span.clone());
        work.await
    }

    pub(crate) fn opened<B>(&self, delivery: &Delivery<B>) {
        #[cfg(feature = "tracing")]
        {
            let fields = [
                ("event", name(delivery)),
                ("id", id(delivery)),
                ("key", delivery.key()),
            ];
            for (field, value) in fields {
                if let Some(value) = value {
                    self.span.record(field, value);
                }
            }
        }
    }
}

pub(crate) fn refused(refused: &Refused) {
    debug!(reason = %refused, "refused");
}

/// Its own fields name the delivery, because a subscriber may skip the span.
pub(crate) fn failed<B>(delivery: &Delivery<B>, failed: &Failed) {
    warn!(
        event = name(delivery),
        id = id(delivery),
        reason = %failed,
        "not accepted"
    );
}

/// The method, unless the sender invented it.
#[cfg(feature = "tracing")]
fn known(method: &Method) -> &str {
    match *method {
        Method::POST | Method::GET | Method::HEAD => method.as_str(),
        _ => "other",
    }
}

#[cfg(feature = "tracing")]
fn name<B>(delivery: &Delivery<B>) -> Option<&str> {
    delivery.name().map(eduzz_webhook::EventName::as_str)
}

/// The id, if it has a form that the service sends; else it could be anything.
#[cfg(feature = "tracing")]
fn id<B>(delivery: &Delivery<B>) -> Option<&str> {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    let id = delivery.id()?.as_str();
    (id.len() <= 64 && id.bytes().all(is_part)).then_some(id)
}
