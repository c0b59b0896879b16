//! How a call becomes a request and a response a value, without IO: for programs with an HTTP
//! client of their own, and for the details of an error.
//!
//! [`EndpointExt`] makes the request and reads the response.

#[doc(inline)]
pub use eduzz_wire::{
    Call, DaysError, EncodeError, Endpoint, EndpointExt, Failure, Next, Origin, OriginError, OtherList,
    PAGE_SIZE, Pacer, PacerState, PageCall, Paged, Progress, RawAnswer, RejectionKind, Repeat, ResponseError,
    RetryBudget, Route, Sent, Service, Ticket, Turn, Unreadable, UnreadableReason, UnreadableRow, WalkRows,
};
