//! Keeps Eduzz's webhooks durably, in SQLite or PostgreSQL.
//!
//! A [`Store`] executes what [`eduzz_sync`] decides. There are three, which one suite of tests
//! holds to the same behaviour:
//!
//! | Store | Feature | For |
//! |---|---|---|
//! | [`Sqlite`] | `sqlite` (default) | one machine, one file |
//! | `Postgres` | `postgres` | any number of machines, one server |
//! | [`Memory`] | | tests; it keeps nothing |
//!
//! The tables are `eduzz_event`, `eduzz_body`, `eduzz_handled` and `eduzz_migration`; they can
//! stand beside yours. Opening a store brings them to the present version, in one transaction, and
//! refuses those of a newer version. Moments are milliseconds since 1970 (UTC).

#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod clock;
mod error;
#[cfg(any(feature = "postgres", feature = "sqlite"))]
mod filter;
mod inbox;
mod memory;
#[cfg(any(feature = "postgres", feature = "sqlite"))]
mod migrations;
#[cfg(feature = "mirror")]
pub mod mirror;
#[cfg(feature = "postgres")]
mod postgres;
#[cfg(feature = "sqlite")]
mod sqlite;

#[doc(hidden)]
pub use clock::Clock;
pub use error::{StoreError, StoreErrorKind};
pub use inbox::{
    Body, Claim, Claimed, Counts, Filter, Put, Reopening, Row, Settled, Settlement, Store, Whole,
};
pub use memory::{Memory, MemoryWrites};
#[cfg(feature = "postgres")]
#[doc(hidden)]
pub use postgres::Limits;
#[cfg(feature = "postgres")]
pub use postgres::{Postgres, PostgresWrites};
#[cfg(feature = "sqlite")]
pub use sqlite::{Sqlite, SqliteWrites};

#[cfg(feature = "sqlite")]
#[doc(no_inline)]
pub use rusqlite;
#[cfg(feature = "postgres")]
#[doc(no_inline)]
pub use tokio_postgres;
