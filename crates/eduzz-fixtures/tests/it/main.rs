//! Tests of the comparison of a body with its model's output.

#![allow(
    missing_docs,
    clippy::indexing_slicing,
    clippy::needless_pass_by_value,
    clippy::unwrap_used,
    reason = "tests"
)]

mod fidelity;
