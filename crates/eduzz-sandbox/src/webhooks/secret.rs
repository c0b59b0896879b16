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
        let mut random = Random::stream(seed, &format!("webhook/secret/{client_id}"));
        let id = random.word(25);
        let secret = WebhookSecret::new(format!("edzwgd_invented{}", random.word(42)));
        let key = Key::new(&secret)?;
        Ok(Self { id, secret, key })
    }
}
