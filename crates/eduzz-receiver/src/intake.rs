//! Reading and verifying of requests.

use std::error::Error;
use std::time::Duration;

use bytes::Bytes;
use eduzz_webhook::{BODY_LIMIT, Forged, Keys, Receipt, Refusal, SIGNATURE_HEADER, Verdict};
use http::{HeaderMap, HeaderValue, Method, Request};
use http_body::Body;
use http_body_util::{BodyExt as _, LengthLimitError, Limited};

/// What reads a request to a receiver's URL: the keys, and how much and how long a body may be.
#[derive(Clone, Debug)]
pub struct Intake {
    keys: Keys,
    body_limit: usize,
    body_time: Duration,
}

/// What was refused before any handler, and why. It holds nothing of what came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Refused {
    /// Another method than POST, GET and HEAD.
    #[error("deliveries come with POST")]
    Method,
    /// A body that no key of ours signed.
    #[error(transparent)]
    Forged(#[from] Forged),
    /// A body that is larger than the limit. Eduzz would send a genuine one again, and hold back the others: if this
    /// is seen, allow more.
    #[error("the body is larger than the receiver's limit")]
    TooLarge,
    /// A body that did not come in time.
    #[error("the body did not come in the receiver's time")]
    TooSlow,
    /// A body that ended in the middle.
    #[error("the body ended in the middle")]
    Cut,
}

impl Intake {
    /// Reads what these keys signed, within the default limits.
    #[must_use]
    pub const fn new(keys: Keys) -> Self {
        Self {
            keys,
            body_limit: BODY_LIMIT,
            body_time: Duration::from_secs(10),
        }
    }

    /// How many bytes a body may have; [`BODY_LIMIT`] if nothing is said.
    #[must_use]
    pub const fn body_limit(mut self, bytes: usize) -> Self {
        self.body_limit = bytes;
        self
    }

    /// How long a body may take to come, from the end of the head; 10 seconds if nothing is said.
    #[must_use]
    pub const fn body_time(mut self, time: Duration) -> Self {
        self.body_time = time;
        self
    }

    /// Reads a request and sorts it, as [`Keys::receive`]. A body of one piece is not copied.
    ///
    /// # Errors
    ///
    /// The method, the size, the time or the signature is wrong, or the body ended in the middle.
    pub async fn receive<B>(&self, request: Request<B>) -> Result<Receipt<Bytes>, Refused>
    where
        B: Body,
        B::Error: Into<Box<dyn Error + Send + Sync>>,
    {
        let (head, body) = request.into_parts();
        let body = match head.method {
            Method::POST => self.read(body).await?,
            // What another method brings is not read.
            _ => Bytes::new(),
        };
        let signatures = signatures(&head.headers);
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

fn signatures(headers: &HeaderMap) -> impl Iterator<Item = &HeaderValue> {
    headers.get_all(SIGNATURE_HEADER).iter()
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
