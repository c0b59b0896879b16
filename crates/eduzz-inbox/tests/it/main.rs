//! What users of an inbox rely on.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

#[cfg(unix)]
mod kills;
mod receiving;
mod simulation;
mod support;
mod working;
