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
//! There is no IO here and nothing that waits: how a caller waits is the client's, for example a
//! future or a parked thread.

#![forbid(unsafe_code)]

mod engine;
mod pacing;
mod session;

pub use engine::{BadUserAgent, Config, Engine};
pub use pacing::{Joined, Keeper, Pacing, Permit, Queued, Wake};
pub use session::SharedSession;
