//! The sign-in, without IO: what a program seldom names. [`App`](crate::App),
//! [`Pending`](crate::Pending), [`Grant`](crate::Grant) and [`Session`](crate::Session) are at the
//! root.
//!
//! ```text
//! App ─authorize→ url + Pending ─returned(query)→ ExchangeCode ─client.exchange→ Grant → Session
//! ```

#[doc(inline)]
pub use eduzz_oauth::{
    AppError, Authorization, CallbackError, CallbackErrorKind, Coverage, Dialect, ExchangeCode,
    ExchangeError, ExchangeFailure, ExchangeRefusal, ExchangeRefused, GrantKind, ResponseType, ReturnUrl,
    ReturnUrlError, ReturnUrlName, ServiceError, State, TokenBody, TokenReply, undocumented,
};
