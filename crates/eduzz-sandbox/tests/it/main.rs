//! The sandbox as a browser, an integrator and an attacker meet it.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "clippy.toml allows them in test functions; this goes for their helpers too"
)]

mod actions;
mod agreement;
mod api;
mod browser;
mod calls;
mod cases;
mod client;
mod consent;
mod control;
mod faults;
mod flows;
mod hostile;
mod lists;
mod older;
mod panel;
mod repeatable;
mod resources;
mod sdk;
mod snapshots;
mod sockets;
mod token;
mod visitor;
mod walks;
mod webhooks;
mod world;
mod writes;
