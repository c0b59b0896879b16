//! Why there is no token to call with.

use core::fmt;

use serde::{Deserialize, Serialize};

/// Why a session is signed out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SignedOut {
    /// There was no sign-in, or the user signed out.
    Never,
    /// The token expired.
    Expired,
    /// The service no longer accepts the token, for example because it was revoked or the
    /// application's scopes changed.
    Rejected,
}

impl fmt::Display for SignedOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Never => "not signed in; sign in first",
            Self::Expired => "the token has expired; sign in again",
            Self::Rejected => {
                "the service no longer accepts the token; sign in again, or create a new personal token"
            }
        })
    }
}

impl core::error::Error for SignedOut {}
