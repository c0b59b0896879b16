//! What a receiver keeps of a delivery, and reads later without a key.

use eduzz_testkit::canary;
use eduzz_types::{DateTime, EventId, Partial};
use eduzz_webhook::{Event, EventName, Keys, Stored};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{BODY, genuine, ours};

/// Everything that can be read of it.
#[derive(Debug, PartialEq)]
struct Readings {
    body: Vec<u8>,
    event: Partial<Event>,
    id: Option<EventId>,
    name: Option<EventName>,
    sent_date: Option<DateTime>,
    data: Option<Vec<u8>>,
    is_sample: bool,
    is_ping: bool,
}

fn readings<B: AsRef<[u8]>>(stored: &Stored<B>) -> Readings {
    Readings {
        body: stored.body().to_vec(),
        event: stored.read(),
        id: stored.id().cloned(),
        name: stored.name().cloned(),
        sent_date: stored.sent_date().cloned(),
        data: stored.data().map(<[u8]>::to_vec),
        is_sample: stored.is_sample(),
        is_ping: stored.is_ping(),
    }
}

/// The same after a text format, a tree and a binary format, and from the body alone.
fn survives(body: &[u8]) {
    let keys = Keys::new("2026", ours());
    let delivery = keys.open([ours().sign(body)], body).unwrap();
    let expected = readings(&delivery);
    let stored = delivery.into_stored();
    assert_eq!(readings(&stored), expected);

    let text = serde_json::to_string(&stored).unwrap();
    let value = serde_json::to_value(&stored).unwrap();
    let bytes = postcard::to_allocvec(&stored).unwrap();
    let is_text = value["body"].as_str();
    assert!(
        !is_text.is_some_and(|text| text.contains('\0')),
        "databases refuse it"
    );
    let copies: [Stored; 4] = [
        serde_json::from_str(&text).unwrap(),
        serde_json::from_slice(text.as_bytes()).unwrap(),
        serde_json::from_value(value).unwrap(),
        postcard::from_bytes(&bytes).unwrap(),
    ];
    for copy in copies {
        assert_eq!(copy.key(), Some("2026"));
        assert_eq!(readings(&copy), expected);
        assert_eq!(serde_json::to_string(&copy).unwrap(), text, "written again");
    }

    let copy = Stored::verified_before(body);
    assert_eq!((copy.key(), readings(&copy)), (None, expected));
}

#[test]
fn every_fixture_is_the_same_event_later() {
    for body in eduzz_fixtures::EVENTS.iter().flat_map(|fixture| fixture.bodies) {
        survives(body.bytes);
    }
}

/// A genuine body may have any bytes.
#[test]
fn hostile_body_is_the_same_event_later() {
    let data = |data: &str| format!(r#"{{"id":"1","event":"myeduzz.invoice_paid","data":{data}}}"#);
    let bodies = [
        String::new(),
        "not JSON".into(),
        "\0".into(),
        "{\"event\":\"sun.new\",\"data\":\"\0\"}".into(),
        data(r#"{"id":"\u0000","status":"\u0000"}"#),
        data(r#"{"id":"1","id":"2"}"#),
        data(r#"{"id":"1","status":"\ud800"}"#),
        data("{\"id\":\"1\u{feff}\u{202e}\u{2028}\"}"),
        format!("\u{feff}{BODY}"),
        BODY.replacen("{", r#"{"event":"ping","#, 1),
        data(&("[".repeat(100_000) + &"]".repeat(100_000))),
        "[".repeat(1_000_000),
        data(&format!(r#"{{"id":"1","more":"{}"}}"#, "\\n".repeat(2_500_000))),
    ];
    for body in bodies {
        survives(body.as_bytes());
    }
    survives(b"\xff");
    survives(b"{\"event\":\"sun.new\",\"data\":\"\xff\xfe\"}");
    survives(&vec![0xff; 1 << 20]);
}

#[test]
fn stored_form_is_text() {
    let keys = Keys::new("2026", ours());
    let stored = keys.open([ours().sign(BODY.as_bytes())], BODY).unwrap();
    let form = serde_json::to_value(&*stored).unwrap();
    assert_eq!(form, json!({ "key": "2026", "body": BODY }));
    let alone = serde_json::to_value(&*genuine("\0")).unwrap();
    assert_eq!(alone, json!({ "key": null, "body": [0] }));
    // A later version may add members.
    let form = json!({ "body": BODY, "more": 1 });
    let stored: Stored<Box<[u8]>> = serde_json::from_value(form).unwrap();
    assert_eq!((stored.key(), stored.body()), (None, BODY.as_bytes()));
}

#[test]
fn other_forms_are_refused_without_their_content() {
    let both = format!("{} {}", canary::SECRET, canary::PERSONAL);
    for form in [
        json!(both),
        json!({ "key": both }),
        json!({ both.clone(): both }),
        json!({ "body": { both.clone(): both } }),
        json!({ "body": [both] }),
        json!({ "body": [256] }),
        json!({ "body": [-1] }),
        json!({ "body": null }),
        json!({ "body": 7 }),
        json!({ "body": "{}", "key": [both] }),
        json!([]),
        Value::Null,
    ] {
        let text = form.to_string();
        canary::error_is_clean(&serde_json::from_value::<Stored>(form).unwrap_err());
        canary::error_is_clean(&serde_json::from_str::<Stored>(&text).unwrap_err());
    }
    let twice = r#"{"body":"{}","body":"[]"}"#;
    assert!(serde_json::from_str::<Stored>(twice).is_err());
}

#[test]
fn stored_delivery_prints_no_content() {
    let both = format!("{} {}", canary::SECRET, canary::PERSONAL);
    for body in [format!(r#"{{"event":"sun.new","data":"{both}"}}"#), both] {
        let stored = genuine(body).into_stored();
        canary::debug_is_clean(&stored);
        canary::debug_is_clean(&Stored::verified_before(stored.into_body()));
    }
}

#[test]
fn unusable_body_has_the_same_reason_later() {
    let body = r#"{"id":"1","event":"myeduzz.invoice_paid","data":{"status":"paid"}}"#;
    let Event::Unusable(unusable) = Stored::verified_before(body).event() else {
        panic!("it has no id");
    };
    assert_eq!(
        unusable.reason.to_string(),
        "the body has another form at /data: missing field `id`"
    );
}

proptest! {
    #[test]
    fn any_body_is_the_same_event_later(body in proptest::collection::vec(any::<u8>(), 0..300)) {
        survives(&body);
    }

    /// A body of the fixtures with some bytes changed.
    #[test]
    fn changed_body_is_the_same_event_later(
        fixture in proptest::sample::select(eduzz_fixtures::EVENTS),
        changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut body = fixture.plain().unwrap().to_vec();
        for (place, byte) in changes {
            let place = place.index(body.len());
            body[place] = byte;
        }
        survives(&body);
    }
}
