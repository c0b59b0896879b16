//! The shape of an answer: which members a record shows in it, and how ids and moments are written
//! there.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use eduzz_fixtures::Fixture;
use serde_json::{Map, Value};

/// The value at this pointer of a call's successful example, from the first answer that has it. A
/// null member of a first row is filled from the other rows. An example is read once.
pub(crate) fn of_call(product: &'static str, endpoint: &'static str, pointer: &str) -> Arc<Value> {
    type Place = (&'static str, &'static str, String);
    static KNOWN: Mutex<BTreeMap<Place, Arc<Value>>> = Mutex::new(BTreeMap::new());
    // Values stay valid after a panic.
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let place = known.entry((product, endpoint, pointer.to_owned()));
    Arc::clone(place.or_insert_with(|| Arc::new(read(product, endpoint, pointer))))
}

fn read(product: &str, endpoint: &str, pointer: &str) -> Value {
    let fixture = eduzz_fixtures::find(product, endpoint);
    let plain = fixture.and_then(Fixture::success);
    let variants = fixture.map_or(&[][..], |fixture| fixture.answers);
    let mut answers = plain
        .into_iter()
        .chain(variants)
        .filter(|answer| answer.status < 300);
    answers
        .find_map(|answer| {
            let body: Value = serde_json::from_slice(answer.body).ok()?;
            let mut shape = body.pointer(pointer).filter(|found| !found.is_null())?.clone();
            let rows = pointer.strip_suffix("/0").and_then(|list| body.pointer(list));
            for row in rows.and_then(Value::as_array).into_iter().flatten().skip(1) {
                fill(&mut shape, row);
            }
            Some(shape)
        })
        .unwrap_or_default()
}

/// The data of an event's example. An example is read once.
pub(crate) fn of_event(name: &'static str) -> Arc<Value> {
    static KNOWN: Mutex<BTreeMap<&str, Arc<Value>>> = Mutex::new(BTreeMap::new());
    // Values stay valid after a panic.
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    Arc::clone(known.entry(name).or_insert_with(|| Arc::new(read_event(name))))
}

fn read_event(name: &str) -> Value {
    let (origin, event) = name.split_once('.').unwrap_or_default();
    let body = eduzz_fixtures::find_event(origin, event).and_then(eduzz_fixtures::EventFixture::plain);
    let body: Option<Value> = body.and_then(|body| serde_json::from_slice(body).ok());
    body.and_then(|mut body| body.get_mut("data").map(Value::take))
        .unwrap_or_default()
}

fn fill(shape: &mut Value, row: &Value) {
    for (name, member) in shape.as_object_mut().into_iter().flatten() {
        if member.is_null()
            && let Some(other) = row.get(name)
        {
            *member = other.clone();
        }
    }
}

/// The value with the members of the shape; ids are numbers or texts and moments are written as in
/// the shape. An object that shares no member with its shape has free members and stays as it is.
pub(crate) fn like(value: &Value, shape: &Value) -> Value {
    match (value, shape) {
        (Value::Object(value), Value::Object(shape)) if shape.keys().any(|name| value.contains_key(name)) => {
            let member = |(name, shape): (&String, &Value)| {
                let member = value.get(name).unwrap_or(&Value::Null);
                (name.clone(), like(member, shape))
            };
            Value::Object(shape.iter().map(member).collect())
        }
        (Value::Array(values), Value::Array(shapes)) => match shapes.first() {
            Some(shape) => values.iter().map(|value| like(value, shape)).collect(),
            None => values.iter().map(shown).collect(),
        },
        (Value::String(text), Value::Number(_)) => {
            text.parse::<u64>().map_or_else(|_| value.clone(), Value::from)
        }
        (Value::Number(number), Value::String(_)) => Value::String(number.to_string()),
        (Value::String(moment), Value::String(shape)) => Value::String(written(moment, shape)),
        _ => shown(value),
    }
}

/// The value without the members that are the sandbox's own, whose names begin with `_`.
fn shown(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let shown = members.iter().filter(|(name, _)| !name.starts_with('_'));
            Value::Object(
                shown
                    .map(|(name, value)| (name.clone(), value.clone()))
                    .collect::<Map<_, _>>(),
            )
        }
        _ => value.clone(),
    }
}

/// Writes the moment of a record in the form of the shape's: with milliseconds, a blank, or without
/// a zone.
fn written(text: &str, shape: &str) -> String {
    let is_moment = |text: &str| {
        let marks = [(4, b'-'), (7, b'-'), (13, b':'), (16, b':')];
        let has = |(at, mark): (usize, u8)| text.as_bytes().get(at) == Some(&mark);
        text.is_ascii() && text.len() >= 19 && marks.into_iter().all(has)
    };
    match (
        text.get(..10),
        text.get(11..19),
        shape.get(10..11),
        shape.get(19..),
    ) {
        (Some(day), Some(time), Some(between), Some(end)) if is_moment(text) && is_moment(shape) => {
            let end = end.replace(|digit: char| digit.is_ascii_digit(), "0");
            format!("{day}{between}{time}{end}")
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn record_takes_members_ids_and_moments_of_the_shape() {
        let record = json!({
            "id": "7", "at": "2026-03-01T12:00:00Z", "_of": "1", "more": true, "free": { "a": 1 }, "tags": ["x"],
            "by": { "id": "8", "name": "N", "email": "n@example.com" }, "day": "2026-03-01",
        });
        let shape = json!({
            "id": 1, "at": "2020-01-01 00:00:00.1230000", "free": { "b": 2 }, "tags": [], "by": { "id": "1", "name": "" },
            "day": "2020-01-01", "missing": 1,
        });
        let expected = json!({
            "id": 7, "at": "2026-03-01 12:00:00.0000000", "free": { "a": 1 }, "tags": ["x"],
            "by": { "id": "8", "name": "N" }, "day": "2026-03-01", "missing": null,
        });
        assert_eq!(like(&record, &shape), expected);
        for (end, text) in [
            ("T00:00:00.450Z", "T12:00:00.000Z"),
            ("T00:00:00Z", "T12:00:00Z"),
            (" 00:00:00", " 12:00:00"),
        ] {
            assert_eq!(
                written("2026-03-01T12:00:00Z", &format!("2020-01-01{end}")),
                format!("2026-03-01{text}")
            );
        }
    }
}
