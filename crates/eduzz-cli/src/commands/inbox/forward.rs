//! Delivers stored events to the user's own service.

use std::error::Error as StdError;

use eduzz_hyper::Error;
use eduzz_inbox::{Failure, Inbound};
use http::{HeaderMap, HeaderName, HeaderValue};

use crate::commands::webhook::post::Receiver;

/// The name by which events are marked that the service accepted.
pub(super) const NAME: &str = "forward";

/// The same for every attempt of an event, and another one for every other event.
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// Sends an event once: the bytes as they came, with their signature.
pub(super) async fn send(
    receiver: &Receiver,
    inbound: &Inbound,
) -> Result<(), Box<dyn StdError + Send + Sync>> {
    let signature = HeaderValue::from_str(inbound.signature())?;
    let key = HeaderValue::from_str(&inbound.idempotency_key())?;
    let headers = HeaderMap::from_iter([(IDEMPOTENCY_KEY, key)]);
    match receiver.post(signature, headers, inbound.body().to_vec()).await {
        Ok(answer) if answer.status().is_success() => Ok(()),
        Ok(answer) => Err(Failure::new(format!("status_{}", answer.status().as_u16())).into()),
        Err(error) => Err(Failure::new(code(&error)).into()),
    }
}

fn code(error: &Error) -> &'static str {
    if error.is_timeout() {
        "timed_out"
    } else if error.is_tls() {
        "tls_failed"
    } else if error.is_connect() {
        "unreachable"
    } else if error.is_too_large() {
        "answer_too_large"
    } else {
        "no_answer"
    }
}
