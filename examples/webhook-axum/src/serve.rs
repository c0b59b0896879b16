//! The start of the receiver that `docs/webhooks.md` shows.

use std::{env, error::Error};

use eduzz::WebhookSecret;
use eduzz::webhook::{Key, Keys};
use tokio::net::TcpListener;

use crate::{Table, app, listen};

/// Receives until the program ends. Fails at the start if the secret is missing.
pub async fn serve(table: impl Table) -> Result<(), Box<dyn Error>> {
    let key = Key::new(&WebhookSecret::new(env::var("EDUZZ_WEBHOOK_SECRET")?))?;
    let listener = TcpListener::bind("0.0.0.0:8080").await?;
    listen(listener, app(Keys::new("2026", key), table)).await;
    Ok(())
}
