//! Genuine deliveries and their events.

use eduzz_webhook::{EVENTS, Event, EventName, Former, Keys};
use proptest::prelude::*;

use crate::support::{BODY, genuine, ours};

#[test]
fn delivery_has_its_envelope() {
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
fn invoice_is_given_for_invoice_events_only() {
    for fixture in eduzz_fixtures::EVENTS {
        let delivery = genuine(fixture.plain().unwrap());
        let event = delivery.event();
        let is_invoices = fixture.event.starts_with("invoice_");
        assert_eq!(event.invoice().is_some(), is_invoices, "{}", fixture.event);
    }
    let of_invoices = EVENTS.iter().filter(|name| name.contains(".invoice_"));
    assert_eq!(of_invoices.count(), 11);
}

#[test]
fn members_are_read_in_any_order_beside_others() {
    let delivery = genuine(
        r#" { "attempt": [1, {"id": 3}], "data": {"filename": "a"}, "sentDate": "x", "event": " safevideo.encoder_started ", "id": 7 } "#,
    );
    assert_eq!(delivery.id().unwrap().as_str(), "7");
    assert_eq!(delivery.sent_date().unwrap().as_str(), "x");
    assert!(matches!(delivery.event(), Event::SafevideoEncoderStarted(_)));
}

#[test]
fn sent_date_is_read_from_the_data_too() {
    let dates = |body: &str| genuine(body).sent_date().map(|date| date.as_str().to_owned());
    for (body, date) in [
        (r#"{"event":"a","data":{"sentDate":"within"}}"#, "within"),
        (
            r#"{"event":"a","data":{"sentDate":"within"},"sentDate":"above"}"#,
            "above",
        ),
        (
            r#"{"event":"a","data":{"sentDate":"within"},"sentDate":null}"#,
            "within",
        ),
    ] {
        assert_eq!(dates(body).as_deref(), Some(date), "{body}");
    }
    assert_eq!(dates(r#"{"event":"a","data":[],"sentDate":7}"#), None);
    assert_eq!(dates(r#"{"event":"a","data":{"sentDate":7}}"#), None);
}

#[test]
fn unknown_event_keeps_name_and_json() {
    let data = r#"{ "b": 1.50, "a": [ ], "b": 2 }"#;
    let delivery = genuine(format!(r#"{{"id":"1","event":"sun.cart_found","data":{data}}}"#));
    let Event::Unknown(unknown) = delivery.event() else {
        panic!("{:?}", delivery.event());
    };
    assert_eq!(unknown.name, "sun.cart_found");
    assert_eq!(unknown.name.origin(), Some("sun"));
    assert_eq!(unknown.name.bare(), "cart_found");
    assert!(!unknown.name.is_known());
    assert_eq!(unknown.data.as_deref(), Some(data), "unchanged");
    for nothing in ["null", " null"] {
        let body = format!(r#"{{"event":"sun.cart_found","data":{nothing}}}"#);
        let Event::Unknown(unknown) = genuine(body).event() else {
            panic!("{nothing}");
        };
        assert_eq!(unknown.data, None);
    }
}

/// A genuine delivery that cannot be read is an event with the reason and its place.
#[test]
fn unusable_event_has_reason_and_body() {
    // Two lines each: the body; its id, its name, and the reason.
    let table = r#"
        <html>
        -  -  the body is an HTML page, not JSON
        []
        -  -  the body has another form: invalid type: sequence, expected an envelope with `id`, `event` and `data`
        {"id":"1","event":"a
        -  -  the body ends in the middle, after 20 bytes
        event=ping
        -  -  the body is not JSON (line 1, column 1)
        {"id":"1","data":{}}
        1  -  the body has another form: missing field `event`
        {"id":"1","event":null,"data":{}}
        1  -  the body has another form: missing field `event`
        {"id":"1","event":7,"data":{}}
        1  -  the body has another form at /event: invalid type: integer, expected the name of an event
        {"id":"1","event":"Ana Lima <ana@example.com>","data":{}}
        1  -  the body has another form at /event: the text is not the name of an event
        {"id":"1","event":"","data":{}}
        1  -  the body has another form at /event: the text is not the name of an event
        {"id":"1","event":"ping","event":"ping"}
        1  -  the body has another form: duplicate field `event`
        {"id":"1","event":"safevideo.encoder_started"}
        1  safevideo.encoder_started  the body has another form: missing field `data`
        {"id":"1","event":"safevideo.encoder_started","data":{},"data":{}}
        1  safevideo.encoder_started  the body has another form: duplicate field `data`
        {"id":"1","event":"sun.new","data":{},"data":{}}
        1  sun.new  the body has another form: duplicate field `data`
        {"id":"1","event":"safevideo.encoder_started","data":{"filename":"a","filename":"b"}}
        1  safevideo.encoder_started  the body has another form at /data: duplicate field `filename`
        {"id":"1","event":"safevideo.encoder_started","data":{"filename":{"a":"b"}}}
        1  safevideo.encoder_started  the body has another form at /data/filename: invalid type: map, expected a string
    "#;
    let lines: Vec<&str> = table.trim().lines().map(str::trim).collect();
    for pair in lines.chunks(2) {
        let [id, name, reason] = pair[1].splitn(3, "  ").collect::<Vec<_>>()[..] else {
            panic!("{}", pair[1])
        };
        let given = |text| Some(text).filter(|text| *text != "-");
        is_unusable(pair[0].as_bytes(), given(id), given(name), reason);
    }
    for blank in [&b""[..], b" \n"] {
        is_unusable(blank, None, None, "the body is empty");
    }
    let not_utf8 = b"{\"id\":\"1\",\"event\":\"\xff\"}";
    is_unusable(not_utf8, None, None, "the body is not JSON (line 1, column 20)");
    let (open, close) = ("[".repeat(100_000), "]".repeat(100_000));
    let started = "safevideo.encoder_started";
    let deep = format!(r#"{{"id":"1","event":"{started}","data":{open}{close}}}"#);
    let reason = "the body has another form at /data: invalid type: sequence, expected struct Encoding";
    is_unusable(deep.as_bytes(), Some("1"), Some(started), reason);
}

fn is_unusable(body: &[u8], id: Option<&str>, name: Option<&str>, reason: &str) {
    let shown = String::from_utf8_lossy(&body[..body.len().min(100)]).into_owned();
    let delivery = genuine(body);
    assert_eq!(delivery.id().map(eduzz_types::EventId::as_str), id, "{shown}");
    assert_eq!(delivery.name().map(EventName::as_str), name, "{shown}");
    let Event::Unusable(unusable) = delivery.event() else {
        panic!("{shown}: {:?}", delivery.event());
    };
    assert_eq!(unusable.reason.to_string(), reason, "{shown}");
    assert_eq!(unusable.name.as_ref().map(EventName::as_str), name, "{shown}");
    assert_eq!(&*unusable.body, body, "{shown}: unchanged");
}

#[test]
fn invalid_id_keeps_the_event() {
    let ids = r#"
        "id":null,  "id":"",  "id":{},  "id":1.5,  "id":"1","id":"2",  "id":"1","id":"1",
    "#;
    for id in ids.split_whitespace().chain(["", r#""id":" ","#]) {
        let body = format!(r#"{{{id}"event":"safevideo.encoder_started","data":{{"filename":"aula.mp4"}}}}"#);
        let delivery = genuine(&body);
        assert_eq!(delivery.id(), None, "{id}");
        let event = delivery.event();
        assert!(matches!(event, Event::SafevideoEncoderStarted(_)), "{id}");
        // The signature identifies the body.
        let signature = ours().sign(body.as_bytes());
        assert_eq!(delivery.dedup_key(), signature.as_str());
    }
}

#[test]
fn dedup_key_is_the_id_whatever_the_body() {
    let other = BODY.replace("aula", "outra");
    assert_eq!(genuine(BODY).dedup_key(), genuine(&other).dedup_key());
    assert_ne!(genuine(BODY).signature(), genuine(&other).signature());
}

#[test]
fn ping_with_other_members_is_a_ping() {
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
fn former_name_says_what_became_of_it() {
    let former = |name: &str| EventName::new(name).unwrap().former();
    // Names of older documents and of programs that were written for them.
    let table = "
        myeduzz.invoice_refused -
        myeduzz.invoice_overdue -
        myeduzz.invoice_updated -
        myeduzz.invoice_negotiatied myeduzz.invoice_negotiated
        myeduzz.processed_commision myeduzz.commission_processed
        myeduzz.cart_abandonment sun.cart_abandonment
        myeduzz.contract_status_updated myeduzz.contract_updated
        subscriptions.contract_created myeduzz.contract_created
        subscriptions.contract_updated myeduzz.contract_updated
        subscriptions.contract_status_updated myeduzz.contract_updated
        subscriptions.contract_invented -
        subscriptions.status_updated -
        nutror.complete_lesson_25 nutror.lesson_watched
        nutror.complete_lesson_50 nutror.lesson_watched
        nutror.complete_lesson_75 nutror.lesson_watched
        nutror.complete_lesson_100 nutror.lesson_watched
        nutror.subscription_canceled -
        blinket.attendance_printed blinket.attendances_printed
        blinket.checkin blinket.attendance_checkin
        blinket.tag_changed blinket.attendance_tag_changed
        alpaclass.student_access_certificate alpaclass.student_certificate_accessed
        alpaclass.student_access_course -
        alpaclass.student_commented_on_lesson alpaclass.student_comment_created
        alpaclass.student_completed_course alpaclass.student_course_finished
        alpaclass.student_course_last_seen_at alpaclass.student_course_last_seen
        alpaclass.student_lesson_last_seen_at alpaclass.student_lesson_last_seen
        alpaclass.student_finished_module alpaclass.student_module_finished
        alpaclass.student_marked_lesson_as_favorite alpaclass.student_lesson_marked_as_favorite
        alpaclass.student_marked_lesson_as_read -
        alpaclass.student_marked_lesson_as_watched -
    ";
    for line in table.trim().lines() {
        let (name, now) = line.trim().split_once(' ').unwrap();
        let expected = match EVENTS.iter().find(|event| **event == now) {
            Some(now) => Former::Renamed(now),
            None => Former::Dropped,
        };
        assert!(
            now == "-" || expected != Former::Dropped,
            "{now} is a current event"
        );
        assert_eq!(former(name), Some(expected), "{name}");
        // Without its origin it is the same, unless a current event has the bare name.
        let bare = name.split_once('.').unwrap().1;
        if !bare.starts_with("contract_") && !EventName::new(bare).unwrap().is_known() {
            assert_eq!(former(bare), Some(expected), "{bare}");
        }
    }
    for current in EVENTS
        .iter()
        .copied()
        .chain(["ping", "cart_abandonment", "contract_created"])
    {
        assert_eq!(former(current), None, "{current}");
    }
    for other in [
        "sun.cart_found",
        "subscriptions.created",
        "invoice_payed",
        "a.checkin",
    ] {
        assert_eq!(former(other), None, "{other}");
    }
}

#[test]
fn sample_is_told_apart_from_a_sale() {
    let is_sample = |data: &str| genuine(format!(r#"{{"event":"invoice_paid","data":{data}}}"#)).is_sample();
    for sample in [
        r#"{"producer":{"originSecret":"originsecrettest"}}"#,
        r#"{"id":{"odd":[]},"producer":{"id":[1],"originSecret":"origin\u0073ecrettest"},"status":7}"#,
    ] {
        assert!(is_sample(sample), "{sample}");
        // Whatever the event's type.
        for event in [
            "sun.cart_found",
            "myeduzz.contract_created",
            "safevideo.encoder_started",
        ] {
            let body = format!(r#"{{"event":"{event}","data":{sample}}}"#);
            assert!(genuine(body).is_sample(), "{event}");
        }
    }
    for sale in [
        r#"{"producer":{"originSecret":"originsecret"}}"#,
        r#"{"producer":{"originSecret":null}}"#,
        r#"{"producer":{"originSecret":["originsecrettest"]}}"#,
        r#"{"producer":["originsecrettest"]}"#,
        r#"[["originsecrettest"]]"#,
        r#"{"buyer":{"originSecret":"originsecrettest"}}"#,
        r#"{"producer":{"name":"originsecrettest"}}"#,
        r#"{"originSecret":"originsecrettest"}"#,
        "null",
    ] {
        assert!(!is_sample(sale), "{sale}");
    }
    for fixture in eduzz_fixtures::EVENTS {
        assert!(
            !genuine(fixture.plain().unwrap()).is_sample(),
            "{}",
            fixture.event
        );
    }
    assert!(!genuine(r#"{"event":"ping"}"#).is_sample());
    assert!(!genuine("not even JSON").is_sample());
}

#[test]
fn name_is_read_with_and_without_its_origin() {
    for full in EVENTS {
        let name = EventName::new(full).unwrap();
        let bare = EventName::new(name.bare()).unwrap();
        assert_eq!(bare, name, "no two origins share an event's name");
        assert!(name.is_known());
        assert_eq!(name.to_string(), *full);
    }
    for none in ["", " ", "a b", "a@b", "é", "a\nb", &"a".repeat(101)] {
        assert_eq!(EventName::new(none), None, "{none:?}");
    }
    // Names are case-sensitive.
    assert!(!EventName::new("Ping").unwrap().is_ping());
}

/// Every body of the fixtures, signed.
#[test]
fn fixture_gives_its_event() {
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
    fn any_signed_body_gives_an_event(body in proptest::collection::vec(any::<u8>(), 0..200)) {
        let delivery = genuine(&body);
        let event = delivery.event();
        prop_assert!(matches!(event, Event::Unusable(_)) || delivery.name().is_some());
    }

    /// A body of the fixtures with some bytes changed.
    #[test]
    fn changed_fixture_gives_an_event(
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
