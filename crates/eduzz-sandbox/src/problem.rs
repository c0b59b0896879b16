//! The error bodies of the API: the general form, those of products, and the gateway's.

use axum::extract::rejection::BytesRejection;
use axum::http::header::{HeaderName, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::record::Why;
use crate::render::json::{Json, object};

/// An error of the API. It is written as the fixture of a call's refusal where it has one, else in
/// the documented general form `{code, message, link, debug}`, or as a bare message.
#[derive(Debug)]
pub(crate) struct Problem {
    status: StatusCode,
    message: &'static str,
    is_general: bool,
    field: Option<Field>,
    example: Option<serde_json::Value>,
    /// Boxed, as few problems have one and all of them are returned.
    header: Option<Box<(HeaderName, HeaderValue)>>,
    /// What the panel says of it, if the message says too little.
    why: Option<Box<Why>>,
    quirks: &'static [u16],
}

/// An invalid field, and why.
#[derive(Clone, Copy, Debug, Serialize)]
struct Field {
    field: &'static str,
    message: &'static str,
}

impl Problem {
    pub(crate) const fn new(status: StatusCode, message: &'static str) -> Self {
        Self {
            status,
            message,
            is_general: true,
            field: None,
            example: None,
            header: None,
            why: None,
            quirks: &[],
        }
    }

    /// An error in the form of MyEduzz's documented 404: a message, and no code.
    pub(crate) const fn bare(status: StatusCode, message: &'static str) -> Self {
        let mut problem = Self::new(status, message);
        problem.is_general = false;
        problem
    }

    /// MyEduzz's 422, a bare "validation error". The place of the field is unknown (Q27); here it
    /// is that of the general form.
    pub(crate) const fn invalid(field: &'static str, message: &'static str) -> Self {
        let mut problem = Self::bare(StatusCode::UNPROCESSABLE_ENTITY, "validation error");
        problem.field = Some(Field { field, message });
        problem
    }

    /// The same problem in the documented general form, for products whose own form is unknown.
    pub(crate) const fn generally(mut self) -> Self {
        self.is_general = true;
        self
    }

    /// The same problem in the form of this call's fixture with the status, or of another call of
    /// the product; in the general form without a fixture. An invalid field is 422 or, where the
    /// product has no such fixture, 400.
    pub(crate) fn by_example(mut self, product: &str, endpoint: &str) -> Self {
        let field = self.field;
        // Other bodies of Blinket's errors are unknown.
        if product == "blinket" && !matches!(self.status.as_u16(), 404 | 422) {
            return self;
        }
        let statuses = if field.is_some() {
            [422, 400]
        } else {
            [self.status.as_u16(); 2]
        };
        let calls = eduzz_fixtures::ALL.iter().filter(|call| call.product == product);
        let own = eduzz_fixtures::find(product, endpoint);
        let answers = || own.into_iter().chain(calls.clone()).flat_map(|call| call.answers);
        let example = statuses
            .iter()
            .find_map(|status| answers().find(|answer| answer.status == *status));
        let body = example.and_then(|answer| serde_json::from_slice(answer.body).ok());
        let (Some(example), Some(serde_json::Value::Object(mut body))) = (example, body) else {
            return self;
        };
        self.status = StatusCode::from_u16(example.status).unwrap_or(self.status);
        match field {
            Some(field) if body.contains_key("errors") || product == "blinket" => {
                body.insert("errors".to_owned(), serde_json::json!([field]));
                if product == "blinket" {
                    body.insert("message".to_owned(), "Validation failed".into());
                }
            }
            // SafeVideo's message begins with the field.
            Some(Field { field, message }) if body.contains_key("status") => {
                body.insert("message".to_owned(), format!("{field} {message}").into());
            }
            // The pages of comments, students and enrolments have an empty list of fields.
            None if product == "nutror" => {
                body.entry("errors")
                    .and_modify(|errors| *errors = serde_json::json!([]));
            }
            None if matches!(example.status, 404 | 422) => {
                body.remove("errors");
                body.insert("message".to_owned(), self.message.into());
            }
            _ => {}
        }
        self.example = Some(serde_json::Value::Object(body));
        self
    }

    /// The refusal of a method.
    pub(crate) const fn method_not_allowed() -> Self {
        let message = "this path does not answer this method";
        Self::new(StatusCode::METHOD_NOT_ALLOWED, message)
    }

    /// The refusal of a request beyond a limit, with the seconds of `Retry-After`.
    pub(crate) fn too_many(message: &'static str, seconds: Option<u64>) -> Self {
        let problem = Self::new(StatusCode::TOO_MANY_REQUESTS, message);
        match seconds {
            Some(seconds) => problem.with(RETRY_AFTER, HeaderValue::from(seconds)),
            None => problem,
        }
    }

    /// Cites quirks of `docs/quirks.md` for the panel.
    pub(crate) const fn citing(mut self, quirks: &'static [u16]) -> Self {
        self.quirks = quirks;
        self
    }

    /// Says more to the panel than the message does.
    pub(crate) fn because(mut self, why: Why) -> Self {
        self.why = Some(Box::new(why));
        self
    }

    /// The explanation for the panel.
    fn explanation(&mut self) -> Why {
        let why = match (self.why.take(), self.field) {
            (Some(why), _) => *why,
            (None, Some(Field { field, message })) => Why::of_field(field, message),
            (None, None) => Why::of_message(self.message),
        };
        why.citing(self.quirks)
    }

    /// Adds a header, such as `Allow`.
    pub(crate) fn with(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.header = Some(Box::new((name, value)));
        self
    }
}

impl IntoResponse for Problem {
    fn into_response(mut self) -> Response {
        let why = self.explanation();
        let mut body = object! { "message" => self.message };
        if self.is_general {
            // The service's codes are undocumented; these show that they are the sandbox's own.
            let code = format!("SANDBOX_{}", self.status.as_u16());
            let link = format!("https://documentacao-api.eduzz.com/suporte?error={code}");
            // The service's samples have an empty `debug`.
            body = object! { "code" => code }
                .and(body)
                .and(object! { "link" => link, "debug" => object! {} });
        }
        if let Some(Field { field, message }) = self.field {
            let error = object! { "field" => field, "message" => message };
            body = body.and(object! { "errors" => vec![error] });
        }
        let body = self.example.map_or(body, Json::from);
        let mut response = (self.status, body).into_response();
        if let Some((name, value)) = self.header.map(|header| *header) {
            response.headers_mut().insert(name, value);
        }
        response.extensions_mut().insert(why);
        response
    }
}

impl From<BytesRejection> for Problem {
    fn from(rejection: BytesRejection) -> Self {
        match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => {
                Self::new(StatusCode::PAYLOAD_TOO_LARGE, "the body is too large")
            }
            _ => Self::new(StatusCode::BAD_REQUEST, "the body could not be read"),
        }
    }
}

/// The gateway's answer before a call reaches its product. Only the name `invalid_token` was
/// observed (Q16); the rest of the form is inferred from the gateway's token records.
#[derive(Debug)]
pub(crate) enum Unauthorized {
    /// No `Authorization` header, or not of the bearer kind.
    NoToken,
    /// An unknown token.
    InvalidToken,
}

impl Unauthorized {
    /// The explanation for the panel.
    pub(crate) fn explanation(&self) -> Why {
        match self {
            Self::NoToken => Why::new(
                "Falta o token: a chamada precisa do cabeçalho Authorization: Bearer TOKEN.",
                "The token is missing: the call needs the header Authorization: Bearer TOKEN.",
            ),
            Self::InvalidToken => Why::new(
                "Este sandbox não conhece o token: ele foi revogado, é de outro sandbox ou outra semente, ou é da Eduzz \
                 de verdade.",
                "This sandbox does not know the token: it was revoked, belongs to another sandbox or seed, or is one of \
                 the real Eduzz.",
            )
            .citing(&[16]),
        }
    }
}

impl IntoResponse for Unauthorized {
    fn into_response(self) -> Response {
        let (challenge, error, description) = match self {
            Self::NoToken => ("Bearer", "invalid_request", "The access token is missing"),
            // Q16
            Self::InvalidToken => (
                r#"Bearer error="invalid_token""#,
                "invalid_token",
                "The access token is invalid or has expired",
            ),
        };
        let body = object! { "error" => error, "error_description" => description };
        let mut response = (StatusCode::UNAUTHORIZED, [(WWW_AUTHENTICATE, challenge)], body).into_response();
        response.extensions_mut().insert(self.explanation());
        response
    }
}

impl IntoResponse for Json {
    fn into_response(self) -> Response {
        axum::Json(self).into_response()
    }
}
