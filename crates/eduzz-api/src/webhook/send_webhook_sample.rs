//! `POST /webhook/v1/subscription/sample` — sends a test delivery.

use alloc::string::String;

use eduzz_types::webhook::subscriptions::{SampleReport, WebhookSubscriptionId};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Sends a sample of an event to a subscription's receiver, and reports its answer (docs page
/// `/reference/api/post-webhook-v1-subscription-sample`).
///
/// A failing receiver is not a rejection: the service answers 404 then, with the same body as a 200
/// (Q81), and both are a [`SampleReport`]. A 404 with another body is a rejection.
///
/// The delivery has the event's real name, sample data and old dates; nothing marks it as a test.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all(serialize = "camelCase"), deny_unknown_fields)]
#[non_exhaustive]
pub struct SendWebhookSample {
    /// The subscription.
    pub subscription_id: WebhookSubscriptionId,
    /// The full name of the event.
    pub event: String,
}

builder!(SendWebhookSample {
    /// Sends a sample of this event.
    new(subscription_id: impl Into<WebhookSubscriptionId>, event: impl Into<String>);
});

impl Endpoint for SendWebhookSample {
    const ROUTE: Route = Route::post("/webhook/v1/subscription/sample")
        .scopes(&["webhook_read"])
        .also_success(&[404]);
    type Output = SampleReport;

    fn describe(&self, call: &mut Call) {
        call.require_text("subscription_id", &self.subscription_id)
            .require_text("event", &self.event)
            .json(self);
    }
}
