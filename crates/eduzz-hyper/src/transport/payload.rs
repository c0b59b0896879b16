//! A request's body that records whether hyper has taken the request.

use core::fmt;
use core::pin::Pin;
use core::sync::atomic::{AtomicU8, Ordering};
use core::task::{Context, Poll};
use std::io::Cursor;
use std::sync::Arc;

use eduzz_wire::Sent;
use hyper::body::{Body, Frame, SizeHint};

/// Whether a request may have been sent.
///
/// hyper polls an empty body before it writes a request's head, so a body that was never polled
/// proves that nothing was sent. Another body has to be polled for its bytes: before that at most
/// the head was sent (HTTP/2 sends it alone), and a server must not process a request without its
/// body (RFC 9112, 8; RFC 9113, 8.1.1). The request was waiting for a connection or a stream, or on
/// a connection that closed before.
pub(crate) struct SendState(AtomicU8);

const WAITING: u8 = 0;
const TAKEN: u8 = 1;
const WITHDRAWN: u8 = 2;

impl SendState {
    pub(crate) const fn new() -> Self {
        Self(AtomicU8::new(WAITING))
    }

    /// Whether the request may have been sent by now.
    pub(crate) fn sent(&self) -> Sent {
        if self.0.load(Ordering::Acquire) == TAKEN {
            Sent::MaybeSent
        } else {
            Sent::NotSent
        }
    }

    /// Whether the request may have been sent; if not, it can no longer be sent.
    pub(crate) fn withdraw(&self) -> Sent {
        match self
            .0
            .compare_exchange(WAITING, WITHDRAWN, Ordering::AcqRel, Ordering::Acquire)
        {
            Ok(_) | Err(WITHDRAWN) => Sent::NotSent,
            Err(_) => Sent::MaybeSent,
        }
    }

    /// Marks the request as taken; `false` if it was withdrawn.
    fn take(&self) -> bool {
        match self
            .0
            .compare_exchange(WAITING, TAKEN, Ordering::AcqRel, Ordering::Acquire)
        {
            Ok(_) | Err(TAKEN) => true,
            Err(_) => false,
        }
    }
}

/// The body of a request; the vector is moved, not copied.
pub(crate) struct Payload {
    bytes: Vec<u8>,
    state: Arc<SendState>,
}

impl Payload {
    pub(crate) const fn new(bytes: Vec<u8>, state: Arc<SendState>) -> Self {
        Self { bytes, state }
    }
}

impl Body for Payload {
    type Data = Cursor<Vec<u8>>;
    type Error = Withdrawn;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        if !self.state.take() {
            return Poll::Ready(Some(Err(Withdrawn)));
        }
        if self.bytes.is_empty() {
            return Poll::Ready(None);
        }
        let bytes = core::mem::take(&mut self.bytes);
        Poll::Ready(Some(Ok(Frame::data(Cursor::new(bytes)))))
    }

    /// A withdrawn body never ends, so that hyper polls it and gets the error.
    fn is_end_stream(&self) -> bool {
        self.bytes.is_empty() && self.state.take()
    }

    fn size_hint(&self) -> SizeHint {
        if self.bytes.is_empty() && !self.state.take() {
            SizeHint::default()
        } else {
            SizeHint::with_exact(self.bytes.len() as u64)
        }
    }
}

/// The error of a withdrawn request's body.
#[derive(Debug)]
pub(crate) struct Withdrawn;

impl fmt::Display for Withdrawn {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the request was withdrawn before it was sent")
    }
}

impl core::error::Error for Withdrawn {}

#[cfg(test)]
mod tests {
    use core::task::Waker;

    use super::*;

    fn payload(bytes: &[u8]) -> (Payload, Arc<SendState>) {
        let state = Arc::new(SendState::new());
        (Payload::new(bytes.to_vec(), Arc::clone(&state)), state)
    }

    /// Polls the body; `true` if it is withdrawn.
    fn poll(body: &mut Payload) -> bool {
        let frame = Pin::new(body).poll_frame(&mut Context::from_waker(Waker::noop()));
        matches!(frame, Poll::Ready(Some(Err(Withdrawn))))
    }

    #[test]
    fn any_poll_of_an_empty_body_counts_as_sent() {
        let polls: [fn(&mut Payload); 3] = [
            |body| _ = body.is_end_stream(),
            |body| _ = body.size_hint(),
            |body| _ = poll(body),
        ];
        for poll in polls {
            let (mut body, state) = payload(b"");
            assert_eq!(state.sent(), Sent::NotSent);
            poll(&mut body);
            assert_eq!(state.sent(), Sent::MaybeSent);
            assert_eq!(state.withdraw(), Sent::MaybeSent);
        }
    }

    #[test]
    fn request_without_its_body_does_not_count_as_sent() {
        let (mut body, state) = payload(b"body");
        assert!(!body.is_end_stream());
        assert_eq!(body.size_hint().exact(), Some(4));
        assert_eq!(state.sent(), Sent::NotSent);
        assert!(!poll(&mut body));
        assert_eq!(state.sent(), Sent::MaybeSent);
        assert!(body.is_end_stream(), "all bytes are taken");
        assert_eq!(state.withdraw(), Sent::MaybeSent);
    }

    #[test]
    fn withdrawn_request_cannot_be_sent() {
        for bytes in [&b""[..], b"body"] {
            let (mut body, state) = payload(bytes);
            assert_eq!(state.withdraw(), Sent::NotSent);
            assert!(!body.is_end_stream());
            assert_eq!(body.size_hint().exact().is_none(), bytes.is_empty());
            assert!(poll(&mut body));
            assert_eq!(state.withdraw(), Sent::NotSent);
            assert_eq!(state.sent(), Sent::NotSent);
        }
    }
}
