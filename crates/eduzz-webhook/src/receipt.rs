//! Classifies requests to a receiver's URL: deliveries, checks of the URL, and refused requests.

use alloc::string::String;

use eduzz_types::read_json;
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::{Delivery, Forged, Keys, Signature};

/// The maximum size of a check. A documented one has about 120 bytes.
const CHECK_LIMIT: usize = 1024;

/// An accepted request to a receiver's URL.
#[derive(Debug)]
#[allow(
    clippy::exhaustive_enums,
    clippy::large_enum_variant,
    reason = "a request is a delivery or a check, and mostly a delivery"
)]
pub enum Receipt<B> {
    /// A genuine delivery, for the handler, which decides the verdict.
    Delivery(Delivery<B>),
    /// A check of the URL: answer [`Verdict::PING`](crate::Verdict::PING) and do nothing. It holds
    /// nothing of the request.
    Ping(Ping),
}

/// The form of a check of the URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Ping {
    /// A genuine `ping`.
    Signed,
    /// A `ping` without a valid signature, or a body without content.
    Unsigned,
    /// An empty body.
    Empty,
    /// GET or HEAD.
    Visit,
}

/// Why a request is neither a delivery nor a check of the URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// A method other than POST, GET and HEAD.
    #[error("deliveries come with POST")]
    Method,
    /// A body without a valid signature.
    #[error(transparent)]
    Forged(#[from] Forged),
}

impl Keys {
    /// Classifies a request to a receiver's URL.
    ///
    /// It opens deliveries like [`open`](Self::open), and recognises checks of the URL. Eduzz sends
    /// these when a configuration is saved or activated, and they must be answered with 2xx; they
    /// are reported to be unsigned, empty, without `event`, or without POST (Q75). An unsigned
    /// check gives no data, so a forged one gains nothing. Without a valid signature, a check is:
    ///
    /// * a GET or HEAD with any body;
    /// * an empty body;
    /// * a JSON object of at most 1 KiB with no members except `id`, `event`, `sentDate`, `message`
    ///   and `data`, whose `event` is `ping` or absent, and whose `data` has at most a `message`.
    ///
    /// # Errors
    ///
    /// Another method, or a body without a valid signature that is not a check.
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

/// Whether an unsigned body is a check of the URL and cannot be an event signed with another key.
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
