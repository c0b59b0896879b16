//! A client for the Eduzz API on hyper and rustls.

mod builder;
mod client;
mod error;
mod proxy;
mod tls;
mod transport;

pub use crate::builder::Builder;
pub use crate::client::Client;
pub use crate::error::{BuildError, Error};
pub use crate::proxy::Proxy;
pub use crate::tls::{Crypto, Roots};
