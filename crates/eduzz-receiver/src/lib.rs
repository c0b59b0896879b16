//! Receives the webhooks of Eduzz in a tower service or an axum application.
//!
//! [`Receiver`] is a complete receiver: it reads the body within limits, verifies it, passes the
//! [`Delivery`] to your function, and gives the answer that Eduzz expects, also for an error or a
//! panic of the function. [`Receiver::handler_time`] adds a timeout.
//!
//! ```
//! use eduzz_receiver::Receiver;
//! use eduzz_types::webhook::WebhookSecret;
//! use eduzz_webhook::{Event, Key, Keys, Verdict};
//!
//! let key = Key::new(&WebhookSecret::new("invented-secret"))?;
//! let receiver = Receiver::new(Keys::new("2026", key), |delivery| async move {
//!     // Store it in the database under `delivery.dedup_key()`; an error there is `Verdict::LATER`.
//!     if delivery.is_sample() {
//!         // Most likely a sample from the console, not a sale.
//!         return Verdict::ACCEPTED;
//!     }
//!     match delivery.event() {
//!         Event::SafevideoEncoderStarted(video) => println!("{:?}", video.filename),
//!         other => println!("{:?}", other.name()),
//!     }
//!     Verdict::ACCEPTED
//! })
//! .on_refused(|refused| eprintln!("refused: {refused}"))
//! .on_failed(|delivery, failed| eprintln!("{:?}: {failed}", delivery.id()));
//!
//! let app: axum::Router = axum::Router::new().route_service("/eduzz", receiver);
//! # let _ = app;
//! # Ok::<(), eduzz_webhook::BlankSecret>(())
//! ```
//!
//! [`Intake`] only reads and verifies, for other servers on `http`'s types. The feature `axum-08`
//! adds the module `axum_08` with an extractor, for handlers that use other extractors too. The
//! feature `tracing` adds a span for each request to a receiver, with the event's name and id, and
//! events for answers, refusals and failures; none has a header or a body.
//!
//! # Limits
//!
//! | Limit | Default | Set by |
//! |---|---|---|
//! | size of a body | 4 MiB ([`BODY_LIMIT`]) | [`Intake::body_limit`] |
//! | time for a body | 10 s | [`Intake::body_time`] |
//! | time for the handler | none: Eduzz's timeout is not documented | [`Receiver::handler_time`] |
//! | time for the head of a request | the server's; `axum::serve` has none | the server (hyper: `header_read_timeout`) or a proxy |
//! | concurrent connections | the server's; `axum::serve` has no limit | the server or a proxy |
//!
//! # When the sender disconnects
//!
//! Servers on hyper drop a request's future when its connection closes, so a handler can end at any
//! `await`. Eduzz treats that as a failure and retries, so storing a delivery in one transaction is
//! safe. Do work that must not be interrupted afterwards, or in its own task.

#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "axum-08")]
pub mod axum_08;
mod failed;
mod intake;
mod receiver;
mod reply;
mod watch;

pub use failed::{Failed, IntoVerdict};
pub use intake::{Intake, Refused};
pub use receiver::{Answering, Receiver};
pub use reply::{ReplyBody, reply};

#[doc(no_inline)]
pub use eduzz_webhook::{BODY_LIMIT, Delivery};
