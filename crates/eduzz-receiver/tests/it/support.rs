//! Requests, bodies and answers for the tests.

use std::error::Error;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use bytes::Bytes;
use eduzz_receiver::{Receiver, Refused, ReplyBody};
use eduzz_types::webhook::WebhookSecret;
use eduzz_webhook::{Delivery, Key, Keys, SIGNATURE_HEADER};
use http::{Request, Response};
use http_body::{Body, Frame};
use http_body_util::{BodyExt as _, Full};
use tower_service::Service;

/// An event of the list, with invented data.
pub(crate) const EVENT: &str =
    r#"{"id":"1nv3nt3d","event":"safevideo.encoder_started","data":{"filename":"aula.mp4"}}"#;

pub(crate) fn key() -> Key {
    Key::new(&WebhookSecret::new("invented-secret")).unwrap()
}

pub(crate) fn keys() -> Keys {
    Keys::new("2026", key())
}

/// A POST signed with our key.
pub(crate) fn signed(body: impl Into<Bytes>) -> Request<Full<Bytes>> {
    let body = body.into();
    let signature = key().sign(&body);
    let request = Request::post("/").header(SIGNATURE_HEADER, signature.as_str());
    request.body(Full::from(body)).unwrap()
}

pub(crate) fn unsigned(method: &str, body: &'static str) -> Request<Full<Bytes>> {
    Request::builder()
        .method(method)
        .uri("/")
        .body(Full::from(body))
        .unwrap()
}

/// Sends a request through a service.
pub(crate) async fn call<S, B>(service: &mut S, request: Request<B>) -> Response<String>
where
    S: Service<Request<B>, Response = Response<ReplyBody>>,
    S::Error: std::fmt::Debug,
{
    let (head, body) = service.call(request).await.unwrap().into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    Response::from_parts(head, String::from_utf8(body.to_vec()).unwrap())
}

/// The deliveries of a handler and the refusals of a log.
#[derive(Clone, Default)]
pub(crate) struct Seen {
    handled: Arc<Mutex<Vec<String>>>,
    refused: Arc<Mutex<Vec<Refused>>>,
}

impl Seen {
    pub(crate) fn handle(&self, delivery: &Delivery<Bytes>) {
        self.handled.lock().unwrap().push(delivery.dedup_key().to_owned());
    }

    pub(crate) fn log(&self) -> impl Fn(&Refused) + Send + Sync + 'static {
        let refused = self.refused.clone();
        move |why| refused.lock().unwrap().push(*why)
    }

    pub(crate) fn handled(&self) -> Vec<String> {
        self.handled.lock().unwrap().clone()
    }

    pub(crate) fn refused(&self) -> Vec<Refused> {
        self.refused.lock().unwrap().clone()
    }
}

/// Sends a request to a receiver that accepts everything.
pub(crate) async fn answered<B>(request: Request<B>) -> (Response<String>, Seen)
where
    B: Body<Data: Send> + Send + 'static,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    let seen = Seen::default();
    let handler = seen.clone();
    let mut receiver = Receiver::new(keys(), move |delivery| {
        handler.handle(&delivery);
        async {}
    })
    .on_refused(seen.log());
    (call(&mut receiver, request).await, seen)
}

/// A body in pieces, which then ends, breaks or stalls.
pub(crate) struct Pieces {
    pieces: Box<dyn Iterator<Item = Bytes> + Send>,
    then: Then,
    /// How many pieces were read.
    pub(crate) read: Arc<Mutex<usize>>,
}

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Then {
    End,
    Break,
    Stall,
}

impl Pieces {
    pub(crate) fn new<P>(pieces: P, then: Then) -> Self
    where
        P: IntoIterator<Item = Bytes, IntoIter: Send + 'static>,
    {
        Self {
            pieces: Box::new(pieces.into_iter()),
            then,
            read: Arc::default(),
        }
    }
}

impl Body for Pieces {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        if let Some(piece) = self.pieces.next() {
            *self.read.lock().unwrap() += 1;
            return Poll::Ready(Some(Ok(Frame::data(piece))));
        }
        match self.then {
            Then::End => Poll::Ready(None),
            Then::Break => Poll::Ready(Some(Err(std::io::ErrorKind::ConnectionReset.into()))),
            // Only a timeout can end this.
            Then::Stall => Poll::Pending,
        }
    }
}
