//! What users of a store rely on, over every store.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

#[cfg(all(feature = "mirror", feature = "postgres", feature = "sqlite"))]
mod copies;
#[cfg(feature = "postgres")]
mod databases;
#[cfg(unix)]
mod files;
#[cfg(all(feature = "sqlite", feature = "postgres"))]
mod mirror;
mod model;
#[cfg(feature = "postgres")]
mod postgres;
mod stores;
mod suite;
mod support;
