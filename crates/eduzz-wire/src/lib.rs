//! How a call to the Eduzz API becomes an HTTP request, and a response becomes a value or an error. No IO, no clock, no
//! randomness: what a client has to decide is decided here, and what it has to do it does elsewhere.
//!
//! A call is a value that implements [`Endpoint`]. [`EndpointExt`] makes the request and reads the response, for every
//! HTTP client that knows the types of the `http` crate:
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
//! // Any client sends it: no redirects, a time-out for the whole attempt, a limit on the body.
//! let response = http::Response::new(br#"{"id":"0b54e2c6-5d0e-4f0e-9a36-8a1a52a5c0de"}"#);
//! let me = GetMe.response(&response)?;
//! assert_eq!(me.id.as_str(), "0b54e2c6-5d0e-4f0e-9a36-8a1a52a5c0de");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What a client needs besides
//!
//! | Question | Answered by |
//! |---|---|
//! | May this be sent again, and when? | [`Backoff::wait`], by how the call may be repeated ([`Repeat`]) and what happened ([`Failure`]); [`RetryBudget`] for all calls together |
//! | When may the next call go? | [`Pacer::reserve`] |
//! | Where do calls go? | [`Origins`]: three, https, or http on loopback |
//! | What did the service refuse? | [`Rejection`], with a [`kind`](Rejection::kind) over all the service's error forms |
//! | Why can a success not be read? | [`Unreadable`], with the JSON path and never a value |
//! | What about a call that is not modelled? | [`RawCall`] |

#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod backoff;
mod budget;
mod call;
mod days;
mod endpoint;
mod origins;
mod pacer;
mod paged;
mod raw;
mod rejection;
mod route;
mod row;
mod unreadable;

// How a body is read is the models' business; what cannot be read stands in the errors here.
pub use eduzz_types::{ReadError, read_json};

pub use backoff::{Backoff, Failure, Sent};
pub use budget::RetryBudget;
pub use call::{Call, EncodeError};
pub use days::{Days, DaysError, Order, Slices};
pub use endpoint::{Endpoint, EndpointExt, ResponseError};
pub use origins::{Origin, OriginError, Origins};
pub use pacer::{Pace, Pacer};
pub use paged::{
    Completeness, Cursor, Next, OtherList, PAGE_SIZE, PageCall, Paged, Progress, Walk, WalkRows,
};
pub use raw::{RawAnswer, RawCall};
pub use rejection::{Rejection, RejectionKind};
pub use route::{Repeat, Route, Service};
pub use row::{Row, UnreadableRow};
pub use unreadable::{Unreadable, UnreadableReason};
