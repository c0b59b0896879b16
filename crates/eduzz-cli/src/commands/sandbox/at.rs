//! The running sandbox that the commands steer: its address, requests to its panel, its answers.

use eduzz_hyper::{Client, Roots};
use eduzz_sandbox::{Action, Done, Refused, Thing};
use eduzz_wire::Origins;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Method, Request, Response, StatusCode};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::DEFAULT_PORT;
use crate::client;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::settings;

/// The longest body of an answer: a thousand deliveries.
const LONGEST: usize = 64 * 1024 * 1024;

/// A running sandbox.
pub(super) struct Steered {
    lang: Lang,
    url: String,
    client: Client,
}

/// An action on the shop of an account.
#[derive(Serialize)]
struct Order<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<&'a str>,
    #[serde(flatten)]
    action: &'a Action,
}

/// What an action did, with what people read of each row.
#[derive(Deserialize)]
pub(super) struct Outcome {
    #[serde(flatten)]
    pub(super) done: Done,
    #[serde(default)]
    pub(super) outcomes: Vec<Option<Said>>,
}

/// A text of the sandbox for people.
#[derive(Deserialize)]
pub(super) struct Said {
    pt: String,
    en: String,
}

impl Said {
    pub(super) fn say(&self, lang: Lang) -> &str {
        match lang {
            Lang::Pt => &self.pt,
            Lang::En => &self.en,
        }
    }
}

impl Steered {
    /// The sandbox of the environment, else the one at the default port.
    pub(super) fn find(lang: Lang) -> Result<Self, Failure> {
        let url = settings::variable(lang, settings::SANDBOX)?;
        let url = url.unwrap_or_else(|| format!("http://127.0.0.1:{DEFAULT_PORT}"));
        let origins = Origins::sandbox(&url).map_err(|_| Failure::usage(lang.sandbox_not_loopback()))?;
        let client = Client::builder()
            .origins(origins.clone())
            .roots(Roots::only())
            .response_limit(LONGEST)
            .build()
            .map_err(|error| client::unbuilt(lang, &error))?;
        Ok(Self {
            lang,
            url: origins.api().to_string(),
            client,
        })
    }

    /// Does it, and gives what was made or changed.
    pub(super) async fn act(&self, account: Option<&str>, action: &Action) -> Result<Outcome, Failure> {
        let body = serde_json::to_vec(&Order { account, action });
        let body = body.map_err(|_| Failure::usage(self.lang.bad_body()))?;
        let answer = self.send(Method::POST, "/panel/actions", body).await?;
        if answer.status().is_success() {
            return self.read(&answer);
        }
        let refused: Refused = self.read(&answer)?;
        Err(Failure::rejected(self.told(&refused, action)))
    }

    /// Reads a list of the panel.
    pub(super) async fn get<T: DeserializeOwned>(&self, target: &str) -> Result<T, Failure> {
        let answer = self.send(Method::GET, target, Vec::new()).await?;
        if answer.status() != StatusCode::OK {
            return Err(self.other());
        }
        self.read(&answer)
    }

    async fn send(&self, method: Method, target: &str, body: Vec<u8>) -> Result<Response<Vec<u8>>, Failure> {
        let mut request = Request::new(body);
        *request.method_mut() = method;
        let url = self.url.trim_end_matches('/');
        *request.uri_mut() = format!("{url}{target}").parse().map_err(|_| self.other())?;
        let json = HeaderValue::from_static("application/json");
        request.headers_mut().insert(CONTENT_TYPE, json);
        let answer = self.client.send(request).await;
        answer.map_err(|error| {
            Failure::network(match error.is_connect() {
                true => self.lang.no_sandbox(&self.url),
                false => self
                    .lang
                    .sandbox_network(&self.url, &client::network(self.lang, &error)),
            })
        })
    }

    fn read<T: DeserializeOwned>(&self, answer: &Response<Vec<u8>>) -> Result<T, Failure> {
        serde_json::from_slice(answer.body()).map_err(|_| self.other())
    }

    /// The error of an answer that no sandbox of this version gives.
    fn other(&self) -> Failure {
        Failure::rejected(self.lang.not_a_sandbox(&self.url))
    }

    /// A refusal in the user's language.
    fn told(&self, refused: &Refused, action: &Action) -> String {
        let lang = self.lang;
        match refused {
            // The value may be an e-mail address, which is not printed.
            Refused::Unknown { kind: Thing::Account } => lang.steer_unknown(&lang.thing(Thing::Account)),
            Refused::Unknown { kind } => {
                let id = given(action).unwrap_or_default();
                let what = format!("{} {id}", lang.thing(*kind));
                match kind {
                    Thing::Fault => lang.steer_unknown(&what),
                    _ => lang.steer_unknown_row(&what),
                }
            }
            Refused::NotNow {
                kind,
                id,
                status,
                allowed,
            } => {
                let kind = lang.thing(*kind);
                match allowed.as_slice() {
                    [] => lang.steer_never(&kind, id, status),
                    allowed => lang.steer_not_now(&kind, id, status, &allowed.join(", ")),
                }
            }
            Refused::Nothing { kind: Thing::Webhook } => lang.steer_no_webhook(),
            Refused::Nothing { kind } => lang.steer_nothing(&lang.thing(*kind)),
            Refused::NothingToSell => lang.steer_nothing_to_sell(),
            // The field and what is allowed.
            other => other.to_string(),
        }
    }
}

/// The id that the command was given.
fn given(action: &Action) -> Option<String> {
    match action {
        Action::Sale { id, .. }
        | Action::Subscription { id, .. }
        | Action::Sample { id, .. }
        | Action::OrderCart { id }
        | Action::Abandon { id }
        | Action::Resend { id } => id.clone(),
        Action::RemoveFault { place } => Some(place.saturating_add(1).to_string()),
        _ => None,
    }
}
