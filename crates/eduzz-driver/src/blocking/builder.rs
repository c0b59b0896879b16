//! The configuration of a client.

use eduzz_wire::{Backoff, Origins, RetryBudget};

use super::{Client, Pacing, Transport, Turns, Waker};
use crate::engine::{BadUserAgent, Config};

/// The configuration of a [`Client`].
#[derive(Clone, Debug)]
pub struct Builder<T> {
    config: Config<Waker, dyn Turns>,
    transport: T,
}

impl<T: Transport> Builder<T> {
    pub(super) fn new(transport: T) -> Self {
        Self {
            config: Config::default(),
            transport,
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

    /// Sends requests with this transport.
    #[must_use]
    pub fn transport(mut self, transport: T) -> Self {
        self.transport = transport;
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    ///
    /// The user agent is not valid in a header.
    pub fn build(self) -> Result<Client<T>, BadUserAgent> {
        let engine = self.config.engine(T::CLIENT)?;
        Ok(Client::of(engine, self.transport))
    }
}
