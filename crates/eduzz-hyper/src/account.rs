//! A client with a session.

use core::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use eduzz_oauth::{Grant, Session};
use eduzz_types::{AccessToken, Timestamp};
use eduzz_wire::{Endpoint, RawAnswer, RawCall, ResponseError};

use crate::client::Client;
use crate::error::CallError;

/// A client for one account. Clones are cheap and share the session.
///
/// Without a valid session a call fails before anything is sent. A 401 ends the session if it
/// answered the current token: an answer to an older token does not end a newer session.
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
    /// The account is signed out, or as [`Client::call`].
    pub async fn call<E: Endpoint>(&self, call: &E) -> Result<E::Output, CallError> {
        let token = self.token()?;
        let outcome = self.client.call(call, &token).await;
        self.observe(&token, outcome)
    }

    /// Makes a call without a model with the session's token.
    ///
    /// # Errors
    ///
    /// The account is signed out, or as [`Client::raw`].
    pub async fn raw(&self, call: &RawCall) -> Result<RawAnswer, CallError> {
        let token = self.token()?;
        let outcome = self.client.raw(call, &token).await;
        self.observe(&token, outcome)
    }

    /// A copy of the session, to store it.
    #[must_use]
    pub fn session(&self) -> Session {
        self.lock().clone()
    }

    /// Signs in, and replaces the session.
    pub fn sign_in(&self, grant: Grant) {
        self.lock().sign_in(grant);
    }

    /// Signs out locally. The token stays valid at the service.
    pub fn sign_out(&self) {
        self.lock().sign_out();
    }

    /// The client.
    #[must_use]
    pub const fn client(&self) -> &Client {
        &self.client
    }

    fn token(&self) -> Result<AccessToken, CallError> {
        Ok(self.lock().token(Timestamp::now())?.clone())
    }

    fn observe<T>(&self, used: &AccessToken, outcome: Result<T, CallError>) -> Result<T, CallError> {
        if let Err(CallError::Response(ResponseError::Rejected(rejection))) = &outcome {
            self.lock().observe(used, rejection);
        }
        outcome
    }

    fn lock(&self) -> MutexGuard<'_, Session> {
        // Every update is complete, so a poisoned lock is safe to use.
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
