//! Builds a request from what an endpoint describes.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::{self, Write as _};

use eduzz_types::{AccessToken, Date, DateTime};
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue};
use http::uri::{PathAndQuery, Uri};
use http::{Method, Request};
use percent_encoding::percent_decode_str;
use serde::Serialize;
use serde_json::Value;

use crate::form;
use crate::{Origins, Route, Service};

/// The longest path and query that the `http` crate accepts.
const MAX_TARGET: usize = u16::MAX as usize - 1;

/// A path that is percent-encoded more often is refused.
const MAX_ENCODINGS: usize = 8;

/// The request that an endpoint's `describe` builds: path values, query, body.
///
/// Path values come in the template's order, before the query. The first value that cannot be
/// encoded is reported when the request is made.
pub struct Call {
    method: Method,
    service: Service,
    /// The part of the template that is still to be written.
    rest: &'static str,
    target: String,
    has_query: bool,
    body: Vec<u8>,
    content_type: Option<&'static str>,
    error: Option<EncodeError>,
}

impl Call {
    pub(crate) fn new(route: &Route) -> Self {
        Self {
            service: route.service(),
            rest: route.template(),
            target: String::new(),
            method: route.method().clone(),
            has_query: false,
            body: Vec::new(),
            content_type: None,
            error: None,
        }
    }

    /// Sets the template's next path value, `:name`.
    pub fn path(&mut self, name: &'static str, value: impl AsRef<str>) -> &mut Self {
        let value = value.as_ref();
        if value.trim().is_empty() || has_dot_segment(value) {
            // An empty or blank value could name the list; many servers remove dot segments.
            return self.fail(EncodeError::PathValue { name });
        }
        let Some((before, after)) = self.rest.split_once(':') else {
            return self.fail(EncodeError::Template { name });
        };
        let Some(after) = after
            .strip_prefix(name)
            .filter(|rest| rest.is_empty() || rest.starts_with('/'))
        else {
            return self.fail(EncodeError::Template { name });
        };
        self.target.reserve(before.len() + value.len() + after.len() + 32);
        self.target.push_str(before);
        form::encode(&mut self.target, value);
        self.rest = after;
        self
    }

    /// As [`path`](Self::path), but rejects values that are fixed words of other calls' paths.
    pub fn path_except(&mut self, name: &'static str, value: impl AsRef<str>, words: &[&str]) -> &mut Self {
        if words.contains(&value.as_ref()) {
            return self.fail(EncodeError::PathValue { name });
        }
        self.path(name, value)
    }

    /// Adds the first and the last day of a list, or one of them: plain days (Q9), which must exist
    /// and be in order. Every list has these names.
    pub fn days<'a>(
        &mut self,
        first: impl Into<Option<&'a Date>>,
        last: impl Into<Option<&'a Date>>,
    ) -> &mut Self {
        let (first, last) = (first.into(), last.into());
        self.valid_day("startDate", first).valid_day("endDate", last);
        let number = |day: Option<&Date>| day.and_then(|day| day.days_since_epoch().ok());
        if number(last).is_some_and(|last| number(first).is_some_and(|first| last < first)) {
            return self.fail(EncodeError::Backwards);
        }
        self.query_opt("startDate", first).query_opt("endDate", last)
    }

    /// Rejects a day that does not exist or is not written `YYYY-MM-DD`.
    pub fn valid_day(&mut self, name: &'static str, day: Option<&Date>) -> &mut Self {
        if day.is_some_and(|day| day.days_since_epoch().is_err()) {
            return self.fail(EncodeError::NoSuchDay { name });
        }
        self
    }

    /// Rejects a moment in the body that has none of the service's forms. A bare day is valid.
    pub fn real_moment(&mut self, name: &'static str, moment: &DateTime) -> &mut Self {
        if moment.civil().is_err() {
            return self.fail(EncodeError::NoSuchMoment { name });
        }
        self
    }

    /// Adds a range of moments, with optional ends. The form of a moment in a query is not
    /// documented (Q127), so each is sent as written. A range that is certainly backwards is
    /// rejected.
    pub fn moments(&mut self, first: Option<&DateTime>, last: Option<&DateTime>) -> &mut Self {
        if let (Some(first), Some(last)) = (first, last) {
            let backwards = match (first.timestamp(), last.timestamp()) {
                (Ok(first), Ok(last)) => last < first,
                (Err(_), Err(_)) => last_is_before(first, last),
                // A moment with a zone and one without cannot be compared.
                _ => false,
            };
            if backwards {
                return self.fail(EncodeError::Backwards);
            }
        }
        self.query_opt("startDate", first).query_opt("endDate", last)
    }

    /// Rejects a call without a required value: the service could read its absence as "all".
    pub fn require(&mut self, name: &'static str, is_given: bool) -> &mut Self {
        if is_given {
            self
        } else {
            self.fail(EncodeError::Missing { name })
        }
    }

    /// Rejects a blank text or id; see [`require`](Self::require).
    pub fn require_text(&mut self, name: &'static str, value: impl AsRef<str>) -> &mut Self {
        self.require(name, !value.as_ref().trim().is_empty())
    }

    /// Rejects an empty list, or one with a blank text; see [`require`](Self::require).
    pub fn require_each(&mut self, name: &'static str, values: &[impl AsRef<str>]) -> &mut Self {
        values
            .iter()
            .fold(self.require(name, !values.is_empty()), |call, value| {
                call.require_text(name, value)
            })
    }

    /// Adds a query parameter.
    pub fn query(&mut self, name: &str, value: impl fmt::Display) -> &mut Self {
        self.end_path();
        self.target.reserve(name.len() + 32);
        self.target.push(if self.has_query { '&' } else { '?' });
        self.has_query = true;
        form::encode(&mut self.target, name);
        self.target.push('=');
        // Only a failing `Display` gets here.
        if write!(Escaping(&mut self.target), "{value}").is_err() {
            return self.fail(EncodeError::Query);
        }
        self
    }

    /// Adds a query parameter, if there is a value.
    pub fn query_opt(&mut self, name: &str, value: Option<impl fmt::Display>) -> &mut Self {
        match value {
            Some(value) => self.query(name, value),
            None => self,
        }
    }

    /// Adds the page of a list, counted from 1, and the page size. Every list has these names; the
    /// service ignores a page size under another name (Q8).
    pub fn page(&mut self, page: Option<u32>, items_per_page: Option<u32>) -> &mut Self {
        self.query_opt("page", page)
            .query_opt("itemsPerPage", items_per_page)
    }

    /// Sets a JSON body.
    pub fn json(&mut self, body: &impl Serialize) -> &mut Self {
        match serde_json::to_vec(body) {
            Ok(bytes) => self.body = bytes,
            Err(_) => return self.fail(EncodeError::Body),
        }
        self.content_type = Some("application/json");
        self
    }

    /// Sets a JSON body that is an object of texts, written into one buffer of its size.
    pub fn json_texts(&mut self, fields: &[(&str, &str)]) -> &mut Self {
        match object_of_texts(fields) {
            Ok(bytes) => self.body = bytes,
            Err(_) => return self.fail(EncodeError::Body),
        }
        self.content_type = Some("application/json");
        self
    }

    /// Sets the JSON body of a change, and rejects one that changes nothing: an object without
    /// fields, or with empty objects only. `names` are the fields, of which one is required.
    pub fn json_change(&mut self, names: &'static str, body: &impl Serialize) -> &mut Self {
        match serde_json::to_value(body) {
            Ok(value) => self.require(names, !is_empty_object(&value)).json(body),
            Err(_) => self.fail(EncodeError::Body),
        }
    }

    /// Sets a form body (`application/x-www-form-urlencoded`).
    pub fn form(&mut self, fields: &[(&str, &str)]) -> &mut Self {
        let mut body = String::with_capacity(
            fields
                .iter()
                .map(|(name, value)| name.len() + value.len() + 2)
                .sum(),
        );
        for (name, value) in fields {
            form::append(&mut body, name, value);
        }
        self.body = body.into_bytes();
        self.content_type = Some("application/x-www-form-urlencoded");
        self
    }

    /// Sets the path of a call without a template.
    pub(crate) fn raw_target(&mut self, path: &str) -> &mut Self {
        self.target.push_str(path);
        self
    }

    pub(crate) fn raw_body(&mut self, body: &[u8]) -> &mut Self {
        self.body = body.to_vec();
        self.content_type = Some("application/json");
        self
    }

    pub(crate) fn fail(&mut self, error: EncodeError) -> &mut Self {
        self.error.get_or_insert(error);
        self
    }

    /// The path and query written so far.
    pub(crate) fn target(&mut self) -> &str {
        self.end_path();
        &self.target
    }

    fn end_path(&mut self) {
        if let Some((_, place)) = self.rest.split_once(':') {
            let name = place.split('/').next().unwrap_or(place);
            self.fail(EncodeError::Template { name });
        }
        self.target.push_str(core::mem::take(&mut self.rest));
    }

    /// Path and query; a template without path values or query is used as it is.
    fn path_and_query(&mut self) -> Result<PathAndQuery, EncodeError> {
        if self.target.is_empty() && !self.rest.contains(':') {
            return PathAndQuery::try_from(self.rest).map_err(|_| EncodeError::Path);
        }
        self.end_path();
        let length = self.target.len();
        PathAndQuery::try_from(core::mem::take(&mut self.target)).map_err(|_| match length {
            0..=MAX_TARGET => EncodeError::Path,
            _ => EncodeError::TooLong,
        })
    }

    pub(crate) fn finish(
        mut self,
        origins: &Origins,
        token: Option<&AccessToken>,
    ) -> Result<Request<Vec<u8>>, EncodeError> {
        let path_and_query = self.path_and_query();
        if let Some(error) = self.error {
            return Err(error);
        }
        let mut headers = HeaderMap::with_capacity(4);
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        if let Some(content_type) = self.content_type {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        }
        if self.service == Service::Api {
            // The token endpoint never gets a token.
            headers.insert(AUTHORIZATION, bearer(token.ok_or(EncodeError::NoToken)?)?);
        }
        let origin = origins.of(self.service);
        let mut parts = http::uri::Parts::default();
        parts.scheme = Some(origin.scheme().clone());
        parts.authority = Some(origin.authority().clone());
        parts.path_and_query = Some(path_and_query?);
        let mut request = Request::new(self.body);
        *request.method_mut() = self.method;
        *request.uri_mut() = Uri::from_parts(parts).map_err(|_| EncodeError::Path)?;
        *request.headers_mut() = headers;
        Ok(request)
    }
}

impl fmt::Debug for Call {
    /// Target and body may hold a secret or personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("method", &self.method)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .field("error", &self.error)
            .finish_non_exhaustive()
    }
}

fn object_of_texts(fields: &[(&str, &str)]) -> serde_json::Result<Vec<u8>> {
    let lengths = fields.iter().map(|(name, value)| name.len() + value.len() + 6);
    let mut body = Vec::with_capacity(lengths.sum::<usize>() + 2);
    body.push(b'{');
    for (name, value) in fields {
        if body.len() > 1 {
            body.push(b',');
        }
        append_text(&mut body, name)?;
        body.push(b':');
        append_text(&mut body, value)?;
    }
    body.push(b'}');
    Ok(body)
}

fn append_text(body: &mut Vec<u8>, text: &str) -> serde_json::Result<()> {
    let is_special = |byte: u8| byte < b' ' || byte == b'"' || byte == b'\\';
    if text.bytes().fold(false, |found, byte| found | is_special(byte)) {
        body.extend_from_slice(&serde_json::to_vec(text)?);
    } else {
        body.push(b'"');
        body.extend_from_slice(text.as_bytes());
        body.push(b'"');
    }
    Ok(())
}

fn bearer(token: &AccessToken) -> Result<HeaderValue, EncodeError> {
    let token = token.expose();
    // Without an early end it is compiled for many bytes at once.
    let is_graphic = token
        .bytes()
        .fold(true, |all, byte| all & byte.is_ascii_graphic());
    if token.is_empty() || !is_graphic {
        return Err(EncodeError::Token);
    }
    let mut text = String::with_capacity("Bearer ".len() + token.len());
    text.push_str("Bearer ");
    text.push_str(token);
    let mut value = HeaderValue::try_from(text).map_err(|_| EncodeError::Token)?;
    value.set_sensitive(true);
    Ok(value)
}

/// Whether some server could read a segment of the path as `.` or `..`: after decoding it, perhaps
/// more than once, splitting it at a backslash, or cutting off parameters (`..;a=b`) and blanks.
pub(crate) fn has_dot_segment(path: &str) -> bool {
    let is_dots = |segment: &str| {
        let name = segment.split(';').next().unwrap_or(segment);
        let name = name.trim_matches(|c: char| c.is_whitespace() || c.is_control());
        matches!(name, "." | "..")
    };
    let mut path = Cow::Borrowed(path);
    for _ in 0..MAX_ENCODINGS {
        if path.split(['/', '\\']).any(is_dots) {
            return true;
        }
        match percent_decode_str(&path).decode_utf8_lossy() {
            decoded if decoded == path => return false,
            decoded => path = Cow::Owned(decoded.into_owned()),
        }
    }
    true
}

/// Whether a value is an object without fields, or with such objects only.
fn is_empty_object(value: &Value) -> bool {
    value
        .as_object()
        .is_some_and(|fields| fields.values().all(is_empty_object))
}

/// Whether `last` is on an earlier day than `first`, both without a zone. Moments of one day cannot
/// be compared: a plain day may mean its beginning or its end.
fn last_is_before(first: &DateTime, last: &DateTime) -> bool {
    let day = |moment: &DateTime| {
        let civil = moment.civil().ok()?;
        Some((civil.year, civil.month, civil.day))
    };
    matches!((day(first), day(last)), (Some(first), Some(last)) if last < first)
}

/// Percent-encodes the text written to it.
struct Escaping<'a>(&'a mut String);

impl fmt::Write for Escaping<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        form::encode(self.0, text);
        Ok(())
    }
}

/// Why a call cannot become a request. The caller is at fault, and nothing was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EncodeError {
    /// The call needs a token and none was given.
    #[error("the call needs an access token and none was given")]
    NoToken,
    /// The token is not valid in a header.
    #[error(
        "the access token is empty or has characters that a header cannot carry: copy it again, without quotes or line breaks"
    )]
    Token,
    /// A path value is blank, has a dot segment in any encoding, or is a fixed word of another
    /// call's path.
    #[error(
        "the path value `{name}` is empty, has a segment `.` or `..`, or is a word that names another call"
    )]
    PathValue {
        /// The name in the template.
        name: &'static str,
    },
    /// A required value is blank or missing.
    #[error("`{name}` is empty or missing, and the call requires it")]
    Missing {
        /// The field, or the fields of which one is required.
        name: &'static str,
    },
    /// The endpoint's `describe` does not match its template.
    #[error("the endpoint does not set the path value `{name}` where its template names it")]
    Template {
        /// The name in the template.
        name: &'static str,
    },
    /// A day does not exist or is not written `YYYY-MM-DD`.
    #[error("`{name}` is not a valid day: write an existing day as YYYY-MM-DD, without a time")]
    NoSuchDay {
        /// The query parameter, or the field of the body.
        name: &'static str,
    },
    /// A moment does not exist or has none of the service's forms.
    #[error("`{name}` is neither a day nor a moment: write YYYY-MM-DD, or YYYY-MM-DDTHH:MM:SSZ")]
    NoSuchMoment {
        /// The field of the call.
        name: &'static str,
    },
    /// The last day of a range is before the first.
    #[error("the last day is before the first")]
    Backwards,
    /// The path of a raw call is invalid.
    #[error(
        "the path must start with a single `/` and be percent-encoded, without `?`, `#` and dot segments"
    )]
    Path,
    /// Path and query are too long.
    #[error("path and query are longer than 65,534 bytes: narrow the filters")]
    TooLong,
    /// A query value could not be written.
    #[error("a query value could not be written as text")]
    Query,
    /// The body could not be written as JSON.
    #[error("the body could not be written as JSON")]
    Body,
}
