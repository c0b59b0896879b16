//! Reads and verifies requests.

use std::error::Error;
use std::time::Duration;

use bytes::Bytes;
use eduzz_webhook::{BODY_LIMIT, Forged, Keys, Receipt, Refusal, SIGNATURE_HEADER, Verdict};
use http::{Method, Request};
use http_body::Body;
use http_body_util::{BodyExt as _, LengthLimitError, Limited};

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
            Method::POST => self.read(body).await?,
            // The body of another method is not read.
            _ => Bytes::new(),
        };
        let signatures = head.headers.get_all(SIGNATURE_HEADER);
        let receipt = self.keys.receive(head.method.as_str(), signatures, body);
        receipt.map_err(Refused::from)
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
        let read = Limited::new(body, self.body_limit).collect();
        match tokio::time::timeout(self.body_time, read).await {
            Ok(Ok(body)) => Ok(body.to_bytes()),
            Ok(Err(error)) if error.is::<LengthLimitError>() => Err(Refused::TooLarge),
            Ok(Err(_)) => Err(Refused::Cut),
            Err(_) => Err(Refused::TooSlow),
        }
    }
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
