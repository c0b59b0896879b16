//! `PUT /myeduzz/v1/subscriptions/:id/send-card-change-email` — sends the e-mail to change a card.

use eduzz_types::Acknowledged;
use eduzz_types::myeduzz::SubscriptionId;
use eduzz_wire::{Call, Endpoint, Repeat, Route};
use serde::{Deserialize, Serialize};

/// Sends the customer of a subscription the e-mail to change the card (docs page
/// `/reference/api/put-myeduzz-v1-subscriptions-id-send-card-change-email`).
///
/// A second call sends another e-mail, so it is sent [once](Repeat::Once), though it is a `PUT`.
/// The answer is 202 with an empty object; no body at all is read as the same (Q54).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SendCardChangeEmail {
    /// The subscription.
    pub id: SubscriptionId,
}

builder!(SendCardChangeEmail {
    /// Sends the e-mail to the customer of the subscription.
    new(id: impl Into<SubscriptionId>);
});

impl Endpoint for SendCardChangeEmail {
    const ROUTE: Route = Route::put("/myeduzz/v1/subscriptions/:id/send-card-change-email")
        .scopes(&["myeduzz_subscriptions_write"])
        .repeat(Repeat::Once)
        .empty_body_is_success();
    type Output = Acknowledged;

    fn describe(&self, call: &mut Call) {
        call.path("id", &self.id);
    }
}
