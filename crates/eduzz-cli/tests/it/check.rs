//! `eduzz check` of every example body, whole and damaged.

use std::collections::{BTreeSet, HashSet};

use eduzz_fixtures::{ALL, EVENTS};
use eduzz_types::webhook::WebhookSecret;
use eduzz_webhook::{Event, Key};
use serde_json::Value;

use crate::support::{Home, Ran};

const CANARY: &str = "canary-value";

/// The name of every call, in lower case without underscores, and its route.
async fn routes(home: &Home) -> Vec<(String, String)> {
    let told = home.run("endpoints --json").await.json();
    let text = |call: &Value, name: &str| call[name].as_str().unwrap().to_owned();
    let route = |call: &Value| {
        (
            text(call, "name").to_lowercase(),
            format!("{} {}", text(call, "method"), text(call, "path")),
        )
    };
    told.as_array().unwrap().iter().map(route).collect()
}

async fn run(what: &str, body: &[u8]) -> Ran {
    Home::new().run_with(&format!("check {what}"), body).await
}

async fn check(what: &str, body: &[u8]) -> Ran {
    run(&format!("{what} --json -"), body).await
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
async fn check_of_every_answer_understands_it_and_finds_damage() {
    let home = Home::new();
    let routes = routes(&home).await;
    let mut damaged = HashSet::new();
    for fixture in ALL {
        let name = fixture.endpoint.replace('_', "");
        let route = routes.iter().find(|(known, _)| *known == name);
        let route = &route.unwrap_or_else(|| panic!("{name}")).1;
        for answer in fixture.answers {
            let at = format!("{route} {}", answer.name);
            let what = format!("response '{route}' --status {}", answer.status);
            let ran = check(&what, answer.body).await;
            let is_success = (200..300).contains(&answer.status);
            let Ok(body) = serde_json::from_slice::<Value>(answer.body) else {
                // A success may be empty.
                ran.ended(if answer.body.is_empty() && is_success {
                    0
                } else {
                    2
                });
                let meta: Value = serde_json::from_str(fixture.meta).unwrap();
                let is_broken = meta["bodies"][answer.name]["broken"] == true;
                assert!(is_broken || !answer.name.ends_with(".json"), "{at}");
                continue;
            };
            let told = ran.json();
            assert_eq!(told["route"], route.as_str(), "{at}");
            assert_eq!(told["status"], answer.status, "{at}");
            is_understood(&at, &ran, fixture.meta, answer.name);
            // All calls read their errors with the same code.
            let model = if is_success { route } else { "error" };
            damage(&what, &body, "", model, &mut damaged).await;
        }
    }
}

#[tokio::test]
async fn check_of_every_event_understands_it_and_finds_damage() {
    let mut damaged = HashSet::new();
    for fixture in EVENTS {
        let name = format!("{}.{}", fixture.origin, fixture.event);
        for body in fixture.bodies {
            let at = format!("{name} {}", body.name);
            let ran = check("event", body.bytes).await;
            assert_eq!(ran.json()["event"], name, "{at}");
            is_understood(&at, &ran, fixture.meta, body.name);
        }
        let body: Value = serde_json::from_slice(fixture.plain().unwrap()).unwrap();
        damage("event", &body, "", "event", &mut damaged).await;
        // Events of the same members share a type.
        let members: Vec<&String> = body["data"].as_object().unwrap().keys().collect();
        let model = format!("{} {members:?}", fixture.origin);
        damage("event", &body, "/data", &model, &mut damaged).await;
    }
}

/// Only the places that `meta.json` ignores are lost, and the exit code agrees.
fn is_understood(at: &str, ran: &Ran, meta: &str, body: &str) {
    let meta: Value = serde_json::from_str(meta).unwrap();
    let ignored = meta["bodies"][body]["ignored"].as_array();
    let report = ran.json();
    let is_ignored = |place: &String| ignored.is_some_and(|places| places.contains(&place.as_str().into()));
    assert!(pointers(&report).iter().all(is_ignored), "{at}: {ran:?}");
    assert_eq!(report["whole"], ran.code == Some(0), "{at}");
}

/// Cuts the body, adds a field to the object at a place, and replaces each of its fields by a value
/// of another kind: each once for a model.
async fn damage(what: &str, body: &Value, at: &str, model: &str, done: &mut HashSet<(String, String)>) {
    let mut is_new = |name: &str| done.insert((model.to_owned(), name.to_owned()));
    let Some(Value::Object(fields)) = body.pointer(at) else {
        return;
    };
    let with = |name: &str, value: Value| {
        let mut changed = body.clone();
        let fields = changed.pointer_mut(at).unwrap().as_object_mut().unwrap();
        fields.insert(name.to_owned(), value);
        changed.to_string()
    };

    if is_new("canaryField") {
        let text = body.to_string();
        check(what, &text.as_bytes()[..text.len() - 1]).await.ended(2);
        let more = with("canaryField", Value::from(CANARY));
        let ran = check(what, more.as_bytes()).await;
        let added = format!("{at}/canaryField");
        assert!(pointers(&ran.ended(1).json()).contains(&added), "{ran:?}");
        assert!(!ran.out.contains(CANARY), "{ran:?}");
    }
    for name in fields.keys().filter(|name| is_new(name)) {
        let changed = with(name, serde_json::json!({ "canaryKey": [CANARY, 1.5, true] }));
        let ran = check(what, changed.as_bytes()).await;
        assert!(matches!(ran.code, Some(0..=2)), "{ran:?}");
        let shown = format!("{}{}", ran.out, ran.err);
        assert!(!shown.contains(CANARY), "{name}: {ran:?}");
    }
}

const ME: &str = "GET /accounts/v1/me";
const TOKEN: &str = "POST /oauth/token";

#[tokio::test]
async fn check_of_whole_body_ends_with_0() {
    let home = Home::new();
    let body = br#"{"id":" 7 ","name":null,"email":"canary-value"}"#;
    for route in [ME, "get /accounts/v1/me/", "GET  /accounts/v1/me"] {
        let ran = run(&format!("response '{route}' -"), body).await;
        assert_eq!(ran.ended(0).out, "GET /accounts/v1/me, 200: tudo entendido\n");
    }
    let file = home.folder().join("body.json");
    std::fs::write(&file, body).unwrap();
    home.run(&format!("check response '{ME}' {}", file.to_str().unwrap()))
        .await
        .ended(0);
    // Without a file it reads the standard input.
    run(&format!("response '{ME}'"), body).await.ended(0);
}

#[tokio::test]
async fn check_with_differences_ends_with_1_and_shows_place_and_kind() {
    let body = br#"{"id":"7","name":"canary-value","nested":{"canary/~key":["canary-value"]},"flag":true}"#;
    let ran = run(&format!("response '{ME}'"), body).await;
    ran.ended(1);
    ran.shows(&[
        "/nested",
        "não entendido (objeto)",
        "/flag",
        "não entendido (booleano)",
    ]);
    assert!(!ran.out.contains(CANARY) && ran.err.is_empty(), "{ran:?}");
    let ran = run(&format!("response '{ME}' --lang en"), body).await;
    assert!(ran.ended(1).out.contains("not understood (object)"), "{ran:?}");
    let told = run(&format!("response '{ME}' --json"), body)
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
async fn check_of_normalised_value_reports_the_quirk() {
    let body = br#"{"access_token":"canary-value","token_type":"BEARER","expires_in":"3600"}"#;
    let told = run(&format!("response '{TOKEN}' --json"), body)
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
    let ran = run(&format!("response '{TOKEN}'"), body).await;
    assert!(
        ran.ended(0).out.contains("/expires_in") && ran.out.contains("Q30"),
        "{ran:?}"
    );
    assert!(!ran.out.contains(CANARY));
}

#[tokio::test]
async fn check_of_unreadable_body_ends_with_2_and_shows_place() {
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
            let ran = run(
                &format!("response '{route}' --status {status} --lang {lang}"),
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
async fn check_of_error_status_reads_the_error_model() {
    let body = br#"{"code":2,"message":"canary-value","errors":[]}"#;
    run(&format!("response '{ME}' --status 404"), body).await.ended(0);
    run(&format!("response '{ME}' --status 200"), body).await.ended(2);
    let more = br#"{"code":2,"message":"canary-value","trace":"canary-value"}"#;
    let ran = run(&format!("response '{TOKEN}' --status 500 --json"), more).await;
    assert_eq!(
        pointers(&ran.ended(1).json()),
        BTreeSet::from(["/trace".to_owned()])
    );
    assert!(!ran.out.contains(CANARY));
}

/// An envelope with this name and data.
fn event(name: &str, data: &str) -> String {
    format!(r#"{{"id":"1nv3nted","event":{name},"data":{data},"sentDate":"2026-03-01T12:00:00.000Z"}}"#)
}

#[tokio::test]
async fn check_of_event_takes_the_name_from_the_body() {
    let home = Home::new();
    let bare = r#"{"id":7,"status":"paid"}"#;
    for (name, told) in [
        (
            r#""myeduzz.invoice_paid""#,
            "myeduzz.invoice_paid: tudo entendido\n",
        ),
        (r#""invoice_paid""#, "myeduzz.invoice_paid: tudo entendido\n"),
    ] {
        let ran = run("event", event(name, bare).as_bytes()).await;
        assert_eq!(ran.ended(0).out, told);
    }
    let ping = event(r#""ping""#, r#"{"message":"ping"}"#);
    let ran = run("event --lang en -", ping.as_bytes()).await;
    assert_eq!(ran.ended(0).out, "ping: all understood\n");
    let file = home.folder().join("event.json");
    std::fs::write(&file, &ping).unwrap();
    home.run(&format!("check event {}", file.to_str().unwrap()))
        .await
        .ended(0);
}

/// A body that a receiver can use is checked; any other one is unreadable.
#[tokio::test]
async fn check_of_event_reads_like_a_receiver() {
    let key = Key::new(&WebhookSecret::new("invented")).unwrap();
    let data = r#""event":"invoice_paid","data":{"id":7,"status":"paid"}"#;
    for (body, lost) in [
        (format!("{{{data}}}"), &[][..]),
        (format!(r#"{{{data},"id":7,"sentDate":null}}"#), &[]),
        (format!(r#"{{{data},"id":"1","id":"2"}}"#), &["/id"]),
        (format!(r#"{{{data},"id":{{"a":1}}}}"#), &["/id"]),
        (format!(r#"{{{data},"id":"1","sentDate":[1],"more":1}}"#), &["/more", "/sentDate"]),
        (r#"{"event":"ping"}"#.into(), &[]),
        (r#"{"event":"ping","data":[1]}"#.into(), &["/data"]),
        (
            r#"{"id":"1","event":"safevideo.encoder_started","data":{"filename":"a","sentDate":"2026-03-01"}}"#.into(),
            &[],
        ),
        (
            r#"{"id":"1","event":"safevideo.encoder_started","sentDate":"2026-03-01","data":{"filename":"a","sentDate":"2026-03-02"}}"#
                .into(),
            &["/data/sentDate"],
        ),
    ] {
        assert!(usable(&key, &body), "{body}");
        let ran = check("event", body.as_bytes()).await;
        assert_eq!(pointers(&ran.json()).into_iter().collect::<Vec<_>>(), lost, "{body}");
        ran.ended(i32::from(!lost.is_empty()));
    }
    for body in [
        format!("\u{feff}{{{data}}}"),
        format!(r#"{{{data},"event":"ping"}}"#),
        format!(r#"{{{data},"data":{{}}}}"#),
        r#"{"event":"invoice_paid","data":[]}"#.into(),
        r#"{"event":"safevideo.encoder_started","data":7}"#.into(),
        r#"{"event":"invoice_paid"}"#.into(),
        r#"{"event":"invoice_paid","data":null}"#.into(),
        r#"{"event":"a name"}"#.into(),
    ] {
        assert!(!usable(&key, &body), "{body}");
        check("event", body.as_bytes()).await.ended(2);
    }
    let marked = format!("\u{feff}{{{data}}}");
    run("event", marked.as_bytes()).await.ended(2).told("BOM");
}

fn usable(key: &Key, body: &str) -> bool {
    let delivery = key.open(key.sign(body.as_bytes()).as_str(), body).unwrap();
    !matches!(delivery.event(), Event::Unusable(_))
}

#[tokio::test]
async fn check_of_event_with_differences_shows_place_and_kind() {
    let body = event(
        r#""invoice_paid""#,
        r#"{"id":"7","status":"paid","buyer":{"nickname":"canary-value"},"installments":"3"}"#,
    );
    let ran = run("event", body.as_bytes()).await;
    ran.ended(1);
    ran.shows(&[
        "myeduzz.invoice_paid: diferenças: 1",
        "/data/buyer/nickname",
        "não entendido (texto)",
        "/data/installments",
        "Q30",
    ]);
    assert!(!ran.out.contains(CANARY) && ran.err.is_empty(), "{ran:?}");
}

#[tokio::test]
async fn check_of_unreadable_event_ends_with_2() {
    let named = |name: &str| event(name, r#"{"message":"canary-value"}"#);
    for (body, told) in [
        (String::new(), "vazio"),
        ("canary-value".into(), "não é JSON"),
        ("<html>canary-value".into(), "HTML"),
        (r#"["canary-value"]"#.into(), "outra forma"),
        (r#"{"message":"canary-value"}"#.into(), "`event`"),
        (r#"{"event":null,"data":{}}"#.into(), "`event`"),
        (named(r#"["canary-value"]"#), "em /event"),
        (named("7"), "em /event"),
        (named(r#""ping","event":"ping""#), "duas vezes"),
        (named(r#""canary-value""#), "não está na lista"),
        (named(r#""myeduzz.invoice_payed""#), "`myeduzz.invoice_paid`"),
        (event(r#""invoice_paid""#, r#""canary-value""#), "em /data"),
        (event(r#""invoice_paid""#, r#"{"id":"1"}"#), "`status`"),
    ] {
        for lang in ["pt", "en"] {
            let ran = run(&format!("event --lang {lang}"), body.as_bytes()).await;
            ran.ended(2);
            assert!(!ran.err.contains(CANARY) && ran.out.is_empty(), "{ran:?}");
            if lang == "pt" {
                ran.told(told);
            }
        }
    }
}

#[tokio::test]
async fn webhook_events_lists_every_known_event() {
    let home = Home::new();
    let told = home.run("webhook events --json").await.ended(0).json();
    let names: Vec<_> = told
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, eduzz_webhook::EVENTS);
    for row in told.as_array().unwrap() {
        let page = row["page"].as_str().unwrap();
        let slug = page
            .strip_prefix("https://developers.eduzz.com/reference/webhook/")
            .unwrap();
        assert_eq!(slug, row["name"].as_str().unwrap().replace(['.', '_'], "-"));
    }
    let ran = home.run("webhook events").await;
    assert_eq!(ran.ended(0).out.lines().count(), names.len() + 1);
}
