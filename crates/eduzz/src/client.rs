//! The settings and errors of the async client. [`Client`](crate::Client) and
//! [`Account`](crate::Account) are at the root.

#[doc(inline)]
pub use eduzz_hyper::{
    BuildError, Builder, Crypto, ExchangeFailure, Proxy, RandomError, Roots, Socket, TurnFuture, Turns, Waker,
};
