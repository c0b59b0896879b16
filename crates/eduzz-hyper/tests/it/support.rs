//! Servers, correct and broken, and clients for them.

use std::convert::Infallible;
use std::future::Future;
use std::net::SocketAddr;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use eduzz_hyper::{Builder, Client, Error, Proxy, Roots};
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::time::Instant;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_rustls::server::TlsStream;

/// A certificate made for one test.
#[derive(Clone)]
pub(crate) struct Identity {
    pub(crate) der: Vec<u8>,
    pub(crate) pem: String,
    key: Vec<u8>,
}

impl Identity {
    /// A certificate for these names and addresses.
    pub(crate) fn new(names: &[&str]) -> Self {
        let names: Vec<_> = names.iter().map(|name| (*name).to_owned()).collect();
        let made = rcgen::generate_simple_self_signed(names).unwrap();
        Self {
            der: made.cert.der().to_vec(),
            pem: made.cert.pem(),
            key: made.signing_key.serialize_der(),
        }
    }

    /// A certificate for the loopback address.
    pub(crate) fn loopback() -> Self {
        Self::new(&["127.0.0.1"])
    }

    /// Trusts only this certificate.
    pub(crate) fn roots(&self) -> Roots {
        Roots::only().and_der(self.der.clone())
    }

    /// A builder whose clients trust this certificate and ignore the environment.
    pub(crate) fn builder(&self) -> Builder {
        Client::builder().roots(self.roots()).proxy(Proxy::never())
    }

    pub(crate) fn acceptor(&self, alpn: &[&str]) -> TlsAcceptor {
        let key = PrivateKeyDer::try_from(self.key.clone()).unwrap();
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![self.der.clone().into()], key)
            .unwrap();
        config.alpn_protocols = alpn.iter().map(|name| name.as_bytes().to_vec()).collect();
        TlsAcceptor::from(Arc::new(config))
    }
}

/// A builder for loopback without TLS, which trusts no certificate.
pub(crate) fn plain() -> Builder {
    Client::builder().roots(Roots::only()).proxy(Proxy::never())
}

/// The answer to a request.
pub(crate) async fn respond(builder: Builder, request: Request<Vec<u8>>) -> Response<Vec<u8>> {
    builder.build().unwrap().send(request).await.unwrap()
}

pub(crate) async fn read_body(client: &Client, request: Request<Vec<u8>>) -> Vec<u8> {
    client.send(request).await.unwrap().into_body()
}

/// The error of a request that fails.
pub(crate) async fn failure(builder: Builder, request: Request<Vec<u8>>) -> Error {
    builder.build().unwrap().send(request).await.unwrap_err()
}

/// The versions of HTTP.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Version {
    Http1,
    Http2,
}

impl Version {
    pub(crate) const BOTH: [Self; 2] = [Self::Http1, Self::Http2];

    pub(crate) fn alpn(self) -> &'static [&'static str] {
        match self {
            Self::Http1 => &["http/1.1"],
            Self::Http2 => &["h2"],
        }
    }
}

/// A listener on loopback.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    accepted: Arc<AtomicUsize>,
}

impl Server {
    /// How many connections were accepted.
    pub(crate) fn accepted(&self) -> usize {
        self.accepted.load(Ordering::SeqCst)
    }

    pub(crate) fn http(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub(crate) fn https(&self, path: &str) -> String {
        format!("https://{}{path}", self.address)
    }

    /// Runs a script for every connection, with its number.
    pub(crate) async fn raw<F, R>(script: F) -> Self
    where
        F: Fn(TcpStream, usize) -> R + Send + Sync + 'static,
        R: Future<Output = ()> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let accepted = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&accepted);
        tokio::spawn(async move {
            while let Ok((tcp, _)) = listener.accept().await {
                let number = counter.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(script(tcp, number));
            }
        });
        Self { address, accepted }
    }

    /// Runs a script over TLS for every connection.
    pub(crate) async fn raw_tls<F, R>(identity: &Identity, alpn: &[&str], script: F) -> Self
    where
        F: Fn(TlsStream<TcpStream>, usize) -> R + Send + Sync + 'static,
        R: Future<Output = ()> + Send + 'static,
    {
        let acceptor = identity.acceptor(alpn);
        let script = Arc::new(script);
        Self::raw(move |tcp, number| {
            let (acceptor, script) = (acceptor.clone(), Arc::clone(&script));
            async move {
                if let Ok(tls) = acceptor.accept(tcp).await {
                    script(tls, number).await;
                }
            }
        })
        .await
    }

    /// A correct server over TLS.
    pub(crate) async fn tls<F, R>(identity: &Identity, version: Version, answer: F) -> Self
    where
        F: Fn(Request<Bytes>) -> R + Clone + Send + Sync + 'static,
        R: Future<Output = Response<Full<Bytes>>> + Send + 'static,
    {
        Self::raw_tls(identity, version.alpn(), move |tls, _| {
            let answer = answer.clone();
            let service = service_fn(move |request: Request<Incoming>| {
                let answer = answer.clone();
                async move {
                    let (parts, body) = request.into_parts();
                    let body = body.collect().await.unwrap().to_bytes();
                    Ok::<_, Infallible>(answer(Request::from_parts(parts, body)).await)
                }
            });
            async move {
                let server = hyper_util::server::conn::auto::Builder::new(TokioExecutor::new());
                let _ = server.serve_connection(TokioIo::new(tls), service).await;
            }
        })
        .await
    }

    /// A server that reads one request's head and writes these bytes, then leaves the connection
    /// open.
    pub(crate) async fn scripted(answer: impl Into<Vec<u8>>) -> (Self, mpsc::UnboundedReceiver<()>) {
        let answer = Arc::new(answer.into());
        let (said, heard) = mpsc::unbounded_channel();
        let server = Self::raw(move |mut tcp, _| {
            let (answer, said) = (Arc::clone(&answer), said.clone());
            async move {
                read_head(&mut tcp).await;
                tcp.write_all(&answer).await.unwrap();
                let _ = said.send(());
                std::future::pending::<()>().await;
            }
        })
        .await;
        (server, heard)
    }

    /// A server that reads one request's head, writes these bytes and closes.
    pub(crate) async fn answering(answer: impl Into<Vec<u8>>) -> Self {
        let answer = Arc::new(answer.into());
        Self::raw(move |mut tcp, _| {
            let answer = Arc::clone(&answer);
            async move {
                read_head(&mut tcp).await;
                let _ = tcp.write_all(&answer).await;
                let _ = tcp.shutdown().await;
                // Unread bytes would turn the close into a reset.
                let _ = tcp.read_to_end(&mut Vec::new()).await;
            }
        })
        .await
    }
}

/// Reads a head up to its blank line.
pub(crate) async fn read_head(stream: &mut (impl AsyncRead + Unpin)) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => break,
        }
    }
    String::from_utf8_lossy(&head).into_owned()
}

/// Makes closing this connection a reset.
pub(crate) fn reset(tcp: &TcpStream) {
    tcp.set_zero_linger().unwrap();
}

pub(crate) fn get(url: impl AsRef<str>) -> Request<Vec<u8>> {
    Request::get(url.as_ref()).body(Vec::new()).unwrap()
}

pub(crate) fn post(url: impl AsRef<str>, body: impl Into<Vec<u8>>) -> Request<Vec<u8>> {
    Request::post(url.as_ref()).body(body.into()).unwrap()
}

pub(crate) fn ok(body: impl Into<Bytes>) -> Response<Full<Bytes>> {
    Response::new(Full::new(body.into()))
}

/// Sends a request, waits for the server's signal, pauses the clock, and lets the timeout pass.
///
/// A paused clock jumps to the next timer when every task waits, so defaults need no waiting.
pub(crate) async fn time_out(
    client: &Client,
    request: Request<Vec<u8>>,
    heard: &mut mpsc::UnboundedReceiver<()>,
) -> Error {
    let attempt = client.send(request);
    tokio::pin!(attempt);
    tokio::select! {
        answer = &mut attempt => panic!("answered too early: {answer:?}"),
        _ = heard.recv() => {}
    }
    tokio::time::pause();
    let answer = attempt.await;
    tokio::time::resume();
    answer.unwrap_err()
}

/// Checks the seconds since `start`.
pub(crate) fn lasted(start: Instant, seconds: Range<u64>) {
    let time = start.elapsed();
    assert!(seconds.contains(&time.as_secs()), "{time:?}");
}

/// An address where nothing listens.
pub(crate) async fn unused_address() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0")
        .await
        .unwrap()
        .local_addr()
        .unwrap()
}
