//! Receives the webhooks of Eduzz in a tower service or an axum application.
//!
//! [`Receiver`] is a whole receiver: it reads the body within limits, verifies it, hands the [`Delivery`] to a function of yours
//! and answers what Eduzz expects, whatever came, and when the function gives an error or panics. When it does not end, that takes
//! a [`Receiver::handler_time`].
//!
//! ```
//! use eduzz_receiver::Receiver;
//! use eduzz_types::webhook::WebhookSecret;
//! use eduzz_webhook::{Event, Key, Keys, Verdict};
//!
//! let key = Key::new(&WebhookSecret::new("invented-secret"))?;
//! let receiver = Receiver::new(Keys::new("2026", key), |delivery| async move {
//!     // Here it goes into the database, under `delivery.dedup_key()`; an error there is `Verdict::LATER`.
//!     match delivery.event() {
//!         Event::SafevideoEncoderStarted(video) => println!("{:?}", video.filename),
//!         other => println!("{:?}", other.name()),
//!     }
//!     Verdict::ACCEPTED
//! })
//! .on_refused(|refused| eprintln!("refused: {refused}"));
//!
//! let app: axum::Router = axum::Router::new().route_service("/eduzz", receiver);
//! # let _ = app;
//! # Ok::<(), eduzz_webhook::BlankSecret>(())
//! ```
//!
//! [`Intake`] is the half that reads and verifies, for other servers on `http`'s types. The feature `axum-08` adds the module
//! `axum_08`, with an extractor, for handlers that want extractors of their own beside it.
//!
//! # Limits
//!
//! | Limit | Default | Set by |
//! |---|---|---|
//! | size of a body | 4 MiB ([`BODY_LIMIT`]) | [`Intake::body_limit`] |
//! | time for a body | 10 s | [`Intake::body_time`] |
//! | time for the handler | none: how long Eduzz waits is not documented | [`Receiver::handler_time`] |
//! | time for the head of a request | the server's; `axum::serve` has none | the server's (hyper: `header_read_timeout`), or a proxy before it |
//! | how many connections at once | the server's; `axum::serve` has no limit | the server's, or a proxy before it |
//!
//! # When the sender hangs up
//!
//! Servers on hyper drop the work for a request whose connection is closed: a handler's future can end at any `await`. Eduzz takes
//! that for a failure and sends again, so it is enough to store a delivery in one transaction. Work that must not stop in the
//! middle belongs behind that, or into a task of its own.

#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "axum-08")]
pub mod axum_08;
mod intake;
mod receiver;
mod reply;

pub use intake::{Intake, Refused};
pub use receiver::{Answering, Receiver};
pub use reply::{ReplyBody, reply};

#[doc(no_inline)]
pub use eduzz_webhook::{BODY_LIMIT, Delivery};
