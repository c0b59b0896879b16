//! The API side: who is let in, how often, and what is not there.

use std::time::Duration;

use eduzz_sandbox::Pace;
use http::Method;
use http::header::{ALLOW, RETRY_AFTER, WWW_AUTHENTICATE};
use serde_json::json as value;

use crate::browser::Browser;
use crate::cases::table;

const ME: &str = "/accounts/v1/me";

#[tokio::test]
async fn me_with_a_token_gives_its_account() {
    let mut browser = Browser::new();
    let owner = browser.owner();
    let token = browser.token().await["access_token"].as_str().unwrap().to_owned();
    let expected = value!({ "id": owner.account_id, "name": owner.name, "email": owner.email });
    for scheme in ["bearer", "Bearer", "BEARER"] {
        let authorization = format!("{scheme} {token}");
        let me = browser.call(Method::GET, ME, Some(&authorization)).await;
        assert_eq!(me.is(200).json(), expected);
    }
}

#[tokio::test]
async fn personal_token_works_without_a_sign_in() {
    let mut browser = Browser::new();
    for person in browser.config.people.clone() {
        assert!(person.personal_token.starts_with("edzpap_invented"));
        let me = browser.me(&person.personal_token).await.is(200).json();
        assert_eq!(me["id"], person.account_id);
    }
}

// Q16
#[tokio::test]
async fn call_without_a_valid_token_is_unauthorized() {
    let mut browser = Browser::new();
    for (authorization, error) in [
        (None, "invalid_request"),
        (Some("Basic eDp5"), "invalid_request"),
        (Some("bearer"), "invalid_request"),
        (Some("bearer x"), "invalid_token"),
        (Some("bearer  "), "invalid_request"),
    ] {
        let answer = browser.call(Method::GET, ME, authorization).await.is(401);
        assert_eq!(answer.json()["error"], error, "{authorization:?}");
        assert!(answer.json()["error_description"].is_string());
        let challenge = answer.headers[WWW_AUTHENTICATE].to_str().unwrap();
        assert!(challenge.starts_with("Bearer"));
    }
}

#[tokio::test]
async fn thirty_first_request_of_a_minute_is_refused() {
    let mut browser = Browser::new();
    let clock = browser.config.clock.clone();
    let (token, other) = (browser.owner().personal_token, browser.stranger().personal_token);
    for _ in 0..29 {
        browser.me(&token).await.is(200);
    }
    clock.advance(Duration::from_millis(20_500));
    browser.me(&token).await.is(200);
    let answer = browser.me(&token).await.is(429);
    assert_eq!(answer.headers[RETRY_AFTER], "40"); // 39.5 s, rounded up
    assert!(answer.json()["message"].is_string() && answer.json()["code"].is_string());
    // Another token is another count, and what is refused does not count.
    browser.me(&other).await.is(200);
    for _ in 0..100 {
        browser.me(&token).await.is(429);
    }
    clock.advance(Duration::from_millis(39_499));
    let answer = browser.me(&token).await.is(429);
    assert_eq!(answer.headers[RETRY_AFTER], "1");
    clock.advance(Duration::from_millis(1));
    for _ in 0..29 {
        browser.me(&token).await.is(200);
    }
    browser.me(&token).await.is(429);
}

#[tokio::test]
async fn pace_can_be_changed_and_turned_off() {
    let mut browser = Browser::with(|config| config.pace = None);
    let token = browser.owner().personal_token;
    for _ in 0..200 {
        browser.me(&token).await.is(200);
    }
    let pace = Pace {
        requests: 0,
        ..Pace::default()
    };
    let mut browser = Browser::with(|config| config.pace = Some(pace));
    let answer = browser.me(&token).await.is(429);
    assert_eq!(answer.headers[RETRY_AFTER], "60");
}

#[tokio::test]
async fn unknown_path_answers_in_the_general_form() {
    let mut browser = Browser::new();
    let token = format!("bearer {}", browser.owner().personal_token);
    let cases = "
        GET | /accounts/v1/you | 404
        GET | /accounts/v1/me/ | 404
        GET | /accounts/v1 | 404
        POST | /accounts/v1/me | 405
        GET | /oauth/token | 405
        DELETE | /oauth/authorize | 405";
    for [method, path, status] in table(cases) {
        let method = Method::try_from(method).unwrap();
        let answer = browser.call(method, path, Some(&token)).await;
        assert_eq!(answer.status.as_str(), status, "{path}");
        let body = answer.json();
        assert_eq!(body["code"], format!("SANDBOX_{status}"), "{path}");
        let is_general = body["message"].is_string() && body["link"].is_string() && body["debug"].is_object();
        assert!(is_general, "{path}");
        assert_eq!(answer.headers.contains_key(ALLOW), status == "405", "{path}");
    }
}
