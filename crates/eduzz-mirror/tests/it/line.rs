//! The line to the local Eduzz: what goes over it is counted, and some of it can be held.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};

use eduzz_hyper::{Error, Socket};
use http::{Request, Response, Uri};
use tokio::sync::{Notify, watch};
use tower_service::Service;

/// A socket, and what is known of its requests.
#[derive(Clone)]
pub(crate) struct Line {
    socket: Socket,
    known: Arc<Known>,
}

/// What is known of the requests of all clients.
pub(crate) struct Known {
    answered: AtomicU64,
    refused: AtomicU64,
    /// Which requests wait.
    held: watch::Sender<fn(&Uri) -> bool>,
    waits: Notify,
}

impl Known {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self {
            answered: AtomicU64::new(0),
            refused: AtomicU64::new(0),
            held: watch::Sender::new(|_| false),
            waits: Notify::new(),
        })
    }

    pub(crate) fn line(self: &Arc<Self>, socket: Socket) -> Line {
        Line {
            socket,
            known: Arc::clone(self),
        }
    }

    pub(crate) fn answered(&self) -> u64 {
        self.answered.load(Ordering::SeqCst)
    }

    /// Answers 429.
    pub(crate) fn refused(&self) -> u64 {
        self.refused.load(Ordering::SeqCst)
    }

    /// Requests of these paths wait from now on, others no more.
    pub(crate) fn hold(&self, which: fn(&Uri) -> bool) {
        self.held.send_replace(which);
    }

    /// Ends when a request waits.
    pub(crate) async fn waits(&self) {
        self.waits.notified().await;
    }
}

impl Service<Request<Vec<u8>>> for Line {
    type Response = Response<Vec<u8>>;
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Vec<u8>>, Error>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Vec<u8>>) -> Self::Future {
        let Self { mut socket, known } = self.clone();
        Box::pin(async move {
            let mut held = known.held.subscribe();
            let uri = request.uri().clone();
            if held.borrow_and_update()(&uri) {
                known.waits.notify_one();
                held.wait_for(|which| !which(&uri)).await.unwrap();
            }
            let answer = socket.call(request).await?;
            known.answered.fetch_add(1, Ordering::SeqCst);
            if answer.status() == 429 {
                known.refused.fetch_add(1, Ordering::SeqCst);
            }
            Ok(answer)
        })
    }
}
