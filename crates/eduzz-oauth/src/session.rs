//! Being signed in, or not.

use core::fmt;

use eduzz_types::{AccessToken, Timestamp};
use eduzz_wire::{Rejection, Service};
use serde::{Deserialize, Serialize};

use crate::Grant;

/// Whether somebody is signed in, and with what.
///
/// It can be stored at any moment, as JSON (see the crate's front page); the stored form has the token in clear.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Session(Inner);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(
    clippy::large_enum_variant,
    reason = "a session is moved rarely and read for every call"
)]
enum Inner {
    SignedOut(SignedOut),
    SignedIn(Grant),
}

/// Why nobody is signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SignedOut {
    /// Nobody has signed in, or somebody signed out.
    Never,
    /// The token's end came.
    Expired,
    /// The service no longer accepts the token: it was revoked, say, or the application's scopes changed.
    Rejected,
}

impl Session {
    /// Nobody is signed in.
    #[must_use]
    pub const fn signed_out() -> Self {
        Self(Inner::SignedOut(SignedOut::Never))
    }

    /// Somebody is signed in.
    #[must_use]
    pub const fn signed_in(grant: Grant) -> Self {
        Self(Inner::SignedIn(grant))
    }

    /// Signs in, in the place of whoever was.
    pub fn sign_in(&mut self, grant: Grant) {
        self.0 = Inner::SignedIn(grant);
    }

    /// Signs out. The token stays valid at the service, which documents no way to end it; a person revokes it in the
    /// console ("Aplicativos autorizados").
    pub fn sign_out(&mut self) {
        self.0 = Inner::SignedOut(SignedOut::Never);
    }

    /// The token to call with. When its end has come, the session signs out.
    ///
    /// # Errors
    ///
    /// Nobody is signed in; there is nothing to refresh, the person must sign in again.
    pub fn token(&mut self, now: Timestamp) -> Result<&AccessToken, SignedOut> {
        if matches!(&self.0, Inner::SignedIn(grant) if grant.is_expired(now)) {
            self.0 = Inner::SignedOut(SignedOut::Expired);
        }
        match &self.0 {
            Inner::SignedIn(grant) => Ok(grant.access_token()),
            Inner::SignedOut(why) => Err(*why),
        }
    }

    /// Takes note of a rejection. A 401 of the API signs out, if the call was made with the token that is held **now**: an
    /// answer to an older token says nothing about the new one. Returns whether it signed out.
    pub fn observe(&mut self, used: &AccessToken, rejection: &Rejection) -> bool {
        let rejected = rejection.status.as_u16() == 401 && rejection.route.service() == Service::Api;
        let ours = matches!(&self.0, Inner::SignedIn(grant) if grant.access_token() == used);
        if rejected && ours {
            self.0 = Inner::SignedOut(SignedOut::Rejected);
        }
        rejected && ours
    }

    /// What somebody is signed in with. It does not check the token's end.
    #[must_use]
    pub const fn grant(&self) -> Option<&Grant> {
        match &self.0 {
            Inner::SignedIn(grant) => Some(grant),
            Inner::SignedOut(_) => None,
        }
    }

    /// Why nobody is signed in. It does not check the token's end.
    #[must_use]
    pub const fn why_signed_out(&self) -> Option<SignedOut> {
        match &self.0 {
            Inner::SignedIn(_) => None,
            Inner::SignedOut(why) => Some(*why),
        }
    }
}

impl Default for Session {
    /// Nobody is signed in.
    fn default() -> Self {
        Self::signed_out()
    }
}

impl fmt::Display for SignedOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Never => "nobody is signed in; sign in first",
            Self::Expired => "the token's end has come; sign in again",
            Self::Rejected => {
                "the service no longer accepts the token; sign in again, or make a new personal token"
            }
        })
    }
}

impl core::error::Error for SignedOut {}
