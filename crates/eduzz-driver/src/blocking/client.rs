//! The client: does what the engine says, and blocks where it waits.

use std::io;
use std::thread;
use std::time::{Duration, Instant};

use eduzz_oauth::{ExchangeCode, ExchangeFailure, Grant, Session, State};
use eduzz_types::{AccessToken, Timestamp};
use eduzz_wire::{CallError, Callable, Origins, Quota, Then, TransportError as _};
use http::{Request, Response};

use super::pacing::turn;
use super::{Account, Builder, Pacing, Transport, Turns, Waker};
use crate::engine::{BadUserAgent, Engine};

/// A blocking client for the Eduzz API. Clones are cheap and share connections and pace; threads
/// can share one.
#[derive(Clone, Debug)]
pub struct Client<T> {
    engine: Engine<Waker, dyn Turns>,
    transport: T,
}

impl<T: Transport + Default> Client<T> {
    /// A client for production, with every default.
    ///
    /// # Errors
    ///
    /// As [`Builder::build`]; with the defaults, none is known.
    pub fn new() -> Result<Self, BadUserAgent> {
        Self::builder().build()
    }

    /// Configures a client over the default transport.
    #[must_use]
    pub fn builder() -> Builder<T> {
        Builder::new(T::default())
    }
}

impl<T: Transport> Client<T> {
    /// Configures a client over this transport.
    #[must_use]
    pub fn builder_over(transport: T) -> Builder<T> {
        Builder::new(transport)
    }

    pub(super) const fn of(engine: Engine<Waker, dyn Turns>, transport: T) -> Self {
        Self { engine, transport }
    }

    /// The origins that the client calls.
    #[must_use]
    pub fn origins(&self) -> &Origins {
        &self.engine.settings().origins
    }

    /// The client's pace, which another client can share.
    #[must_use]
    pub fn pacing(&self) -> &Pacing {
        self.engine.pacing()
    }

    /// The same client, whose calls count together under this quota, whatever their tokens.
    #[must_use]
    pub fn quota(&self, quota: Quota) -> Self {
        Self::of(self.engine.quota(quota), self.transport.clone())
    }

    /// The same client, whose calls wait no longer than this in all for their turns and retries;
    /// the time of sending is not counted. A call that would wait longer for a turn fails with
    /// [`CallError::Busy`]; a retry that would, with the error that would be retried.
    /// [`CallError::retry_after`] says when to try again in both cases.
    #[must_use]
    pub fn max_wait(&self, wait: Duration) -> Self {
        Self::of(self.engine.max_wait(wait), self.transport.clone())
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
    pub fn call<'t, C: Callable>(
        &self,
        call: &C,
        token: impl Into<Option<&'t AccessToken>>,
    ) -> Result<C::Output, CallError<T::Error>> {
        let token = token.into();
        let lane = self.engine.lane(call, token);
        let mut attempt = self.engine.attempt(call, token)?;
        loop {
            let start = Instant::now();
            let permit = turn(self.pacing(), &lane, attempt.patience())?;
            let (sending, request) = attempt.granted(start.elapsed());
            let outcome = match self.send(request) {
                Ok(response) => sending.answered(&response),
                Err(error) => sending.lost(error.at(call.route())),
            };
            permit.ended(outcome.turn());
            match self.engine.decide(outcome) {
                Then::Done(result) => return result,
                Then::Retry(retry) => {
                    thread::sleep(retry.wait());
                    attempt = retry.attempt()?;
                }
            }
        }
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
    pub fn exchange(&self, code: ExchangeCode) -> Result<Grant, ExchangeFailure<T::Error>> {
        match self.call(&code, None) {
            Ok(reply) => Ok(reply.received(Timestamp::now())),
            Err(error) => Err(ExchangeFailure::new(code, error)),
        }
    }

    /// Makes calls with the session's token, and ends the session when the service rejects it.
    #[must_use]
    pub fn account(&self, session: Session) -> Account<T> {
        Account::new(self.clone(), session)
    }

    /// As [`account`](Self::account), for a grant.
    #[must_use]
    pub fn signed_in(&self, grant: Grant) -> Account<T> {
        self.account(Session::signed_in(grant))
    }

    /// Creates the state of a sign-in from the system's random generator.
    ///
    /// # Errors
    ///
    /// The system gives no random bytes.
    pub fn new_state(&self) -> io::Result<State> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes)?;
        Ok(State::from_random(bytes))
    }

    /// Sends a request once and unchanged, without pace, and reads the whole response, whatever its
    /// status.
    ///
    /// # Errors
    ///
    /// There is no whole response within the client's limits.
    pub fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, T::Error> {
        self.transport.send(request)
    }
}
