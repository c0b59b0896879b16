//! `DELETE /webhook/v1/subscription/:id` — ends a subscription.

use eduzz_types::NoContent;
use eduzz_types::webhook::subscriptions::WebhookSubscriptionId;
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Ends a subscription (docs page `/reference/api/delete-webhook-v1-subscription-id`).
///
/// Whether events that wait for a retry or in the backup are kept is not documented.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct DeleteWebhookSubscription {
    /// The subscription.
    pub id: WebhookSubscriptionId,
}

builder!(DeleteWebhookSubscription {
    /// Ends this subscription.
    new(id: impl Into<WebhookSubscriptionId>);
});

impl Endpoint for DeleteWebhookSubscription {
    const ROUTE: Route = Route::delete("/webhook/v1/subscription/:id")
        .scopes(&["webhook_write"])
        .empty_body_is_success();
    type Output = NoContent;

    fn describe(&self, call: &mut Call) {
        call.path("id", &self.id);
    }
}
