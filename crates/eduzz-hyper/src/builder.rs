//! Describing a client: every limit, with its default.

use core::time::Duration;

use crate::client::{Client, Parts};
use crate::error::BuildError;
use crate::proxy::Proxy;
use crate::tls::{self, Crypto, Roots};
use crate::transport::connect::Connector;
use crate::transport::{Limits, Transport};

/// A description of a [`Client`]. Every default is in the [table of limits](crate#limits).
#[derive(Clone, Debug)]
pub struct Builder {
    limits: Limits,
    http1_only: bool,
    crypto: Option<Crypto>,
    roots: Roots,
    proxy: Proxy,
}

impl Builder {
    pub(crate) fn new() -> Self {
        Self {
            limits: Limits::DEFAULT,
            http1_only: false,
            crypto: Crypto::preferred(),
            roots: Roots::platform(),
            proxy: Proxy::environment(),
        }
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
    /// When no cryptography is compiled in, or when the trusted certificates cannot be loaded.
    pub fn build(&self) -> Result<Client, BuildError> {
        let provider = self.crypto.ok_or_else(BuildError::no_crypto)?.provider();
        let tls = tls::config(provider, &self.roots, self.http1_only)?;
        if tls.is_none() {
            return Err(BuildError::no_roots());
        }
        let connector = Connector::new(tls, self.proxy.way(), self.limits.connect);
        Ok(Client::new(Parts {
            transport: Transport::new(connector, self.limits),
        }))
    }
}

impl Default for Builder {
    fn default() -> Self {
        Self::new()
    }
}
