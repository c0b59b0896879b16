//! The session: signed in, or signed out.

use eduzz_types::{AccessToken, SignedOut, Timestamp};
use eduzz_wire::{Rejection, Service};
use serde::{Deserialize, Serialize};

use crate::Grant;

/// A session, signed in or signed out.
///
/// It can be stored at any time, for example as JSON. The stored form has the token in clear text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Session(Inner);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(clippy::large_enum_variant, reason = "rarely moved, read for every call")]
enum Inner {
    SignedOut(SignedOut),
    SignedIn(Grant),
}

impl Session {
    /// A session that is signed out.
    #[must_use]
    pub const fn signed_out() -> Self {
        Self(Inner::SignedOut(SignedOut::Never))
    }

    /// A session that is signed in.
    #[must_use]
    pub const fn signed_in(grant: Grant) -> Self {
        Self(Inner::SignedIn(grant))
    }

    /// Signs in, and replaces any grant.
    pub fn sign_in(&mut self, grant: Grant) {
        self.0 = Inner::SignedIn(grant);
    }

    /// Signs out. The token stays valid at the service, which documents no call to revoke it; a
    /// user revokes it in the console ("Aplicativos autorizados").
    pub fn sign_out(&mut self) {
        self.0 = Inner::SignedOut(SignedOut::Never);
    }

    /// The token for a call. If it has expired, the session signs out.
    ///
    /// # Errors
    ///
    /// The session is signed out. There is no refresh: the user must sign in again.
    pub fn token(&mut self, now: Timestamp) -> Result<&AccessToken, SignedOut> {
        if matches!(&self.0, Inner::SignedIn(grant) if grant.is_expired(now)) {
            self.0 = Inner::SignedOut(SignedOut::Expired);
        }
        match &self.0 {
            Inner::SignedIn(grant) => Ok(grant.access_token()),
            Inner::SignedOut(why) => Err(*why),
        }
    }

    /// Handles a rejection. A 401 of the API signs out if the call used the **current** token: an
    /// answer to an older token does not concern the new one. Returns whether it signed out.
    pub fn observe(&mut self, used: &AccessToken, rejection: &Rejection) -> bool {
        let rejected = rejection.status.as_u16() == 401 && rejection.route.service() == Service::Api;
        let ours = matches!(&self.0, Inner::SignedIn(grant) if grant.access_token() == used);
        if rejected && ours {
            self.0 = Inner::SignedOut(SignedOut::Rejected);
        }
        rejected && ours
    }

    /// The current grant, without a check of its expiry.
    #[must_use]
    pub const fn grant(&self) -> Option<&Grant> {
        match &self.0 {
            Inner::SignedIn(grant) => Some(grant),
            Inner::SignedOut(_) => None,
        }
    }

    /// Why the session is signed out, without a check of the token's expiry.
    #[must_use]
    pub const fn why_signed_out(&self) -> Option<SignedOut> {
        match &self.0 {
            Inner::SignedIn(_) => None,
            Inner::SignedOut(why) => Some(*why),
        }
    }
}

impl Default for Session {
    /// A session that is signed out.
    fn default() -> Self {
        Self::signed_out()
    }
}
