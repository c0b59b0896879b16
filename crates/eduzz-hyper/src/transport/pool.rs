//! Connections that are kept: HTTP/1.1 for one call at a time, HTTP/2 for many.
//!
//! hyper-util's pool hashes and clones the URL in each call, a tenth of the cost of a call. This
//! one compares a client's few hosts, and tells of each request whether a connection took it.

use core::time::Duration;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use http::header::HOST;
use http::uri::{Authority, Parts, PathAndQuery, Scheme};
use http::{HeaderValue, Request, Response, Uri};
use hyper::body::Incoming;
use hyper::client::conn::{TrySendError, http1, http2};
use hyper_util::rt::TokioTimer;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep_until};

use super::connect::{ConnectFailure, Connector};
use super::payload::Payload;
use super::{Boxed, Limits};
use crate::error::Kind;

/// The silence on an HTTP/2 connection with open streams before a ping, and the timeout of its
/// pong. Without a ping, calls on a connection that a firewall dropped wait for their attempt
/// timeout.
const PING_AFTER: Duration = Duration::from_secs(15);
const PING_ANSWER: Duration = Duration::from_secs(5);

/// The hosts that were called, with their connections.
pub(crate) struct Pool {
    connector: Connector,
    pub(crate) limits: Limits,
    hosts: Mutex<Hosts>,
}

#[derive(Default)]
struct Hosts {
    /// Few, so that comparing is faster than hashing.
    list: Vec<Arc<Host>>,
    /// Closes unused connections. Its runtime can end before the pool.
    watch: Option<JoinHandle<()>>,
}

/// A scheme and an authority, with the connections to it.
struct Host {
    scheme: Scheme,
    authority: Authority,
    /// The header of HTTP/1.1.
    header: HeaderValue,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    /// HTTP/1.1 connections without a call, the last used at the end.
    idle: Vec<Used<http1::SendRequest<Payload>>>,
    /// The HTTP/2 connection.
    shared: Option<Used<http2::SendRequest<Payload>>>,
}

/// A connection, and the start of its last call.
struct Used<T> {
    sender: T,
    at: Instant,
}

enum Sender {
    Http1(http1::SendRequest<Payload>),
    Http2(http2::SendRequest<Payload>),
}

/// An HTTP/1.1 connection whose response is being read. Dropped, it is closed.
pub(crate) struct Lease {
    host: Arc<Host>,
    connection: Used<http1::SendRequest<Payload>>,
}

/// Why there is no head of a response.
pub(crate) enum Failure {
    Connect(ConnectFailure),
    Http(hyper::Error),
}

impl Pool {
    pub(crate) fn new(connector: Connector, limits: Limits) -> Self {
        Self {
            connector,
            limits,
            hosts: Mutex::default(),
        }
    }

    /// Sends the request, and waits for the head of the response. A kept connection that closed
    /// before it took the request is replaced. `now` is the start of the call.
    pub(crate) async fn send(
        self: &Arc<Self>,
        mut request: Request<Payload>,
        now: Instant,
    ) -> Result<(Response<Incoming>, Option<Lease>), Failure> {
        let host = self.host(request.uri())?;
        loop {
            let (sender, is_new) = match host.take(now, self.limits.idle) {
                Some(sender) => (sender, false),
                None => (self.connect(&host, now).await?, true),
            };
            let error = match sender {
                Sender::Http1(mut sender) => {
                    host.address_http1(&mut request);
                    match sender.try_send_request(request).await {
                        Ok(response) => {
                            let connection = Used { sender, at: now };
                            return Ok((response, Some(Lease { host, connection })));
                        }
                        Err(error) => error,
                    }
                }
                Sender::Http2(mut sender) => {
                    host.address_http2(&mut request);
                    match sender.try_send_request(request).await {
                        Ok(response) => return Ok((response, None)),
                        Err(error) => {
                            // Never taken again, whatever it says of itself.
                            lock(&host.kept).shared = None;
                            error
                        }
                    }
                }
            };
            request = unsent(error, is_new)?;
        }
    }

    /// Keeps a connection whose response was read to its end.
    pub(crate) fn put(self: &Arc<Self>, lease: Lease) {
        let Lease { host, mut connection } = lease;
        if connection.sender.is_ready() {
            self.keep(&host, connection);
        } else if !connection.sender.is_closed() {
            // Its task has yet to see the end of the response.
            let pool = Arc::downgrade(self);
            tokio::spawn(async move {
                if connection.sender.ready().await.is_ok()
                    && let Some(pool) = pool.upgrade()
                {
                    pool.keep(&host, connection);
                }
            });
        }
    }

    fn host(&self, url: &Uri) -> Result<Arc<Host>, Failure> {
        let (Some(scheme), Some(authority)) = (url.scheme(), url.authority()) else {
            return Err(Failure::Connect(ConnectFailure::bare(Kind::Insecure)));
        };
        let mut hosts = lock(&self.hosts);
        let is_it = |host: &&Arc<Host>| host.authority == *authority && host.scheme == *scheme;
        if let Some(host) = hosts.list.iter().find(is_it) {
            return Ok(Arc::clone(host));
        }
        let host = Arc::new(Host::new(scheme.clone(), authority.clone())?);
        hosts.list.push(Arc::clone(&host));
        Ok(host)
    }

    /// Opens a connection. In a box, because few calls need it.
    fn connect<'a>(
        self: &'a Arc<Self>,
        host: &'a Arc<Host>,
        now: Instant,
    ) -> Boxed<'a, Result<Sender, Failure>> {
        Box::pin(async move {
            let url = host.url(None);
            let stream = self.connector.connect(url).await.map_err(Failure::Connect)?;
            if !stream.is_http2() {
                let (sender, connection) = http1::handshake(stream).await.map_err(Failure::Http)?;
                tokio::spawn(connection);
                return Ok(Sender::Http1(sender));
            }
            let (sender, connection) = http2::Builder::new(Executor)
                .timer(TokioTimer::new())
                .keep_alive_interval(PING_AFTER)
                .keep_alive_timeout(PING_ANSWER)
                .handshake(stream)
                .await
                .map_err(Failure::Http)?;
            tokio::spawn(connection);
            Ok(Sender::Http2(self.share(host, Used { sender, at: now })))
        })
    }

    /// Keeps an HTTP/2 connection, unless another call opened one meanwhile. Returns the kept one.
    fn share(
        self: &Arc<Self>,
        host: &Host,
        connection: Used<http2::SendRequest<Payload>>,
    ) -> http2::SendRequest<Payload> {
        let mut kept = lock(&host.kept);
        let shared = match kept.shared.take() {
            Some(shared) if !shared.sender.is_closed() => shared,
            _ => connection,
        };
        let sender = shared.sender.clone();
        kept.shared = Some(shared);
        drop(kept);
        self.watch();
        sender
    }

    fn keep(self: &Arc<Self>, host: &Host, connection: Used<http1::SendRequest<Payload>>) {
        let mut kept = lock(&host.kept);
        if kept.idle.len() < self.limits.idle_per_host {
            let is_first = kept.idle.is_empty();
            kept.idle.push(connection);
            drop(kept);
            if is_first {
                self.watch();
            }
        }
    }

    /// Starts the task that closes unused connections, if it does not run.
    fn watch(self: &Arc<Self>) {
        let mut hosts = lock(&self.hosts);
        if hosts.watch.as_ref().is_none_or(JoinHandle::is_finished) {
            let pool = Arc::downgrade(self);
            hosts.watch = Some(tokio::spawn(async move {
                while let Some(next) = close_unused(&pool, Instant::now()) {
                    sleep_until(next).await;
                }
            }));
        }
    }
}

/// Closes the connections that were not used for the idle timeout. Returns when to look again;
/// `None` without any connection.
fn close_unused(pool: &Weak<Pool>, now: Instant) -> Option<Instant> {
    let pool = pool.upgrade()?;
    let time = pool.limits.idle;
    let mut hosts = lock(&pool.hosts);
    let mut oldest = None;
    hosts.list.retain(|host| {
        let mut kept = lock(&host.kept);
        kept.idle
            .retain(|idle| !idle.sender.is_closed() && idle.at + time > now);
        kept.shared
            .take_if(|shared| shared.sender.is_closed() || shared.at + time <= now);
        let shared = kept.shared.iter().map(|shared| shared.at);
        let used = kept.idle.iter().map(|idle| idle.at).chain(shared).min();
        oldest = oldest.into_iter().chain(used).min();
        used.is_some() || Arc::strong_count(host) > 1
    });
    if oldest.is_none() {
        // The next connection starts another task.
        hosts.watch = None;
    }
    Some(oldest? + time)
}

impl Host {
    fn new(scheme: Scheme, authority: Authority) -> Result<Self, Failure> {
        let default = if scheme == Scheme::HTTPS { 443 } else { 80 };
        let header = match authority.port_u16() {
            Some(port) if port != default => HeaderValue::try_from(format!("{}:{port}", authority.host())),
            _ => HeaderValue::from_str(authority.host()),
        };
        let header = header.map_err(|_| Failure::Connect(ConnectFailure::bare(Kind::Insecure)))?;
        Ok(Self {
            scheme,
            authority,
            header,
            kept: Mutex::default(),
        })
    }

    /// A URL of this host.
    fn url(&self, path: Option<PathAndQuery>) -> Uri {
        let mut parts = Parts::default();
        parts.scheme = Some(self.scheme.clone());
        parts.authority = Some(self.authority.clone());
        parts.path_and_query = Some(path.unwrap_or_else(|| PathAndQuery::from_static("/")));
        Uri::from_parts(parts).unwrap_or_default()
    }

    /// Takes a connection that is open.
    fn take(&self, now: Instant, time: Duration) -> Option<Sender> {
        let mut kept = lock(&self.kept);
        if let Some(shared) = &mut kept.shared {
            if !shared.sender.is_closed() {
                shared.at = now;
                return Some(Sender::Http2(shared.sender.clone()));
            }
            kept.shared = None;
        }
        while let Some(idle) = kept.idle.pop() {
            if idle.sender.is_ready() && idle.at + time > now {
                return Some(Sender::Http1(idle.sender));
            }
        }
        None
    }

    /// Gives a request the form of HTTP/1.1: a path, and the host as a header.
    fn address_http1(&self, request: &mut Request<Payload>) {
        let url = core::mem::take(request.uri_mut());
        *request.uri_mut() = url.into_parts().path_and_query.map(Uri::from).unwrap_or_default();
        let headers = request.headers_mut();
        headers.entry(HOST).or_insert_with(|| self.header.clone());
    }

    /// Gives a request the form of HTTP/2, if it was meant for a connection of HTTP/1.1.
    fn address_http2(&self, request: &mut Request<Payload>) {
        if request.uri().authority().is_none() {
            *request.uri_mut() = self.url(request.uri().path_and_query().cloned());
        }
    }
}

/// The request, if a kept connection did not take it.
#[cold]
fn unsent(mut error: TrySendError<Request<Payload>>, is_new: bool) -> Result<Request<Payload>, Failure> {
    match error.take_message() {
        Some(request) if !is_new => Ok(request),
        _ => Err(Failure::Http(error.into_error())),
    }
}

/// Boxes a future before it is spawned: those of HTTP/2 are large, and would be moved several
/// times.
#[derive(Clone)]
struct Executor;

impl<F: Future<Output = ()> + Send + 'static> hyper::rt::Executor<F> for Executor {
    fn execute(&self, future: F) {
        let future: Boxed<'static, ()> = Box::pin(future);
        tokio::spawn(future);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
