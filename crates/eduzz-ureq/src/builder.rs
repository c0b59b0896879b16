//! The configuration of a client.

use std::sync::Arc;
use std::time::Duration;

use eduzz_driver::{BadUserAgent, Config};
use eduzz_wire::{Backoff, Origin, Origins, RetryBudget};
use http::{Request, Response};

use crate::client::Client;
use crate::error::BoxError;
use crate::pacing::{Pacing, Turns, Waker};
use crate::transport::Transport;

/// The configuration of a [`Client`]. The [table of limits](crate#limits) has every default.
#[derive(Clone, Debug)]
pub struct Builder {
    config: Config<Waker, dyn Turns>,
    connect: Duration,
    attempt: Duration,
    limit: u64,
    custom: Option<Transport>,
}

/// Why a client cannot be built: the user agent has characters that a header cannot carry.
pub type BuildError = BadUserAgent;

impl Builder {
    pub(crate) fn new() -> Self {
        Self {
            config: Config::default(),
            connect: Duration::from_secs(3),
            attempt: Duration::from_secs(30),
            limit: 16 * 1024 * 1024,
            custom: None,
        }
    }

    /// Sets the origins to call; production by default.
    #[must_use]
    pub fn origins(mut self, origins: Origins) -> Self {
        self.config.origins = origins;
        self
    }

    /// Sets the number of attempts of a call, and the waits in between.
    #[must_use]
    pub fn backoff(mut self, backoff: Backoff) -> Self {
        self.config.backoff = backoff;
        self
    }

    /// Sets the retry budget of all calls together; by default 20 retries, each earned back by five
    /// answers.
    #[must_use]
    pub fn retry_budget(mut self, budget: RetryBudget) -> Self {
        self.config.budget = budget;
        self
    }

    /// Sets the pace of calls; by default 30 a minute for each endpoint and account.
    #[must_use]
    pub fn pacing(mut self, pacing: Pacing) -> Self {
        self.config.pacing = pacing;
        self
    }

    /// Puts the program before the SDK in the header `user-agent`, such as `shop/1.0`.
    #[must_use]
    pub fn user_agent(mut self, product: impl Into<String>) -> Self {
        self.config.user_agent = Some(product.into());
        self
    }

    /// Sets the timeout for a connection, including name lookup and TLS.
    #[must_use]
    pub const fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect = timeout;
        self
    }

    /// Sets the timeout for one attempt, from connecting to the last byte of the response.
    #[must_use]
    pub const fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt = timeout;
        self
    }

    /// Sets the maximum size of a response's body, in bytes.
    #[must_use]
    pub const fn response_limit(mut self, bytes: u64) -> Self {
        self.limit = bytes;
        self
    }

    /// Sends requests with this function instead of ureq, for example in a test. It is called once
    /// for each attempt, after the call's turn. What it was not certainly unable to send
    /// ([`Error::unsent`](crate::Error::unsent)) may have been sent.
    #[must_use]
    pub fn transport<E: Into<BoxError>>(
        mut self,
        send: impl Fn(Request<Vec<u8>>) -> Result<Response<Vec<u8>>, E> + Send + Sync + 'static,
    ) -> Self {
        let send = move |request| send(request).map_err(Into::into);
        self.custom = Some(Transport::Custom(Arc::new(send)));
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    ///
    /// The user agent is not valid in a header.
    pub fn build(self) -> Result<Client, BuildError> {
        let engine = self.config.engine(SDK)?;
        let origins = &self.config.origins;
        let is_local = [origins.api(), origins.accounts_api()]
            .into_iter()
            .all(Origin::is_loopback);
        let agent = || Transport::of_ureq(self.connect, self.attempt, self.limit, is_local);
        Ok(Client::of(engine, self.custom.clone().unwrap_or_else(agent)))
    }
}

const SDK: &str = concat!("eduzz-ureq/", env!("CARGO_PKG_VERSION"));
