//! What genuine deliveries tell, whatever is in them.

use eduzz_types::ReadError;
use eduzz_webhook::{EVENTS, Event, EventName, Keys};
use proptest::prelude::*;

use crate::support::{BODY, genuine, ours};

#[test]
fn a_delivery_tells_its_envelope() {
    let delivery = genuine(BODY);
    assert_eq!(delivery.id().unwrap().as_str(), "1nv3nt3d");
    assert_eq!(delivery.name().unwrap(), "safevideo.encoder_started");
    assert_eq!(delivery.sent_date().unwrap().as_str(), "2026-03-01T12:00:00.000Z");
    assert_eq!(delivery.dedup_key(), "1nv3nt3d");
    assert!(!delivery.is_ping());
    let Event::SafevideoEncoderStarted(video) = delivery.event() else {
        panic!("{:?}", delivery.event());
    };
    assert_eq!(&*video.filename, "aula.mp4");
}

#[test]
fn every_event_of_an_invoice_has_one() {
    for fixture in eduzz_fixtures::EVENTS {
        let delivery = genuine(fixture.plain().unwrap());
        let event = delivery.event();
        let is_invoices = fixture.event.starts_with("invoice_");
        assert_eq!(event.invoice().is_some(), is_invoices, "{}", fixture.event);
    }
    assert_eq!(
        EVENTS.iter().filter(|name| name.contains(".invoice_")).count(),
        11
    );
}

#[test]
fn members_stand_in_any_order_and_with_others() {
    let delivery = genuine(
        r#" { "attempt": [1, {"id": 3}], "data": {"filename": "a"}, "sentDate": "x", "event": " safevideo.encoder_started ", "id": 7 } "#,
    );
    assert_eq!(delivery.id().unwrap().as_str(), "7");
    assert_eq!(delivery.sent_date().unwrap().as_str(), "x");
    assert!(matches!(delivery.event(), Event::SafevideoEncoderStarted(_)));
}

#[test]
fn the_date_may_stand_in_the_data() {
    let dates = |body: &str| genuine(body).sent_date().map(|date| date.as_str().to_owned());
    assert_eq!(
        dates(r#"{"event":"a","data":{"sentDate":"within"}}"#).unwrap(),
        "within"
    );
    assert_eq!(
        dates(r#"{"event":"a","data":{"sentDate":"within"},"sentDate":"above"}"#).unwrap(),
        "above"
    );
    assert_eq!(
        dates(r#"{"event":"a","data":{"sentDate":"within"},"sentDate":null}"#).unwrap(),
        "within"
    );
    assert_eq!(dates(r#"{"event":"a","data":[],"sentDate":7}"#), None);
    assert_eq!(dates(r#"{"event":"a","data":{"sentDate":7}}"#), None);
}

#[test]
fn an_event_that_nobody_knows_keeps_name_and_json() {
    let data = r#"{ "b": 1.50, "a": [ ], "b": 2 }"#;
    let delivery = genuine(format!(r#"{{"id":"1","event":"sun.cart_found","data":{data}}}"#));
    let Event::Unknown(unknown) = delivery.event() else {
        panic!("{:?}", delivery.event());
    };
    assert_eq!(unknown.name, "sun.cart_found");
    assert_eq!(
        (unknown.name.origin(), unknown.name.bare()),
        (Some("sun"), "cart_found")
    );
    assert!(!unknown.name.is_known());
    assert_eq!(unknown.data.as_deref(), Some(data), "to the letter");
    for nothing in ["null", " null"] {
        let body = format!(r#"{{"event":"sun.cart_found","data":{nothing}}}"#);
        let Event::Unknown(unknown) = genuine(body).event() else {
            panic!("{nothing}");
        };
        assert_eq!(unknown.data, None);
    }
}

/// What is genuine and cannot be read is told with its place, and is no error.
#[test]
fn what_cannot_be_read_is_told_and_not_lost() {
    let deep = format!(
        r#"{{"id":"1","event":"safevideo.encoder_started","data":{}{}}}"#,
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    let shape = |path: &str, reason: &'static str| ReadError::Shape {
        path: path.into(),
        reason: reason.into(),
    };
    let envelope = "invalid type: sequence, expected an envelope with `id`, `event` and `data`";
    type Line = (Vec<u8>, Option<&'static str>, Option<&'static str>, ReadError);
    let table: Vec<Line> = vec![
        (b"".to_vec(), None, None, ReadError::Empty),
        (b" \n".to_vec(), None, None, ReadError::Empty),
        (b"<html>".to_vec(), None, None, ReadError::Html),
        (b"[]".to_vec(), None, None, shape("", envelope)),
        (
            br#"{"id":"1","event":"a"#.to_vec(),
            None,
            None,
            ReadError::Cut { length: 20 },
        ),
        (
            b"event=ping".to_vec(),
            None,
            None,
            ReadError::Syntax { line: 1, column: 1 },
        ),
        (
            b"{\"id\":\"1\",\"event\":\"\xff\"}".to_vec(),
            None,
            None,
            ReadError::Syntax { line: 1, column: 20 },
        ),
        (
            br#"{"id":"1","data":{}}"#.to_vec(),
            Some("1"),
            None,
            shape("", "missing field `event`"),
        ),
        (
            br#"{"id":"1","event":null,"data":{}}"#.to_vec(),
            Some("1"),
            None,
            shape("", "missing field `event`"),
        ),
        (
            br#"{"id":"1","event":7,"data":{}}"#.to_vec(),
            Some("1"),
            None,
            shape("/event", "invalid type: integer, expected the name of an event"),
        ),
        (
            br#"{"id":"1","event":"Ana Lima <ana@example.com>","data":{}}"#.to_vec(),
            Some("1"),
            None,
            shape("/event", "the text is not the name of an event"),
        ),
        (
            br#"{"id":"1","event":"","data":{}}"#.to_vec(),
            Some("1"),
            None,
            shape("/event", "the text is not the name of an event"),
        ),
        (
            br#"{"id":"1","event":"ping","event":"ping"}"#.to_vec(),
            Some("1"),
            None,
            shape("", "duplicate field `event`"),
        ),
        (
            br#"{"id":"1","event":"safevideo.encoder_started"}"#.to_vec(),
            Some("1"),
            Some("safevideo.encoder_started"),
            shape("", "missing field `data`"),
        ),
        (
            br#"{"id":"1","event":"safevideo.encoder_started","data":{},"data":{}}"#.to_vec(),
            Some("1"),
            Some("safevideo.encoder_started"),
            shape("", "duplicate field `data`"),
        ),
        (
            br#"{"id":"1","event":"sun.new","data":{},"data":{}}"#.to_vec(),
            Some("1"),
            Some("sun.new"),
            shape("", "duplicate field `data`"),
        ),
        (
            br#"{"id":"1","event":"safevideo.encoder_started","data":{"filename":"a","filename":"b"}}"#
                .to_vec(),
            Some("1"),
            Some("safevideo.encoder_started"),
            shape("/data", "duplicate field `filename`"),
        ),
        (
            br#"{"id":"1","event":"safevideo.encoder_started","data":{"filename":{"a":"b"}}}"#.to_vec(),
            Some("1"),
            Some("safevideo.encoder_started"),
            shape("/data/filename", "invalid type: map, expected a string"),
        ),
        (
            deep.into_bytes(),
            Some("1"),
            Some("safevideo.encoder_started"),
            shape("/data", "invalid type: sequence, expected struct Encoding"),
        ),
    ];
    for (body, id, name, reason) in table {
        let shown = String::from_utf8_lossy(&body[..body.len().min(100)]).into_owned();
        let delivery = genuine(&body);
        assert_eq!(delivery.id().map(eduzz_types::EventId::as_str), id, "{shown}");
        assert_eq!(delivery.name().map(EventName::as_str), name, "{shown}");
        let Event::Unusable(unusable) = delivery.event() else {
            panic!("{shown}: {:?}", delivery.event());
        };
        assert_eq!(unusable.reason, reason, "{shown}");
        assert_eq!(unusable.name.as_ref().map(EventName::as_str), name, "{shown}");
        assert_eq!(*unusable.body, *body, "{shown}: as it came");
    }
}

#[test]
fn an_id_that_is_none_leaves_the_event() {
    for id in [
        "",
        r#""id":null,"#,
        r#""id":"","#,
        r#""id":" ","#,
        r#""id":{},"#,
        r#""id":1.5,"#,
        r#""id":"1","id":"2","#,
        r#""id":"1","id":"1","#,
    ] {
        let body = format!(r#"{{{id}"event":"safevideo.encoder_started","data":{{"filename":"aula.mp4"}}}}"#);
        let delivery = genuine(&body);
        assert_eq!(delivery.id(), None, "{id}");
        assert!(
            matches!(delivery.event(), Event::SafevideoEncoderStarted(_)),
            "{id}"
        );
        assert_eq!(
            delivery.dedup_key(),
            ours().sign(body.as_bytes()).as_str(),
            "the signature tells this body from others"
        );
    }
}

#[test]
fn one_id_with_another_body_is_the_same_event() {
    let other = BODY.replace("aula", "outra");
    assert_eq!(genuine(BODY).dedup_key(), genuine(&other).dedup_key());
    assert_ne!(genuine(BODY).signature(), genuine(&other).signature());
}

#[test]
fn a_ping_is_a_ping_whatever_else_it_has() {
    for body in [
        r#"{"id":"1","event":"ping","data":{"message":"ping"},"sentDate":"2026-03-01T12:00:00.000Z"}"#,
        r#"{"event":"ping"}"#,
        r#"{"event":"ping","data":{"invoice":1}}"#,
    ] {
        assert!(genuine(body).is_ping());
        assert_eq!(genuine(body).event(), Event::Ping);
    }
}

#[test]
fn names_are_read_with_their_origin_and_without_it() {
    for full in EVENTS {
        let name = EventName::new(full).unwrap();
        let bare = EventName::new(name.bare()).unwrap();
        assert_eq!(bare, name, "no two origins have an event of one name");
        assert!(name.is_known());
        assert_eq!(name.to_string(), *full);
    }
    for none in ["", " ", "a b", "a@b", "é", "a\nb", &"a".repeat(101)] {
        assert_eq!(EventName::new(none), None, "{none:?}");
    }
    // Another case is another name: nothing says otherwise.
    assert!(!EventName::new("Ping").unwrap().is_ping());
}

/// Every body of the fixtures, as Eduzz would send it.
#[test]
fn every_fixture_gives_its_event() {
    let keys = Keys::new("only", ours());
    for fixture in eduzz_fixtures::EVENTS {
        for body in fixture.bodies {
            let delivery = keys.open([ours().sign(body.bytes)], body.bytes).unwrap();
            let event = delivery.event();
            let shown = format!("{}.{} {}", fixture.origin, fixture.event, body.name);
            if let Event::Unusable(unusable) = &event {
                let meta = eduzz_testkit::meta::read(fixture.meta);
                assert!(meta.notes(body.name).broken, "{shown}: {}", unusable.reason);
                continue;
            }
            let name = event.name().unwrap();
            assert_eq!(name.origin(), Some(fixture.origin), "{shown}");
            assert_eq!(name.bare(), fixture.event, "{shown}");
            assert!(name.is_known(), "{shown}");
            assert_eq!(delivery.name(), Some(&name), "{shown}");
        }
    }
}

proptest! {
    #[test]
    fn whatever_is_signed_gives_an_event(body in proptest::collection::vec(any::<u8>(), 0..200)) {
        let delivery = genuine(&body);
        let event = delivery.event();
        prop_assert!(matches!(event, Event::Unusable(_)) || delivery.name().is_some());
    }

    /// A body of the fixtures with some bytes changed, as the service could have written it.
    #[test]
    fn whatever_is_like_an_event_gives_an_event(
        fixture in proptest::sample::select(eduzz_fixtures::EVENTS),
        changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut body = fixture.plain().unwrap().to_vec();
        for (place, byte) in changes {
            let place = place.index(body.len());
            body[place] = byte;
        }
        let delivery = genuine(&body);
        let event = delivery.event();
        if let (Some(name), Event::Unknown(unknown)) = (delivery.name(), &event) {
            prop_assert_eq!(name, &unknown.name);
        }
        eduzz_testkit::canary::debug_is_clean(&event);
    }
}
