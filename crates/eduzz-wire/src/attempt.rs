//! The life of a call, from its first turn to its result.

use alloc::vec::Vec;
use core::fmt;
use core::time::Duration;

use eduzz_types::AccessToken;
use http::header::{HeaderValue, USER_AGENT};
use http::{Request, Response, StatusCode};

use crate::hash::mix;
use crate::{
    Backoff, CallError, Callable, EncodeError, Failure, Origins, ResponseError, RetryBudget, Sent,
    TransportError, TurnEnd,
};

/// What the calls of a client have in common and does not change.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Settings {
    /// Where calls go.
    pub origins: Origins,
    /// How often a call is attempted.
    pub backoff: Backoff,
    /// The header `user-agent` of every call that does not set its own.
    pub user_agent: Option<HeaderValue>,
}

impl Settings {
    /// Calls these origins, with the default backoff and no `user-agent`.
    #[must_use]
    pub fn new(origins: Origins) -> Self {
        Self {
            origins,
            backoff: Backoff::default(),
            user_agent: None,
        }
    }
}

/// What the calls of a client have in common and changes with each: their retry budget, and the
/// numbers that spread their retries over time.
#[derive(Clone, Debug)]
pub struct Retries {
    budget: RetryBudget,
    random: u64,
}

impl Retries {
    /// A full budget. `seed` is any random number; it protects nothing.
    #[must_use]
    pub const fn new(budget: RetryBudget, seed: u64) -> Self {
        Self { budget, random: seed }
    }

    const fn random(&mut self) -> u64 {
        self.random = mix(self.random);
        self.random
    }
}

/// An attempt of a call, which waits for its turn in the lane of its calls.
///
/// A client is a loop over these values, and decides nothing: whether and when a call is retried,
/// what an answer means for the others, and when a call gives up is decided here.
///
/// ```text
///            ┌───────────────── Then::Retry, after a wait ───────────────┐
///            ▼                                                           │
/// first ─▶ Attempt ─granted─▶ Sending + http::Request ─answered─▶ Outcome ─then─▶ Then::Done
///                                             └──────lost────────────▲
/// ```
///
/// ```
/// use core::time::Duration;
/// use eduzz_types::AccessToken;
/// use eduzz_wire::{Attempt, CallError, Origins, RawCall, Retries, RetryBudget, Settings, Then};
/// # use eduzz_wire::{Sent, TransportError};
/// # #[derive(Debug)]
/// # struct NetworkError;
/// # impl core::fmt::Display for NetworkError {
/// #     fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result { f.write_str("no network") }
/// # }
/// # impl core::error::Error for NetworkError {}
/// # impl TransportError for NetworkError {
/// #     fn sent(&self) -> Sent { Sent::NotSent }
/// # }
/// # fn send(_: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, NetworkError> {
/// #     Ok(http::Response::new(b"{}".to_vec()))
/// # }
///
/// let settings = Settings::new(Origins::production());
/// let mut retries = Retries::new(RetryBudget::default(), 1);
/// let (call, token) = (RawCall::get("/accounts/v1/me"), AccessToken::new("invented"));
///
/// let mut attempt = Attempt::first(&call, &settings, Some(&token), None)?;
/// let answer = loop {
///     // Wait here for the turn: see `Lanes`.
///     let (sending, request) = attempt.granted(Duration::ZERO);
///     let outcome = match send(request) {
///         Ok(response) => sending.answered(&response),
///         Err(error) => sending.lost(error),
///     };
///     // Report `outcome.turn()` to the lane.
///     match outcome.then(&mut retries) {
///         Then::Retry(retry) => {
///             std::thread::sleep(retry.wait());
///             attempt = retry.attempt()?;
///         }
///         Then::Done(result) => break result?,
///     }
/// };
/// # let _ = answer;
/// # Ok::<(), CallError<NetworkError>>(())
/// ```
#[must_use]
pub struct Attempt<'a, C> {
    life: Life<'a, C>,
    request: Request<Vec<u8>>,
}

/// An attempt that is being sent. Report what came of it.
#[must_use]
pub struct Sending<'a, C>(Life<'a, C>);

/// What came of an attempt.
#[must_use]
pub struct Outcome<'a, C: Callable, N> {
    life: Life<'a, C>,
    result: Result<C::Output, CallError<N>>,
    /// What may be retried.
    failure: Option<Failure>,
    turn: TurnEnd,
    /// The answer's status, for the budget.
    status: Option<StatusCode>,
}

/// What to do after an attempt.
#[allow(clippy::exhaustive_enums, reason = "a client must handle both")]
pub enum Then<'a, C: Callable, N> {
    /// Wait, and then make another attempt.
    Retry(Retry<'a, C>),
    /// The call's result.
    Done(Result<C::Output, CallError<N>>),
}

/// A retry, after a wait.
#[must_use]
pub struct Retry<'a, C> {
    life: Life<'a, C>,
    wait: Duration,
}

/// What all attempts of a call have in common.
struct Life<'a, C> {
    call: &'a C,
    settings: &'a Settings,
    token: Option<&'a AccessToken>,
    /// The attempt's number, from 1.
    number: u32,
    /// How long the call may still wait.
    patience: Option<Duration>,
}

impl<'a, C: Callable> Life<'a, C> {
    fn attempt(self) -> Result<Attempt<'a, C>, EncodeError> {
        let mut request = self.call.to_request(&self.settings.origins, self.token)?;
        if let Some(user_agent) = &self.settings.user_agent {
            let headers = request.headers_mut();
            headers.entry(USER_AGENT).or_insert_with(|| user_agent.clone());
        }
        Ok(Attempt { life: self, request })
    }

    fn describe(&self, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct(name)
            .field("route", &self.call.route())
            .field("number", &self.number)
            .field("patience", &self.patience)
            .finish_non_exhaustive()
    }

    fn has_waited(&mut self, waited: Duration) {
        self.patience = self.patience.map(|left| left.saturating_sub(waited));
    }
}

impl<'a, C: Callable> Attempt<'a, C> {
    /// The first attempt of a call, which waits no longer than `patience` for all its turns and
    /// retries together; `None` waits as long as it takes.
    ///
    /// # Errors
    ///
    /// The call cannot be encoded.
    pub fn first(
        call: &'a C,
        settings: &'a Settings,
        token: Option<&'a AccessToken>,
        patience: Option<Duration>,
    ) -> Result<Self, EncodeError> {
        Life {
            call,
            settings,
            token,
            number: 1,
            patience,
        }
        .attempt()
    }

    /// How long the call may wait for this turn. If the lane takes longer, the call ends with
    /// [`CallError::Busy`].
    #[must_use]
    pub const fn patience(&self) -> Option<Duration> {
        self.life.patience
    }

    /// The attempt's number, from 1.
    #[must_use]
    pub const fn number(&self) -> u32 {
        self.life.number
    }

    /// It is the attempt's turn, after this wait: send the request, once.
    pub fn granted(mut self, waited: Duration) -> (Sending<'a, C>, Request<Vec<u8>>) {
        self.life.has_waited(waited);
        (Sending(self.life), self.request)
    }
}

impl<'a, C: Callable> Sending<'a, C> {
    /// The service answered.
    pub fn answered<N, B: AsRef<[u8]>>(self, response: &Response<B>) -> Outcome<'a, C, N> {
        let result = self.0.call.read(response);
        let rejection = result.as_ref().err().and_then(ResponseError::rejection);
        let failure = rejection.map(Failure::from);
        let turn = match failure {
            // It concerns every call of the lane, whether this one is retried or not.
            Some(Failure::Status {
                status: StatusCode::TOO_MANY_REQUESTS,
                retry_after: Some(asked),
            }) => TurnEnd::Held(asked.min(self.0.settings.backoff.retry_after_ceiling)),
            _ => TurnEnd::Sent,
        };
        Outcome {
            life: self.0,
            result: result.map_err(CallError::from),
            failure,
            turn,
            status: Some(response.status()),
        }
    }

    /// There is no answer.
    pub fn lost<N: TransportError>(self, error: N) -> Outcome<'a, C, N> {
        let sent = error.sent();
        Outcome {
            life: self.0,
            failure: (!error.is_permanent()).then_some(Failure::Transport(sent)),
            turn: match sent {
                Sent::NotSent => TurnEnd::Unsent,
                Sent::MaybeSent => TurnEnd::Sent,
            },
            result: Err(CallError::Network(error)),
            status: None,
        }
    }
}

impl<'a, C: Callable, N> Outcome<'a, C, N> {
    /// What to report to the lane that granted the turn.
    #[must_use]
    pub const fn turn(&self) -> TurnEnd {
        self.turn
    }

    /// Decides what to do next.
    pub fn then(self, retries: &mut Retries) -> Then<'a, C, N> {
        if let Some(status) = self.status {
            retries.budget.answered(status);
        }
        let Some(wait) = self.retry_wait(retries) else {
            return Then::Done(self.result);
        };
        Then::Retry(Retry {
            life: self.life,
            wait,
        })
    }

    /// The wait before another attempt, if there is one.
    fn retry_wait(&self, retries: &mut Retries) -> Option<Duration> {
        let Life {
            call,
            settings,
            number,
            patience,
            ..
        } = &self.life;
        let repeat = call.route().repeatability();
        let wait = settings
            .backoff
            .wait(repeat, *number, self.failure?, retries.random())?;
        let is_too_long = patience.is_some_and(|left| wait > left);
        (!is_too_long && retries.budget.take()).then_some(wait)
    }
}

impl<'a, C: Callable> Retry<'a, C> {
    /// How long to wait first.
    #[must_use]
    pub const fn wait(&self) -> Duration {
        self.wait
    }

    /// The next attempt, after the wait.
    ///
    /// # Errors
    ///
    /// The call cannot be encoded.
    pub fn attempt(mut self) -> Result<Attempt<'a, C>, EncodeError> {
        self.life.has_waited(self.wait);
        self.life.number = self.life.number.saturating_add(1);
        self.life.attempt()
    }
}

impl<C: Callable> fmt::Debug for Attempt<'_, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.life.describe("Attempt", f)
    }
}

impl<C: Callable> fmt::Debug for Sending<'_, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.describe("Sending", f)
    }
}

impl<C: Callable, N> fmt::Debug for Outcome<'_, C, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.life.describe("Outcome", f)
    }
}

impl<C: Callable> fmt::Debug for Retry<'_, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.life.describe("Retry", f)
    }
}

impl<C: Callable, N> fmt::Debug for Then<'_, C, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Retry(retry) => retry.fmt(f),
            Self::Done(result) => write!(f, "Done({})", if result.is_ok() { "Ok" } else { "Err" }),
        }
    }
}
