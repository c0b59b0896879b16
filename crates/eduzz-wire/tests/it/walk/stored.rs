//! Stored cursors with any numbers.

use eduzz_wire::{Cursor, Next, Walk};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::any_number;
use super::server::*;

/// A cursor after some rows, with its numbers replaced: the first fields that are numbers.
fn tampered(numbers: &[u64], flags: [bool; 4]) -> Value {
    let mut server = Server::new(40, Sizes::Asked);
    let mut list = Walk::new(sized(10));
    for _ in 0..15 {
        if let Next::Call(call) = list.next() {
            list.received(read(&call, &server.answer(&call)));
        }
    }
    let mut stored = serde_json::to_value(list.cursor()).unwrap();
    let fields = stored.as_object_mut().unwrap();
    fields.insert("last_page".into(), Value::Null);
    let mut flags = flags.into_iter();
    let mut numbers = numbers.iter();
    for (name, value) in fields {
        match value {
            _ if name == "list" || name == "version" => {}
            Value::Bool(flag) => *flag = flags.next().unwrap_or(*flag),
            Value::Number(_) | Value::Null => *value = json!(numbers.next().unwrap()),
            _ => {}
        }
    }
    stored
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn cursor_with_any_numbers_is_refused_or_does_no_harm(
        numbers in proptest::collection::vec(any_number(), 12), flags: [bool; 4],
        answers in proptest::collection::vec((any_number(), any_number(), any_number(), any_number(), proptest::collection::vec(0_u64..30, 0..12)), 1..6),
    ) {
        let stored = tampered(&numbers, flags).to_string();
        let Ok(cursor) = serde_json::from_str::<Cursor>(&stored) else { return Ok(()) };
        let mut list = Walk::resume(sized(10), cursor).unwrap();
        for (pages, page, size, total, rows) in answers.iter().cycle().take(40) {
            let _ = list.progress();
            let _ = list.calls_left();
            let Next::Call(call) = list.next() else { continue };
            let items: Vec<Value> = rows.iter().map(|id| json!({ "id": id })).collect();
            list.received(read(&call, &json!({ "pages": pages, "page": page, "itemsPerPage": size, "totalItems": total, "items": items })));
        }
    }
}
