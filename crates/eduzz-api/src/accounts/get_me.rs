//! `GET /accounts/v1/me` — the account that the token belongs to.

use eduzz_types::accounts::Me;
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Reads the account that owns the token. Any valid token works, so the documentation recommends it
/// as a connection test (docs page `/reference/api/get-accounts-v1-me`).
///
/// The answer does not have the [`EduzzId`](eduzz_types::EduzzId) that sales and webhooks use: a
/// sign-in's grant has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct GetMe {}

builder!(GetMe {
    /// Reads the account that owns the token.
    const new();
});

impl Endpoint for GetMe {
    const ROUTE: Route = Route::get("/accounts/v1/me");
    type Output = Me;

    fn describe(&self, _: &mut Call) {}
}
