//! The application that users sign in to.

use alloc::string::String;
use core::fmt::{self, Write as _};

use eduzz_types::{ClientId, ClientSecret};
use eduzz_wire::{Origins, form};

use crate::{Pending, ReturnUrl, ReturnUrlError, State};

/// An application as it is registered in Eduzz's console: id, secret, return URL.
///
/// It holds the client secret and cannot be stored: create it from your configuration.
#[derive(Clone, Debug)]
pub struct App {
    pub(crate) client_id: ClientId,
    pub(crate) client_secret: ClientSecret,
    pub(crate) return_url: ReturnUrl,
    pub(crate) dialect: Dialect,
}

impl App {
    /// Creates the application from the id, secret and return URL in the console.
    ///
    /// # Errors
    ///
    /// The id or the secret is empty, or the return URL is invalid.
    pub fn new(
        client_id: impl Into<ClientId>,
        client_secret: impl Into<ClientSecret>,
        return_url: &str,
    ) -> Result<Self, AppError> {
        let (client_id, client_secret) = (client_id.into(), client_secret.into());
        if client_id.as_str().is_empty() {
            return Err(AppError::NoClientId);
        }
        if client_secret.expose().is_empty() {
            return Err(AppError::NoClientSecret);
        }
        let return_url = ReturnUrl::parse(return_url)?;
        Ok(Self {
            client_id,
            client_secret,
            return_url,
            dialect: Dialect::default(),
        })
    }

    /// Sets the dialect.
    #[must_use]
    pub fn with_dialect(mut self, dialect: Dialect) -> Self {
        self.dialect = dialect;
        self
    }

    /// The application's id.
    #[must_use]
    pub fn client_id(&self) -> &ClientId {
        &self.client_id
    }

    /// The URL that browsers return to.
    #[must_use]
    pub fn return_url(&self) -> &ReturnUrl {
        &self.return_url
    }

    /// Begins a sign-in: gives the URL for the browser, and the state to keep until it returns.
    ///
    /// The scopes are those of the application in the console; the URL cannot name others (docs
    /// page `/reference/auth/get-oauth-authorize`).
    #[must_use]
    pub fn authorize(&self, origins: &Origins, state: State) -> Authorization {
        let (id, return_url) = (self.client_id.as_str(), self.return_url.as_str());
        // The origin, the names, and half of the return URL's characters three times as long.
        let length = 160 + id.len() + return_url.len() * 2 + state.expose().len();
        let mut url = String::with_capacity(length);
        // Writing to a string does not fail.
        let _ = write!(url, "{}/oauth/authorize?", origins.accounts());
        form::append(&mut url, "client_id", id);
        for name in self.dialect.response_type.names() {
            form::append(&mut url, name, "code");
        }
        form::append(&mut url, self.dialect.return_url_name.as_str(), return_url);
        form::append(&mut url, "state", state.expose());
        Authorization {
            url,
            pending: Pending::new(self.client_id.clone(), self.return_url.clone(), state),
        }
    }
}

/// A sign-in that was begun.
pub struct Authorization {
    url: String,
    pending: Pending,
}

impl Authorization {
    /// The URL to send the browser to. It holds the state: use it for one browser, and do not log
    /// it.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The state to keep until the browser returns.
    #[must_use]
    pub fn into_pending(self) -> Pending {
        self.pending
    }
}

impl fmt::Debug for Authorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authorization")
            .field("pending", &self.pending)
            .finish_non_exhaustive()
    }
}

/// Choices where the documentation contradicts itself. The defaults are documented and known to
/// work; [`of_2020`](Self::of_2020) is the form of the first documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Dialect {
    /// The name of the response type in the authorize call.
    pub response_type: ResponseType,
    /// The name of the return URL in the authorize call.
    pub return_url_name: ReturnUrlName,
    /// The format of the exchange's body.
    pub token_body: TokenBody,
    /// Whether the exchange leaves the return URL out.
    pub omit_return_url: bool,
}

impl Dialect {
    /// The form of the first documents (Q181): an authorize call with `redirect_uri` and without a
    /// response type, and an exchange without a return URL.
    ///
    /// Two programs still use a part of it. Try it only if the default is refused.
    #[must_use]
    pub fn of_2020() -> Self {
        Self::default()
            .response_type(ResponseType::Omitted)
            .return_url_name(ReturnUrlName::RedirectUri)
            .omit_return_url(true)
    }

    /// Sets the name of the return URL in the authorize call.
    #[must_use]
    pub const fn return_url_name(mut self, name: ReturnUrlName) -> Self {
        self.return_url_name = name;
        self
    }

    /// Sets whether the exchange leaves the return URL out.
    #[must_use]
    pub const fn omit_return_url(mut self, omit: bool) -> Self {
        self.omit_return_url = omit;
        self
    }

    /// Sets the name of the response type.
    #[must_use]
    pub const fn response_type(mut self, response_type: ResponseType) -> Self {
        self.response_type = response_type;
        self
    }

    /// Sets the format of the exchange's body.
    #[must_use]
    pub const fn token_body(mut self, token_body: TokenBody) -> Self {
        self.token_body = token_body;
        self
    }
}

/// The name of the response type in the authorize call (Q2: the documentation has two spellings).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum ResponseType {
    /// Both names, which is valid whichever the service reads.
    #[default]
    Both,
    /// `response_type`, as in the reference table.
    SnakeCase,
    /// `responseType`, as in the example URLs.
    CamelCase,
    /// None, as in the first documents (Q181).
    Omitted,
}

impl ResponseType {
    const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Both => &["response_type", "responseType"],
            Self::SnakeCase => &["response_type"],
            Self::CamelCase => &["responseType"],
            Self::Omitted => &[],
        }
    }
}

/// The name of the return URL in the authorize call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReturnUrlName {
    /// `redirectTo`, as documented; the exchange names it `redirect_uri` (Q3).
    #[default]
    RedirectTo,
    /// `redirect_uri`, as in the first documents (Q181).
    RedirectUri,
}

impl ReturnUrlName {
    const fn as_str(self) -> &'static str {
        match self {
            Self::RedirectTo => "redirectTo",
            Self::RedirectUri => "redirect_uri",
        }
    }
}

/// The format of the exchange's body (Q6: one report says that JSON fails, others use it in
/// production).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum TokenBody {
    /// `application/json`, as documented.
    #[default]
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
}

/// Why an application is invalid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AppError {
    /// The client id is empty.
    #[error("the client id is empty; it is the application's UUID in the console")]
    NoClientId,
    /// The client secret is empty.
    #[error("the client secret is empty; the console shows it once, and can create a new one")]
    NoClientSecret,
    /// The return URL is invalid.
    #[error(transparent)]
    ReturnUrl(#[from] ReturnUrlError),
}
