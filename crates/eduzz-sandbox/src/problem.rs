//! The error bodies of the API: the general form and the gateway's.

use axum::Json;
use axum::extract::rejection::BytesRejection;
use axum::http::header::{HeaderName, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// An error in the documented general form, `{code, message, link, debug}`.
#[derive(Debug)]
pub(crate) struct Problem {
    status: StatusCode,
    message: &'static str,
    header: Option<(HeaderName, HeaderValue)>,
}

impl Problem {
    pub(crate) const fn new(status: StatusCode, message: &'static str) -> Self {
        Self {
            status,
            message,
            header: None,
        }
    }

    /// Adds a header, such as `Retry-After`.
    pub(crate) fn with(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.header = Some((name, value));
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
        }
        // The service's samples show it empty.
        #[derive(Serialize)]
        struct Debug {}

        // The service's codes are not listed anywhere; these say that they are the sandbox's own.
        let code = format!("SANDBOX_{}", self.status.as_u16());
        let link = format!("https://documentacao-api.eduzz.com/suporte?error={code}");
        let body = General {
            code,
            message: self.message,
            link,
            debug: Debug {},
        };
        let mut response = (self.status, Json(body)).into_response();
        if let Some((name, value)) = self.header {
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
