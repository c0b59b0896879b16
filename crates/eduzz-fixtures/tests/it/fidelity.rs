//! The comparison finds every change and no other place.

use eduzz_fixtures::fidelity::{self, Change};
use eduzz_testkit::{canary, json, strategies};
use proptest::prelude::*;
use serde_json::{Value, json};

fn differences(original: Value, written: Value) -> Vec<String> {
    let report = fidelity::compare(&original, &written);
    report
        .differences
        .iter()
        .map(|difference| format!("{} {}", difference.pointer, difference.change))
        .collect()
}

#[test]
fn comparison_of_equal_canonical_forms_is_whole() {
    for (original, written) in [
        (json!({ "a": null }), json!({})),
        (json!({}), json!({ "a": null })),
        (json!({ "a": null }), json!({ "a": [] })),
        (json!([null, 1, null]), json!([1])),
        (json!([1, null, 2]), json!([1, null, 2])),
        (json!(10), json!(10.0)),
        (json!(1e2), json!(100)),
        (json!(-0.0), json!(0)),
        (json!(123), json!("123")),
        (json!(" 123 "), json!("123")),
    ] {
        assert!(
            fidelity::compare(&original, &written).is_whole(),
            "{original} {written}"
        );
    }
}

#[test]
fn quirk_is_reported_as_normalised_and_not_as_difference() {
    for (original, written, quirk) in [
        (json!("waiting_payment"), json!("waitingPayment"), "Q29"),
        (json!("10.50"), json!(10.5), "Q30"),
        (json!(" 197,00"), json!(197), "Q180"),
    ] {
        let report = fidelity::compare(&json!({ "a": original }), &json!({ "a": written }));
        assert!(report.is_whole());
        assert_eq!(
            (report.normalised[0].pointer.as_str(), report.normalised[0].quirk),
            ("/a", quirk)
        );
    }
}

#[test]
fn value_that_only_the_comparison_rejects_has_its_own_error() {
    for odd in [
        "1e400".to_owned(),
        format!("{}{}", "[".repeat(200), "]".repeat(200)),
        r#""\ud800""#.to_owned(),
    ] {
        let body = format!(r#"{{"id":"1","unknown":{odd}}}"#);
        let error = fidelity::check::<eduzz_types::accounts::Me>(body.as_bytes()).unwrap_err();
        assert!(error.to_string().contains("the model reads it"), "{error}");
    }
}

#[test]
fn comparison_of_other_values_names_place_and_kinds() {
    assert_eq!(
        differences(json!({ "a_b": 1 }), json!({})),
        ["/a_b not understood (number)"]
    );
    assert_eq!(
        differences(json!({ "a": "x" }), json!({ "a": "y" })),
        ["/a changed (text)"]
    );
    assert_eq!(
        differences(json!({ "a": "1" }), json!({ "a": true })),
        ["/a changed (text to boolean)"]
    );
    assert_eq!(
        differences(json!([1, 2]), json!([1])),
        ["/1 not understood (number)"]
    );
    assert_eq!(differences(json!({}), json!({ "a": 0 })), ["/a added (number)"]);
    assert_eq!(differences(json!(0.1), json!(0.100_000_1)), [" changed (number)"]);
    assert_eq!(differences(json!("0010"), json!("10")), [" changed (text)"]);
    // Only a single word is folded as an enum value; a person's text is not.
    assert_eq!(
        differences(json!("Ana_B@example.com"), json!("anab@example.com")),
        [" changed (text)"]
    );
    assert_eq!(
        differences(json!("Ana Lima"), json!("ana lima")),
        [" changed (text)"]
    );
}

proptest! {
    #[test]
    fn comparison_of_a_value_with_itself_is_whole(value in strategies::any_json()) {
        prop_assert!(fidelity::compare(&value, &value).is_whole());
    }

    #[test]
    fn comparison_without_a_field_finds_the_field(value in strategies::any_json(), at in any::<proptest::sample::Index>()) {
        let places = json::places(&value);
        prop_assume!(!places.is_empty());
        let place = at.get(&places);
        let Some(less) = json::without(&value, place) else { return Ok(()) };
        let taken = value.pointer(place).unwrap();
        let report = fidelity::compare(&value, &less);
        prop_assert_eq!(report.is_whole(), taken.is_null());
        if let [difference] = &*report.differences {
            let segments = |pointer: &str| pointer.split('/').map(str::to_owned).collect::<Vec<_>>();
            let (shown, whole) = (segments(&difference.pointer), segments(place));
            prop_assert_eq!(shown.len(), whole.len());
            prop_assert!(shown.iter().zip(&whole).all(|(shown, whole)| shown == whole || shown == "*"));
            prop_assert_eq!(difference.change, Change::Lost(fidelity::Kind::of(taken)));
        }
    }

    #[test]
    fn comparison_of_numbers_is_by_value(a in any::<i32>(), zeros in 0_usize..4) {
        let other: Value = serde_json::from_str(&format!("{a}.{}0", "0".repeat(zeros))).unwrap();
        prop_assert!(fidelity::compare(&json!(a), &other).is_whole());
        prop_assert!(!fidelity::compare(&json!(a), &json!(i64::from(a) * 10 + 1)).is_whole());
    }
}

#[test]
fn report_prints_no_value() {
    let report = fidelity::compare(&json!({ "a": canary::PERSONAL }), &json!({ "a": canary::SECRET }));
    canary::debug_is_clean(&report);
    canary::is_clean(&report.differences[0].change.to_string());
}

#[test]
fn pointer_replaces_a_key_that_may_be_data_by_a_star() {
    for key in [
        "ana2@example.com",
        "11987650000",
        "000.000.002-72",
        "Ana Prado",
        "",
    ] {
        let original = json!({ "people": { key: { "x-1": 1 } } });
        assert_eq!(
            differences(original.clone(), json!({ "people": {} })),
            ["/people/* not understood (object)"]
        );
        assert_eq!(
            differences(json!({ "people": {} }), original.clone()),
            ["/people/* added (object)"]
        );
        assert_eq!(
            differences(original, json!({ "people": { key: {} } })),
            ["/people/*/x-1 not understood (number)"]
        );
    }
    // An index of a list is shown.
    assert_eq!(
        differences(json!({ "a": [1, 2] }), json!({ "a": [1, true] })),
        ["/a/1 changed (number to boolean)"]
    );
}
