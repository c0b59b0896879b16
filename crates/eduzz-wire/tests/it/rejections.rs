//! The kind of a rejection, for all error forms.

use std::time::Duration;

use eduzz_testkit::canary;
use eduzz_wire::{
    Backoff, Call, Endpoint, EndpointExt as _, Failure, Rejection, RejectionKind, Repeat, ResponseError,
    Route, UnreadableReason,
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
    let table = r#"
        301  Redirect
        302  Redirect          <html></html>
        400  Malformed
        400  Invalid           {"code":"0010","message":"x","errors":[{"field":"title","message":"x"}]}
        400  Malformed         {"code":5,"message":"x","errors":[]}
        401  InvalidToken      {"error":"invalid_token","error_description":"x"}
        401  InvalidToken      {"status":401,"message":"Unauthorized"}
        401  InvalidToken      <html></html>
        403  MissingScope      {"status":403,"message":"Forbbiden scope invalid"}
        403  MissingScope      {"error":"insufficient_scope"}
        403  MissingScope      {"message":"Escopo insuficiente"}
        403  Forbidden         {"code":11,"message":"no permission"}
        404  NotFound          {"message":"Sale not found."}
        404  ReceiverFailed    {"statusCode":500,"body":"x","timeTaken":1}
        404  ReceiverFailed    {"statusCode":"500","timeTaken":184.25}
        404  ReceiverFailed    {"statusCode":null,"body":"","timeTaken":1}
        404  NotFound          {"statusCode":404,"message":"Cannot GET /x","error":"Not Found"}
        405  MethodNotAllowed
        409  Conflict          {"code":91,"message":"blocked"}
        411  Forbidden         {"code":6,"message":"no admin permission"}
        411  Other
        418  Other
        422  Invalid           {"message":"validation error"}
        429  TooManyRequests
        500  ServerFailed      {"code":33,"message":"delete failed"}
        502  Unavailable       <html></html>
        503  Unavailable
        504  Unavailable
        599  ServerFailed
    "#;
    for line in table.trim().lines() {
        let (status, rest) = line.trim().split_once("  ").unwrap();
        let (kind, body) = rest.split_once(' ').unwrap_or((rest, ""));
        let rejection = rejection(Response::builder().status(status), body.trim());
        assert_eq!(format!("{:?}", rejection.kind()), kind, "{line}");
    }
}

#[test]
fn message_names_route_status_kind_and_code() {
    let body = r#"{"code":"ERR_NF404","message":"x"}"#;
    assert_eq!(
        rejection(Response::builder().status(404), body).to_string(),
        "GET /product/v1/things was rejected with 404: the resource does not exist (code ERR_NF404)"
    );
}

#[test]
fn rejection_prints_a_plain_code_and_nothing_else_of_the_body() {
    let body = json!({ "message": canary::PERSONAL, "code": canary::SECRET, "errors": [{ "field": canary::PERSONAL }] });
    let response = Response::builder().status(422).header("x-a", canary::PERSONAL);
    let rejection = rejection(response, &body.to_string());
    canary::error_is_clean(&rejection);
    let problem = rejection.problem.as_ref().unwrap();
    assert_eq!(problem.fields()[0].field.as_deref(), Some(canary::PERSONAL));
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
    let date = "Sun, 06 Nov 1994 08:49:37 GMT";
    let a_minute_before = wait(date, Some("Sun, 06 Nov 1994 08:48:37 GMT"));
    assert_eq!(a_minute_before, Some(Duration::from_secs(60)));
    let a_day_after = wait(date, Some("Mon, 07 Nov 1994 08:48:37 GMT"));
    assert_eq!(a_day_after, Some(Duration::ZERO));
    for value in ["-1", "soon", "", "1.5", "+1", "1e9"] {
        assert_eq!(wait(value, None), None, "{value}");
    }
}

#[test]
fn retry_after_that_cannot_be_counted_is_the_longest_wait() {
    let rejection = |value: &str, date: Option<&str>| {
        let response = Response::builder().status(429).header("retry-after", value);
        rejection(response.header("date", date.unwrap_or("never")), "")
    };
    let longest = Duration::from_secs(u64::MAX);
    for value in ["18446744073709551615", "18446744073709551616", &"9".repeat(500)] {
        assert_eq!(rejection(value, None).retry_after, Some(longest), "{value}");
    }
    // Without the answer's own date, a moment is no wait: the longest that the default obeys.
    let moment = rejection("Sun, 06 Nov 1994 08:49:37 GMT", None);
    assert_eq!(moment.retry_after, Some(Backoff::default().retry_after_ceiling));
    for (failure, retried) in [
        (Failure::from(&rejection("18446744073709551616", None)), false),
        (Failure::from(&moment), true),
    ] {
        let wait = Backoff::default().wait(Repeat::Safe, 1, failure, 0);
        assert_eq!(wait, retried.then_some(Backoff::default().retry_after_ceiling));
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
        let error = read(404, body).unwrap_err();
        let rejection = error.rejection().expect("a rejection");
        assert_eq!(rejection.kind(), RejectionKind::NotFound);
        assert_eq!(rejection.body, body.as_bytes());
        assert!(read(200, body).unwrap_err().unreadable().is_some(), "{body}");
    }
    // Any other status is a rejection, whatever its body.
    for status in [300, 400, 405, 500] {
        assert!(!Test::ROUTE.answers_with(status.try_into().unwrap()));
        let error = read(status, r#"{"code":503}"#).unwrap_err();
        assert!(error.rejection().is_some(), "{status}");
    }
}
