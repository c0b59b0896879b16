//! Strategies and generic properties for the tests of the Eduzz crates.
//!
//! [`endpoint`] checks a call on its fixture folder, [`event`] an event of a webhook,
//! [`conformance`] a client. A failure panics with the names of the call and the file.
//! [`bench`](mod@bench) has the helpers of the benchmarks, [`postgres`] a server for tests.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "this is test code"
)]

pub mod bench;
pub mod canary;
pub mod chance;
pub mod conformance;
pub mod counting;
pub mod endpoint;
pub mod event;
pub mod json;
pub mod meta;
mod model;
pub mod names;
pub mod postgres;
pub mod strategies;
