//! What the clients for the Eduzz API share: the engine of [`eduzz_wire`] behind a lock and a
//! clock.
//!
//! A client is an [`Engine`] with a transport. It makes a call so:
//!
//! ```text
//! Engine::lane ─▶ Engine::attempt ─▶ Attempt
//!        ┌───────────────────────────────┘
//!        ▼
//! Pacing::join, Queued::poll … ─▶ Permit ─▶ granted ─▶ send ─▶ Outcome ─▶ Permit::ended ─▶ Engine::decide
//! ```
//!
//! There is no IO here. How a caller waits is the client's: a future in `eduzz-hyper`, a parked
//! thread in `blocking` (a feature), a client over any transport.

#![forbid(unsafe_code)]

#[cfg(feature = "blocking")]
pub mod blocking;
mod engine;
mod pacing;
mod session;

pub use engine::{BadUserAgent, Config, Engine};
pub use pacing::{Joined, Keeper, NoTurn, Pacing, Permit, Queued, Wake};
pub use session::SharedSession;
