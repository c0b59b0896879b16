//! One attempt: sends a request and reads the whole response, within the limits.

use core::fmt;
use core::future::poll_fn;
use core::pin::Pin;
use core::task::{Context, Poll};
use core::time::Duration;
use std::sync::{Arc, Mutex, PoisonError};

use eduzz_wire::Origin;
use http::{Request, Response, Uri};
use hyper::body::{Body as _, Incoming};
use hyper_util::client::legacy;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tokio::time::{Instant, timeout_at};
use tower_service::Service;

use self::connect::Connector;
use self::payload::{Payload, SendState};
use crate::error::{BoxError, Error, Kind};

pub(crate) mod connect;
mod payload;

/// The limits of one attempt.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub(crate) connect: Duration,
    pub(crate) attempt: Duration,
    pub(crate) stall: Duration,
    pub(crate) response: usize,
    pub(crate) idle: Duration,
    pub(crate) idle_per_host: usize,
}

impl Limits {
    pub(crate) const DEFAULT: Self = Self {
        connect: Duration::from_secs(3),
        attempt: Duration::from_secs(30),
        stall: Duration::from_secs(10),
        response: 16 * 1024 * 1024,
        idle: Duration::from_secs(90),
        idle_per_host: 64,
    };
}

/// The silence on an HTTP/2 connection with open streams before a ping, and the timeout of its
/// pong. Without a ping, calls on a connection that a firewall dropped wait for their attempt
/// timeout.
const PING_AFTER: Duration = Duration::from_secs(15);
const PING_ANSWER: Duration = Duration::from_secs(5);

/// The most memory reserved for an announced `content-length`.
const RESERVE: u64 = 1024 * 1024;

/// What sends a client's requests.
#[derive(Clone, Debug)]
pub(crate) enum Transport {
    Socket(Socket),
    Custom(Custom, Limits),
}

impl Transport {
    /// Sends the request once and reads the whole response, whatever its status.
    pub(crate) async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, Error> {
        match self {
            Self::Socket(socket) => socket.send(request).await,
            Self::Custom(custom, limits) => custom.send(request, limits).await,
        }
    }
}

/// A transport of the program's own.
#[derive(Clone)]
pub(crate) struct Custom(Arc<dyn Fn(Request<Vec<u8>>) -> Answer<BoxError> + Send + Sync>);

type Answer<E> = Pin<Box<dyn Future<Output = Result<Response<Vec<u8>>, E>> + Send>>;

impl Custom {
    pub(crate) fn new<S>(service: S) -> Self
    where
        S: Service<Request<Vec<u8>>, Response = Response<Vec<u8>>> + Clone + Send + 'static,
        S::Error: Into<BoxError>,
        S::Future: Send,
    {
        // Many services are not `Sync`.
        let service = Mutex::new(service);
        Self(Arc::new(move |request| {
            let mut service = service.lock().unwrap_or_else(PoisonError::into_inner).clone();
            Box::pin(async move {
                poll_fn(|context| service.poll_ready(context))
                    .await
                    .map_err(Into::into)?;
                service.call(request).await.map_err(Into::into)
            })
        }))
    }

    async fn send(&self, request: Request<Vec<u8>>, limits: &Limits) -> Result<Response<Vec<u8>>, Error> {
        check(request.uri())?;
        let response = match tokio::time::timeout(limits.attempt, (self.0)(request)).await {
            Ok(Ok(response)) => response,
            Ok(Err(error)) => return Err(Error::of_transport(error)),
            Err(_) => return Err(Error::maybe_sent(Kind::AttemptTimeout)),
        };
        if response.body().len() > limits.response {
            return Err(Error::maybe_sent(Kind::TooLarge));
        }
        Ok(response)
    }
}

impl fmt::Debug for Custom {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Custom")
    }
}

/// Sends requests over pooled connections, each once, with the limits of the builder that made it.
/// A [tower service](tower_service::Service) to put layers around: see
/// [`Builder::socket`](crate::Builder::socket). Clones share the connections.
#[derive(Clone)]
pub struct Socket(Arc<Pool>);

struct Pool {
    pool: legacy::Client<Connector, Payload>,
    limits: Limits,
}

impl fmt::Debug for Socket {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Socket").field(&self.0.limits).finish()
    }
}

impl Service<Request<Vec<u8>>> for Socket {
    type Response = Response<Vec<u8>>;
    type Error = Error;
    type Future = Answer<Error>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Vec<u8>>) -> Self::Future {
        let socket = self.clone();
        Box::pin(async move { socket.send(request).await })
    }
}

impl Socket {
    pub(crate) fn new(connector: Connector, limits: Limits) -> Self {
        let pool = legacy::Client::builder(TokioExecutor::new())
            .timer(TokioTimer::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(limits.idle)
            .pool_max_idle_per_host(limits.idle_per_host)
            .http2_keep_alive_interval(PING_AFTER)
            .http2_keep_alive_timeout(PING_ANSWER)
            .build(connector);
        Self(Arc::new(Pool { pool, limits }))
    }

    /// Sends the request once and reads the whole response, whatever its status.
    pub(crate) async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, Error> {
        check(request.uri())?;
        let deadline = Instant::now() + self.0.limits.attempt;
        if !request.method().is_safe() {
            // Lets the runtime read what the service sent while the program worked, and then lets
            // the connections handle it: one that was closed leaves the pool.
            tokio::task::yield_now().await;
            tokio::task::yield_now().await;
        }
        let state = Arc::new(SendState::new());
        let (parts, body) = request.into_parts();
        let request = Request::from_parts(parts, Payload::new(body, Arc::clone(&state)));
        let response = match timeout_at(deadline, self.start(request)).await {
            Ok(Ok(response)) => response,
            Ok(Err(error)) => return Err(Error::of_client(error, state.sent())),
            // Withdraw first: a request that hyper takes at this moment counts as sent.
            Err(_) => return Err(Error::new(Kind::AttemptTimeout, state.withdraw())),
        };
        let (parts, body) = response.into_parts();
        let body = self.collect(body, deadline).await?;
        Ok(Response::from_parts(parts, body))
    }

    // Not in `send`: each program compiles the async functions that it awaits, and would compile
    // hyper's connections with them.
    #[inline(never)]
    fn start(&self, request: Request<Payload>) -> legacy::ResponseFuture {
        self.0.pool.request(request)
    }

    /// Reads the body into one vector of the announced size.
    async fn collect(&self, mut body: Incoming, deadline: Instant) -> Result<Vec<u8>, Error> {
        let announced = body.size_hint().lower();
        if announced > self.0.limits.response as u64 {
            return Err(Error::maybe_sent(Kind::TooLarge));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(announced.min(RESERVE)).unwrap_or_default());
        while !body.is_end_stream() {
            let stalled = Instant::now() + self.0.limits.stall;
            let next = poll_fn(|context| Pin::new(&mut body).poll_frame(context));
            let frame = match timeout_at(deadline.min(stalled), next).await {
                Ok(None) => break,
                Ok(Some(Ok(frame))) => frame,
                Ok(Some(Err(error))) => return Err(Error::of_body(error)),
                Err(_) if stalled < deadline => return Err(Error::maybe_sent(Kind::Stalled)),
                Err(_) => return Err(Error::maybe_sent(Kind::AttemptTimeout)),
            };
            if let Some(data) = frame.data_ref() {
                if data.len() > self.0.limits.response - bytes.len() {
                    return Err(Error::maybe_sent(Kind::TooLarge));
                }
                let needed = bytes.len() + data.len();
                if needed > bytes.capacity() {
                    // Twice as much each time, but never above the limit.
                    let capacity = bytes.capacity().saturating_mul(2).max(needed);
                    bytes.reserve_exact(capacity.min(self.0.limits.response) - bytes.len());
                }
                bytes.extend_from_slice(data);
            }
        }
        Ok(bytes)
    }
}

/// Refuses a URL that a request must not be sent to; `send` takes any request.
fn check(url: &Uri) -> Result<(), Error> {
    if Origin::allows(url) {
        Ok(())
    } else {
        Err(Error::not_sent(Kind::Insecure))
    }
}
