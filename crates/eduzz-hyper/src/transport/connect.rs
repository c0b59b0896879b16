//! Opens connections: name lookup, TCP, proxy and TLS within one timeout.

use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll};
use core::time::Duration;
use std::io;
use std::net::IpAddr;
use std::sync::Arc;

use http::Uri;
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::proxy::{SocksV5, Tunnel};
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use tokio::net::TcpStream;
use tokio_rustls::client::TlsStream;
use tower_service::Service;

use crate::error::{BoxError, Kind, find};
use crate::proxy::{ProxyRoute, Routes};
use crate::tls::Tls;

/// Whether a URL's host is this machine.
pub(crate) fn is_loopback(host: &str) -> bool {
    let bare = bare(host);
    bare.eq_ignore_ascii_case("localhost")
        || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// The host without the brackets of an IPv6 address.
fn bare(host: &str) -> &str {
    host.strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        .unwrap_or(host)
}

/// Opens connections for the pool.
#[derive(Clone)]
pub(crate) struct Connector(Arc<Parts>);

struct Parts {
    tcp: HttpConnector,
    tls: Tls,
    proxy: Routes,
    timeout: Duration,
}

impl Connector {
    pub(crate) fn new(tls: Tls, proxy: Routes, timeout: Duration) -> Self {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        // Divided among the addresses of a name, so that a silent one does not use up the whole
        // timeout.
        tcp.set_connect_timeout(Some(timeout));
        Self(Arc::new(Parts {
            tcp,
            tls,
            proxy,
            timeout,
        }))
    }

    pub(super) async fn connect(&self, uri: Uri) -> Result<Stream, ConnectFailure> {
        match tokio::time::timeout(self.0.timeout, self.0.connect(uri)).await {
            Ok(result) => result,
            Err(_) => Err(ConnectFailure::bare(Kind::ConnectTimeout)),
        }
    }
}

impl Parts {
    async fn connect(&self, uri: Uri) -> Result<Stream, ConnectFailure> {
        let host = uri.host().ok_or_else(|| ConnectFailure::bare(Kind::Insecure))?;
        let loopback = is_loopback(host);
        if uri.scheme_str() != Some("https") {
            // Never proxied: the transport allows http on loopback only.
            let tcp = self.direct(uri).await?;
            return Ok(Stream::Plain(TokioIo::new(tcp)));
        }
        let name = ServerName::try_from(bare(host))
            .map_err(|error| ConnectFailure::new(Kind::Tls, error))?
            .to_owned();
        let tls = self.tls.connector().await;
        let tls = tls
            .map_err(|error| ConnectFailure::new(Kind::Tls, error))?
            .ok_or_else(|| ConnectFailure::bare(Kind::NoRoots))?;
        let tcp = if loopback {
            self.direct(uri).await?
        } else {
            self.routed(uri).await?
        };
        let tls = tls
            .connect(name, tcp)
            .await
            .map_err(|error| ConnectFailure::new(tls_kind(&error), error))?;
        Ok(Stream::Tls(Box::new(TokioIo::new(tls))))
    }

    async fn direct(&self, uri: Uri) -> Result<TcpStream, ConnectFailure> {
        opened(self.tcp.clone().call(uri).await, tcp_kind)
    }

    async fn routed(&self, uri: Uri) -> Result<TcpStream, ConnectFailure> {
        let tcp = self.tcp.clone();
        match self.proxy.to(&uri) {
            ProxyRoute::Direct => self.direct(uri).await,
            ProxyRoute::Tunnel { proxy, auth } => {
                let mut tunnel = Tunnel::new(proxy, tcp);
                if let Some(auth) = auth {
                    tunnel = tunnel.with_auth(auth);
                }
                opened(tunnel.call(uri).await, |_| Kind::Proxy)
            }
            ProxyRoute::Socks { proxy, auth } => {
                let mut socks = SocksV5::new(proxy, tcp);
                if let Some((user, password)) = auth {
                    socks = socks.with_auth(user, password);
                }
                opened(socks.call(uri).await, |_| Kind::Proxy)
            }
            ProxyRoute::Unsupported => Err(ConnectFailure::bare(Kind::ProxyScheme)),
            ProxyRoute::Invalid(variable) => Err(ConnectFailure::bare(Kind::ProxyVariable(variable))),
        }
    }
}

fn opened<E: core::error::Error + Send + Sync + 'static>(
    outcome: Result<TokioIo<TcpStream>, E>,
    kind: impl Fn(&E) -> Kind,
) -> Result<TcpStream, ConnectFailure> {
    outcome
        .map(TokioIo::into_inner)
        .map_err(|error| ConnectFailure::new(kind(&error), error))
}

/// A timeout, or any other failure to connect.
fn tcp_kind(error: &(impl core::error::Error + 'static)) -> Kind {
    match find::<io::Error>(error) {
        Some(error) if error.kind() == io::ErrorKind::TimedOut => Kind::ConnectTimeout,
        _ => Kind::Connect,
    }
}

/// A failed connection, or a failed handshake.
fn tls_kind(error: &io::Error) -> Kind {
    match error.kind() {
        io::ErrorKind::ConnectionReset
        | io::ErrorKind::ConnectionAborted
        | io::ErrorKind::BrokenPipe
        | io::ErrorKind::UnexpectedEof => Kind::Connect,
        _ => Kind::Tls,
    }
}

/// Why there is no connection.
#[derive(Debug)]
pub(crate) struct ConnectFailure {
    pub(crate) kind: Kind,
    pub(crate) source: Option<BoxError>,
}

impl ConnectFailure {
    fn new(kind: Kind, source: impl Into<BoxError>) -> Self {
        Self {
            kind,
            source: Some(source.into()),
        }
    }

    pub(super) const fn bare(kind: Kind) -> Self {
        Self { kind, source: None }
    }
}

impl fmt::Display for ConnectFailure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.kind.clause())
    }
}

impl core::error::Error for ConnectFailure {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        self.source.as_ref().map(|source| &**source as _)
    }
}

/// A connection with TLS, or without TLS on loopback.
pub(crate) enum Stream {
    Plain(TokioIo<TcpStream>),
    Tls(Box<TokioIo<TlsStream<TcpStream>>>),
}

impl Stream {
    /// Whether the server chose HTTP/2.
    pub(super) fn is_http2(&self) -> bool {
        match self {
            Self::Tls(tls) => tls.inner().get_ref().1.alpn_protocol() == Some(b"h2"),
            Self::Plain(_) => false,
        }
    }
}

/// Calls a method of whichever stream it is.
macro_rules! forward {
    ($stream:expr, $method:ident($($argument:expr),*)) => {
        match $stream.get_mut() {
            Self::Plain(tcp) => Pin::new(tcp).$method($($argument),*),
            Self::Tls(tls) => Pin::new(&mut **tls).$method($($argument),*),
        }
    };
}

impl Read for Stream {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        forward!(self, poll_read(context, buffer))
    }
}

impl Write for Stream {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        forward!(self, poll_write(context, bytes))
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        forward!(self, poll_flush(context))
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        forward!(self, poll_shutdown(context))
    }

    fn is_write_vectored(&self) -> bool {
        match self {
            Self::Plain(tcp) => tcp.is_write_vectored(),
            Self::Tls(tls) => tls.is_write_vectored(),
        }
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        forward!(self, poll_write_vectored(context, slices))
    }
}
