//! One attempt: sends a request and reads the whole response, within the limits.

use core::future::poll_fn;
use core::pin::Pin;
use core::time::Duration;
use std::sync::Arc;

use http::{Request, Response, Uri};
use hyper::body::{Body as _, Incoming};
use hyper_util::client::legacy;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tokio::time::{Instant, timeout_at};

use self::connect::Connector;
use self::payload::{Payload, SendState};
use crate::error::{Error, Kind};

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

/// The connection pool and the limits of an attempt.
pub(crate) struct Transport {
    pool: legacy::Client<Connector, Payload>,
    limits: Limits,
}

impl Transport {
    pub(crate) fn new(connector: Connector, limits: Limits) -> Self {
        let pool = legacy::Client::builder(TokioExecutor::new())
            .timer(TokioTimer::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(limits.idle)
            .pool_max_idle_per_host(limits.idle_per_host)
            .http2_keep_alive_interval(PING_AFTER)
            .http2_keep_alive_timeout(PING_ANSWER)
            .build(connector);
        Self { pool, limits }
    }

    /// Sends the request once and reads the whole response, whatever its status.
    pub(crate) async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, Error> {
        if !is_allowed(request.uri()) {
            return Err(Error::not_sent(Kind::Insecure));
        }
        let deadline = Instant::now() + self.limits.attempt;
        if !request.method().is_safe() {
            // Lets the runtime read what the service sent while the program worked, and then lets
            // the connections handle it: one that was closed leaves the pool.
            tokio::task::yield_now().await;
            tokio::task::yield_now().await;
        }
        let state = Arc::new(SendState::new());
        let (parts, body) = request.into_parts();
        let request = Request::from_parts(parts, Payload::new(body, Arc::clone(&state)));
        let response = match timeout_at(deadline, self.pool.request(request)).await {
            Ok(Ok(response)) => response,
            Ok(Err(error)) => return Err(Error::of_client(error, state.sent())),
            // Withdraw first: a request that hyper takes at this moment counts as sent.
            Err(_) => return Err(Error::new(Kind::AttemptTimeout, state.withdraw())),
        };
        let (parts, body) = response.into_parts();
        let body = self.collect(body, deadline).await?;
        Ok(Response::from_parts(parts, body))
    }

    /// Reads the body into one vector of the announced size.
    async fn collect(&self, mut body: Incoming, deadline: Instant) -> Result<Vec<u8>, Error> {
        let announced = body.size_hint().lower();
        if announced > self.limits.response as u64 {
            return Err(Error::maybe_sent(Kind::TooLarge));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(announced.min(RESERVE)).unwrap_or_default());
        while !body.is_end_stream() {
            let stalled = Instant::now() + self.limits.stall;
            let next = poll_fn(|context| Pin::new(&mut body).poll_frame(context));
            let frame = match timeout_at(deadline.min(stalled), next).await {
                Ok(None) => break,
                Ok(Some(Ok(frame))) => frame,
                Ok(Some(Err(error))) => return Err(Error::of_body(error)),
                Err(_) if stalled < deadline => return Err(Error::maybe_sent(Kind::Stalled)),
                Err(_) => return Err(Error::maybe_sent(Kind::AttemptTimeout)),
            };
            if let Some(data) = frame.data_ref() {
                if data.len() > self.limits.response - bytes.len() {
                    return Err(Error::maybe_sent(Kind::TooLarge));
                }
                let needed = bytes.len() + data.len();
                if needed > bytes.capacity() {
                    // Twice as much each time, but never above the limit.
                    let capacity = bytes.capacity().saturating_mul(2).max(needed);
                    bytes.reserve_exact(capacity.min(self.limits.response) - bytes.len());
                }
                bytes.extend_from_slice(data);
            }
        }
        Ok(bytes)
    }
}

/// Whether a URL may be called: https, or http on loopback. `Origins` checks this too; `send` takes
/// any request.
fn is_allowed(uri: &Uri) -> bool {
    match uri.scheme_str() {
        Some("https") => uri.host().is_some(),
        Some("http") => uri.host().is_some_and(connect::is_loopback),
        _ => false,
    }
}
