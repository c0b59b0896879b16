//! The result of a sign-in.

use alloc::vec::Vec;

use eduzz_types::auth::{AuthenticatedUserId, Token, TokenUser};
use eduzz_types::{AccessToken, AccountId, EduzzId, Lifetime, Scopes, Timestamp, TokenId};
use eduzz_wire::Route;
use serde::{Deserialize, Serialize};

/// A token with its expiry, scopes and owner.
///
/// It can be stored, for example as JSON. **The stored form has the token in clear text**: protect
/// it like a password. Later versions of this crate read the stored form of this version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    access_token: AccessToken,
    kind: GrantKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ends: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    received: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    scopes: Option<Scopes>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    token_id: Option<TokenId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    user: Option<TokenUser>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    authenticated_userid: Option<AuthenticatedUserId>,
}

/// How a grant was obtained.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum GrantKind {
    /// By a sign-in.
    SignIn,
    /// For the application itself, without a user ([`undocumented`](crate::undocumented)).
    Application,
    /// A personal token from the console, which Eduzz intends for tests (docs page
    /// `/docs/api/personal-token`).
    Personal,
}

impl Grant {
    /// Creates a grant from a personal token, without a sign-in. It has no expiry; its scopes and
    /// owner are unknown.
    #[must_use]
    pub const fn personal(token: AccessToken) -> Self {
        Self {
            access_token: token,
            kind: GrantKind::Personal,
            ends: None,
            received: None,
            scopes: None,
            token_id: None,
            user: None,
            authenticated_userid: None,
        }
    }

    pub(crate) fn from_token(token: Token, kind: GrantKind, now: Timestamp) -> Self {
        Self {
            access_token: token.access_token,
            kind,
            // Q7: 0 or absent means no expiry.
            ends: token.expires_in.unwrap_or(Lifetime::UNLIMITED).end(now),
            received: Some(now),
            scopes: token.scope,
            token_id: token.id,
            user: token.user,
            authenticated_userid: token.authenticated_userid,
        }
    }

    /// The token. [`Session::token`](crate::Session::token) checks its expiry first.
    #[must_use]
    pub const fn access_token(&self) -> &AccessToken {
        &self.access_token
    }

    /// How the grant was obtained.
    #[must_use]
    pub const fn kind(&self) -> GrantKind {
        self.kind
    }

    /// When the token expires; `None` means never, which is the service's current answer (Q7).
    #[must_use]
    pub const fn ends(&self) -> Option<Timestamp> {
        self.ends
    }

    /// When the token was received; `None` for a personal token.
    #[must_use]
    pub const fn received(&self) -> Option<Timestamp> {
        self.received
    }

    /// Whether the token has expired.
    #[must_use]
    pub fn is_expired(&self, now: Timestamp) -> bool {
        self.ends.is_some_and(|end| end <= now)
    }

    /// The granted scopes; `None` if the service did not name them.
    #[must_use]
    pub const fn scopes(&self) -> Option<&Scopes> {
        self.scopes.as_ref()
    }

    /// The token's id, not the token itself.
    #[must_use]
    pub const fn token_id(&self) -> Option<&TokenId> {
        self.token_id.as_ref()
    }

    /// The user, if the service named one.
    #[must_use]
    pub const fn user(&self) -> Option<&TokenUser> {
        self.user.as_ref()
    }

    /// The id of the account that signed in.
    #[must_use]
    pub fn account_id(&self) -> Option<AccountId> {
        let named = self
            .user
            .as_ref()
            .and_then(|user| user.id.clone())
            .filter(|id| !id.as_str().is_empty());
        named.or_else(|| self.authenticated_userid.as_ref()?.account_id())
    }

    /// The account's number in sales and webhooks. Only the token answer has it.
    #[must_use]
    pub fn eduzz_id(&self) -> Option<EduzzId> {
        let named = self.user.as_ref().and_then(TokenUser::eduzz_id).cloned();
        named.or_else(|| self.authenticated_userid.as_ref()?.eduzz_id())
    }

    /// Compares the granted scopes with those of a route, so that a missing scope is known before
    /// the first call.
    ///
    /// ```
    /// # use eduzz_oauth::{Coverage, Grant};
    /// # use eduzz_types::AccessToken;
    /// # use eduzz_wire::Route;
    /// const SALES: Route = Route::get("/myeduzz/v1/sales").scopes(&["myeduzz_sales_read"]);
    ///
    /// let grant = Grant::personal(AccessToken::new("edzpap_invented"));
    /// assert_eq!(grant.coverage(&SALES), Coverage::Unknown); // a personal token's scopes are unknown
    /// ```
    #[must_use]
    pub fn coverage(&self, route: &Route) -> Coverage {
        let needed = route.needed_scopes();
        if needed.is_empty() {
            return Coverage::Covered;
        }
        match &self.scopes {
            None => Coverage::Unknown,
            Some(scopes) => match scopes.missing(needed) {
                missing if missing.is_empty() => Coverage::Covered,
                missing => Coverage::Missing(missing),
            },
        }
    }
}

/// Whether a grant has the scopes of a route.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Coverage {
    /// It has all of them.
    Covered,
    /// These are missing. The application's scopes are set in the console; after a change the user
    /// must sign in again.
    Missing(Vec<&'static str>),
    /// The token's scopes are unknown.
    Unknown,
}
