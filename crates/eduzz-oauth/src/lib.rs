//! The Eduzz sign-in (OAuth) as a sans-IO state machine. It builds URLs and requests and reads
//! callbacks and responses. Sockets, clock and random bytes come from your program or from
//! `eduzz-hyper`.
//!
//! ```text
//!            App                    client id, secret, return URL, dialect; never stored
//!             │ authorize(origins, state)
//!             ▼
//!   url for the browser  +  Pending        Pending can be stored while the user is away
//!                             │ returned(app, query)          ── not our state: CallbackError,
//!                             ▼                                  and the Pending back
//!                        ExchangeCode                            refused, broken: CallbackError
//!                             │ request → your client → response
//!                             ▼
//!     ┌── answered(response) ─┴─ unanswered(sent) ──┐
//!     ▼                                             ▼
//!  TokenReply, or ExchangeError        ExchangeError::NotSent (the code back)
//!     │ received(now)                  ExchangeError::CodeFateUnknown (start again)
//!     ▼
//!   Grant                               Grant::personal(token) is the short way here
//!     │ Session::signed_in(grant)
//!     ▼
//!  SignedIn ──── token expired ───────────────────────────▶ SignedOut(Expired)
//!     │    └──── 401 for the current token ───────────────▶ SignedOut(Rejected)
//!     └───────── sign_out() ──────────────────────────────▶ SignedOut(Never)
//! ```
//!
//! Each step consumes the last: an exchange consumes the code, and a valid callback consumes the
//! state. [`Pending`], [`Grant`] and [`Session`] can be stored in a self-describing serde format
//! with field names (JSON, TOML, CBOR, MessagePack with names; not postcard or bincode). [`App`]
//! and [`ExchangeCode`] hold the client secret and cannot be stored.
//!
//! # Example
//!
//! ```
//! use eduzz_oauth::{App, Session, State};
//! use eduzz_types::{ClientSecret, Timestamp};
//! use eduzz_wire::{EndpointExt, Origins};
//!
//! let origins = Origins::production();
//! let app = App::new(
//!     "6f1d4a52-3c0b-4f3e-9d2a-0f1e2d3c4b5a",
//!     ClientSecret::new("invented-secret"),
//!     "https://shop.example.com/eduzz/callback",
//! )?;
//!
//! // 1. Send the browser to Eduzz. The 32 bytes come from the system's random generator.
//! let random_bytes = [7_u8; 32];
//! let sign_in = app.authorize(&origins, State::from_random(random_bytes));
//! assert!(sign_in.url().starts_with("https://accounts.eduzz.com/oauth/authorize?client_id=6f1d4a52"));
//! let pending = sign_in.into_pending(); // store it in the user's web session
//!
//! // 2. The browser returns with a query.
//! # let state = "07".repeat(32);
//! let query = format!("code=invented-code&state={state}");
//! let exchange = pending.returned(&app, &query)?;
//!
//! // 3. Exchange the code: send `request` once.
//! let request = exchange.request(&origins, None)?;
//! assert_eq!(request.uri(), "https://accounts-api.eduzz.com/oauth/token");
//! let response = http::Response::new(r#"{"access_token":"invented-token","expires_in":0}"#);
//! let reply = exchange.answered(&response)?;
//!
//! // 4. Keep the session.
//! let mut session = Session::signed_in(reply.received(Timestamp::from_unix(1_780_000_000)));
//! let token = session.token(Timestamp::from_unix(1_980_000_000))?; // `expires_in: 0` never expires
//! # let _ = token;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Mistakes that this crate prevents
//!
//! | Mistake | How it is prevented |
//! |---|---|
//! | no state, a guessable one, `state=undefined` | [`App::authorize`] requires a [`State`] of at least 128 random bits; [`Pending::returned`] compares it in constant time |
//! | a code sent again after its answer was lost | [`ExchangeCode`] is not cloned, [`answered`](ExchangeCode::answered) and [`unanswered`](ExchangeCode::unanswered) consume it, and its route is [`Unsent`](eduzz_wire::Repeat::Unsent) |
//! | `expires_in: 0` read as expired, refresh attempts | [`Grant::ends`] is `None`; there is no refresh to call |
//! | the link from account to `eduzzId` lost | the [`Grant`] keeps the token answer's user |
//! | a 401 to an old token signs out the new one | [`Session::observe`] compares the token that was used |
//! | a missing scope noticed only by a rejection | [`Grant::coverage`] compares the granted scopes with those of a route |
//!
//! The project's `docs/security.md` covers each point of RFC 9700; `docs/quirks.md` lists the known
//! behaviour of the service.

#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod app;
mod callback;
mod exchange;
mod grant;
mod pending;
mod return_url;
mod session;
mod state;
pub mod undocumented;

// Part of this crate's errors.
#[doc(no_inline)]
pub use eduzz_types::SignedOut;

pub use app::{App, AppError, Authorization, Dialect, ResponseType, ReturnUrlName, TokenBody};
pub use callback::{CallbackError, CallbackErrorKind, ServiceError};
pub use exchange::{
    ExchangeCode, ExchangeError, ExchangeFailure, ExchangeRefusal, ExchangeRefused, TokenReply,
};
pub use grant::{Coverage, Grant, GrantKind};
pub use pending::Pending;
pub use return_url::{ReturnUrl, ReturnUrlError};
pub use session::Session;
pub use state::State;
