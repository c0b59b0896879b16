//! Runs the program against a sandbox in the test's process, on loopback only.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "clippy.toml allows them in test functions; this goes for their helpers too"
)]

mod calls;
mod canaries;
mod check;
mod communities;
mod demo;
mod doctor;
mod exchange;
mod fake_service;
mod forms;
mod hooks;
mod inbox;
mod installing;
#[cfg(unix)]
mod kill;
mod language;
mod listen;
mod lists;
mod live;
mod login;
mod mirror;
mod nutror;
mod paste;
mod profiles;
mod sandbox;
mod steer;
mod store;
mod subscriptions;
mod support;
mod tables;
mod terminal;
mod usage;
mod waiting;
mod walks;
mod webhooks;
