//! Describing a client: every limit, with its default.

use core::time::Duration;
use std::sync::{Arc, Mutex};

use eduzz_wire::{Backoff, Origin, Origins, RetryBudget};
use http::HeaderValue;

use crate::client::{Client, Parts, Wire};
use crate::error::BuildError;
use crate::pacing::Pacing;
use crate::proxy::Proxy;
use crate::tls::{self, Crypto, Roots};
use crate::transport::connect::Connector;
use crate::transport::{Limits, Transport};

/// A description of a [`Client`]. Every default is in the [table of limits](crate#limits).
#[derive(Clone, Debug)]
pub struct Builder {
    origins: Origins,
    backoff: Backoff,
    budget: RetryBudget,
    pacing: Pacing,
    user_agent: Option<String>,
    limits: Limits,
    http1_only: bool,
    crypto: Option<Crypto>,
    roots: Roots,
    proxy: Proxy,
}

impl Builder {
    pub(crate) fn new() -> Self {
        Self {
            origins: Origins::production(),
            backoff: Backoff::default(),
            budget: RetryBudget::default(),
            pacing: Pacing::default(),
            user_agent: None,
            limits: Limits::DEFAULT,
            http1_only: false,
            crypto: Crypto::preferred(),
            roots: Roots::platform(),
            proxy: Proxy::environment(),
        }
    }

    /// Sets where calls go: the platform itself, unless said otherwise.
    #[must_use]
    pub fn origins(mut self, origins: Origins) -> Self {
        self.origins = origins;
        self
    }

    /// Sets how often a call is attempted, and how long is waited between.
    #[must_use]
    pub const fn backoff(mut self, backoff: Backoff) -> Self {
        self.backoff = backoff;
        self
    }

    /// Sets how much the client's calls may repeat together: 20 times, each earned back by five answers, unless said otherwise.
    #[must_use]
    pub const fn retry_budget(mut self, budget: RetryBudget) -> Self {
        self.budget = budget;
        self
    }

    /// Sets the pace of calls: 30 a minute for each endpoint, unless said otherwise.
    #[must_use]
    pub fn pacing(mut self, pacing: Pacing) -> Self {
        self.pacing = pacing;
        self
    }

    /// Names the program before the SDK in the header `user-agent`, such as `shop/1.0`.
    #[must_use]
    pub fn user_agent(mut self, product: impl Into<String>) -> Self {
        self.user_agent = Some(product.into());
        self
    }

    /// Sets how long a connection may take, with name, proxy and TLS.
    #[must_use]
    pub const fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.limits.connect = timeout;
        self
    }

    /// Sets how long one attempt may take, from before the connection to the last byte of the response.
    #[must_use]
    pub const fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.limits.attempt = timeout;
        self
    }

    /// Sets how long a response's body may go without a byte.
    #[must_use]
    pub const fn stall_timeout(mut self, timeout: Duration) -> Self {
        self.limits.stall = timeout;
        self
    }

    /// Sets how many bytes a response's body may have.
    #[must_use]
    pub const fn response_limit(mut self, bytes: usize) -> Self {
        self.limits.response = bytes;
        self
    }

    /// Sets how long a connection is kept that nobody uses.
    #[must_use]
    pub const fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.limits.idle = timeout;
        self
    }

    /// Sets how many connections that nobody uses are kept for a host.
    #[must_use]
    pub const fn idle_per_host(mut self, connections: usize) -> Self {
        self.limits.idle_per_host = connections;
        self
    }

    /// Offers HTTP/1.1 alone, for networks that break HTTP/2.
    #[must_use]
    pub const fn http1_only(mut self) -> Self {
        self.http1_only = true;
        self
    }

    /// Chooses whose cryptography is used, among those compiled in.
    #[must_use]
    pub const fn crypto(mut self, crypto: Crypto) -> Self {
        self.crypto = Some(crypto);
        self
    }

    /// Chooses which certificates are trusted.
    #[must_use]
    pub fn roots(mut self, roots: Roots) -> Self {
        self.roots = roots;
        self
    }

    /// Chooses the proxy.
    #[must_use]
    pub fn proxy(mut self, proxy: Proxy) -> Self {
        self.proxy = proxy;
        self
    }

    /// Builds the client: loads the trusted certificates and reads the environment, and touches no network.
    ///
    /// # Errors
    ///
    /// No cryptography is compiled in, the trusted certificates cannot be loaded, or the user agent cannot stand in a header.
    pub fn build(&self) -> Result<Client, BuildError> {
        let provider = self.crypto.ok_or_else(BuildError::no_crypto)?.provider();
        let tls = tls::config(Arc::clone(&provider), &self.roots, self.http1_only)?;
        let origins = [self.origins.accounts_api(), self.origins.api()];
        if tls.is_none() && !origins.into_iter().all(Origin::is_loopback) {
            // Without a certificate to trust a sandbox can be called, and nothing else.
            return Err(BuildError::no_roots());
        }
        let user_agent = match &self.user_agent {
            Some(product) => {
                HeaderValue::try_from(format!("{product} {SDK}")).map_err(|_| BuildError::user_agent())?
            }
            None => HeaderValue::from_static(SDK),
        };
        let connector = Connector::new(tls, self.proxy.way(), self.limits.connect);
        Ok(Client::of(Parts {
            wire: Wire::Net(Transport::new(connector, self.limits)),
            origins: self.origins.clone(),
            backoff: self.backoff,
            budget: Mutex::new(self.budget),
            pacing: self.pacing.clone(),
            user_agent,
            provider,
        }))
    }
}

const SDK: &str = concat!("eduzz-hyper/", env!("CARGO_PKG_VERSION"));

impl Default for Builder {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
#[cfg(not(any(feature = "ring", feature = "aws-lc-rs")))]
mod tests {
    use super::*;

    #[test]
    fn without_cryptography_there_is_no_client() {
        let error = Builder::new().build().unwrap_err();
        assert!(
            error.to_string().contains("feature `ring` or `aws-lc-rs`"),
            "{error}"
        );
    }
}
