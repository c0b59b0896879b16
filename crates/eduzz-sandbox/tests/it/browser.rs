//! A browser without a network: it keeps the cookie, reads forms and does not follow redirects.

use std::time::{Duration, SystemTime};

use axum::Router;
use axum::body::Body;
use eduzz_sandbox::{AppConfig, Clock, Config, DEFAULT_RETURN_URL, Person, Sandbox};
use http::header::{AUTHORIZATION, CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use http::{HeaderMap, Method, Request, Response, StatusCode};
use http_body_util::BodyExt as _;
use serde_json::Value;
use tower::ServiceExt as _;

pub(crate) const JSON: &str = "application/json";
pub(crate) const FORM: &str = "application/x-www-form-urlencoded";
/// Where the pages' forms are sent.
pub(crate) const ACCOUNT: &str = "/oauth/authorize/account";
pub(crate) const ANSWER: &str = "/oauth/authorize/answer";
/// 2026-11-02T12:00:00Z.
pub(crate) const START: u64 = 1_793_620_800;

#[derive(Clone)]
pub(crate) struct Browser {
    router: Router,
    pub(crate) config: Config,
    pub(crate) cookie: Option<String>,
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// The answer as the SDK's calls read it.
    pub(crate) fn into_response(self) -> Response<String> {
        let mut response = Response::new(self.body);
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        response
    }

    pub(crate) fn message(&self) -> String {
        self.json()["message"].as_str().expect("a message").to_owned()
    }

    pub(crate) fn location(&self) -> &str {
        self.headers[LOCATION].to_str().expect("a location of ASCII")
    }

    /// A parameter of the address that the browser is sent to.
    pub(crate) fn returned(&self, name: &str) -> Option<String> {
        let (_, query) = self.location().split_once('?')?;
        let query = query.split('#').next()?;
        let mut pairs = form_urlencoded::parse(query.as_bytes()).into_owned();
        pairs.find(|(given, _)| given == name).map(|(_, value)| value)
    }

    /// The value of the first hidden field of this name.
    pub(crate) fn hidden(&self, name: &str) -> String {
        let start = format!("name=\"{name}\" value=\"");
        let (_, rest) = self
            .body
            .split_once(&start)
            .unwrap_or_else(|| panic!("no {name} in {}", self.body));
        rest.split('"').next().expect("a value").to_owned()
    }

    /// Expects this status.
    #[track_caller]
    pub(crate) fn is(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.body);
        self
    }

    /// Expects a page with this text.
    #[track_caller]
    pub(crate) fn says(self, text: &str) -> Self {
        assert!(self.body.contains(text), "no “{text}” in {}", self.body);
        self
    }
}

impl Browser {
    pub(crate) fn new() -> Self {
        Self::with(|_| {})
    }

    /// A browser in the default world, changed.
    pub(crate) fn with(change: impl FnOnce(&mut Config)) -> Self {
        let mut config = Config::default();
        config.clock = Clock::manual(SystemTime::UNIX_EPOCH + Duration::from_secs(START));
        change(&mut config);
        Self {
            router: Sandbox::router(config.clone()),
            config,
            cookie: None,
        }
    }

    /// A browser at a sandbox that is there.
    pub(crate) const fn at(router: Router, config: Config) -> Self {
        Self {
            router,
            config,
            cookie: None,
        }
    }

    /// Another browser, or a program, at the same sandbox.
    pub(crate) fn other(&self) -> Self {
        Self {
            cookie: None,
            ..self.clone()
        }
    }

    pub(crate) fn live(&self) -> AppConfig {
        self.config.apps[0].clone()
    }

    pub(crate) fn trial(&self) -> AppConfig {
        self.config.apps[1].clone()
    }

    pub(crate) fn owner(&self) -> Person {
        self.config.people[0].clone()
    }

    pub(crate) fn developer(&self) -> Person {
        self.config.people[1].clone()
    }

    pub(crate) fn stranger(&self) -> Person {
        self.config.people[2].clone()
    }

    pub(crate) async fn send(&mut self, request: Request<Body>) -> Answer {
        let answer = oneshot(&self.router, request).await.expect("a whole body");
        if let Some(cookie) = answer.headers.get(SET_COOKIE) {
            let cookie = cookie.to_str().expect("a cookie of ASCII");
            assert!(
                cookie.ends_with("; Path=/oauth; HttpOnly; SameSite=Lax"),
                "{cookie}"
            );
            self.cookie = cookie.split(';').next().map(str::to_owned);
        }
        answer
    }

    pub(crate) async fn get(&mut self, target: &str) -> Answer {
        let mut request = Request::get(target);
        if let Some(cookie) = &self.cookie {
            request = request.header(COOKIE, format!("other=1; {cookie}"));
        }
        self.send(request.body(Body::empty()).expect("a request")).await
    }

    pub(crate) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut request = Request::post(path).header(CONTENT_TYPE, FORM);
        if let Some(cookie) = &self.cookie {
            request = request.header(COOKIE, cookie);
        }
        self.send(request.body(Body::from(encode(fields))).expect("a request"))
            .await
    }

    pub(crate) async fn authorize(&mut self, fields: &[(&str, &str)]) -> Answer {
        self.get(&format!("/oauth/authorize?{}", encode(fields))).await
    }

    /// Sends a form of the page, with a button.
    pub(crate) async fn press(&mut self, page: &Answer, path: &str, name: &str, value: &str) -> Answer {
        let (csrf, request) = (page.hidden("csrf"), page.hidden("request"));
        self.post(path, &[("csrf", &csrf), ("request", &request), (name, value)])
            .await
    }

    /// From the first page to the one that the person sees after the choice of an account.
    pub(crate) async fn sign_in(&mut self, app: &AppConfig, person: &Person, state: Option<&str>) -> Answer {
        let mut fields = valid(app).to_vec();
        fields.extend(state.map(|state| ("state", state)));
        let chooser = self.authorize(&fields).await.is(200).says("Quem está entrando?");
        self.choose(&chooser, &person.account_id).await
    }

    /// Chooses an account on the page, or none, and gives the page that follows.
    pub(crate) async fn choose(&mut self, page: &Answer, account_id: &str) -> Answer {
        let again = self.press(page, ACCOUNT, "account", account_id).await.is(303);
        self.get(again.location()).await
    }

    pub(crate) async fn answer(&mut self, consent: &Answer, answer: &str) -> Answer {
        self.press(consent, ANSWER, "answer", answer).await
    }

    /// A whole sign-in, up to the code.
    pub(crate) async fn code(&mut self) -> String {
        let (app, owner) = (self.live(), self.owner());
        self.cookie = None;
        let consent = self.sign_in(&app, &owner, Some("s")).await.is(200);
        let back = self.answer(&consent, "approve").await.is(303);
        back.returned("code").expect("a code")
    }

    /// A request to the token endpoint.
    pub(crate) async fn exchange(&mut self, content_type: Option<&str>, body: String) -> Answer {
        let mut request = Request::post("/oauth/token");
        if let Some(content_type) = content_type {
            request = request.header(CONTENT_TYPE, content_type);
        }
        self.send(request.body(Body::from(body)).expect("a request"))
            .await
    }

    /// Sends the fields to the token endpoint as JSON, and expects this refusal.
    pub(crate) async fn refused(&mut self, fields: &[(&str, &str)], status: u16, message: &str) {
        let answer = self.exchange(Some(JSON), json(fields)).await.is(status);
        assert_eq!(
            answer.json(),
            serde_json::json!({ "message": message }),
            "{fields:?}"
        );
    }

    /// A whole sign-in, up to the token.
    pub(crate) async fn token(&mut self) -> Value {
        let code = self.code().await;
        let fields = json(&exchange_fields(&self.live(), &code));
        self.exchange(Some(JSON), fields).await.is(200).json()
    }

    /// A call of the API.
    pub(crate) async fn call(&mut self, method: Method, path: &str, authorization: Option<&str>) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(authorization) = authorization {
            request = request.header(AUTHORIZATION, authorization);
        }
        self.send(request.body(Body::empty()).expect("a request")).await
    }

    pub(crate) async fn me(&mut self, token: &str) -> Answer {
        self.call(Method::GET, "/accounts/v1/me", Some(&format!("bearer {token}")))
            .await
    }
}

/// The answer of a sandbox; `None` when its body broke off.
pub(crate) async fn oneshot(router: &Router, request: Request<Body>) -> Option<Answer> {
    let response = router.clone().oneshot(request).await.expect("infallible");
    let (parts, body) = response.into_parts();
    let body = body.collect().await.ok()?.to_bytes();
    Some(Answer {
        status: parts.status,
        headers: parts.headers,
        body: String::from_utf8(body.to_vec()).expect("a body of text"),
    })
}

/// The parameters of a good authorize call, without a state.
pub(crate) fn valid(app: &AppConfig) -> [(&str, &str); 3] {
    [
        ("client_id", &app.client_id),
        ("responseType", "code"),
        ("redirectTo", DEFAULT_RETURN_URL),
    ]
}

/// The fields of a good exchange.
pub(crate) fn exchange_fields<'a>(app: &'a AppConfig, code: &'a str) -> [(&'a str, &'a str); 5] {
    [
        ("client_id", &app.client_id),
        ("client_secret", &app.client_secret),
        ("code", code),
        ("redirect_uri", DEFAULT_RETURN_URL),
        ("grant_type", "authorization_code"),
    ]
}

/// The fields, one of them changed.
pub(crate) fn but<'a, const N: usize>(
    fields: &[(&'a str, &'a str); N],
    name: &str,
    value: &'a str,
) -> [(&'a str, &'a str); N] {
    fields.map(|(given, old)| (given, if given == name { value } else { old }))
}

pub(crate) fn encode(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish()
}

pub(crate) fn json(fields: &[(&str, &str)]) -> String {
    let object = fields
        .iter()
        .map(|(name, value)| ((*name).to_owned(), Value::from(*value)));
    Value::Object(object.collect()).to_string()
}
