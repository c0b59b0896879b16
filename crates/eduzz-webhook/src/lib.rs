//! Deliveries of Eduzz's webhooks, verified and typed: no IO, no clock, no framework.
//!
//! ```text
//! WebhookSecret ── Key, Keys ──open(signature, raw body)──▶ Delivery ──event()──▶ Event
//!                        │                                     id, name, body      63 events, Ping,
//!                        │                                                         Unknown, Unusable
//!                        └──receive(method, signatures, raw body)──▶ Receipt or Refusal ──▶ Verdict
//! ```
//!
//! A [`Delivery`] comes from a key and nowhere else, and an [`Event`] is read from a delivery: what nobody signed cannot be handled by
//! mistake. What is genuine always gives an event, if only [`Event::Unknown`] or [`Event::Unusable`], because an error
//! answered to a genuine delivery stops all deliveries (see [`Verdict`]).
//!
//! ```
//! use eduzz_types::webhook::WebhookSecret;
//! use eduzz_webhook::{Event, Key, Keys, Receipt, SIGNATURE_HEADER, Verdict};
//!
//! fn answer(keys: &Keys, method: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Verdict {
//!     let signatures = headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case(SIGNATURE_HEADER));
//!     match keys.receive(method, signatures.map(|(_, value)| value), body) {
//!         Ok(Receipt::Delivery(delivery)) => match delivery.event() {
//!             Event::SafevideoEncoderStarted(video) => {
//!                 println!("{}: {:?}", delivery.dedup_key(), video.filename);
//!                 Verdict::ACCEPTED
//!             }
//!             _ => Verdict::ACCEPTED,
//!         },
//!         Ok(Receipt::Ping(_)) => Verdict::PING,
//!         Err(refusal) => refusal.into(),
//!     }
//! }
//!
//! let key = Key::new(&WebhookSecret::new("invented-secret"))?;
//! let body = br#"{"id":"1nv3nted","event":"safevideo.encoder_started","data":{"filename":"aula.mp4"}}"#;
//! let signature = key.sign(body);
//! let keys = Keys::new("panel", key);
//!
//! let headers = [("X-Signature", signature.as_str())];
//! assert_eq!(answer(&keys, "POST", &headers, body.to_vec()), Verdict::ACCEPTED);
//! assert_eq!(answer(&keys, "POST", &[], body.to_vec()).status(), 401);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What cannot go wrong here
//!
//! | Mistake | Why it cannot happen |
//! |---|---|
//! | no verification, or one that passes when no secret is set | [`Delivery`] has no other way in; [`Key::new`] refuses an empty secret |
//! | verifying a body that was parsed and written again | [`Key::open`] takes bytes, and the delivery keeps them |
//! | comparing with `==` | the comparison takes the same time wherever the difference is, and every key is tried |
//! | a check of the URL that opens a door | [`Receipt::Ping`] holds nothing of what came |
//! | a crash on an event that is new | [`Event::Unknown`] keeps its name and data |
//! | losing all events to one bad body | [`Event::Unusable`] is no error, and a [`Verdict`] says what to answer |
//! | a secret, or a buyer, in a log | nothing here prints one |
//!
//! What is left to the receiver: to read no more than [`BODY_LIMIT`], to remember what was taken
//! ([`Delivery::dedup_key`]), and to expect any order.

#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod delivery;
mod envelope;
mod event;
mod forged;
mod key;
mod list;
mod name;
mod receipt;
mod signature;
mod verdict;

pub use delivery::Delivery;
pub use event::{EVENTS, Event, UnknownEvent, UnusableEvent};
pub use forged::Forged;
pub use key::{BlankSecret, Key, Keys};
pub use name::EventName;
pub use receipt::{Ping, Receipt, Refusal};
pub use signature::{SIGNATURE_HEADER, Signature};
pub use verdict::{BODY_LIMIT, Verdict};
