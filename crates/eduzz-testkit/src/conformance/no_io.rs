//! A driver of the engine without IO: its network is a [`World`], its clock a number.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::ops::ControlFlow;
use std::time::Duration;

use eduzz_oauth::{ExchangeCode, ExchangeFailure, Grant};
use eduzz_types::{AccessToken, Timestamp};
use eduzz_wire::{
    Attempt, Batch, CallError, Callable, Lane, Lanes, Next, Origins, Paged, Progress, Quota, Retries,
    RetryBudget, Sent, Settings, Sweep, Then, TransportError, Turn,
};
use http::{Request, Response};

use super::{Reply, Setup, World};

/// A client whose calls take no time, and whose waits move its clock.
#[derive(Debug)]
pub struct NoIo {
    world: World,
    setup: Setup,
    settings: Settings,
    retries: RefCell<Retries>,
    lanes: Option<RefCell<Lanes>>,
    now: Cell<Duration>,
}

/// There is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unanswered(pub Sent);

impl NoIo {
    /// A client of this world.
    #[must_use]
    pub fn new(setup: Setup, world: World) -> Self {
        let mut settings = Settings::new(Origins::production());
        settings.backoff = setup.backoff;
        Self {
            lanes: setup.pace.map(|pace| RefCell::new(Lanes::new(pace, 0))),
            retries: RefCell::new(Retries::new(RetryBudget::default(), 0)),
            now: Cell::default(),
            world,
            settings,
            setup,
        }
    }

    /// The time since the client was made.
    #[must_use]
    pub fn now(&self) -> Duration {
        self.now.get()
    }

    /// Makes a call.
    ///
    /// # Errors
    ///
    /// As every client.
    pub fn call<C: Callable>(
        &self,
        call: &C,
        token: Option<&AccessToken>,
    ) -> Result<C::Output, CallError<Unanswered>> {
        let quota = token.map_or(Quota::COMMON, |token| Quota::of_token(token, 0));
        let lane = Lane::new(quota, &call.route());
        let mut attempt = Attempt::first(call, &self.settings, token, None)?;
        loop {
            let ticket = match &self.lanes {
                None => None,
                Some(lanes) => {
                    let ticket = lanes.borrow_mut().lane(&lane, self.now()).join();
                    loop {
                        let now = self.now();
                        match lanes.borrow_mut().lane(&lane, now).poll(ticket, now) {
                            Turn::Go => break,
                            Turn::Wait(wait) => self.wait(wait),
                            Turn::Busy(busy) => return Err(busy.into()),
                        }
                    }
                    Some((lanes, ticket))
                }
            };
            let (sending, request) = attempt.granted(Duration::ZERO);
            let outcome = match self.send(&request) {
                Ok(response) => sending.answered(&response),
                Err(error) => sending.lost(error),
            };
            if let Some((lanes, ticket)) = ticket {
                let (mut lanes, now) = (lanes.borrow_mut(), self.now());
                lanes.lane(&lane, now).ended(ticket, outcome.turn(), now);
            }
            match outcome.then(&mut self.retries.borrow_mut()) {
                Then::Done(result) => return result,
                Then::Retry(retry) => {
                    self.wait(retry.wait());
                    attempt = retry.attempt()?;
                }
            }
        }
    }

    /// Exchanges a code.
    ///
    /// # Errors
    ///
    /// As every client.
    pub fn exchange(&self, code: ExchangeCode) -> Result<Grant, ExchangeFailure<Unanswered>> {
        match self.call(&code, None) {
            Ok(reply) => Ok(reply.received(Timestamp::from_unix(1_780_000_000))),
            Err(error) => Err(ExchangeFailure::new(code, error)),
        }
    }

    /// Reads a list page by page, until the function says that it is enough.
    ///
    /// # Errors
    ///
    /// As every client.
    pub fn batches<L: Paged>(
        &self,
        mut sweep: Sweep<L>,
        token: &AccessToken,
        mut each: impl FnMut(Batch<L::Row>) -> ControlFlow<()>,
    ) -> Result<Progress, CallError<Unanswered>> {
        loop {
            match sweep.next_batch() {
                Next::Call(call) => sweep.received(self.call(&call, Some(token))?),
                Next::Item(batch) => {
                    if each(batch).is_break() {
                        return Ok(sweep.progress());
                    }
                }
                Next::End => return Ok(sweep.progress()),
            }
        }
    }

    fn wait(&self, wait: Duration) {
        self.now.set(self.now().saturating_add(wait));
    }

    fn send(&self, request: &Request<Vec<u8>>) -> Result<Response<Vec<u8>>, Unanswered> {
        match self.world.answer(request, self.now()) {
            Reply::Answer(_, _, body) if body.len() > self.setup.response_limit => {
                Err(Unanswered(Sent::MaybeSent))
            }
            Reply::Answer(status, header, body) => {
                let mut response = Response::builder().status(status);
                if let Some((name, value)) = header {
                    response = response.header(name, value);
                }
                Ok(response.body(body.into_bytes()).expect("a response"))
            }
            Reply::Cut => Err(Unanswered(Sent::MaybeSent)),
            Reply::Silence => {
                self.wait(self.setup.attempt_timeout);
                Err(Unanswered(Sent::MaybeSent))
            }
        }
    }
}

impl TransportError for Unanswered {
    fn sent(&self) -> Sent {
        self.0
    }
}

impl fmt::Display for Unanswered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there is no answer")
    }
}

impl std::error::Error for Unanswered {}
