//! The client against real sockets on loopback, over real TLS.

#![cfg(any(feature = "ring", feature = "aws-lc-rs"))]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "clippy.toml allows them in test functions; this goes for their helpers too"
)]

mod bodies;
mod canaries;
mod client;
mod connections;
mod hostile;
mod limits;
mod once;
mod proxies;
mod support;

#[global_allocator]
static ALLOCATOR: eduzz_testkit::counting::Counting = eduzz_testkit::counting::Counting;
