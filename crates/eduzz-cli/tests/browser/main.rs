//! The sign-in as a person sees it: the real program, the consent page, and Chromium between them. Loopback only.
//!
//! It needs Debian's `chromium` and `chromium-driver`, so it is built with the feature `browser-tests` only. What a
//! person should look at is written to the folder that `EDUZZ_SCREENSHOTS` names, else to one under `target/tmp`.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "clippy.toml allows them in test functions; this goes for their helpers too"
)]

mod base64;
mod browser;
mod driver;
mod look;
mod program;
mod refusals;
mod sign_in;
mod world;
