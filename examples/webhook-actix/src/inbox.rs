//! What stands for a database.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// A table of deliveries with a unique key, in memory: a real one is on a disk before it returns.
#[derive(Default)]
pub struct Inbox(Mutex<HashMap<String, Vec<u8>>>);

/// The table is full: the delivery has to come again.
#[derive(Debug)]
pub struct Full;

impl Inbox {
    /// How many deliveries it has room for.
    const ROOM: usize = 1000;

    /// Stores a delivery, unless its key is there; says whether it was new.
    pub fn store(&self, once: &str, body: &[u8]) -> Result<bool, Full> {
        let mut table = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if table.contains_key(once) {
            return Ok(false);
        }
        if table.len() == Self::ROOM {
            return Err(Full);
        }
        table.insert(once.to_owned(), body.to_vec());
        Ok(true)
    }

    /// How many deliveries are stored.
    pub fn len(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }
}
