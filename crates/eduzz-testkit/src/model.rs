//! Properties of every model, checked on one body of a fixture.

use std::any::type_name;
use std::collections::{BTreeSet, HashSet};
use std::fmt::Debug;
use std::mem::{Discriminant, discriminant};
use std::sync::{LazyLock, Mutex};

use eduzz_fixtures::fidelity;
use eduzz_wire::read_json;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::meta::Notes;
use crate::{canary, json};

/// Every property but the wrong kinds, which need the reader of such a body. Failures name `name`.
pub(crate) fn check<T: DeserializeOwned + Serialize + PartialEq + Debug>(
    name: &str,
    body: &[u8],
    notes: &Notes,
) {
    reads_whole::<T>(name, body, &notes.ignored, &notes.quirks);
    reads_back::<T>(name, body);
    takes_unknown_keys::<T>(name, body);
    skips_invalid_utf8_where_unread::<T>(name, body);
    treats_null_as_absent::<T>(name, body, notes);
    takes_no_list_for_a_record::<T>(name, body);
}

/// A list is not read as a record by the position of the fields.
fn takes_no_list_for_a_record<T: DeserializeOwned + Serialize>(name: &str, body: &[u8]) {
    let body: Value = serde_json::from_slice(body).expect("JSON");
    for pointer in json::places(&body) {
        let Some(record) = body.pointer(&pointer).and_then(Value::as_object) else {
            continue;
        };
        let list = Value::Array(record.values().cloned().collect());
        let changed = json::with(&body, &pointer, list).to_string();
        let Ok(value) = read_json::<T>(changed.as_bytes()) else {
            continue;
        };
        let written = serde_json::to_value(value).expect("a value that was read can be written");
        assert!(
            !written.pointer(&pointer).is_some_and(Value::is_object),
            "{name}: a list at {pointer} is read as a record"
        );
    }
}

/// Reading and writing back loses nothing but `ignored`, and normalises only by `quirks`.
pub(crate) fn reads_whole<T: DeserializeOwned + Serialize>(
    name: &str,
    body: &[u8],
    ignored: &[String],
    quirks: &[String],
) {
    let mut report = fidelity::check::<T>(body).unwrap_or_else(|error| panic!("{name}: {error}"));
    report
        .differences
        .retain(|difference| !ignored.contains(&difference.pointer));
    assert!(report.is_whole(), "{name}: {:?}", report.differences);
    for normalised in report.normalised {
        assert!(
            quirks.iter().any(|quirk| quirk == normalised.quirk),
            "{name}: {} is normalised by {}, which `quirks` in meta.json does not name",
            normalised.pointer,
            normalised.quirk
        );
    }
}

/// read(write(v)) = v.
fn reads_back<T: DeserializeOwned + Serialize + PartialEq + Debug>(name: &str, body: &[u8]) {
    let value: T = serde_json::from_slice(body).expect("it was read before");
    let written = serde_json::to_vec(&value).expect("a value that was read can be written");
    let again: T = serde_json::from_slice(&written).expect("and read");
    assert_eq!(again, value, "{name}");
}

/// A field that the service adds changes nothing, and the comparison finds it. (A `FreeForm` keeps
/// it.)
pub(crate) fn takes_unknown_keys<T: DeserializeOwned + Serialize + PartialEq + Debug>(
    name: &str,
    body: &[u8],
) {
    let before = fidelity::check::<T>(body).expect("it was read before");
    let body: Value = serde_json::from_slice(body).expect("JSON");
    let more = json::with_unknown_keys(&body);
    let read =
        |body: Value| -> T { serde_json::from_value(body).unwrap_or_else(|error| panic!("{name}: {error}")) };
    let written = serde_json::to_value(read(more.clone())).expect("a value that was read can be written");
    let plain = serde_json::to_value(read(body)).expect("a value that was read can be written");
    assert_eq!(
        json::without_unknown_keys(&written),
        plain,
        "{name}: unknown fields change nothing"
    );
    let report = fidelity::check::<T>(more.to_string().as_bytes()).expect("it was read before");
    let found = report
        .differences
        .iter()
        .filter(|difference| difference.pointer.ends_with(json::UNKNOWN))
        .count();
    assert_eq!(
        found + before.differences.len(),
        report.differences.len(),
        "{name}"
    );
    assert!(found > 0, "{name}: the unknown field is found");
}

/// Invalid UTF-8 is an error only in a text that the model reads.
pub(crate) fn skips_invalid_utf8_where_unread<T: DeserializeOwned + PartialEq + Debug>(
    name: &str,
    body: &[u8],
) {
    let body: Value = serde_json::from_slice(body).expect("JSON");
    let body = json::with_unknown_keys(&body).to_string();
    for (end, _) in body.match_indices('"') {
        let (before, after) = body.as_bytes().split_at(end);
        // Before an opening quote the byte is in no text.
        if matches!(before.last(), Some(b'{' | b'[' | b',' | b':')) {
            continue;
        }
        let changed = [before, b"\xff", after].concat();
        assert_eq!(
            read_json::<T>(&changed).ok(),
            serde_json::from_slice(&changed).ok(),
            "{name}: with 0xff at byte {end}"
        );
    }
}

/// An optional field reads the same when it is null and when it is absent, except inside `free`.
fn treats_null_as_absent<T: DeserializeOwned + PartialEq + Debug>(name: &str, body: &[u8], notes: &Notes) {
    let is_free = |pointer: &str| {
        let below = |free: &String| pointer.strip_prefix(free.as_str());
        notes
            .free
            .iter()
            .any(|free| below(free).is_some_and(|rest| rest.starts_with('/')))
    };
    let body: Value = serde_json::from_slice(body).expect("JSON");
    for (pointer, absent) in without_each_field::<T>(&body) {
        if let Some(value) = absent.filter(|_| !is_free(&pointer)) {
            let null = serde_json::from_value::<T>(json::with(&body, &pointer, Value::Null));
            assert_eq!(
                null.ok(),
                Some(value),
                "{name}: null at {pointer} reads as absent"
            );
        }
    }
}

/// The pointer of each field, with the value read without that field; `None` if it is required.
fn without_each_field<T: DeserializeOwned>(body: &Value) -> impl Iterator<Item = (String, Option<T>)> {
    json::places(body).into_iter().filter_map(|pointer| {
        let absent = json::without(body, &pointer)?;
        Some((pointer, serde_json::from_value(absent).ok()))
    })
}

/// JSON pointers of the fields that a `T` cannot be read without, where `*` is an index.
///
/// # Panics
///
/// A field is required in one place and optional in another.
pub(crate) fn required<'a, T: DeserializeOwned>(
    name: &str,
    bodies: impl IntoIterator<Item = &'a [u8]>,
) -> BTreeSet<String> {
    let (mut required, mut optional) = (BTreeSet::new(), BTreeSet::new());
    for body in bodies {
        let body: Value = serde_json::from_slice(body).expect("JSON");
        for (pointer, absent) in without_each_field::<T>(&body) {
            let set = if absent.is_some() {
                &mut optional
            } else {
                &mut required
            };
            set.insert(generic(&pointer));
        }
    }
    let both: Vec<_> = required.intersection(&optional).collect();
    assert!(
        both.is_empty(),
        "{name}: {both:?} are required in some places only"
    );
    required
}

/// The body with each place in turn replaced by each wrong kind, a text about a person among them.
/// A place is left out if this model had it before: in another item of a list, or another body.
pub(crate) fn with_wrong_kinds<T>(body: &[u8]) -> impl Iterator<Item = String> {
    type Place = (&'static str, String, Option<Discriminant<Value>>);
    static SEEN: LazyLock<Mutex<HashSet<Place>>> = LazyLock::new(Mutex::default);
    const PLACE: &str = "the place of the wrong kind";
    let body: Value = serde_json::from_slice(body).expect("JSON");
    let wrong = json::one_of_each_kind(canary::PERSONAL).map(|value| value.to_string());
    let mut places = json::places(&body);
    places.retain(|pointer| {
        let kind = body.pointer(pointer).map(discriminant);
        let place = (type_name::<T>(), generic(pointer), kind);
        SEEN.lock().expect("no panic in between").insert(place)
    });
    places.into_iter().flat_map(move |pointer| {
        // The body is written once per place, not once per kind.
        let marked = json::with(&body, &pointer, PLACE.into()).to_string();
        let with = |wrong: &String| marked.replacen(&format!("\"{PLACE}\""), wrong, 1);
        wrong.iter().map(with).collect::<Vec<_>>()
    })
}

/// A pointer with `*` for each index.
pub(crate) fn generic(pointer: &str) -> String {
    let is_index = |key: &str| !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_digit());
    let keys = pointer
        .split('/')
        .map(|key| if is_index(key) { "*" } else { key });
    keys.collect::<Vec<_>>().join("/")
}
