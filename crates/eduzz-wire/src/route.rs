//! The fixed part of a call: method, path, scopes, and how it may be retried.

use core::fmt;

use http::{Method, StatusCode};

/// The fixed part of an endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    method: Method,
    template: &'static str,
    scopes: &'static [&'static str],
    repeat: Repeat,
    service: Service,
    empty_body_is_success: bool,
    also_success: &'static [u16],
}

impl Route {
    /// A `GET`; it is [`Repeat::Safe`].
    #[must_use]
    pub const fn get(template: &'static str) -> Self {
        Self::new(Method::GET, template, Repeat::Safe)
    }

    /// A `POST`; it is [`Repeat::Once`] unless [`repeat`](Self::repeat) changes that.
    #[must_use]
    pub const fn post(template: &'static str) -> Self {
        Self::new(Method::POST, template, Repeat::Once)
    }

    /// A `PUT`; it is [`Repeat::Idempotent`] unless [`repeat`](Self::repeat) changes that.
    #[must_use]
    pub const fn put(template: &'static str) -> Self {
        Self::new(Method::PUT, template, Repeat::Idempotent)
    }

    /// A `PATCH`; it is [`Repeat::Once`] unless [`repeat`](Self::repeat) changes that.
    #[must_use]
    pub const fn patch(template: &'static str) -> Self {
        Self::new(Method::PATCH, template, Repeat::Once)
    }

    /// A `DELETE`; it is [`Repeat::Idempotent`] unless [`repeat`](Self::repeat) changes that.
    #[must_use]
    pub const fn delete(template: &'static str) -> Self {
        Self::new(Method::DELETE, template, Repeat::Idempotent)
    }

    /// The route of a call without a model.
    pub(crate) const fn raw(method: Method, template: &'static str) -> Self {
        Self::unchecked(method, template, Repeat::Once)
    }

    /// The public constructors are const: an invalid template does not compile.
    const fn new(method: Method, template: &'static str, repeat: Repeat) -> Self {
        assert!(
            is_template(template),
            "a template is a path that starts with one `/`, without a query"
        );
        Self::unchecked(method, template, repeat)
    }

    const fn unchecked(method: Method, template: &'static str, repeat: Repeat) -> Self {
        Self {
            method,
            template,
            scopes: &[],
            repeat,
            service: Service::Api,
            empty_body_is_success: false,
            also_success: &[],
        }
    }

    /// Requires a token with all of these scopes.
    #[must_use]
    pub const fn scopes(mut self, scopes: &'static [&'static str]) -> Self {
        self.scopes = scopes;
        self
    }

    /// Sets how the call may be retried.
    #[must_use]
    pub const fn repeat(mut self, repeat: Repeat) -> Self {
        self.repeat = repeat;
        self
    }

    /// Moves the route to the token endpoint's service, where no token is sent.
    #[must_use]
    pub const fn at_accounts_api(mut self) -> Self {
        self.service = Service::AccountsApi;
        self
    }

    /// Allows a success without a body, which is read as an empty JSON object.
    #[must_use]
    pub const fn empty_body_is_success(mut self) -> Self {
        self.empty_body_is_success = true;
        self
    }

    /// Names statuses besides 2xx that carry the call's answer. With these, a body of another form
    /// is a rejection.
    #[must_use]
    pub const fn also_success(mut self, statuses: &'static [u16]) -> Self {
        self.also_success = statuses;
        self
    }

    /// The HTTP method.
    #[must_use]
    pub const fn method(&self) -> &Method {
        &self.method
    }

    /// The path as the documentation writes it: `/myeduzz/v1/sales/:id`.
    #[must_use]
    pub const fn template(&self) -> &'static str {
        self.template
    }

    /// The scopes that a token must all have.
    #[must_use]
    pub const fn needed_scopes(&self) -> &'static [&'static str] {
        self.scopes
    }

    /// Whether a success may have no body.
    #[must_use]
    pub const fn answer_may_be_empty(&self) -> bool {
        self.empty_body_is_success
    }

    /// Whether this status carries the call's answer: any 2xx, and those of
    /// [`also_success`](Self::also_success).
    #[must_use]
    pub fn answers_with(&self, status: StatusCode) -> bool {
        status.is_success() || self.also_success.contains(&status.as_u16())
    }

    /// The body to read for a success: an empty object if an allowed empty body came, otherwise the
    /// body.
    #[must_use]
    pub fn read_as<'a>(&self, body: &'a [u8]) -> &'a [u8] {
        if self.empty_body_is_success && body.trim_ascii().is_empty() {
            b"{}"
        } else {
            body
        }
    }

    /// How the call may be retried.
    #[must_use]
    pub const fn repeatability(&self) -> Repeat {
        self.repeat
    }

    /// The service that answers it.
    #[must_use]
    pub const fn service(&self) -> Service {
        self.service
    }
}

const fn is_template(template: &str) -> bool {
    let bytes = template.as_bytes();
    let mut index = 0;
    let mut before = b' ';
    while index < bytes.len() {
        #[allow(
            clippy::indexing_slicing,
            reason = "within the loop's bound; a const fn has no iterators"
        )]
        let byte = bytes[index];
        let wrong =
            !byte.is_ascii_graphic() || byte == b'?' || byte == b'#' || (byte == b'/' && before == b'/');
        if wrong || (index == 0 && byte != b'/') {
            return false;
        }
        before = byte;
        index += 1;
    }
    index > 0
}

impl fmt::Display for Route {
    /// Writes `GET /accounts/v1/me`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.template)
    }
}

/// How a call may be retried when it is unknown whether it was carried out. The service has no
/// idempotency keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Repeat {
    /// It changes nothing.
    Safe,
    /// Twice is the same as once.
    Idempotent,
    /// Twice acts twice, such as a second sale: retried only if certainly not sent, or after a 429.
    Once,
    /// Any answer spends it, such as the exchange of a code: retried only if certainly not sent.
    Unsent,
}

impl Repeat {
    /// The name, in lower case.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Idempotent => "idempotent",
            Self::Once => "once",
            Self::Unsent => "unsent",
        }
    }
}

/// The services that a program calls. Browsers go to a third one,
/// [`Origins::accounts`](crate::Origins::accounts).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Service {
    /// The API, `https://api.eduzz.com`, called with a token.
    Api,
    /// The token endpoint's service, `https://accounts-api.eduzz.com`, called without a token.
    AccountsApi,
}
