//! The tower service.

use std::any::Any;
use std::convert::Infallible;
use std::error::Error;
use std::fmt;
use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use eduzz_webhook::{Delivery, Receipt, Verdict};
use http::{Request, Response};
use http_body::Body;
use tower_service::Service;

use crate::{Intake, Refused, ReplyBody, reply};

/// A tower service that receives deliveries: it never fails, and answers whatever comes, when the handler gives an error, and when
/// it panics. When the handler does not end, it answers only with a [`handler_time`](Self::handler_time).
///
/// The handler is a function of a [`Delivery`] whose future gives something that is a [`Verdict`]: a verdict, `()` for
/// [`ACCEPTED`](Verdict::ACCEPTED), or a `Result`, whose error is [`LATER`](Verdict::LATER). It gets what is genuine and no
/// check of the URL, several at once and in any order, and some twice. A panic in it is
/// [`FAILED`](Verdict::FAILED), unless the program is built to abort.
#[derive(Clone)]
pub struct Receiver<H> {
    intake: Intake,
    handler: H,
    handler_time: Option<Duration>,
    on_refused: Option<OnRefused>,
}

type OnRefused = Arc<dyn Fn(&Refused) + Send + Sync>;

impl<H> Receiver<H> {
    /// A receiver of what these keys signed; an [`Intake`] has other limits.
    pub fn new<F, V>(intake: impl Into<Intake>, handler: H) -> Self
    where
        H: Fn(Delivery<Bytes>) -> F,
        F: Future<Output = V>,
        V: Into<Verdict>,
    {
        Self {
            intake: intake.into(),
            handler,
            handler_time: None,
            on_refused: None,
        }
    }

    /// How long the handler may take; without end if nothing is said, because how long Eduzz waits is not documented.
    ///
    /// Then its future is dropped at the `await` where it is, and the answer is [`LATER`](Verdict::LATER): the delivery comes again.
    /// What must not stop in the middle belongs into a transaction, or into a task of its own. A handler that blocks its thread
    /// has no `await` to be dropped at.
    #[must_use]
    pub const fn handler_time(mut self, time: Duration) -> Self {
        self.handler_time = Some(time);
        self
    }

    /// Is told what is refused: forgeries, and your own key when it is the wrong one. Write it into a log.
    #[must_use]
    pub fn on_refused(mut self, told: impl Fn(&Refused) + Send + Sync + 'static) -> Self {
        self.on_refused = Some(Arc::new(told));
        self
    }
}

/// The future of a reply.
pub struct Answering(Pin<Box<dyn Future<Output = Verdict> + Send>>);

impl<H, F, V, B> Service<Request<B>> for Receiver<H>
where
    H: Fn(Delivery<Bytes>) -> F + Clone + Send + 'static,
    F: Future<Output = V> + Send,
    V: Into<Verdict>,
    B: Body<Data: Send> + Send + 'static,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    type Response = Response<ReplyBody>;
    type Error = Infallible;
    type Future = Answering;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Answering {
        let Self {
            intake,
            handler,
            handler_time,
            on_refused,
        } = self.clone();
        Answering(Box::pin(async move {
            match intake.receive(request).await {
                Ok(Receipt::Delivery(delivery)) => {
                    // Within the future, so that a handler that panics before its first `await` is caught too.
                    let handled = unless_panicked(async move { handler(delivery).await.into() });
                    let handled = match handler_time {
                        Some(time) => tokio::time::timeout(time, handled).await,
                        None => Ok(handled.await),
                    };
                    handled.map_or(Verdict::LATER, |handled| handled.unwrap_or(Verdict::FAILED))
                }
                Ok(Receipt::Ping(_)) => Verdict::PING,
                Err(refused) => {
                    if let Some(told) = on_refused {
                        told(&refused);
                    }
                    refused.into()
                }
            }
        }))
    }
}

/// What a future gives, or what it panicked with. It is not polled again after that.
async fn unless_panicked<T>(future: impl Future<Output = T>) -> Result<T, Box<dyn Any + Send>> {
    let mut future = pin!(future);
    poll_fn(
        |context| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))) {
            Ok(poll) => poll.map(Ok),
            Err(panic) => Poll::Ready(Err(panic)),
        },
    )
    .await
}

impl Future for Answering {
    type Output = Result<Response<ReplyBody>, Infallible>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.as_mut().poll(context).map(|verdict| Ok(reply(verdict)))
    }
}

impl<H> fmt::Debug for Receiver<H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiver")
            .field("intake", &self.intake)
            .field("handler_time", &self.handler_time)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Answering {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Answering")
    }
}
