//! The table that a receiver needs in its database.

use std::collections::HashMap;
use std::convert::Infallible;
use std::error::Error;
use std::sync::{Arc, Mutex, PoisonError};

/// A table of deliveries, with a unique key.
pub trait Inbox: Clone + Send + Sync + 'static {
    /// The error of the database.
    type Error: Error + Send;

    /// Stores a delivery unless its key exists, and returns whether it was new. A real
    /// implementation is one statement (`insert … on conflict do nothing`) that is on disk when
    /// this returns, because a delivery that was answered with 200 is not sent again.
    fn store(&self, dedup_key: &str, body: &[u8]) -> impl Future<Output = Result<bool, Self::Error>> + Send;
}

/// A table in memory, for this example only: it is lost when the program ends.
#[derive(Clone, Debug, Default)]
pub struct Memory(Arc<Mutex<HashMap<String, Vec<u8>>>>);

impl Memory {
    /// How many deliveries are stored.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }
}

impl Inbox for Memory {
    type Error = Infallible;

    async fn store(&self, dedup_key: &str, body: &[u8]) -> Result<bool, Infallible> {
        let mut table = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if table.contains_key(dedup_key) {
            return Ok(false);
        }
        table.insert(dedup_key.to_owned(), body.to_vec());
        Ok(true)
    }
}
