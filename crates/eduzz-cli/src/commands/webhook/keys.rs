//! The key that signs and verifies.

use eduzz_types::webhook::WebhookSecret;
use eduzz_webhook::Key;

use crate::ask;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::settings;

/// The key of the webhook's secret.
pub(in crate::commands) fn key(lang: Lang) -> Result<Key, Failure> {
    let texts = [
        lang.ask_webhook_secret(),
        lang.empty_webhook_secret(),
        lang.no_webhook_secret(),
    ];
    let secret = ask::secret(lang, settings::WEBHOOK_SECRET, texts)?;
    Key::new(&WebhookSecret::new(secret)).map_err(|_| Failure::usage(lang.empty_webhook_secret()))
}
