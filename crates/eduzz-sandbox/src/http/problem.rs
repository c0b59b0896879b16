//! The error bodies of the API: the general form, those of products, and the gateway's.

use axum::extract::rejection::BytesRejection;
use axum::http::header::{HeaderName, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::render::json::{Json, object};

/// An error of the API.
#[derive(Debug)]
pub(crate) struct Problem {
    status: StatusCode,
    message: &'static str,
    form: Form,
    /// Boxed, as few problems have one and all of them are returned.
    header: Option<Box<(HeaderName, HeaderValue)>>,
}

#[derive(Debug)]
enum Form {
    /// The documented general form, `{code, message, link, debug}`, with the invalid field.
    General(Option<(&'static str, &'static str)>),
    /// MyEduzz's own, `{message}`.
    Bare,
    /// A bare message and the invalid field.
    Field(&'static str, &'static str),
    /// The fixture of a call's refusal.
    Example(serde_json::Value),
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
            form: Form::General(None),
            header: None,
        }
    }

    /// An error in the form of MyEduzz's documented 404: a message, and no code.
    pub(crate) const fn bare(status: StatusCode, message: &'static str) -> Self {
        Self {
            status,
            message,
            form: Form::Bare,
            header: None,
        }
    }

    /// MyEduzz's 422, a bare "validation error". The place of the field is unknown (Q27); here it is
    /// that of the general form.
    pub(crate) const fn invalid(field: &'static str, what: &'static str) -> Self {
        Self {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            message: "validation error",
            form: Form::Field(field, what),
            header: None,
        }
    }

    /// The same problem in the documented general form, for products whose own form is unknown.
    pub(crate) fn generally(mut self) -> Self {
        self.form = Form::General(match self.form {
            Form::General(field) => field,
            Form::Bare | Form::Example(_) => None,
            Form::Field(field, what) => Some((field, what)),
        });
        self
    }

    /// The same problem in the form of this call's fixture with the status, or of another call of the
    /// product; in the general form without a fixture. An invalid field is 422 or, where the product
    /// has no such fixture, 400.
    pub(crate) fn by_example(mut self, product: &str, endpoint: &str) -> Self {
        let field = match self.form {
            Form::Field(field, message) => Some(Field { field, message }),
            _ => None,
        };
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
        self.form = Form::Example(serde_json::Value::Object(body));
        self
    }

    /// Adds a header, such as `Retry-After`.
    pub(crate) fn with(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.header = Some(Box::new((name, value)));
        self
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let errors =
            |field, message| object! { "errors" => vec![object! { "field" => field, "message" => message }] };
        let bare = object! { "message" => self.message };
        let body = match self.form {
            Form::Bare => bare,
            Form::Field(field, what) => bare.and(errors(field, what)),
            Form::Example(body) => Json::from(body),
            Form::General(field) => {
                // The service's codes are undocumented; these show that they are the sandbox's own.
                let code = format!("SANDBOX_{}", self.status.as_u16());
                let link = format!("https://documentacao-api.eduzz.com/suporte?error={code}");
                let general = object! {
                    // The service's samples have an empty `debug`.
                    "code" => code, "message" => self.message, "link" => link, "debug" => object! {},
                };
                match field {
                    Some((field, what)) => general.and(errors(field, what)),
                    None => general,
                }
            }
        };
        let mut response = (self.status, body).into_response();
        if let Some((name, value)) = self.header.map(|header| *header) {
            response.headers_mut().insert(name, value);
        }
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

/// The gateway's answer before a call reaches its product. Only the name `invalid_token` was observed
/// (Q16); the rest of the form is inferred from the gateway's token records.
#[derive(Debug)]
pub(crate) enum Unauthorized {
    /// No `Authorization` header, or not of the bearer kind.
    NoToken,
    /// An unknown token.
    InvalidToken,
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
        (StatusCode::UNAUTHORIZED, [(WWW_AUTHENTICATE, challenge)], body).into_response()
    }
}
