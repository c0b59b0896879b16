//! What users of the types rely on.

#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::needless_pass_by_value,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests"
)]

mod alpaclass;
mod blinket;
mod dates;
mod money;
mod nutror;
mod problems;
mod safevideo;
mod sales;
mod secrets;
mod tickets;
mod tolerance;
mod webhooks;
