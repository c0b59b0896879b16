//! Walks over the places of a JSON value.

use serde_json::{Map, Value, json};

/// The pointers of all places below the root, parents first.
#[must_use]
pub fn places(value: &Value) -> Vec<String> {
    fn walk(value: &Value, pointer: &str, places: &mut Vec<String>) {
        let mut enter = |key: &str, value: &Value| {
            let pointer = format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"));
            places.push(pointer.clone());
            walk(value, &pointer, places);
        };
        match value {
            Value::Object(fields) => fields.iter().for_each(|(key, value)| enter(key, value)),
            Value::Array(items) => items
                .iter()
                .enumerate()
                .for_each(|(index, value)| enter(&index.to_string(), value)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    walk(value, "", &mut found);
    found
}

/// The value with another one at a place.
#[must_use]
pub fn with(value: &Value, pointer: &str, new: Value) -> Value {
    let mut value = value.clone();
    *value.pointer_mut(pointer).expect("the place is there") = new;
    value
}

/// The value without a field; `None` when the place is an array's.
#[must_use]
pub fn without(value: &Value, pointer: &str) -> Option<Value> {
    let (parent, key) = pointer.rsplit_once('/')?;
    let key = key.replace("~1", "/").replace("~0", "~");
    let mut value = value.clone();
    value.pointer_mut(parent)?.as_object_mut()?.remove(&key)?;
    Some(value)
}

/// The value with an unknown field in every object.
#[must_use]
pub fn with_unknown_keys(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let mut new: Map<String, Value> = fields
                .iter()
                .map(|(key, value)| (key.clone(), with_unknown_keys(value)))
                .collect();
            new.insert(UNKNOWN.into(), json!({ "nested": [1, "two", null] }));
            Value::Object(new)
        }
        Value::Array(items) => items.iter().map(with_unknown_keys).collect(),
        value => value.clone(),
    }
}

/// The value without the fields that [`with_unknown_keys`] adds.
#[must_use]
pub fn without_unknown_keys(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let known = fields.iter().filter(|(key, _)| *key != UNKNOWN);
            known
                .map(|(key, value)| (key.clone(), without_unknown_keys(value)))
                .collect::<Map<_, _>>()
                .into()
        }
        Value::Array(items) => items.iter().map(without_unknown_keys).collect(),
        value => value.clone(),
    }
}

/// A key that no model has.
pub const UNKNOWN: &str = "unknownToEveryModel";

/// One value of each kind, with this text.
#[must_use]
pub fn one_of_each_kind(text: &str) -> [Value; 9] {
    [
        json!(null),
        json!(true),
        json!(-7.5),
        json!(18_446_744_073_709_551_615_u64),
        json!(text),
        json!([]),
        json!([null]),
        json!({}),
        json!({ "a": 1 }),
    ]
}
