//! The URL that the browser returns to.

use alloc::boxed::Box;
use alloc::string::String;
use core::fmt;
use core::str::FromStr;

use eduzz_wire::{Origin, OriginError, form};
use http::Uri;
use serde::{Deserialize, Serialize};

/// A return URL. It must match the one registered with the application exactly.
///
/// It is https, or http on this machine (`127.0.0.1`, `[::1]`, `localhost`) for programs that
/// receive the callback themselves.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ReturnUrl {
    text: Box<str>,
    path: Box<str>,
    loopback_port: Option<u16>,
}

impl ReturnUrl {
    /// Reads and checks a return URL.
    ///
    /// # Errors
    ///
    /// The text is not an absolute http(s) URL, has a fragment, a user name or a reserved
    /// parameter, or is plain http to another machine.
    pub fn parse(text: &str) -> Result<Self, ReturnUrlError> {
        let text = text.trim();
        if text.contains('#') {
            return Err(ReturnUrlError::Fragment);
        }
        let uri: Uri = text.parse().map_err(|_| ReturnUrlError::NotAUrl)?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err(ReturnUrlError::NotAUrl);
        };
        let origin =
            Origin::parse(&alloc::format!("{scheme}://{authority}")).map_err(|error| match error {
                OriginError::PlainHttp => ReturnUrlError::PlainHttp,
                _ => ReturnUrlError::NotAUrl,
            })?;
        let query = uri.query().unwrap_or_default();
        let taken = |(name, _): (String, String)| matches!(&*name, "state" | "code" | "error");
        if form::fields(query).any(taken) {
            return Err(ReturnUrlError::TakenParameter);
        }
        let loopback_port =
            (scheme == "http" && origin.is_loopback()).then(|| authority.port_u16().unwrap_or(80));
        Ok(Self {
            text: text.into(),
            path: uri.path().into(),
            loopback_port,
        })
    }

    /// The URL, as registered.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The path; `/` if the URL has none.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The port to listen on, if the URL is plain http on this machine.
    #[must_use]
    pub const fn loopback_port(&self) -> Option<u16> {
        self.loopback_port
    }
}

impl fmt::Debug for ReturnUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ReturnUrl").field(&self.text).finish()
    }
}

impl fmt::Display for ReturnUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl FromStr for ReturnUrl {
    type Err = ReturnUrlError;

    fn from_str(text: &str) -> Result<Self, ReturnUrlError> {
        Self::parse(text)
    }
}

impl TryFrom<String> for ReturnUrl {
    type Error = ReturnUrlError;

    fn try_from(text: String) -> Result<Self, ReturnUrlError> {
        Self::parse(&text)
    }
}

impl From<ReturnUrl> for String {
    fn from(url: ReturnUrl) -> Self {
        url.text.into()
    }
}

/// Why a return URL is invalid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReturnUrlError {
    /// Not an absolute http(s) URL.
    #[error("the return URL is not an absolute URL such as https://example.com/callback")]
    NotAUrl,
    /// It has a fragment, which browsers do not send.
    #[error("the return URL has a fragment (#…), which a callback cannot have")]
    Fragment,
    /// It has a parameter of callbacks, which would then appear twice.
    #[error("the return URL has a parameter `state`, `code` or `error`, which is reserved for callbacks")]
    TakenParameter,
    /// Plain http to another machine, which would expose the code.
    #[error(
        "the return URL is plain http to another machine: use https, or http://127.0.0.1:PORT on this one"
    )]
    PlainHttp,
}
