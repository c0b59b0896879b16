//! What users of an inbox rely on.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]
#![cfg_attr(feature = "subscribe", expect(clippy::indexing_slicing, reason = "tests"))]

#[cfg(unix)]
mod kills;
mod receiving;
mod simulation;
#[cfg(feature = "subscribe")]
mod subscribing;
mod support;
mod working;
