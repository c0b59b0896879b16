//! One attempt: sends a request and reads the whole response, within the limits.

use core::fmt;
use core::future::poll_fn;
use core::pin::{Pin, pin};
use core::task::{Context, Poll};
use core::time::Duration;
use std::sync::{Arc, Mutex, PoisonError};

use eduzz_wire::Origin;
use http::{Request, Response, Uri};
use hyper::body::{Body as _, Incoming};
use tokio::time::{Instant, Sleep, sleep_until};
use tower_service::Service;

use self::connect::Connector;
use self::payload::{Payload, SendState};
use self::pool::{Failure, Pool};
use crate::error::{BoxError, Error, Kind};

pub(crate) mod connect;
mod payload;
mod pool;

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

type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;
type Answer<E> = Boxed<'static, Result<Response<Vec<u8>>, E>>;

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
        self.send(request)
    }
}

impl Socket {
    pub(crate) fn new(connector: Connector, limits: Limits) -> Self {
        Self(Arc::new(Pool::new(connector, limits)))
    }

    /// Sends the request once and reads the whole response, whatever its status.
    // In a box: each program compiles the async functions that it awaits, and would compile hyper's
    // connections with them.
    #[inline(never)]
    pub(crate) fn send(&self, request: Request<Vec<u8>>) -> Answer<Error> {
        let pool = Arc::clone(&self.0);
        Box::pin(async move {
            check(request.uri())?;
            let now = Instant::now();
            if !request.method().is_safe() {
                // Lets the runtime read what the service sent while the program worked, and then
                // lets the connections handle it: one that was closed leaves the pool.
                tokio::task::yield_now().await;
                tokio::task::yield_now().await;
            }
            let state = Arc::new(SendState::new());
            let request = request.map(|body| Payload::new(body, Arc::clone(&state)));
            let deadline = now + pool.limits.attempt;
            let mut timer = pin!(sleep_until(deadline));
            let head = {
                let mut head = pin!(pool.send(request, now));
                poll_fn(|context| match head.as_mut().poll(context) {
                    Poll::Ready(head) => Poll::Ready(Some(head)),
                    Poll::Pending => timer.as_mut().poll(context).map(|()| None),
                })
                .await
            };
            let (response, lease) = match head {
                Some(Ok(answered)) => answered,
                Some(Err(Failure::Connect(failure))) => return Err(Error::of_connect(failure)),
                Some(Err(Failure::Http(error))) => return Err(Error::of_head(error, state.sent())),
                // Withdraw first: a request that hyper takes at this moment counts as sent.
                None => return Err(Error::new(Kind::AttemptTimeout, state.withdraw())),
            };
            let (parts, body) = response.into_parts();
            let body = collect(body, &pool.limits, deadline, timer).await?;
            if let Some(lease) = lease {
                pool.put(lease);
            }
            Ok(Response::from_parts(parts, body))
        })
    }
}

/// Reads the body into one vector of the announced size.
async fn collect(
    mut body: Incoming,
    limits: &Limits,
    deadline: Instant,
    mut timer: Pin<&mut Sleep>,
) -> Result<Vec<u8>, Error> {
    let announced = body.size_hint().lower();
    if announced > limits.response as u64 {
        return Err(Error::maybe_sent(Kind::TooLarge));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(announced.min(RESERVE)).unwrap_or_default());
    while !body.is_end_stream() {
        // The timer is set only for a frame that has to be waited for.
        let mut end = None;
        let next = poll_fn(|context| {
            if let Poll::Ready(next) = Pin::new(&mut body).poll_frame(context) {
                return Poll::Ready(Some(next));
            }
            if end.is_none() {
                let stalled = deadline.min(Instant::now() + limits.stall);
                timer.as_mut().reset(stalled);
                end = Some(stalled);
            }
            timer.as_mut().poll(context).map(|()| None)
        });
        let frame = match next.await {
            Some(None) => break,
            Some(Some(Ok(frame))) => frame,
            Some(Some(Err(error))) => return Err(Error::of_body(error)),
            None if end < Some(deadline) => return Err(Error::maybe_sent(Kind::Stalled)),
            None => return Err(Error::maybe_sent(Kind::AttemptTimeout)),
        };
        if let Some(data) = frame.data_ref() {
            if data.len() > limits.response - bytes.len() {
                return Err(Error::maybe_sent(Kind::TooLarge));
            }
            let needed = bytes.len() + data.len();
            if needed > bytes.capacity() {
                // Twice as much each time, but never above the limit.
                let capacity = bytes.capacity().saturating_mul(2).max(needed);
                bytes.reserve_exact(capacity.min(limits.response) - bytes.len());
            }
            bytes.extend_from_slice(data);
        }
    }
    Ok(bytes)
}

/// Refuses a URL that a request must not be sent to; `send` takes any request.
fn check(url: &Uri) -> Result<(), Error> {
    if Origin::allows(url) {
        Ok(())
    } else {
        Err(Error::not_sent(Kind::Insecure))
    }
}
