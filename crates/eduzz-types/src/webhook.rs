//! What Eduzz sends to webhooks: the envelope, and the data of each event, one module an origin.
//!
//! Nothing here knows whether a body is genuine: that is what the crate `eduzz-webhook` is for, and a receiver gets these
//! values from there. The data of the events needs the feature `webhook-events`, which that crate turns on.

use alloc::boxed::Box;

use serde::{Deserialize, Serialize};

use crate::{DateTime, EventId};

#[cfg(feature = "webhook-events")]
pub mod alpaclass;
#[cfg(feature = "webhook-events")]
mod amount;
#[cfg(feature = "webhook-events")]
pub mod blinket;
#[cfg(feature = "webhook-events")]
pub mod myeduzz;
#[cfg(feature = "webhook-events")]
pub mod nutror;
#[cfg(feature = "webhook-events")]
pub mod safevideo;
mod secret;
pub mod subscriptions;
#[cfg(feature = "webhook-events")]
pub mod sun;

#[cfg(feature = "webhook-events")]
pub use amount::Amount;
pub use secret::WebhookSecret;

/// The body of a delivery (docs page `/docs/webhook`).
///
/// The order of the members differs between deliveries, so a body that is written again from this has another signature:
/// only the bytes as they came can be verified.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Envelope<T> {
    /// The same for each attempt to deliver the event: what duplicates are known by. Two documented examples have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<EventId>,
    /// The event's name, `<origin>.<name>`; some examples leave the origin out.
    pub event: Box<str>,
    /// What happened.
    pub data: T,
    /// When it was sent. Some examples have it within `data`, or not at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent_date: Option<DateTime>,
}

impl<T> Envelope<T> {
    /// An envelope, as a sender or a test writes it.
    #[must_use]
    pub fn new(id: EventId, event: &str, data: T, sent_date: Option<DateTime>) -> Self {
        Self {
            id: Some(id),
            event: event.into(),
            data,
            sent_date,
        }
    }
}

/// The data of `ping`, which checks an address before events go there (docs page `/docs/webhook/ping`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Ping {
    /// `ping`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<Box<str>>,
}
