//! What holds for every model, shown on one body of a fixture.

use std::fmt::Debug;

use eduzz_fixtures::fidelity;
use eduzz_wire::read_json;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::meta::Notes;
use crate::{canary, json};

/// Everything but the wrong kinds, which are read by whoever reads such a body. `name` is what a failure names.
pub(crate) fn check<T: DeserializeOwned + Serialize + PartialEq + Debug>(
    name: &str,
    body: &[u8],
    notes: &Notes,
) {
    reads_whole::<T>(name, body, notes);
    reads_back::<T>(name, body);
    takes_unknown_keys::<T>(name, body);
    reads_past_bytes_that_are_no_text::<T>(name, body);
    treats_null_as_absent::<T>(name, body, notes);
}

/// Reading and writing back loses nothing, and changes nothing but what the notes say that it shows.
pub(crate) fn reads_whole<T: DeserializeOwned + Serialize>(name: &str, body: &[u8], notes: &Notes) {
    let mut report = fidelity::check::<T>(body).unwrap_or_else(|error| panic!("{name}: {error}"));
    report
        .differences
        .retain(|difference| !notes.ignored.contains(&difference.pointer));
    assert!(report.is_whole(), "{name}: {:?}", report.differences);
    for normalised in report.normalised {
        assert!(
            notes.quirks.iter().any(|quirk| quirk == normalised.quirk),
            "{name}: {} is normalised by {}, which `quirks` in meta.toml does not name",
            normalised.pointer,
            normalised.quirk
        );
    }
}

/// read(write(v)) = v.
fn reads_back<T: DeserializeOwned + Serialize + PartialEq + Debug>(name: &str, body: &[u8]) {
    let value: T = serde_json::from_slice(body).expect("it was read before");
    let written = serde_json::to_vec(&value).expect("what was read is written");
    let again: T = serde_json::from_slice(&written).expect("and read");
    assert_eq!(again, value, "{name}");
}

/// A field that the service adds changes nothing, and the comparison finds it. (Where the service documents nothing, it is
/// kept with the rest.)
pub(crate) fn takes_unknown_keys<T: DeserializeOwned + Serialize + PartialEq + Debug>(
    name: &str,
    body: &[u8],
) {
    let before = fidelity::check::<T>(body).expect("it was read before");
    let body: Value = serde_json::from_slice(body).expect("JSON");
    let more = json::with_unknown_keys(&body);
    let read =
        |body: Value| -> T { serde_json::from_value(body).unwrap_or_else(|error| panic!("{name}: {error}")) };
    let written = serde_json::to_value(read(more.clone())).expect("what was read is written");
    let plain = serde_json::to_value(read(body)).expect("what was read is written");
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

/// A byte that is no text is minded only where the model looks, as when each text is looked at by itself.
pub(crate) fn reads_past_bytes_that_are_no_text<T: DeserializeOwned + PartialEq + Debug>(
    name: &str,
    body: &[u8],
) {
    let body: Value = serde_json::from_slice(body).expect("JSON");
    let body = json::with_unknown_keys(&body).to_string();
    for (end, _) in body.match_indices('"') {
        let (before, after) = body.as_bytes().split_at(end);
        let changed = [before, b"\xff", after].concat();
        assert_eq!(
            read_json::<T>(&changed).ok(),
            serde_json::from_slice(&changed).ok(),
            "{name}: with 0xff at byte {end}"
        );
    }
}

/// Each field may be absent or null, which read the same, but for those that the notes call required, and those within what
/// has no form.
fn treats_null_as_absent<T: DeserializeOwned + PartialEq + Debug>(name: &str, body: &[u8], notes: &Notes) {
    let is_free = |pointer: &str| {
        let within = |free: &String| {
            pointer
                .strip_prefix(free.as_str())
                .is_some_and(|rest| rest.starts_with('/'))
        };
        notes.free.iter().any(within)
    };
    let body: Value = serde_json::from_slice(body).expect("JSON");
    let mut needed = Vec::new();
    for pointer in json::places(&body) {
        let Some(absent) = json::without(&body, &pointer) else {
            continue;
        };
        match serde_json::from_value::<T>(absent) {
            Err(_) => needed.push(pointer),
            Ok(_) if is_free(&pointer) => {}
            Ok(value) => {
                let null = serde_json::from_value::<T>(json::with(&body, &pointer, Value::Null));
                assert_eq!(
                    null.ok().as_ref(),
                    Some(&value),
                    "{name}: null at {pointer} reads as absent"
                );
            }
        }
    }
    assert_eq!(
        needed, notes.required,
        "{name}: what cannot be missing is what `required` in meta.toml says"
    );
}

/// The body with each of its places in turn of each wrong kind, a text about a person among them.
pub(crate) fn with_wrong_kinds(body: &[u8]) -> impl Iterator<Item = String> {
    let body: Value = serde_json::from_slice(body).expect("JSON");
    let mut wrong = json::one_of_each_kind();
    wrong.push(canary::PERSONAL.into());
    json::places(&body).into_iter().flat_map(move |pointer| {
        let with = |new: &Value| json::with(&body, &pointer, new.clone()).to_string();
        wrong.iter().map(with).collect::<Vec<_>>()
    })
}
