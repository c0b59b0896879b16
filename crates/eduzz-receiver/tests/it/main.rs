//! Tests of the receiver.

#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests"
)]

#[cfg(feature = "axum-08")]
mod axum_08;
mod bodies;
mod canaries;
mod failures;
mod hostile;
mod receiver;
mod sockets;
mod support;

#[global_allocator]
static ALLOCATOR: eduzz_testkit::counting::Counting = eduzz_testkit::counting::Counting;
