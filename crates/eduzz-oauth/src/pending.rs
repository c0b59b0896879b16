//! A sign-in that waits for its callback.

use core::fmt;

use eduzz_types::ClientId;
use serde::{Deserialize, Serialize};

use crate::callback::{self, CallbackError, CallbackErrorKind};
use crate::{App, ExchangeCode, ReturnUrl, State};

/// A sign-in that waits for the browser to return.
///
/// Store it in the same browser's session, for example as JSON; it holds the state in clear text.
/// [`returned`](Self::returned) consumes it, so that a state is used once.
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

    /// The URL that the browser returns to.
    #[must_use]
    pub const fn return_url(&self) -> &ReturnUrl {
        &self.return_url
    }

    /// Reads the callback: the query (with or without `?`), or the whole URL.
    ///
    /// It gives the code only if the callback has this sign-in's state, one code and no error.
    ///
    /// # Errors
    ///
    /// Any other callback. One that is not proved to answer this sign-in leaves it open:
    /// [`CallbackError::into_pending`] gives it back, so that a forged callback cannot end a
    /// sign-in.
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
