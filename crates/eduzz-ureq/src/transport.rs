//! One attempt: sends a request and reads the whole response, within the limits.

use std::fmt;
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use eduzz_driver::blocking::Transport;
use eduzz_wire::{Origin, Sent};
use http::header::CONTENT_LENGTH;
use http::{Method, Request, Response};
use ureq::{Agent, AsSendBody, Body, SendBody};

use crate::error::{BoxError, Error};

/// Sends a client's requests with ureq: [`Builder::transport`](crate::Builder::transport). The
/// [table of limits](crate#limits) has every default.
///
/// ```
/// use std::time::Duration;
/// use eduzz_ureq::{Client, Ureq};
///
/// let quick = Ureq::default().attempt_timeout(Duration::from_secs(5));
/// let client = Client::builder().transport(quick).build()?;
/// # let _ = client;
/// # Ok::<(), eduzz_ureq::BuildError>(())
/// ```
#[derive(Clone)]
pub struct Ureq {
    agent: Agent,
    connect: Duration,
    attempt: Duration,
    limit: u64,
    custom: Option<Arc<Custom>>,
}

type Custom = dyn Fn(Request<Vec<u8>>) -> Result<Response<Vec<u8>>, BoxError> + Send + Sync;

/// The timeout for a response's body without a new byte.
const STALL: Duration = Duration::from_secs(10);

impl Default for Ureq {
    fn default() -> Self {
        let config = Agent::config_builder()
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .timeout_per_read(Some(STALL));
        #[cfg(feature = "platform-roots")]
        let config = config.tls_config(
            ureq::tls::TlsConfig::builder()
                .root_certs(ureq::tls::RootCerts::PlatformVerifier)
                .build(),
        );
        Self {
            agent: config.build().new_agent(),
            connect: Duration::from_secs(3),
            attempt: Duration::from_secs(30),
            limit: 16 * 1024 * 1024,
            custom: None,
        }
    }
}

impl Ureq {
    /// Sends requests with this function instead, for example in a test. It is called once for each
    /// attempt, after the call's turn. Unless the error proves that nothing was sent
    /// ([`Error::unsent`]), the request counts as maybe sent.
    #[must_use]
    pub fn custom<E: Into<BoxError>>(
        send: impl Fn(Request<Vec<u8>>) -> Result<Response<Vec<u8>>, E> + Send + Sync + 'static,
    ) -> Self {
        Self {
            custom: Some(Arc::new(move |request| send(request).map_err(Into::into))),
            ..Self::default()
        }
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

    /// Sends a request once and unchanged, and reads the whole response, whatever its status: for a
    /// [`custom`](Self::custom) function that adds something to each request.
    ///
    /// # Errors
    ///
    /// There is no whole response within the limits.
    pub fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, Error> {
        if !Origin::allows(request.uri()) {
            return Err(Error::insecure());
        }
        match &self.custom {
            Some(send) => send(request).map_err(Error::of_transport),
            None => self.exchange(request),
        }
    }

    /// Sends the request, with its limits.
    fn run<B: AsSendBody>(&self, request: Request<B>) -> Result<Response<Body>, ureq::Error> {
        // `http` is loopback, which no proxy reaches.
        let is_loopback = request.uri().scheme_str() == Some("http");
        let config = self
            .agent
            .configure_request(request)
            .timeout_global(Some(self.attempt))
            .timeout_connect(Some(self.connect));
        let config = if is_loopback { config.proxy(None) } else { config };
        self.agent.run(config.build())
    }

    fn exchange(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, Error> {
        let (mut parts, body) = request.into_parts();
        let taken = AtomicBool::new(body.is_empty());
        let mut body = Watched {
            bytes: &body,
            taken: &taken,
        };
        let length = body.bytes.len();
        let answer = if length == 0 && !NEEDS_BODY.contains(&parts.method) {
            self.run(Request::from_parts(parts, ()))
        } else {
            parts.headers.insert(CONTENT_LENGTH, length.into());
            self.run(Request::from_parts(parts, SendBody::from_reader(&mut body)))
        };
        let answer = answer.map_err(|error| {
            // Without its body, at most a head was sent, which the service cannot carry out.
            let sent = if is_unconnected(&error) || !taken.load(Ordering::Relaxed) {
                Sent::NotSent
            } else {
                Sent::MaybeSent
            };
            Error::of_ureq(error, sent)
        })?;
        let (parts, mut body) = answer.into_parts();
        let bytes = body.with_config().limit(self.limit).read_to_vec();
        let bytes = bytes.map_err(|error| Error::of_ureq(error, Sent::MaybeSent))?;
        Ok(Response::from_parts(parts, bytes))
    }
}

/// The methods whose empty body is announced.
const NEEDS_BODY: [Method; 3] = [Method::POST, Method::PUT, Method::PATCH];

impl Transport for Ureq {
    type Error = Error;
    const CLIENT: &'static str = concat!("eduzz-ureq/", env!("CARGO_PKG_VERSION"));

    fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, Error> {
        Self::send(self, request)
    }
}

impl fmt::Debug for Ureq {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ureq")
            .field("connect", &self.connect)
            .field("attempt", &self.attempt)
            .field("limit", &self.limit)
            .finish_non_exhaustive()
    }
}

/// A request's body that notes when ureq takes the first of it.
struct Watched<'a> {
    bytes: &'a [u8],
    taken: &'a AtomicBool,
}

impl Read for Watched<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.taken.store(true, Ordering::Relaxed);
        self.bytes.read(buffer)
    }
}

/// Whether there was no connection to send on.
fn is_unconnected(error: &ureq::Error) -> bool {
    use ureq::{Error, Timeout};
    match error {
        Error::HostNotFound
        | Error::ConnectionFailed
        | Error::ConnectProxyFailed(_)
        | Error::InvalidProxyUrl
        | Error::TlsRequired
        | Error::BadUri(_)
        | Error::Timeout(Timeout::Resolve | Timeout::Connect) => true,
        Error::Io(error) => error.kind() == io::ErrorKind::ConnectionRefused,
        _ => false,
    }
}
