//! Decisions of programs that keep what Eduzz says, without IO, clock or database.
//!
//! [`inbox`] decides for an inbox of webhooks: what to keep of a delivery, when to retry, which
//! event waits for another. A store executes the decisions (`eduzz-store`); a worker runs the
//! handlers (`eduzz-inbox`). Time is an argument: a [`Moment`] of the database's clock.

#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

pub mod inbox;
#[cfg(feature = "mirror")]
pub mod mirror;
mod moment;
#[cfg(feature = "subscriptions")]
pub mod subscription;

pub use moment::Moment;
