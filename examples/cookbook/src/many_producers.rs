//! Makes the account of one of many producers from its stored session.

use std::sync::Arc;
use std::time::Duration;

use eduzz::{Account, Client, Session};

/// The table of the producers' sessions, as JSON texts.
pub trait Sessions: Send + Sync + 'static {
    /// `SELECT session FROM producers WHERE id = :producer`
    fn load(&self, producer: &str) -> Option<String>;

    /// `UPDATE producers SET session = :after WHERE id = :producer AND session = :before`
    fn replace(&self, producer: &str, before: &str, after: &str);
}

/// The account of this producer, as it is stored now; `None` for an unknown one. All producers
/// share the client.
pub fn account_of(
    client: &Client,
    sessions: &Arc<impl Sessions>,
    producer: &str,
) -> Result<Option<Account>, serde_json::Error> {
    let Some(text) = sessions.load(producer) else {
        return Ok(None);
    };
    let session: Session = serde_json::from_str(&text)?;
    let (sessions, producer) = (Arc::clone(sessions), producer.to_owned());
    // A page does not hang on the pace: such a call fails with `CallError::Busy`.
    let account = client.account(session).max_wait(Duration::from_secs(2));
    Ok(Some(account.on_change(move |before, after| {
        let texts = (serde_json::to_string(before), serde_json::to_string(after));
        if let (Ok(before), Ok(after)) = texts {
            sessions.replace(&producer, &before, &after);
        }
    })))
}
