//! What holds for every call, shown on its fixture folder.

use std::fmt::Debug;

use eduzz_fixtures::{Answer, Fixture};
use eduzz_types::AccessToken;
use eduzz_wire::{Endpoint, EndpointExt as _, Origins, ResponseError, Service, fidelity};
use http::{Response, StatusCode, header};
use proptest::test_runner::{Config, TestRunner};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{canary, json, meta, strategies};

/// Runs every property for a call whose fields can be read from `call.json`.
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
    let call: E = serde_json::from_str(fixture.call).expect("call.json has the call's fields");
    let again: E =
        serde_json::from_value(serde_json::to_value(&call).expect("a call is written")).expect("and read");
    assert_eq!(call, again, "{}: a call reads back as it was written", E::ROUTE);
    check_value(&call, product, endpoint);
}

/// Runs every property for a call that is made in another way (the exchange of a code).
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
    makes_its_request(call, fixture);
    for answer in fixture.answers {
        let notes = meta::notes(fixture, answer);
        if notes.broken {
            assert!(
                matches!(
                    call.response(&response(answer)),
                    Err(ResponseError::Unreadable(_))
                ),
                "{}",
                answer.name
            );
        } else if (200..300).contains(&answer.status) && answer.body.trim_ascii().is_empty() {
            answers_nothing(call, answer);
        } else if (200..300).contains(&answer.status) {
            let ignored: Vec<&str> = notes.ignored.iter().map(String::as_str).collect();
            reads_whole::<E::Output>(answer, &ignored, &notes.quirks);
            reads_back::<E::Output>(answer);
            takes_unknown_keys::<E::Output>(answer);
            treats_null_as_absent::<E::Output>(answer, &notes.required);
            survives_wrong_kinds(call, answer);
        } else {
            rejects(call, answer);
        }
    }
    keeps_what_any_server_sends(call);
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

/// The request is valid, has the route's method and segments, and is the one that the folder tells.
fn makes_its_request<E: Endpoint>(call: &E, fixture: &Fixture) {
    let route = E::ROUTE;
    let token = AccessToken::new(canary::SECRET);
    let origins = Origins::production();
    let request = call
        .request(&origins, Some(&token))
        .expect("the call makes a request");

    let expected: Value = serde_json::from_str(fixture.request).expect("request.json is JSON");
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

/// A success without a body is read where the route says that it may have none, as an empty object.
fn answers_nothing<E: Endpoint>(call: &E, answer: &Answer)
where
    E::Output: PartialEq + Debug,
{
    assert!(
        E::ROUTE.answer_may_be_empty(),
        "{}: the route says nothing of it",
        answer.name
    );
    let nothing = call.response(&response(answer)).expect("a success");
    let empty: E::Output = serde_json::from_str("{}").expect("an empty object is read");
    assert_eq!(nothing, empty, "{}", answer.name);
}

/// Reading and writing back loses nothing, and changes nothing but what the notes say that it shows.
fn reads_whole<T: DeserializeOwned + Serialize>(answer: &Answer, ignored: &[&str], quirks: &[String]) {
    let mut report =
        fidelity::check::<T>(answer.body).unwrap_or_else(|error| panic!("{}: {error}", answer.name));
    report
        .differences
        .retain(|difference| !ignored.contains(&difference.pointer.as_str()));
    assert!(report.is_whole(), "{}: {:?}", answer.name, report.differences);
    for normalised in report.normalised {
        assert!(
            quirks.iter().any(|quirk| quirk == normalised.quirk),
            "{}: {} is normalised by {}, which `quirks` in meta.toml does not name",
            answer.name,
            normalised.pointer,
            normalised.quirk
        );
    }
}

/// read(write(v)) = v.
fn reads_back<T: DeserializeOwned + Serialize + PartialEq + Debug>(answer: &Answer) {
    let value: T = serde_json::from_slice(answer.body).expect("it was read before");
    let written = serde_json::to_vec(&value).expect("what was read is written");
    assert_eq!(
        serde_json::from_slice::<T>(&written).expect("and read"),
        value,
        "{}",
        answer.name
    );
}

/// A field that the service adds changes nothing, and the comparison finds it. (Where the service documents nothing, it is
/// kept with the rest.)
fn takes_unknown_keys<T: DeserializeOwned + Serialize + PartialEq + Debug>(answer: &Answer) {
    let body: Value = serde_json::from_slice(answer.body).expect("JSON");
    let more = json::with_unknown_keys(&body);
    let read = |body: Value| -> T {
        serde_json::from_value(body).unwrap_or_else(|error| panic!("{}: {error}", answer.name))
    };
    let written = serde_json::to_value(read(more.clone())).expect("what was read is written");
    let plain = serde_json::to_value(read(body)).expect("what was read is written");
    assert_eq!(
        json::without_unknown_keys(&written),
        plain,
        "{}: unknown fields change nothing",
        answer.name
    );
    let report = fidelity::check::<T>(more.to_string().as_bytes()).expect("it was read before");
    let found = report
        .differences
        .iter()
        .filter(|difference| difference.pointer.ends_with(json::UNKNOWN))
        .count();
    assert_eq!(found, report.differences.len(), "{}", answer.name);
    assert!(found > 0, "{}: the unknown field is found", answer.name);
}

/// Each field may be absent or null, which read the same, but for those that the notes call required.
fn treats_null_as_absent<T: DeserializeOwned + PartialEq + Debug>(answer: &Answer, required: &[String]) {
    let body: Value = serde_json::from_slice(answer.body).expect("JSON");
    let mut needed = Vec::new();
    for pointer in json::places(&body) {
        let Some(absent) = json::without(&body, &pointer) else {
            continue;
        };
        match serde_json::from_value::<T>(absent) {
            Err(_) => needed.push(pointer),
            Ok(value) => {
                let null = serde_json::from_value::<T>(json::with(&body, &pointer, Value::Null));
                assert_eq!(
                    null.ok().as_ref(),
                    Some(&value),
                    "{}: null at {pointer} reads as absent",
                    answer.name
                );
            }
        }
    }
    assert_eq!(
        needed, required,
        "{}: what cannot be missing is what `required` in meta.toml says",
        answer.name
    );
}

/// A place of the wrong kind gives a value or an error that shows nothing; it never panics.
fn survives_wrong_kinds<E: Endpoint>(call: &E, answer: &Answer)
where
    E::Output: Debug,
{
    let body: Value = serde_json::from_slice(answer.body).expect("JSON");
    let mut wrong = json::one_of_each_kind();
    wrong.push(canary::PERSONAL.into());
    for pointer in json::places(&body) {
        for new in &wrong {
            let changed = json::with(&body, &pointer, new.clone()).to_string();
            let mut response = Response::new(changed.as_bytes());
            *response.status_mut() = StatusCode::OK;
            match call.response(&response) {
                // A field that is neither secret nor personal may show what it holds.
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
}

/// An answer that says no is a rejection that keeps it.
fn rejects<E: Endpoint>(call: &E, answer: &Answer) {
    let Err(ResponseError::Rejected(rejection)) = call.response(&response(answer)) else {
        panic!("{}: is no rejection", answer.name);
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
        reads_whole::<eduzz_types::Problem>(answer, &[], &[]);
        takes_unknown_keys::<eduzz_types::Problem>(answer);
    }
}

/// Whatever a server sends: no panic, and an error that has the status and the bytes.
fn keeps_what_any_server_sends<E: Endpoint>(call: &E) {
    let config = Config {
        cases: 256,
        failure_persistence: None,
        ..Config::default()
    };
    let outcome = TestRunner::new(config).run(&strategies::any_response(), |response| {
        match call.response(&response) {
            Ok(_) => assert!(response.status().is_success()),
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
