//! Every example body is checked, whole and damaged.

use std::collections::{BTreeSet, HashSet};

use eduzz_fixtures::{ALL, EVENTS};
use serde_json::json;

use super::*;
use crate::calls;

const CANARY: &str = "canary-value";
const ME: &str = "GET /accounts/v1/me";
const TOKEN: &str = "POST /oauth/token";

/// How a check ended.
#[derive(Debug)]
struct Ran {
    code: u8,
    /// The JSON output.
    json: Value,
    /// The output for a person, or the error.
    text: String,
}

impl Ran {
    fn of<C: Serialize>(lang: Lang, found: Result<Found<C>, Failure>) -> Self {
        let ran = match found {
            Ok(found) => Self {
                code: u8::from(!found.report.is_whole()),
                json: serde_json::from_str(&found.json().unwrap()).unwrap(),
                text: found.text(lang),
            },
            Err(failure) => Self {
                code: failure.code(),
                json: Value::Null,
                text: failure.text().unwrap().to_owned(),
            },
        };
        let shown = format!("{}{}", ran.json, ran.text);
        assert!(!shown.contains(CANARY), "{ran:?}");
        ran
    }

    /// The JSON pointers that differ.
    fn pointers(&self) -> BTreeSet<&str> {
        let places = self.json["differences"].as_array().into_iter().flatten();
        places.map(|place| place["pointer"].as_str().unwrap()).collect()
    }

    #[track_caller]
    fn ended(&self, code: u8, told: &[&str]) {
        assert_eq!(self.code, code, "{self:?}");
        for told in told {
            assert!(self.text.contains(told), "{told}: {self:?}");
        }
    }

    /// Only the places that `meta.json` ignores are lost.
    fn is_understood(&self, at: &str, meta: &str, body: &str) {
        let meta: Value = serde_json::from_str(meta).unwrap();
        let ignored = meta["bodies"][body]["ignored"].as_array();
        let is_ignored = |place: &&str| ignored.is_some_and(|places| places.contains(&(*place).into()));
        assert!(self.pointers().iter().all(is_ignored), "{at}: {self:?}");
        assert_eq!(self.json["whole"], self.code == 0, "{at}");
    }
}

fn answer(lang: Lang, route: &str, status: u16, body: impl AsRef<[u8]>) -> Ran {
    let known = Known::routed(lang, route).unwrap();
    Ran::of(lang, response(lang, &known, status, body.as_ref()))
}

fn delivery(lang: Lang, body: impl AsRef<[u8]>) -> Ran {
    Ran::of(lang, event(lang, body.as_ref()))
}

#[test]
fn check_of_every_answer_understands_it_and_finds_damage() {
    let (all, mut damaged) = (calls::all(), HashSet::new());
    for fixture in ALL {
        let name = fixture.endpoint.replace('_', "");
        let known = all.iter().find(|known| known.name.to_lowercase() == name);
        let known = known.unwrap_or_else(|| panic!("{name}"));
        let route = known.route.to_string();
        for answer in fixture.answers {
            let at = format!("{route} {}", answer.name);
            let check = |body: &[u8]| Ran::of(Lang::Pt, response(Lang::Pt, known, answer.status, body));
            let ran = check(answer.body);
            let is_success = (200..300).contains(&answer.status);
            let Ok(body) = serde_json::from_slice::<Value>(answer.body) else {
                // A success may be empty.
                let is_empty = answer.body.is_empty() && is_success;
                ran.ended(if is_empty { 0 } else { 2 }, &[]);
                let meta: Value = serde_json::from_str(fixture.meta).unwrap();
                let is_broken = meta["bodies"][answer.name]["broken"] == true;
                assert!(is_broken || !answer.name.ends_with(".json"), "{at}");
                continue;
            };
            assert_eq!(ran.json["route"], route, "{at}");
            assert_eq!(ran.json["status"], answer.status, "{at}");
            ran.is_understood(&at, fixture.meta, answer.name);
            // All calls read their errors with the same code.
            let model = if is_success { &route } else { "error" };
            damage(check, &body, "", model, &mut damaged);
        }
    }
}

#[test]
fn check_of_every_event_understands_it_and_finds_damage() {
    let mut damaged = HashSet::new();
    let check = |body: &[u8]| delivery(Lang::Pt, body);
    for fixture in EVENTS {
        let name = format!("{}.{}", fixture.origin, fixture.event);
        for body in fixture.bodies {
            let ran = check(body.bytes);
            assert_eq!(ran.json["event"], name, "{}", body.name);
            ran.is_understood(&name, fixture.meta, body.name);
        }
        let body: Value = serde_json::from_slice(fixture.plain().unwrap()).unwrap();
        damage(check, &body, "", "event", &mut damaged);
        // Events of the same members share a type.
        let members: Vec<&String> = body["data"].as_object().unwrap().keys().collect();
        let model = format!("{} {members:?}", fixture.origin);
        damage(check, &body, "/data", &model, &mut damaged);
    }
}

/// Cuts the body, adds a field to the object at a place, and replaces each of its fields by a value
/// of another kind: each once for a model.
fn damage(
    check: impl Fn(&[u8]) -> Ran,
    body: &Value,
    at: &str,
    model: &str,
    done: &mut HashSet<(String, String)>,
) {
    let mut is_new = |name: &str| done.insert((model.to_owned(), name.to_owned()));
    let Some(Value::Object(fields)) = body.pointer(at) else {
        return;
    };
    let with = |name: &str, value: Value| {
        let mut changed = body.clone();
        let fields = changed.pointer_mut(at).unwrap().as_object_mut().unwrap();
        fields.insert(name.to_owned(), value);
        changed.to_string().into_bytes()
    };
    if is_new("canaryField") {
        let text = body.to_string().into_bytes();
        check(&text[..text.len() - 1]).ended(2, &[]);
        let ran = check(&with("canaryField", CANARY.into()));
        ran.ended(1, &[]);
        assert!(ran.pointers().contains(&*format!("{at}/canaryField")), "{ran:?}");
    }
    for name in fields.keys().filter(|name| is_new(name)) {
        check(&with(name, json!({ "canaryKey": [CANARY, 1.5, true] })));
    }
}

#[test]
fn check_of_whole_body_is_without_differences() {
    let body = r#"{"id":" 7 ","name":null,"email":"canary-value"}"#;
    for route in [ME, "get /accounts/v1/me/", "GET  /accounts/v1/me"] {
        let ran = answer(Lang::Pt, route, 200, body);
        ran.ended(0, &["GET /accounts/v1/me, 200: tudo entendido"]);
    }
}

#[test]
fn check_with_differences_shows_place_and_kind() {
    let body = r#"{"id":"7","name":"canary-value","nested":{"canary/~key":["canary-value"]},"flag":true}"#;
    let shown = [
        "/nested",
        "não entendido (objeto)",
        "/flag",
        "não entendido (booleano)",
    ];
    answer(Lang::Pt, ME, 200, body).ended(1, &shown);
    let ran = answer(Lang::En, ME, 200, body);
    ran.ended(1, &["not understood (object)"]);
    let expected = json!({"pointer": "/flag", "what": "lost", "kind": "boolean"});
    assert!(ran.json["differences"].as_array().unwrap().contains(&expected));
    assert_eq!(ran.json["whole"], false);

    let data = r#"{"id":"7","status":"paid","buyer":{"nickname":"canary-value"},"installments":"3"}"#;
    delivery(Lang::Pt, envelope(r#""invoice_paid""#, data)).ended(
        1,
        &[
            "myeduzz.invoice_paid: diferenças: 1",
            "/data/buyer/nickname",
            "não entendido (texto)",
            "/data/installments",
            "Q30",
        ],
    );
}

#[test]
fn check_of_normalised_value_reports_the_quirk() {
    let body = r#"{"access_token":"canary-value","token_type":"BEARER","expires_in":"3600"}"#;
    let ran = answer(Lang::Pt, TOKEN, 200, body);
    let mut places = ran.json["normalised"].as_array().unwrap().iter();
    assert!(places.any(|place| place["quirk"] == "Q30"), "{ran:?}");
    ran.ended(0, &["/expires_in", "Q30"]);
}

#[test]
fn check_of_unreadable_body_shows_place() {
    for (route, status, body, told) in [
        (ME, 200, &b""[..], "vazio"),
        (ME, 200, b"canary-value", "não é JSON"),
        (ME, 200, b"<html>canary-value", "HTML"),
        (ME, 200, b"{\"id\":\"canary-value", "termina no meio"),
        (ME, 200, b"{\"id\":[\"canary-value\"]}", "em /id"),
        (ME, 200, b"{\"email\":\"canary-value\"}", "`id`"),
        (ME, 200, b"\xff\xfe\"canary-value\"", "não é JSON"),
        (ME, 404, b"[\"canary-value\"]", "formato esperado"),
        (
            TOKEN,
            200,
            b"{\"access_token\":{\"a\":\"canary-value\"}}",
            "em /access_token",
        ),
        (TOKEN, 200, b"{\"token_type\":\"canary-value\"}", "`access_token`"),
        (TOKEN, 200, b"[\"canary-value\"]", "formato esperado"),
        (TOKEN, 502, b"<html>canary-value</html>", "HTML"),
    ] {
        answer(Lang::Pt, route, status, body).ended(2, &[told]);
        answer(Lang::En, route, status, body).ended(2, &[]);
    }
}

#[test]
fn check_of_error_status_reads_the_error_model() {
    let body = r#"{"code":2,"message":"canary-value","errors":[]}"#;
    answer(Lang::Pt, ME, 404, body).ended(0, &[]);
    answer(Lang::Pt, ME, 200, body).ended(2, &[]);
    let more = r#"{"code":2,"message":"canary-value","trace":"canary-value"}"#;
    let ran = answer(Lang::Pt, TOKEN, 500, more);
    assert_eq!(ran.pointers(), BTreeSet::from(["/trace"]));
}

/// An envelope with this name and data.
fn envelope(name: &str, data: &str) -> String {
    format!(r#"{{"id":"1nv3nted","event":{name},"data":{data},"sentDate":"2026-03-01T12:00:00.000Z"}}"#)
}

#[test]
fn check_of_event_takes_the_name_from_the_body() {
    let paid = r#"{"id":7,"status":"paid"}"#;
    for (lang, name, data, told) in [
        (
            Lang::Pt,
            "myeduzz.invoice_paid",
            paid,
            "myeduzz.invoice_paid: tudo entendido",
        ),
        (
            Lang::Pt,
            "invoice_paid",
            paid,
            "myeduzz.invoice_paid: tudo entendido",
        ),
        (Lang::En, "ping", r#"{"message":"ping"}"#, "ping: all understood"),
    ] {
        let ran = delivery(lang, envelope(&format!("{name:?}"), data));
        assert_eq!((ran.code, &*ran.text), (0, told));
    }
}

/// A body that a receiver can use is checked; any other one is unreadable.
#[test]
fn check_of_event_reads_like_a_receiver() {
    let is_usable = |body: &str| {
        let event = Stored::verified_before(body).event();
        !matches!(event, Event::Unusable(_))
    };
    let data = r#""event":"invoice_paid","data":{"id":7,"status":"paid"}"#;
    let encoder = r#""id":"1","event":"safevideo.encoder_started""#;
    for (body, lost) in [
        (format!("{{{data}}}"), &[][..]),
        (format!(r#"{{{data},"id":7,"sentDate":null}}"#), &[]),
        (format!(r#"{{{data},"id":"1","id":"2"}}"#), &["/id"]),
        (format!(r#"{{{data},"id":{{"a":1}}}}"#), &["/id"]),
        (
            format!(r#"{{{data},"id":"1","sentDate":[1],"more":1}}"#),
            &["/more", "/sentDate"],
        ),
        (r#"{"event":"ping"}"#.into(), &[]),
        (r#"{"event":"ping","data":[1]}"#.into(), &["/data"]),
        (
            format!(r#"{{{encoder},"data":{{"filename":"a","sentDate":"2026-03-01"}}}}"#),
            &[],
        ),
        (
            format!(
                r#"{{{encoder},"sentDate":"2026-03-01","data":{{"filename":"a","sentDate":"2026-03-02"}}}}"#
            ),
            &["/data/sentDate"],
        ),
    ] {
        assert!(is_usable(&body), "{body}");
        let ran = delivery(Lang::Pt, &body);
        assert_eq!(ran.pointers().into_iter().collect::<Vec<_>>(), lost, "{body}");
        ran.ended(u8::from(!lost.is_empty()), &[]);
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
        assert!(!is_usable(&body), "{body}");
        delivery(Lang::Pt, &body).ended(2, &[]);
    }
    delivery(Lang::Pt, format!("\u{feff}{{{data}}}")).ended(2, &["BOM"]);
}

#[test]
fn check_of_unreadable_event_shows_the_reason() {
    let named = |name: &str| envelope(name, r#"{"message":"canary-value"}"#);
    for (body, told) in [
        (String::new(), "vazio"),
        ("canary-value".into(), "não é JSON"),
        ("<html>canary-value".into(), "HTML"),
        (r#"["canary-value"]"#.into(), "formato esperado"),
        (r#"{"message":"canary-value"}"#.into(), "`event`"),
        (r#"{"event":null,"data":{}}"#.into(), "`event`"),
        (named(r#"["canary-value"]"#), "em /event"),
        (named("7"), "em /event"),
        (named(r#""ping","event":"ping""#), "duas vezes"),
        (named(r#""canary-value""#), "não está na lista"),
        (named(r#""myeduzz.invoice_payed""#), "`myeduzz.invoice_paid`"),
        (envelope(r#""invoice_paid""#, r#""canary-value""#), "em /data"),
        (envelope(r#""invoice_paid""#, r#"{"status":"paid"}"#), "`id`"),
    ] {
        delivery(Lang::Pt, &body).ended(2, &[told]);
        delivery(Lang::En, &body).ended(2, &[]);
    }
}
