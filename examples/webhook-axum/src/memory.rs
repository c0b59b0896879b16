//! The table of a receiver, in memory.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};

use crate::Table;

/// A table in memory, for this example only: it is lost when the program ends.
#[derive(Clone, Debug, Default)]
pub struct Memory(Arc<Mutex<HashMap<String, Vec<u8>>>>);

impl Memory {
    /// How many deliveries are stored.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// The bodies, for a worker. A real one marks each as done, in the transaction of its effects.
    #[must_use]
    pub fn bodies(&self) -> Vec<Vec<u8>> {
        let table = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        table.values().cloned().collect()
    }
}

impl Table for Memory {
    type Error = Infallible;

    async fn store(&self, dedup_key: &str, body: &[u8]) -> Result<(), Infallible> {
        let mut table = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !table.contains_key(dedup_key) {
            table.insert(dedup_key.to_owned(), body.to_vec());
        }
        Ok(())
    }
}
