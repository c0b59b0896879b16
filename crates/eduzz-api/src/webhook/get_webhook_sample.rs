//! `GET /webhook/v1/origin/sample/:event` — an example of an event.

use alloc::string::String;

use eduzz_types::FreeForm;
use eduzz_types::webhook::Envelope;
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Gives an example of an event's delivery (docs page
/// `/reference/api/get-webhook-v1-origin-sample-event`).
///
/// A sample may be older than the event's own page: the documented one lacks fields of the page.
/// The documentation names no scope for it. Its data are those of the event that was asked for, so
/// they are given as they came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct GetWebhookSample {
    /// The full name of the event.
    pub event: String,
}

builder!(GetWebhookSample {
    /// Gives an example of this event.
    new(event: impl Into<String>);
});

impl Endpoint for GetWebhookSample {
    const ROUTE: Route = Route::get("/webhook/v1/origin/sample/:event");
    type Output = Envelope<FreeForm>;

    fn describe(&self, call: &mut Call) {
        call.path("event", &self.event);
    }
}
