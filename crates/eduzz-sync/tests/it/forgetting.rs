//! Of a forgotten person nothing stays in a record, and everything else does.

use std::collections::BTreeSet;

use eduzz_sync::mirror::{ForgetKey, Kind, Mark, Record, Sheet, Value as Cell};
use serde_json::{Value, json};

use crate::tables;

const KEY: ForgetKey = ForgetKey::from_bytes([7; 32]);

/// The places of people that can be recognised: an address, a customer's number.
const PEOPLE: &[(Kind, &str)] = &[
    (Kind::Sale, "buyer"),
    (Kind::Sale, "recipient"),
    (Kind::Subscription, "client"),
    (Kind::Customer, ""),
    (Kind::Chargeback, "buyer"),
    (Kind::Affiliation, "customer"),
    (Kind::NutrorStudent, ""),
    (Kind::BlinketParticipant, ""),
    (Kind::AlpaclassStudent, ""),
    (Kind::HeycampMember, ""),
];

/// The rows of the fixtures, and people of the other products.
fn rows() -> Vec<(Kind, Value)> {
    let mut rows = tables::rows();
    for kind in [
        Kind::NutrorStudent,
        Kind::BlinketParticipant,
        Kind::AlpaclassStudent,
        Kind::HeycampMember,
    ] {
        if rows.iter().all(|(of, _)| *of != kind) {
            let person =
                json!({ "id": "1", "name": "Lia", "email": "lia@example.com", "createdAt": "2026-10-01" });
            rows.push((kind, person));
        }
    }
    rows
}

fn marks(marks: impl IntoIterator<Item = Mark>) -> BTreeSet<Mark> {
    marks.into_iter().collect()
}

fn sheet<'a>(kind: Kind, json: &'a str) -> Sheet<'a> {
    Sheet {
        kind,
        key: "1",
        parent: "1402001",
        json,
    }
}

fn object<'v>(row: &'v mut Value, place: &str) -> Option<&'v mut Value> {
    if place.is_empty() {
        return Some(row);
    }
    row.get_mut(place).filter(|value| value.is_object())
}

/// Fills every text below a value that tells of the person.
fn fill(value: &mut Value, text: &str) {
    match value {
        Value::Object(members) => members
            .iter_mut()
            .filter(|(name, _)| !["id", "purchaseHistoryOverview"].contains(&name.as_str()))
            .for_each(|(_, value)| fill(value, text)),
        Value::Array(items) => items.iter_mut().for_each(|item| fill(item, text)),
        Value::String(value) => text.clone_into(value),
        _ => {}
    }
}

/// Puts the text at every personal column, and where only the details have one.
fn with_canaries(kind: Kind, row: &Value, place: &str, text: &str) -> Option<Value> {
    let mut row = row.clone();
    for column in kind.columns().iter().filter(|column| column.is_personal) {
        let (parent, member) = column.source.rsplit_once('.').unwrap_or(("", column.source));
        let (first, second) = parent.split_once('.').unwrap_or((parent, ""));
        if let Some(parent) = object(&mut row, first)
            && let Some(parent) = object(parent, second)
        {
            parent[member] = json!(text);
        }
    }
    let person = object(&mut row, place)?;
    person["birthDate"] = json!(text);
    person["address"] = json!({ "street": text, "lines": [text] });
    if kind == Kind::Customer {
        person["phone"] = json!({ "number": text, "other": text });
    }
    row["refund"]["requesterName"] = json!(text);
    row["invented"] = json!([{ "name": text }]);
    Some(row)
}

fn read(kind: Kind, json: &str) -> Record {
    kind.read("1402001", json).unwrap()
}

fn assert_only_personal_columns_are_empty(kind: Kind, before: &Record, after: &Record) {
    for (column, (before, after)) in kind.columns().iter().zip(before.values.iter().zip(&after.values)) {
        if !column.is_personal {
            assert!(before == after, "{kind}: {}", column.name);
        }
    }
}

#[test]
fn nothing_stays_of_a_forgotten_person_but_what_is_not_personal() {
    let mut seen = BTreeSet::new();
    for (kind, row) in rows() {
        for (_, place) in PEOPLE.iter().filter(|(of, _)| *of == kind) {
            let canary = "Canário@Example.com";
            let Some(row) = with_canaries(kind, &row, place, canary) else {
                continue;
            };
            seen.insert((kind, *place));
            let json = row.to_string();
            let forgotten = marks([KEY.email(" CANÁRIO@example.com\t")]);
            let emptied = sheet(kind, &json).without(&KEY, &forgotten).unwrap();
            assert!(emptied.is_theirs, "{kind} {place}");
            assert!(
                !emptied.json.to_lowercase().contains("canário"),
                "{kind} {place}: {}",
                emptied.json
            );
            let (before, after) = (read(kind, &json), read(kind, &emptied.json));
            assert_only_personal_columns_are_empty(kind, &before, &after);
            for (column, value) in kind.columns().iter().zip(&after.values) {
                let is_empty = *value == Cell::Missing || !column.is_personal;
                assert!(is_empty, "{kind} {place}: {}", column.name);
            }
        }
    }
    assert_eq!(seen, PEOPLE.iter().copied().collect());
}

#[test]
fn a_person_is_known_by_the_number_of_the_customer() {
    for (kind, row) in rows() {
        let columns = kind.columns();
        let has_number = |place: &str| {
            let id = format!("{place}.id");
            let id = id.trim_start_matches('.');
            columns
                .iter()
                .any(|column| column.is_customer && column.source == id)
        };
        for (_, place) in PEOPLE
            .iter()
            .filter(|(of, place)| *of == kind && has_number(place))
        {
            let mut row = row.clone();
            let Some(person) = object(&mut row, place).filter(|person| !person["id"].is_null()) else {
                continue;
            };
            fill(person, "canary");
            let id = person["id"].to_string().trim_matches('"').to_owned();
            let json = row.to_string();
            let forgotten = marks([KEY.customer(&id)]);
            let emptied = sheet(kind, &json).without(&KEY, &forgotten).unwrap();
            let mut left: Value = serde_json::from_str(&emptied.json).unwrap();
            let person = object(&mut left, place).unwrap();
            assert_eq!(person["id"].to_string().trim_matches('"'), id);
            assert!(!person.to_string().contains("canary"), "{kind} {place}: {person}");
        }
    }
}

#[test]
fn what_is_left_is_left_again_and_is_found_by_its_traces() {
    for (kind, row) in rows() {
        let json = row.to_string();
        let traces = sheet(kind, &json).traces(&KEY);
        for mark in &traces {
            let forgotten = marks([*mark]);
            let Some(emptied) = sheet(kind, &json).without(&KEY, &forgotten) else {
                continue;
            };
            read(kind, &emptied.json);
            // The record is remembered beside the person.
            let mut forgotten = forgotten;
            forgotten.insert(KEY.record(kind, "1"));
            let again = sheet(kind, &emptied.json).without(&KEY, &forgotten);
            assert_eq!(again.map(|again| again.json), Some(emptied.json), "{kind}");
        }
        let other = marks([KEY.email("somebody@else.example"), KEY.customer("0")]);
        assert_eq!(sheet(kind, &json).without(&KEY, &other), None, "{kind}");
    }
}

#[test]
fn nothing_is_forgotten_that_no_trace_finds() {
    for (kind, row) in rows() {
        let json = row.to_string();
        let traces = sheet(kind, &json).traces(&KEY);
        let mut all = BTreeSet::new();
        for (kind, other) in rows() {
            all.extend(sheet(kind, &other.to_string()).traces(&KEY));
        }
        let others: BTreeSet<Mark> = all.difference(&traces).copied().collect();
        assert_eq!(sheet(kind, &json).without(&KEY, &others), None, "{kind}");
    }
}

fn sale(buyer: &Value, recipient: &Value) -> String {
    let sale = json!({
        "id": "1", "status": "paid", "total": { "currency": "BRL", "value": 1 },
        "payment": { "method": "pix", "link": "https://pay.example.com/1" },
        "buyer": buyer, "recipient": recipient,
        "affiliate": { "id": "9", "name": "Otávio" }, "producer": { "id": "8", "name": "Loja" },
        "utm": { "source": "a", "content": "?e=ana%40example.com" },
    });
    sale.to_string()
}

#[test]
fn another_person_of_the_record_stays_unless_it_is_the_same_one() {
    let ana = json!({ "id": "5", "name": "Ana", "email": "ana@example.com", "document": "1" });
    let rui = json!({ "id": "6", "name": "Rui", "email": "rui@example.com", "document": "2" });
    let forgotten = marks([KEY.email("ana@example.com")]);
    let left = |recipient: &Value| {
        let json = sale(&ana, recipient);
        let emptied = sheet(Kind::Sale, &json).without(&KEY, &forgotten).unwrap();
        serde_json::from_str::<Value>(&emptied.json).unwrap()
    };
    let gift = left(&rui);
    assert_eq!(gift["buyer"], json!({ "id": "5" }));
    assert_eq!(gift["recipient"], rui);
    assert_eq!(gift["affiliate"]["name"], "Otávio");
    assert_eq!(gift["payment"], json!({ "method": "pix" }));
    assert_eq!(
        gift["utm"],
        json!({ "source": "a" }),
        "the address in a text that is not personal"
    );
    let same = left(&json!({ "id": "7", "name": " ANA ", "email": "other@example.com" }));
    assert_eq!(same["recipient"], json!({ "id": "7" }));
    // Whoever is only named in a record does not take its buyer along.
    let forgotten = marks([KEY.email("rui@example.com")]);
    let json = sale(
        &ana,
        &json!({ "id": "6", "name": "Rui", "email": "rui@example.com" }),
    );
    let emptied = sheet(Kind::Sale, &json).without(&KEY, &forgotten).unwrap();
    let left: Value = serde_json::from_str(&emptied.json).unwrap();
    assert_eq!(left["buyer"], ana);
}

#[test]
fn what_follows_from_a_forgotten_record_is_emptied_too() {
    for (kind, json, of) in [
        (
            Kind::StatementEntry,
            r#"{"id":"1","description":"Venda para Ana","saleId":44,"value":{"currency":"BRL","value":1.50}}"#,
            KEY.record(Kind::Sale, "44"),
        ),
        (
            Kind::Invoice,
            r#"{"id":"1","status":"open","payment":{"amount":{"currency":"BRL","value":1.50},"link":"https://x.example/1"}}"#,
            KEY.record(Kind::Subscription, "1402001"),
        ),
    ] {
        let emptied = sheet(kind, json).without(&KEY, &marks([of])).unwrap();
        assert!(emptied.is_theirs);
        assert!(
            !emptied.json.contains("Ana") && !emptied.json.contains("link"),
            "{}",
            emptied.json
        );
        assert!(
            emptied.json.contains("1.50"),
            "as it was written: {}",
            emptied.json
        );
        assert_only_personal_columns_are_empty(kind, &read(kind, json), &read(kind, &emptied.json));
    }
}

#[test]
fn an_event_is_known_by_its_addresses_its_buyer_and_its_record() {
    let body = br#"{"id":"e","event":"myeduzz.invoice_paid","data":{"id":"44","status":"paid",
        "buyer":{"id":"5","name":"Ana","email":"ANA@example.com"}}}"#;
    let traces = KEY.traces_of_event(body);
    for mark in [
        KEY.email("ana@example.com"),
        KEY.customer("5"),
        KEY.record(Kind::Sale, "44"),
    ] {
        assert!(traces.contains(&mark));
    }
    for odd in [
        &b"not JSON: (ana@example.com)."[..],
        b"\xff ana@example.com",
        br#"{"a":["\u0061na@example.com"]}"#,
    ] {
        assert!(KEY.traces_of_event(odd).contains(&KEY.email("ana@example.com")));
    }
    let deep = format!(
        "{}\"ana@example.com\"{}",
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    assert!(
        KEY.traces_of_event(deep.as_bytes())
            .contains(&KEY.email("ana@example.com"))
    );
}

#[test]
fn marks_of_another_key_are_others() {
    let other = ForgetKey::from_bytes([8; 32]);
    assert!(KEY.email("a@b.example") != other.email("a@b.example"));
    assert!(KEY.customer("1") != KEY.record(Kind::Sale, "1"));
    assert_eq!(format!("{KEY:?} {:?}", KEY.customer("1")), "ForgetKey Mark");
}
