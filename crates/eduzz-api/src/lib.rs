//! The calls of the Eduzz public API, as values.
//!
//! A call is a struct whose fields are its parameters; [`EndpointExt`](eduzz_wire::EndpointExt)
//! makes its request and reads its response, and `eduzz-hyper` sends it. The calls are grouped as
//! the service's documentation groups them.
//!
//! ```
//! use eduzz_api::accounts::GetMe;
//! use eduzz_wire::{Endpoint, EndpointExt};
//!
//! assert_eq!(GetMe::ROUTE.to_string(), "GET /accounts/v1/me");
//!
//! let response = http::Response::new(r#"{"id":"0b54e2c6-5d0e-4f0e-9a36-8a1a52a5c0de","name":"Loja Exemplo"}"#);
//! let me = GetMe::new().response(&response)?;
//! # let _ = me;
//! # Ok::<(), eduzz_wire::ResponseError>(())
//! ```
//!
//! A call can be read from data by the names of its fields (serde), as the command line does with
//! `--set`. Calls without a body are written by the same names; the others are written as the body
//! that they send, and are not meant to be read back. A call that is not here can be made with
//! [`RawCall`](eduzz_wire::RawCall).
//!
//! # Features
//!
//! Each product is a feature of its module's name, and all are on by default. A program that calls
//! few products compiles in less time with these alone, by `default-features = false` and, say,
//! `features = ["myeduzz"]`. The models of the answers, in the module of the same name of
//! `eduzz_types`, come with the calls.
//!
//! `fixtures` adds `Sample`, an answer of each call for a program's own tests: enable it in its
//! `[dev-dependencies]`.

#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]
// Helpers are unused when their products are disabled.
#![cfg_attr(
    not(feature = "all-products"),
    allow(dead_code, unused_extern_crates, unused_macros)
)]

extern crate alloc;

#[macro_use]
mod builder;
#[macro_use]
mod paged;

#[cfg(feature = "all-products")]
mod list;
#[cfg(feature = "fixtures")]
mod sample;

#[cfg(feature = "accounts")]
pub mod accounts;
#[cfg(feature = "alpaclass")]
pub mod alpaclass;
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
#[cfg(feature = "webhook")]
pub mod webhook;

#[cfg(feature = "fixtures")]
pub use sample::Sample;
