//! Whatever comes to the URL of a receiver, sorted: deliveries, checks of the URL, and what is neither.

use alloc::string::String;

use eduzz_types::read_json;
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::{Delivery, Forged, Keys, Signature};

/// No check of a URL is larger. A documented one has some 120 bytes.
const CHECK_LIMIT: usize = 1024;

/// What came to a receiver's URL.
#[derive(Debug)]
#[allow(
    clippy::exhaustive_enums,
    clippy::large_enum_variant,
    reason = "what came tells something, or nothing; and mostly it does"
)]
pub enum Receipt<B> {
    /// A genuine delivery, for the handler. Its verdict is what becomes of it.
    Delivery(Delivery<B>),
    /// A check of the URL: answer [`Verdict::PING`](crate::Verdict::PING) and do nothing. It holds nothing of what came.
    Ping(Ping),
}

/// How a check of the URL came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Ping {
    /// A genuine `ping`.
    Signed,
    /// A `ping` that no key of ours signed, or a body that tells nothing at all.
    Unsigned,
    /// An empty body.
    Empty,
    /// GET or HEAD, as a browser would.
    Visit,
}

/// What came is neither a delivery nor a check of the URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// Another method than POST, GET and HEAD.
    #[error("deliveries come with POST")]
    Method,
    /// A body that no key of ours signed.
    #[error(transparent)]
    Forged(#[from] Forged),
}

impl Keys {
    /// Sorts what came to a receiver's URL.
    ///
    /// As [`open`](Self::open) for deliveries. Besides, it knows checks of the URL, which come when a configuration is saved or
    /// activated, have to be answered with 2xx, and are reported unsigned, empty, without `event`, or not even with POST (Q75).
    /// Nothing of an unsigned check is handed out, so nothing is gained by claiming to be one. Without a fitting signature a check is:
    ///
    /// * a GET or HEAD, whatever its body;
    /// * an empty body;
    /// * a JSON object of at most 1 KiB that has none but the members `id`, `event`, `sentDate`, `message` and `data`, whose
    ///   `event` is `ping` or absent, and whose `data` has nothing but a `message`.
    ///
    /// # Errors
    ///
    /// Another method, or a body that is neither signed nor a check.
    pub fn receive<B: AsRef<[u8]>>(
        &self,
        method: &str,
        signatures: impl IntoIterator<Item: AsRef<[u8]>>,
        body: B,
    ) -> Result<Receipt<B>, Refusal> {
        match method {
            "POST" => {}
            "GET" | "HEAD" => return Ok(Receipt::Ping(Ping::Visit)),
            _ => return Err(Refusal::Method),
        }
        let is_empty = body.as_ref().trim_ascii().is_empty();
        match self.fitting(signatures, body.as_ref()) {
            Ok(_) if is_empty => Ok(Receipt::Ping(Ping::Signed)),
            Ok((signature, key)) => {
                let delivery = Delivery::new(body, Signature::from_bytes(&signature), Some(key));
                Ok(if delivery.is_ping() {
                    Receipt::Ping(Ping::Signed)
                } else {
                    Receipt::Delivery(delivery)
                })
            }
            Err(_) if is_empty => Ok(Receipt::Ping(Ping::Empty)),
            Err(_) if is_check(body.as_ref()) => Ok(Receipt::Ping(Ping::Unsigned)),
            Err(forged) => Err(forged.into()),
        }
    }
}

/// Whether an unsigned body is a check of the URL, and nothing that could be an event under a wrong key.
fn is_check(body: &[u8]) -> bool {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields, rename_all = "camelCase")]
    struct Check {
        #[serde(rename = "id")]
        _id: Option<IgnoredAny>,
        event: Option<String>,
        #[serde(rename = "data")]
        _data: Option<Message>,
        #[serde(rename = "sentDate")]
        _sent_date: Option<IgnoredAny>,
        #[serde(rename = "message")]
        _message: Option<String>,
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Message {
        #[serde(rename = "message")]
        _message: Option<String>,
    }

    body.len() <= CHECK_LIMIT
        && read_json(body).is_ok_and(|check: Check| check.event.is_none_or(|event| event == "ping"))
}
