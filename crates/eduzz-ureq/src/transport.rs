//! One attempt: sends a request and reads the whole response, within the limits.

use std::fmt;
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use eduzz_wire::{Origin, Sent};
use http::header::CONTENT_LENGTH;
use http::{Request, Response};
use ureq::{Agent, SendBody};

use crate::error::{BoxError, Error};

/// What sends a client's requests.
#[derive(Clone)]
pub(crate) enum Transport {
    /// ureq, and the maximum size of a response's body.
    Agent(Agent, u64),
    Custom(Arc<Custom>),
}

type Custom = dyn Fn(Request<Vec<u8>>) -> Result<Response<Vec<u8>>, BoxError> + Send + Sync;

/// The timeout for a response's body without a new byte.
const STALL: Duration = Duration::from_secs(10);

impl Transport {
    pub(crate) fn of_ureq(connect: Duration, attempt: Duration, limit: u64, is_local: bool) -> Self {
        let config = Agent::config_builder()
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .timeout_global(Some(attempt))
            .timeout_connect(Some(connect))
            .timeout_per_read(Some(STALL));
        #[cfg(feature = "platform-roots")]
        let config = config.tls_config(
            ureq::tls::TlsConfig::builder()
                .root_certs(ureq::tls::RootCerts::PlatformVerifier)
                .build(),
        );
        let config = if is_local { config.proxy(None) } else { config };
        Self::Agent(config.build().new_agent(), limit)
    }

    /// Sends the request once and reads the whole response, whatever its status.
    pub(crate) fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, Error> {
        if !Origin::allows(request.uri()) {
            return Err(Error::insecure());
        }
        match self {
            Self::Agent(agent, limit) => send(agent, *limit, request),
            Self::Custom(transport) => transport(request).map_err(Error::of_transport),
        }
    }
}

impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Transport")
    }
}

fn send(agent: &Agent, limit: u64, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, Error> {
    let (mut parts, body) = request.into_parts();
    let taken = AtomicBool::new(body.is_empty());
    parts
        .headers
        .entry(CONTENT_LENGTH)
        .or_insert_with(|| body.len().into());
    let mut body = Watched {
        bytes: &body,
        taken: &taken,
    };
    let answer = if body.bytes.is_empty() {
        agent.run(Request::from_parts(parts, ()))
    } else {
        agent.run(Request::from_parts(parts, SendBody::from_reader(&mut body)))
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
    let bytes = body.with_config().limit(limit).read_to_vec();
    let bytes = bytes.map_err(|error| Error::of_ureq(error, Sent::MaybeSent))?;
    Ok(Response::from_parts(parts, bytes))
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
