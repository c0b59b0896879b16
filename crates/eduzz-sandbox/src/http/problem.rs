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
    /// Nutror's and Blinket's, `{code, message}`, and on some pages the list of fields that are wrong, which may be empty.
    Coded(Code, Option<Vec<Field>>),
    /// SafeVideo's, `{status, message}`; the message begins with the field that is wrong, if one is.
    SafeVideo(Option<&'static str>),
}

/// A field that is wrong, and what is wrong with it.
#[derive(Clone, Copy, Debug, Serialize)]
struct Field {
    field: &'static str,
    message: &'static str,
}

/// The code of an error: of Nutror a number or a text (Q56), of Blinket a text.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(untagged)]
pub(crate) enum Code {
    Number(u16),
    Text(&'static str),
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

    /// An error of Nutror's, as the pages of courses and modules have it: without a list of fields.
    pub(crate) const fn nutror(status: StatusCode, code: Code, message: &'static str) -> Self {
        Self {
            status,
            message,
            form: Form::Coded(code, None),
            header: None,
        }
    }

    /// The same error as the pages of comments and students have it: with a list of fields, empty but for the one that `cause`
    /// is about.
    pub(crate) fn listing(mut self, cause: Option<Self>) -> Self {
        if let Form::Coded(_, fields) = &mut self.form {
            let wrong = match cause.map(|cause| cause.form) {
                Some(Form::Field(field, message)) => vec![Field { field, message }],
                _ => Vec::new(),
            };
            *fields = Some(wrong);
        }
        self
    }

    /// The same problem in the documented general form: for products whose own form nobody has seen.
    pub(crate) fn generally(mut self) -> Self {
        self.form = Form::General(match self.form {
            Form::General(field) => field,
            Form::Bare | Form::Coded(..) | Form::SafeVideo(_) => None,
            Form::Field(field, what) => Some((field, what)),
        });
        self
    }

    /// The same problem as Blinket writes it, whose codes for these two statuses are known; of the others no body is.
    pub(crate) fn by_blinket(mut self) -> Self {
        let code = match self.status {
            StatusCode::NOT_FOUND => "ERR_NF404",
            StatusCode::UNPROCESSABLE_ENTITY => "ERR_INP422",
            _ => return self,
        };
        let field = match self.form {
            Form::Field(field, message) => {
                self.message = "Validation failed";
                Some(vec![Field { field, message }])
            }
            _ => None,
        };
        self.form = Form::Coded(Code::Text(code), field);
        self
    }

    /// The same problem as SafeVideo writes it: a value that is wrong has the status 400, and a scope that is missing words of its own
    /// (Q153).
    pub(crate) fn by_safevideo(mut self) -> Self {
        let field = match self.form {
            Form::Field(field, what) => {
                (self.status, self.message) = (StatusCode::BAD_REQUEST, what);
                Some(field)
            }
            _ => None,
        };
        match self.status {
            StatusCode::FORBIDDEN => self.message = "Forbbiden scope invalid",
            StatusCode::BAD_REQUEST | StatusCode::UNAUTHORIZED | StatusCode::NOT_FOUND => {}
            _ => return self,
        }
        self.form = Form::SafeVideo(field);
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
        #[derive(Serialize)]
        struct Coded {
            code: Code,
            message: &'static str,
            #[serde(skip_serializing_if = "Option::is_none")]
            errors: Option<Vec<Field>>,
        }

        #[derive(Serialize)]
        struct SafeVideo {
            status: u16,
            message: String,
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
            Form::Coded(code, errors) => (
                self.status,
                Json(Coded {
                    code,
                    message,
                    errors,
                }),
            )
                .into_response(),
            Form::SafeVideo(field) => {
                let words: Vec<&str> = field.into_iter().chain([message]).collect();
                let body = SafeVideo {
                    status: self.status.as_u16(),
                    message: words.join(" "),
                };
                (self.status, Json(body)).into_response()
            }
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
