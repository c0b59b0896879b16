//! The secret that signs an application's deliveries.

use eduzz_types::webhook::WebhookSecret;
use eduzz_webhook::{BlankSecret, Key};

use crate::random::Random;

/// The secret of an application: it follows from the seed.
pub(crate) struct Secret {
    pub(crate) id: String,
    pub(crate) secret: WebhookSecret,
    pub(crate) key: Key,
}

impl Secret {
    /// The secret of the application with this id.
    ///
    /// # Errors
    ///
    /// Never: the secret is not blank.
    pub(crate) fn of(seed: u64, client_id: &str) -> Result<Self, BlankSecret> {
        let (id, secret) = invented(seed, client_id);
        let key = Key::new(&secret)?;
        Ok(Self { id, secret, key })
    }
}

/// The id and the text of an application's secret.
pub(crate) fn invented(seed: u64, client_id: &str) -> (String, WebhookSecret) {
    let mut random = Random::stream(seed, &format!("webhook/secret/{client_id}"));
    let id = random.word(25);
    (
        id,
        WebhookSecret::new(format!("edzwgd_invented{}", random.word(42))),
    )
}
