//! The record that an event is about.

use eduzz_testkit::{canary, json, meta};
use eduzz_webhook::{Event, Subject, SubjectKind};
use serde_json::Value;

use crate::support::genuine;

/// Kind of record, and place of its id in the data, as documented at `SubjectKind`.
fn documented(name: &str) -> (SubjectKind, &'static str) {
    match name.split_once('.').unwrap() {
        ("alpaclass", _) => (SubjectKind::Student, "/student/id"),
        ("blinket", "attendances_printed" | "ticket_edited") => (SubjectKind::BlinketEvent, "/event/id"),
        ("blinket", _) => (SubjectKind::Participant, "/participant/id"),
        ("myeduzz", "commission_processed") => (SubjectKind::Invoice, "/invoiceId"),
        ("myeduzz", event) if event.starts_with("contract_") => (SubjectKind::Contract, "/contract/id"),
        ("myeduzz", _) => (SubjectKind::Invoice, "/id"),
        ("nutror", _) => (SubjectKind::Learner, "/learner/email"),
        ("safevideo", event) if event.starts_with("upload_") => (SubjectKind::Upload, "/filename"),
        ("safevideo", _) => (SubjectKind::Encoding, "/filename"),
        _ => (SubjectKind::Cart, "/transactionId"),
    }
}

fn text(subject: &Subject) -> (SubjectKind, String) {
    (subject.kind, subject.id.as_str().to_owned())
}

fn event(name: &str, data: &Value) -> Event {
    genuine(format!(r#"{{"event":"{name}","data":{data}}}"#)).event()
}

#[test]
fn subject_of_every_body_is_at_its_documented_place() {
    let mut without = Vec::new();
    for fixture in eduzz_fixtures::EVENTS {
        let name = format!("{}.{}", fixture.origin, fixture.event);
        let (kind, place) = documented(&name);
        let meta = meta::read(fixture.meta);
        for body in fixture.bodies.iter().filter(|body| !meta.notes(body.name).broken) {
            let data = serde_json::from_slice::<Value>(body.bytes).unwrap()["data"].take();
            let id = match data.pointer(place) {
                None | Some(Value::Null) => None,
                Some(Value::String(text)) => Some(text.clone()),
                Some(number) => Some(number.to_string()),
            };
            if id.is_none() {
                without.push(format!("{name} {}", body.name));
            }
            let subject = genuine(body.bytes).event().subject().as_ref().map(text);
            assert_eq!(subject, id.map(|id| (kind, id)), "{name} {}", body.name);
        }
    }
    // An optional id may be missing.
    let thin = [
        "blinket.attendance_canceled event-2024.json",
        "blinket.ticket_edited event-thin.json",
        "nutror.enrollment_created event-thin.json",
        "sun.cart_abandonment event-bare.json",
    ];
    assert_eq!(without, thin);
}

#[test]
fn odd_parts_keep_the_subject() {
    for fixture in eduzz_fixtures::EVENTS {
        let name = format!("{}.{}", fixture.origin, fixture.event);
        let (_, subject_place) = documented(&name);
        let data = serde_json::from_slice::<Value>(fixture.plain().unwrap()).unwrap()["data"].take();
        let subject = event(&name, &data).subject();
        assert!(subject.is_some(), "{name}");
        let others = json::places(&data);
        let others = others
            .iter()
            .filter(|place| !subject_place.starts_with(place.as_str()));
        let mut all_odd = data.clone();
        for place in others {
            let odd = json::with(&data, place, 14.into());
            assert_eq!(event(&name, &odd).subject(), subject, "{name}: {place}");
            if all_odd.pointer(place).is_some() {
                all_odd = json::with(&all_odd, place, 14.into());
            }
        }
        assert_eq!(event(&name, &all_odd).subject(), subject, "{name}: {all_odd}");
    }
}

#[test]
fn event_without_a_record_has_no_subject() {
    for body in [
        r#"{"event":"ping","data":{"id":7}}"#,
        r#"{"event":"sun.new","data":{"id":7,"contract":{"id":8}}}"#,
        r#"{"event":"myeduzz.invoice_paid","data":{"status":"paid"}}"#,
        r#"{"event":"myeduzz.invoice_paid","data":{"id":"  "}}"#,
        r#"{"event":"nutror.lesson_rated","data":{"learner":{"email":" "}}}"#,
        r#"{"event":"safevideo.upload_started","data":{"filename":""}}"#,
        "not JSON",
    ] {
        assert_eq!(genuine(body).event().subject(), None, "{body}");
    }
}

#[test]
fn subject_prints_no_person() {
    let learner = format!(
        r#"{{"event":"nutror.lesson_rated","data":{{"learner":{{"email":"{}"}}}}}}"#,
        canary::PERSONAL
    );
    let subject = genuine(learner).event().subject().unwrap();
    assert_eq!(subject.id.as_str(), canary::PERSONAL);
    canary::debug_is_clean(&subject);
}
