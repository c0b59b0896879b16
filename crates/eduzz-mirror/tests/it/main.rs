//! What users of a mirror rely on.

#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "tests")]

mod beside;
mod calls;
mod choice;
mod cross;
mod database;
mod line;
mod odd;
mod pace;
mod products;
mod refetches;
mod shop;
mod webhook;
mod whole;
