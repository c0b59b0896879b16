//! The configuration of a client.

use core::error::Error;
use core::fmt;
use core::time::Duration;
use std::sync::Arc;

use eduzz_driver::{BadUserAgent, Config};
use eduzz_wire::{Backoff, Origin, Origins, RetryBudget};
use http::{Request, Response};
use rustls::crypto::CryptoProvider;
use tower_service::Service;

use crate::client::Client;
use crate::error::{BoxError, Kind};
use crate::pacing::{Pacing, Turns, Waker};
use crate::proxy::{Proxy, ProxyRoute, Variable};
use crate::tls::{Crypto, Roots, Tls};
use crate::transport::connect::Connector;
use crate::transport::{Custom, Limits, Socket, Transport};

/// The configuration of a [`Client`]. The [table of limits](crate#limits) has every default.
#[derive(Clone, Debug)]
pub struct Builder {
    config: Config<Waker, dyn Turns>,
    limits: Limits,
    http1_only: bool,
    crypto: Option<Crypto>,
    roots: Roots,
    proxy: Proxy,
    custom: Option<Custom>,
}

impl Builder {
    pub(crate) fn new() -> Self {
        Self {
            config: Config::default(),
            limits: Limits::DEFAULT,
            http1_only: false,
            crypto: Crypto::preferred(),
            roots: Roots::platform(),
            proxy: Proxy::environment(),
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

    /// Sets the pace of calls; by default 30 a minute for each endpoint.
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

    /// Sets the timeout for a connection, including name lookup, proxy and TLS.
    #[must_use]
    pub const fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.limits.connect = timeout;
        self
    }

    /// Sets the timeout for one attempt, from connecting to the last byte of the response.
    #[must_use]
    pub const fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.limits.attempt = timeout;
        self
    }

    /// Sets the timeout for a response's body without a new byte.
    #[must_use]
    pub const fn stall_timeout(mut self, timeout: Duration) -> Self {
        self.limits.stall = timeout;
        self
    }

    /// Sets the maximum size of a response's body.
    #[must_use]
    pub const fn response_limit(mut self, bytes: usize) -> Self {
        self.limits.response = bytes;
        self
    }

    /// Sets how long an idle connection is kept.
    #[must_use]
    pub const fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.limits.idle = timeout;
        self
    }

    /// Sets how many idle connections are kept for each host.
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

    /// Sets the cryptography, one of those compiled in.
    #[must_use]
    pub const fn crypto(mut self, crypto: Crypto) -> Self {
        self.crypto = Some(crypto);
        self
    }

    /// Sets the trusted certificates.
    #[must_use]
    pub fn roots(mut self, roots: Roots) -> Self {
        self.roots = roots;
        self
    }

    /// Sets the proxy.
    #[must_use]
    pub fn proxy(mut self, proxy: Proxy) -> Self {
        self.proxy = proxy;
        self
    }

    /// Sends requests with this service instead of a [`Socket`]: one made of a socket with layers
    /// around it, or a [sandbox without a socket](https://docs.rs/eduzz-sandbox) in tests.
    ///
    /// The client sends each attempt of a call to it, after the call's turn, and keeps its limits:
    /// the URL's scheme, the attempt's timeout, the size of the response. Unless the error proves
    /// that nothing was sent ([`unsent`](crate::Error::unsent)), the request counts as maybe sent.
    #[must_use]
    pub fn transport<S>(mut self, service: S) -> Self
    where
        S: Service<Request<Vec<u8>>, Response = Response<Vec<u8>>> + Clone + Send + 'static,
        S::Error: Into<BoxError>,
        S::Future: Send,
    {
        self.custom = Some(Custom::new(service));
        self
    }

    /// Builds the client. This reads the environment and, unless all origins are on loopback, loads
    /// the trusted certificates; a client for a local sandbox loads them at its first TLS
    /// connection. The network is not used.
    ///
    /// # Errors
    ///
    /// No cryptography is compiled in, the trusted certificates cannot be loaded, the user agent is
    /// not valid in a header, or the environment's proxy has another form than a URL's.
    pub fn build(&self) -> Result<Client, BuildError> {
        let engine = self.config.engine(SDK);
        let engine = engine.map_err(|_| BuildError::new(BadUserAgent::CLAUSE))?;
        let transport = match &self.custom {
            Some(custom) => Transport::Custom(custom.clone(), self.limits),
            None => Transport::Socket(self.socket()?),
        };
        Ok(Client::of(engine, transport, self.provider()?))
    }

    /// Builds what sends the client's requests, to put layers around it.
    ///
    /// ```no_run
    /// use eduzz_hyper::{BuildError, Client};
    /// use http::{HeaderValue, Request};
    /// use tower::ServiceExt as _; // tower = { version = "0.5", features = ["util"] }
    ///
    /// let builder = Client::builder();
    /// let socket = builder.socket()?.map_request(|mut request: Request<Vec<u8>>| {
    ///     request.headers_mut().insert("x-request-id", HeaderValue::from_static("1"));
    ///     request
    /// });
    /// let client = builder.transport(socket).build()?;
    /// # Ok::<(), BuildError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`build`](Self::build).
    pub fn socket(&self) -> Result<Socket, BuildError> {
        let origins = [self.config.origins.accounts_api(), self.config.origins.api()];
        let routes = self.proxy.routes();
        for origin in origins.into_iter().filter(|origin| !origin.is_loopback()) {
            let target = origin.to_string().parse().unwrap_or_default();
            if let ProxyRoute::Invalid(variable) = routes.to(&target) {
                return Err(BuildError::of_variable(variable));
            }
        }
        let tls = Tls::new(self.provider()?, &self.roots, self.http1_only)?;
        // A program that calls a local sandbox needs no certificates.
        if !origins.into_iter().all(Origin::is_loopback) && tls.load()?.is_none() {
            return Err(BuildError::new(Kind::NoRoots.clause()));
        }
        let connector = Connector::new(tls, routes, self.limits.connect);
        Ok(Socket::new(connector, self.limits))
    }

    fn provider(&self) -> Result<Arc<CryptoProvider>, BuildError> {
        let crypto = self.crypto.ok_or(BuildError::new(
            "no cryptography is compiled in: turn on the feature `ring` or `aws-lc-rs`",
        ))?;
        Ok(crypto.provider())
    }
}

const SDK: &str = concat!("eduzz-hyper/", env!("CARGO_PKG_VERSION"));

impl Default for Builder {
    fn default() -> Self {
        Self::new()
    }
}

/// Why a client cannot be built.
pub struct BuildError {
    clause: &'static str,
    source: Option<BoxError>,
    variable: Option<&'static str>,
}

impl BuildError {
    pub(crate) const fn new(clause: &'static str) -> Self {
        Self {
            clause,
            source: None,
            variable: None,
        }
    }

    const fn of_variable(variable: Variable) -> Self {
        Self {
            clause: variable.clause,
            source: None,
            variable: Some(variable.name),
        }
    }

    /// The variable of the environment that should hold a proxy's URL, if its value is the cause.
    /// The error never has the value, which may contain a password.
    #[must_use]
    pub const fn proxy_variable(&self) -> Option<&'static str> {
        self.variable
    }

    pub(crate) fn with(clause: &'static str, source: impl Into<BoxError>) -> Self {
        Self {
            clause,
            source: Some(source.into()),
            variable: None,
        }
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.clause)
    }
}

impl fmt::Debug for BuildError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("BuildError")
            .field("clause", &self.clause)
            .field("source", &self.source)
            .finish()
    }
}

impl Error for BuildError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_ref().map(|source| &**source as _)
    }
}

#[cfg(test)]
#[cfg(not(any(feature = "ring", feature = "aws-lc-rs")))]
mod tests {
    use super::*;

    #[test]
    fn build_without_cryptography_is_an_error() {
        let error = Builder::new().build().unwrap_err();
        assert!(
            error.to_string().contains("feature `ring` or `aws-lc-rs`"),
            "{error}"
        );
    }
}
