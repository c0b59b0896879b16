//! Keeps webhooks until they are handled, in SQLite (feature `sqlite`) or PostgreSQL (`postgres`).
//!
//! An [`Inbox`] stores each delivery before it answers, and then runs your handlers until each
//! accepted the event, with retries, on any number of processes. docs/inbox.md leads from nothing
//! to a receiver in production.

#[doc(inline)]
pub use eduzz_inbox::*;
#[doc(inline)]
pub use eduzz_store::*;
#[doc(inline)]
pub use eduzz_sync::Moment;
#[doc(inline)]
pub use eduzz_sync::inbox::*;
