//! The exchange: what is sent, and what every answer means.

use std::collections::HashSet;

use eduzz_oauth::undocumented::ClientCredentials;
use eduzz_oauth::{Dialect, ExchangeCode, ExchangeError, ExchangeRefusal, GrantKind, TokenBody};
use eduzz_testkit::endpoint;
use eduzz_types::Timestamp;
use eduzz_wire::{Endpoint as _, EndpointExt as _, Origins, Sent, UnreadableReason};
use serde_json::json;

use crate::support::{CLIENT_ID, CODE, SECRET, STATE, answer, app, exchange, pending};

#[test]
fn the_generic_properties() {
    endpoint::check_value(&exchange(), "oauth", "exchange_code");
    let required = endpoint::required::<ExchangeCode>("oauth", "exchange_code");
    assert_eq!(required, "oauth/exchange_code: /access_token\n");
}

#[test]
fn a_form_body_says_the_same() {
    let app = app().with_dialect(Dialect::default().token_body(TokenBody::Form));
    let exchange = pending()
        .returned(&app, &format!("code={CODE}&state={STATE}"))
        .unwrap();
    let request = exchange.request(&Origins::production(), None).unwrap();
    let fields: Vec<(String, String)> = form_urlencoded::parse(request.body()).into_owned().collect();
    let json = crate::support::exchange()
        .request(&Origins::production(), None)
        .unwrap();
    let json: serde_json::Value = serde_json::from_slice(json.body()).unwrap();
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
fn every_refusal_is_told_as_far_as_its_words_tell() {
    use ExchangeRefusal::*;
    for (status, body, kind) in [
        (404, json!({ "message": "App not found" }), AppUnknown),
        (404, json!({ "message": "Application not found." }), AppUnknown),
        (404, json!({ "message": "Token not found" }), CodeUnknown),
        (404, json!({ "message": "Code not found" }), CodeUnknown),
        (404, json!({ "message": "Código não encontrado" }), CodeUnknown),
        (404, json!({ "message": "Token already used" }), CodeSpent),
        (404, json!({ "message": "Código já utilizado" }), CodeSpent),
        (404, json!({ "message": "Not found" }), CodeOrAppUnknown),
        (404, json!({ "message": "App token not found" }), CodeOrAppUnknown),
        (404, json!({ "message": "apparently nothing" }), CodeOrAppUnknown),
        (404, json!({}), CodeOrAppUnknown),
        (404, json!([]), CodeOrAppUnknown),
        (
            404,
            json!({ "message": { "pt": "App not found" } }),
            CodeOrAppUnknown,
        ),
        (400, json!({ "message": "Token expired" }), CodeExpired),
        (
            400,
            json!({ "error": "invalid_grant", "error_description": "The code expired" }),
            CodeExpired,
        ),
        (400, json!({ "message": "Invalid secret" }), WrongSecret),
        (401, json!({ "error": "invalid_client" }), Unclear),
        (
            401,
            json!({ "error": "invalid_client", "error_description": "Client authentication failed (unknown client)" }),
            AppUnknown,
        ),
        (400, json!({ "message": "Client secret expired" }), WrongSecret),
        (
            400,
            json!({ "message": "redirect_uri does not match" }),
            ReturnUrlMismatch,
        ),
        (400, json!({ "message": "Bad Request" }), Unclear),
        (400, json!({ "message": "wrong secret or redirect_uri" }), Unclear),
        // RFC 6749's own sentence names all that it may have been.
        (
            400,
            json!({ "error": "invalid_grant", "error_description": "The provided authorization grant (e.g., authorization code) is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client." }),
            Unclear,
        ),
        (
            400,
            json!({ "message": "The redirect_uri used is not registered" }),
            ReturnUrlMismatch,
        ),
        (
            400,
            json!({ "message": "The client_id is already in use" }),
            Unclear,
        ),
        (
            404,
            json!({ "message": "Token not found or already used" }),
            CodeOrAppUnknown,
        ),
        (
            404,
            json!({ "message": "Token not found or expired" }),
            CodeOrAppUnknown,
        ),
        (
            404,
            json!({ "message": "Cannot POST /oauth/token" }),
            CodeOrAppUnknown,
        ),
        (404, json!({ "message": "Secret not found" }), CodeOrAppUnknown),
        (403, json!({}), Unclear),
        (422, json!({ "message": "validation error" }), Unclear),
        (429, json!({}), TooManyRequests),
        (302, json!({}), Redirected),
        (500, json!({ "message": "Internal server error" }), ServiceFailed),
        (418, json!({}), Other),
    ] {
        assert_eq!(refusal(status, &body.to_string()), kind, "{status} {body}");
    }
    assert_eq!(refusal(502, "<html>502 Bad Gateway</html>"), ServiceFailed);
    assert_eq!(refusal(404, "<html>App not found</html>"), CodeOrAppUnknown);
}

#[test]
fn every_refusal_says_what_to_do() {
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
fn a_success_without_a_token_is_unreadable() {
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
fn without_an_answer_the_code_comes_back_only_if_it_was_not_sent() {
    let first = exchange().request(&Origins::production(), None).unwrap();
    let Err::<(), _>(ExchangeError::NotSent(again)) = Err(exchange().unanswered(Sent::NotSent)) else {
        panic!("the code")
    };
    assert_eq!(
        again.request(&Origins::production(), None).unwrap().body(),
        first.body()
    );
    assert!(matches!(
        exchange().unanswered(Sent::MaybeSent),
        ExchangeError::CodeFateUnknown
    ));
}

#[test]
fn a_token_for_the_application_itself() {
    let app = app();
    let call = ClientCredentials::of(&app);
    let request = call.request(&Origins::production(), None).unwrap();
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
