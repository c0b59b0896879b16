//! Keeps webhooks until they are handled, in SQLite (feature `sqlite`) or PostgreSQL (`postgres`).
//!
//! An [`Inbox`] stores each delivery before it answers, and then runs your handlers until each
//! accepted the event, with retries, on any number of processes. docs/inbox.md leads from nothing
//! to a receiver in production.

#[doc(inline)]
pub use eduzz_inbox::*;
#[doc(inline)]
pub use eduzz_store::{
    Body, Claim, Claimed, Counts, Filter, Memory, MemoryWrites, Put, Reopening, Row, Settled, Settlement,
    Store, StoreError, StoreErrorKind, Whole,
};
#[cfg(feature = "postgres")]
#[doc(inline)]
pub use eduzz_store::{Postgres, PostgresWrites};
#[cfg(feature = "sqlite")]
#[doc(inline)]
pub use eduzz_store::{Sqlite, SqliteWrites};
#[doc(inline)]
pub use eduzz_sync::Moment;
#[doc(inline)]
pub use eduzz_sync::inbox::*;
#[cfg(feature = "subscribe")]
#[doc(inline)]
pub use eduzz_sync::subscription::*;

#[cfg(feature = "sqlite")]
#[doc(no_inline)]
pub use eduzz_store::rusqlite;
#[cfg(feature = "postgres")]
#[doc(no_inline)]
pub use eduzz_store::tokio_postgres;
