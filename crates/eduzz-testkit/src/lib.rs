//! Strategies and generic properties for the tests of the Eduzz crates, written once and run over every call.
//!
//! [`endpoint`] runs everything that holds for every call, from its fixture folder; [`event`] everything that holds for every
//! event of a webhook; [`conformance`] everything that holds for every client. What fails panics, with the call's and the
//! file's name. [`bench`](mod@bench) is what benchmarks share.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "this is test code"
)]

pub mod bench;
pub mod canary;
pub mod conformance;
pub mod counting;
pub mod endpoint;
pub mod event;
pub mod json;
pub mod meta;
mod model;
pub mod names;
pub mod strategies;
