//! A durable inbox for Eduzz's webhooks.
//!
//! Eduzz repeats a delivery three times, then blocks all later ones, and deletes what waits after
//! two days (see [`Verdict`](eduzz_webhook::Verdict)). An [`Inbox`] therefore stores each delivery
//! before it answers, and works later: it runs your handlers until each has accepted the event,
//! with retries, on any number of processes.
//!
//! ```no_run
//! use eduzz_inbox::{Handled, Inbox};
//! use eduzz_store::Sqlite;
//! use eduzz_types::webhook::WebhookSecret;
//! use eduzz_webhook::{Event, Key, Keys};
//!
//! # async fn program() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
//! let store = Sqlite::open("inbox.sqlite").await?;
//! let inbox = Inbox::new(store).handler("orders", |inbound| async move {
//!     let Event::MyeduzzInvoicePaid(invoice) = inbound.event() else {
//!         return Ok(Handled::new());
//!     };
//!     // These writes and the mark "handled" are one transaction: exactly once.
//!     Ok(Handled::sqlite(move |db| {
//!         db.execute("insert into paid (invoice) values (?1)", [invoice.id.as_str()])?;
//!         Ok(())
//!     }))
//! });
//!
//! let key = Key::new(&WebhookSecret::new(std::env::var("EDUZZ_WEBHOOK_SECRET")?))?;
//! let app: axum::Router = axum::Router::new().route_service("/eduzz", inbox.receiver(Keys::new("2026", key)));
//! let listener = tokio::net::TcpListener::bind("127.0.0.1:8080").await?;
//! let working = tokio::spawn(async move { inbox.run(std::future::pending()).await });
//! axum::serve(listener, app).await?;
//! # Ok(()) }
//! ```
//!
//! # What is promised
//!
//! | | |
//! |---|---|
//! | answered 200 | the delivery is on the disk |
//! | writes of a handler to the inbox's database | exactly once, see [`Handled::sqlite`] |
//! | other effects of a handler | at least once, with the same [`idempotency_key`](Inbound::idempotency_key) |
//! | a handler fails, panics or hangs | retried 8 times in up to 42 hours, then dead and kept |
//! | a worker's machine dies | another worker takes its events within 31 s |
//! | an event ends its process each time | dead after 9 attempts, and those beside it are not |
//! | the database is away | answered 503, and Eduzz retries |
//! | order | none; with [`Inbox::ordered`] that of arrival, for each invoice, contract and so on |

#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod handler;
mod health;
mod inbox;
mod log;
#[cfg(feature = "subscribe")]
mod subscriber;
mod worker;

pub use handler::{Failure, Handled, HandlerFailed, Inbound};
pub use health::{Activity, Health};
pub use inbox::Inbox;
#[cfg(feature = "subscribe")]
pub use subscriber::{SubscribeError, Subscribed, Subscriber};
pub use worker::NoHandlers;
