//! A local, stateful Eduzz to sign in to and call, with no account.
//!
//! [`Sandbox::start`] listens on loopback and answers as all three hosts of Eduzz do: the consent page of
//! `accounts.eduzz.com`, the token endpoint of `accounts-api.eduzz.com` and the calls of `api.eduzz.com`.
//! [`Sandbox::router`] is the same without a socket, for tests.
//!
//! ```
//! # async fn run() -> Result<(), eduzz_sandbox::StartError> {
//! use eduzz_sandbox::{Config, Sandbox};
//!
//! let sandbox = Sandbox::start(Config::default()).await?;
//! let origin = sandbox.url(); // http://127.0.0.1:PORT, for all three origins
//! let client_id = &sandbox.app().client_id;
//! # let _ = (origin, client_id);
//! sandbox.stop().await;
//! # Ok(())
//! # }
//! ```
//!
//! # Repeatable
//!
//! Everything a run depends on is in its [`Config`]: people, applications, time ([`Clock`]) and the seed of every
//! id, code and token. The same seed and the same requests give the same answers.
//!
//! # What is known and what is chosen
//!
//! Where the service's behaviour is documented or was seen, the sandbox does the same, odd sides included; the
//! code cites the quirk's number (`Q4`) from `docs/quirks.md`. Where nothing is known it does what is written here:
//!
//! | Undocumented | Here |
//! |---|---|
//! | refusing | returns with `error=access_denied` and the state, or `state=undefined` as an approval does (Q1) |
//! | an account that authorized the application before | is asked again |
//! | a return URL that differs in anything from the registered one | an error page, loopback ports included |
//! | a repeated parameter, or `response_type` and `responseType` that differ | an error page |
//! | code unknown, or of another application | 404 `Token not found` |
//! | code used twice | 404 `Token already used`; the first token lives on |
//! | code expired, secret wrong, `redirect_uri` not the one authorized | 400 with a `message`; the code is not spent |
//! | `client_credentials` in JSON | 400; only the form is known to work (Q5) |
//! | no token, bad token | 401 in the gateway's form, `{error, error_description}` (Q16) |
//! | scopes of a personal token | those of all applications its person owns or was invited to |
//! | a scope missing | 403 in the general form |
//! | too many requests | 429 in the general form with `Retry-After`, counted by endpoint and token over the last minute; refused requests do not count |
//!
//! # Not for the open
//!
//! The sandbox binds 127.0.0.1 only and answers only requests for a loopback host. Its randomness is predictable
//! on purpose: nothing in it is a secret.

mod api;
mod authorize;
mod backstage;
mod clock;
mod config;
mod faults;
mod host;
mod pages;
mod problem;
mod random;
mod router;
mod server;
mod token;
mod visitor;
mod world;

pub use crate::backstage::Backstage;
pub use crate::clock::Clock;
pub use crate::config::{
    AppConfig, AppState, Arrivals, Config, ConfigError, DEFAULT_RETURN_URL, Pace, Person,
};
pub use crate::faults::Fault;
pub use crate::server::{Sandbox, StartError};
pub use crate::visitor::{Answer, Step, Visit, VisitError, Visitor};
