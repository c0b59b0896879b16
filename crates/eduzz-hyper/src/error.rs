//! Errors between the request and the response.

use core::error::Error as StdError;
use core::fmt;
use std::io;

use eduzz_wire::{Route, Sent, TransportError};

use crate::proxy::Variable;
use crate::transport::connect::ConnectFailure;

pub(crate) type BoxError = Box<dyn StdError + Send + Sync>;

/// Why a call failed.
pub type CallError = eduzz_wire::CallError<Error>;

/// Why an exchange failed, and what that means for the code.
pub type ExchangeFailure = eduzz_oauth::ExchangeFailure<Error>;

/// The system gave no random bytes.
#[derive(Debug, thiserror::Error)]
#[error("the system gave no random bytes")]
#[non_exhaustive]
pub struct RandomError {}

impl RandomError {
    pub(crate) const fn new() -> Self {
        Self {}
    }
}

/// A failure of the network: there is no whole answer.
///
/// Its text names the route's template, but no URL, header or body; the
/// [`source`](StdError::source) has the details.
pub struct Error(Box<Inner>);

struct Inner {
    /// The call, unless sent by [`Client::send`](crate::Client::send).
    route: Option<Route>,
    kind: Kind,
    sent: Sent,
    source: Option<BoxError>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Insecure,
    Connect,
    ConnectTimeout,
    NoRoots,
    Tls,
    Proxy,
    ProxyScheme,
    ProxyVariable(Variable),
    Closed,
    AttemptTimeout,
    Stalled,
    Silent,
    TooLarge,
    Cut,
    Protocol,
    Other,
}

impl Kind {
    pub(crate) const fn clause(self) -> &'static str {
        match self {
            Self::Insecure => "the url is neither https nor http on loopback",
            Self::Connect => "could not connect",
            Self::ConnectTimeout => "no connection within the connect timeout",
            Self::NoRoots => {
                "this machine trusts no certificate: install its certificates, or choose other roots"
            }
            Self::Tls => "tls failed",
            Self::Proxy => "the proxy did not open a tunnel",
            Self::ProxyScheme => "the proxy's scheme is not supported: use http or socks5",
            Self::ProxyVariable(variable) => variable.clause,
            Self::Closed => "the connection closed before the request was sent",
            Self::AttemptTimeout => "no whole response within the attempt's timeout",
            Self::Stalled => "the response stalled",
            Self::Silent => "the connection stopped responding",
            Self::TooLarge => "the response is larger than the limit",
            Self::Cut => "the connection ended before the whole response was received",
            Self::Protocol => "the response is not valid http",
            Self::Other => "the transport failed",
        }
    }
}

impl Error {
    /// Whether the request may have reached the service.
    #[must_use]
    pub fn sent(&self) -> Sent {
        self.0.sent
    }

    /// Whether a timeout ended the attempt: of connecting, of the attempt, or of a stalled body.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(
            self.0.kind,
            Kind::ConnectTimeout | Kind::AttemptTimeout | Kind::Stalled | Kind::Silent
        )
    }

    /// Whether there was no connection: refused, unreachable, unknown host, timeout, or a failure
    /// of proxy or TLS.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        match self.0.kind {
            Kind::Connect | Kind::ConnectTimeout | Kind::NoRoots => true,
            Kind::Proxy | Kind::ProxyScheme | Kind::ProxyVariable(_) => true,
            Kind::Tls => self.0.sent == Sent::NotSent,
            _ => false,
        }
    }

    /// Whether TLS failed: an untrusted certificate or one for another name, no common version, an
    /// invalid record.
    #[must_use]
    pub fn is_tls(&self) -> bool {
        matches!(self.0.kind, Kind::Tls | Kind::NoRoots)
    }

    /// Whether the proxy failed: it is unreachable, refuses, requires credentials, or a variable
    /// of the environment does not hold its URL.
    #[must_use]
    pub fn is_proxy(&self) -> bool {
        matches!(
            self.0.kind,
            Kind::Proxy | Kind::ProxyScheme | Kind::ProxyVariable(_)
        )
    }

    /// Whether the response is larger than the client's limit.
    #[must_use]
    pub fn is_too_large(&self) -> bool {
        self.0.kind == Kind::TooLarge
    }

    /// Whether the connection ended before the whole response came.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        matches!(self.0.kind, Kind::Cut | Kind::Closed)
    }

    /// Whether the response is not valid HTTP.
    #[must_use]
    pub fn is_protocol(&self) -> bool {
        self.0.kind == Kind::Protocol
    }

    /// Whether the URL was refused, because it is neither https nor on loopback.
    #[must_use]
    pub fn is_insecure(&self) -> bool {
        self.0.kind == Kind::Insecure
    }

    /// An error of a [transport](crate::Builder::transport) that certainly did not send the request.
    /// The call is then sent again, whatever it does.
    #[must_use]
    pub fn unsent(source: impl Into<BoxError>) -> Self {
        Self::with(Kind::Other, Sent::NotSent, Some(source.into()))
    }

    /// The error of a transport: one of ours, or one that says nothing about what was sent.
    pub(crate) fn of_transport(error: BoxError) -> Self {
        match error.downcast() {
            Ok(error) => *error,
            Err(error) => Self::with(Kind::Other, Sent::MaybeSent, Some(error)),
        }
    }

    pub(crate) fn new(kind: Kind, sent: Sent) -> Self {
        Self::with(kind, sent, None)
    }

    fn with(kind: Kind, sent: Sent, source: Option<BoxError>) -> Self {
        Self(Box::new(Inner {
            route: None,
            kind,
            sent,
            source,
        }))
    }

    pub(crate) fn not_sent(kind: Kind) -> Self {
        Self::new(kind, Sent::NotSent)
    }

    pub(crate) fn maybe_sent(kind: Kind) -> Self {
        Self::new(kind, Sent::MaybeSent)
    }

    /// There is no connection.
    #[cold]
    pub(crate) fn of_connect(failure: ConnectFailure) -> Self {
        Self::with(failure.kind, Sent::NotSent, failure.source)
    }

    /// The connection failed within a response's body.
    #[cold]
    pub(crate) fn of_body(error: hyper::Error) -> Self {
        Self::with(of_hyper(&error), Sent::MaybeSent, Some(error.into()))
    }

    /// The connection failed before a response's head.
    #[cold]
    pub(crate) fn of_head(error: hyper::Error, sent: Sent) -> Self {
        let (kind, sent) = match sent {
            Sent::MaybeSent if !is_unprocessed(&error) => (of_hyper(&error), sent),
            _ => (Kind::Closed, Sent::NotSent),
        };
        Self::with(kind, sent, Some(error.into()))
    }
}

/// The kind of an error of hyper after the request was sent.
fn of_hyper(error: &hyper::Error) -> Kind {
    if error.is_timeout() {
        return Kind::Silent;
    }
    if error.is_parse() {
        return Kind::Protocol;
    }
    if let Some(error) = find::<h2::Error>(error) {
        let ours = !error.is_io() && !error.is_remote();
        return if ours { Kind::Protocol } else { Kind::Cut };
    }
    let Some(error) = find::<io::Error>(error) else {
        return Kind::Cut;
    };
    let is_tls = error
        .get_ref()
        .is_some_and(<dyn StdError + Send + Sync>::is::<rustls::Error>);
    match error.kind() {
        _ if is_tls => Kind::Tls,
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => Kind::Protocol,
        _ => Kind::Cut,
    }
}

/// Whether the server says that it did not process the stream (RFC 9113, 8.7): it refused it, or
/// its GOAWAY names an earlier stream as the last one. h2 gives the error of a GOAWAY only to such
/// streams, and to those that were not opened after it.
fn is_unprocessed(error: &hyper::Error) -> bool {
    find::<h2::Error>(error).is_some_and(|error| {
        let refused = error.is_reset() && error.reason() == Some(h2::Reason::REFUSED_STREAM);
        error.is_remote() && (refused || error.is_go_away())
    })
}

/// The first error of this type in the chain.
pub(crate) fn find<'a, E: StdError + 'static>(error: &'a (dyn StdError + 'static)) -> Option<&'a E> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref() {
            return Some(found);
        }
        next = error.source();
    }
    None
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let route = self.0.route.as_ref();
        if let Some(route) = route {
            write!(formatter, "{route}: ")?;
        }
        formatter.write_str(self.0.kind.clause())?;
        let acts = route.is_some_and(|route| !route.method().is_safe());
        if acts && self.0.sent == Sent::MaybeSent {
            formatter.write_str("; the service may have carried it out")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Error")
            .field("route", &self.0.route)
            .field("kind", &self.0.kind)
            .field("sent", &self.0.sent)
            .field("source", &self.source())
            .finish()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

impl TransportError for Error {
    fn sent(&self) -> Sent {
        self.0.sent
    }

    fn at(mut self, route: Route) -> Self {
        self.0.route = Some(route);
        self
    }

    fn is_permanent(&self) -> bool {
        matches!(
            self.0.kind,
            Kind::Insecure | Kind::NoRoots | Kind::ProxyScheme | Kind::ProxyVariable(_)
        )
    }
}
