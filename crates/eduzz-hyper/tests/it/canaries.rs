//! Secrets and personal data in everything that this crate prints.

use std::io::Write;
use std::sync::{Arc, Mutex};

use eduzz_api::accounts::GetMe;
use eduzz_hyper::{CallError, Client, Pacing, Proxy};
use eduzz_oauth::{App, ExchangeCode, Grant, Session, State};
use eduzz_testkit::canary::{self, PERSONAL, SECRET};
use eduzz_types::{AccessToken, ClientSecret};
use eduzz_wire::{Origins, RawCall, ResponseError};
use tracing_subscriber::layer::SubscriberExt as _;

use crate::support::*;

/// Answers that quote the request.
const ANSWERS: [(u16, &str); 7] = [
    (200, r#"{"id":"1","name":"{PERSONAL}","email":"{PERSONAL}"}"#),
    (200, r#"{"id":{"{SECRET}":"{PERSONAL}"}}"#),
    (
        200,
        r#"{"access_token":"{SECRET}","user":{"id":"1","name":"{PERSONAL}","email":"{PERSONAL}"}}"#,
    ),
    (
        400,
        r#"{"code":"{SECRET}","message":"{PERSONAL} {SECRET}","errors":[{"field":"{PERSONAL}","message":"{SECRET}"}]}"#,
    ),
    (401, r#"{"error":"{SECRET}","error_description":"{PERSONAL}"}"#),
    (404, "<html>{SECRET} {PERSONAL}</html>"),
    (500, "{SECRET} {PERSONAL}"),
];

async fn server(status: u16, body: &'static str) -> Server {
    let body = body.replace("{SECRET}", SECRET).replace("{PERSONAL}", PERSONAL);
    let answer = format!(
        "HTTP/1.1 {status} {SECRET}\r\nx-quote: {SECRET} {PERSONAL}\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    Server::answering(answer).await
}

fn client(server: &Server) -> Client {
    let origins = Origins::sandbox(&server.http("")).unwrap();
    let proxy = Proxy::url(format!("http://{SECRET}:{SECRET}@127.0.0.1:1")).unwrap();
    let builder = plain()
        .origins(origins)
        .proxy(proxy)
        .pacing(Pacing::off())
        .backoff(eduzz_wire::Backoff::never());
    canary::debug_is_clean(&builder);
    builder.build().unwrap()
}

fn code(origins: &Origins) -> ExchangeCode {
    let app = App::new("app", ClientSecret::new(SECRET), "https://shop.example.com/back").unwrap();
    let sign_in = app.authorize(origins, State::from_random([7; 32]));
    let (_, state) = sign_in.url().split_once("state=").unwrap();
    let state = state.split('&').next().unwrap().to_owned();
    let query = format!("code={SECRET}&state={state}");
    sign_in.into_pending().returned(&app, &query).unwrap()
}

fn raw() -> RawCall {
    RawCall::new(http::Method::POST, format!("/people/{SECRET}"))
        .query("email", PERSONAL)
        .json(&PERSONAL)
        .unwrap()
}

/// Makes every kind of call, and checks every result.
async fn everything(client: &Client) {
    canary::debug_is_clean(client);
    let token = AccessToken::new(SECRET);
    if let Err(error) = client.call(&GetMe::new(), &token).await {
        canary::error_is_clean(&error);
    }
    match client.call(&raw(), &token).await {
        Ok(answer) => canary::debug_is_clean(&answer),
        Err(error) => canary::error_is_clean(&error),
    }
    match client.exchange(code(client.origins())).await {
        Ok(grant) => canary::debug_is_clean(&grant),
        Err(failure) => canary::error_is_clean(&failure),
    }
    let account = client.account(Session::signed_in(Grant::personal(token)));
    canary::debug_is_clean(&account);
    for _ in 0..2 {
        if let Err(error) = account.call(&GetMe::new()).await {
            canary::error_is_clean(&error);
        }
    }
    canary::debug_is_clean(&account);
}

/// The output of the subscriber.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn nothing_prints_a_canary() {
    let written = Written::default();
    let writer = written.clone();
    // At the finest level, including the crates below. It is global, because hyper's tasks run on
    // other threads.
    let subscriber = tracing_subscriber::registry().with(
        tracing_subscriber::fmt::layer()
            .with_ansi(false)
            .with_writer(move || writer.clone()),
    );
    tracing::subscriber::set_global_default(subscriber).unwrap();

    for (status, body) in ANSWERS {
        let server = server(status, body).await;
        everything(&client(&server)).await;
    }
    for broken in ["", "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{", SECRET] {
        let server = Server::answering(broken).await;
        everything(&client(&server)).await;
    }
    over_tls().await;

    let text = String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
    assert!(
        text.contains(" h2::") && text.contains(" hyper_util::"),
        "events of the crates below"
    );
    canary::is_clean(&text);
    if cfg!(feature = "tracing") {
        for expected in [
            "eduzz.call{method=GET route=\"/accounts/v1/me\"}",
            "eduzz.call{method=POST route=\"/oauth/token\"}",
            "eduzz.call{method=POST route=\"(raw call)\"}",
            "status=401",
            "attempt=1",
        ] {
            assert!(text.contains(expected), "no {expected} in {text}");
        }
        assert!(
            !text.contains("/people/"),
            "the path of a raw call is not printed"
        );
    }
}

/// HTTP/2 uses other crates, with their own events.
async fn over_tls() {
    let identity = Identity::loopback();
    let server = Server::tls(&identity, Version::Http2, |request| async move {
        let mut answer = ok(format!(r#"{{"id":"1","email":"{PERSONAL}"}}"#));
        answer
            .headers_mut()
            .insert("x-length", request.uri().path().len().into());
        answer
    })
    .await;
    let origin = || eduzz_wire::Origin::parse(&server.https("")).unwrap();
    let client = identity
        .builder()
        .origins(Origins::new(origin(), origin(), origin()))
        .build()
        .unwrap();
    everything(&client).await;
}

#[tokio::test]
async fn rejection_keeps_everything_that_was_sent() {
    let server = server(400, ANSWERS[3].1).await;
    let error = client(&server)
        .call(&GetMe::new(), &AccessToken::new(SECRET))
        .await
        .unwrap_err();
    let CallError::Response(ResponseError::Rejected(rejection)) = error else {
        panic!("{error:?}")
    };
    assert!(String::from_utf8(rejection.body).unwrap().contains(PERSONAL));
    assert!(rejection.headers["x-quote"].to_str().unwrap().contains(SECRET));
}
