//! What users of a mirror rely on.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod shop;
mod whole;
