//! A stand-in for a database.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// A table of deliveries with a unique key, in memory. A real one is on disk before `store`
/// returns.
#[derive(Default)]
pub struct Table(Mutex<HashMap<String, Vec<u8>>>);

/// The table is full, so the delivery must be sent again.
#[derive(Debug)]
pub struct Full;

impl Table {
    /// Maximum number of deliveries.
    const LIMIT: usize = 1000;

    /// Stores a delivery unless its key exists.
    pub fn store(&self, dedup_key: &str, body: &[u8]) -> Result<(), Full> {
        let mut table = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if table.contains_key(dedup_key) {
            return Ok(());
        }
        if table.len() == Self::LIMIT {
            return Err(Full);
        }
        table.insert(dedup_key.to_owned(), body.to_vec());
        Ok(())
    }

    /// The bodies, for a worker. A real one marks each as done, in the transaction of its effects.
    pub fn bodies(&self) -> Vec<Vec<u8>> {
        let table = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        table.values().cloned().collect()
    }

    /// How many deliveries are stored.
    pub fn len(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }
}
