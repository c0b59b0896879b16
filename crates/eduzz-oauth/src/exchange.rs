//! The exchange of a code for a token: `POST /oauth/token` (docs page
//! `/reference/auth/post-oauth-token`).

use alloc::boxed::Box;
use alloc::string::String;
use core::error::Error;
use core::fmt;

use eduzz_types::auth::Token;
use eduzz_types::{AuthorizationCode, ClientId, ClientSecret, PersonalText, Timestamp};
use eduzz_wire::{
    Call, CallError, Endpoint, EndpointExt as _, Rejection, Repeat, ResponseError, Route, Sent,
    TransportError, Unreadable,
};
use http::Response;
use serde::{Deserialize, Serialize};

use crate::{App, Dialect, Grant, GrantKind, ReturnUrl, TokenBody};

/// A code to exchange for a token.
///
/// It is an [`Endpoint`] and makes its request like every call. Then [`answered`](Self::answered)
/// or [`unanswered`](Self::unanswered) consumes it. A code is valid for one exchange: send the
/// request again only if the first was certainly not sent.
pub struct ExchangeCode {
    client_id: ClientId,
    client_secret: ClientSecret,
    code: AuthorizationCode,
    return_url: ReturnUrl,
    dialect: Dialect,
}

impl Endpoint for ExchangeCode {
    const ROUTE: Route = Route::post("/oauth/token")
        .repeat(Repeat::Unsent)
        .at_accounts_api();
    type Output = TokenReply;

    fn describe(&self, call: &mut Call) {
        let id = ("client_id", self.client_id.as_str());
        let secret = ("client_secret", self.client_secret.expose());
        let code = ("code", self.code.expose());
        let url = ("redirect_uri", self.return_url.as_str());
        let kind = ("grant_type", "authorization_code");
        let fields: &[(&str, &str)] = if self.dialect.omit_return_url {
            &[id, secret, code, kind]
        } else {
            &[id, secret, code, url, kind]
        };
        match self.dialect.token_body {
            TokenBody::Json => call.json_texts(fields),
            TokenBody::Form => call.form(fields),
        };
    }
}

impl ExchangeCode {
    pub(crate) fn new(app: &App, return_url: ReturnUrl, code: AuthorizationCode) -> Self {
        Self {
            client_id: app.client_id.clone(),
            client_secret: app.client_secret.clone(),
            code,
            return_url,
            dialect: app.dialect,
        }
    }

    /// Reads the answer. The code is spent in any case.
    ///
    /// # Errors
    ///
    /// The service refused, or its answer cannot be read.
    pub fn answered<B: AsRef<[u8]>>(self, response: &Response<B>) -> Result<TokenReply, ExchangeError> {
        self.response(response).map_err(ExchangeError::from)
    }

    /// Handles a missing answer: a code that was certainly not sent is given back to send it later;
    /// any other may be spent.
    #[must_use]
    pub fn unanswered(self, sent: Sent) -> ExchangeError {
        match sent {
            Sent::NotSent => ExchangeError::NotSent(Box::new(self)),
            Sent::MaybeSent => ExchangeError::CodeFateUnknown,
        }
    }
}

impl fmt::Debug for ExchangeCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExchangeCode")
            .field("client_id", &self.client_id)
            .field("return_url", &self.return_url)
            .field("dialect", &self.dialect)
            .finish_non_exhaustive()
    }
}

/// The answer to an exchange. [`received`](Self::received) makes it a [`Grant`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TokenReply(Token);

impl TokenReply {
    /// Makes the grant. `now` is the time of the answer.
    #[must_use]
    pub fn received(self, now: Timestamp) -> Grant {
        Grant::from_token(self.0, GrantKind::SignIn, now)
    }

    /// The answer, as received.
    #[must_use]
    pub const fn token(&self) -> &Token {
        &self.0
    }
}

/// Why an exchange gave no token.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExchangeError {
    /// The service refused.
    #[error(transparent)]
    Refused(Box<ExchangeRefused>),
    /// The service accepted, but its answer cannot be read. The code is spent.
    #[error("the code is spent and the answer has no readable token; begin the sign-in again")]
    Unreadable(#[source] Box<Unreadable>),
    /// The request was sent without an answer. The code may be spent, so it is not sent again.
    #[error("the exchange got no answer, so the code may be spent; begin the sign-in again")]
    CodeFateUnknown,
    /// The request was certainly not sent. The code is still valid for a short time.
    #[error("the exchange could not be sent; the code is still valid for a short time")]
    NotSent(Box<ExchangeCode>),
}

impl From<ResponseError> for ExchangeError {
    fn from(error: ResponseError) -> Self {
        match error {
            ResponseError::Rejected(rejection) => Self::Refused(Box::new(ExchangeRefused {
                kind: ExchangeRefusal::of(&rejection),
                rejection,
            })),
            ResponseError::Unreadable(unreadable) => Self::Unreadable(unreadable),
            // The enum is non-exhaustive; a later variant has no token either.
            _ => Self::CodeFateUnknown,
        }
    }
}

/// Why a client's exchange failed, and what that means for the code. `N` is the transport's error.
#[non_exhaustive]
pub struct ExchangeFailure<N> {
    /// The error, with the code if it is still valid.
    pub error: ExchangeError,
    /// The cause, unless it is the service's answer.
    pub cause: Option<Box<CallError<N>>>,
}

impl<N: TransportError> ExchangeFailure<N> {
    /// The failure of the call that was to exchange this code.
    #[must_use]
    pub fn new(code: ExchangeCode, error: CallError<N>) -> Self {
        match error {
            CallError::Response(error) => Self {
                error: error.into(),
                cause: None,
            },
            error => Self {
                error: code.unanswered(error.sent()),
                cause: Some(Box::new(error)),
            },
        }
    }
}

impl<N> fmt::Display for ExchangeFailure<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl<N: fmt::Debug> fmt::Debug for ExchangeFailure<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExchangeFailure")
            .field("error", &self.error)
            .field("cause", &self.cause)
            .finish()
    }
}

impl<N: TransportError + 'static> Error for ExchangeFailure<N> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.cause {
            Some(cause) => Some(&**cause),
            None => self.error.source(),
        }
    }
}

/// A refused exchange.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{kind}")]
#[non_exhaustive]
pub struct ExchangeRefused {
    /// The reason.
    pub kind: ExchangeRefusal,
    /// The whole answer.
    #[source]
    pub rejection: Box<Rejection>,
}

/// Why an exchange was refused, as far as the answer says.
///
/// The service answers 404 in three cases (Q4) that only the message distinguishes. Two of the
/// messages are not documented, and neither are this endpoint's other refusals. A message without
/// one clear meaning gives [`CodeOrAppUnknown`](Self::CodeOrAppUnknown) or
/// [`Unclear`](Self::Unclear).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ExchangeRefusal {
    /// 404: no application has this client id.
    AppUnknown,
    /// 404: the code does not exist.
    CodeUnknown,
    /// The code was exchanged before.
    CodeSpent,
    /// The code has expired.
    CodeExpired,
    /// 404: the service does not know the user (`User_not_found`, Q182).
    UserUnknown,
    /// 404 whose message does not say which of these it is.
    CodeOrAppUnknown,
    /// The client secret is not the application's.
    WrongSecret,
    /// The return URL is not the one of the authorize call, or not registered.
    ReturnUrlMismatch,
    /// Another refusal (400, 401, 403, 422) without a clear reason: the return URL, the secret and
    /// an expired code are known to look alike.
    Unclear,
    /// Too many requests.
    TooManyRequests,
    /// The answer is a redirect, as from a wrong origin.
    Redirected,
    /// The service or a gateway failed. One report says that a JSON body causes this (Q6).
    ServiceFailed,
    /// An undocumented status.
    Other,
}

impl ExchangeRefusal {
    /// Reads the reason from the answer.
    #[must_use]
    pub fn of(rejection: &Rejection) -> Self {
        let words = Words::of(rejection);
        match rejection.status.as_u16() {
            404 => match words.meaning() {
                // A 404 about the secret or the return URL is unclear.
                None | Some(Self::WrongSecret | Self::ReturnUrlMismatch) => Self::CodeOrAppUnknown,
                Some(kind) => kind,
            },
            400..=403 | 409 | 410 | 422 => words.meaning().unwrap_or(Self::Unclear),
            429 => Self::TooManyRequests,
            300..=399 => Self::Redirected,
            500..=599 => Self::ServiceFailed,
            _ => Self::Other,
        }
    }

    /// The reason and what to do, as a clause.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AppUnknown => {
                "the service knows no application with this client id; check it in the console"
            }
            Self::CodeUnknown => "the service does not know the code; begin the sign-in again",
            Self::CodeSpent => "the code was exchanged before; begin the sign-in again",
            Self::CodeExpired => "the code has expired; begin the sign-in again",
            Self::UserUnknown => {
                "the service does not know the user of this sign-in; begin the sign-in again"
            }
            Self::CodeOrAppUnknown => {
                "the service does not know the code or the application, or the code is spent; \
                 check the client id, then begin the sign-in again"
            }
            Self::WrongSecret => {
                "the client secret is not the application's; check it, or reset it in the console"
            }
            Self::ReturnUrlMismatch => {
                "the return URL is not accepted; it must match the one registered with the application exactly"
            }
            Self::Unclear => {
                "the service refused without a clear reason; check the client secret and the return URL, \
                 then begin the sign-in again"
            }
            Self::TooManyRequests => "too many exchanges; wait a minute, then begin the sign-in again",
            Self::Redirected => "the token endpoint answered with a redirect; check the origins",
            Self::ServiceFailed => {
                "the service failed; begin the sign-in again later, and if it still fails, try the form body"
            }
            Self::Other => "the service refused with an undocumented status",
        }
    }
}

impl fmt::Display for ExchangeRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The words of a refusal's messages, in lower case, without paths.
struct Words(String);

impl Words {
    fn of(rejection: &Rejection) -> Self {
        let mut text = String::new();
        if let Some(problem) = &rejection.problem {
            let texts = [&problem.message, &problem.error_description]
                .into_iter()
                .flatten()
                .map(PersonalText::as_str);
            for part in texts.chain(problem.error_name()) {
                for word in part
                    .to_lowercase()
                    .split_whitespace()
                    .filter(|word| !word.contains('/'))
                {
                    text.push_str(word);
                    text.push(' ');
                }
            }
        }
        Self(text)
    }

    /// The meaning of the words, if they name one thing and one reason. A message that lists
    /// possible reasons ("invalid, expired, or does not match") has no clear meaning.
    fn meaning(&self) -> Option<ExchangeRefusal> {
        let secret = self.any(&["secret"]);
        let url = self.any(&["redirect", "redirecturi", "redirectto", "redirection"]);
        // "Client secret" is about the secret.
        let app = !secret && self.any(&["app", "application", "client", "aplicativo", "aplicação"]);
        let code = self.any(&["code", "token", "código", "codigo"]);
        let user = self.any(&["user", "usuário", "usuario"]);

        let unknown = self.any(&["found", "unknown", "encontrado", "encontrada", "inexistente"]);
        let spent = self.any(&[
            "used",
            "usado",
            "utilizado",
            "already",
            "spent",
            "consumed",
            "redeemed",
        ]);
        let expired = self.any(&["expired", "expirou", "expirado", "expirada"]);

        match (secret, url, app, code) {
            (true, false, false, false) => Some(ExchangeRefusal::WrongSecret),
            (false, true, false, false) => Some(ExchangeRefusal::ReturnUrlMismatch),
            (false, false, true, false) if unknown && !spent && !expired => Some(ExchangeRefusal::AppUnknown),
            (false, false, false, true) => match (unknown, spent, expired) {
                (true, false, false) => Some(ExchangeRefusal::CodeUnknown),
                (false, true, false) => Some(ExchangeRefusal::CodeSpent),
                (false, false, true) => Some(ExchangeRefusal::CodeExpired),
                _ => None,
            },
            (false, false, false, false) if user && unknown && !spent && !expired => {
                Some(ExchangeRefusal::UserUnknown)
            }
            _ => None,
        }
    }

    /// Whether one of the words is there; `User_not_found` has three.
    fn any(&self, wanted: &[&str]) -> bool {
        self.0
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| wanted.contains(&word))
    }
}
