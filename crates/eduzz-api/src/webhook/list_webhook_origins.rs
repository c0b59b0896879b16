//! `GET /webhook/v1/origin` — the available events.

use eduzz_types::List;
use eduzz_types::webhook::subscriptions::Origin;
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Lists the parts of Eduzz that events come from, with their events (docs page
/// `/reference/api/get-webhook-v1-origin`).
///
/// The documentation names no scope for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ListWebhookOrigins {}

builder!(ListWebhookOrigins {
    /// Lists the events.
    const new();
});

impl Endpoint for ListWebhookOrigins {
    const ROUTE: Route = Route::get("/webhook/v1/origin");
    type Output = List<Origin>;

    fn describe(&self, _: &mut Call) {}
}
