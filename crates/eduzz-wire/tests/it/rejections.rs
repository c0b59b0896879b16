//! The kind of a rejection, for all error forms.

use std::time::Duration;

use eduzz_testkit::canary;
use eduzz_wire::{
    Call, Endpoint, EndpointExt as _, Rejection, RejectionKind, ResponseError, Route, UnreadableReason,
};
use http::Response;
use serde_json::json;

struct Thing;

impl Endpoint for Thing {
    const ROUTE: Route = Route::get("/product/v1/things");
    type Output = serde_json::Map<String, serde_json::Value>;
    fn describe(&self, _: &mut Call) {}
}

fn rejection(response: http::response::Builder, body: &str) -> Rejection {
    match Thing.response(&response.body(body).unwrap()) {
        Err(ResponseError::Rejected(rejection)) => *rejection,
        other => panic!("{other:?}"),
    }
}

#[test]
fn kind_follows_status_and_body() {
    use RejectionKind::*;
    for (status, body, kind) in [
        (301, "", Redirect),
        (302, "<html></html>", Redirect),
        (400, "", Malformed),
        (
            400,
            r#"{"code":"0010","message":"x","errors":[{"field":"title","message":"x"}]}"#,
            Invalid,
        ),
        (400, r#"{"code":5,"message":"x","errors":[]}"#, Malformed),
        (
            401,
            r#"{"error":"invalid_token","error_description":"x"}"#,
            InvalidToken,
        ),
        (401, r#"{"status":401,"message":"Unauthorized"}"#, InvalidToken),
        (401, "<html></html>", InvalidToken),
        (
            403,
            r#"{"status":403,"message":"Forbbiden scope invalid"}"#,
            MissingScope,
        ),
        (403, r#"{"error":"insufficient_scope"}"#, MissingScope),
        (403, r#"{"message":"Escopo insuficiente"}"#, MissingScope),
        (403, r#"{"code":11,"message":"no permission"}"#, Forbidden),
        (404, r#"{"message":"Sale not found."}"#, NotFound),
        (
            404,
            r#"{"statusCode":500,"body":"x","timeTaken":1}"#,
            ReceiverFailed,
        ),
        (404, r#"{"statusCode":"500","timeTaken":184.25}"#, ReceiverFailed),
        (
            404,
            r#"{"statusCode":null,"body":"","timeTaken":1}"#,
            ReceiverFailed,
        ),
        (
            404,
            r#"{"statusCode":404,"message":"Cannot GET /x","error":"Not Found"}"#,
            NotFound,
        ),
        (405, "", MethodNotAllowed),
        (409, r#"{"code":91,"message":"blocked"}"#, Conflict),
        (411, r#"{"code":6,"message":"no admin permission"}"#, Forbidden),
        (411, "", Other),
        (418, "", Other),
        (422, r#"{"message":"validation error"}"#, Invalid),
        (429, "", TooManyRequests),
        (500, r#"{"code":33,"message":"delete failed"}"#, ServerFailed),
        (502, "<html></html>", Unavailable),
        (503, "", Unavailable),
        (504, "", Unavailable),
        (599, "", ServerFailed),
    ] {
        assert_eq!(
            rejection(Response::builder().status(status), body).kind(),
            kind,
            "{status} {body}"
        );
    }
}

#[test]
fn message_names_route_status_kind_and_code() {
    let text = rejection(
        Response::builder().status(404),
        r#"{"code":"ERR_NF404","message":"x"}"#,
    )
    .to_string();
    assert_eq!(
        text,
        "GET /product/v1/things was rejected with 404: the resource does not exist (code ERR_NF404)"
    );
}

#[test]
fn rejection_prints_a_plain_code_and_nothing_else_of_the_body() {
    let body = json!({ "message": canary::PERSONAL, "code": canary::SECRET, "errors": [{ "field": canary::PERSONAL }] });
    let rejection = rejection(
        Response::builder().status(422).header("x-a", canary::PERSONAL),
        &body.to_string(),
    );
    canary::error_is_clean(&rejection);
    assert_eq!(
        rejection.problem.as_ref().unwrap().fields()[0].field.as_deref(),
        Some(canary::PERSONAL)
    );
}

#[test]
fn retry_after_is_read_from_seconds_or_a_date() {
    let wait = |value: &str, date: Option<&str>| {
        let mut response = Response::builder().status(429).header("retry-after", value);
        if let Some(date) = date {
            response = response.header("date", date);
        }
        rejection(response, "").retry_after
    };
    assert_eq!(wait(" 17 ", None), Some(Duration::from_secs(17)));
    assert_eq!(
        wait(
            "Sun, 06 Nov 1994 08:49:37 GMT",
            Some("Sun, 06 Nov 1994 08:48:37 GMT")
        ),
        Some(Duration::from_secs(60))
    );
    assert_eq!(
        wait(
            "Sun, 06 Nov 1994 08:49:37 GMT",
            Some("Mon, 07 Nov 1994 08:48:37 GMT")
        ),
        Some(Duration::ZERO)
    );
    for value in [
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "-1",
        "soon",
        "",
        "1.5",
        "99999999999999999999999",
    ] {
        assert_eq!(wait(value, None), None, "{value}");
    }
}

#[test]
fn unreadable_success_keeps_its_body_and_does_not_print_it() {
    let page = format!("<html>{}</html>", canary::PERSONAL);
    let Err(ResponseError::Unreadable(error)) = Thing.response(&Response::new(&page)) else {
        panic!("a page")
    };
    assert_eq!(error.reason(), UnreadableReason::Html);
    assert_eq!(error.body, page.as_bytes());
    assert_eq!(
        error.to_string(),
        "GET /product/v1/things answered 200 with a body that cannot be read"
    );
    canary::error_is_clean(&*error);
}

#[test]
fn rejection_by_the_token_endpoint_is_client_refused() {
    let route = Route::post("/oauth/token").at_accounts_api();
    let rejection = Rejection::new(route, &Response::builder().status(401).body("").unwrap());
    assert_eq!(rejection.kind(), RejectionKind::ClientRefused);
}

/// The answer of a route that names a status besides 2xx.
#[derive(Debug, PartialEq, serde::Deserialize)]
struct Report {
    code: u16,
}

struct Test;

impl Endpoint for Test {
    const ROUTE: Route = Route::post("/product/v1/tests").also_success(&[404]);
    type Output = Report;
    fn describe(&self, _: &mut Call) {}
}

#[test]
fn status_named_by_the_route_carries_the_answer_or_is_a_rejection() {
    let read =
        |status: u16, body: &str| Test.response(&Response::builder().status(status).body(body).unwrap());
    for status in [200, 201, 404] {
        assert!(Test::ROUTE.answers_with(status.try_into().unwrap()));
        assert_eq!(read(status, r#"{"code":503}"#).unwrap(), Report { code: 503 });
    }
    // Another form is a rejection with a named status, and an unreadable success with 2xx.
    for body in [
        r#"{"message":"not found"}"#,
        "",
        "<html></html>",
        r#"{"code":"#,
        "[1]",
    ] {
        let rejection = read(404, body).unwrap_err();
        let rejection = rejection.rejection().expect("a rejection");
        assert_eq!(
            (rejection.kind(), &*rejection.body),
            (RejectionKind::NotFound, body.as_bytes())
        );
        assert!(read(200, body).unwrap_err().unreadable().is_some(), "{body}");
    }
    // Any other status is a rejection, whatever its body.
    for status in [300, 400, 405, 500] {
        assert!(!Test::ROUTE.answers_with(status.try_into().unwrap()));
        assert!(
            read(status, r#"{"code":503}"#).unwrap_err().rejection().is_some(),
            "{status}"
        );
    }
}
