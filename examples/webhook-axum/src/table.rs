//! The table that a receiver needs in its database.

use std::error::Error;

/// A table of deliveries, with a unique key.
pub trait Table: Clone + Send + Sync + 'static {
    /// The error of the database.
    type Error: Error + Send + Sync;

    /// Stores a delivery unless its key exists. A real implementation is one statement (`insert …
    /// on conflict do nothing`) that is on disk when this returns, because a delivery that was
    /// answered with 200 is not sent again.
    fn store(&self, dedup_key: &str, body: &[u8]) -> impl Future<Output = Result<(), Self::Error>> + Send;
}
