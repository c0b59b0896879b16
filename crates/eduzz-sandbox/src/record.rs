//! The record of requests: the last ones with their answers, secrets masked.

mod mask;
mod why;

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use axum::body::Bytes;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use tokio::sync::watch;

pub use self::why::Why;

/// Requests kept; the oldest are dropped.
const KEPT: usize = 500;
/// The largest part of a body that is kept.
pub(crate) const BODY_KEPT: usize = 64 * 1024;
/// The largest part of a header's value that is kept.
const HEADER_KEPT: usize = 2 * 1024;
/// The largest part of a path with its query that is kept.
const TARGET_KEPT: usize = 8 * 1024;
/// Headers kept of one message.
const HEADERS_KEPT: usize = 64;

/// A request that was answered, and its answer.
///
/// Secrets are masked when it is recorded: tokens, codes, cookies, and the secrets of applications
/// and webhooks.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RequestRecord {
    /// Its number; requests are counted from 1 in the order of their ends.
    pub number: u64,
    /// When it came in, by the sandbox's clock.
    pub at: SystemTime,
    /// The time from its head to the end of its answer.
    pub took: Duration,
    /// The method.
    pub method: String,
    /// The path and the query.
    pub target: String,
    /// The path as the documentation writes it, of a call that the sandbox knows.
    pub template: Option<&'static str>,
    /// The account id of the token or of the sign-in.
    pub account_id: Option<String>,
    /// The application of the token or of the sign-in.
    pub client_id: Option<String>,
    /// The request.
    pub request: Message,
    /// The answer; `None` when the client closed the connection before there was one.
    pub response: Option<RecordedAnswer>,
    /// The rule, the fault or the quirk that made the answer.
    pub why: Option<Why>,
}

/// A recorded answer.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RecordedAnswer {
    /// The status.
    pub status: u16,
    /// Headers and body.
    pub message: Message,
}

/// The headers and the body of a recorded request or answer.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Message {
    /// Names and values.
    pub headers: Vec<(String, String)>,
    /// The beginning of the body, at most 64 KiB; bytes that are no UTF-8 are replaced.
    pub body: String,
    /// The size of the body, as far as it was read or sent.
    pub size: u64,
    /// Whether all of the body was read or sent, and kept.
    pub is_whole: bool,
    /// Whether the body is UTF-8.
    pub is_text: bool,
}

impl Message {
    /// The value of a header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self
            .headers
            .iter()
            .find(|(given, _)| given.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}

impl RequestRecord {
    /// The status of the answer, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.response.as_ref().map(|answer| answer.status)
    }

    /// The path, without the query.
    #[must_use]
    pub fn path(&self) -> &str {
        self.target.split_once('?').map_or(&self.target, |(path, _)| path)
    }
}

impl fmt::Debug for RequestRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestRecord")
            .field("number", &self.number)
            .field("method", &self.method)
            .field("template", &self.template)
            .field("status", &self.status())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for RecordedAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecordedAnswer")
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message")
            .field("size", &self.size)
            .finish_non_exhaustive()
    }
}

/// Whose request it was, in the extensions of an answer.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    pub(crate) account_id: String,
    pub(crate) client_id: String,
}

/// The last requests.
#[derive(Debug)]
pub(crate) struct Records {
    kept: Mutex<VecDeque<Arc<RequestRecord>>>,
    /// The number of the last one.
    last: watch::Sender<u64>,
    /// The number of the last one that is no GET: it may have changed the world.
    last_write: watch::Sender<u64>,
}

/// A body with its secrets masked.
pub(crate) fn masked(body: &[u8]) -> String {
    String::from_utf8_lossy(&mask::body(body, false)).into_owned()
}

impl Records {
    pub(crate) fn new() -> Self {
        Self {
            kept: Mutex::default(),
            last: watch::Sender::new(0),
            last_write: watch::Sender::new(0),
        }
    }

    fn kept(&self) -> MutexGuard<'_, VecDeque<Arc<RequestRecord>>> {
        // Each change is complete before anything that could panic.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Numbers a record and keeps it.
    pub(crate) fn push(&self, mut record: RequestRecord) {
        let mut kept = self.kept();
        let number = kept.back().map_or(1, |last| last.number.saturating_add(1));
        record.number = number;
        if kept.len() >= KEPT {
            kept.pop_front();
        }
        if record.method != Method::GET.as_str() {
            self.last_write.send_replace(number);
        }
        kept.push_back(Arc::new(record));
        self.last.send_replace(number);
    }

    /// Wakes with each new record.
    pub(crate) fn watch(&self) -> watch::Receiver<u64> {
        self.last.subscribe()
    }

    /// Wakes with each record of a request that may have changed the world.
    pub(crate) fn watch_writes(&self) -> watch::Receiver<u64> {
        self.last_write.subscribe()
    }

    /// The records that are kept, the oldest first.
    pub(crate) fn all(&self) -> Vec<Arc<RequestRecord>> {
        self.kept().iter().cloned().collect()
    }

    /// The record of this number, if it is still kept.
    pub(crate) fn get(&self, number: u64) -> Option<Arc<RequestRecord>> {
        let kept = self.kept();
        let first = kept.front()?.number;
        let place = usize::try_from(number.checked_sub(first)?).ok()?;
        kept.get(place).cloned()
    }
}

/// The beginning of a body that passes by.
#[derive(Debug, Default)]
pub(crate) struct Passing {
    kept: Vec<u8>,
    size: u64,
    /// Whether its end has passed by.
    pub(crate) has_ended: bool,
}

impl Passing {
    /// A body of which nothing has passed by.
    pub(crate) const fn new(is_empty: bool) -> Self {
        Self {
            kept: Vec::new(),
            size: 0,
            has_ended: is_empty,
        }
    }

    pub(crate) fn add(&mut self, data: &Bytes) {
        let room = BODY_KEPT.saturating_sub(self.kept.len());
        let kept = data.get(..room.min(data.len())).unwrap_or_default();
        self.kept.extend_from_slice(kept);
        self.size = self
            .size
            .saturating_add(u64::try_from(data.len()).unwrap_or(u64::MAX));
    }

    /// The message of these headers and this body, without secrets.
    pub(crate) fn into_message(self, headers: &HeaderMap, is_sign_in: bool) -> Message {
        let kept = self.kept.len();
        let masked = mask::body(&self.kept, is_sign_in);
        let text = String::from_utf8_lossy(&masked);
        let is_cut = u64::try_from(kept).is_ok_and(|kept| kept < self.size);
        // The end may lie within a character.
        let is_text = match std::str::from_utf8(&self.kept) {
            Ok(_) => true,
            Err(error) => is_cut && error.error_len().is_none(),
        };
        Message {
            headers: mask::headers(headers),
            body: text.into_owned(),
            size: self.size,
            is_whole: self.has_ended && !is_cut,
            is_text,
        }
    }
}

/// Whether a path belongs to the sign-in, where more fields are secret.
fn is_sign_in(path: &str) -> bool {
    path.starts_with("/oauth/")
}

/// A request whose answer has not ended.
#[derive(Debug)]
pub(crate) struct Draft {
    pub(crate) at: SystemTime,
    pub(crate) method: Method,
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
    pub(crate) template: Option<&'static str>,
    pub(crate) caller: Option<Caller>,
    pub(crate) answer: Option<(StatusCode, HeaderMap)>,
    pub(crate) why: Option<Why>,
}

impl Draft {
    /// The record, except for its number.
    pub(crate) fn into_record(self, took: Duration, sent: Passing, answered: Passing) -> RequestRecord {
        let is_sign_in = is_sign_in(self.uri.path());
        let (account_id, client_id) = match self.caller {
            Some(caller) => (Some(caller.account_id), Some(caller.client_id)),
            None => (None, None),
        };
        RequestRecord {
            number: 0,
            at: self.at,
            took,
            method: self.method.to_string(),
            target: mask::target(&self.uri, is_sign_in),
            template: self.template,
            account_id,
            client_id,
            request: sent.into_message(&self.headers, is_sign_in),
            response: self.answer.map(|(status, headers)| RecordedAnswer {
                status: status.as_u16(),
                message: answered.into_message(&headers, is_sign_in),
            }),
            why: self.why,
        }
    }
}
