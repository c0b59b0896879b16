//! The application that people sign in to.

use alloc::string::String;
use core::fmt;

use eduzz_types::{ClientId, ClientSecret};
use eduzz_wire::Origins;
use form_urlencoded::Serializer;

use crate::{Pending, ReturnUrl, ReturnUrlError, State};

/// An application as it is registered in Eduzz's console: id, secret, return URL.
///
/// It holds the client secret, so it cannot be stored; make it anew from your configuration.
#[derive(Clone, Debug)]
pub struct App {
    pub(crate) client_id: ClientId,
    pub(crate) client_secret: ClientSecret,
    pub(crate) return_url: ReturnUrl,
    pub(crate) dialect: Dialect,
}

impl App {
    /// Takes the application's id, secret and return URL, as they stand in the console.
    ///
    /// # Errors
    ///
    /// The id or the secret is empty, or the return URL is not one.
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

    /// The same application, spoken to in another dialect.
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

    /// Where browsers come back to.
    #[must_use]
    pub fn return_url(&self) -> &ReturnUrl {
        &self.return_url
    }

    /// Begins a sign-in: the address to send the browser to, and what to keep until it comes back.
    ///
    /// The scopes are those saved with the application in the console; the address cannot name others
    /// (docs page `/reference/auth/get-oauth-authorize`).
    #[must_use]
    pub fn authorize(&self, origins: &Origins, state: State) -> Authorization {
        let path = String::from("/oauth/authorize?");
        let start = path.len();
        let mut query = Serializer::for_suffix(path, start);
        query.append_pair("client_id", self.client_id.as_str());
        for name in self.dialect.response_type.names() {
            query.append_pair(name, "code");
        }
        // Q3: the token call names the same thing `redirect_uri`.
        query.append_pair("redirectTo", self.return_url.as_str());
        query.append_pair("state", state.expose());
        Authorization {
            url: origins.accounts_url(&query.finish()),
            pending: Pending::new(self.client_id.clone(), self.return_url.clone(), state),
        }
    }
}

/// A sign-in that has begun.
pub struct Authorization {
    url: String,
    pending: Pending,
}

impl Authorization {
    /// The address to send the browser to. It holds the state: it belongs to one browser, and into no log.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// What to keep until the browser comes back.
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

/// Where the documentation contradicts itself, as data. The default is what is documented and seen to work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Dialect {
    /// How the authorize call names the response type.
    pub response_type: ResponseType,
    /// How the exchange's body is written.
    pub token_body: TokenBody,
}

impl Dialect {
    /// The same dialect, with the response type named so.
    #[must_use]
    pub const fn response_type(mut self, response_type: ResponseType) -> Self {
        self.response_type = response_type;
        self
    }

    /// The same dialect, with the exchange's body written so.
    #[must_use]
    pub const fn token_body(mut self, token_body: TokenBody) -> Self {
        self.token_body = token_body;
        self
    }
}

/// How the authorize call names the response type (Q2: the documentation has both spellings).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum ResponseType {
    /// Both names, which is right whichever the service reads.
    #[default]
    Both,
    /// `response_type`, as the reference table has it.
    SnakeCase,
    /// `responseType`, as the example addresses have it.
    CamelCase,
}

impl ResponseType {
    const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Both => &["response_type", "responseType"],
            Self::SnakeCase => &["response_type"],
            Self::CamelCase => &["responseType"],
        }
    }
}

/// How the exchange's body is written (Q6: one report says that JSON fails, others use it in production).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum TokenBody {
    /// `application/json`, as documented.
    #[default]
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
}

/// Why an application cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AppError {
    /// The client id is empty.
    #[error("the client id is empty; it is the application's UUID in the console")]
    NoClientId,
    /// The client secret is empty.
    #[error("the client secret is empty; the console shows it once, and makes a new one when it is lost")]
    NoClientSecret,
    /// The return URL is not one.
    #[error(transparent)]
    ReturnUrl(#[from] ReturnUrlError),
}
