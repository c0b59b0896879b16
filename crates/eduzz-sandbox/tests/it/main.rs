//! The sandbox as a browser, an integrator and an attacker meet it.

mod api;
mod browser;
mod consent;
mod hostile;
mod repeatable;
mod sdk;
mod sockets;
mod token;
