//! A blocking client for the Eduzz API on ureq, without an async runtime.
//!
//! ```no_run
//! use eduzz_api::accounts::GetMe;
//! use eduzz_types::AccessToken;
//! use eduzz_ureq::Client;
//!
//! let client = Client::new()?;
//! let token = AccessToken::new(std::env::var("EDUZZ_TOKEN")?);
//! let me = client.call(&GetMe::new(), &token)?;
//! println!("signed in as account {}", me.id);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! It has the names of `eduzz_hyper`, and blocks the thread where that waits. All decisions (when a
//! call may be sent, whether it is retried, which page comes next) are those of [`eduzz_wire`].
//!
//! # Limits
//!
//! | Limit | Default | Set by | When exceeded |
//! |---|---|---|---|
//! | connecting, including name lookup and TLS | 3 s | [`connect_timeout`](Ureq::connect_timeout) | [`is_timeout`](Error::is_timeout), not sent |
//! | one attempt, to the last byte of the answer | 30 s | [`attempt_timeout`](Ureq::attempt_timeout) | [`is_timeout`](Error::is_timeout) |
//! | a response's body without a new byte | 10 s | – | [`is_timeout`](Error::is_timeout), maybe sent |
//! | an answer's body | 16 MiB | [`response_limit`](Ureq::response_limit) | [`is_too_large`](Error::is_too_large), maybe sent |
//! | redirects | not followed | – | the 3xx is a [`Rejection`](eduzz_wire::Rejection) |
//! | plain http | on loopback only | – | [`is_insecure`](Error::is_insecure), not sent |
//! | attempts, retries, pace | as in `eduzz_hyper` | [`backoff`](Builder::backoff), [`retry_budget`](Builder::retry_budget), [`pacing`](Builder::pacing) | |
//!
//! A proxy is read from the environment (`HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY`), as ureq does; a
//! loopback address is never called through one. The client speaks HTTP/1.1.
//!
//! [`Error::sent`] is [`NotSent`](eduzz_wire::Sent::NotSent) only with proof: there was no
//! connection, or ureq never took the request's body.

mod error;
mod transport;

use eduzz_driver::blocking;

pub use crate::error::{CallError, Error, ExchangeFailure};
pub use crate::transport::Ureq;
// Part of a client's pace.
pub use eduzz_driver::BadUserAgent as BuildError;
pub use eduzz_driver::blocking::{Pacing, Turns};
#[doc(no_inline)]
pub use eduzz_driver::{Keeper, NoTurn};

/// The blocking client. Clones are cheap and share connections and pace; threads can share one.
pub type Client = blocking::Client<Ureq>;

/// A client for one account.
pub type Account = blocking::Account<Ureq>;

/// The configuration of a client.
pub type Builder = blocking::Builder<Ureq>;

/// The rows of a list as an iterator.
pub type Rows<L> = blocking::Rows<L, Ureq>;

/// The rows of a list page by page, as an iterator.
pub type Batches<L> = blocking::Batches<L, Ureq>;

// Compiles the README's example.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
