//! Tests of the sign-in.

#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::needless_pass_by_value,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests"
)]

mod authorize;
mod callback;
mod canaries;
mod exchange;
mod forms;
mod grant;
mod security;
mod session;
mod storing;
mod support;
