//! `eduzz check response`, over every example body and over what can be done to one.

use std::collections::BTreeSet;

use eduzz_fixtures::{ALL, Answer, Fixture};
use serde_json::Value;

use crate::support::{Home, Ran};

const CANARY: &str = "canary-value";

/// Every call of the list, by its name without case and underscores: its route.
async fn routes(home: &Home) -> Vec<(String, String)> {
    let told = home.run(&["endpoints", "--json"]).await.json();
    let text = |call: &Value, name: &str| call[name].as_str().unwrap().to_owned();
    let route = |call: &Value| {
        (
            text(call, "name").to_lowercase(),
            format!("{} {}", text(call, "method"), text(call, "path")),
        )
    };
    told.as_array().unwrap().iter().map(route).collect()
}

async fn check(home: &Home, route: &str, status: u16, body: &[u8]) -> Ran {
    home.run_with(
        &[
            "check",
            "response",
            route,
            "--status",
            &status.to_string(),
            "--json",
            "-",
        ],
        body,
    )
    .await
}

/// What the notes beside the bodies say of one.
fn notes<'a>(fixture: &'a Fixture, answer: &Answer) -> &'a str {
    let start = format!("[answers.\"{}\"]", answer.name);
    let (_, rest) = fixture.meta.split_once(&start).unwrap();
    rest.split("\n[").next().unwrap()
}

fn pointers(told: &Value) -> BTreeSet<String> {
    told["differences"]
        .as_array()
        .unwrap()
        .iter()
        .map(|place| place["pointer"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn every_example_is_understood_and_what_is_done_to_it_is_found() {
    let home = Home::new();
    let routes = routes(&home).await;
    for fixture in ALL {
        let name = fixture.endpoint.replace('_', "");
        let route = &routes
            .iter()
            .find(|(known, _)| *known == name)
            .unwrap_or_else(|| panic!("{name}"))
            .1;
        for answer in fixture.answers {
            let at = format!("{route} {}", answer.name);
            let notes = notes(fixture, answer);
            let ran = check(&home, route, answer.status, answer.body).await;
            let Ok(body) = serde_json::from_slice::<Value>(answer.body) else {
                ran.ended(2);
                assert!(
                    notes.contains("broken = true") || !answer.name.ends_with(".json"),
                    "{at}"
                );
                continue;
            };
            let ignored = notes
                .lines()
                .find(|line| line.starts_with("ignored"))
                .unwrap_or_default();
            let told = ran.json();
            assert_eq!(told["route"], route.as_str(), "{at}");
            assert_eq!(told["status"], answer.status, "{at}");
            assert_eq!(told["whole"], ran.code == Some(0), "{at}");
            assert!(
                pointers(&told)
                    .iter()
                    .all(|place| ignored.contains(&format!("\"{place}\""))),
                "{at}: {ran:?}"
            );
            damage(&home, route, answer.status, &body).await;
        }
    }
}

/// Cuts the body, adds to it, and puts another kind of value in each of its places.
async fn damage(home: &Home, route: &str, status: u16, body: &Value) {
    let text = body.to_string();
    check(home, route, status, &text.as_bytes()[..text.len() - 1])
        .await
        .ended(2);
    let Value::Object(fields) = body else { return };

    let mut more = fields.clone();
    more.insert("canaryField".to_owned(), Value::from(CANARY));
    let ran = check(home, route, status, Value::from(more).to_string().as_bytes()).await;
    assert!(pointers(&ran.ended(1).json()).contains("/canaryField"), "{ran:?}");
    assert!(!ran.out.contains(CANARY), "{ran:?}");

    for name in fields.keys() {
        let mut changed = fields.clone();
        changed.insert(
            name.clone(),
            serde_json::json!({ "canaryKey": [CANARY, 1.5, true] }),
        );
        let ran = check(home, route, status, Value::from(changed).to_string().as_bytes()).await;
        assert!(matches!(ran.code, Some(0..=2)), "{ran:?}");
        assert!(
            !format!("{}{}", ran.out, ran.err).contains(CANARY),
            "{name}: {ran:?}"
        );
    }
}

const ME: &str = "GET /accounts/v1/me";
const TOKEN: &str = "POST /oauth/token";

#[tokio::test]
async fn a_whole_body_ends_with_0() {
    let home = Home::new();
    let body = br#"{"id":" 7 ","name":null,"email":"canary-value"}"#;
    for route in [ME, "get /accounts/v1/me/", "GET  /accounts/v1/me"] {
        let ran = home.run_with(&["check", "response", route, "-"], body).await;
        assert_eq!(ran.ended(0).out, "GET /accounts/v1/me, 200: tudo entendido\n");
    }
    let file = home.folder().join("body.json");
    std::fs::write(&file, body).unwrap();
    home.run(&["check", "response", ME, file.to_str().unwrap()])
        .await
        .ended(0);
    // Nothing named is the standard input.
    home.run_with(&["check", "response", ME], body).await.ended(0);
}

#[tokio::test]
async fn differences_end_with_1_and_are_told_by_place_and_kind() {
    let home = Home::new();
    let body = br#"{"id":"7","name":"canary-value","nested":{"canary/~key":["canary-value"]},"flag":true}"#;
    let ran = home.run_with(&["check", "response", ME], body).await;
    ran.ended(1);
    for told in [
        "/nested",
        "não entendido (objeto)",
        "/flag",
        "não entendido (booleano)",
    ] {
        assert!(ran.out.contains(told), "{told}: {ran:?}");
    }
    assert!(!ran.out.contains(CANARY) && ran.err.is_empty(), "{ran:?}");
    let ran = home
        .run_with(&["check", "response", ME, "--lang", "en"], body)
        .await;
    assert!(ran.ended(1).out.contains("not understood (object)"), "{ran:?}");
    let told = home
        .run_with(&["check", "response", ME, "--json"], body)
        .await
        .ended(1)
        .json();
    let expected = serde_json::json!({"pointer": "/flag", "what": "lost", "kind": "boolean"});
    assert!(
        told["differences"].as_array().unwrap().contains(&expected),
        "{told}"
    );
    assert_eq!(told["whole"], false);
}

#[tokio::test]
async fn what_a_quirk_normalises_is_no_difference() {
    let home = Home::new();
    let body = br#"{"access_token":"canary-value","token_type":"BEARER","expires_in":"3600"}"#;
    let told = home
        .run_with(&["check", "response", TOKEN, "--json"], body)
        .await
        .ended(0)
        .json();
    let quirks: Vec<_> = told["normalised"]
        .as_array()
        .unwrap()
        .iter()
        .map(|place| place["quirk"].as_str())
        .collect();
    assert!(quirks.contains(&Some("Q30")), "{told}");
    let ran = home.run_with(&["check", "response", TOKEN], body).await;
    assert!(
        ran.ended(0).out.contains("/expires_in") && ran.out.contains("Q30"),
        "{ran:?}"
    );
    assert!(!ran.out.contains(CANARY));
}

#[tokio::test]
async fn what_cannot_be_read_ends_with_2_and_says_where() {
    let home = Home::new();
    for (route, status, body, told) in [
        (ME, "200", &b""[..], "vazio"),
        (ME, "200", b"canary-value", "não é JSON"),
        (ME, "200", b"<html>canary-value", "HTML"),
        (ME, "200", b"{\"id\":\"canary-value", "termina no meio"),
        (ME, "200", b"{\"id\":[\"canary-value\"]}", "em /id"),
        (ME, "200", b"{\"email\":\"canary-value\"}", "`id`"),
        (ME, "200", b"\xff\xfe\"canary-value\"", "não é JSON"),
        (ME, "404", b"[\"canary-value\"]", "outra forma"),
        (
            TOKEN,
            "200",
            b"{\"access_token\":{\"a\":\"canary-value\"}}",
            "em /access_token",
        ),
        (
            TOKEN,
            "200",
            b"{\"token_type\":\"canary-value\"}",
            "`access_token`",
        ),
        (TOKEN, "200", b"[\"canary-value\"]", "outra forma"),
        (TOKEN, "502", b"<html>canary-value</html>", "HTML"),
    ] {
        for lang in ["pt", "en"] {
            let ran = home
                .run_with(
                    &["check", "response", route, "--status", status, "--lang", lang],
                    body,
                )
                .await;
            ran.ended(2);
            assert!(!ran.err.contains(CANARY) && ran.out.is_empty(), "{ran:?}");
            if lang == "pt" {
                ran.told(told);
            }
        }
    }
}

#[tokio::test]
async fn a_body_of_an_error_is_read_as_one() {
    let home = Home::new();
    let body = br#"{"code":2,"message":"canary-value","errors":[]}"#;
    home.run_with(&["check", "response", ME, "--status", "404"], body)
        .await
        .ended(0);
    home.run_with(&["check", "response", ME, "--status", "200"], body)
        .await
        .ended(2);
    let more = br#"{"code":2,"message":"canary-value","trace":"canary-value"}"#;
    let ran = home
        .run_with(&["check", "response", TOKEN, "--status", "500", "--json"], more)
        .await;
    assert_eq!(
        pointers(&ran.ended(1).json()),
        BTreeSet::from(["/trace".to_owned()])
    );
    assert!(!ran.out.contains(CANARY));
}
