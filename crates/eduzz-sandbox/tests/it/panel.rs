//! The panel as a browser, a program and a page of another site meet it.

mod guards;
mod record;
mod steering;
mod why;

use axum::Router;
use axum::body::Body;
use eduzz_sandbox::{Clock, Config, Person, Sandbox, SandboxControl};
use http::header::AUTHORIZATION;
use http::{Method, Request};
use serde_json::Value;

use crate::browser::{Answer, START, oneshot};
use std::time::{Duration, SystemTime};

/// A sandbox, and what a program and a browser send to it.
pub(crate) struct Panel {
    pub(crate) router: Router,
    pub(crate) control: SandboxControl,
    pub(crate) config: Config,
}

impl Panel {
    pub(crate) fn new() -> Self {
        Self::with(|_| {})
    }

    pub(crate) fn with(change: impl FnOnce(&mut Config)) -> Self {
        let mut config = Config::default();
        config.clock = Clock::manual(SystemTime::UNIX_EPOCH + Duration::from_secs(START));
        config.history = Duration::from_secs(20 * 86_400);
        change(&mut config);
        let (router, control) = Sandbox::router_with_control(config.clone());
        Self {
            router,
            control,
            config,
        }
    }

    pub(crate) fn owner(&self) -> &Person {
        &self.config.people[0]
    }

    /// A request with these headers.
    pub(crate) async fn send(
        &self,
        method: Method,
        target: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(target)
            .header("host", "127.0.0.1:8400");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(body.into()).unwrap();
        oneshot(&self.router, request).await.expect("a whole body")
    }

    pub(crate) async fn get(&self, target: &str) -> Answer {
        self.send(Method::GET, target, &[], Body::empty()).await
    }

    /// A call of the API by the owner.
    pub(crate) async fn call(&self, method: Method, target: &str, body: &str) -> Answer {
        let token = format!("Bearer {}", self.owner().personal_token);
        let headers = [
            (AUTHORIZATION.as_str(), token.as_str()),
            ("content-type", "application/json"),
        ];
        self.send(method, target, &headers, body.to_owned()).await
    }

    /// The requests after this number, as a program reads them.
    pub(crate) async fn requests(&self, after: u64) -> Vec<Value> {
        let answer = self
            .get(&format!("/panel/requests.json?after={after}"))
            .await
            .is(200);
        answer.json()["requests"].as_array().unwrap().clone()
    }
}
