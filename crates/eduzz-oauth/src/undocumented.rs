//! Undocumented calls that work, but may stop working. No other part of the SDK depends on them.

use core::fmt;

use eduzz_types::Timestamp;
use eduzz_types::auth::Token;
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

use crate::{App, Grant, GrantKind};

/// Requests a token for the application itself, without a user (`grant_type=client_credentials`).
///
/// Two integrations read sales with such a token (Q5). It presumably acts for the account that owns
/// the application. The documentation describes only the sign-in.
///
/// Such a token may end: one got 401 in a long back-fill and was requested again (Q183). A session
/// then signs out; request a new token and continue where the walk stopped.
pub struct ClientCredentials<'a>(&'a App);

impl<'a> ClientCredentials<'a> {
    /// Creates the call for an application.
    #[must_use]
    pub const fn of(app: &'a App) -> Self {
        Self(app)
    }
}

impl Endpoint for ClientCredentials<'_> {
    const ROUTE: Route = Route::post("/oauth/token").at_accounts_api();
    type Output = ApplicationToken;

    fn describe(&self, call: &mut Call) {
        // Q5: only a form body is known to work.
        call.form(&[
            ("client_id", self.0.client_id.as_str()),
            ("client_secret", self.0.client_secret.expose()),
            ("grant_type", "client_credentials"),
        ]);
    }
}

/// The answer to [`ClientCredentials`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ApplicationToken(Token);

impl ApplicationToken {
    /// Makes the grant. `now` is the time of the answer.
    #[must_use]
    pub fn received(self, now: Timestamp) -> Grant {
        Grant::from_token(self.0, GrantKind::Application, now)
    }
}

impl fmt::Debug for ClientCredentials<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ClientCredentials").field(self.0).finish()
    }
}
