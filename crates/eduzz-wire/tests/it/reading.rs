//! An error of reading names the place and the kind, and no value.

use eduzz_testkit::canary;
use eduzz_types::{EduzzId, Lifetime, Money, Page, Timestamp};
use eduzz_wire::{ReadError, read_json};
use serde::Deserialize;
use serde_json::json;

#[derive(Debug, Deserialize)]
#[allow(dead_code, reason = "only its reading matters")]
struct Sale {
    id: EduzzId,
    total: Money,
    count: u32,
    name: String,
    at: Option<Timestamp>,
    life: Option<Lifetime>,
    items: Vec<Sale>,
}

fn sale() -> serde_json::Value {
    json!({ "id": 1, "total": { "currency": "BRL", "value": 1 }, "count": 1, "name": "x", "items": [] })
}

fn reason(body: &serde_json::Value) -> String {
    read_json::<Page<Sale>>(body.to_string().as_bytes())
        .unwrap_err()
        .to_string()
}

fn page(item: serde_json::Value) -> serde_json::Value {
    json!({ "pages": 1, "page": 1, "itemsPerPage": 1, "totalItems": 1, "items": [item] })
}

#[test]
fn read_error_names_place_and_kind() {
    // A field of the sale, its value, and the error; CANARY is a text that must not print.
    let table = r#"
        count  CANARY                              /count: invalid type: string, expected u32
        count  -5550000                            /count: invalid value: integer, expected u32
        count  5.5                                 /count: invalid type: floating point, expected u32
        id     ["x, expected nothing"]             /id: invalid type: sequence, expected an id (text or number)
        name   1                                   /name: invalid type: integer, expected a string
        total  {"currency":"BRL","value":CANARY}   /total/value: not a decimal number of at most 28 digits
        total  {"currency":"BRL"}                  /total: missing field `value`
        at     CANARY                              /at: the text is not a number of seconds
        life   -1                                  /life: not a number of seconds
        items  [{CANARY:1}]                        /items/0: missing field `id`
    "#;
    for line in table.trim().lines() {
        let (field, rest) = line.trim().split_once(' ').unwrap();
        let (value, expected) = rest.trim().split_once("   ").unwrap();
        let canary = json!(canary::PERSONAL).to_string();
        let mut sale = sale();
        sale[field] = serde_json::from_str(&value.replace("CANARY", &canary)).unwrap();
        let error = format!("the body has another form at /items/0{}", expected.trim());
        assert_eq!(reason(&page(sale)), error);
    }
    let other = reason(&json!({ "message": "no" }));
    assert_eq!(other, "the body has another form: missing field `pages`");
}

#[test]
fn key_that_may_be_data_is_not_named() {
    type ByName = std::collections::BTreeMap<String, u32>;
    let body = json!({ canary::PERSONAL: "x" }).to_string();
    let error = read_json::<ByName>(body.as_bytes()).unwrap_err();
    canary::value_is_clean(&error);
    assert!(error.to_string().contains("at /*:"), "{error}");
}

#[test]
fn bodies_that_are_not_json_have_their_own_errors() {
    let error = |body: &[u8]| read_json::<Sale>(body).unwrap_err();
    assert_eq!(error(b""), ReadError::Empty);
    assert_eq!(error(b" \r\n"), ReadError::Empty);
    assert_eq!(error(b"\n<!doctype html>"), ReadError::Html);
    assert_eq!(error(br#"{"id":"#), ReadError::Cut { length: 6 });
    assert_eq!(error(b"oops"), ReadError::Syntax { line: 1, column: 1 });
    assert!(matches!(
        error(format!("{}{}", sale(), "x").as_bytes()),
        ReadError::Syntax { .. }
    ));
    assert!(matches!(
        error("[".repeat(100_000).as_bytes()),
        ReadError::Shape { .. } | ReadError::Syntax { .. }
    ));
    assert!(matches!(error(b"{\"id\":\"\xff\"}"), ReadError::Syntax { .. }));
}

#[test]
fn duplicate_key_is_an_error() {
    let error = read_json::<Sale>(br#"{"id":1,"id":2}"#).unwrap_err();
    assert!(error.to_string().ends_with("duplicate field `id`"), "{error}");
}

#[test]
fn array_is_not_read_as_an_object() {
    use eduzz_types::accounts::Me;
    use eduzz_types::{Items, List};

    for body in [r#"["error"]"#, r#" [[7]]"#, "[]"] {
        let error = read_json::<Me>(body.as_bytes()).unwrap_err();
        assert!(error.to_string().contains("sequence"), "{error}");
        assert!(read_json::<Items<EduzzId>>(body.as_bytes()).is_err());
        assert!(read_json::<Page<EduzzId>>(body.as_bytes()).is_err());
    }
    assert_eq!(read_json::<List<EduzzId>>(b"[1,2]").unwrap().len(), 2);
    assert_eq!(read_json::<Vec<u8>>(b"[1,2]").unwrap(), [1, 2]);
    assert_eq!(read_json::<Option<u8>>(b"null").unwrap(), None);
    assert_eq!(read_json::<(u8, u8)>(b"[1,2]").unwrap(), (1, 2));
}

#[test]
fn number_out_of_range_is_a_shape_error() {
    let error = read_json::<Sale>(br#"{"count":1e400}"#).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the body has another form: a number is too large"
    );
}
