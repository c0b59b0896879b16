//! The error bodies of the API: the general form, those of products, and the gateway's.

use axum::Json;
use axum::extract::rejection::BytesRejection;
use axum::http::header::{HeaderName, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

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
    /// The documented general form, `{code, message, link, debug}`, with the field that is wrong, if one is.
    General(Option<(&'static str, &'static str)>),
    /// MyEduzz's own, `{message}`.
    Bare,
    /// A bare message too, and the field that is wrong.
    Field(&'static str, &'static str),
    /// The example of a call's refusal.
    Example(serde_json::Value),
}

/// A field that is wrong, and what is wrong with it.
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

    /// MyEduzz's 422, a bare "validation error". Where the field stands is not known (Q27); here it is where the
    /// general form has it.
    pub(crate) const fn invalid(field: &'static str, what: &'static str) -> Self {
        Self {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            message: "validation error",
            form: Form::Field(field, what),
            header: None,
        }
    }

    /// The same problem in the documented general form: for products whose own form nobody has seen.
    pub(crate) fn generally(mut self) -> Self {
        self.form = Form::General(match self.form {
            Form::General(field) => field,
            Form::Bare | Form::Example(_) => None,
            Form::Field(field, what) => Some((field, what)),
        });
        self
    }

    /// The same problem as the example of this call's refusal with the status has it, or that of another call of the product; in the
    /// general form when no example is known. A wrong field is 422 or, where the product has no such example, 400.
    pub(crate) fn by_example(mut self, product: &str, endpoint: &str) -> Self {
        let field = match self.form {
            Form::Field(field, message) => Some(Field { field, message }),
            _ => None,
        };
        // Of other bodies of Blinket's errors nothing is known.
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
        #[derive(Serialize)]
        struct General {
            code: String,
            message: &'static str,
            link: String,
            debug: Debug,
            #[serde(skip_serializing_if = "Option::is_none")]
            errors: Option<[Field; 1]>,
        }
        // The service's samples show it empty.
        #[derive(Serialize)]
        struct Debug {}

        #[derive(Serialize)]
        struct Bare {
            message: &'static str,
            #[serde(skip_serializing_if = "Option::is_none")]
            errors: Option<[Field; 1]>,
        }

        // The service's codes are not listed anywhere; these say that they are the sandbox's own.
        let code = format!("SANDBOX_{}", self.status.as_u16());
        let link = format!("https://documentacao-api.eduzz.com/suporte?error={code}");
        let message = self.message;
        let mut response = match self.form {
            Form::General(field) => {
                let debug = Debug {};
                let errors = field.map(|(field, message)| [Field { field, message }]);
                (
                    self.status,
                    Json(General {
                        code,
                        message,
                        link,
                        debug,
                        errors,
                    }),
                )
                    .into_response()
            }
            Form::Bare => (
                self.status,
                Json(Bare {
                    message,
                    errors: None,
                }),
            )
                .into_response(),
            Form::Field(field, what) => {
                let errors = Some([Field { field, message: what }]);
                (self.status, Json(Bare { message, errors })).into_response()
            }
            Form::Example(body) => (self.status, Json(body)).into_response(),
        };
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

/// What the gateway says before a call reaches its product. Only the name `invalid_token` was seen (Q16); the rest
/// of the form is inferred from the gateway's token records.
#[derive(Debug)]
pub(crate) enum Unauthorized {
    /// No `Authorization` header, or not of the bearer kind.
    NoToken,
    /// A token that nobody was given.
    InvalidToken,
}

impl IntoResponse for Unauthorized {
    fn into_response(self) -> Response {
        #[derive(Serialize)]
        struct Gateway {
            error: &'static str,
            error_description: &'static str,
        }

        let (challenge, body) = match self {
            Self::NoToken => (
                "Bearer",
                Gateway {
                    error: "invalid_request",
                    error_description: "The access token is missing",
                },
            ),
            Self::InvalidToken => (
                r#"Bearer error="invalid_token""#,
                Gateway {
                    error: "invalid_token",
                    error_description: "The access token is invalid or has expired",
                }, // Q16
            ),
        };
        (
            StatusCode::UNAUTHORIZED,
            [(WWW_AUTHENTICATE, challenge)],
            Json(body),
        )
            .into_response()
    }
}
