//! A request's body that knows whether hyper has taken the request.

use core::fmt;
use core::pin::Pin;
use core::sync::atomic::{AtomicU8, Ordering};
use core::task::{Context, Poll};
use std::io::Cursor;
use std::sync::Arc;

use eduzz_wire::Sent;
use hyper::body::{Body, Frame, SizeHint};

/// Whether a request can have left.
///
/// hyper cannot write a request's head before it has asked the body whether there is one, so a body that was never touched proves
/// that nothing was sent: the request was waiting for a connection, or on one that closed before it took the request.
pub(crate) struct Handover(AtomicU8);

const WAITING: u8 = 0;
const TAKEN: u8 = 1;
const WITHDRAWN: u8 = 2;

impl Handover {
    pub(crate) const fn new() -> Self {
        Self(AtomicU8::new(WAITING))
    }

    /// Whether the request can have left by now.
    pub(crate) fn state(&self) -> Sent {
        if self.0.load(Ordering::Acquire) == TAKEN {
            Sent::MaybeSent
        } else {
            Sent::NotSent
        }
    }

    /// Whether the request can have left; if it has not, it cannot any more.
    pub(crate) fn withdraw(&self) -> Sent {
        match self
            .0
            .compare_exchange(WAITING, WITHDRAWN, Ordering::AcqRel, Ordering::Acquire)
        {
            Ok(_) | Err(WITHDRAWN) => Sent::NotSent,
            Err(_) => Sent::MaybeSent,
        }
    }

    /// Marks the request as taken, and says whether it may be sent.
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

/// The body of a request: the vector it was built in, moved and not copied.
pub(crate) struct Payload {
    bytes: Vec<u8>,
    handover: Arc<Handover>,
}

impl Payload {
    pub(crate) const fn new(bytes: Vec<u8>, handover: Arc<Handover>) -> Self {
        Self { bytes, handover }
    }
}

impl Body for Payload {
    type Data = Cursor<Vec<u8>>;
    type Error = Withdrawn;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        if !self.handover.take() {
            return Poll::Ready(Some(Err(Withdrawn)));
        }
        if self.bytes.is_empty() {
            return Poll::Ready(None);
        }
        let bytes = core::mem::take(&mut self.bytes);
        Poll::Ready(Some(Ok(Frame::data(Cursor::new(bytes)))))
    }

    /// A withdrawn body never ends, so that hyper has to poll it, and fails.
    fn is_end_stream(&self) -> bool {
        self.handover.take() && self.bytes.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        if self.handover.take() {
            SizeHint::with_exact(self.bytes.len() as u64)
        } else {
            SizeHint::default()
        }
    }
}

/// Why the body of a withdrawn request cannot be sent.
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

    fn payload(bytes: &[u8]) -> (Payload, Arc<Handover>) {
        let handover = Arc::new(Handover::new());
        (Payload::new(bytes.to_vec(), Arc::clone(&handover)), handover)
    }

    #[test]
    fn every_touch_counts_as_sent() {
        let touches: [fn(&mut Payload); 3] = [
            |body| _ = body.is_end_stream(),
            |body| _ = body.size_hint(),
            |body| drop(Pin::new(body).poll_frame(&mut Context::from_waker(Waker::noop()))),
        ];
        for touch in touches {
            for bytes in [&b""[..], b"body"] {
                let (mut body, handover) = payload(bytes);
                assert_eq!(handover.state(), Sent::NotSent);
                touch(&mut body);
                assert_eq!(handover.state(), Sent::MaybeSent);
                assert_eq!(handover.withdraw(), Sent::MaybeSent);
            }
        }
    }

    #[test]
    fn a_withdrawn_request_cannot_be_sent() {
        for bytes in [&b""[..], b"body"] {
            let (mut body, handover) = payload(bytes);
            assert_eq!(handover.withdraw(), Sent::NotSent);
            assert!(!body.is_end_stream());
            assert_eq!(body.size_hint().exact(), None);
            let frame = Pin::new(&mut body).poll_frame(&mut Context::from_waker(Waker::noop()));
            assert!(matches!(frame, Poll::Ready(Some(Err(Withdrawn)))));
            assert_eq!(handover.withdraw(), Sent::NotSent);
            assert_eq!(handover.state(), Sent::NotSent);
        }
    }
}
