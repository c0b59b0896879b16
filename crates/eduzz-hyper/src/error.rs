//! What can go wrong between the request and the response, and while building a client.

use core::error::Error as StdError;
use core::fmt;
use std::io;

use eduzz_oauth::{ExchangeCode, ExchangeError, SignedOut};
use eduzz_wire::{EncodeError, Rejection, ResponseError, Sent};
use hyper_util::client::legacy;

use crate::pacing::Lane;
use crate::transport::connect::ConnectFailure;

pub(crate) type BoxError = Box<dyn StdError + Send + Sync>;

/// A call that gave no value.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CallError {
    /// The call cannot become a request: the caller's fault, found before anything is sent.
    #[error(transparent)]
    Encode(#[from] EncodeError),
    /// Nobody is signed in: found before anything is sent. Only an [`Account`](crate::Account) says so.
    #[error(transparent)]
    SignedOut(#[from] SignedOut),
    /// There is no answer.
    #[error(transparent)]
    Network(#[from] Error),
    /// The answer says no, or cannot be read.
    #[error(transparent)]
    Response(#[from] ResponseError),
}

impl CallError {
    /// The service's rejection, when it is one.
    #[must_use]
    pub fn rejection(&self) -> Option<&Rejection> {
        match self {
            Self::Response(error) => error.rejection(),
            _ => None,
        }
    }

    /// The network's failure, when it is one.
    #[must_use]
    pub const fn network(&self) -> Option<&Error> {
        match self {
            Self::Network(error) => Some(error),
            _ => None,
        }
    }
}

/// An exchange that gave no grant: what it means for the code, and what caused it.
#[non_exhaustive]
pub struct ExchangeFailure {
    /// What it means, and the code itself when it is still good.
    pub error: ExchangeError,
    /// What caused it, when no answer did.
    pub cause: Option<Box<CallError>>,
}

impl ExchangeFailure {
    pub(crate) const fn answered(error: ExchangeError) -> Self {
        Self { error, cause: None }
    }

    pub(crate) fn unsent(code: ExchangeCode, cause: CallError) -> Self {
        Self {
            error: code.unanswered(Sent::NotSent),
            cause: Some(Box::new(cause)),
        }
    }

    pub(crate) fn unanswered(code: ExchangeCode, cause: Error) -> Self {
        Self {
            error: code.unanswered(cause.sent()),
            cause: Some(Box::new(cause.into())),
        }
    }
}

impl fmt::Display for ExchangeFailure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(formatter)
    }
}

impl fmt::Debug for ExchangeFailure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ExchangeFailure")
            .field("error", &self.error)
            .field("cause", &self.cause)
            .finish()
    }
}

impl StdError for ExchangeFailure {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.cause {
            Some(cause) => Some(&**cause),
            None => self.error.source(),
        }
    }
}

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

/// The network failed: there is no answer.
///
/// Its text names the route's template, and no URL, header or body; the [`source`](StdError::source) says more.
pub struct Error(Box<Inner>);

struct Inner {
    /// The call's method and template, unless the request was sent as it is.
    call: Option<Lane>,
    kind: Kind,
    sent: Sent,
    source: Option<Source>,
}

enum Source {
    Client(legacy::Error),
    Body(hyper::Error),
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
    Closed,
    AttemptTimeout,
    Stalled,
    Silent,
    TooLarge,
    Cut,
    Protocol,
}

impl Kind {
    pub(crate) const fn clause(self) -> &'static str {
        match self {
            Self::Insecure => "the url is neither https nor http on loopback",
            Self::Connect => "could not connect",
            Self::ConnectTimeout => "no connection within the connect time-out",
            Self::NoRoots => {
                "this machine trusts no certificate: install its certificates, or choose other roots"
            }
            Self::Tls => "tls failed",
            Self::Proxy => "the proxy opened no tunnel",
            Self::ProxyScheme => "the proxy's scheme is not supported: use http or socks5",
            Self::Closed => "the connection closed before the request was sent",
            Self::AttemptTimeout => "no whole response within the attempt's time-out",
            Self::Stalled => "the response stalled",
            Self::Silent => "the connection fell silent",
            Self::TooLarge => "the response is larger than the limit",
            Self::Cut => "the connection ended before the whole response came",
            Self::Protocol => "the response is not valid http",
        }
    }
}

impl Error {
    /// Says whether the request can have reached the service.
    #[must_use]
    pub fn sent(&self) -> Sent {
        self.0.sent
    }

    /// Whether a time-out ended the attempt: that of connecting, of the whole attempt, or of a body that stalled.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(
            self.0.kind,
            Kind::ConnectTimeout | Kind::AttemptTimeout | Kind::Stalled | Kind::Silent
        )
    }

    /// Whether there was no connection at all: refused, unreachable, name unknown, too slow, or failed by proxy or TLS.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        match self.0.kind {
            Kind::Connect | Kind::ConnectTimeout | Kind::NoRoots | Kind::Proxy | Kind::ProxyScheme => true,
            Kind::Tls => self.0.sent == Sent::NotSent,
            _ => false,
        }
    }

    /// Whether TLS failed: a certificate that is not trusted or for another name, no common version, a broken record.
    #[must_use]
    pub fn is_tls(&self) -> bool {
        matches!(self.0.kind, Kind::Tls | Kind::NoRoots)
    }

    /// Whether the proxy failed: unreachable, refusing, or wanting credentials.
    #[must_use]
    pub fn is_proxy(&self) -> bool {
        matches!(self.0.kind, Kind::Proxy | Kind::ProxyScheme)
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

    /// Whether what came is not HTTP.
    #[must_use]
    pub fn is_protocol(&self) -> bool {
        self.0.kind == Kind::Protocol
    }

    /// Whether the URL was refused: it is neither https nor on loopback.
    #[must_use]
    pub fn is_insecure(&self) -> bool {
        self.0.kind == Kind::Insecure
    }

    /// Whether it is the client's own doing, so that no other attempt can change it.
    pub(crate) fn is_own(&self) -> bool {
        matches!(self.0.kind, Kind::Insecure | Kind::NoRoots | Kind::ProxyScheme)
    }

    /// Says which call it was.
    pub(crate) fn at(mut self, lane: &Lane) -> Self {
        self.0.call = Some(lane.clone());
        self
    }

    pub(crate) fn new(kind: Kind, sent: Sent) -> Self {
        Self(Box::new(Inner {
            call: None,
            kind,
            sent,
            source: None,
        }))
    }

    pub(crate) fn not_sent(kind: Kind) -> Self {
        Self::new(kind, Sent::NotSent)
    }

    pub(crate) fn maybe_sent(kind: Kind) -> Self {
        Self::new(kind, Sent::MaybeSent)
    }

    /// The pool failed before a response's head.
    #[cold]
    pub(crate) fn of_client(error: legacy::Error, sent: Sent) -> Self {
        let (kind, sent) = match find::<ConnectFailure>(&error) {
            Some(failure) => (failure.kind, Sent::NotSent),
            None if error.is_connect() => (Kind::Connect, sent),
            None if sent == Sent::NotSent => (Kind::Closed, sent),
            None if is_refused(&error) => (Kind::Closed, Sent::NotSent),
            None => (of_hyper(find::<hyper::Error>(&error)), sent),
        };
        Self(Box::new(Inner {
            call: None,
            kind,
            sent,
            source: Some(Source::Client(error)),
        }))
    }

    /// The connection failed within a response's body.
    #[cold]
    pub(crate) fn of_body(error: hyper::Error) -> Self {
        let kind = of_hyper(Some(&error));
        Self(Box::new(Inner {
            call: None,
            kind,
            sent: Sent::MaybeSent,
            source: Some(Source::Body(error)),
        }))
    }
}

/// What an error of hyper means, once the request has left.
fn of_hyper(error: Option<&hyper::Error>) -> Kind {
    let Some(error) = error else { return Kind::Cut };
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
    match find::<io::Error>(error) {
        Some(error)
            if error
                .get_ref()
                .is_some_and(<dyn StdError + Send + Sync>::is::<rustls::Error>) =>
        {
            Kind::Tls
        }
        Some(error)
            if matches!(
                error.kind(),
                io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput
            ) =>
        {
            Kind::Protocol
        }
        _ => Kind::Cut,
    }
}

/// RFC 9113, 8.7: a server that refuses a stream has not acted on it.
fn is_refused(error: &legacy::Error) -> bool {
    find::<h2::Error>(error).is_some_and(|error| {
        error.is_remote() && error.is_reset() && error.reason() == Some(h2::Reason::REFUSED_STREAM)
    })
}

/// The first error of this type below `error`, or itself.
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
        if let Some((method, route)) = &self.0.call {
            write!(formatter, "{method} {route}: ")?;
        }
        formatter.write_str(self.0.kind.clause())?;
        let acts = self.0.call.as_ref().is_some_and(|(method, _)| !method.is_safe());
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
            .field("call", &self.0.call)
            .field("kind", &self.0.kind)
            .field("sent", &self.0.sent)
            .field("source", &self.source())
            .finish()
    }
}

impl StdError for Error {
    /// What lies below; the wrappings that would say nothing new are left out.
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self.0.source.as_ref()? {
            Source::Client(error) => match find::<ConnectFailure>(error) {
                Some(failure) => failure.source(),
                None => error.source(),
            },
            Source::Body(error) => Some(error),
        }
    }
}

/// A client that cannot be built.
pub struct BuildError {
    clause: &'static str,
    source: Option<BoxError>,
}

impl BuildError {
    pub(crate) const fn no_crypto() -> Self {
        Self::bare("no cryptography is compiled in: turn on the feature `ring` or `aws-lc-rs`")
    }

    pub(crate) const fn no_roots() -> Self {
        Self::bare(Kind::NoRoots.clause())
    }

    pub(crate) const fn no_certificate() -> Self {
        Self::bare("there is no certificate in the pem text")
    }

    #[cfg(target_os = "android")]
    pub(crate) const fn no_additions() -> Self {
        Self::bare("this platform takes no added certificates: use `Roots::only`")
    }

    pub(crate) const fn user_agent() -> Self {
        Self::bare("the user agent has characters that cannot stand in a header")
    }

    pub(crate) const fn proxy() -> Self {
        Self::bare("the proxy's url is not of the form http://host:port or socks5://host:port")
    }

    pub(crate) fn certificate(source: impl Into<BoxError>) -> Self {
        Self {
            clause: "an added certificate cannot be read",
            source: Some(source.into()),
        }
    }

    pub(crate) fn tls(source: rustls::Error) -> Self {
        Self {
            clause: "tls cannot be set up",
            source: Some(source.into()),
        }
    }

    const fn bare(clause: &'static str) -> Self {
        Self { clause, source: None }
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

impl StdError for BuildError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_ref().map(|source| &**source as _)
    }
}
