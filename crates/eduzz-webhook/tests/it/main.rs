//! Tests of deliveries and their events.

#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests"
)]

mod canaries;
mod deliveries;
mod events;
mod keys;
mod receipts;
mod stored;
mod subjects;
mod support;
