//! A client with a session: calls with its token, and notices when it ends.

use core::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use eduzz_oauth::{Grant, Session};
use eduzz_types::AccessToken;
use eduzz_wire::{Endpoint, RawAnswer, RawCall, ResponseError};

use crate::client::{Client, now};
use crate::error::CallError;

/// A client that calls for one account. Cheap to clone: clones share the session.
///
/// A session that ended is an error before anything is sent. A 401 ends the session, if it answered the token that is held by
/// then: an answer to an older token does not sign out the newer one.
#[derive(Clone)]
pub struct Account {
    client: Client,
    session: Arc<Mutex<Session>>,
}

impl Account {
    pub(crate) fn new(client: Client, session: Session) -> Self {
        Self {
            client,
            session: Arc::new(Mutex::new(session)),
        }
    }

    /// Makes a call with the session's token.
    ///
    /// # Errors
    ///
    /// Nobody is signed in, or as [`Client::call`].
    pub async fn call<E: Endpoint>(&self, call: &E) -> Result<E::Output, CallError> {
        let token = self.token()?;
        let outcome = self.client.call(call, &token).await;
        self.observe(&token, outcome)
    }

    /// Makes a call that is not modelled with the session's token.
    ///
    /// # Errors
    ///
    /// Nobody is signed in, or as [`Client::raw`].
    pub async fn raw(&self, call: &RawCall) -> Result<RawAnswer, CallError> {
        let token = self.token()?;
        let outcome = self.client.raw(call, &token).await;
        self.observe(&token, outcome)
    }

    /// A copy of the session, to store.
    #[must_use]
    pub fn session(&self) -> Session {
        self.lock().clone()
    }

    /// Signs in, in the place of whoever was.
    pub fn sign_in(&self, grant: Grant) {
        self.lock().sign_in(grant);
    }

    /// Signs out. The token stays valid at the service.
    pub fn sign_out(&self) {
        self.lock().sign_out();
    }

    /// The client that calls.
    #[must_use]
    pub const fn client(&self) -> &Client {
        &self.client
    }

    fn token(&self) -> Result<AccessToken, CallError> {
        Ok(self.lock().token(now())?.clone())
    }

    fn observe<T>(&self, used: &AccessToken, outcome: Result<T, CallError>) -> Result<T, CallError> {
        if let Err(CallError::Response(ResponseError::Rejected(rejection))) = &outcome {
            self.lock().observe(used, rejection);
        }
        outcome
    }

    fn lock(&self) -> MutexGuard<'_, Session> {
        // A session is whole between any two steps, so a panic elsewhere leaves nothing broken.
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Account {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let signed_out = self.lock().why_signed_out();
        formatter
            .debug_struct("Account")
            .field("signed_out", &signed_out)
            .finish_non_exhaustive()
    }
}
