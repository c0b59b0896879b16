//! Successes whose body cannot be read.

use alloc::vec::Vec;
use core::fmt;

use http::{HeaderMap, Response, StatusCode};

use crate::{ReadError, Route};

/// A 2xx answer whose body is not the endpoint's answer. The SDK or the service is at fault.
///
/// The call **was carried out**. The body is kept; neither `Debug` nor `Display` shows it.
#[derive(Clone)]
#[non_exhaustive]
pub struct Unreadable {
    /// The route that was called.
    pub route: Route,
    /// The status of the answer.
    pub status: StatusCode,
    /// The headers of the answer.
    pub headers: HeaderMap,
    /// The body of the answer, as received.
    pub body: Vec<u8>,
    /// The reason, with the place.
    pub source: ReadError,
}

/// What the body is instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UnreadableReason {
    /// The body is empty.
    Empty,
    /// An HTML page, for example of a login or a proxy.
    Html,
    /// JSON that is cut.
    Cut,
    /// The body is not JSON.
    NotJson,
    /// JSON of an undocumented form; the error names the place.
    Shape,
}

impl Unreadable {
    pub(crate) fn new(route: Route, response: &Response<impl AsRef<[u8]>>, source: ReadError) -> Self {
        Self {
            route,
            status: response.status(),
            headers: response.headers().clone(),
            body: response.body().as_ref().to_vec(),
            source,
        }
    }

    /// What the body is instead.
    #[must_use]
    pub fn reason(&self) -> UnreadableReason {
        match self.source {
            ReadError::Empty => UnreadableReason::Empty,
            ReadError::Html => UnreadableReason::Html,
            ReadError::Cut { .. } => UnreadableReason::Cut,
            ReadError::Syntax { .. } => UnreadableReason::NotJson,
            // All other reasons concern valid JSON.
            _ => UnreadableReason::Shape,
        }
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} answered {} with a body that cannot be read",
            self.route,
            self.status.as_u16()
        )
    }
}

impl fmt::Debug for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unreadable")
            .field("route", &format_args!("{}", self.route))
            .field("status", &self.status.as_u16())
            .field("body", &format_args!("{} bytes", self.body.len()))
            .field("source", &self.source)
            .finish_non_exhaustive()
    }
}

impl core::error::Error for Unreadable {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        Some(&self.source)
    }
}
