//! An unofficial SDK for [Eduzz](https://developers.eduzz.com): the sign-in, the API, webhooks, and
//! a local sandbox for tests.
//!
//! ```toml
//! [dependencies]
//! eduzz = { version = "0.1", features = ["blocking", "receiver", "sandbox", "sqlite"] }
//! tokio = { version = "1", features = ["macros", "net", "rt-multi-thread"] }
//! axum = "0.8"
//! ```
//!
//! The programs below need the default features, and those of their modules: [`blocking`],
//! [`receiver`], [`inbox`], [`mirror`], [`sandbox`].
//!
//! # Call the API
//!
//! A call is a value of [`api`]; a [`Client`] sends it and returns what it answers with. The client
//! has safe defaults: timeouts, size limits, retries that cannot sell twice, the service's pace.
//!
//! ```rust
//! use eduzz::api::GetMe;
//! use eduzz::{AccessToken, Client};
//!
//! #[tokio::main]
//! async fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let client = Client::new()?;
//!     let token = AccessToken::new(std::env::var("EDUZZ_TOKEN")?);
//!     let me = client.call(&GetMe::new(), &token).await?;
//!     println!("the token belongs to account {}", me.id);
//!     Ok(())
//! }
//! ```
//!
//! [`blocking`] has the same client without an async runtime:
//!
//! ```rust
//! use eduzz::AccessToken;
//! use eduzz::api::GetMe;
//! use eduzz::blocking::Client;
//!
//! fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let token = AccessToken::new(std::env::var("EDUZZ_TOKEN")?);
//!     let me = Client::new()?.call(&GetMe::new(), &token)?;
//!     println!("the token belongs to account {}", me.id);
//!     Ok(())
//! }
//! ```
//!
//! # Sign in
//!
//! An [`App`] sends the browser to Eduzz. Each step consumes the last, so a code cannot be used
//! twice and a state cannot be forgotten.
//!
//! ```rust
//! use eduzz::{Account, App, Client, Pending};
//!
//! type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;
//!
//! fn app() -> Result<App> {
//!     let secret = std::env::var("EDUZZ_CLIENT_SECRET")?;
//!     let client_id = "6f1d4a52-3c0b-4f3e-9d2a-0f1e2d3c4b5a";
//!     Ok(App::new(client_id, secret, "https://shop.example.com/eduzz/callback")?)
//! }
//!
//! /// Returns the URL to send the browser to, and what to keep in the user's web session.
//! fn begin(client: &Client, app: &App) -> Result<(String, Pending)> {
//!     let sign_in = app.authorize(client.origins(), client.new_state()?);
//!     Ok((sign_in.url().to_owned(), sign_in.into_pending()))
//! }
//!
//! /// Handles the callback: checks the state, and exchanges the code once.
//! async fn finish(client: &Client, app: &App, pending: Pending, query: &str) -> Result<Account> {
//!     let exchange = pending.returned(app, query)?;
//!     let grant = client.exchange(exchange).await?;
//!     Ok(client.signed_in(grant)) // store `account.session()`
//! }
//! ```
//!
//! # Receive webhooks
//!
//! A [`receiver`] verifies each delivery. Unsigned data never becomes an [`Event`](webhook::Event).
//!
//! ```rust
//! use eduzz::WebhookSecret;
//! use eduzz::receiver::Receiver;
//! use eduzz::webhook::{Event, Key, Keys, Verdict};
//!
//! #[tokio::main]
//! async fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let key = Key::new(&WebhookSecret::new(std::env::var("EDUZZ_WEBHOOK_SECRET")?))?;
//!     let receiver = Receiver::new(Keys::new("2026", key), |delivery| async move {
//!         match delivery.event() {
//!             Event::MyeduzzInvoicePaid(invoice) => println!("invoice {} is paid", invoice.id),
//!             other => println!("{:?}", other.name()),
//!         }
//!         Verdict::ACCEPTED
//!     });
//!     let app = axum::Router::new().route_service("/eduzz", receiver);
//!     let listener = tokio::net::TcpListener::bind("127.0.0.1:8080").await?;
//!     axum::serve(listener, app).await?;
//!     Ok(())
//! }
//! ```
//!
//! # Keep webhooks until they are handled
//!
//! A receiver must store a delivery before it answers, and work later: after three failures Eduzz
//! blocks all deliveries. An [`inbox`] does so, in SQLite or PostgreSQL.
//!
//! ```rust
//! use eduzz::WebhookSecret;
//! use eduzz::inbox::{Handled, Inbox, Sqlite};
//! use eduzz::webhook::{Event, Key, Keys};
//!
//! #[tokio::main]
//! async fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let inbox = Inbox::new(Sqlite::open("inbox.sqlite").await?).handler("mail", |inbound| async move {
//!         if let Event::MyeduzzInvoicePaid(invoice) = inbound.event() {
//!             println!("write to the buyer of {}", invoice.id); // an error is retried
//!         }
//!         Ok(Handled::new())
//!     });
//!     let key = Key::new(&WebhookSecret::new(std::env::var("EDUZZ_WEBHOOK_SECRET")?))?;
//!     let receiver = inbox.receiver(Keys::new("2026", key));
//!     tokio::spawn(async move { inbox.run(std::future::pending()).await });
//!     let app = axum::Router::new().route_service("/eduzz", receiver);
//!     let listener = tokio::net::TcpListener::bind("127.0.0.1:8080").await?;
//!     axum::serve(listener, app).await?;
//!     Ok(())
//! }
//! ```
//!
//! # Test against the sandbox
//!
//! A [`sandbox`] is a whole Eduzz on this machine, with a shop that has a history. It needs no
//! account.
//!
//! ```rust
//! use eduzz::api::GetMe;
//! use eduzz::sandbox::{Config, Sandbox};
//! use eduzz::{AccessToken, Client, Origins};
//!
//! #[tokio::main]
//! async fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let sandbox = Sandbox::start(Config::default()).await?;
//!     let client = Client::builder()
//!         .origins(Origins::sandbox(&sandbox.url())?)
//!         .build()?;
//!     let token = AccessToken::new(&*sandbox.person().personal_token);
//!     let me = client.call(&GetMe::new(), &token).await?;
//!     println!("{}", me.id);
//!     sandbox.stop().await;
//!     Ok(())
//! }
//! ```
//!
//! # Features
//!
//! | Feature | Adds |
//! |---|---|
//! | `client` (default) | [`Client`] on hyper, for tokio, with cryptography by ring |
//! | `aws-lc-rs` | the client with cryptography by aws-lc-rs; without `client`, ring is not compiled |
//! | `webpki-roots` | to the async client: Mozilla's certificates, compiled in |
//! | `tracing` | to the async client, the receiver and the inbox: spans and events without values |
//! | `blocking` | [`blocking`]: the client on ureq, without a runtime |
//! | `platform-roots` | to the blocking client: the machine's certificates, not the compiled-in ones |
//! | `webhook` | [`webhook`]: deliveries, verified and typed, without IO |
//! | `receiver` | [`receiver`]: a tower service that receives them |
//! | `axum-08` | `receiver::axum_08`: an extractor for axum 0.8 |
//! | `inbox` | [`inbox`]: keeps webhooks until they are handled; needs a database: |
//! | `sqlite` | `inbox::Sqlite`: one file, for the processes of one machine |
//! | `postgres` | `inbox::Postgres`: a server, for any number of machines |
//! | `subscribe` | `inbox::Subscriber`: subscribes the receiver through the API |
//! | `mirror` | [`mirror`]: a copy of an account in the inbox's database, with proof |
//! | `sandbox` | [`sandbox`]: a local Eduzz, for tests |
//! | `fixtures` | `api::Sample`: a sample of each call's answer, for tests |
//! | `all-products` (default) | the calls and models of every product |
//! | `accounts`, `alpaclass`, `blinket`, `heycamp`, `myeduzz`, `nutror`, `safevideo`, `sun`, `webhook-subscriptions` | those of one product; a program with few compiles in less time |
//! | `jiff-02`, `time-03`, `chrono-04` | conversions of [`Date`] and [`DateTime`] |
//!
//! A feature only adds names. A receiver alone is
//! `eduzz = { version = "0.1", default-features = false, features = ["receiver"] }`.
//!
//! # The crates below
//!
//! Each module is a crate of the SDK, which a library or another client can embed alone:
//! `eduzz-types`, `eduzz-wire`, `eduzz-oauth`, `eduzz-api`, `eduzz-webhook` do no IO and are
//! `no_std`, and so does `eduzz-sync`; `eduzz-hyper`, `eduzz-ureq`, `eduzz-receiver`,
//! `eduzz-store`, `eduzz-inbox`, `eduzz-mirror` and `eduzz-sandbox` do the IO.

#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]

pub mod api;
#[cfg(feature = "blocking")]
pub mod blocking;
#[cfg(any(feature = "client", feature = "aws-lc-rs"))]
pub mod client;
#[cfg(feature = "inbox")]
pub mod inbox;
#[cfg(feature = "mirror")]
pub mod mirror;
pub mod oauth;
#[cfg(feature = "receiver")]
pub mod receiver;
pub mod types;
#[cfg(feature = "webhook")]
pub mod webhook;
pub mod wire;

#[cfg(any(feature = "client", feature = "aws-lc-rs"))]
#[doc(inline)]
pub use eduzz_hyper::{Account, Batches, CallError, Client, Error, Keeper, NoTurn, Pacing, Rows};
#[doc(inline)]
pub use eduzz_oauth::{App, Grant, Pending, Session};
#[cfg(feature = "sandbox")]
#[doc(inline)]
pub use eduzz_sandbox as sandbox;
#[doc(inline)]
pub use eduzz_types::webhook::WebhookSecret;
#[doc(inline)]
pub use eduzz_types::{AccessToken, ClientSecret, Currency, Date, DateTime, Money, SignedOut, Timestamp};
#[cfg(all(feature = "blocking", not(any(feature = "client", feature = "aws-lc-rs"))))]
#[doc(inline)]
pub use eduzz_ureq::{Keeper, NoTurn};
#[doc(inline)]
pub use eduzz_wire::{
    Backoff, Batch, Completeness, Cursor, Days, Kept, Order, Origins, Pace, RawCall, Rejection, Row, Slices,
    Sweep,
};
