//! Secrets and personal data pushed through everything that this crate prints.

use eduzz_oauth::{App, ExchangeError, Session, SignedOut, State};
use eduzz_testkit::canary;
use eduzz_types::Timestamp;
use eduzz_wire::{EndpointExt as _, Origins, Sent};
use serde_json::json;

use crate::support::*;

fn app() -> App {
    App::new(CLIENT_ID, canary::SECRET, RETURN_URL).unwrap()
}

/// A sign-in whose state has the canary's bytes.
fn begin() -> (eduzz_oauth::Authorization, String) {
    let bytes: [u8; 20] = canary::SECRET.as_bytes()[..20].try_into().unwrap();
    let sign_in = app().authorize(&Origins::production(), State::from_random(bytes));
    let state = sign_in.url().rsplit_once("state=").unwrap().1.to_owned();
    (sign_in, state)
}

#[test]
fn steps_of_the_sign_in_print_no_secret() {
    canary::debug_is_clean(&app());
    let (sign_in, state) = begin();
    let is_clean = |value: &dyn std::fmt::Debug| {
        canary::debug_is_clean(value);
        assert!(!format!("{value:#?}").contains(&state), "the state is printed");
    };
    is_clean(&sign_in);
    let pending = sign_in.into_pending();
    is_clean(&pending);
    let exchange = pending
        .returned(&app(), &format!("code={}&state={state}", canary::SECRET))
        .unwrap();
    is_clean(&exchange);
    let request = exchange.request(&Origins::production(), None).unwrap();
    assert!(
        !request.uri().to_string().contains(canary::SECRET),
        "no secret in a URL"
    );
    canary::debug_is_clean(request.headers());
    let body = json!({
        "access_token": canary::SECRET, "refresh_token": canary::SECRET, "scope": "a",
        "user": { "id": "1", "name": canary::PERSONAL, "email": canary::PERSONAL, "picture": canary::PERSONAL },
    });
    let reply = exchange.answered(&answer(200, &body.to_string())).unwrap();
    canary::debug_is_clean(&reply);
    let grant = reply.received(Timestamp::from_unix(0));
    canary::debug_is_clean(&grant);
    canary::debug_is_clean(&Session::signed_in(grant));
}

#[test]
fn errors_print_no_secret_and_no_text_of_the_service() {
    let exchange = || {
        let (sign_in, state) = begin();
        sign_in
            .into_pending()
            .returned(&app(), &format!("code={}&state={state}", canary::SECRET))
            .unwrap()
    };
    let quoting = format!("{} {}", canary::SECRET, canary::PERSONAL);
    for (status, body) in [
        (
            404,
            json!({ "message": quoting, "code": quoting, "link": quoting, "debug": quoting, "errors": [{ "field": quoting }] }),
        ),
        (400, json!({ "error": quoting, "error_description": quoting })),
        (200, json!({ "access_token": 7, "user": quoting })),
        (
            200,
            json!({ "access_token": canary::SECRET, "user": { "id": { quoting.as_str(): 1 } } }),
        ),
        (
            200,
            json!({ "access_token": canary::SECRET, "created_at": quoting, "expires_in": quoting }),
        ),
        (
            200,
            json!({ "access_token": canary::SECRET, "credential": quoting }),
        ),
        (500, json!(quoting)),
    ] {
        match exchange().answered(&answer(status, &body.to_string())) {
            Ok(reply) => canary::debug_is_clean(&reply),
            Err(error) => canary::error_is_clean(&error),
        }
    }
    canary::error_is_clean(&exchange().unanswered(Sent::NotSent));
    canary::error_is_clean(&exchange().unanswered(Sent::MaybeSent));
    let error: ExchangeError = exchange().answered(&answer(302, &quoting)).unwrap_err();
    canary::error_is_clean(&error);
}

#[test]
fn steps_name_themselves_when_printed() {
    let (authorization, _) = begin();
    let pending = format!("{:?}", authorization.into_pending());
    assert!(
        pending.contains("Pending") && pending.contains("return_url"),
        "{pending}"
    );
    let state = State::from_random([7; 32]);
    assert_eq!(format!("{state:?}"), "State(***)");
    for (why, text) in [
        (SignedOut::Never, "sign in first"),
        (SignedOut::Expired, "expired"),
        (SignedOut::Rejected, "no longer accepts"),
    ] {
        assert!(why.to_string().contains(text), "{why}");
    }
}
