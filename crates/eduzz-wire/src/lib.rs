//! Turns a call to the Eduzz API into an HTTP request, and a response into a value or an error.
//! There is no IO, clock or randomness: this crate decides, and an HTTP client acts.
//!
//! A call is a value that implements [`Endpoint`]. [`EndpointExt`] makes the request and reads the
//! response, for every HTTP client that uses the types of the `http` crate:
//!
//! ```
//! use eduzz_types::{AccessToken, accounts::Me};
//! use eduzz_wire::{Call, Endpoint, EndpointExt, Origins, Route};
//!
//! struct GetMe;
//!
//! impl Endpoint for GetMe {
//!     const ROUTE: Route = Route::get("/accounts/v1/me");
//!     type Output = Me;
//!
//!     fn describe(&self, _: &mut Call) {}
//! }
//!
//! let request = GetMe.request(&Origins::production(), Some(&AccessToken::new("invented")))?;
//! assert_eq!(request.uri(), "https://api.eduzz.com/accounts/v1/me");
//!
//! // Any client can send it: no redirects, a timeout for the attempt, a limit on the body.
//! let response = http::Response::new(br#"{"id":"0b54e2c6-5d0e-4f0e-9a36-8a1a52a5c0de"}"#);
//! let me = GetMe.response(&response)?;
//! assert_eq!(me.id.as_str(), "0b54e2c6-5d0e-4f0e-9a36-8a1a52a5c0de");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What else a client needs
//!
//! | Question | Answered by |
//! |---|---|
//! | What is to be done next? | [`Attempt`]: the life of a call, with its retries ([`Backoff`], [`RetryBudget`]) |
//! | When may the next call be sent? | [`Lanes`], with a [`Pacer`] for the calls that count together |
//! | Where do calls go? | [`Origins`]: three, https, or http on loopback |
//! | Why did the service reject the call? | [`Rejection`], whose [`kind`](Rejection::kind) covers all error forms of the service |
//! | Why can a success not be read? | [`Unreadable`], with the JSON path and no value |
//! | What are all the rows of a list? | [`Sweep`], a slice of days and a page at a time, which can be stored and resumed |
//! | What about a call that is not modelled? | [`RawCall`] |

#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod attempt;
mod backoff;
mod budget;
mod call;
mod days;
mod endpoint;
mod error;
#[doc(hidden)]
pub mod form;
mod hash;
mod lane;
mod observe;
mod origins;
mod pacer;
mod paged;
mod raw;
mod rejection;
mod route;
mod row;
mod sweep;
mod unreadable;

// Part of this crate's errors.
#[doc(no_inline)]
pub use eduzz_types::{JsonKind, ReadError, Reason, SignedOut, read_json};

pub use attempt::{Attempt, Outcome, Retries, Retry, Sending, Settings, Then};
pub use backoff::{Backoff, Failure, Sent};
pub use budget::RetryBudget;
pub use call::{Call, EncodeError};
pub use days::{Days, DaysError, Order, Slices};
pub use endpoint::{Callable, Endpoint, EndpointExt, ResponseError};
pub use error::{Busy, CallError, TransportError};
pub use lane::{Lane, Lanes, LanesState, Quota, TurnEnd};
pub use observe::{Observation, Step};
pub use origins::{Origin, OriginError, Origins};
pub use pacer::{Pace, Pacer, PacerState, Ticket, Turn};
pub use paged::{KeepJson, PAGE_SIZE, PageCall, Paged};
pub use raw::{RawAnswer, RawCall};
pub use rejection::{Rejection, RejectionKind};
pub use route::{Repeat, Route, Service};
pub use row::{Kept, Row, UnreadableRow};
pub use sweep::{Batch, Completeness, Cursor, Next, OtherList, Progress, RowsWouldBeLost, Sweep};
pub use unreadable::{Unreadable, UnreadableReason};
