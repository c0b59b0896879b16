//! The token endpoint: every way to a token, and every way not to get one.

use std::time::Duration;

use eduzz_sandbox::AppConfig;
use http::header::CACHE_CONTROL;
use serde_json::{Value, json as value};

use crate::browser::{Browser, FORM, JSON, START, but, encode, exchange_fields, json};
use crate::cases::table;

// Q7, Q25
#[tokio::test]
async fn answer_has_the_documented_fields() {
    let mut browser = Browser::new();
    let (app, owner) = (browser.live(), browser.owner());
    let code = browser.code().await;
    let answer = browser
        .exchange(Some(JSON), json(&exchange_fields(&app, &code)))
        .await
        .is(200);
    assert_eq!(answer.headers[CACHE_CONTROL], "no-store");
    let mut token = answer.json();

    let object = token.as_object_mut().unwrap();
    let access_token = object.remove("access_token").unwrap();
    let access_token = access_token.as_str().unwrap();
    assert_eq!(access_token.len(), 72);
    assert!(access_token.ends_with('='));
    let id = object.remove("id").unwrap();
    assert_eq!(id.as_str().unwrap().len(), 36);
    let credential = object.remove("credential").unwrap();
    assert_eq!(credential["id"].as_str().unwrap().len(), 36);
    assert_eq!(
        token,
        value!({
            "token_type": "bearer",
            "expires_in": 0,
            "refresh_token": null,
            "scope": app.scopes.join(" "),
            "authenticated_userid": format!("{} ,{}", owner.account_id, owner.eduzz_id),
            "ttl": null,
            "created_at": START,
            "service": null,
            "user": {
                "id": format!("{} ", owner.account_id),
                "eduzzId": owner.eduzz_id,
                "eduzz_id": owner.eduzz_id,
                "nutrorId": owner.nutror_id,
                "nutror_id": owner.nutror_id,
                "name": owner.name,
                "email": owner.email,
                "picture": format!("//cdn.example.com/avatars/{}.png", owner.eduzz_id),
            },
        })
    );
}

#[tokio::test]
async fn body_is_read_by_content_type_or_first_character() {
    let mut browser = Browser::new();
    let app = browser.live();
    let form_in_utf8 = "application/x-www-form-urlencoded; charset=UTF-8";
    for (content_type, as_json) in [
        (Some(JSON), true),
        (Some("Application/JSON; charset=utf-8"), true),
        (Some("text/plain;charset=UTF-8"), true),
        (None, true),
        (Some(FORM), false),
        (Some(form_in_utf8), false),
        (None, false),
    ] {
        let code = browser.code().await;
        let fields = exchange_fields(&app, &code);
        let body = if as_json {
            format!(" {}", json(&fields))
        } else {
            encode(&fields)
        };
        browser.exchange(content_type, body).await.is(200);
    }
}

// Q4
#[tokio::test]
async fn unknown_app_or_code_or_used_code_answers_404() {
    let mut browser = Browser::new();
    let (app, code) = (browser.live(), browser.code().await);
    let good = exchange_fields(&app, &code);
    browser
        .refused(&but(&good, "client_id", "x"), 404, "App not found")
        .await;
    browser
        .refused(&but(&good, "code", "x"), 404, "Token not found")
        .await;
    // A code is of the application that asked for it.
    let trial = browser.trial();
    browser
        .refused(&exchange_fields(&trial, &code), 404, "Token not found")
        .await;
    let token = browser.exchange(Some(JSON), json(&good)).await.is(200).json();
    browser.refused(&good, 404, "Token already used").await;
    // The first token stays valid.
    browser.me(token["access_token"].as_str().unwrap()).await.is(200);
}

#[tokio::test]
async fn invalid_exchange_answers_400_and_keeps_the_code() {
    let mut browser = Browser::new();
    let (app, code) = (browser.live(), browser.code().await);
    let good = exchange_fields(&app, &code);
    let cases = "
        client_secret | x | Invalid client_secret
        redirect_uri | http://127.0.0.1:8484/outro | redirect_uri does not match the authorized redirectTo
        grant_type | password | Unsupported grant_type
        grant_type | refresh_token | Unsupported grant_type
        client_id | | Missing client_id
        client_secret | | Missing client_secret
        code | | Missing code
        redirect_uri | | Missing redirect_uri
        grant_type | | Missing grant_type";
    for [name, wrong, message] in table(cases) {
        let fields = but(&good, name, wrong);
        browser.refused(&fields, 400, message).await;
        let answer = browser.exchange(Some(FORM), encode(&fields)).await.is(400);
        assert_eq!(answer.json(), value!({ "message": message }), "{name}={wrong}");
    }
    browser.exchange(Some(JSON), json(&good)).await.is(200);
}

#[tokio::test]
async fn code_expires_by_the_clock() {
    let mut browser = Browser::new();
    let app = browser.live();
    let (first, second) = (browser.code().await, browser.code().await);
    browser.config.clock.advance(Duration::from_secs(10 * 60 - 1));
    let answer = browser
        .exchange(Some(JSON), json(&exchange_fields(&app, &first)))
        .await
        .is(200);
    assert_eq!(answer.json()["created_at"], START + 599);
    browser.config.clock.advance(Duration::from_secs(1));
    browser
        .refused(&exchange_fields(&app, &second), 400, "Token expired")
        .await;
    // One that was used stays used.
    browser
        .refused(&exchange_fields(&app, &first), 404, "Token already used")
        .await;
}

/// The fields of an exchange of the application's own credentials.
fn credentials(app: &AppConfig) -> [(&str, &str); 3] {
    [
        ("client_id", &app.client_id),
        ("client_secret", &app.client_secret),
        ("grant_type", "client_credentials"),
    ]
}

// Q5
#[tokio::test]
async fn client_credentials_as_a_form_give_the_owners_token() {
    let mut browser = Browser::new();
    let (app, owner) = (browser.trial(), browser.owner());
    let fields = credentials(&app);
    let token = browser.exchange(Some(FORM), encode(&fields)).await.is(200).json();
    assert_eq!(token["scope"], app.scopes.join(" "));
    let me = browser.me(token["access_token"].as_str().unwrap()).await;
    assert_eq!(me.is(200).json()["id"], owner.account_id);

    let message = "client_credentials must be sent as a form";
    browser.refused(&fields, 400, message).await;
    let answer = browser
        .exchange(Some(FORM), encode(&but(&fields, "client_secret", "x")))
        .await;
    assert_eq!(answer.is(400).message(), "Invalid client_secret");
}

#[tokio::test]
async fn body_that_is_not_an_object_is_refused() {
    let mut browser = Browser::new();
    let fields = [r#"{"client_id":1}"#, r#"{"client_id":{}}"#];
    for body in ["", "{", "[]", "null", "\"x\"", "\u{feff}{}"]
        .into_iter()
        .chain(fields)
    {
        let answer = browser.exchange(Some(JSON), body.to_owned()).await.is(400);
        assert_general_form(&answer.json());
    }
    // A null is a field that is not there.
    let answer = browser
        .exchange(Some(JSON), r#"{"client_id":null}"#.to_owned())
        .await;
    assert_eq!(answer.is(400).message(), "Missing client_id");
}

#[tokio::test]
async fn body_of_more_than_a_mebibyte_is_too_large() {
    let mut browser = Browser::new();
    let answer = browser
        .exchange(Some(JSON), " ".repeat(1024 * 1024 + 1))
        .await
        .is(413);
    assert_general_form(&answer.json());
    browser
        .exchange(Some(JSON), " ".repeat(1024 * 1024))
        .await
        .is(400);
    let too_large = "x".repeat(1024 * 1024);
    let page = browser
        .post("/oauth/authorize/answer", &[("answer", &too_large)])
        .await;
    page.is(413).says("Formulário grande demais");
}

#[tokio::test]
async fn unknown_owner_gives_no_token() {
    let mut browser = Browser::with(|config| config.apps[0].owner = "nobody".to_owned());
    let fields = encode(&credentials(&browser.live()));
    let answer = browser.exchange(Some(FORM), fields).await.is(400);
    assert_eq!(answer.message(), "Account not found");
}

fn assert_general_form(body: &Value) {
    for name in ["code", "message", "link"] {
        assert!(body[name].is_string(), "{body}");
    }
    assert!(body["debug"].is_object(), "{body}");
}
