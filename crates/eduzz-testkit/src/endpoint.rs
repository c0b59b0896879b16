//! Properties of every call, checked on its fixture folder.

use std::any::type_name;
use std::fmt::Debug;

use eduzz_fixtures::{Answer, Fixture};
use eduzz_types::{AccessToken, Acknowledged};
use eduzz_wire::{Endpoint, EndpointExt as _, Origins, ResponseError, Route, Service};
use http::{Method, Response, StatusCode, header};
use proptest::test_runner::{Config, TestRunner};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::meta::{self, Notes};
use crate::{canary, json, model, strategies};

/// Runs every property for a call whose fields can be read from `call` in `meta.json`.
///
/// # Panics
///
/// A property does not hold.
pub fn check<E>(product: &str, endpoint: &str)
where
    E: Endpoint + Serialize + DeserializeOwned + PartialEq + Debug,
    E::Output: Serialize + PartialEq + Debug,
{
    let fixture = fixture(product, endpoint);
    let meta = meta::read(fixture.meta);
    let call: E = serde_json::from_value(meta.call.clone()).expect("`call` has the call's fields");
    // A call with a body is written as the body that it sends.
    if E::ROUTE.method() == Method::GET {
        let written = serde_json::to_value(&call).expect("a call is written");
        let again: E = serde_json::from_value(written).expect("and read");
        assert_eq!(call, again, "{}: read(write(call)) = call", E::ROUTE);
    }
    sends_nothing_blank::<E>(&meta.call);
    acknowledges_an_empty_success::<E>();
    cites_the_page_of_its_route(&E::ROUTE, &meta.page);
    check_value(&call, product, endpoint);
}

/// Runs every property for a call without serde form (the exchange of a code).
///
/// # Panics
///
/// A property does not hold.
pub fn check_value<E>(call: &E, product: &str, endpoint: &str)
where
    E: Endpoint,
    E::Output: Serialize + PartialEq + Debug,
{
    let fixture = fixture(product, endpoint);
    let meta = meta::read(fixture.meta);
    makes_its_request(call, &meta.request);
    for answer in fixture.answers {
        let notes = meta.notes(answer.name);
        if notes.broken {
            assert!(
                matches!(
                    call.response(&response(answer)),
                    Err(ResponseError::Unreadable(_))
                ),
                "{}",
                answer.name
            );
        } else if is_success(answer) && answer.body.trim_ascii().is_empty() {
            reads_an_empty_success(call, answer);
        } else if is_success(answer) || notes.output {
            assert!(
                call.response(&response(answer)).is_ok(),
                "{}: is an answer with this status",
                answer.name
            );
            model::check::<E::Output>(answer.name, answer.body, notes);
            survives_wrong_kinds(call, answer);
        } else {
            rejects(call, answer);
        }
    }
    for refusal in eduzz_fixtures::REFUSALS {
        rejects(call, refusal);
    }
    keeps_any_response_in_its_error(call);
}

/// One line of a snapshot: the call, and the fields that its output cannot be read without.
///
/// # Panics
///
/// A field is required in one place of a fixture and optional in another.
#[must_use]
pub fn required<E: Endpoint>(product: &str, endpoint: &str) -> String {
    let fixture = fixture(product, endpoint);
    let meta = meta::read(fixture.meta);
    let is_output = |answer: &&Answer| {
        let Notes { broken, output, .. } = meta.notes(answer.name);
        (is_success(answer) || *output) && !broken && !answer.body.trim_ascii().is_empty()
    };
    let outputs = fixture.answers.iter().filter(is_output);
    let name = format!("{product}/{endpoint}");
    let required = model::required::<E::Output>(&name, outputs.map(|answer| answer.body));
    let line = |line, pointer: &String| line + " " + pointer.as_str();
    required.iter().fold(name + ":", line) + "\n"
}

fn is_success(answer: &Answer) -> bool {
    (200..300).contains(&answer.status)
}

fn fixture(product: &str, endpoint: &str) -> &'static Fixture {
    eduzz_fixtures::find(product, endpoint)
        .unwrap_or_else(|| panic!("{product}/{endpoint} has no fixture folder"))
}

fn response(answer: &Answer) -> Response<&'static [u8]> {
    let mut response = Response::new(answer.body);
    *response.status_mut() = StatusCode::from_u16(answer.status).expect("a status");
    response
}

/// The request is valid, has the route's method and segments, and equals `request` of `meta.json`.
fn makes_its_request<E: Endpoint>(call: &E, expected: &Value) {
    let route = E::ROUTE;
    let token = AccessToken::new(canary::SECRET);
    let origins = Origins::production();
    let request = call
        .request(&origins, Some(&token))
        .expect("the call makes a request");

    assert_eq!(request.method().as_str(), expected["method"], "{route}: method");
    assert_eq!(request.method(), route.method(), "{route}: method");
    let target = request
        .uri()
        .path_and_query()
        .expect("a request has a path")
        .as_str();
    assert_eq!(target, expected["target"], "{route}: target");
    match &expected["body"] {
        Value::Null => assert!(request.body().is_empty(), "{route}: no body"),
        Value::String(form) => assert_eq!(request.body(), form.as_bytes(), "{route}: body"),
        body => {
            let sent: Value = serde_json::from_slice(request.body()).expect("a JSON body");
            assert_eq!(&sent, body, "{route}: body");
            assert_eq!(
                request.headers()[header::CONTENT_TYPE],
                "application/json",
                "{route}"
            );
        }
    }

    let segments = |path: &str| path.split('/').count();
    assert_eq!(
        segments(request.uri().path()),
        segments(route.template()),
        "{route}: segments"
    );
    for (written, planned) in request.uri().path().split('/').zip(route.template().split('/')) {
        assert!(
            planned.starts_with(':') || written == planned,
            "{route}: {written} is not {planned}"
        );
    }

    let origin = format!(
        "{}://{}",
        request.uri().scheme_str().unwrap_or(""),
        request.uri().host().unwrap_or("")
    );
    assert_eq!(origin, origins.of(route.service()).to_string(), "{route}: origin");
    assert_eq!(request.headers()[header::ACCEPT], "application/json", "{route}");
    let sends_token = request.headers().contains_key(header::AUTHORIZATION);
    assert_eq!(
        sends_token,
        route.service() == Service::Api,
        "{route}: only the API sees a token"
    );
    canary::debug_is_clean(request.headers());
    assert!(
        !request.uri().to_string().contains(canary::SECRET),
        "{route}: no token in an address"
    );
    if sends_token {
        assert!(
            call.request(&origins, None).is_err(),
            "{route}: nothing is sent without a token"
        );
    }
}

/// A success without a body must not read as a failure.
fn acknowledges_an_empty_success<E: Endpoint>() {
    let is_acknowledged = type_name::<E::Output>() == type_name::<Acknowledged>();
    assert!(
        !is_acknowledged || E::ROUTE.answer_may_be_empty(),
        "{}: needs `empty_body_is_success`",
        E::ROUTE
    );
}

/// A page of the reference is named after the route, so a fixture cannot cite another call's.
fn cites_the_page_of_its_route(route: &Route, page: &str) {
    if page.starts_with("/reference/") {
        let path = route.template().replace('/', "-").replace(':', "");
        let method = route.method().as_str().to_lowercase();
        assert_eq!(page, format!("/reference/api/{method}{path}"), "{route}: page");
    }
}

/// A call that changes data is not sent with a blank required text or id, nor an empty list.
fn sends_nothing_blank<E: Endpoint + Serialize + DeserializeOwned>(call: &Value) {
    if E::ROUTE.method() == Method::GET {
        return;
    }
    let sent = |call: &Value| {
        serde_json::from_value::<E>(call.clone()).is_ok_and(|call| {
            call.request(&Origins::production(), Some(&AccessToken::new(canary::SECRET)))
                .is_ok()
        })
    };
    assert!(sent(call), "{}: the fixture's call is sent", E::ROUTE);
    for place in required_places::<E>(call) {
        let blanks: &[Value] = match call.pointer(&place) {
            Some(Value::String(_) | Value::Number(_)) => &["".into(), " \n".into()],
            Some(Value::Array(_)) => &[json!([]), json!([""]), json!([" "])],
            _ => &[],
        };
        for blank in blanks {
            let blanked = json::with(call, &place, blank.clone());
            assert!(!sent(&blanked), "{}: is not sent with {blanked}", E::ROUTE);
        }
    }
}

/// JSON pointers of the required fields of a call, and of all elements of its lists.
fn required_places<E: DeserializeOwned>(call: &Value) -> Vec<String> {
    let mut places = json::places(call);
    places.retain(|place| {
        json::without(call, place).is_none_or(|without| serde_json::from_value::<E>(without).is_err())
    });
    places
}

/// A success without a body is read as an empty object, if the route allows one.
fn reads_an_empty_success<E: Endpoint>(call: &E, answer: &Answer)
where
    E::Output: PartialEq + Debug,
{
    assert!(
        E::ROUTE.answer_may_be_empty(),
        "{}: the route does not allow an empty body",
        answer.name
    );
    let nothing = call.response(&response(answer)).expect("a success");
    let empty: E::Output = serde_json::from_str("{}").expect("an empty object is read");
    assert_eq!(nothing, empty, "{}", answer.name);
}

/// A place of the wrong kind gives a value or an error that shows no data; it never panics.
fn survives_wrong_kinds<E: Endpoint>(call: &E, answer: &Answer)
where
    E::Output: Debug,
{
    for changed in model::with_wrong_kinds::<E::Output>(answer.body) {
        let mut response = Response::new(changed.as_bytes());
        *response.status_mut() = StatusCode::OK;
        match call.response(&response) {
            // A field that is neither secret nor personal may print its value.
            Ok(_) => {}
            Err(ResponseError::Unreadable(error)) => {
                assert_eq!(
                    error.body,
                    changed.as_bytes(),
                    "{}: the body is kept",
                    answer.name
                );
                canary::error_is_clean(&*error);
            }
            Err(error) => panic!("{}: {error}", answer.name),
        }
    }
}

/// Any other answer is a rejection that keeps status and body.
fn rejects<E: Endpoint>(call: &E, answer: &Answer) {
    let Err(ResponseError::Rejected(rejection)) = call.response(&response(answer)) else {
        panic!("{}: is not a rejection", answer.name);
    };
    assert_eq!(rejection.status.as_u16(), answer.status, "{}", answer.name);
    assert_eq!(rejection.body, answer.body, "{}", answer.name);
    let is_json = answer.name.ends_with(".json");
    assert_eq!(
        rejection.problem.is_some(),
        is_json,
        "{}: an error form is recognised",
        answer.name
    );
    if is_json {
        model::reads_whole::<eduzz_types::Problem>(answer.name, answer.body, &[], &[]);
        model::takes_unknown_keys::<eduzz_types::Problem>(answer.name, answer.body);
    }
}

/// No response panics, and every error has its status and bytes.
fn keeps_any_response_in_its_error<E: Endpoint>(call: &E) {
    let config = Config {
        cases: 64,
        failure_persistence: None,
        ..Config::default()
    };
    let outcome = TestRunner::new(config).run(&strategies::any_response(), |response| {
        match call.response(&response) {
            Ok(_) => assert!(E::ROUTE.answers_with(response.status())),
            Err(ResponseError::Rejected(rejection)) => {
                assert!(!response.status().is_success());
                assert_eq!(rejection.status, response.status());
                assert_eq!(&rejection.body, response.body());
                assert_eq!(&rejection.headers, response.headers());
                let _ = (rejection.kind(), rejection.to_string(), format!("{rejection:?}"));
            }
            Err(ResponseError::Unreadable(unreadable)) => {
                assert!(response.status().is_success());
                assert_eq!(unreadable.status, response.status());
                assert_eq!(&unreadable.body, response.body());
                let _ = (
                    unreadable.reason(),
                    unreadable.to_string(),
                    format!("{unreadable:?}"),
                );
            }
            Err(_) => panic!("an error of an unknown stage"),
        }
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{}: {error}", E::ROUTE));
}
