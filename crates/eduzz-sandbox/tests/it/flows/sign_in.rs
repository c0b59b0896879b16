//! The sign-in of known programs: documented, older, and generic.

use axum::body::Body;
use eduzz_sandbox::SignIn;
use http::Request;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use serde_json::Value;

use super::{RETURN, approved, documented, program};
use crate::browser::{FORM, JSON, but, encode, exchange_fields, json as json_of};
use crate::client::{Client, text};

/// A program at a sandbox that takes older and generic forms of the sign-in.
fn older() -> Client {
    Client::with(|config| config.sign_in = SignIn::any())
}

/// Whose token it is.
async fn owner_of(client: &Client, token: &Value) -> String {
    let client = client.with_token(text(&token["access_token"]));
    text(&client.json("/accounts/v1/me").await["email"]).to_owned()
}

// 1
#[tokio::test]
async fn sign_in_with_a_json_body() {
    let client = program();
    let mut browser = client.browser();
    let (app, owner) = (browser.live(), browser.owner());
    let code = approved(&mut browser, &documented(&app.client_id), &owner).await;
    let fields = json_of(&exchange_fields(&app, &code));
    let token = browser.exchange(Some(JSON), fields.clone()).await.is(200).json();
    assert_eq!(owner_of(&client, &token).await, owner.email);
    // F21
    let again = browser.exchange(Some(JSON), fields).await.is(404);
    assert_eq!(again.message(), "Token already used");
}

// 2
#[tokio::test]
async fn sign_in_with_a_form_body() {
    let client = program();
    let mut browser = client.browser();
    let (app, owner) = (browser.live(), browser.owner());
    let code = approved(&mut browser, &documented(&app.client_id), &owner).await;
    let token = browser
        .exchange(Some(FORM), encode(&exchange_fields(&app, &code)))
        .await;
    assert_eq!(owner_of(&client, &token.is(200).json()).await, owner.email);
}

// 3 (Q181)
#[tokio::test]
async fn older_authorize_has_redirect_uri_and_no_response_type() {
    let fields = |client_id| {
        [
            ("client_id", client_id),
            ("redirect_uri", RETURN),
            ("state", "xyz"),
        ]
    };
    let mut browser = program().browser();
    let id = browser.live().client_id;
    browser.authorize(&fields(&id)).await.is(400).says("redirectTo");

    let client = older();
    let mut browser = client.browser();
    let (app, owner) = (browser.live(), browser.owner());
    let code = approved(&mut browser, &fields(&app.client_id), &owner).await;
    let token = browser
        .exchange(Some(JSON), json_of(&exchange_fields(&app, &code)))
        .await;
    assert_eq!(owner_of(&client, &token.is(200).json()).await, owner.email);
    // The address must be registered all the same.
    let elsewhere = [
        ("client_id", &*app.client_id),
        ("redirect_uri", "http://127.0.0.1/x"),
    ];
    browser.authorize(&elsewhere).await.is(400);
}

// 4 (Q181)
#[tokio::test]
async fn exchange_without_redirect_uri() {
    for (client, status) in [(program(), 400), (older(), 200)] {
        let mut browser = client.browser();
        let (app, owner) = (browser.live(), browser.owner());
        let code = approved(&mut browser, &documented(&app.client_id), &owner).await;
        let fields = exchange_fields(&app, &code);
        let without: Vec<_> = fields
            .into_iter()
            .filter(|(name, _)| *name != "redirect_uri")
            .collect();
        let other = but(&fields, "redirect_uri", "http://127.0.0.1/x");
        browser.exchange(Some(JSON), json_of(&other)).await.is(400);
        browser.exchange(Some(JSON), json_of(&without)).await.is(status);
    }
}

// 5 (Q185)
#[tokio::test]
async fn credentials_by_http_basic() {
    for (client, status) in [(program(), 400), (older(), 200)] {
        let mut browser = client.browser();
        let (app, owner) = (browser.live(), browser.owner());
        let code = approved(&mut browser, &documented(&app.client_id), &owner).await;
        let body = encode(&[
            ("code", &code),
            ("redirect_uri", RETURN),
            ("grant_type", "authorization_code"),
        ]);
        let mut exchange = async |secret: &str| {
            let pair = format!("{}:{secret}", app.client_id);
            let request = Request::post("/oauth/token")
                .header(CONTENT_TYPE, FORM)
                .header(AUTHORIZATION, format!("Basic {}", base64(pair.as_bytes())));
            browser
                .send(request.body(Body::from(body.clone())).unwrap())
                .await
        };
        exchange("wrong").await.is(400);
        exchange(&app.client_secret).await.is(status);
    }
}

fn base64(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::prelude::BASE64_STANDARD.encode(bytes)
}
