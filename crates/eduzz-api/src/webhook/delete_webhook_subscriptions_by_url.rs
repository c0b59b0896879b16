//! `DELETE /webhook/v1/subscription` — ends the subscriptions of an address.

use eduzz_types::{NoContent, PersonalText};
use eduzz_wire::{Call, Endpoint, Repeat, Route};
use serde::{Deserialize, Serialize};

/// Ends the subscriptions whose events go to an address (docs page
/// `/reference/api/delete-webhook-v1-subscription`).
///
/// Where the request carries the URL is not documented; a JSON body `{ url }` is our inference
/// (Q85). A service that looks for it elsewhere may refuse the call, or take it for one without an
/// address: [`DeleteWebhookSubscription`](super::DeleteWebhookSubscription) is the safe way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct DeleteWebhookSubscriptionsByUrl {
    /// The address. It often holds a key, so it does not print.
    pub url: PersonalText,
}

builder!(DeleteWebhookSubscriptionsByUrl {
    /// Ends the subscriptions of this address.
    new(url: impl Into<PersonalText>);
});

impl Endpoint for DeleteWebhookSubscriptionsByUrl {
    const ROUTE: Route = Route::delete("/webhook/v1/subscription")
        .scopes(&["webhook_write"])
        .repeat(Repeat::Once)
        .empty_body_is_success();
    type Output = NoContent;

    fn describe(&self, call: &mut Call) {
        call.require_text("url", self.url.as_str()).json(self); // Q85
    }
}
