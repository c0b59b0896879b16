//! The client: calls, paces, repeats.

use core::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use eduzz_oauth::{ExchangeCode, Grant, Session, State};
use eduzz_types::{AccessToken, Timestamp};
use eduzz_wire::{
    Backoff, EncodeError, Endpoint, EndpointExt as _, Failure, Origins, RawAnswer, RawCall, Repeat,
    ResponseError, RetryBudget, Sent,
};
use http::header::{HeaderValue, USER_AGENT};
use http::{Request, Response, StatusCode};
use rustls::crypto::CryptoProvider;

use crate::account::Account;
use crate::builder::Builder;
use crate::error::{BuildError, CallError, Error, ExchangeFailure, RandomError};
use crate::pacing::{Lane, Pacing};
use crate::transport::Transport;
use crate::watch;

#[cfg(test)]
#[cfg(any(feature = "ring", feature = "aws-lc-rs"))]
mod tests;

/// A client for the Eduzz API. Cheap to clone: clones share connections and pace.
///
/// It needs a tokio runtime with time and IO.
#[derive(Clone)]
pub struct Client(Arc<Parts>);

pub(crate) struct Parts {
    pub(crate) wire: Wire,
    pub(crate) origins: Origins,
    pub(crate) backoff: Backoff,
    pub(crate) budget: Mutex<RetryBudget>,
    pub(crate) pacing: Pacing,
    pub(crate) user_agent: HeaderValue,
    pub(crate) provider: Arc<CryptoProvider>,
}

/// What sends.
#[cfg_attr(
    test,
    allow(
        clippy::large_enum_variant,
        reason = "the other variant is there in tests alone"
    )
)]
pub(crate) enum Wire {
    Net(Transport),
    #[cfg(all(test, any(feature = "ring", feature = "aws-lc-rs")))]
    Fake(tests::Fake),
}

impl Client {
    /// A client of the platform itself, with every default.
    ///
    /// # Errors
    ///
    /// No cryptography is compiled in, or the trusted certificates cannot be loaded.
    pub fn new() -> Result<Self, BuildError> {
        Self::builder().build()
    }

    /// Starts to describe a client.
    #[must_use]
    pub fn builder() -> Builder {
        Builder::new()
    }

    pub(crate) fn of(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    /// Where the client's calls go.
    #[must_use]
    pub fn origins(&self) -> &Origins {
        &self.0.origins
    }

    /// The pace that the client keeps, to be shared with another.
    #[must_use]
    pub fn pacing(&self) -> &Pacing {
        &self.0.pacing
    }

    /// Makes a call, at its pace, again if it may be repeated.
    ///
    /// # Errors
    ///
    /// The call cannot be encoded, there is no answer, the answer says no, or it cannot be read.
    pub async fn call<E: Endpoint>(
        &self,
        call: &E,
        token: impl Into<Option<&AccessToken>>,
    ) -> Result<E::Output, CallError> {
        let token = token.into();
        let plan = Plan {
            lane: (E::ROUTE.method().clone(), E::ROUTE.template()),
            repeat: E::ROUTE.repeatability(),
        };
        let request = || call.request(&self.0.origins, token);
        let work = self.rounds(&plan, request, |response| call.response(response));
        watch::call(&plan.lane, work).await
    }

    /// Makes a call that is not modelled, at its pace, again if it may be repeated. All such calls of a method share one pace.
    ///
    /// # Errors
    ///
    /// The call cannot be encoded, there is no answer, or the answer says no.
    pub async fn raw(
        &self,
        call: &RawCall,
        token: impl Into<Option<&AccessToken>>,
    ) -> Result<RawAnswer, CallError> {
        let token = token.into();
        let plan = Plan {
            lane: (call.method().clone(), "(raw call)"),
            repeat: call.repeatability(),
        };
        let request = || call.request(&self.0.origins, token);
        let work = self.rounds(&plan, request, |response| call.response(response));
        watch::call(&plan.lane, work).await
    }

    /// Exchanges the code of a sign-in for a grant.
    ///
    /// The request is sent once. It is repeated only while it was certainly not sent; when that does not help, the error gives
    /// the code back.
    ///
    /// # Errors
    ///
    /// The service refused, what it answered cannot be read, the code's fate is unknown, or it could not be sent.
    pub async fn exchange(&self, code: ExchangeCode) -> Result<Grant, ExchangeFailure> {
        let lane = (
            ExchangeCode::ROUTE.method().clone(),
            ExchangeCode::ROUTE.template(),
        );
        let work = self.exchange_rounds(code, &lane);
        watch::call(&lane, work).await
    }

    async fn exchange_rounds(&self, code: ExchangeCode, lane: &Lane) -> Result<Grant, ExchangeFailure> {
        let mut attempt = 1;
        loop {
            let request = match code.request(&self.0.origins, None) {
                Ok(request) => request,
                Err(error) => return Err(ExchangeFailure::unsent(code, error.into())),
            };
            let error = match self.attempt(lane, attempt, request).await {
                Ok(response) => {
                    let reply = code.answered(&response).map_err(ExchangeFailure::answered)?;
                    return Ok(reply.received(now()));
                }
                Err(error) => error.at(lane),
            };
            // Whatever the core's table says of other calls, a code that may have been sent is not sent again.
            if error.sent() == Sent::MaybeSent {
                return Err(ExchangeFailure::unanswered(code, error));
            }
            let failure = Failure::Transport(error.sent());
            if !self.wait(lane, Repeat::Once, attempt, failure, &error).await {
                return Err(ExchangeFailure::unanswered(code, error));
            }
            attempt += 1;
        }
    }

    /// Takes a session, to call with its token and to notice its end.
    #[must_use]
    pub fn account(&self, session: Session) -> Account {
        Account::new(self.clone(), session)
    }

    /// Takes a grant, to call with its token: the short way of [`account`](Self::account).
    #[must_use]
    pub fn signed_in(&self, grant: Grant) -> Account {
        self.account(Session::signed_in(grant))
    }

    /// Makes the state of a sign-in, from the system's random generator.
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

    /// Sends a request as it is, once, and reads the whole response, whatever its status: no pace, no repeats.
    ///
    /// # Errors
    ///
    /// There is no whole response within the client's limits.
    pub async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, Error> {
        match &self.0.wire {
            Wire::Net(transport) => transport.send(request).await,
            #[cfg(all(test, any(feature = "ring", feature = "aws-lc-rs")))]
            Wire::Fake(fake) => fake.send(request).await,
        }
    }

    /// Attempts until there is an answer, or the core says that there is no other attempt.
    async fn rounds<T>(
        &self,
        plan: &Plan,
        request: impl Fn() -> Result<Request<Vec<u8>>, EncodeError>,
        read: impl Fn(&Response<Vec<u8>>) -> Result<T, ResponseError>,
    ) -> Result<T, CallError> {
        let mut attempt = 1;
        loop {
            let (failure, error) = match self.attempt(&plan.lane, attempt, request()?).await {
                Ok(response) => match read(&response) {
                    Ok(value) => {
                        self.budget(RetryBudget::answered);
                        return Ok(value);
                    }
                    Err(ResponseError::Rejected(rejection)) => (
                        Failure::from(&*rejection),
                        CallError::from(ResponseError::Rejected(rejection)),
                    ),
                    Err(error) => return Err(error.into()),
                },
                Err(error) => (
                    Failure::Transport(error.sent()),
                    CallError::from(error.at(&plan.lane)),
                ),
            };
            if !self.wait(&plan.lane, plan.repeat, attempt, failure, &error).await {
                return Err(error);
            }
            attempt += 1;
        }
    }

    /// One attempt, at its pace.
    async fn attempt(
        &self,
        lane: &Lane,
        attempt: u32,
        mut request: Request<Vec<u8>>,
    ) -> Result<Response<Vec<u8>>, Error> {
        self.0.pacing.turn(lane, |wait| watch::paced(attempt, wait)).await;
        request
            .headers_mut()
            .entry(USER_AGENT)
            .or_insert_with(|| self.0.user_agent.clone());
        let outcome = self.send(request).await;
        watch::attempted(attempt, &outcome);
        outcome
    }

    /// Waits for the next attempt, or says that there is none.
    async fn wait(
        &self,
        lane: &Lane,
        repeat: Repeat,
        attempt: u32,
        failure: Failure,
        error: &impl Hopeless,
    ) -> bool {
        if let Failure::Status {
            status: StatusCode::TOO_MANY_REQUESTS,
            retry_after: Some(asked),
        } = failure
        {
            // The service spoke of the endpoint, not of this call alone: whether or not this one goes on, nobody comes for so long.
            let most = self.0.backoff.retry_after_ceiling;
            self.0.pacing.hold(lane.clone(), asked.min(most));
        }
        if error.is_hopeless() {
            return false;
        }
        let Some(wait) = self.0.backoff.wait(repeat, attempt, failure, self.jitter()) else {
            return false;
        };
        if !self.budget(RetryBudget::take) {
            watch::spent(attempt);
            return false;
        }
        watch::repeated(attempt, wait);
        tokio::time::sleep(wait).await;
        true
    }

    fn budget<T>(&self, act: impl FnOnce(&mut RetryBudget) -> T) -> T {
        // A budget is whole between any two steps, so a panic elsewhere leaves nothing broken.
        act(&mut self.0.budget.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Any number. Without a random one clients may come back together, and nothing else is worse.
    fn jitter(&self) -> u64 {
        let mut bytes = [0; 8];
        match self.0.provider.secure_random.fill(&mut bytes) {
            Ok(()) => u64::from_ne_bytes(bytes),
            Err(_) => u64::MAX / 2,
        }
    }
}

/// What is the same for every attempt of a call.
struct Plan {
    lane: Lane,
    repeat: Repeat,
}

/// An error that no other attempt can change, since it is this client's own: the core does not know of these.
trait Hopeless {
    fn is_hopeless(&self) -> bool;
}

impl Hopeless for Error {
    fn is_hopeless(&self) -> bool {
        self.is_own()
    }
}

impl Hopeless for CallError {
    fn is_hopeless(&self) -> bool {
        matches!(self, Self::Network(error) if error.is_own())
    }
}

/// The time, for the ends of tokens.
pub(crate) fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_unix(i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
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
