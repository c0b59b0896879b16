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

use crate::watch::{self, Watch};
use crate::{Failed, Intake, IntoVerdict, Refused, ReplyBody, reply};

/// A tower service that receives deliveries. It never fails and answers every request, also when
/// the handler gives an error or panics; with a [`handler_time`](Self::handler_time) also when the
/// handler does not end.
///
/// The handler is a function of a [`Delivery`] whose future gives a [`Verdict`], `()` for
/// [`ACCEPTED`](Verdict::ACCEPTED), or a `Result` whose error becomes [`LATER`](Verdict::LATER). It
/// gets only genuine deliveries and no checks of the URL, concurrently, in any order, and some
/// twice. A panic becomes [`FAILED`](Verdict::FAILED), unless the program aborts on panic.
///
/// The answer does not contain an error: [`on_failed`](Self::on_failed) gets it.
#[derive(Clone)]
pub struct Receiver<H> {
    intake: Intake,
    handler: H,
    handler_time: Option<Duration>,
    on_refused: Option<OnRefused>,
    on_failed: Option<OnFailed>,
}

type OnRefused = Arc<dyn Fn(&Refused) + Send + Sync>;
type OnFailed = Arc<dyn Fn(&Delivery<Bytes>, &Failed) + Send + Sync>;

impl<H> Receiver<H> {
    /// A receiver for bodies signed with these keys; pass an [`Intake`] to change the limits.
    pub fn new<F, V>(intake: impl Into<Intake>, handler: H) -> Self
    where
        H: Fn(Delivery<Bytes>) -> F,
        F: Future<Output = V>,
        V: IntoVerdict,
    {
        Self {
            intake: intake.into(),
            handler,
            handler_time: None,
            on_refused: None,
            on_failed: None,
        }
    }

    /// Sets the timeout of the handler; none by default, because Eduzz's timeout is not documented.
    ///
    /// After the timeout its future is dropped at the current `await`, and the answer is
    /// [`LATER`](Verdict::LATER), so the delivery is retried. Do work that must not be interrupted
    /// in a transaction or its own task. A handler that blocks its thread cannot be stopped.
    #[must_use]
    pub const fn handler_time(mut self, time: Duration) -> Self {
        self.handler_time = Some(time);
        self
    }

    /// Calls this for every refused request, to log it: forgeries, and every delivery if your key
    /// is wrong.
    #[must_use]
    pub fn on_refused(mut self, log: impl Fn(&Refused) + Send + Sync + 'static) -> Self {
        self.on_refused = Some(Arc::new(log));
        self
    }

    /// Calls this for every genuine delivery that is not answered with 2xx, to log it: the handler
    /// returned an error or such a [`Verdict`], panicked, or did not return in time.
    ///
    /// A handler that is dropped because the sender disconnects is not reported.
    #[must_use]
    pub fn on_failed(mut self, log: impl Fn(&Delivery<Bytes>, &Failed) + Send + Sync + 'static) -> Self {
        self.on_failed = Some(Arc::new(log));
        self
    }
}

/// The future of an answer.
pub struct Answering(Pin<Box<dyn Future<Output = Verdict> + Send>>);

impl<H, F, V, B> Service<Request<B>> for Receiver<H>
where
    H: Fn(Delivery<Bytes>) -> F + Clone + Send + 'static,
    F: Future<Output = V> + Send,
    V: IntoVerdict,
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
            on_failed,
        } = self.clone();
        Answering(Box::pin(async move {
            let watch = Watch::start(request.method());
            let answer = async {
                match intake.receive(request).await {
                    Ok(Receipt::Delivery(delivery)) => {
                        watch.opened(&delivery);
                        // The body is shared, not copied.
                        let kept = delivery.clone();
                        let handled = handle(handler, handler_time, delivery).await;
                        handled.unwrap_or_else(|failed| {
                            watch::failed(&kept, &failed);
                            if let Some(log) = on_failed {
                                log(&kept, &failed);
                            }
                            failed.verdict()
                        })
                    }
                    Ok(Receipt::Ping(_)) => Verdict::PING,
                    Err(refused) => {
                        if let Some(log) = on_refused {
                            log(&refused);
                        }
                        refused.into()
                    }
                }
            };
            watch.around(answer).await
        }))
    }
}

/// Calls the handler. A verdict is 2xx.
async fn handle<H, F, V>(
    handler: H,
    time: Option<Duration>,
    delivery: Delivery<Bytes>,
) -> Result<Verdict, Failed>
where
    H: Fn(Delivery<Bytes>) -> F,
    F: Future<Output = V>,
    V: IntoVerdict,
{
    // Inside the future, to catch a panic before the first `await` too.
    let handled = unless_panicked(async move { handler(delivery).await.into_verdict() });
    let handled = match time {
        Some(time) => tokio::time::timeout(time, handled).await,
        None => Ok(handled.await),
    };
    match handled {
        Ok(Ok(Ok(verdict))) if verdict.is_success() => Ok(verdict),
        Ok(Ok(Ok(verdict))) => Err(Failed::Verdict(verdict)),
        Ok(Ok(Err(error))) => Err(Failed::Error(error)),
        Ok(Err(_)) => Err(Failed::Panicked),
        Err(_) => Err(Failed::TimedOut),
    }
}

/// The output of a future, or its panic. It is not polled after a panic.
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
