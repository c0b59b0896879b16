//! An answer that says no.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::time::Duration;

use eduzz_types::{DateTime, ErrorCode, Problem};
use http::header::{DATE, RETRY_AFTER};
use http::{HeaderMap, HeaderName, Response, StatusCode};

use crate::{Route, Service};

/// An answer with any status but 2xx. A redirect is one too: nothing of the API redirects, so it is not followed.
///
/// Everything that the service sent is kept. `Debug` and `Display` show the route's template, the status, the kind and the
/// product's code of the error, never the body or the message: they may quote a person's data.
#[derive(Clone)]
#[non_exhaustive]
pub struct Rejection {
    /// The route that was called.
    pub route: Route,
    /// The status of the answer.
    pub status: StatusCode,
    /// The headers of the answer.
    pub headers: HeaderMap,
    /// The body of the answer, as it came.
    pub body: Vec<u8>,
    /// The body as one of the service's error forms; `None` when it is not a JSON object (an HTML page, say).
    pub problem: Option<Problem>,
    /// How long to wait before the next attempt, when the service said so.
    pub retry_after: Option<Duration>,
}

/// What a rejection is about, over all the products' error forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RejectionKind {
    /// The service does not accept the token, or there was none (401). A new sign-in, or a new personal token, is needed.
    InvalidToken,
    /// The token endpoint does not accept the application's id and secret (401). No token was sent there.
    ClientRefused,
    /// The token lacks a scope (403 that says so).
    MissingScope,
    /// The account may not do this (403; Nutror's 411, Q28).
    Forbidden,
    /// There is no such thing (404).
    NotFound,
    /// The service tested a webhook's receiver, which did not answer well (404 with the receiver's answer).
    ReceiverFailed,
    /// The request is malformed (400).
    Malformed,
    /// The values are not acceptable (422; 400 with a list of fields).
    Invalid,
    /// There is no such operation (405).
    MethodNotAllowed,
    /// It contradicts the state of things (409).
    Conflict,
    /// Too many requests (429).
    TooManyRequests,
    /// The answer points elsewhere (3xx); it was not followed.
    Redirect,
    /// The service failed (500 and other 5xx).
    ServerFailed,
    /// The service, or something before it, is not available for now (502, 503, 504).
    Unavailable,
    /// Another status, which is not documented.
    Other,
}

impl Rejection {
    /// Reads an answer as a refusal, whatever its status: what every endpoint does with a status other than 2xx, for adapters
    /// and for tests of programs that treat refusals.
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

    /// What the rejection is about.
    #[must_use]
    pub fn kind(&self) -> RejectionKind {
        let problem = self.problem.as_ref();
        let code = problem
            .and_then(|problem| problem.code.as_ref())
            .map(ErrorCode::as_str);
        let tells_fields = problem.is_some_and(|problem| !problem.fields().is_empty());
        match self.status.as_u16() {
            300..=399 => RejectionKind::Redirect,
            401 if self.route.service() == Service::AccountsApi => RejectionKind::ClientRefused,
            401 => RejectionKind::InvalidToken,
            403 if problem.is_some_and(tells_scope) => RejectionKind::MissingScope,
            403 => RejectionKind::Forbidden,
            404 if problem.is_some_and(tells_receiver) => RejectionKind::ReceiverFailed,
            404 => RejectionKind::NotFound,
            405 => RejectionKind::MethodNotAllowed,
            409 => RejectionKind::Conflict,
            // Q28: Nutror's "no admin permission" is code 6 with the status for a missing length.
            411 if code == Some("6") => RejectionKind::Forbidden,
            422 => RejectionKind::Invalid,
            400 if tells_fields => RejectionKind::Invalid,
            400 => RejectionKind::Malformed,
            429 => RejectionKind::TooManyRequests,
            502..=504 => RejectionKind::Unavailable,
            500..=599 => RejectionKind::ServerFailed,
            _ => RejectionKind::Other,
        }
    }

    /// The product's code of the error, when it gave one.
    #[must_use]
    pub fn code(&self) -> Option<&ErrorCode> {
        self.problem.as_ref()?.code.as_ref()
    }
}

impl RejectionKind {
    /// What happened, as a clause.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InvalidToken => "the token is not accepted",
            Self::ClientRefused => "the application's id and secret are not accepted",
            Self::MissingScope => "the token lacks a scope",
            Self::Forbidden => "the account may not do this",
            Self::NotFound => "there is no such thing",
            Self::ReceiverFailed => "the webhook's receiver did not answer well",
            Self::Malformed => "the request is malformed",
            Self::Invalid => "a value is not acceptable",
            Self::MethodNotAllowed => "there is no such operation",
            Self::Conflict => "it contradicts the state of things",
            Self::TooManyRequests => "too many requests",
            Self::Redirect => "the answer points elsewhere",
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

/// The report of a webhook's test, not the `{ statusCode, message, error }` of a web framework. A receiver that did not answer has no
/// status.
fn tells_receiver(problem: &Problem) -> bool {
    problem.time_taken.is_some() && problem.message.is_none()
}

fn tells_scope(problem: &Problem) -> bool {
    // SafeVideo: "Forbbiden scope invalid"; RFC 6750: `insufficient_scope`.
    let says = |text: &str| {
        ["scope", "escopo"]
            .iter()
            .any(|word| text.to_ascii_lowercase().contains(word))
    };
    problem.explanation().is_some_and(|text| says(text.as_str())) || problem.error_name().is_some_and(says)
}

/// The header as seconds, or as a date, which is compared with the answer's own date: no clock is needed.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = |name: HeaderName| {
        headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .map(str::trim)
    };
    let value = text(RETRY_AFTER)?;
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let seconds = http_date(value)? - text(DATE).and_then(http_date)?;
    Some(Duration::from_secs(u64::try_from(seconds).unwrap_or(0)))
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
