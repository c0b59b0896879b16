//! The client: sends calls at their pace, and retries them.

use core::time::Duration;
use std::sync::Arc;

use eduzz_oauth::{ExchangeCode, Grant, Session, State};
use eduzz_types::{AccessToken, Timestamp};
use eduzz_wire::{Callable, Lane, Observation, Origins, Quota, Route, Then, TransportError as _};
use http::{Request, Response};
use rustls::crypto::CryptoProvider;
use tokio::time::Instant;

use crate::account::Account;
use crate::builder::{BuildError, Builder};
use crate::error::{CallError, Error, ExchangeFailure, RandomError};
use crate::pacing::{Pacing, Turns, Waker, turn};
use crate::transport::Transport;
use crate::watch::{self, Observer, Watch};

#[cfg(test)]
#[cfg(any(feature = "ring", feature = "aws-lc-rs"))]
mod tests;

pub(crate) type Engine = eduzz_driver::Engine<Waker, dyn Turns>;

/// A client for the Eduzz API. Clones are cheap and share connections and pace.
///
/// It needs a tokio runtime with time and IO.
#[derive(Clone, Debug)]
pub struct Client {
    engine: Engine,
    transport: Transport,
    provider: Arc<CryptoProvider>,
    observer: Option<Observer>,
}

impl Client {
    /// A client for production, with every default.
    ///
    /// # Errors
    ///
    /// No cryptography is compiled in, or the trusted certificates cannot be loaded.
    pub fn new() -> Result<Self, BuildError> {
        Self::builder().build()
    }

    /// Configures a client.
    #[must_use]
    pub fn builder() -> Builder {
        Builder::new()
    }

    pub(crate) const fn of(engine: Engine, transport: Transport, provider: Arc<CryptoProvider>) -> Self {
        Self {
            engine,
            transport,
            provider,
            observer: None,
        }
    }

    /// The origins that the client calls.
    #[must_use]
    pub fn origins(&self) -> &Origins {
        &self.engine.settings().origins
    }

    /// The client's pace, which another client can share.
    #[must_use]
    pub const fn pacing(&self) -> &Pacing {
        self.engine.pacing()
    }

    /// The same client, whose calls count together under this quota, whatever their tokens.
    #[must_use]
    pub fn quota(&self, quota: Quota) -> Self {
        self.with(self.engine.quota(quota))
    }

    /// The same client, whose calls wait no longer than this in all for their turns and retries;
    /// the time of sending is not counted. A call that would wait longer for a turn fails with
    /// [`CallError::Busy`]; a retry that would, with the error that would be retried.
    /// [`CallError::retry_after`] says when to try again in both cases.
    #[must_use]
    pub fn max_wait(&self, wait: Duration) -> Self {
        self.with(self.engine.max_wait(wait))
    }

    /// The same client, whose calls take their turns from this pace.
    #[must_use]
    pub fn paced_by(&self, pacing: Pacing) -> Self {
        self.with(self.engine.paced_by(pacing))
    }

    /// The same client, which tells this function each step of its calls: waits, answers, retries.
    /// It replaces an earlier function. A wait for a turn that another [keeper](Pacing::granted_by)
    /// grants is not told.
    ///
    /// The function must not block, and must not make calls.
    ///
    /// ```
    /// use eduzz_hyper::Client;
    /// use eduzz_wire::Step;
    ///
    /// let client = Client::new()?.observed_by(|seen| match seen.step {
    ///     Step::Waits(wait) => eprintln!("{}: waits {} s", seen.route, wait.as_secs()),
    ///     Step::Retries(wait) => eprintln!("{}: again in {} s", seen.route, wait.as_secs()),
    ///     _ => {}
    /// });
    /// # drop(client);
    /// # Ok::<(), eduzz_hyper::BuildError>(())
    /// ```
    #[must_use]
    pub fn observed_by(&self, observe: impl Fn(&Observation<'_>) + Send + Sync + 'static) -> Self {
        Self {
            observer: Some(Observer::new(observe)),
            ..self.clone()
        }
    }

    fn with(&self, engine: Engine) -> Self {
        Self {
            engine,
            ..self.clone()
        }
    }

    /// At least how long this call would wait for its turn now; `None` if another
    /// [keeper](Pacing::granted_by) grants it. Nothing is sent.
    pub fn would_wait<'t>(
        &self,
        call: &impl Callable,
        token: impl Into<Option<&'t AccessToken>>,
    ) -> Option<Duration> {
        self.engine.would_wait(call, token.into())
    }

    /// Makes a call at its pace, and retries it where that is safe. All [raw
    /// calls](eduzz_wire::RawCall) of a method share one pace.
    ///
    /// # Errors
    ///
    /// The call cannot be encoded, there is no answer, or the answer is a rejection or cannot be
    /// read.
    pub async fn call<C: Callable>(
        &self,
        call: &C,
        token: impl Into<Option<&AccessToken>>,
    ) -> Result<C::Output, CallError> {
        let (token, route) = (token.into(), call.route());
        let lane = self.engine.lane(call, token);
        watch::call(&route, self.attempts(call, token, &lane, &route)).await
    }

    /// Exchanges the code of a sign-in for a grant.
    ///
    /// The request is sent once. It is retried only while it was certainly not sent; if all
    /// attempts fail so, the error gives the code back.
    ///
    /// # Errors
    ///
    /// The service refused the code, its answer cannot be read, the code was sent without an
    /// answer, or it could not be sent.
    pub async fn exchange(&self, code: ExchangeCode) -> Result<Grant, ExchangeFailure> {
        match self.call(&code, None).await {
            Ok(reply) => Ok(reply.received(Timestamp::now())),
            Err(error) => Err(ExchangeFailure::new(code, error)),
        }
    }

    /// Makes calls with the session's token, and ends the session when the service rejects it.
    #[must_use]
    pub fn account(&self, session: Session) -> Account {
        Account::new(self.clone(), session)
    }

    /// As [`account`](Self::account), for a grant.
    #[must_use]
    pub fn signed_in(&self, grant: Grant) -> Account {
        self.account(Session::signed_in(grant))
    }

    /// Creates the state of a sign-in from the system's random generator.
    ///
    /// # Errors
    ///
    /// The system gives no random bytes.
    pub fn new_state(&self) -> Result<State, RandomError> {
        let mut bytes = [0; 32];
        self.provider
            .secure_random
            .fill(&mut bytes)
            .map_err(|_| RandomError::new())?;
        Ok(State::from_random(bytes))
    }

    /// Sends a request once and unchanged, without pace, and reads the whole response, whatever its
    /// status.
    ///
    /// # Errors
    ///
    /// There is no whole response within the client's limits.
    pub async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, Error> {
        self.transport.send(request).await
    }

    /// Does what the engine says.
    async fn attempts<C: Callable>(
        &self,
        call: &C,
        token: Option<&AccessToken>,
        lane: &Lane,
        route: &Route,
    ) -> Result<C::Output, CallError> {
        let mut attempt = self.engine.attempt(call, token)?;
        loop {
            let (number, patience) = (attempt.number(), attempt.patience());
            let start = patience.map(|_| Instant::now());
            let watch = Watch::new(self.observer.as_ref(), route, number);
            let permit = turn(self.pacing(), lane, watch, patience).await?;
            let waited = start.map(|start| start.elapsed()).unwrap_or_default();
            let (sending, request) = attempt.granted(waited);
            let answer = self.send(request).await;
            watch.attempted(&answer);
            let outcome = match answer {
                Ok(response) => sending.answered(&response),
                Err(error) => sending.lost(error.at(route.clone())),
            };
            permit.ended(outcome.turn());
            match self.engine.decide(outcome) {
                Then::Done(result) => return result,
                Then::Retry(retry) => {
                    watch.retried(retry.wait());
                    tokio::time::sleep(retry.wait()).await;
                    attempt = retry.attempt()?;
                }
            }
        }
    }
}
