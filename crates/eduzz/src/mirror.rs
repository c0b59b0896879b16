//! Copies an account into SQLite or PostgreSQL, and says what of the copy is proven.
//!
//! A [`Mirror`] reads the lists of MyEduzz and of four other products into tables with typed
//! columns. Its database is that of an [`inbox`](crate::inbox), whose events update it too.
//! docs/mirror.md leads from nothing to a copy that is kept; docs/mirror-tables.md lists the
//! tables.

#[doc(inline)]
pub use eduzz_mirror::*;
#[doc(inline)]
pub use eduzz_store::mirror::*;
#[doc(inline)]
pub use eduzz_sync::mirror::*;
