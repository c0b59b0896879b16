//! The fixture folders, and the page of documentation made from them.

#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests"
)]

mod conformance;
mod endpoints_page;
mod fixtures;
mod privacy;

use std::path::{Path, PathBuf};

/// A path from the workspace's root.
fn workspace(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}
