//! What users of a mirror rely on.

#![expect(clippy::unwrap_used, reason = "tests")]

mod calls;
mod database;
mod refetches;
mod shop;
mod whole;
