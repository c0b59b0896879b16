//! Types of the Eduzz public API, and nothing else: no HTTP, no IO, no clock.
//!
//! The root holds the types that every model uses; the modules hold the models, one module a
//! product.
//!
//! | Type | Prevents |
//! |---|---|
//! | [`AccountId`] and the other ids | mixing ids up; caring whether the service wrote text or a number |
//! | [`Money`], [`ExactNumber`] | rounding: the amount is an exact decimal, never a binary float |
//! | [`Date`], [`DateTime`] | failing on, or silently changing, what the service wrote; conversions are explicit and fallible |
//! | [`AccessToken`], [`ClientSecret`], … | printing a secret: `Debug` is masked, there is no `Display`, memory is wiped |
//! | [`PersonalText`], [`FreeForm`] | printing a person's data by accident |
//! | [`Lifetime`] | reading `expires_in: 0` as "expired" |
//! | [`Page`], [`Items`], [`List`], [`ListOrOne`] | guessing which of the list shapes a call answers with |
//! | [`One`] | failing where one record comes in a list of one |
//! | open enums such as [`Currency`] | failing on a value that the service adds later |
//!
//! # How tolerant reading is
//!
//! Unknown fields are ignored, `null` and absent read the same, ids read from text or number and
//! lose surrounding blanks, enum texts match whatever their case and underscores. A value that is
//! *missing* never becomes zero or an empty text, and a value of the wrong kind is an error.
//!
//! Two kinds of record are read as far as they can be, because losing them costs too much: the
//! [token answer](auth::Token), for which a code was spent, and the body of an error ([`Problem`]).
//!
//! # Features
//!
//! The root, [`auth`] and the envelope of [`webhook`] are always there. All else is behind
//! features, because models take long to compile; none is on by default.
//!
//! - A product's name (`accounts`, `alpaclass`, `blinket`, `heycamp`, `myeduzz`, `nutror`,
//!   `safevideo`, `sun`, `webhook`) adds the models of that product's calls, and `all-products`
//!   adds those of all. The features of the same names of `eduzz-api` turn them on.
//! - `webhook-events` adds the data of the events of webhooks, and the products that they depend
//!   on; `eduzz-webhook` turns it on.
//! - `money` adds [`Money`], [`Currency`] and [`ExactNumber`]; every product with amounts turns it
//!   on.
//! - `std` adds `Timestamp::now`.
//! - `jiff-02`, `time-03` and `chrono-04` add conversions for [`Date`] and [`DateTime`], from and
//!   to these versions of the usual calendar crates.
//!
//! A feature only adds names.

#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]
// Helpers are unused when their models are disabled.
#![cfg_attr(
    not(all(feature = "all-products", feature = "webhook-events")),
    allow(dead_code)
)]

extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

#[macro_use]
mod scalar;
#[macro_use]
mod id;
#[macro_use]
mod open_enum;
#[macro_use]
mod secret;

#[cfg(feature = "accounts")]
pub mod accounts;
#[cfg(feature = "alpaclass")]
pub mod alpaclass;
pub mod auth;
#[cfg(feature = "blinket")]
pub mod blinket;
#[cfg(feature = "heycamp")]
pub mod heycamp;
#[cfg(feature = "myeduzz")]
pub mod myeduzz;
#[cfg(feature = "nutror")]
pub mod nutror;
#[cfg(feature = "safevideo")]
pub mod safevideo;
#[cfg(feature = "sun")]
pub mod sun;
pub mod webhook;

mod acknowledged;
mod date;
mod free_form;
mod lifetime;
#[cfg(feature = "money")]
mod money;
mod no_content;
mod object;
mod one;
mod page;
mod personal;
mod problem;
mod reading;
mod scopes;
mod signed_out;
mod text;
mod timestamp;

pub use acknowledged::Acknowledged;
pub use date::{CivilDateTime, Date, DateTime, InvalidDate, Zone};
pub use free_form::FreeForm;
pub use id::{
    AccountId, ClientId, CredentialId, EduzzId, ErrorCode, EventId, InvoiceId, NutrorId, ProductId, TokenId,
};
pub use lifetime::Lifetime;
#[cfg(feature = "money")]
pub use money::{Currency, ExactNumber, InvalidCurrency, Money};
pub use no_content::NoContent;
pub use one::One;
pub use open_enum::UnknownText;
pub use page::{Items, List, ListOrOne, Page};
pub use personal::PersonalText;
pub use problem::{FieldProblem, FieldProblems, Problem};
pub use reading::{
    JsonKind, LeftOut, Partial, ReadError, Reason, error_within, is_field_name, read_json, read_partial,
    read_whole,
};
pub use scopes::Scopes;
pub use secret::{AccessToken, AuthorizationCode, ClientSecret, OriginSecret, RefreshToken};
pub use signed_out::SignedOut;
pub use timestamp::Timestamp;
