//! Answers that reject a call.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::time::Duration;

use eduzz_types::{DateTime, ErrorCode, Problem};
use http::header::{DATE, RETRY_AFTER};
use http::{HeaderMap, HeaderName, Response, StatusCode};

use crate::backoff::LONGEST_WAIT;
use crate::{Route, Service};

/// An answer with a status other than 2xx. This includes redirects: the API has none, so they are
/// not followed.
///
/// It keeps everything that the service sent. `Debug` and `Display` show the route's template, the
/// status, the kind and the product's error code, but not the body or the message, which may quote
/// personal data.
#[derive(Clone)]
#[non_exhaustive]
pub struct Rejection {
    /// The route that was called.
    pub route: Route,
    /// The status of the answer.
    pub status: StatusCode,
    /// The headers of the answer.
    pub headers: HeaderMap,
    /// The body of the answer, as received.
    pub body: Vec<u8>,
    /// The body as one of the service's error forms; `None` if it is not a JSON object.
    pub problem: Option<Problem>,
    /// How long the service asked to wait before the next attempt (`Retry-After`). A number that is
    /// too large is `u64::MAX` seconds; a date in an answer without `Date` is one minute.
    pub retry_after: Option<Duration>,
}

/// The reason for a rejection, for the error forms of all products.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RejectionKind {
    /// The token is missing or not accepted (401). A new sign-in or a new personal token is needed.
    InvalidToken,
    /// The token endpoint does not accept the application's id and secret (401).
    ClientRefused,
    /// The token lacks a scope (403 that names it).
    MissingScope,
    /// The account may not do this (403; Nutror's 411, Q28).
    Forbidden,
    /// The resource does not exist (404).
    NotFound,
    /// The webhook's receiver failed the service's test (404 with the receiver's answer).
    ReceiverFailed,
    /// The request is malformed (400).
    Malformed,
    /// A value is invalid (422, or 400 with a list of fields).
    Invalid,
    /// The operation does not exist (405).
    MethodNotAllowed,
    /// The call conflicts with the current state (409).
    Conflict,
    /// Too many requests (429).
    TooManyRequests,
    /// The answer is a redirect (3xx), which was not followed.
    Redirect,
    /// The service failed (500 and other 5xx).
    ServerFailed,
    /// The service or a gateway is unavailable (502, 503, 504).
    Unavailable,
    /// An undocumented status.
    Other,
}

impl Rejection {
    /// Reads an answer as a rejection, whatever its status. For adapters, and for tests of programs
    /// that handle rejections.
    #[must_use]
    pub fn new(route: Route, response: &Response<impl AsRef<[u8]>>) -> Self {
        let body = response.body().as_ref();
        Self {
            route,
            status: response.status(),
            problem: Problem::read(body),
            retry_after: retry_after(response.headers()),
            headers: response.headers().clone(),
            body: body.to_vec(),
        }
    }

    /// The reason for the rejection.
    #[must_use]
    pub fn kind(&self) -> RejectionKind {
        let problem = self.problem.as_ref();
        let code = problem
            .and_then(|problem| problem.code.as_ref())
            .map(ErrorCode::as_str);
        let has_fields = problem.is_some_and(|problem| !problem.fields().is_empty());
        match self.status.as_u16() {
            300..=399 => RejectionKind::Redirect,
            401 if self.route.service() == Service::AccountsApi => RejectionKind::ClientRefused,
            401 => RejectionKind::InvalidToken,
            403 if problem.is_some_and(names_scope) => RejectionKind::MissingScope,
            403 => RejectionKind::Forbidden,
            404 if problem.is_some_and(is_receiver_report) => RejectionKind::ReceiverFailed,
            404 => RejectionKind::NotFound,
            405 => RejectionKind::MethodNotAllowed,
            409 => RejectionKind::Conflict,
            // Q28: Nutror's "no admin permission" has code 6 and status 411.
            411 if code == Some("6") => RejectionKind::Forbidden,
            422 => RejectionKind::Invalid,
            400 if has_fields => RejectionKind::Invalid,
            400 => RejectionKind::Malformed,
            429 => RejectionKind::TooManyRequests,
            502..=504 => RejectionKind::Unavailable,
            500..=599 => RejectionKind::ServerFailed,
            _ => RejectionKind::Other,
        }
    }

    /// The product's error code, if any.
    #[must_use]
    pub fn code(&self) -> Option<&ErrorCode> {
        self.problem.as_ref()?.code.as_ref()
    }
}

impl RejectionKind {
    /// The reason, as a clause.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InvalidToken => "the token is not accepted",
            Self::ClientRefused => "the application's id and secret are not accepted",
            Self::MissingScope => "the token lacks a scope",
            Self::Forbidden => "the account may not do this",
            Self::NotFound => "the resource does not exist",
            Self::ReceiverFailed => "the webhook's receiver failed the test",
            Self::Malformed => "the request is malformed",
            Self::Invalid => "a value is invalid",
            Self::MethodNotAllowed => "the operation does not exist",
            Self::Conflict => "the call conflicts with the current state",
            Self::TooManyRequests => "too many requests",
            Self::Redirect => "the answer is a redirect",
            Self::ServerFailed => "the service failed",
            Self::Unavailable => "the service is not available",
            Self::Other => "undocumented status",
        }
    }
}

impl fmt::Display for RejectionKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} was rejected with {}: {}",
            self.route,
            self.status.as_u16(),
            self.kind()
        )?;
        match self.code().and_then(ErrorCode::plain) {
            Some(code) => write!(f, " (code {code})"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rejection")
            .field("route", &format_args!("{}", self.route))
            .field("status", &self.status.as_u16())
            .field("kind", &self.kind())
            .field("code", &self.code().and_then(ErrorCode::plain))
            .field("retry_after", &self.retry_after)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish_non_exhaustive()
    }
}

impl core::error::Error for Rejection {}

/// The report of a webhook's test has `timeTaken`; a web framework's error has a `message` instead.
/// A receiver that did not answer has no status.
fn is_receiver_report(problem: &Problem) -> bool {
    problem.time_taken.is_some() && problem.message.is_none()
}

fn names_scope(problem: &Problem) -> bool {
    // SafeVideo: "Forbbiden scope invalid"; RFC 6750: `insufficient_scope`.
    let says = |text: &str| {
        ["scope", "escopo"]
            .iter()
            .any(|word| text.to_ascii_lowercase().contains(word))
    };
    problem.explanation().is_some_and(|text| says(text.as_str())) || problem.error_name().is_some_and(says)
}

/// The header as seconds, or as a date relative to the answer's own `date`.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = |name: HeaderName| {
        headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .map(str::trim)
    };
    let value = text(RETRY_AFTER)?;
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // A number that does not fit is longer than any wait.
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    let moment = http_date(value)?;
    // Without the answer's own time, a date is no length.
    let Some(now) = text(DATE).and_then(http_date) else {
        return Some(LONGEST_WAIT);
    };
    Some(Duration::from_secs(u64::try_from(moment - now).unwrap_or(0)))
}

/// Seconds since the epoch of `Sun, 06 Nov 1994 08:49:37 GMT`.
fn http_date(text: &str) -> Option<i64> {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let mut words = text.split_once(", ")?.1.split(' ');
    let (day, month, year, time) = (words.next()?, words.next()?, words.next()?, words.next()?);
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
    let iso: String = alloc::format!("{year}-{month:02}-{day}T{time}Z");
    DateTime::from_text(&iso)
        .timestamp()
        .ok()
        .map(eduzz_types::Timestamp::unix)
}
