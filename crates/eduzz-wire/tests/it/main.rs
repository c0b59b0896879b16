//! Tests of requests, responses, walks, retries and pace.

#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::needless_pass_by_value,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests"
)]

mod attempts;
mod backoff;
mod budget;
mod calls;
mod days;
mod lanes;
mod origins;
mod pacer;
mod reading;
mod rejections;
mod sweep;

#[global_allocator]
static ALLOCATOR: eduzz_testkit::counting::Counting = eduzz_testkit::counting::Counting;
