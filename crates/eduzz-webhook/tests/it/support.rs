//! Keys and bodies that several tests use.

use eduzz_types::webhook::WebhookSecret;
use eduzz_webhook::{Delivery, Key};

/// An event of the list, with invented data.
pub(crate) const BODY: &str = r#"{"id":"1nv3nt3d","event":"safevideo.encoder_started","data":{"filename":"aula.mp4"},"sentDate":"2026-03-01T12:00:00.000Z"}"#;

pub(crate) fn key(secret: &str) -> Key {
    Key::new(&WebhookSecret::new(secret)).unwrap()
}

pub(crate) fn ours() -> Key {
    key("invented-secret")
}

/// A genuine delivery of any bytes.
pub(crate) fn genuine(body: impl AsRef<[u8]>) -> Delivery {
    let body = body.as_ref();
    ours().open(ours().sign(body), body.to_vec()).unwrap()
}
