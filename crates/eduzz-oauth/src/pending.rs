//! A sign-in that waits for its person.

use core::fmt;

use eduzz_types::ClientId;
use serde::{Deserialize, Serialize};

use crate::callback::{self, CallbackError, CallbackErrorKind};
use crate::{App, ExchangeCode, ReturnUrl, State};

/// A sign-in that was begun and waits for the browser to come back.
///
/// Store it where only the same browser's session reaches it (as JSON, say: see the crate's front page); it holds the state in clear. It is
/// used up by [`returned`](Self::returned), so that a state counts once.
#[derive(Serialize, Deserialize)]
pub struct Pending {
    client_id: ClientId,
    return_url: ReturnUrl,
    #[serde(with = "crate::state::stored")]
    state: State,
}

impl Pending {
    pub(crate) const fn new(client_id: ClientId, return_url: ReturnUrl, state: State) -> Self {
        Self {
            client_id,
            return_url,
            state,
        }
    }

    /// Where the browser is to come back to.
    #[must_use]
    pub const fn return_url(&self) -> &ReturnUrl {
        &self.return_url
    }

    /// Reads what the browser came back with: the query (with or without `?`), or the whole address.
    ///
    /// The code comes out exactly when the callback has our state, one code and no error.
    ///
    /// # Errors
    ///
    /// Every other callback. One that does not prove to be the answer to this sign-in leaves it open:
    /// [`CallbackError::into_pending`] gives it back, so that a stranger cannot end somebody's sign-in.
    pub fn returned(self, app: &App, callback: &str) -> Result<ExchangeCode, CallbackError> {
        if app.client_id != self.client_id {
            return Err(CallbackError::open(CallbackErrorKind::OtherApp, self));
        }
        match callback::read(&self.state, callback) {
            Ok(code) => Ok(ExchangeCode::new(app, self.return_url, code)),
            Err(kind) if kind.leaves_open() => Err(CallbackError::open(kind, self)),
            Err(kind) => Err(CallbackError::closed(kind)),
        }
    }
}

impl fmt::Debug for Pending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pending")
            .field("client_id", &self.client_id)
            .field("return_url", &self.return_url)
            .finish_non_exhaustive()
    }
}
