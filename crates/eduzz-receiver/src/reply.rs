//! Turns a verdict into a response.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use eduzz_webhook::Verdict;
use http::{HeaderValue, Response, StatusCode, header};
use http_body::{Body, Frame, SizeHint};

/// The body of a reply, a short text.
#[derive(Clone, Debug, Default)]
pub struct ReplyBody(Option<&'static str>);

/// Turns a verdict into a response with the headers that its status requires.
#[must_use]
pub fn reply(verdict: Verdict) -> Response<ReplyBody> {
    let mut response = Response::new(ReplyBody(Some(verdict.body())));
    // Every verdict has a valid status.
    *response.status_mut() =
        StatusCode::from_u16(verdict.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/plain; charset=utf-8"),
    );
    if verdict == Verdict::METHOD {
        headers.insert(header::ALLOW, HeaderValue::from_static("POST, GET, HEAD"));
    }
    response
}

impl Body for ReplyBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let text = self.0.take();
        Poll::Ready(text.map(|text| Ok(Frame::data(Bytes::from_static(text.as_bytes())))))
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.0.map_or(0, |text| text.len() as u64))
    }
}
