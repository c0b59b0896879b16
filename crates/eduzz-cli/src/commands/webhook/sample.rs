//! Example deliveries, with a new id and moment.

use std::time::{SystemTime, UNIX_EPOCH};

use eduzz_types::Date;
use serde_json::{Map, Value, json};

use crate::events::Known;
use crate::failure::Failure;
use crate::lang::Lang;

/// The length of most of the service's ids.
const ID: usize = 25;

/// The body of an event: the example with a new id and moment, and with the changes.
pub(super) fn body(lang: Lang, event: &Known, changes: &[String]) -> Result<Value, Failure> {
    let mut body = example(event);
    let envelope = [
        ("id", id(lang)?),
        ("event", event.name.to_owned()),
        ("sentDate", now()),
    ];
    body.extend(envelope.map(|(name, text)| (name.to_owned(), text.into())));
    let mut body = Value::Object(body);
    for word in changes {
        let (pointer, text) = word
            .split_once('=')
            .filter(|(pointer, _)| pointer.starts_with('/'))
            .ok_or_else(|| Failure::usage(lang.not_a_place()))?;
        let value = serde_json::from_str(text).unwrap_or_else(|_| text.into());
        put(&mut body, pointer, value).ok_or_else(|| Failure::usage(lang.no_such_place(pointer)))?;
    }
    Ok(body)
}

/// The documented example, with invented values.
fn example(event: &Known) -> Map<String, Value> {
    let fixture = event
        .name
        .split_once('.')
        .and_then(|(origin, name)| eduzz_fixtures::find_event(origin, name)?.plain());
    let read = |bytes: &[u8]| serde_json::from_slice(bytes).ok();
    fixture.and_then(read).unwrap_or_else(|| {
        // The check of a URL is not an event and has no fixture.
        let data = json!({ "message": event.name });
        Map::from_iter([("data".to_owned(), data)])
    })
}

/// Sets a value: of an existing place, a new member of an existing object, or the end of an
/// existing list (`-`).
fn put(body: &mut Value, pointer: &str, value: Value) -> Option<()> {
    let (parent, key) = pointer.rsplit_once('/')?;
    let key = key.replace("~1", "/").replace("~0", "~");
    match body.pointer_mut(parent)? {
        Value::Object(fields) => drop(fields.insert(key, value)),
        Value::Array(items) if key == "-" => items.push(value),
        Value::Array(items) => *items.get_mut(key.parse::<usize>().ok()?)? = value,
        _ => return None,
    }
    Some(())
}

/// An id as the service makes them: small letters and digits.
fn id(lang: Lang) -> Result<String, Failure> {
    const LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz012345";
    let mut bytes = [0; ID];
    getrandom::fill(&mut bytes).map_err(|_| Failure::usage(lang.no_randomness()))?;
    let letter = |byte: &u8| LETTERS.get(usize::from(byte % 32)).copied().map(char::from);
    Ok(bytes.iter().filter_map(letter).collect())
}

/// This moment, as the service writes moments.
fn now() -> String {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let seconds = since.as_secs();
    let day = i64::try_from(seconds / 86_400).ok();
    let day = day.and_then(|days| Date::from_days_since_epoch(days).ok());
    let (hour, minute, second) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    format!(
        "{}T{hour:02}:{minute:02}:{second:02}.{:03}Z",
        day.as_ref().map_or("1970-01-01", Date::as_str),
        since.subsec_millis()
    )
}

#[cfg(test)]
mod tests {
    use eduzz_types::DateTime;
    use eduzz_webhook::Stored;

    use super::super::report::Reading;
    use super::*;
    use crate::events;

    #[test]
    fn put_needs_an_existing_parent() {
        let mut body = json!({ "a": { "b/c": 1 }, "list": [1, { "d": 2 }] });
        for pointer in ["/a/b~1c", "/a/new", "/new", "/list/0", "/list/1/d", "/list/-"] {
            assert!(put(&mut body, pointer, json!("v")).is_some(), "{pointer}");
        }
        for pointer in ["/list/9", "/list/x", "/a/new/below", "/nowhere/a"] {
            assert!(put(&mut body, pointer, json!("v")).is_none(), "{pointer}");
        }
        let expected =
            json!({ "a": { "b/c": "v", "new": "v" }, "new": "v", "list": ["v", { "d": "v" }, "v"] });
        assert_eq!(body, expected);
    }

    #[test]
    fn example_of_every_event_is_understood() {
        let mut ids = std::collections::HashSet::new();
        for event in events::all() {
            let body = body(Lang::En, event, &[]).unwrap();
            let stored = Stored::verified_before(body.to_string());
            let read = stored.read();
            let reading = Reading::of(&stored, &read);
            assert_eq!((reading.event, reading.reading), (Some(event.name), "known"));
            assert_eq!(
                (reading.id, reading.sent_date),
                (body["id"].as_str(), body["sentDate"].as_str())
            );
            assert!(ids.insert(body["id"].to_string()), "{}", event.name);
        }
    }

    #[test]
    fn id_and_now_have_the_forms_of_the_service() {
        let (one, other) = (id(Lang::En).unwrap(), id(Lang::En).unwrap());
        assert!(one != other && one.len() == ID);
        let now = now();
        assert_eq!(now.len(), "2026-03-01T12:00:00.000Z".len());
        assert!(DateTime::from_text(&now).timestamp().unwrap().unix() > 1_700_000_000);
    }
}
