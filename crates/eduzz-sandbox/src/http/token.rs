//! `POST /oauth/token`: exchanges a code, or the application's own credentials, for a token.

use std::collections::HashMap;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::header::{AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use percent_encoding::percent_decode_str;

use crate::config::{AppConfig, Person};
use crate::problem::Problem;
use crate::record::{Caller, Why};
use crate::render::json::{Json, object};
use crate::running::Running;
use crate::state::access::{BadCode, IssuedToken};

pub(crate) async fn exchange(
    State(running): State<Arc<Running>>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let body = match body {
        Ok(body) => body,
        Err(rejection) => return Problem::from(rejection).into_response(),
    };
    let fields = match Fields::read(&headers, &body) {
        Ok(fields) => fields,
        Err(problem) => return problem.into_response(),
    };
    let fields = match running.config.sign_in.basic_credentials {
        true => fields.with_basic(&headers), // Q185
        false => fields,
    };
    match token(&running, &fields) {
        Ok((app, person, issued)) => {
            let reply = reply(app, person, &issued);
            let mut response = ([(CACHE_CONTROL, "no-store")], reply).into_response();
            let extensions = response.extensions_mut();
            extensions.insert(Caller {
                account_id: person.account_id.clone(),
                client_id: app.client_id.clone(),
            });
            extensions.insert(
                Why::new(
                    "expires_in 0 quer dizer que o token não expira, e não há como renová-lo; os espaços a mais são da \
                     documentação.",
                    "expires_in 0 means that the token does not expire, and there is no refresh; the stray blanks are \
                     documented.",
                )
                .citing(&[7, 25]),
            );
            response
        }
        Err(refusal) => refusal.into_response(),
    }
}

fn token<'a>(
    running: &'a Running,
    fields: &Fields,
) -> Result<(&'a AppConfig, &'a Person, IssuedToken), Refusal> {
    let app = running.config.app(fields.require("client_id")?);
    let app = app.ok_or(Refusal::AppNotFound)?;
    if fields.require("client_secret")? != app.client_secret {
        return Err(Refusal::WrongSecret);
    }
    let account_id = match fields.require("grant_type")? {
        "authorization_code" => {
            // Q3: `redirectTo` in the browser is `redirect_uri` here.
            let code = fields.require("code")?;
            let return_url = match fields.require("redirect_uri") {
                // Q181
                Err(_) if running.config.sign_in.exchange_without_redirect_uri => None,
                given => Some(given?),
            };
            let now = running.config.clock.now();
            running.access().redeem(code, app, return_url, now)?
        }
        // Q5: undocumented, and only known to work as a form.
        "client_credentials" if fields.encoding == Encoding::Form => app.owner.clone(),
        "client_credentials" => return Err(Refusal::JsonCredentials),
        _ => return Err(Refusal::UnknownGrant),
    };
    let person = running.config.person(&account_id).ok_or(Refusal::NoAccount)?;
    Ok((app, person, running.issue_token(app, &account_id)))
}

/// The fields of a request, in JSON or as a form.
struct Fields {
    encoding: Encoding,
    values: HashMap<String, String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Json,
    Form,
}

impl Fields {
    /// Reads the body by its content type or, as the documented samples send JSON without one, by
    /// its first character.
    fn read(headers: &HeaderMap, body: &[u8]) -> Result<Self, Problem> {
        const BAD_JSON: Problem = Problem::new(StatusCode::BAD_REQUEST, "the body is not a JSON object");
        const NOT_TEXT: Problem =
            Problem::new(StatusCode::BAD_REQUEST, "the fields of the body must be text");

        let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let content_type = content_type.unwrap_or_default();
        let media_type = content_type.split(';').next().unwrap_or_default().trim();
        let is_json = media_type.eq_ignore_ascii_case("application/json")
            || !media_type.eq_ignore_ascii_case("application/x-www-form-urlencoded")
                && body.trim_ascii_start().first() == Some(&b'{');
        let encoding = if is_json { Encoding::Json } else { Encoding::Form };
        let values = match encoding {
            Encoding::Form => form_urlencoded::parse(body).into_owned().collect(),
            Encoding::Json => {
                let object: serde_json::Map<String, serde_json::Value> =
                    serde_json::from_slice(body).map_err(|_| BAD_JSON)?;
                let text = |(name, value)| match value {
                    serde_json::Value::String(text) => Ok(Some((name, text))),
                    serde_json::Value::Null => Ok(None),
                    _ => Err(NOT_TEXT),
                };
                let fields = object.into_iter().map(text);
                fields.filter_map(Result::transpose).collect::<Result<_, _>>()?
            }
        };
        Ok(Self { encoding, values })
    }

    /// Adds the credentials of the header; those of the body win.
    fn with_basic(mut self, headers: &HeaderMap) -> Self {
        for (name, value) in ["client_id", "client_secret"].into_iter().zip(basic(headers)) {
            self.values.entry(name.to_owned()).or_insert(value);
        }
        self
    }

    fn require(&self, name: &'static str) -> Result<&str, Refusal> {
        let value = self.values.get(name).filter(|value| !value.is_empty());
        value.map(String::as_str).ok_or(Refusal::Missing(name))
    }
}

/// The id and the secret of an HTTP Basic header, each form-encoded (RFC 6749, 2.3.1).
fn basic(headers: &HeaderMap) -> Vec<String> {
    let decode = || {
        let value = headers.get(AUTHORIZATION)?.to_str().ok()?;
        let (scheme, encoded) = value.trim().split_once(' ')?;
        let is_basic = scheme.eq_ignore_ascii_case("basic");
        let bytes = is_basic.then(|| BASE64_STANDARD.decode(encoded.trim()).ok())??;
        let text = String::from_utf8(bytes).ok()?;
        let (id, secret) = text.split_once(':')?;
        let plain = |part: &str| {
            percent_decode_str(&part.replace('+', " "))
                .decode_utf8_lossy()
                .into_owned()
        };
        Some(vec![plain(id), plain(secret)])
    };
    decode().unwrap_or_default()
}

/// Why no token is issued.
///
/// The three 404s are documented (Q4), the message `App not found` was observed. The other messages
/// and all 400s are the sandbox's choice.
#[derive(Debug, thiserror::Error)]
enum Refusal {
    #[error("App not found")]
    AppNotFound,
    #[error("Token not found")]
    CodeNotFound,
    #[error("Token already used")]
    CodeUsed,
    #[error("Token expired")]
    CodeExpired,
    #[error("Invalid client_secret")]
    WrongSecret,
    #[error("redirect_uri does not match the authorized redirectTo")]
    OtherReturnUrl,
    #[error("Missing {0}")]
    Missing(&'static str),
    #[error("Unsupported grant_type")]
    UnknownGrant,
    #[error("client_credentials must be sent as a form")]
    JsonCredentials,
    #[error("Account not found")]
    NoAccount,
}

impl Refusal {
    const fn status(&self) -> StatusCode {
        match self {
            Self::AppNotFound | Self::CodeNotFound | Self::CodeUsed => StatusCode::NOT_FOUND, // Q4
            _ => StatusCode::BAD_REQUEST,
        }
    }
}

impl Refusal {
    /// The explanation for the panel.
    fn why(&self) -> Why {
        match self {
            Self::AppNotFound => Why::new(
                "Nenhum aplicativo deste sandbox tem este client_id.",
                "No application of this sandbox has this client_id.",
            )
            .citing(&[4]),
            Self::CodeNotFound => Why::new(
                "O código não existe, ou é de outro aplicativo.",
                "The code does not exist, or belongs to another application.",
            )
            .citing(&[4]),
            Self::CodeUsed => Why::new(
                "O código já foi trocado: cada código vale uma vez.",
                "The code was exchanged before: a code is good for one exchange.",
            )
            .citing(&[4]),
            Self::CodeExpired => Why::new("O código expirou.", "The code has expired."),
            Self::WrongSecret => Why::new(
                "O client_secret não é o deste aplicativo.",
                "The client_secret is not that of this application.",
            ),
            Self::OtherReturnUrl => Why::new(
                "O redirect_uri da troca deve ser igual ao redirectTo da autorização.",
                "The exchange's redirect_uri must equal the authorization's redirectTo.",
            )
            .citing(&[3]),
            Self::Missing(name) => {
                let why = Why::new(
                    format!("Falta o campo {name}."),
                    format!("The field {name} is missing."),
                );
                if *name == "redirect_uri" {
                    why.citing(&[3])
                } else {
                    why
                }
            }
            Self::UnknownGrant => Why::new(
                "O grant_type aceito é authorization_code.",
                "The grant_type that is accepted is authorization_code.",
            ),
            Self::JsonCredentials => Why::new(
                "client_credentials só é conhecido como formulário, não em JSON.",
                "client_credentials is only known as a form, not as JSON.",
            )
            .citing(&[5]),
            Self::NoAccount => Why::new("A conta não existe mais.", "The account is gone."),
        }
    }
}

impl From<BadCode> for Refusal {
    fn from(bad: BadCode) -> Self {
        match bad {
            BadCode::NotFound => Self::CodeNotFound,
            BadCode::Used => Self::CodeUsed,
            BadCode::Expired => Self::CodeExpired,
            BadCode::OtherReturnUrl => Self::OtherReturnUrl,
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let message = object! { "message" => self.to_string() };
        let mut response = (self.status(), [(CACHE_CONTROL, "no-store")], message).into_response();
        response.extensions_mut().insert(self.why());
        response
    }
}

/// The answer, field by field as in the documented sample.
fn reply(app: &AppConfig, person: &Person, issued: &IssuedToken) -> Json {
    object! {
        "access_token" => &issued.access_token,
        "token_type" => "bearer",
        // Q7: no end, and no refresh.
        "expires_in" => 0_u64,
        "refresh_token" => Json::Null,
        "scope" => app.scopes.join(" "),
        "id" => &issued.id,
        // Q25: the stray blanks are documented.
        "authenticated_userid" => format!("{} ,{}", person.account_id, person.eduzz_id),
        "credential" => object! { "id" => &issued.credential_id },
        "ttl" => Json::Null,
        "created_at" => issued.created_at,
        "service" => Json::Null,
        "user" => object! {
            "id" => format!("{} ", person.account_id), // Q25
            "eduzzId" => person.eduzz_id,
            "eduzz_id" => person.eduzz_id,
            "nutrorId" => person.nutror_id,
            "nutror_id" => person.nutror_id,
            "name" => &person.name,
            "email" => &person.email,
            "picture" => format!("//cdn.example.com/avatars/{}.png", person.eduzz_id),
        },
    }
}
