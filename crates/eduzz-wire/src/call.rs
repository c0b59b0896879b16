//! The writing of a request.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::{self, Write as _};

use eduzz_types::{AccessToken, Date, DateTime};
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue};
use http::uri::{PathAndQuery, Uri};
use http::{Method, Request};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use serde_json::Value;

use crate::{Origins, Route, Service};

/// Everything but what RFC 3986 calls unreserved; right for one path segment and for one query value.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// What the `http` crate takes as a path with its query.
const MOST_TARGET: usize = u16::MAX as usize - 1;

/// What an endpoint's `describe` writes: path values, query, body.
///
/// Path values are given in the order in which the template names them, before the query. What cannot be encoded is kept
/// and reported when the request is made.
pub struct Call {
    method: Method,
    service: Service,
    /// The part of the template that is not written yet.
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

    /// Gives the value of the template's next place, `:name`.
    pub fn path(&mut self, name: &'static str, value: impl AsRef<str>) -> &mut Self {
        let value = value.as_ref();
        if matches!(value.trim(), "" | "." | "..") {
            // An empty value would name another endpoint (the list), a dot segment is taken away by many servers; a service may
            // trim a blank one.
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
        self.target.extend(utf8_percent_encode(value, RESERVED));
        self.rest = after;
        self
    }

    /// As [`path`](Self::path), for a place beside which other calls have words of their own: a value that is one of them would make
    /// another call.
    pub fn path_except(&mut self, name: &'static str, value: impl AsRef<str>, words: &[&str]) -> &mut Self {
        if words.contains(&value.as_ref()) {
            return self.fail(EncodeError::PathValue { name });
        }
        self.path(name, value)
    }

    /// Adds a range of days, the last one included: two plain days, as the service wants them (Q9), which exist and are in order.
    pub fn days(
        &mut self,
        first_name: &'static str,
        first: &Date,
        last_name: &'static str,
        last: &Date,
    ) -> &mut Self {
        match (first.days_since_epoch(), last.days_since_epoch()) {
            (Err(_), _) => return self.fail(EncodeError::NoSuchDay { name: first_name }),
            (_, Err(_)) => return self.fail(EncodeError::NoSuchDay { name: last_name }),
            (Ok(first), Ok(last)) if last < first => return self.fail(EncodeError::Backwards),
            _ => {}
        }
        self.query(first_name, first).query(last_name, last)
    }

    /// Refuses a day for the body that does not exist, or is not written `YYYY-MM-DD`.
    pub fn valid_day(&mut self, name: &'static str, day: Option<&Date>) -> &mut Self {
        if day.is_some_and(|day| day.days_since_epoch().is_err()) {
            return self.fail(EncodeError::NoSuchDay { name });
        }
        self
    }

    /// Refuses a moment for the body that has none of the service's forms; a bare day is one of them.
    pub fn real_moment(&mut self, name: &'static str, moment: &DateTime) -> &mut Self {
        if moment.civil().is_err() {
            return self.fail(EncodeError::NoSuchMoment { name });
        }
        self
    }

    /// Adds a range of moments, either end of which may be open. How the service wants a moment in a query is not documented
    /// (Q127), so each is sent as it is written; two of which one is certainly later have to be in order.
    pub fn moments(
        &mut self,
        first_name: &str,
        first: Option<&DateTime>,
        last_name: &str,
        last: Option<&DateTime>,
    ) -> &mut Self {
        if let (Some(first), Some(last)) = (first, last) {
            let backwards = match (first.timestamp(), last.timestamp()) {
                (Ok(first), Ok(last)) => last < first,
                (Err(_), Err(_)) => last_is_before(first, last),
                // One has a zone and one has none: nobody can tell.
                _ => false,
            };
            if backwards {
                return self.fail(EncodeError::Backwards);
            }
        }
        self.query_opt(first_name, first).query_opt(last_name, last)
    }

    /// Refuses a call without a value that it makes no sense without: what acts would act on nothing, or on everything.
    pub fn require(&mut self, name: &'static str, is_given: bool) -> &mut Self {
        if is_given {
            self
        } else {
            self.fail(EncodeError::Missing { name })
        }
    }

    /// Refuses a text or an id that is blank; [`needs`](Self::needs) for texts.
    pub fn require_text(&mut self, name: &'static str, value: impl AsRef<str>) -> &mut Self {
        self.require(name, !value.as_ref().trim().is_empty())
    }

    /// Refuses a list that names nothing, or names something by a blank text; [`needs`](Self::needs) for lists.
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
        self.target.extend(utf8_percent_encode(name, RESERVED));
        self.target.push('=');
        // Writing to a string does not fail; a `Display` that fails leaves the value cut, as `to_string` would panic.
        if write!(Escaping(&mut self.target), "{value}").is_err() {
            return self.fail(EncodeError::Query);
        }
        self
    }

    /// Adds a query parameter that is there.
    pub fn query_opt(&mut self, name: &str, value: Option<impl fmt::Display>) -> &mut Self {
        match value {
            Some(value) => self.query(name, value),
            None => self,
        }
    }

    /// Adds which page of a list is asked for, counted from 1, and how many items it may have, as far as they are said. The names are
    /// the service's for every list; a page size under another one is ignored (Q8).
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

    /// Sets the JSON body of a change, and refuses one that changes nothing: without fields, or with records alone that have none.
    /// The fields, one of which is needed, are `names`.
    pub fn json_change(&mut self, names: &'static str, body: &impl Serialize) -> &mut Self {
        match serde_json::to_value(body) {
            Ok(value) => self.require(names, !is_hollow(&value)).json(body),
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
            if !body.is_empty() {
                body.push('&');
            }
            body.extend(utf8_percent_encode(name, RESERVED));
            body.push('=');
            body.extend(utf8_percent_encode(value, RESERVED));
        }
        self.body = body.into_bytes();
        self.content_type = Some("application/x-www-form-urlencoded");
        self
    }

    /// Sets the path of a call that has no template.
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

    /// Path and query, as far as they are written.
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

    /// The path and the query; a template without places and query is taken as it is.
    fn path_and_query(&mut self) -> Result<PathAndQuery, EncodeError> {
        if self.target.is_empty() && !self.rest.contains(':') {
            return PathAndQuery::try_from(self.rest).map_err(|_| EncodeError::Path);
        }
        self.end_path();
        let length = self.target.len();
        PathAndQuery::try_from(core::mem::take(&mut self.target)).map_err(|_| match length {
            0..=MOST_TARGET => EncodeError::Path,
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
            // The token endpoint's service never sees a token.
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
    /// The target and the body may hold a secret or a person's data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("method", &self.method)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .field("error", &self.error)
            .finish_non_exhaustive()
    }
}

fn bearer(token: &AccessToken) -> Result<HeaderValue, EncodeError> {
    let token = token.expose();
    if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(EncodeError::Token);
    }
    let mut text = String::with_capacity("Bearer ".len() + token.len());
    text.push_str("Bearer ");
    text.push_str(token);
    let mut value = HeaderValue::try_from(text).map_err(|_| EncodeError::Token)?;
    value.set_sensitive(true);
    Ok(value)
}

/// Whether a record has no field, or none but records that have none.
fn is_hollow(value: &Value) -> bool {
    value
        .as_object()
        .is_some_and(|fields| fields.values().all(is_hollow))
}

/// Whether the last of two moments without a zone is on a day before the first. Within a day nobody can tell: a plain day may count
/// from its beginning or to its end.
fn last_is_before(first: &DateTime, last: &DateTime) -> bool {
    let day = |moment: &DateTime| {
        let civil = moment.civil().ok()?;
        Some((civil.year, civil.month, civil.day))
    };
    matches!((day(first), day(last)), (Some(first), Some(last)) if last < first)
}

/// Percent-encodes what is written through it.
struct Escaping<'a>(&'a mut String);

impl fmt::Write for Escaping<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.extend(utf8_percent_encode(text, RESERVED));
        Ok(())
    }
}

/// Why a call cannot become a request: the caller's fault, found before anything is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EncodeError {
    /// The call needs a token and none was given.
    #[error("the call needs an access token and none was given")]
    NoToken,
    /// The token cannot stand in a header.
    #[error(
        "the access token is empty or has characters that cannot stand in a header; copy it again, without quotes and line breaks"
    )]
    Token,
    /// A path value is blank, a dot segment, or a word that names another call.
    #[error("the path value `{name}` is empty, `.`, `..`, or a word that names another call")]
    PathValue {
        /// The place in the template.
        name: &'static str,
    },
    /// A value that the call makes no sense without is blank, or not there.
    #[error("`{name}` is empty or not given: say what the call is for, it is not sent without")]
    Missing {
        /// The field, or the fields one of which it must be.
        name: &'static str,
    },
    /// The endpoint's `describe` does not fit its template.
    #[error("the endpoint's description does not give the path value `{name}` where its template names it")]
    Template {
        /// The place in the template.
        name: &'static str,
    },
    /// A day that does not exist, or is not written `YYYY-MM-DD`.
    #[error("`{name}` is no day: write YYYY-MM-DD, a day that exists, without a time")]
    NoSuchDay {
        /// The query parameter, or the field of the body.
        name: &'static str,
    },
    /// A moment that does not exist, or is written in no form of the service's.
    #[error("`{name}` is neither a day nor a moment: write YYYY-MM-DD, or YYYY-MM-DDTHH:MM:SSZ")]
    NoSuchMoment {
        /// The field of the call.
        name: &'static str,
    },
    /// A range of days whose last is before its first.
    #[error("the last day is before the first")]
    Backwards,
    /// The path of a raw call is not one.
    #[error(
        "the path must start with a single `/` and be percent-encoded, without `?`, `#` and dot segments"
    )]
    Path,
    /// Path and query are longer than a request can carry.
    #[error("path and query are longer than 65,534 bytes: narrow the filters")]
    TooLong,
    /// A query value could not be written.
    #[error("a query value could not be written as text")]
    Query,
    /// The body could not be written as JSON.
    #[error("the body could not be written as JSON")]
    Body,
}
