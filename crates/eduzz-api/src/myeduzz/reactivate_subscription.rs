//! `POST /myeduzz/v1/subscriptions/:id/reactivate` — reactivates a subscription.

use eduzz_types::Acknowledged;
use eduzz_types::myeduzz::SubscriptionId;
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Reactivates an interrupted subscription; the service completes it after the answer (docs page
/// `/reference/api/post-myeduzz-v1-subscriptions-id-reactivate`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ReactivateSubscription {
    /// The subscription.
    pub id: SubscriptionId,
}

builder!(ReactivateSubscription {
    /// Reactivates the subscription.
    new(id: impl Into<SubscriptionId>);
});

impl Endpoint for ReactivateSubscription {
    const ROUTE: Route = Route::post("/myeduzz/v1/subscriptions/:id/reactivate")
        .scopes(&["myeduzz_subscriptions_write"])
        .empty_body_is_success();
    type Output = Acknowledged;

    fn describe(&self, call: &mut Call) {
        call.path("id", &self.id);
    }
}
