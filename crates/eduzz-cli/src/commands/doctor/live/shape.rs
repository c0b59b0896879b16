//! The shape of a JSON body: where which kinds stand, in which forms, and words of enums. No other
//! value gets into it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;

/// The places of a body, by their pointers; `*` is any element of a list.
#[derive(Debug, Default, Serialize)]
#[serde(transparent)]
pub(super) struct Shape(BTreeMap<String, Place>);

/// What stands at a place.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Place {
    /// How often each kind stands there.
    kinds: BTreeMap<&'static str, usize>,
    /// The forms of its texts.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    forms: BTreeMap<&'static str, usize>,
    /// The shortest and the longest text.
    #[serde(skip_serializing_if = "Option::is_none")]
    lengths: Option<(usize, usize)>,
    /// The words of an enum.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    words: BTreeSet<String>,
}

/// Fields that hold a word of the service's vocabulary.
const ENUMS: [&str; 15] = [
    "status",
    "method",
    "paymentMethod",
    "detail",
    "type",
    "billingType",
    "paymentType",
    "moderation",
    "recoveringStatus",
    "previousStatus",
    "deliveries",
    "currency",
    "platform",
    "documentType",
    "locale",
];

/// Objects whose keys, or all of whose values, are a person's.
const FREE: [&str; 4] = ["customFields", "fields", "metadata", "tags"];

/// No body of a page nests deeper.
const DEEPEST: usize = 12;

impl Shape {
    /// The shape of a body; `has_words` for an answer, whose enums have words of the service.
    pub(super) fn of(body: Option<&Value>, has_words: bool) -> Self {
        let mut shape = Self::default();
        if let Some(body) = body {
            shape.add("", "", body, 0);
        }
        if !has_words {
            shape.0.values_mut().for_each(|place| place.words.clear());
        }
        shape
    }

    fn add(&mut self, pointer: &str, name: &str, value: &Value, depth: usize) {
        self.0.entry(pointer.to_owned()).or_default().add(name, value);
        if depth == DEEPEST || FREE.contains(&name) {
            return;
        }
        match value {
            Value::Array(elements) => {
                for element in elements {
                    self.add(&format!("{pointer}/*"), name, element, depth + 1);
                }
            }
            Value::Object(members) => {
                for (key, member) in members {
                    let key = plain_key(key);
                    self.add(&format!("{pointer}/{key}"), key, member, depth + 1);
                }
            }
            _ => {}
        }
    }
}

impl Place {
    fn add(&mut self, name: &str, value: &Value) {
        let kind = match value {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(number) if number.is_u64() || number.is_i64() => "integer",
            Value::Number(_) => "decimal",
            Value::String(_) => "text",
            Value::Array(_) => "list",
            Value::Object(_) => "object",
        };
        *self.kinds.entry(kind).or_default() += 1;
        if let Value::String(text) = value {
            *self.forms.entry(form(text)).or_default() += 1;
            let length = text.chars().count();
            let (least, most) = self.lengths.unwrap_or((length, length));
            self.lengths = Some((least.min(length), most.max(length)));
            if ENUMS.contains(&name) && is_word(text) {
                self.words.insert(text.clone());
            }
        }
    }
}

/// A key that the service's programmers wrote; another could be data.
fn plain_key(key: &str) -> &str {
    let is_plain = key.len() <= 40
        && key.starts_with(|first: char| first.is_ascii_lowercase())
        && key
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if is_plain { key } else { "?" }
}

/// A word of an enum: letters, `_` and `-`, and no name of a person has its own field here.
fn is_word(text: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_alphabetic() || c == '_' || c == '-';
    !text.is_empty() && text.len() <= 32 && text.chars().all(is_letter)
}

/// The form of a text, in a word.
fn form(text: &str) -> &'static str {
    let bytes = text.as_bytes();
    let pattern: String = text
        .chars()
        .take(40)
        .map(|c| match c {
            '0'..='9' => '9',
            c => c,
        })
        .collect();
    let all = |is: fn(&u8) -> bool| !bytes.is_empty() && bytes.iter().all(is);
    match pattern.as_str() {
        "" => "empty",
        "9999-99-99" => "day",
        "99/99/9999" => "day with slashes",
        "9999-99-99 99:99:99" => "moment with a blank, no zone",
        "9999-99-99T99:99:99" => "moment without zone",
        "9999-99-99T99:99:99Z" | "9999-99-99T99:99:99.999Z" => "moment with Z",
        "9999-99-99T99:99:99-99:99" | "9999-99-99T99:99:99+99:99" | "9999-99-99T99:99:99.999-99:99" => {
            "moment with offset"
        }
        pattern if pattern.starts_with("9999-99-99T99:99:99.") => "moment with another fraction",
        _ if all(u8::is_ascii_digit) => "digits",
        _ if text.trim() != text => "with blanks around",
        _ if bytes.len() == 36 && all(|byte| byte.is_ascii_hexdigit() || *byte == b'-') => "uuid",
        _ if bytes.len() == 32 && all(u8::is_ascii_hexdigit) => "32 hex digits",
        _ if text.starts_with("http://") || text.starts_with("https://") => "address of the web",
        _ if text.contains('@') => "with @",
        _ if all(|byte| byte.is_ascii_alphabetic() || *byte == b'_') => "letters",
        _ if all(u8::is_ascii_alphanumeric) => "letters and digits",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn forms_tell_dates_and_ids_apart() {
        for (text, told) in [
            ("", "empty"),
            ("2026-01-31", "day"),
            ("2026-01-31 10:00:00", "moment with a blank, no zone"),
            ("2026-01-31T10:00:00Z", "moment with Z"),
            ("2026-01-31T10:00:00.123Z", "moment with Z"),
            ("2026-01-31T10:00:00-03:00", "moment with offset"),
            ("2026-01-31T10:00:00.1234567", "moment with another fraction"),
            ("123", "digits"),
            ("0b54e2c6-5d0e-4f0e-9a36-8a1a52a5c0de", "uuid"),
            ("5d41402abc4b2a76b9719d911017c592", "32 hex digits"),
            ("a@example.com", "with @"),
            ("Ana Exemplo", "other"),
        ] {
            assert_eq!(form(text), told, "{text}");
        }
    }

    #[test]
    fn words_of_enums_are_kept_and_nothing_else() {
        let body = json!({"items": [
            {"id": 7, "status": "waitingPayment", "name": "Canary", "total": {"value": 12.5, "currency": "BRL"}},
            {"id": "8", "status": "Canary Exemplo 3", "name": null, "customFields": {"canary": "canary"}},
        ], "canary@example.com": 1});
        let text = serde_json::to_string(&Shape::of(Some(&body), true)).unwrap();
        assert!(text.contains("waitingPayment") && text.contains("BRL"), "{text}");
        assert!(
            text.contains("/items/*/total/value") && text.contains("\"decimal\":1"),
            "{text}"
        );
        for value in ["Canary", "canary", "12.5", "@"] {
            assert!(!text.contains(value), "{value}: {text}");
        }
    }

    proptest! {
        #[test]
        fn no_value_gets_into_the_shape(
            texts in proptest::collection::vec("[A-Za-z0-9@ .é-]{6,40}", 1..5),
            number in 1_000_000_000_u64..,
        ) {
            let canaries: Vec<String> = texts.iter().map(|text| format!("QQ{text}")).collect();
            let rows: Vec<Value> = canaries
                .iter()
                .map(|text| json!({"name": text, "id": number, "deep": [{"email": text}], "customFields": {text: text}}))
                .collect();
            let text = serde_json::to_string(&Shape::of(Some(&json!({ "items": rows })), true)).unwrap();
            prop_assert!(!text.contains("QQ"), "{}", text);
            prop_assert!(!text.contains(&number.to_string()), "{}", text);
        }
    }
}
