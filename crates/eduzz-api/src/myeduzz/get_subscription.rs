//! `GET /myeduzz/v1/subscriptions/:id` — one subscription.

use eduzz_types::myeduzz::{Subscription, SubscriptionId};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Reads one subscription; the answer has the same fields as the list's items (docs page
/// `/reference/api/get-myeduzz-v1-subscriptions-id`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct GetSubscription {
    /// The subscription.
    pub id: SubscriptionId,
}

builder!(GetSubscription {
    /// Reads the subscription.
    new(id: impl Into<SubscriptionId>);
});

impl Endpoint for GetSubscription {
    const ROUTE: Route = Route::get("/myeduzz/v1/subscriptions/:id").scopes(&["myeduzz_subscriptions_read"]);
    type Output = Subscription;

    fn describe(&self, call: &mut Call) {
        call.path("id", &self.id);
    }
}
