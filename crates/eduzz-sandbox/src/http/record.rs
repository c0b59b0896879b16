//! The middleware that records requests and their answers as they pass by.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use http_body::{Frame, SizeHint};
use tokio::time::Instant;

use super::{calls, panel};
use crate::record::{Caller, Draft, Passing, Why};
use crate::running::Running;

/// The template of a request's call, in its extensions.
#[derive(Clone, Copy, Debug)]
pub(super) struct Listed(pub(super) Option<&'static str>);

/// Records a request and its answer, except those of the panel itself. Bodies are not held up: what
/// is recorded of them is copied as they pass by.
pub(crate) async fn keep(State(running): State<Arc<Running>>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let template = calls::template(&parts.method, parts.uri.path());
    parts.extensions.insert(Listed(template));
    if panel::is_own(parts.uri.path()) {
        return next.run(Request::from_parts(parts, body)).await;
    }
    let sent = Arc::new(Mutex::new(Passing::new(body.is_end_stream())));
    let mut open = Open {
        draft: Some(Draft {
            at: running.config.clock.now(),
            method: parts.method.clone(),
            uri: parts.uri.clone(),
            headers: parts.headers.clone(),
            template,
            caller: None,
            answer: None,
            why: None,
        }),
        begun: Instant::now(),
        sent: Arc::clone(&sent),
        answered: Passing::default(),
        running,
    };
    let body = match body.is_end_stream() {
        true => body,
        false => Body::new(Sent { body, sent }),
    };
    let mut response = next.run(Request::from_parts(parts, body)).await;
    let extensions = response.extensions_mut();
    let (caller, why) = (extensions.remove::<Caller>(), extensions.remove::<Why>());
    let is_head = if let Some(draft) = &mut open.draft {
        draft.caller = caller;
        draft.why = why;
        draft.answer = Some((response.status(), response.headers().clone()));
        draft.method == Method::HEAD
    } else {
        false
    };
    if response.body().is_end_stream() || is_head {
        open.answered.has_ended = true;
        return response;
    }
    response.map(|body| {
        Body::new(Answered {
            body,
            open: Some(open),
        })
    })
}

/// A request that is being answered. It is recorded when this is dropped: at the end of the answer,
/// or when the client has gone.
struct Open {
    draft: Option<Draft>,
    begun: Instant,
    sent: Arc<Mutex<Passing>>,
    answered: Passing,
    running: Arc<Running>,
}

impl Drop for Open {
    fn drop(&mut self) {
        let Some(draft) = self.draft.take() else {
            return;
        };
        let sent = std::mem::take(&mut *self.sent.lock().unwrap_or_else(PoisonError::into_inner));
        let answered = std::mem::take(&mut self.answered);
        let record = draft.into_record(self.begun.elapsed(), sent, answered);
        self.running.records.push(record);
    }
}

/// The body of a request.
struct Sent {
    body: Body,
    sent: Arc<Mutex<Passing>>,
}

impl HttpBody for Sent {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Polled> {
        let polled = ready!(Pin::new(&mut self.body).poll_frame(cx));
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        pass(&mut sent, polled.as_ref(), self.body.is_end_stream());
        drop(sent);
        Poll::Ready(polled)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// The body of an answer. The request is recorded before the last part is given on: a client that
/// has read the answer finds it recorded.
struct Answered {
    body: Body,
    open: Option<Open>,
}

impl HttpBody for Answered {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Polled> {
        let polled = ready!(Pin::new(&mut self.body).poll_frame(cx));
        let is_end = self.body.is_end_stream();
        if let Some(open) = &mut self.open {
            pass(&mut open.answered, polled.as_ref(), is_end);
            if open.answered.has_ended {
                self.open = None;
            }
        }
        Poll::Ready(polled)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

type Polled = Option<Result<Frame<Bytes>, axum::Error>>;

/// Copies what passes by.
fn pass(passing: &mut Passing, polled: Option<&Result<Frame<Bytes>, axum::Error>>, is_end: bool) {
    match polled {
        Some(Ok(frame)) => {
            if let Some(data) = frame.data_ref() {
                passing.add(data);
            }
            passing.has_ended |= is_end;
        }
        Some(Err(_)) => {}
        None => passing.has_ended = true,
    }
}
