//! Reads and verifies requests.

use std::error::Error;
use std::future::poll_fn;
use std::pin::pin;
use std::time::Duration;

use bytes::{Buf as _, Bytes};
use eduzz_webhook::{BODY_LIMIT, Forged, Keys, Receipt, Refusal, SIGNATURE_HEADER, Verdict};
use http::{Method, Request};
use http_body::Body;

use crate::watch;

/// Reads requests to a receiver's URL: the keys, and the limits for size and time of a body.
#[derive(Clone, Debug)]
pub struct Intake {
    keys: Keys,
    body_limit: usize,
    body_time: Duration,
}

/// Why a request was refused before the handler. It holds nothing of the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Refused {
    /// A method other than POST, GET and HEAD.
    #[error("deliveries come with POST")]
    Method,
    /// A body without a valid signature.
    #[error(transparent)]
    Forged(#[from] Forged),
    /// A body above the limit. Eduzz retries a genuine one and blocks the others: if this occurs,
    /// raise the limit.
    #[error("the body is larger than the receiver's limit")]
    TooLarge,
    /// A body that was too slow.
    #[error("the body was not received within the receiver's timeout")]
    TooSlow,
    /// A body that was cut.
    #[error("the body ended in the middle")]
    Cut,
}

impl Intake {
    /// Accepts bodies signed with these keys, within the default limits.
    #[must_use]
    pub const fn new(keys: Keys) -> Self {
        Self {
            keys,
            body_limit: BODY_LIMIT,
            body_time: Duration::from_secs(10),
        }
    }

    /// Sets the maximum size of a body; [`BODY_LIMIT`] by default.
    #[must_use]
    pub const fn body_limit(mut self, bytes: usize) -> Self {
        self.body_limit = bytes;
        self
    }

    /// Sets the timeout for a body, from the end of the head; 10 seconds by default.
    #[must_use]
    pub const fn body_time(mut self, time: Duration) -> Self {
        self.body_time = time;
        self
    }

    /// Reads a request and classifies it as [`Keys::receive`] does. A body in one piece is not
    /// copied.
    ///
    /// # Errors
    ///
    /// The method, size, time or signature is wrong, or the body was cut.
    pub async fn receive<B>(&self, request: Request<B>) -> Result<Receipt<Bytes>, Refused>
    where
        B: Body,
        B::Error: Into<Box<dyn Error + Send + Sync>>,
    {
        let (head, body) = request.into_parts();
        let body = match head.method {
            Method::POST => self.read(body).await,
            // The body of another method is not read.
            _ => Ok(Bytes::new()),
        };
        let signatures = head.headers.get_all(SIGNATURE_HEADER);
        let receipt = body.and_then(|body| {
            let receipt = self.keys.receive(head.method.as_str(), signatures, body);
            receipt.map_err(Refused::from)
        });
        receipt.inspect_err(watch::refused)
    }

    async fn read<B>(&self, body: B) -> Result<Bytes, Refused>
    where
        B: Body,
        B::Error: Into<Box<dyn Error + Send + Sync>>,
    {
        let announced = body.size_hint().lower();
        if usize::try_from(announced).map_or(true, |announced| announced > self.body_limit) {
            return Err(Refused::TooLarge);
        }
        match tokio::time::timeout(self.body_time, collect(body, self.body_limit)).await {
            Ok(read) => read,
            Err(_) => Err(Refused::TooSlow),
        }
    }
}

/// Reads a body of at most `limit` bytes. The first piece is kept as it is; from the second on the
/// bytes are in one buffer, because a piece of one byte can hold 32 bytes and more.
async fn collect<B: Body>(body: B, limit: usize) -> Result<Bytes, Refused> {
    let mut body = pin!(body);
    let (mut first, mut buffer) = (Bytes::new(), Vec::new());
    while let Some(frame) = poll_fn(|context| body.as_mut().poll_frame(context)).await {
        let Ok(mut data) = frame.map_err(|_| Refused::Cut)?.into_data() else {
            continue; // trailers
        };
        let (held, more) = (first.len() + buffer.len(), data.remaining());
        if more > limit - held {
            return Err(Refused::TooLarge);
        }
        if held == 0 {
            first = data.copy_to_bytes(more);
            continue;
        }
        if buffer.capacity() < held + more {
            // Twice as much each time, but never above the limit.
            let capacity = buffer.capacity().saturating_mul(2).max(held + more).min(limit);
            buffer.reserve_exact(capacity - buffer.len());
        }
        buffer.extend_from_slice(&std::mem::take(&mut first));
        while data.has_remaining() {
            let chunk = data.chunk();
            let length = chunk.len();
            buffer.extend_from_slice(chunk);
            data.advance(length);
        }
    }
    Ok(if buffer.is_empty() { first } else { buffer.into() })
}

impl From<Keys> for Intake {
    fn from(keys: Keys) -> Self {
        Self::new(keys)
    }
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Forged(forged) => Self::Forged(forged),
            _ => Self::Method,
        }
    }
}

impl From<Refused> for Verdict {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Method => Self::METHOD,
            Refused::Forged(forged) => forged.into(),
            Refused::TooLarge => Self::TOO_LARGE,
            Refused::TooSlow => Self::TOO_SLOW,
            Refused::Cut => Self::CUT,
        }
    }
}
