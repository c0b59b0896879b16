//! `GET /webhook/v1/subscription` — the subscriptions.

use alloc::string::String;
use alloc::vec::Vec;

use eduzz_types::webhook::subscriptions::Subscription;
use eduzz_types::{List, PersonalText};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Lists the subscriptions (docs page `/reference/api/get-webhook-v1-subscription`): a bare list
/// without pages, in which events are bare names (Q78). Whether it has those that were made in the
/// console too is not documented.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ListWebhookSubscriptions {
    /// Query parameters as name and value, added by [`extra_query`](method@Self::extra_query):
    /// there are two, which were published without their names (Q84). The values may be personal
    /// data, so they do not print.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extra_query: Vec<(String, PersonalText)>,
}

builder!(ListWebhookSubscriptions {
    /// Lists the subscriptions.
    const new();
    ..extra_query
});

impl Endpoint for ListWebhookSubscriptions {
    const ROUTE: Route = Route::get("/webhook/v1/subscription").scopes(&["webhook_read"]);
    type Output = List<Subscription>;

    fn describe(&self, call: &mut Call) {
        self.describe_extra_query(call);
    }
}
