//! Webhooks: who is told of what, when it is sent, and what becomes of it.
//!
//! ```text
//! Tells (news) ──▶ Outbox ──(a Courier for each subscription)──▶ Dispatch ──▶ carrier, or a test
//!                    ▲                                                          │
//!                    └───────────────────── ReceiverAnswer ◀────────────────────┘
//! ```
//!
//! [`courier`] and [`outbox`] decide, without a socket and without a clock; [`carrier`] sends.

mod carrier;
mod courier;
mod deliveries;
mod delivery;
pub(crate) mod event_list;
pub(crate) mod outbox;
pub(crate) mod payloads;
pub(crate) mod post;
pub(crate) mod receiver;
pub(crate) mod secret;

pub use deliveries::Deliveries;
pub use delivery::{DeliveryAttempt, DeliveryRecord, DeliveryState, Dispatch, ReceiverAnswer};
