//! A correct copy of an Eduzz account in a database of one's own, with proof.
//!
//! A [`Mirror`] reads the lists of MyEduzz and of four other products into tables with typed
//! columns and the JSON beside them (`docs/mirror-tables.md` of the SDK lists them), and keeps
//! saying what of it is proven. It can be stopped and killed anywhere: rows and the position behind
//! them are one transaction. Several processes share the work on one database, and keep one pace of
//! calls in it.
//!
//! ```no_run
//! use eduzz_hyper::Client;
//! use eduzz_mirror::Mirror;
//! use eduzz_store::Sqlite;
//! # async fn example(account: eduzz_hyper::Account) -> Result<(), Box<dyn std::error::Error>> {
//! let store = Sqlite::open("loja.sqlite").await?;
//! let mirror = Mirror::new(store, account, "loja");
//! mirror.init(None).await?;
//! let done = mirror.run_once().await?;
//! println!("{} new, {} changed", done.new, done.changed);
//! # Ok(()) }
//! ```
//!
//! # How it reads
//!
//! Dated lists (sales, subscriptions, statement, chargebacks) are read in *windows* of days with at
//! most some 2,000 rows, the newest first; the others whole. A window is *proven* when its last day
//! is over for 26 hours, the service said the same number of rows at the beginning and the end of
//! the pass and showed as many, and the mirror has these and no others, all settled by an answer.
//! It is read again each night while it is near today, then after one day, two, four, … up to 64.
//! What such a check finds changed, nothing else had told of: that is counted as drift.

#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod ask;
mod cross;
mod error;
mod events;
mod lists;
mod mirror;
mod pace;
mod pass;
mod progress;
mod proof;
mod refetch;
mod report;
mod run;
mod webhook;

pub use error::MirrorError;
pub use lists::scopes;
pub use mirror::{Done, Mirror};
pub use progress::{FirstReading, KindProgress};
pub use proof::{Flaw, Proof, State};
pub use report::Report;
