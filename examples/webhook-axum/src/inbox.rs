//! What a receiver wants of its database.

use std::collections::HashMap;
use std::convert::Infallible;
use std::error::Error;
use std::sync::{Arc, Mutex, PoisonError};

/// A table of deliveries, with a unique key.
pub trait Inbox: Clone + Send + Sync + 'static {
    /// What goes wrong with the database.
    type Error: Error + Send;

    /// Stores a delivery, unless its key is there; says whether it was new. In a real one this is one statement
    /// (`insert … on conflict do nothing`), and it is on the disk when this returns: what is answered with 200 does not come again.
    fn store(&self, once: &str, body: &[u8]) -> impl Future<Output = Result<bool, Self::Error>> + Send;
}

/// A table in memory, which a receiver must not have: it forgets when the program ends.
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

    async fn store(&self, once: &str, body: &[u8]) -> Result<bool, Infallible> {
        let mut table = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if table.contains_key(once) {
            return Ok(false);
        }
        table.insert(once.to_owned(), body.to_vec());
        Ok(true)
    }
}
