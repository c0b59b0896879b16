//! The fields of Blinket's webhooks with several forms.

use eduzz_types::FreeForm;
use eduzz_types::blinket::CustomFields;
use eduzz_types::webhook::blinket::Tag;
use serde_json::{Value, json};

fn custom_fields(value: Value) -> CustomFields {
    serde_json::from_value(value).unwrap()
}

#[test]
fn tag_title_reads_from_either_form() {
    let tag = |value: Value| serde_json::from_value::<Tag>(value).unwrap();
    let old = tag(json!("VIP"));
    assert_eq!((old.title(), old.id()), (Some("VIP"), None));
    let new = tag(json!({ "id": 7, "title": "VIP", "color": "#112233ff" }));
    assert_eq!(new.title(), Some("VIP"));
    assert_eq!(new.id().map(AsRef::as_ref), Some("7"));
    assert_eq!(tag(json!({})).title(), None);
    for wrong in [json!(null), json!(7), json!(true)] {
        assert!(serde_json::from_value::<Tag>(wrong.clone()).is_err(), "{wrong}");
    }
}

#[test]
fn custom_answers_are_found_by_name() {
    let fields = custom_fields(json!({ "cidade": "Ouro Preto", "idade": 41, "nada": null }));
    assert_eq!(fields.get("cidade"), Some("Ouro Preto"));
    assert_eq!(fields.get("idade"), None, "it is no text");
    assert_eq!(fields.get("nada"), None);
    let all: Vec<(&str, &Value)> = fields
        .iter()
        .map(|(name, value)| (name, value.as_value()))
        .collect();
    assert_eq!(all, [("cidade", &json!("Ouro Preto")), ("idade", &json!(41))]);
    assert_eq!(fields.other(), None);
    assert_eq!(
        serde_json::to_value(&fields).unwrap(),
        json!({ "cidade": "Ouro Preto", "idade": 41 })
    );
}

#[test]
fn custom_answers_in_unknown_form_are_kept() {
    for form in [json!(["Ouro Preto"]), json!("Ouro Preto"), json!(41)] {
        let fields = custom_fields(form.clone());
        assert_eq!(fields.iter().count(), 0);
        assert_eq!(fields.other().map(FreeForm::as_value), Some(&form));
        assert_eq!(serde_json::to_value(&fields).unwrap(), form);
    }
}
