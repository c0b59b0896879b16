//! A client for the Eduzz API on hyper and rustls.

mod account;
mod builder;
mod client;
mod error;
mod pacing;
mod proxy;
mod tls;
mod transport;
mod watch;

pub use crate::account::Account;
pub use crate::builder::Builder;
pub use crate::client::Client;
pub use crate::error::{BuildError, CallError, Error, ExchangeFailure, RandomError};
pub use crate::pacing::Pacing;
pub use crate::proxy::Proxy;
pub use crate::tls::{Crypto, Roots};
