//! The sign-in with the real program, the consent page and Chromium, on loopback only; the
//! sandbox's panel; and the report of a mirror.
//!
//! It needs Debian's `chromium` and `chromium-driver`; without them the tests pass as skipped, but
//! not in CI. With `EDUZZ_SCREENSHOTS=FOLDER` each page is photographed on every screen.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "clippy.toml allows them in test functions; this goes for their helpers too"
)]

mod browser;
mod driver;
mod look;
mod panel;
mod refusals;
mod report;
mod setup;
mod sign_in;
mod steering;
#[path = "../it/support.rs"]
#[allow(dead_code, reason = "the other tests use more of it")]
mod support;
