//! Webhooks: subscriptions, the schedule of their deliveries, and the request that delivers.
//!
//! ```text
//! event ──▶ WebhookQueue ──(a Schedule for each subscription)──▶ Attempt ──▶ sender, or a test
//!               ▲                                                             │
//!               └──────────────────── ReceiverAnswer ◀────────────────────────┘
//! ```

mod delivery;
pub(crate) mod event_list;
pub(crate) mod queue;
pub(crate) mod receiver;
pub(crate) mod saved;
mod schedule;
pub(crate) mod secret;
pub(crate) mod sender;

pub use delivery::{Attempt, DeliveryAttempt, DeliveryRecord, DeliveryState, ReceiverAnswer};
pub(crate) use queue::WebhookQueue;
