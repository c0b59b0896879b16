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

#[test]
fn dialect_of_2020_leaves_the_return_url_out_of_the_exchange() {
    for body in [TokenBody::Json, TokenBody::Form] {
        let dialect = Dialect::of_2020().token_body(body);
        let exchange = pending()
            .returned(&app().with_dialect(dialect), &callback())
            .unwrap();
        let mut expected = sent(&crate::support::exchange());
        expected.as_object_mut().unwrap().remove("redirect_uri");
        let bytes = request(&exchange).into_body();
        let fields: serde_json::Map<String, serde_json::Value> = match body {
            TokenBody::Form => form_urlencoded::parse(&bytes)
                .map(|(name, value)| (name.into_owned(), value.into_owned().into()))
                .collect(),
            _ => serde_json::from_slice(&bytes).unwrap(),
        };
        assert_eq!(json!(fields), expected);
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
    // The status, the kind, and the message; or the whole body.
    let table = r#"
        404  AppUnknown         App not found
        404  AppUnknown         Application not found.
        404  CodeUnknown        Token not found
        404  CodeUnknown        Code not found
        404  CodeUnknown        Código não encontrado
        404  CodeSpent          Token already used
        404  CodeSpent          Código já utilizado
        404  CodeSpent          Token_already_used
        404  AppUnknown         {"error":"App_not_found"}
        404  UserUnknown        User_not_found
        404  UserUnknown        {"error":"User_not_found"}
        400  UserUnknown        Usuário não encontrado
        404  CodeUnknown        Code not found for this user
        404  CodeOrAppUnknown   User already used
        404  CodeOrAppUnknown   Not found
        404  CodeOrAppUnknown   App token not found
        404  CodeOrAppUnknown   apparently nothing
        404  CodeOrAppUnknown   {}
        404  CodeOrAppUnknown   []
        404  CodeOrAppUnknown   {"message":{"pt":"App not found"}}
        400  CodeExpired        Token expired
        400  CodeExpired        {"error":"invalid_grant","error_description":"The code expired"}
        400  WrongSecret        Invalid secret
        401  Unclear            {"error":"invalid_client"}
        401  AppUnknown         {"error":"invalid_client","error_description":"Client authentication failed (unknown client)"}
        400  WrongSecret        Client secret expired
        400  ReturnUrlMismatch  redirect_uri does not match
        400  Unclear            Bad Request
        400  Unclear            wrong secret or redirect_uri
        400  Unclear            {"error":"invalid_grant","error_description":"RFC 6749"}
        400  ReturnUrlMismatch  The redirect_uri used is not registered
        400  Unclear            The client_id is already in use
        404  CodeOrAppUnknown   Token not found or already used
        404  CodeOrAppUnknown   Token not found or expired
        404  CodeOrAppUnknown   Cannot POST /oauth/token
        404  CodeOrAppUnknown   Secret not found
        403  Unclear            {}
        422  Unclear            validation error
        429  TooManyRequests    {}
        302  Redirected         {}
        500  ServiceFailed      Internal server error
        418  Other              {}
    "#;
    // RFC 6749's example lists every possible reason.
    let every_reason = "The provided authorization grant (e.g., authorization code) is invalid, expired, \
        revoked, does not match the redirection URI used in the authorization request, or was issued to \
        another client.";
    for line in table.trim().lines() {
        let [status, kind, text] = line.trim().splitn(3, "  ").collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        let body = match text.trim() {
            body if body.starts_with(['{', '[']) => body.replace("RFC 6749", every_reason),
            message => json!({ "message": message }).to_string(),
        };
        let refusal = refusal(status.parse().unwrap(), &body);
        assert_eq!(format!("{refusal:?}"), kind, "{line}");
    }
    use ExchangeRefusal::*;
    assert_eq!(refusal(502, "<html>502 Bad Gateway</html>"), ServiceFailed);
    assert_eq!(refusal(404, "<html>App not found</html>"), CodeOrAppUnknown);
}

#[test]
fn refusals_have_distinct_texts() {
    use ExchangeRefusal::*;
    let codes = [
        AppUnknown,
        CodeUnknown,
        CodeSpent,
        CodeExpired,
        UserUnknown,
        CodeOrAppUnknown,
    ];
    let others = [
        WrongSecret,
        ReturnUrlMismatch,
        Unclear,
        TooManyRequests,
        Redirected,
        ServiceFailed,
        Other,
    ];
    let texts = codes.iter().chain(&others).map(|kind| kind.as_str());
    assert_eq!(texts.collect::<HashSet<_>>().len(), 13);
}

#[test]
fn success_without_a_token_is_unreadable() {
    for (body, reason) in [
        ("{}", UnreadableReason::Shape),
        (r#"{"access_token":""}"#, UnreadableReason::Shape),
        (r#"{"access_token":null}"#, UnreadableReason::Shape),
        (r#"{"access_token":"invented","#, UnreadableReason::Cut),
        ("<html>login</html>", UnreadableReason::Html),
        ("", UnreadableReason::Empty),
        ("ok", UnreadableReason::NotJson),
        ("User_not_found", UnreadableReason::NotJson),
        ("access_token=invented", UnreadableReason::NotJson),
    ] {
        match exchange().answered(&answer(200, body)) {
            Err(ExchangeError::Unreadable(unreadable)) => {
                assert_eq!(unreadable.reason(), reason, "{body}");
                assert_eq!(unreadable.body, body.as_bytes());
                let says_so = unreadable.source.to_string().contains("not JSON");
                let is_json = !matches!(reason, UnreadableReason::NotJson | UnreadableReason::Html);
                assert_eq!(says_so, !is_json, "{}", unreadable.source);
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
    let lost = exchange().unanswered(Sent::MaybeSent);
    assert!(matches!(lost, ExchangeError::CodeFateUnknown));
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
    let reply = call.response(&answer(200, r#"{"access_token":"invented"}"#));
    let grant = reply.unwrap().received(Timestamp::from_unix(0));
    assert_eq!(grant.kind(), GrantKind::Application);
    assert_eq!(ClientCredentials::ROUTE.to_string(), "POST /oauth/token");
    assert!(!format!("{call:?}").contains(SECRET));
}
