//! How tolerant reading is, and where it stops.

use std::time::Duration;

use eduzz_types::accounts::Me;
use eduzz_types::auth::{AuthenticatedUserId, Token, TokenType, TokenUser};
use eduzz_types::{
    AccountId, EduzzId, Items, Lifetime, List, ListOrOne, NoContent, NutrorId, One, Page, Scopes, Timestamp,
    read_json,
};
use proptest::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{cases, is_refused, read};

#[test]
fn id_reads_alike_from_text_and_number() {
    for value in cases(json!(["10203040", 10_203_040, 10_203_040.0, " 10203040 "])) {
        assert_eq!(read::<EduzzId>(value.clone()).as_str(), "10203040", "{value}");
    }
    for value in cases(json!([null, true, [], {}, 1.5, 1e30, -0.5])) {
        assert!(is_refused::<EduzzId>(&value), "{value}");
    }
}

#[test]
fn token_survives_odd_neighbouring_field() {
    let fields = "token_type expires_in refresh_token scope id authenticated_userid credential ttl created_at service user";
    for value in cases(json!([null, true, -1.5, "", "odd", [1, { "a": 2 }], { "a": [1] }])) {
        for field in fields.split(' ') {
            let token: Token = read(json!({ "access_token": "t", field: value }));
            assert_eq!(token.access_token.expose(), "t", "{field}: {value}");
        }
        for field in ["id", "eduzzId", "eduzz_id", "name", "email", "picture"] {
            let user = json!({ field: value, "nutror_id": 8 });
            let token: Token = read(json!({ "access_token": "t", "scope": "a", "user": user }));
            let id = token
                .user
                .as_ref()
                .and_then(TokenUser::nutror_id)
                .map(NutrorId::as_str);
            assert_eq!(id, Some("8"), "{field}: {value}");
            assert!(token.scope.is_some());
        }
    }
    let token: Token = read(json!({ "access_token": "t", "refresh_token": "" }));
    assert_eq!(token.refresh_token, None);
}

#[test]
fn object_of_token_reads_whatever_comes_with_it() {
    let token = |user: &str| -> Token {
        let body = format!(r#"{{"access_token":"t","user":{user},"scope":"a"}}"#);
        let token: Token = read_json(body.as_bytes()).unwrap();
        assert_eq!(token.scope, Some(Scopes::new("a")), "{user}");
        token
    };
    // A field that comes twice is read once.
    for user in [
        r#"{"id":"a","id":"b"}"#,
        r#"{"x":1,"id":"a","x":{"y":[2]},"id":null,"x":3,"id":[]}"#,
        r#"{"id":"a","eduzzId":7,"eduzz_id":7,"id":"a"}"#,
    ] {
        let id = token(user).user.and_then(|user| user.id);
        assert_eq!(id, Some(AccountId::new("a")), "{user}");
    }
    for user in ["{}", r#"{"x":1}"#, r#"{"x":{},"y":2}"#] {
        assert_eq!(token(user).user, Some(TokenUser::default()), "{user}");
    }
    // With serde_json's `arbitrary_precision` a number arrives as a map.
    for user in [
        "null",
        "7",
        "1.5",
        "-7",
        "true",
        r#""a""#,
        "[]",
        r#"["a"]"#,
        r#"[{"id":"a"}]"#,
    ] {
        assert_eq!(token(user).user, None, "{user}");
    }
}

#[test]
fn call_without_answer_accepts_any_body() {
    for body in ["{}", "null", "[1]", "\"ok\"", r#"{"message":"ok"}"#] {
        assert_eq!(serde_json::from_str::<NoContent>(body).unwrap(), NoContent);
    }
    assert_eq!(serde_json::to_string(&NoContent).unwrap(), "{}");
}

#[test]
fn list_or_single_item_round_trips() {
    for (body, count) in [
        ("[]", 0),
        (r#"["7","8"]"#, 2),
        (r#"{"items":[]}"#, 0),
        (r#"{"items":["7"]}"#, 1),
        ("null", 0),
    ] {
        let list: ListOrOne<EduzzId> = serde_json::from_str(body).unwrap();
        assert_eq!((list.len(), list.iter().count()), (count, count), "{body}");
        let written = serde_json::to_string(&list).unwrap();
        assert_eq!(written, if body == "null" { "[]" } else { body });
    }
    let one: ListOrOne<Me> = serde_json::from_str(r#"{"id":"7","name":"Ana"}"#).unwrap();
    assert_eq!(one[0].id, AccountId::new("7"));
    assert_eq!(crate::written(&one), json!({ "id": "7", "name": "Ana" }));
    assert_eq!(one.into_vec().len(), 1);
    // An error body is neither.
    for body in ["{}", r#"{"message":"x"}"#, r#"{"items":[{}]}"#, "true", "\"7\""] {
        assert!(serde_json::from_str::<ListOrOne<Me>>(body).is_err(), "{body}");
    }
}

#[test]
fn record_reads_bare_and_from_list_of_one() {
    for body in [r#"{"items":["7"]}"#, r#"[{"items":["7"]}]"#] {
        let one: One<Items<EduzzId>> = serde_json::from_str(body).unwrap();
        assert_eq!(one.items, [EduzzId::new("7")]);
        assert_eq!(serde_json::to_string(&one).unwrap(), body);
    }
    let item = json!({ "items": [] });
    for body in cases(json!([[], null, 1, [item, item], [[item]]])) {
        assert!(is_refused::<One<Items<EduzzId>>>(&body), "{body}");
    }
}

#[test]
fn id_reads_under_flatten_and_in_untagged_enums() {
    #[derive(Deserialize)]
    struct Inner {
        id: EduzzId,
    }
    #[derive(Deserialize)]
    struct Flat {
        #[serde(flatten)]
        inner: Inner,
    }
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Untagged {
        Inner(Inner),
    }
    for body in [r#"{"id":7}"#, r#"{"id":"7"}"#] {
        assert_eq!(serde_json::from_str::<Flat>(body).unwrap().inner.id.as_str(), "7");
        let Untagged::Inner(inner) = serde_json::from_str(body).unwrap();
        assert_eq!(inner.id.as_str(), "7");
    }
}

#[test]
fn user_numbers_read_from_either_spelling() {
    for body in [
        r#"{"eduzzId":7,"nutrorId":"8"}"#,
        r#"{"eduzz_id":"7","nutror_id":8}"#,
        r#"{"eduzzId":7,"eduzz_id":7,"nutror_id":8}"#,
    ] {
        let user: TokenUser = serde_json::from_str(body).unwrap();
        assert_eq!(user.eduzz_id().unwrap().as_str(), "7", "{body}");
        assert_eq!(user.nutror_id().unwrap().as_str(), "8", "{body}");
    }
    assert!(TokenUser::default().eduzz_id().is_none());
}

#[test]
fn text_of_two_ids_is_split() {
    let split = |text: &str| {
        let ids: AuthenticatedUserId = read(json!(text));
        (ids.account_id(), ids.eduzz_id())
    };
    let both = (Some(AccountId::new("ab-cd")), Some(EduzzId::new("123")));
    assert_eq!(split("ab-cd ,123"), both);
    assert_eq!(split("ab-cd"), (None, None));
}

#[test]
fn zero_lifetime_means_no_expiry() {
    let now = Timestamp::from_unix(1_780_000_000);
    for value in cases(json!([0, "0", 0.0])) {
        assert_eq!(read::<Lifetime>(value).end(now), None);
    }
    let hour: Lifetime = read(json!(3600));
    assert_eq!(hour.duration(), Some(Duration::from_secs(3600)));
    assert_eq!(hour.end(now), Some(Timestamp::from_unix(1_780_003_600)));
    for value in cases(json!([-1, 1.5, "soon", null])) {
        assert!(is_refused::<Lifetime>(&value), "{value}");
    }
    let last = Lifetime::from_expires_in(u64::MAX).end(now);
    assert_eq!(last, Some(Timestamp::from_unix(i64::MAX)));
}

#[test]
fn enum_spellings_match_and_unknown_text_is_kept() {
    assert_eq!(TokenType::from("Bearer"), TokenType::Bearer);
    assert_eq!(TokenType::from("BEARER"), TokenType::Bearer);
    let other = TokenType::from("MAC");
    assert!(!other.is_known());
    assert_eq!(other.as_str(), "MAC");
}

#[test]
fn scopes_are_compared_by_name() {
    let scopes = Scopes::new(" myeduzz_sales_read  webhook_read ");
    assert!(scopes.contains("webhook_read") && !scopes.contains("webhook"));
    assert_eq!(
        scopes.missing(&["webhook_write", "webhook_read"]),
        ["webhook_write"]
    );
    assert_eq!(["a", "b"].into_iter().collect::<Scopes>().as_str(), "a b");
}

#[test]
fn null_list_is_empty_and_absent_list_is_an_error() {
    let page = |items: Value| json!({ "pages": "1", "page": 1, "itemsPerPage": 10, "totalItems": 0, "items": items });
    assert!(read::<Page<EduzzId>>(page(json!(null))).items.is_empty());
    assert_eq!(read::<Page<EduzzId>>(page(json!([1, "2"]))).items.len(), 2);
    assert!(read::<Items<EduzzId>>(json!({ "items": null })).items.is_empty());
    assert!(read::<List<EduzzId>>(json!(null)).is_empty());
    for body in cases(json!([{}, { "message": "an error with status 200" }])) {
        assert!(is_refused::<Page<EduzzId>>(&body), "{body}");
        assert!(is_refused::<Items<EduzzId>>(&body), "{body}");
        assert!(is_refused::<List<EduzzId>>(&body), "{body}");
    }
}

#[test]
fn list_round_trips_in_its_form() {
    for body in cases(json!([[], ["1"], { "items": [] }, { "items": ["1", "2"] }])) {
        let list: List<EduzzId> = read(body.clone());
        let items = body.get("items").unwrap_or(&body);
        assert_eq!(list.len(), items.as_array().unwrap().len());
        assert_eq!(serde_json::to_value(&list).unwrap(), body);
    }
    for body in cases(json!(["1", 1, true, { "items": "1" }, { "items": 1 }])) {
        assert!(is_refused::<List<EduzzId>>(&body), "{body}");
    }
}

proptest! {
    #[test]
    fn ids_read_back(text in "\\S.{0,20}\\S|\\S?") {
        let id = EduzzId::new(&text);
        let written = serde_json::to_string(&id).unwrap();
        prop_assert_eq!(serde_json::from_str::<EduzzId>(&written).unwrap(), id);
    }

    #[test]
    fn numeric_ids_keep_their_digits(number in any::<u64>()) {
        prop_assert_eq!(serde_json::from_value::<EduzzId>(json!(number)).unwrap(), EduzzId::from(number));
    }
}

#[test]
fn error_in_list_of_any_shape_has_path() {
    let wrong = |body: &str| {
        let list = read_json::<ListOrOne<Listed>>(body.as_bytes());
        list.unwrap_err().to_string()
    };
    let table = r#"
        [{"size":1},{"size":"x"}]                                      at /1/size: invalid type: string, expected u32
        {"items":[{"size":1},{"size":"x"}]}                            at /items/1/size: invalid type: string, expected u32
        {"total":2,"items":[{"size":1,"part":{"size":"x"}}],"page":1}  at /items/0/part/size: invalid type: string, expected u32
        {"size":"x"}                                                   at /size: invalid type: string, expected u32
        {"size":1,"part":{"size":2,"part":{"size":"x"}}}               at /part/part/size: invalid type: string, expected u32
        {"size":1,"part":{}}                                           at /part: missing field `size`
    "#;
    for line in table.trim().lines() {
        let (body, reason) = line.split_once(" at ").unwrap();
        assert_eq!(wrong(body), format!("the body has another form at {reason}"));
    }
    assert_eq!(wrong("{}"), "the body has another form: missing field `size`");
    // The error contains no value of the body, not even one that looks like a path marker.
    for body in [r#"{"size":"\u0001/ana\u0001x"}"#, r#"{"\u0001/ana\u0001x":1}"#] {
        assert!(!wrong(body).contains("ana"), "{body}");
    }
}

/// Something that may have parts.
#[derive(Debug, Deserialize)]
#[allow(dead_code, reason = "only its reading matters")]
struct Listed {
    size: u32,
    part: Option<Box<Listed>>,
}
