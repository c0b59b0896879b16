//! A blocking client over any transport: it parks the thread where an async one awaits.
//!
//! `eduzz-ureq` is this client on ureq. Another HTTP library needs a [`Transport`]:
//!
//! ```
//! use eduzz_driver::blocking::{Client, Transport};
//! use eduzz_types::AccessToken;
//! use eduzz_wire::{RawCall, Sent, TransportError};
//! use http::{Request, Response};
//!
//! #[derive(Clone, Debug)]
//! struct Canned;
//!
//! #[derive(Debug)]
//! struct NoLine;
//! # impl std::fmt::Display for NoLine {
//! #     fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str("no line") }
//! # }
//! # impl std::error::Error for NoLine {}
//!
//! impl TransportError for NoLine {
//!     fn sent(&self) -> Sent {
//!         Sent::NotSent
//!     }
//! }
//!
//! impl Transport for Canned {
//!     type Error = NoLine;
//!
//!     fn send(&self, _: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, NoLine> {
//!         Ok(Response::new(b"{}".to_vec()))
//!     }
//! }
//!
//! let client = Client::builder_over(Canned).build()?;
//! let token = AccessToken::new("invented");
//! assert!(client.call(&RawCall::get("/accounts/v1/me"), &token).is_ok());
//! # Ok::<(), eduzz_driver::BadUserAgent>(())
//! ```

mod account;
mod builder;
mod client;
mod pacing;
mod rows;

use eduzz_wire::TransportError;
use http::{Request, Response};

pub use account::Account;
pub use builder::Builder;
pub use client::Client;
pub use pacing::{Pacing, Turns, Waker};
pub use rows::{Batches, Rows};

/// What sends a client's requests.
pub trait Transport: Clone {
    /// Why there is no answer.
    type Error: TransportError;

    /// The client's name and version in the header `user-agent`.
    const CLIENT: &'static str = concat!("eduzz-driver/", env!("CARGO_PKG_VERSION"));

    /// Sends a request once and unchanged, and reads the whole response, whatever its status: no
    /// redirects, within a timeout and a limit of its size, to `https` or loopback only
    /// ([`Origin::allows`](eduzz_wire::Origin::allows)).
    ///
    /// # Errors
    ///
    /// There is no whole response.
    fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, Self::Error>;
}
