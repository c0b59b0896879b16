//! What users of an inbox rely on.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod receiving;
mod support;
mod working;
