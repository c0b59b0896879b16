//! How a call becomes a request and a response a value, and the engine of the clients, without IO:
//! for programs with an HTTP client of their own, and for the details of an error.
//!
//! [`EndpointExt`] makes the request and reads the response. An [`Attempt`] decides about retries,
//! [`Lanes`] about the pace.

#[doc(inline)]
pub use eduzz_wire::{
    Attempt, Busy, Call, CallError, Callable, DaysError, EncodeError, Endpoint, EndpointExt, Failure,
    KeepJson, Lane, Lanes, LanesState, Next, Observation, Origin, OriginError, OtherList, Outcome, PAGE_SIZE,
    Pacer, PacerState, PageCall, Paged, Progress, Quota, RawAnswer, RejectionKind, Repeat, ResponseError,
    Retries, Retry, RetryBudget, Route, RowsWouldBeLost, Sending, Sent, Service, Settings, Step, Then,
    Ticket, TransportError, Turn, TurnEnd, Unreadable, UnreadableReason, UnreadableRow,
};
