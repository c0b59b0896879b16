//! What users of a mirror rely on.

#![expect(clippy::unwrap_used, reason = "tests")]

mod database;
mod shop;
mod whole;
