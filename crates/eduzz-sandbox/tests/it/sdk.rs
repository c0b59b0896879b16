//! The SDK's own sign-in, from end to end, against the sandbox.

use axum::body::Body;
use eduzz_api::accounts::GetMe;
use eduzz_oauth::undocumented::ClientCredentials;
use eduzz_oauth::{App, Dialect, ExchangeError, ExchangeRefusal, Pending, State, TokenBody};
use eduzz_sandbox::{Config, DEFAULT_RETURN_URL, SignIn, Transport};
use eduzz_types::{AccessToken, ClientSecret, Timestamp};
use eduzz_wire::{Endpoint, EndpointExt, Origins};
use http::header::HOST;
use http::{Request, Response, StatusCode};
use tower::Service as _;

use crate::browser::{Browser, START};

fn origins() -> Origins {
    Origins::sandbox("http://127.0.0.1:8080").unwrap()
}

fn app(browser: &Browser, secret: &str, body: TokenBody) -> App {
    let (id, secret) = (browser.live().client_id, ClientSecret::new(secret));
    let app = App::new(id, secret, DEFAULT_RETURN_URL).unwrap();
    app.with_dialect(Dialect::default().token_body(body))
}

async fn send(browser: &mut Browser, request: Request<Vec<u8>>) -> Response<String> {
    browser.send(request.map(Body::from)).await.into_response()
}

/// Goes through the pages as the SDK's address asks, and gives the query that the application gets.
async fn approve(browser: &mut Browser, app: &App) -> (Pending, String) {
    let sign_in = app.authorize(&origins(), State::from_random([7; 32]));
    browser.cookie = None;
    let target = sign_in.url().strip_prefix("http://127.0.0.1:8080").unwrap();
    let chooser = browser.get(target).await.is(200);
    let consent = browser.choose(&chooser, &browser.owner().account_id).await;
    let back = browser.answer(&consent, "approve").await.is(303);
    let (_, query) = back.location().split_once('?').unwrap();
    (sign_in.into_pending(), query.to_owned())
}

#[tokio::test]
async fn transport_answers_at_any_origin() {
    let mut sandbox = Transport::new(Config::default()).unwrap();
    let token = AccessToken::new(&*sandbox.person().personal_token);
    for origins in [Origins::production(), origins()] {
        let call = GetMe::new();
        let mut request = call.request(&origins, Some(&token)).unwrap();
        let host = request.uri().authority().unwrap().as_str().parse().unwrap();
        request.headers_mut().insert(HOST, host);
        let me = call.response(&sandbox.call(request).await.unwrap()).unwrap();
        assert_eq!(me.id.as_str(), sandbox.person().account_id);
    }
}

#[tokio::test]
async fn sdk_signs_in_and_calls_me() {
    for body in [TokenBody::Json, TokenBody::Form] {
        let mut browser = Browser::new();
        let owner = browser.owner();
        let app = app(&browser, &browser.live().client_secret, body);
        let (pending, query) = approve(&mut browser, &app).await;
        let exchange = pending.returned(&app, &query).unwrap();
        let response = send(&mut browser, exchange.request(&origins(), None).unwrap()).await;
        let reply = exchange.answered(&response).unwrap();
        let grant = reply.received(Timestamp::from_unix(START as i64));
        assert_eq!(grant.ends(), None); // Q7
        assert_eq!(grant.account_id().unwrap().as_str(), owner.account_id); // Q25
        assert_eq!(grant.eduzz_id().unwrap().as_str(), owner.eduzz_id.to_string());

        let request = GetMe::new().request(&origins(), Some(grant.access_token()));
        let response = send(&mut browser, request.unwrap()).await;
        let me = GetMe::new().response(&response).unwrap();
        assert_eq!(me.id.as_str(), owner.account_id);
    }
}

#[tokio::test]
async fn sdk_signs_in_in_the_form_of_2020() {
    // Q181
    let mut browser = Browser::with(|config| config.sign_in = SignIn::any());
    let app = app(&browser, &browser.live().client_secret, TokenBody::Json).with_dialect(Dialect::of_2020());
    let (pending, query) = approve(&mut browser, &app).await;
    let exchange = pending.returned(&app, &query).unwrap();
    let response = send(&mut browser, exchange.request(&origins(), None).unwrap()).await;
    exchange.answered(&response).unwrap();
}

#[tokio::test]
async fn sdk_distinguishes_the_refusals() {
    let mut browser = Browser::new();
    let good = app(&browser, &browser.live().client_secret, TokenBody::Json);
    let wrong = app(&browser, "another-secret", TokenBody::Json);
    let mut refusals = Vec::new();

    let (pending, query) = approve(&mut browser, &good).await;
    let stored = serde_json::to_value(pending).unwrap();
    let forged = format!("code=invented&{}", query.split_once('&').unwrap().1);
    for (app, query) in [
        (&wrong, &query),
        (&good, &query),
        (&good, &query),
        (&good, &forged),
    ] {
        let pending: Pending = serde_json::from_value(stored.clone()).unwrap();
        let exchange = pending.returned(app, query).unwrap();
        let response = send(&mut browser, exchange.request(&origins(), None).unwrap()).await;
        refusals.push(match exchange.answered(&response) {
            Ok(_) => None,
            Err(ExchangeError::Refused(refused)) => Some(refused.kind),
            Err(other) => panic!("{other}"),
        });
    }
    assert_eq!(
        refusals,
        [
            Some(ExchangeRefusal::WrongSecret),
            None,
            Some(ExchangeRefusal::CodeSpent),
            Some(ExchangeRefusal::CodeUnknown)
        ]
    );

    let (pending, query) = approve(&mut browser, &good).await;
    browser.config.clock.advance(browser.config.code_lifetime);
    let exchange = pending.returned(&good, &query).unwrap();
    let response = send(&mut browser, exchange.request(&origins(), None).unwrap()).await;
    let Err(ExchangeError::Refused(refused)) = exchange.answered(&response) else {
        panic!("a token")
    };
    assert_eq!(refused.kind, ExchangeRefusal::CodeExpired);
}

#[tokio::test]
async fn sdk_gets_a_token_by_client_credentials() {
    let mut browser = Browser::new();
    let app = app(&browser, &browser.live().client_secret, TokenBody::Json);
    let call = ClientCredentials::of(&app);
    let response = send(&mut browser, call.request(&origins(), None).unwrap()).await;
    call.response(&response).unwrap();
}

#[tokio::test]
async fn sdk_reads_a_refusal_of_the_gateway() {
    let mut browser = Browser::new();
    let request = GetMe::new().request(&origins(), Some(&AccessToken::new("invented")));
    let response = send(&mut browser, request.unwrap()).await;
    let error = GetMe::new().response(&response).unwrap_err();
    assert_eq!(error.rejection().unwrap().status, StatusCode::UNAUTHORIZED);
    assert_eq!(GetMe::ROUTE.template(), "/accounts/v1/me");
}
