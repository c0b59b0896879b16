//! A client for the Eduzz API on hyper and rustls. It sends the requests of the sans-IO crates,
//! with safe defaults for timeouts, limits, pace, retries, proxies and TLS.
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
//! [`eduzz_oauth`] has the steps. The client adds the random state, sends the exchange, and ends a
//! session that the service rejects.
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
//! // Send the browser to `sign_in.url()`, and store `pending` until it returns.
//! let pending = sign_in.into_pending();
//!
//! let exchange = pending.returned(&app, query)?;
//! let grant = match client.exchange(exchange).await {
//!     Ok(grant) => grant,
//!     Err(failure) => match failure.error {
//!         // Certainly not sent: the code is still valid for a short time.
//!         ExchangeError::NotSent(exchange) => client.exchange(*exchange).await?,
//!         error => return Err(error.into()),
//!     },
//! };
//!
//! let account = client.signed_in(grant);
//! let me = account.call(&GetMe::new()).await?;
//! let stored = account.session(); // store it; a 401 ends it
//! # Ok(())
//! # }
//! ```
//!
//! # Limits
//!
//! | Limit | Default | Set by | When exceeded |
//! |---|---|---|---|
//! | connecting, including name lookup, proxy and TLS | 3 s | [`connect_timeout`](Builder::connect_timeout) | [`is_timeout`](Error::is_timeout) and [`is_connect`](Error::is_connect), not sent |
//! | one attempt, to the last byte of the answer | 30 s | [`attempt_timeout`](Builder::attempt_timeout) | [`is_timeout`](Error::is_timeout); not sent if still connecting |
//! | an answer's body without a new byte | 10 s | [`stall_timeout`](Builder::stall_timeout) | [`is_timeout`](Error::is_timeout), maybe sent |
//! | an HTTP/2 connection without a byte while a call waits | 15 s, then 5 s for a pong | – | [`is_timeout`](Error::is_timeout), maybe sent |
//! | an answer's body | 16 MiB, announced or read | [`response_limit`](Builder::response_limit) | [`is_too_large`](Error::is_too_large), maybe sent |
//! | the rows of a page | 10,000 | – | [`CallError::Response`], unreadable |
//! | pages in a row without a readable row | 3 | – | the sweep ends, and reports that [rows may be missing](eduzz_wire::Completeness::RowsMayBeMissing) |
//! | an answer's head | 100 headers (HTTP/1.1), 16 KiB (HTTP/2) | – | [`is_protocol`](Error::is_protocol) or [`is_cut`](Error::is_cut), maybe sent |
//! | redirects | not followed | – | the 3xx is a [`Rejection`](eduzz_wire::Rejection) of kind [`Redirect`](eduzz_wire::RejectionKind::Redirect) |
//! | plain http | on loopback only | – | [`is_insecure`](Error::is_insecure), not sent |
//! | attempts of a call | 3, with up to 0.5 s and 1 s between | [`backoff`](Builder::backoff) | the last attempt's error |
//! | retries of all calls together | 20, each earned back by five answers | [`retry_budget`](Builder::retry_budget) | the last attempt's error |
//! | attempts of an exchange | 3 while certainly not sent, else 1 | [`backoff`](Builder::backoff) | [`ExchangeFailure`], with the code if it is still valid |
//! | a wait that the service asks for (`Retry-After`) | 60 s | [`backoff`](Builder::backoff) | the rejection, at once |
//! | pace of each endpoint and account | 30 a minute, first come first served | [`pacing`](Builder::pacing) | the call waits for its turn, or is [`Busy`](CallError::Busy) ([`Client::max_wait`]) |
//! | an idle connection | 90 s | [`idle_timeout`](Builder::idle_timeout) | it is closed |
//! | idle connections for each host | 64 | [`idle_per_host`](Builder::idle_per_host) | the others are closed |
//!
//! The waits of a call for its turns and retries have no limit unless [`Client::max_wait`] sets
//! one; [`Client::would_wait`] looks ahead. A call can also be dropped at any point, for example by
//! `tokio::time::timeout`: its turn is free again, but a request that was already sent may still
//! take effect.
//!
//! [`Client::observed_by`] tells the program each wait, answer and retry, for a log or a progress
//! display.
//!
//! # Other transports
//!
//! [`Builder::transport`] takes any tower service instead of sockets, such as a sandbox in a test.
//! [`Builder::socket`] gives ours, to put layers around it: they see each attempt, after its turn.
//!
//! # Sent or not
//!
//! Whether a request may have reached the service decides whether it may be retried.
//! [`Error::sent`] is [`NotSent`](eduzz_wire::Sent::NotSent) only with proof: there was no
//! connection; or hyper never polled the request's body, so at most a head without its body was
//! sent; or an HTTP/2 server refused the stream, or named an earlier one as its last (GOAWAY),
//! which means that it did not process it. Every other error is
//! [`MaybeSent`](eduzz_wire::Sent::MaybeSent).
//!
//! If the service closed an idle connection, the request moves to a new one without an error. A
//! call that is not safe to repeat first lets the runtime read what the service sent, because a
//! program that works between two calls on one thread does not see the end of a connection. That
//! costs about 2 µs of CPU. A connection that is closed while the request is on its way remains
//! [`MaybeSent`](eduzz_wire::Sent::MaybeSent).
//!
//! # Errors
//!
//! | What happened | Error | Sent |
//! |---|---|---|
//! | connection refused, host unknown or unreachable, reset while connecting | [`is_connect`](Error::is_connect) | no |
//! | certificate for another name or not trusted; no TLS | [`is_tls`](Error::is_tls), [`is_connect`](Error::is_connect) | no |
//! | proxy unreachable, refusing (407, 502), or not speaking HTTP or SOCKS | [`is_proxy`](Error::is_proxy), [`is_connect`](Error::is_connect) | no |
//! | `HTTPS_PROXY` or `ALL_PROXY` is not a proxy's URL | a [`BuildError`], or [`is_proxy`](Error::is_proxy), [`is_connect`](Error::is_connect) | no |
//! | stream refused by the server, or after the last one of its GOAWAY (HTTP/2) | [`is_cut`](Error::is_cut) | no |
//! | closed or reset after the request | [`is_cut`](Error::is_cut) | maybe |
//! | body cut, shorter than announced, or without TLS's `close_notify` | [`is_cut`](Error::is_cut) | maybe |
//! | invalid HTTP, chunk or length | [`is_protocol`](Error::is_protocol) | maybe |
//! | any status but 2xx, with any body (a 502 in HTML, a 302) | [`CallError::Response`], rejected | yes |
//! | 2xx with a body that is not the call's answer (HTML, cut JSON) | [`CallError::Response`], unreadable | yes |
//! | token expired, or rejected before | [`CallError::SignedOut`] | no |
//! | value or token that cannot be encoded | [`CallError::Encode`] | no |
//!
//! # Features
//!
//! | Feature | Adds |
//! |---|---|
//! | `ring` (default) | `Crypto::Ring`: small, quick to start |
//! | `aws-lc-rs` | `Crypto::AwsLcRs`: post-quantum key exchange, a path to FIPS; slower to start |
//! | `webpki-roots` | `Roots::webpki`: Mozilla's trusted certificates, compiled in |
//! | `tracing` | a span `eduzz.call` for each call (method, template), with events for attempts, statuses and waits; no value, URL, header or body |
//!
//! One of `ring` and `aws-lc-rs` must be on; with both, `ring` is used unless [`Builder::crypto`]
//! changes it. The client supports TLS 1.2 and 1.3, HTTP/2 and HTTP/1.1 ([`Builder::http1_only`]
//! offers only the latter).

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
pub use crate::builder::{BuildError, Builder};
pub use crate::client::Client;
pub use crate::error::{CallError, Error, ExchangeFailure, RandomError};
pub use crate::pacing::{Pacing, TurnFuture, Turns, Waker};
// Part of `Pacing`.
pub use crate::proxy::Proxy;
pub use crate::rows::{Batches, Rows};
pub use crate::tls::{Crypto, Roots};
pub use crate::transport::Socket;
pub use eduzz_driver::{Keeper, NoTurn};

// Compiles the README's example.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
