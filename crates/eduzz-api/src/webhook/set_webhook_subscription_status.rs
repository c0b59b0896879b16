//! `POST /webhook/v1/subscription/:id/status` — activates or disables a subscription.

use eduzz_types::webhook::subscriptions::{Subscription, SubscriptionStatus, WebhookSubscriptionId};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Activates or disables a subscription (docs page
/// `/reference/api/post-webhook-v1-subscription-id-status`).
///
/// The console sends a `ping` to the receiver when a subscription is activated, and refuses when
/// the answer is not 2xx. Whether this call does, and its answer then, is not documented (Q86):
/// look at the answer's `status`.
///
/// A second call may be a second `ping` to the receiver, so it is sent
/// [once](eduzz_wire::Repeat::Once).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SetWebhookSubscriptionStatus {
    /// The subscription.
    #[serde(skip_serializing)]
    pub id: WebhookSubscriptionId,
    /// The new status. The example sends `active`; that `disabled` can be sent is inferred from the
    /// answers.
    pub status: SubscriptionStatus,
}

builder!(SetWebhookSubscriptionStatus {
    /// Changes the subscription to this status.
    new(id: impl Into<WebhookSubscriptionId>, status: impl Into<SubscriptionStatus>);
});

impl Endpoint for SetWebhookSubscriptionStatus {
    const ROUTE: Route = Route::post("/webhook/v1/subscription/:id/status").scopes(&["webhook_write"]);
    type Output = Subscription;

    fn describe(&self, call: &mut Call) {
        call.path("id", &self.id)
            .require_text("status", self.status.as_str())
            .json(self);
    }
}
