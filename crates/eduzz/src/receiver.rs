//! Receives webhooks in a tower service, or in axum (feature `axum-08`).
//!
//! [`Receiver`] reads the body within limits, verifies it, passes the
//! [`Delivery`](crate::webhook::Delivery) to your function, and gives the answer that Eduzz expects.

#[cfg(feature = "axum-08")]
#[doc(inline)]
pub use eduzz_receiver::axum_08;
#[doc(inline)]
pub use eduzz_receiver::{Answering, Failed, Intake, IntoVerdict, Receiver, Refused, ReplyBody, reply};
