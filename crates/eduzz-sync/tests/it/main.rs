//! What stores and workers rely on.

#![expect(clippy::unwrap_used, reason = "tests")]
#![cfg_attr(feature = "mirror", expect(clippy::indexing_slicing, reason = "tests"))]

mod decisions;
#[cfg(feature = "mirror")]
mod forgetting;
mod incoming;
#[cfg(feature = "mirror")]
mod merging;
#[cfg(feature = "mirror")]
mod pace;
#[cfg(feature = "mirror")]
mod progress;
#[cfg(feature = "mirror")]
mod refetches;
#[cfg(feature = "subscriptions")]
mod subscriptions;
#[cfg(feature = "mirror")]
mod tables;
#[cfg(feature = "mirror")]
mod webhook;
#[cfg(feature = "mirror")]
mod windows;
