//! Stored cursors with any numbers.

use eduzz_wire::{Cursor, Next, Sweep};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::any_number;
use super::server::*;

/// A cursor after some rows, with its numbers replaced: the first fields that are numbers.
fn tampered(numbers: &[u64], flags: [bool; 5]) -> Value {
    let mut server = Server::new(40, Sizes::Asked);
    let mut list = Sweep::new(sized(10));
    for _ in 0..15 {
        if let Next::Call(call) = list.next() {
            list.received(read(&call, &server.answer(&call)));
        }
    }
    let mut stored = serde_json::to_value(list.cursor()).unwrap();
    let mut flags = flags.into_iter();
    let mut numbers = numbers.iter();
    stored["place"]["last_page"] = Value::Null;
    let (outer, inner) = (stored.clone(), stored["place"].clone());
    let mut tamper = |value: &Value| match value {
        Value::Bool(_) => flags.next().map(|flag| json!(flag)),
        Value::Number(_) | Value::Null => numbers.next().map(|number| json!(number)),
        _ => None,
    };
    for (name, value) in outer.as_object().unwrap() {
        if name != "list" && name != "version" {
            stored[name] = tamper(value).unwrap_or_else(|| value.clone());
        }
    }
    for (name, value) in inner.as_object().unwrap() {
        stored["place"][name] = tamper(value).unwrap_or_else(|| value.clone());
    }
    stored
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn cursor_with_any_numbers_is_refused_or_does_no_harm(
        numbers in proptest::collection::vec(any_number(), 18), flags: [bool; 5],
        answers in proptest::collection::vec((any_number(), any_number(), any_number(), any_number(), proptest::collection::vec(0_u64..30, 0..12)), 1..6),
    ) {
        let stored = tampered(&numbers, flags).to_string();
        let Ok(cursor) = serde_json::from_str::<Cursor>(&stored) else { return Ok(()) };
        let Ok(mut list) = Sweep::new(sized(10)).resume(cursor) else { return Ok(()) };
        for (pages, page, size, total, rows) in answers.iter().cycle().take(40) {
            let _ = list.progress();
            let _ = list.calls_left();
            let Next::Call(call) = list.next() else { continue };
            let items: Vec<Value> = rows.iter().map(|id| json!({ "id": id })).collect();
            list.received(read(&call, &json!({ "pages": pages, "page": page, "itemsPerPage": size, "totalItems": total, "items": items })));
        }
    }
}
