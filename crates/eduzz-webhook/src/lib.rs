//! Verifies and reads deliveries of Eduzz's webhooks, without IO, clock or framework.
//!
//! ```text
//! WebhookSecret ── Key, Keys ──open(signature, raw body)──▶ Delivery ──event()──▶ Event
//!                        │                                  = Stored              63 events, Ping,
//!                        │                                  + signature           Unknown, Unusable
//!                        └──receive(method, signatures, raw body)──▶ Receipt or Refusal ──▶ Verdict
//! ```
//!
//! Only a key gives a [`Delivery`]. An [`Event`] is read from a delivery, or from a [`Stored`],
//! which is what a receiver keeps of a delivery to work on it later without a key. So unsigned data
//! cannot be handled by mistake. A genuine delivery always gives an event, possibly
//! [`Event::Unknown`] or [`Event::Unusable`], because an error answer to a genuine delivery stops
//! all deliveries (see [`Verdict`]).
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
//! # Mistakes that this crate prevents
//!
//! | Mistake | How it is prevented |
//! |---|---|
//! | no verification, or one that passes without a secret | only a key gives a [`Delivery`]; [`Key::new`] refuses an empty secret |
//! | verifying a body that was parsed and serialized again | [`Key::open`] takes bytes, and the delivery keeps them |
//! | comparing with `==` | the comparison is constant-time, and every key is tried |
//! | a check of the URL that passes unsigned data | [`Receipt::Ping`] holds nothing of the request |
//! | a crash on a new event | [`Event::Unknown`] keeps its name and data |
//! | losing all events to one bad body | [`Event::Unusable`] is not an error, and a [`Verdict`] is the answer |
//! | a secret or personal data in a log | no type here prints one |
//!
//! The receiver still has to read at most [`BODY_LIMIT`], to deduplicate by
//! [`Delivery::dedup_key`], and to handle any order.

#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod delivery;
mod envelope;
mod event;
mod forged;
mod former;
mod key;
mod list;
mod name;
mod receipt;
mod signature;
mod stored;
mod subject;
mod verdict;

pub use delivery::Delivery;
pub use event::{EVENTS, Event, UnknownEvent, UnusableEvent};
pub use forged::Forged;
pub use former::Former;
pub use key::{BlankSecret, Key, Keys};
pub use name::EventName;
pub use receipt::{Ping, Receipt, Refusal};
pub use signature::{SIGNATURE_HEADER, Signature};
pub use stored::Stored;
pub use subject::{Subject, SubjectKind};
pub use verdict::{BODY_LIMIT, Verdict};
