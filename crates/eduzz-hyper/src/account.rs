//! A client with a session.

use core::time::Duration;

use eduzz_driver::SharedSession;
use eduzz_oauth::{Grant, Session};
use eduzz_wire::{Callable, Quota};

use crate::client::Client;
use crate::error::CallError;
use crate::pacing::Pacing;

/// A client for one account. Clones are cheap and share the session.
///
/// Without a valid session a call fails before anything is sent. A 401 ends the session if it
/// answered the current token: an answer to an older token does not end a newer session.
#[derive(Clone, Debug)]
pub struct Account {
    client: Client,
    session: SharedSession,
}

impl Account {
    pub(crate) fn new(client: Client, session: Session) -> Self {
        Self {
            client,
            session: SharedSession::new(session),
        }
    }

    /// Makes a call with the session's token.
    ///
    /// # Errors
    ///
    /// The account is signed out, or as [`Client::call`].
    pub async fn call<C: Callable>(&self, call: &C) -> Result<C::Output, CallError> {
        let token = self.session.token()?;
        let outcome = self.client.call(call, &token).await;
        self.session.observe(&token, &outcome);
        outcome
    }

    /// The same account, whose calls count together under this quota: see [`Client::quota`].
    #[must_use]
    pub fn quota(&self, quota: Quota) -> Self {
        self.with(self.client.quota(quota))
    }

    /// The same account, whose calls wait no longer than this: see [`Client::max_wait`].
    #[must_use]
    pub fn max_wait(&self, wait: Duration) -> Self {
        self.with(self.client.max_wait(wait))
    }

    /// The same account, whose calls take their turns from this pace: see [`Client::paced_by`].
    #[must_use]
    pub fn paced_by(&self, pacing: Pacing) -> Self {
        self.with(self.client.paced_by(pacing))
    }

    /// At least how long this call would wait for its turn now: see [`Client::would_wait`].
    #[must_use]
    pub fn would_wait(&self, call: &impl Callable) -> Option<Duration> {
        let session = self.session();
        self.client
            .would_wait(call, session.grant().map(Grant::access_token))
    }

    /// Calls the hook after each change of the session, to store it: with the session before and
    /// after. It replaces an earlier hook.
    ///
    /// Where several processes store one session, replace only what is equal to `before`: so the
    /// end of an older session does not overwrite a newer sign-in.
    ///
    /// The hook must not block for long, and must not call the account.
    #[must_use]
    pub fn on_change(self, hook: impl Fn(&Session, &Session) + Send + Sync + 'static) -> Self {
        Self {
            session: self.session.on_change(hook),
            ..self
        }
    }

    /// A copy of the session, to store it.
    #[must_use]
    pub fn session(&self) -> Session {
        self.session.get()
    }

    /// Signs in, and replaces the session.
    pub fn sign_in(&self, grant: Grant) {
        self.session.change(|session| session.sign_in(grant));
    }

    /// Signs out locally. The token stays valid at the service.
    pub fn sign_out(&self) {
        self.session.change(Session::sign_out);
    }

    /// The client.
    #[must_use]
    pub const fn client(&self) -> &Client {
        &self.client
    }

    fn with(&self, client: Client) -> Self {
        Self {
            client,
            session: self.session.clone(),
        }
    }
}
