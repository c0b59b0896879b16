//! The client: sends calls at their pace, and retries them.

use core::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use eduzz_oauth::{ExchangeCode, Grant, Session, State};
use eduzz_types::{AccessToken, Timestamp};
use eduzz_wire::{
    Backoff, EncodeError, Endpoint, EndpointExt as _, Failure, Origins, RawAnswer, RawCall, Repeat,
    ResponseError, RetryBudget, Route, Sent,
};
use http::header::{HeaderValue, USER_AGENT};
use http::{Request, Response, StatusCode};
use rustls::crypto::CryptoProvider;

use crate::account::Account;
use crate::builder::{BuildError, Builder};
use crate::error::{CallError, Error, ExchangeFailure, RandomError};
use crate::pacing::{PacedLane, Pacing, RateKey};
use crate::transport::Transport;
use crate::watch;

#[cfg(test)]
#[cfg(any(feature = "ring", feature = "aws-lc-rs"))]
mod tests;

/// A client for the Eduzz API. Clones are cheap and share connections and pace.
///
/// It needs a tokio runtime with time and IO.
#[derive(Clone)]
pub struct Client(Arc<Parts>);

pub(crate) struct Parts {
    pub(crate) transport: Transport,
    #[cfg(test)]
    pub(crate) fake: Option<Fake>,
    pub(crate) origins: Origins,
    pub(crate) backoff: Backoff,
    pub(crate) budget: Mutex<RetryBudget>,
    pub(crate) pacing: Pacing,
    pub(crate) user_agent: HeaderValue,
    pub(crate) provider: Arc<CryptoProvider>,
}

/// Answers in place of the network, in tests of this crate.
#[cfg(test)]
pub(crate) type Fake = Box<dyn Fn(Request<Vec<u8>>) -> Result<Response<Vec<u8>>, Error> + Send + Sync>;

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

    pub(crate) fn of(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    /// The origins that the client calls.
    #[must_use]
    pub fn origins(&self) -> &Origins {
        &self.0.origins
    }

    /// The client's pace, which another client can share.
    #[must_use]
    pub fn pacing(&self) -> &Pacing {
        &self.0.pacing
    }

    /// Makes a call at its pace, and retries it where that is safe.
    ///
    /// # Errors
    ///
    /// The call cannot be encoded, there is no answer, or the answer is a rejection or cannot be
    /// read.
    pub async fn call<E: Endpoint>(
        &self,
        call: &E,
        token: impl Into<Option<&AccessToken>>,
    ) -> Result<E::Output, CallError> {
        let token = token.into();
        let key = rate_key(&E::ROUTE);
        let lane = self.0.pacing.lane(&key, token);
        let request = || call.request(&self.0.origins, token);
        let work = self.attempts(&key, &lane, E::ROUTE.repeatability(), request, |response| {
            call.response(response)
        });
        watch::call(&key, work).await
    }

    /// Makes a call without a model at its pace, and retries it where that is safe. All such calls
    /// of a method share one pace.
    ///
    /// # Errors
    ///
    /// The call cannot be encoded, there is no answer, or the answer is a rejection.
    pub async fn raw(
        &self,
        call: &RawCall,
        token: impl Into<Option<&AccessToken>>,
    ) -> Result<RawAnswer, CallError> {
        let token = token.into();
        let key = (call.method().clone(), "(raw call)");
        let lane = self.0.pacing.lane(&key, token);
        let request = || call.request(&self.0.origins, token);
        let work = self.attempts(&key, &lane, call.repeatability(), request, |response| {
            call.response(response)
        });
        watch::call(&key, work).await
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
        let key = rate_key(&ExchangeCode::ROUTE);
        watch::call(&key, self.exchange_attempts(code, &key)).await
    }

    async fn exchange_attempts(&self, code: ExchangeCode, key: &RateKey) -> Result<Grant, ExchangeFailure> {
        let lane = self.0.pacing.lane(key, None);
        let mut attempt = 1;
        loop {
            let request = match code.request(&self.0.origins, None) {
                Ok(request) => request,
                Err(error) => return Err(ExchangeFailure::unsent(code, error.into())),
            };
            let error = match self.attempt(&lane, attempt, request).await {
                Ok(response) => {
                    let reply = code.answered(&response).map_err(ExchangeFailure::answered)?;
                    return Ok(reply.received(Timestamp::now()));
                }
                Err(error) => error.at(key),
            };
            // A code that may have been sent is never sent again, whatever the backoff says.
            let is_final = error.sent() == Sent::MaybeSent || error.is_permanent();
            let failure = Failure::Transport(error.sent());
            if is_final || !self.wait(&lane, Repeat::Once, attempt, failure).await {
                return Err(ExchangeFailure::unanswered(code, error));
            }
            attempt += 1;
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
        self.0
            .provider
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
        #[cfg(test)]
        if let Some(fake) = &self.0.fake {
            return fake(request);
        }
        self.0.transport.send(request).await
    }

    /// Attempts the call until there is an answer or no further attempt.
    async fn attempts<T>(
        &self,
        key: &RateKey,
        lane: &PacedLane<'_>,
        repeat: Repeat,
        request: impl Fn() -> Result<Request<Vec<u8>>, EncodeError>,
        read: impl Fn(&Response<Vec<u8>>) -> Result<T, ResponseError>,
    ) -> Result<T, CallError> {
        let mut attempt = 1;
        loop {
            let (failure, error) = match self.attempt(lane, attempt, request()?).await {
                Ok(response) => {
                    self.budget(|budget| budget.answered(response.status()));
                    match read(&response) {
                        Ok(value) => return Ok(value),
                        Err(error) => match error.rejection() {
                            Some(rejection) => (Failure::from(rejection), CallError::from(error)),
                            None => return Err(error.into()),
                        },
                    }
                }
                Err(error) if error.is_permanent() => return Err(error.at(key).into()),
                Err(error) => (Failure::Transport(error.sent()), error.at(key).into()),
            };
            if !self.wait(lane, repeat, attempt, failure).await {
                return Err(error);
            }
            attempt += 1;
        }
    }

    /// Makes one attempt at the endpoint's pace.
    async fn attempt(
        &self,
        lane: &PacedLane<'_>,
        attempt: u32,
        mut request: Request<Vec<u8>>,
    ) -> Result<Response<Vec<u8>>, Error> {
        let turn = lane.turn(|wait| watch::paced(attempt, wait)).await;
        request
            .headers_mut()
            .entry(USER_AGENT)
            .or_insert_with(|| self.0.user_agent.clone());
        let outcome = self.send(request).await;
        turn.ended(outcome.as_ref().err().map(Error::sent));
        watch::attempted(attempt, &outcome);
        outcome
    }

    /// Waits for the next attempt; `false` if no attempt is left.
    async fn wait(&self, lane: &PacedLane<'_>, repeat: Repeat, attempt: u32, failure: Failure) -> bool {
        if let Failure::Status {
            status: StatusCode::TOO_MANY_REQUESTS,
            retry_after: Some(asked),
        } = failure
        {
            // It concerns every call of the endpoint, whether this one is retried or not.
            let most = self.0.backoff.retry_after_ceiling;
            lane.hold(asked.min(most));
        }
        let Some(wait) = self.0.backoff.wait(repeat, attempt, failure, self.jitter()) else {
            return false;
        };
        if !self.budget(RetryBudget::take) {
            watch::spent(attempt);
            return false;
        }
        watch::retried(attempt, wait);
        tokio::time::sleep(wait).await;
        true
    }

    fn budget<T>(&self, act: impl FnOnce(&mut RetryBudget) -> T) -> T {
        // Every update is complete, so a poisoned lock is safe to use.
        act(&mut self.0.budget.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// A random number; without one, clients only retry at more similar times.
    fn jitter(&self) -> u64 {
        let mut bytes = [0; 8];
        match self.0.provider.secure_random.fill(&mut bytes) {
            Ok(()) => u64::from_ne_bytes(bytes),
            Err(_) => u64::MAX / 2,
        }
    }
}

fn rate_key(route: &Route) -> RateKey {
    (route.method().clone(), route.template())
}

impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Client")
            .field("origins", &self.0.origins)
            .field("backoff", &self.0.backoff)
            .field("pacing", &self.0.pacing)
            .finish_non_exhaustive()
    }
}
