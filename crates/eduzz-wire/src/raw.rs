//! A call without a model.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use eduzz_types::AccessToken;
use http::{HeaderMap, Method, Request, Response, StatusCode};
use percent_encoding::percent_decode_str;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::call::has_dot_segment;
use crate::{
    Call, Callable, EncodeError, Origins, Rejection, Repeat, ResponseError, Route, Unreadable, read_json,
};

/// A call to the API by method and path, for endpoints that this version of the SDK does not model.
///
/// ```
/// use eduzz_wire::RawCall;
///
/// let call = RawCall::get("/myeduzz/v1/sales").query("startDate", "2026-01-01").query("endDate", "2026-01-31");
/// # let _ = call;
/// ```
#[derive(Clone)]
pub struct RawCall {
    method: Method,
    path: String,
    query: Vec<(String, String)>,
    body: Option<Vec<u8>>,
    repeat: Repeat,
}

impl RawCall {
    /// A `GET`, which may be retried.
    #[must_use]
    pub fn get(path: impl Into<String>) -> Self {
        Self::new(Method::GET, path)
    }

    /// A call with any method. Safe methods may be retried; [`repeat`](Self::repeat) changes this.
    #[must_use]
    pub fn new(method: Method, path: impl Into<String>) -> Self {
        let repeat = if method.is_safe() {
            Repeat::Safe
        } else {
            Repeat::Once
        };
        Self {
            method,
            path: path.into(),
            query: Vec::new(),
            body: None,
            repeat,
        }
    }

    /// Adds a query parameter.
    #[must_use]
    pub fn query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.query.push((name.into(), value.into()));
        self
    }

    /// Sets a JSON body.
    ///
    /// # Errors
    ///
    /// The value cannot be written as JSON.
    pub fn json(mut self, body: &impl Serialize) -> Result<Self, EncodeError> {
        self.body = Some(serde_json::to_vec(body).map_err(|_| EncodeError::Body)?);
        Ok(self)
    }

    /// Sets how the call may be retried.
    #[must_use]
    pub fn repeat(mut self, repeat: Repeat) -> Self {
        self.repeat = repeat;
        self
    }

    /// How the call may be retried.
    #[must_use]
    pub fn repeatability(&self) -> Repeat {
        self.repeat
    }

    /// The HTTP method.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// Makes the request, to the API's origin.
    ///
    /// # Errors
    ///
    /// The path is invalid, or the token is missing or malformed.
    pub fn request(
        &self,
        origins: &Origins,
        token: Option<&AccessToken>,
    ) -> Result<Request<Vec<u8>>, EncodeError> {
        // The template is empty: the caller gives the path.
        let mut call = Call::new(&Route::raw(self.method.clone(), ""));
        call.raw_target(&self.path);
        if !is_path(&self.path) {
            call.fail(EncodeError::Path);
        }
        for (name, value) in &self.query {
            call.query(name, value);
        }
        if let Some(body) = &self.body {
            call.raw_body(body);
        }
        call.finish(origins, token)
    }

    /// Reads the response.
    ///
    /// # Errors
    ///
    /// [`ResponseError::Rejected`] for every status but 2xx.
    pub fn response<B: AsRef<[u8]>>(&self, response: &Response<B>) -> Result<RawAnswer, ResponseError> {
        if !response.status().is_success() {
            return Err(ResponseError::Rejected(Box::new(Rejection::new(
                self.route(),
                response,
            ))));
        }
        Ok(RawAnswer {
            method: self.method.clone(),
            status: response.status(),
            headers: response.headers().clone(),
            body: response.body().as_ref().to_vec(),
        })
    }
}

impl Callable for RawCall {
    type Output = RawAnswer;

    /// The method, and a text instead of the path, which may hold personal data.
    fn route(&self) -> Route {
        Route::raw(self.method.clone(), RAW).repeat(self.repeat)
    }

    fn to_request(
        &self,
        origins: &Origins,
        token: Option<&AccessToken>,
    ) -> Result<Request<Vec<u8>>, EncodeError> {
        self.request(origins, token)
    }

    fn read<B: AsRef<[u8]>>(&self, response: &Response<B>) -> Result<RawAnswer, ResponseError> {
        self.response(response)
    }
}

/// Replaces the path of a raw call in errors.
const RAW: &str = "(raw call)";

impl fmt::Debug for RawCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawCall")
            .field("method", &self.method)
            .field("repeat", &self.repeat)
            .finish_non_exhaustive()
    }
}

/// Whether the text is a percent-encoded path that servers do not normalise to another one.
fn is_path(path: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_graphic() && !b"?#\"<>\\^`{|}".contains(&byte);
    let is_code =
        |rest: &str| matches!(rest.as_bytes(), [a, b, ..] if a.is_ascii_hexdigit() && b.is_ascii_hexdigit());
    path.starts_with('/')
        && !path.starts_with("//")
        && path.bytes().all(plain)
        && path.split('%').skip(1).all(is_code)
        // Two bytes that are no UTF-8 are a dot for some servers (`%c0%ae`).
        && percent_decode_str(path).decode_utf8().is_ok()
        && !has_dot_segment(path)
}

/// A success of a [`RawCall`].
#[derive(Clone)]
#[non_exhaustive]
pub struct RawAnswer {
    method: Method,
    /// The status, 2xx.
    pub status: StatusCode,
    /// The headers, as received.
    pub headers: HeaderMap,
    /// The body, as received.
    pub body: Vec<u8>,
}

impl RawAnswer {
    /// Reads the body as JSON of any type.
    ///
    /// # Errors
    ///
    /// The body is not JSON, or does not have the form of `T`.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Box<Unreadable>> {
        read_json(&self.body).map_err(|error| {
            let mut response = Response::new(self.body.as_slice());
            *response.status_mut() = self.status;
            *response.headers_mut() = self.headers.clone();
            Box::new(Unreadable::new(
                Route::raw(self.method.clone(), RAW),
                &response,
                error,
            ))
        })
    }
}

impl fmt::Debug for RawAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawAnswer")
            .field("status", &self.status.as_u16())
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish_non_exhaustive()
    }
}
