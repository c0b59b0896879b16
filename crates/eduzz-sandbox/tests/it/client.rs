//! A program at the API of a sandbox without a network, with a token and no limit on its requests.

use std::time::{Duration, SystemTime};

use axum::Router;
use axum::body::Body;
use eduzz_api::for_each_endpoint;
use eduzz_sandbox::{Clock, Config, Sandbox, SandboxControl};
use eduzz_types::AccessToken;
use eduzz_wire::{Endpoint, EndpointExt, Origins};
use http::header::AUTHORIZATION;
use http::{Method, Request, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::browser::{Answer, Browser, START, oneshot};

/// From before the seeded past until after the clock's time.
pub(crate) const ALWAYS: &str = "startDate=2024-01-01&endDate=2028-12-31";

#[derive(Clone)]
pub(crate) struct Client {
    router: Router,
    pub(crate) control: SandboxControl,
    pub(crate) config: Config,
}

impl Client {
    pub(crate) fn new() -> Self {
        Self::with(|_| {})
    }

    pub(crate) fn seeded(seed: u64) -> Self {
        Self::with(|config| reseed(config, seed))
    }

    /// In the default world, changed.
    pub(crate) fn with(change: impl FnOnce(&mut Config)) -> Self {
        let mut config = Config::default();
        config.clock = Clock::manual(SystemTime::UNIX_EPOCH + Duration::from_secs(START));
        change(&mut config);
        config.pace = None;
        let (router, control) = Sandbox::router_with_control(config.clone());
        Self {
            router,
            control,
            config,
        }
    }

    /// A browser at the same sandbox.
    pub(crate) fn browser(&self) -> Browser {
        Browser::at(self.router.clone(), self.config.clone())
    }

    /// The same program with another token.
    pub(crate) fn with_token(&self, token: &str) -> Self {
        let mut other = self.clone();
        token.clone_into(&mut other.config.people[0].personal_token);
        other
    }

    pub(crate) fn token(&self) -> String {
        self.config.people[0].personal_token.clone()
    }

    /// The answer, or none when its body broke off.
    pub(crate) async fn try_send(&self, request: Request<Body>) -> Option<Answer> {
        oneshot(&self.router, request).await
    }

    pub(crate) async fn send(&self, method: Method, target: &str, body: Option<&Value>) -> Answer {
        let request = Request::builder()
            .method(method)
            .uri(target)
            .header(AUTHORIZATION, format!("Bearer {}", self.token()))
            .body(body.map_or_else(Body::empty, |body| Body::from(body.to_string())));
        self.try_send(request.expect("a request"))
            .await
            .expect("a whole body")
    }

    pub(crate) async fn post(&self, target: &str, body: &Value) -> Answer {
        self.send(Method::POST, target, Some(body)).await
    }

    pub(crate) async fn put(&self, target: &str, body: &Value) -> Answer {
        self.send(Method::PUT, target, Some(body)).await
    }

    pub(crate) async fn patch(&self, target: &str, body: &Value) -> Answer {
        self.send(Method::PATCH, target, Some(body)).await
    }

    pub(crate) async fn get(&self, target: &str) -> Answer {
        self.send(Method::GET, target, None).await
    }

    pub(crate) async fn json(&self, target: &str) -> Value {
        self.get(target).await.is(200).json()
    }

    /// Makes a call, such as `PUT /path`, with this body; an empty text sends no body.
    pub(crate) async fn make(&self, call: &str, body: &str) -> Answer {
        let (method, path) = call.split_once(' ').expect(call);
        let body: Option<Value> = (!body.is_empty()).then(|| serde_json::from_str(body).expect(body));
        let method = Method::try_from(method).expect(method);
        self.send(method, path, body.as_ref()).await
    }

    /// All rows of a list that stands still, with pages or without.
    pub(crate) async fn all(&self, target: &str) -> Vec<Value> {
        let sign = if target.contains('?') { '&' } else { '?' };
        let mut all = Vec::new();
        for page in 1.. {
            let answer = self
                .json(&format!("{target}{sign}itemsPerPage=100&page={page}"))
                .await;
            let rows = answer.as_array().or_else(|| answer["items"].as_array());
            all.extend(rows.expect("rows").iter().cloned());
            assert!(answer.get("page").is_none_or(|number| *number == page));
            if answer.get("pages").is_none_or(|pages| *pages == page) {
                assert!(answer.get("totalItems").is_none_or(|total| *total == all.len()));
                break;
            }
        }
        all
    }

    /// All sales, newest first.
    pub(crate) async fn sales(&self) -> Vec<Value> {
        self.all(&format!("/myeduzz/v1/sales?{ALWAYS}")).await
    }

    /// All subscriptions, newest first.
    pub(crate) async fn subscriptions(&self) -> Vec<Value> {
        let list = format!("/myeduzz/v1/subscriptions?{ALWAYS}&filterBy=creation");
        self.all(&list).await
    }

    /// All entries of the statement. It is asked for by the half-year (Q13).
    pub(crate) async fn statement(&self) -> Vec<Value> {
        let mut entries = Vec::new();
        for year in 2025..2028 {
            for (first, last) in [("01-01", "06-30"), ("07-01", "12-31")] {
                let days = format!("startDate={year}-{first}&endDate={year}-{last}");
                entries.extend(self.all(&format!("/myeduzz/v2/financial/statement?{days}")).await);
            }
        }
        entries
    }

    /// The answer to the SDK's call, read by the SDK.
    pub(crate) async fn call<E: Endpoint>(&self, call: &E) -> Result<E::Output, String> {
        let response = self.answer(call).await;
        call.response(&response)
            .map_err(|error| format!("{error}: {}", response.body()))
    }

    async fn answer<E: Endpoint>(&self, call: &E) -> Response<String> {
        let origins = Origins::sandbox("http://127.0.0.1:8080").expect("an origin");
        let token = AccessToken::new(&*self.token());
        let request = call.request(&origins, Some(&token)).expect("a request");
        let answer = self.try_send(request.map(Body::from)).await;
        answer.expect("a whole body").into_response()
    }

    /// Makes the SDK's call; the SDK must read the answer without loss.
    pub(crate) async fn understood<E>(&self, call: &E) -> Value
    where
        E: Endpoint<Output: DeserializeOwned + Serialize>,
    {
        let response = self.answer(call).await;
        assert!(
            E::ROUTE.answers_with(response.status()),
            "{}: {}",
            E::ROUTE,
            response.body()
        );
        let body = E::ROUTE.read_as(response.body().as_bytes());
        let report = eduzz_fixtures::fidelity::check::<E::Output>(body);
        let report = report.unwrap_or_else(|error| panic!("{}: {error}", E::ROUTE));
        assert!(report.is_whole(), "{}: {:?}", E::ROUTE, report.differences);
        assert!(
            report.normalised.iter().all(|place| place.quirk == "Q29"),
            "{}: {:?}",
            E::ROUTE,
            report.normalised
        );
        serde_json::from_slice(body).expect("JSON")
    }
}

/// The configuration of another seed at the same time.
pub(crate) fn reseed(config: &mut Config, seed: u64) {
    let clock = config.clock.clone();
    *config = Config::seeded(seed);
    config.clock = clock;
}

/// The amount in cents of its currency.
pub(crate) fn cents(money: &Value) -> i64 {
    assert!(
        matches!(text(&money["currency"]), "BRL" | "USD" | "DOP"),
        "{money}"
    );
    let money: eduzz_types::Money = serde_json::from_value(money.clone()).expect("money");
    let cents = money.value * rust_decimal::Decimal::ONE_HUNDRED;
    assert_eq!(cents, cents.trunc(), "two decimals at most");
    cents.try_into().expect("an amount")
}

/// The text there.
pub(crate) fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text"))
}

/// One segment of a path.
pub(crate) fn segment(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// Counts the calls of the SDK's list.
pub(crate) fn calls() -> usize {
    macro_rules! count {
        ($(($product:ident, $endpoint:ident, $call:ident)),* $(,)?) => {
            [$(stringify!($call)),*].len()
        };
    }
    let count: usize;
    macro_rules! assign {
        ($($list:tt)*) => { count = count!($($list)*) };
    }
    for_each_endpoint!(assign);
    count
}
