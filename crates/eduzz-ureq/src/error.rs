//! Errors between the request and the response.

use std::error::Error as StdError;
use std::{fmt, io};

use eduzz_wire::{Route, Sent, TransportError};

/// Why a call failed.
pub type CallError = eduzz_wire::CallError<Error>;

/// Why an exchange failed, and what that means for the code.
pub type ExchangeFailure = eduzz_oauth::ExchangeFailure<Error>;

pub(crate) type BoxError = Box<dyn StdError + Send + Sync>;

/// A failure of the network: there is no whole answer.
///
/// Its text names the route's template, but no URL, header or body; the
/// [`source`](StdError::source) has the details.
pub struct Error {
    route: Option<Route>,
    kind: Kind,
    sent: Sent,
}

enum Kind {
    Insecure,
    Http(Box<ureq::Error>),
    Other(BoxError),
}

impl Error {
    /// Whether the request may have reached the service.
    #[must_use]
    pub const fn sent(&self) -> Sent {
        self.sent
    }

    /// Whether a timeout ended the attempt.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self.http(), Some(ureq::Error::Timeout(_)))
    }

    /// Whether the response is larger than the client's limit.
    #[must_use]
    pub fn is_too_large(&self) -> bool {
        matches!(self.http(), Some(ureq::Error::BodyExceedsLimit(_)))
    }

    /// Whether the URL was refused, because it is neither https nor on loopback.
    #[must_use]
    pub const fn is_insecure(&self) -> bool {
        matches!(self.kind, Kind::Insecure)
    }

    /// An error of a [transport](crate::Ureq::custom) that certainly did not send the request.
    /// The call is then sent again, whatever it does.
    #[must_use]
    pub fn unsent(source: impl Into<BoxError>) -> Self {
        Self::new(Kind::Other(source.into()), Sent::NotSent)
    }

    /// The error of a transport: one of ours, or one that says nothing about what was sent.
    pub(crate) fn of_transport(error: BoxError) -> Self {
        match error.downcast() {
            Ok(error) => *error,
            Err(error) => Self::new(Kind::Other(error), Sent::MaybeSent),
        }
    }

    pub(crate) const fn insecure() -> Self {
        Self::new(Kind::Insecure, Sent::NotSent)
    }

    pub(crate) fn of_ureq(error: ureq::Error, sent: Sent) -> Self {
        Self::new(Kind::Http(Box::new(error)), sent)
    }

    const fn new(kind: Kind, sent: Sent) -> Self {
        Self {
            route: None,
            kind,
            sent,
        }
    }

    fn http(&self) -> Option<&ureq::Error> {
        match &self.kind {
            Kind::Http(error) => Some(error),
            Kind::Insecure | Kind::Other(_) => None,
        }
    }
}

impl TransportError for Error {
    fn sent(&self) -> Sent {
        self.sent
    }

    fn at(mut self, route: Route) -> Self {
        self.route = Some(route);
        self
    }

    fn is_permanent(&self) -> bool {
        self.is_insecure()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(route) = &self.route {
            write!(f, "{route}: ")?;
        }
        f.write_str(match &self.kind {
            Kind::Insecure => "the url is neither https nor http on loopback",
            Kind::Other(_) => "the transport failed",
            Kind::Http(error) => clause(error, self.sent),
        })?;
        let acts = self.route.as_ref().is_some_and(|route| !route.method().is_safe());
        if acts && self.sent == Sent::MaybeSent {
            f.write_str("; the service may have carried it out")?;
        }
        Ok(())
    }
}

fn clause(error: &ureq::Error, sent: Sent) -> &'static str {
    match error {
        ureq::Error::Timeout(ureq::Timeout::Connect | ureq::Timeout::Resolve) => {
            "no connection within the connect timeout"
        }
        ureq::Error::Timeout(_) => "no whole response within the attempt's timeout",
        ureq::Error::BodyExceedsLimit(_) => "the response is larger than the limit",
        ureq::Error::Protocol(_) | ureq::Error::LargeResponseHeader(..) => "the response is not valid http",
        ureq::Error::Tls(_) | ureq::Error::TlsRequired => "tls failed",
        ureq::Error::ConnectProxyFailed(_) | ureq::Error::InvalidProxyUrl => {
            "the proxy did not open a tunnel"
        }
        ureq::Error::Io(error) if error.kind() == io::ErrorKind::InvalidData => "tls failed",
        _ if sent == Sent::NotSent => "could not connect",
        _ => "the connection ended before the whole response was received",
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("route", &self.route)
            .field("sent", &self.sent)
            .field("source", &self.source())
            .finish()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.kind {
            Kind::Insecure => None,
            Kind::Http(error) => Some(&**error),
            Kind::Other(error) => Some(&**error),
        }
    }
}
