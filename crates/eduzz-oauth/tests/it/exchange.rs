//! The exchange: its request and every answer.

use std::collections::HashSet;

use eduzz_oauth::undocumented::ClientCredentials;
use eduzz_oauth::{Dialect, ExchangeCode, ExchangeError, ExchangeRefusal, GrantKind, TokenBody};
use eduzz_testkit::endpoint;
use eduzz_types::Timestamp;
use eduzz_wire::{Endpoint as _, EndpointExt as _, Sent, UnreadableReason};
use serde_json::json;

use crate::support::*;

#[test]
fn exchange_has_the_generic_properties() {
    endpoint::check_value(&exchange(), "oauth", "exchange_code");
    let required = endpoint::required::<ExchangeCode>("oauth", "exchange_code");
    assert_eq!(required, "oauth/exchange_code: /access_token\n");
}

#[test]
fn form_body_has_the_fields_of_the_json_body() {
    let app = app().with_dialect(Dialect::default().token_body(TokenBody::Form));
    let exchange = pending().returned(&app, &callback()).unwrap();
    let request = request(&exchange);
    let fields: Vec<(String, String)> = form_urlencoded::parse(request.body()).into_owned().collect();
    let json = sent(&crate::support::exchange());
    assert_eq!(fields.len(), json.as_object().unwrap().len());
    for (name, value) in fields {
        assert_eq!(json[&name], value);
    }
}

fn refusal(status: u16, body: &str) -> ExchangeRefusal {
    match exchange().answered(&answer(status, body)) {
        Err(ExchangeError::Refused(refused)) => {
            assert_eq!(refused.rejection.status.as_u16(), status);
            assert_eq!(refused.rejection.body, body.as_bytes());
            refused.kind
        }
        other => panic!("{status} {body}: {other:?}"),
    }
}

#[test]
fn refusal_follows_status_and_words() {
    use ExchangeRefusal::*;
    let message = |text: &str| json!({ "message": text });
    for (status, body, kind) in [
        (404, message("App not found"), AppUnknown),
        (404, message("Application not found."), AppUnknown),
        (404, message("Token not found"), CodeUnknown),
        (404, message("Code not found"), CodeUnknown),
        (404, message("Código não encontrado"), CodeUnknown),
        (404, message("Token already used"), CodeSpent),
        (404, message("Código já utilizado"), CodeSpent),
        (404, message("Not found"), CodeOrAppUnknown),
        (404, message("App token not found"), CodeOrAppUnknown),
        (404, message("apparently nothing"), CodeOrAppUnknown),
        (404, json!({}), CodeOrAppUnknown),
        (404, json!([]), CodeOrAppUnknown),
        (
            404,
            json!({ "message": { "pt": "App not found" } }),
            CodeOrAppUnknown,
        ),
        (400, message("Token expired"), CodeExpired),
        (
            400,
            json!({ "error": "invalid_grant", "error_description": "The code expired" }),
            CodeExpired,
        ),
        (400, message("Invalid secret"), WrongSecret),
        (401, json!({ "error": "invalid_client" }), Unclear),
        (
            401,
            json!({ "error": "invalid_client", "error_description": "Client authentication failed (unknown client)" }),
            AppUnknown,
        ),
        (400, message("Client secret expired"), WrongSecret),
        (400, message("redirect_uri does not match"), ReturnUrlMismatch),
        (400, message("Bad Request"), Unclear),
        (400, message("wrong secret or redirect_uri"), Unclear),
        // RFC 6749's example lists every possible reason.
        (
            400,
            json!({ "error": "invalid_grant", "error_description": "The provided authorization grant (e.g., authorization code) is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client." }),
            Unclear,
        ),
        (
            400,
            message("The redirect_uri used is not registered"),
            ReturnUrlMismatch,
        ),
        (400, message("The client_id is already in use"), Unclear),
        (404, message("Token not found or already used"), CodeOrAppUnknown),
        (404, message("Token not found or expired"), CodeOrAppUnknown),
        (404, message("Cannot POST /oauth/token"), CodeOrAppUnknown),
        (404, message("Secret not found"), CodeOrAppUnknown),
        (403, json!({}), Unclear),
        (422, message("validation error"), Unclear),
        (429, json!({}), TooManyRequests),
        (302, json!({}), Redirected),
        (500, message("Internal server error"), ServiceFailed),
        (418, json!({}), Other),
    ] {
        assert_eq!(refusal(status, &body.to_string()), kind, "{status} {body}");
    }
    assert_eq!(refusal(502, "<html>502 Bad Gateway</html>"), ServiceFailed);
    assert_eq!(refusal(404, "<html>App not found</html>"), CodeOrAppUnknown);
}

#[test]
fn refusals_have_distinct_texts() {
    use ExchangeRefusal::*;
    let all = [
        AppUnknown,
        CodeUnknown,
        CodeSpent,
        CodeExpired,
        CodeOrAppUnknown,
        WrongSecret,
        ReturnUrlMismatch,
        Unclear,
        TooManyRequests,
        Redirected,
        ServiceFailed,
        Other,
    ];
    assert_eq!(
        all.iter().map(|kind| kind.as_str()).collect::<HashSet<_>>().len(),
        all.len()
    );
}

#[test]
fn success_without_a_token_is_unreadable() {
    for (body, reason) in [
        ("{}", UnreadableReason::Shape),
        (r#"{"access_token":""}"#, UnreadableReason::Shape),
        (
            r#"{"access_token":null,"token_type":"bearer"}"#,
            UnreadableReason::Shape,
        ),
        (r#"{"access_token":"invented","#, UnreadableReason::Cut),
        ("<html>login</html>", UnreadableReason::Html),
        ("", UnreadableReason::Empty),
        ("ok", UnreadableReason::NotJson),
    ] {
        match exchange().answered(&answer(200, body)) {
            Err(ExchangeError::Unreadable(unreadable)) => {
                assert_eq!(unreadable.reason(), reason, "{body}");
                assert_eq!(unreadable.body, body.as_bytes());
            }
            other => panic!("{body}: {other:?}"),
        }
    }
}

#[test]
fn unanswered_exchange_gives_the_code_back_only_if_not_sent() {
    let first = request(&exchange());
    let Err::<(), _>(ExchangeError::NotSent(again)) = Err(exchange().unanswered(Sent::NotSent)) else {
        panic!("the code")
    };
    assert_eq!(request(&*again).body(), first.body());
    assert!(matches!(
        exchange().unanswered(Sent::MaybeSent),
        ExchangeError::CodeFateUnknown
    ));
}

#[test]
fn client_credentials_give_an_application_grant() {
    let app = app();
    let call = ClientCredentials::of(&app);
    let request = request(&call);
    let fields: Vec<(String, String)> = form_urlencoded::parse(request.body()).into_owned().collect();
    let expected = [
        ("client_id", CLIENT_ID),
        ("client_secret", SECRET),
        ("grant_type", "client_credentials"),
    ];
    assert_eq!(
        fields,
        expected.map(|(name, value)| (name.to_owned(), value.to_owned()))
    );
    let reply = call
        .response(&answer(200, r#"{"access_token":"invented"}"#))
        .unwrap();
    assert_eq!(
        reply.received(Timestamp::from_unix(0)).kind(),
        GrantKind::Application
    );
    assert_eq!(ClientCredentials::ROUTE.to_string(), "POST /oauth/token");
    assert!(!format!("{call:?}").contains(SECRET));
}
