//! `GET /webhook/v1/secret` — the signing secret.

use eduzz_types::webhook::subscriptions::SigningSecret;
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Gives the secret that signs the deliveries of the subscriptions that this application made (docs
/// page `/reference/api/get-webhook-v1-secret`).
///
/// No call creates, changes or deletes a secret. Other secrets can be created in the console.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct GetWebhookSecret {}

builder!(GetWebhookSecret {
    /// Gives the secret.
    const new();
});

impl Endpoint for GetWebhookSecret {
    const ROUTE: Route = Route::get("/webhook/v1/secret").scopes(&["webhook_read"]);
    type Output = SigningSecret;

    fn describe(&self, _: &mut Call) {}
}
