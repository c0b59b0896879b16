//! A client for the Eduzz API on hyper and rustls: it sends what the sans-IO crates make, with time-outs, limits, pace, repeats,
//! proxies and TLS already right.
//!
//! ```no_run
//! use eduzz_api::accounts::GetMe;
//! use eduzz_hyper::Client;
//! use eduzz_types::AccessToken;
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::new()?;
//! let token = AccessToken::new(std::env::var("EDUZZ_TOKEN")?);
//! let me = client.call(&GetMe::new(), &token).await?;
//! println!("signed in as account {}", me.id.as_str());
//! # Ok(())
//! # }
//! ```
//!
//! # The sign-in
//!
//! The steps are [`eduzz_oauth`]'s; the client gives the random state, sends the exchange and watches the session.
//!
//! ```no_run
//! use eduzz_api::accounts::GetMe;
//! use eduzz_hyper::Client;
//! use eduzz_oauth::{App, ExchangeError};
//! use eduzz_types::ClientSecret;
//!
//! # async fn example(query: &str) -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::new()?;
//! let secret = ClientSecret::new(std::env::var("EDUZZ_CLIENT_SECRET")?);
//! let app = App::new("6f1d4a52-3c0b-4f3e-9d2a-0f1e2d3c4b5a", secret, "https://shop.example.com/eduzz/callback")?;
//!
//! let sign_in = app.authorize(client.origins(), client.new_state()?);
//! // Send the browser to `sign_in.url()`, and keep what waits for its return.
//! let pending = sign_in.into_pending();
//!
//! let exchange = pending.returned(&app, query)?;
//! let grant = match client.exchange(exchange).await {
//!     Ok(grant) => grant,
//!     Err(failure) => match failure.error {
//!         // Certainly not sent: the code is still good for a short while.
//!         ExchangeError::NotSent(exchange) => client.exchange(*exchange).await?,
//!         error => return Err(error.into()),
//!     },
//! };
//!
//! let account = client.signed_in(grant);
//! let me = account.call(&GetMe::new()).await?;
//! let stored = account.session(); // to be stored; a 401 has ended it
//! # Ok(())
//! # }
//! ```
//!
//! # Limits
//!
//! | Limit | Default | Set by | What goes beyond |
//! |---|---|---|---|
//! | connecting, with name, proxy and TLS | 3 s | [`connect_timeout`](Builder::connect_timeout) | [`is_timeout`](Error::is_timeout) and [`is_connect`](Error::is_connect), not sent |
//! | one attempt, to the last byte of the answer | 30 s | [`attempt_timeout`](Builder::attempt_timeout) | [`is_timeout`](Error::is_timeout); not sent if it was still connecting |
//! | an answer's body without a byte | 10 s | [`stall_timeout`](Builder::stall_timeout) | [`is_timeout`](Error::is_timeout), maybe sent |
//! | an HTTP/2 connection without a byte while a call waits | 15 s, then 5 s for a pong | – | [`is_timeout`](Error::is_timeout), maybe sent |
//! | an answer's body | 16 MiB, announced or read | [`response_limit`](Builder::response_limit) | [`is_too_large`](Error::is_too_large), maybe sent |
//! | an answer's head | 100 headers (HTTP/1.1), 16 KiB (HTTP/2) | – | [`is_protocol`](Error::is_protocol) or [`is_cut`](Error::is_cut), maybe sent |
//! | redirects | none is followed | – | the 3xx is a [`Rejection`](eduzz_wire::Rejection) of kind [`Redirect`](eduzz_wire::RejectionKind::Redirect) |
//! | plain http | on loopback only | – | [`is_insecure`](Error::is_insecure), not sent |
//! | attempts of a call | 3, with up to 0.5 s and 1 s between | [`backoff`](Builder::backoff) | the last attempt's error |
//! | repeats of all calls together | 20, each earned back by five answers | [`retry_budget`](Builder::retry_budget) | the last attempt's error |
//! | attempts of an exchange | 3 while certainly not sent, else 1 | [`backoff`](Builder::backoff) | [`ExchangeFailure`], with the code if it is still good |
//! | a wait that the service asks for (`Retry-After`) | 60 s | [`backoff`](Builder::backoff) | the rejection, at once |
//! | pace of each endpoint | 30 a minute, first come first served | [`pacing`](Builder::pacing) | the call waits for its turn |
//! | a connection that nobody uses | 90 s | [`idle_timeout`](Builder::idle_timeout) | it is closed |
//! | connections that nobody uses, for each host | 64 | [`idle_per_host`](Builder::idle_per_host) | the others are closed |
//!
//! There is no limit for a call with all its attempts and waits: put one around it, as `tokio::time::timeout`, where you need
//! it. A call that is dropped is given up; what may have been sent by then may have acted.
//!
//! # Sent or not
//!
//! Whether a request can have reached the service decides whether it may be sent again, so every [`Error`] knows it:
//! [`sent`](Error::sent) is [`NotSent`](eduzz_wire::Sent::NotSent) only where it is proved. There was no connection; or hyper
//! never touched the request's body, without which it cannot write the head; or an HTTP/2 server refused the stream, which
//! promises that it did nothing. All else is [`MaybeSent`](eduzz_wire::Sent::MaybeSent). A connection that the service closed
//! between two calls goes unnoticed: the request moves to a new one.
//!
//! # Errors
//!
//! | What happened | Error | Sent |
//! |---|---|---|
//! | connection refused, host unknown or unreachable, reset while connecting | [`is_connect`](Error::is_connect) | no |
//! | certificate for another name, or not trusted; no TLS at all | [`is_tls`](Error::is_tls), [`is_connect`](Error::is_connect) | no |
//! | proxy unreachable, refusing (407, 502), speaking nonsense | [`is_proxy`](Error::is_proxy), [`is_connect`](Error::is_connect) | no |
//! | stream refused by the server (HTTP/2) | [`is_cut`](Error::is_cut) | no |
//! | closed or reset after the request | [`is_cut`](Error::is_cut) | maybe |
//! | body cut, shorter than announced, or without TLS's goodbye | [`is_cut`](Error::is_cut) | maybe |
//! | garbage instead of HTTP; a chunk or length that is none | [`is_protocol`](Error::is_protocol) | maybe |
//! | any status but 2xx, with any body (a 502 in HTML, a 302) | [`CallError::Response`], rejected | yes |
//! | 2xx with a body that is not the call's (HTML, cut JSON) | [`CallError::Response`], unreadable | yes |
//! | token ended, or rejected before | [`CallError::SignedOut`] | no |
//! | value or token that cannot be written | [`CallError::Encode`] | no |
//!
//! # Features
//!
//! | Feature | Adds |
//! |---|---|
//! | `ring` (default) | `Crypto::Ring`: small, quick to start |
//! | `aws-lc-rs` | `Crypto::AwsLcRs`: key exchange that resists quantum computers, a way to FIPS; slower to start |
//! | `webpki-roots` | `Roots::webpki`: Mozilla's list of trusted certificates, compiled in |
//! | `tracing` | a span `eduzz.call` for each call (method, route's template), with events for attempts, statuses and waits; never a value, URL, header or body |
//!
//! One of `ring` and `aws-lc-rs` must be on; with both, `ring` is used unless [`Builder::crypto`] says otherwise. TLS 1.2 and 1.3
//! are spoken, HTTP/2 and HTTP/1.1 offered ([`Builder::http1_only`] offers the latter alone).

mod account;
mod builder;
mod client;
mod error;
mod pacing;
mod proxy;
mod rows;
mod tls;
mod transport;
mod watch;

pub use crate::account::Account;
pub use crate::builder::Builder;
pub use crate::client::Client;
pub use crate::error::{BuildError, CallError, Error, ExchangeFailure, RandomError};
pub use crate::pacing::Pacing;
pub use crate::proxy::Proxy;
pub use crate::rows::Rows;
pub use crate::tls::{Crypto, Roots};

// The README's example is compiled with the tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

/// The examples of the front page, so that they go on compiling.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct FrontPage;

/// The same in Portuguese.
#[cfg(doctest)]
#[doc = include_str!("../../../README.pt-BR.md")]
struct FrontPagePtBr;
