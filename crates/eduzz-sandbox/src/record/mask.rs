//! Takes secrets out of what is recorded: by the names of headers, parameters and JSON members.

use std::borrow::Cow;

use axum::http::header::{LOCATION, REFERER};
use axum::http::{HeaderMap, Uri};
use percent_encoding::percent_decode_str;

use super::{HEADER_KEPT, HEADERS_KEPT, TARGET_KEPT};

/// What stands in the place of a secret.
pub(super) const MASK: &str = "***";

/// Names of secrets, in lower case and without `_` and `-`.
const SECRET: &[&str] = &[
    "accesstoken",
    "apikey",
    "authorization",
    "clientsecret",
    "cookie",
    "idtoken",
    "originsecret",
    "password",
    "personaltoken",
    "proxyauthorization",
    "refreshtoken",
    "secret",
    "setcookie",
    "token",
    "webhooksecret",
    "xapikey",
    "xapitoken",
    "xaccesstoken",
    "xauthtoken",
];
/// Names of further secrets of the sign-in. A `code` of the API is the code of an error.
const SECRET_AT_SIGN_IN: &[&str] = &["code", "csrf", "request", "state"];

fn is_secret(name: &str, is_sign_in: bool) -> bool {
    let name: String = name
        .chars()
        .filter(|letter| !matches!(letter, '_' | '-'))
        .map(|letter| letter.to_ascii_lowercase())
        .collect();
    SECRET.contains(&name.as_str()) || is_sign_in && SECRET_AT_SIGN_IN.contains(&name.as_str())
}

/// Names and values of headers, without secrets.
pub(super) fn headers(headers: &HeaderMap) -> Vec<(String, String)> {
    let kept = headers.iter().take(HEADERS_KEPT);
    kept.map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes());
        let value = if is_secret(name.as_str(), false) {
            credentials(&value)
        } else if name == LOCATION || name == REFERER {
            address(&value)
        } else {
            value.into_owned()
        };
        (name.to_string(), cut(value, HEADER_KEPT))
    })
    .collect()
}

/// The path and the query of a request, without secrets.
pub(super) fn target(uri: &Uri, is_sign_in: bool) -> String {
    let target = match uri.query() {
        Some(query) => format!("{}?{}", uri.path(), form(query, is_sign_in)),
        None => uri.path().to_owned(),
    };
    cut(target, TARGET_KEPT)
}

/// The scheme of credentials, such as `Bearer`, and no more.
fn credentials(value: &str) -> String {
    let scheme = value.trim().split_once(' ').map(|(scheme, _)| scheme);
    match scheme
        .filter(|scheme| scheme.eq_ignore_ascii_case("bearer") || scheme.eq_ignore_ascii_case("basic"))
    {
        Some(scheme) => format!("{scheme} {MASK}"),
        None => MASK.to_owned(),
    }
}

/// An address, which may lead back to an application with a code.
fn address(url: &str) -> String {
    let (url, fragment) = url.split_at(url.find('#').unwrap_or(url.len()));
    match url.split_once('?') {
        Some((path, query)) => format!("{path}?{}{fragment}", form(query, true)),
        None => format!("{url}{fragment}"),
    }
}

/// A text of at most `most` bytes.
fn cut(mut text: String, most: usize) -> String {
    if text.len() > most {
        let end = (0..=most).rev().find(|end| text.is_char_boundary(*end));
        text.truncate(end.unwrap_or_default());
        text.push('…');
    }
    text
}

/// A body in JSON or as a form, without secrets. Its content type may be missing or wrong, and its
/// end may be cut off.
pub(super) fn body(bytes: &[u8], is_sign_in: bool) -> Cow<'_, [u8]> {
    match bytes.trim_ascii_start().first() {
        None | Some(b'<') => Cow::Borrowed(bytes),
        Some(b'{' | b'[' | b'"') => Cow::Owned(json(bytes, is_sign_in)),
        Some(_) => {
            let masked = json(bytes, is_sign_in);
            match std::str::from_utf8(&masked) {
                Ok(text) if text.contains('=') => Cow::Owned(form(text, is_sign_in).into_bytes()),
                _ => Cow::Owned(masked),
            }
        }
    }
}

fn form(text: &str, is_sign_in: bool) -> String {
    let pairs = text.split('&').map(|pair| match pair.split_once('=') {
        Some((name, value)) if !value.is_empty() => {
            let plain = percent_decode_str(name.trim()).decode_utf8_lossy();
            if is_secret(&plain, is_sign_in) {
                Cow::Owned(format!("{name}={MASK}"))
            } else {
                Cow::Borrowed(pair)
            }
        }
        _ => Cow::Borrowed(pair),
    });
    pairs.collect::<Vec<_>>().join("&")
}

fn json(text: &[u8], is_sign_in: bool) -> Vec<u8> {
    let mut masked = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.iter().position(|byte| *byte == b'"') {
        let (before, from_quote) = rest.split_at(start);
        let (string, after) = from_quote.split_at(string_end(from_quote));
        masked.extend_from_slice(before);
        masked.extend_from_slice(string);
        rest = after;
        let Some(value) = value_of_member(after) else {
            continue;
        };
        if is_secret(&unquoted(string), is_sign_in) {
            let (joint, value) = after.split_at(value);
            masked.extend_from_slice(joint);
            let (value, after) = value.split_at(value_end(value));
            if matches!(value, b"null" | b"\"\"" | b"") {
                masked.extend_from_slice(value);
            } else {
                masked.extend_from_slice(format!("\"{MASK}\"").as_bytes());
            }
            rest = after;
        }
    }
    masked.extend_from_slice(rest);
    masked
}

/// Where the value begins after the name of a member; `None` when no `:` follows.
fn value_of_member(after: &[u8]) -> Option<usize> {
    let blanks = |text: &[u8]| text.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    let colon = blanks(after);
    let rest = after.get(colon..)?.strip_prefix(b":")?;
    Some(colon + 1 + blanks(rest))
}

/// The length of the string that begins here, quotes included.
fn string_end(text: &[u8]) -> usize {
    let mut is_escaped = false;
    for (place, byte) in text.iter().enumerate().skip(1) {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => return place + 1,
            _ => {}
        }
    }
    text.len()
}

/// The length of the value that begins here.
fn value_end(text: &[u8]) -> usize {
    match text.first() {
        Some(b'"') => string_end(text),
        Some(b'{' | b'[') => {
            let (mut place, mut depth) = (0_usize, 0_usize);
            while let Some(byte) = text.get(place) {
                match byte {
                    b'"' => {
                        place += text.get(place..).map_or(1, string_end);
                        continue;
                    }
                    b'{' | b'[' => depth += 1,
                    b'}' | b']' => depth = depth.saturating_sub(1),
                    _ => {}
                }
                place += 1;
                if depth == 0 {
                    return place;
                }
            }
            text.len()
        }
        _ => {
            let is_end = |byte: &u8| matches!(byte, b',' | b'}' | b']') || byte.is_ascii_whitespace();
            text.iter().position(is_end).unwrap_or(text.len())
        }
    }
}

/// The text of a string in quotes.
fn unquoted(string: &[u8]) -> Cow<'_, str> {
    if string.contains(&b'\\') {
        return serde_json::from_slice::<String>(string).map_or(Cow::Borrowed(""), Cow::Owned);
    }
    let inner = string.strip_prefix(b"\"").unwrap_or(string);
    String::from_utf8_lossy(inner.strip_suffix(b"\"").unwrap_or(inner))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    fn masked(text: &str, is_sign_in: bool) -> String {
        String::from_utf8(body(text.as_bytes(), is_sign_in).into_owned()).unwrap()
    }

    #[test]
    fn members_of_json_are_masked_by_name() {
        let cases = [
            (r#"{"access_token":"x"}"#, r#"{"access_token":"***"}"#),
            (
                r#"{ "clientSecret" : "a\"b" , "id": 1 }"#,
                r#"{ "clientSecret" : "***" , "id": 1 }"#,
            ),
            (
                r#"[{"originSecret":"x"},"secret"]"#,
                r#"[{"originSecret":"***"},"secret"]"#,
            ),
            (r#"{"secret":{"a":["}"]},"b":1}"#, r#"{"secret":"***","b":1}"#),
            (r#"{"token":12345,"b":1}"#, r#"{"token":"***","b":1}"#),
            (r#"{"refresh_token":null}"#, r#"{"refresh_token":null}"#),
            (
                r#"{"secretId":"a","token_type":"bearer"}"#,
                r#"{"secretId":"a","token_type":"bearer"}"#,
            ),
            (r#"{"a":"secret","b":"x"}"#, r#"{"a":"secret","b":"x"}"#),
            (
                "{\"client\\u005fsecret\":\"x\"}",
                "{\"client\\u005fsecret\":\"***\"}",
            ),
            // Cut in the middle.
            (r#"{"secret":"x"#, r#"{"secret":"***""#),
            (r#"{"secret":{"a":"#, r#"{"secret":"***""#),
            (r#"{"secret"#, r#"{"secret"#),
            (r#"not JSON {"secret":"x"}"#, r#"not JSON {"secret":"***"}"#),
        ];
        for (text, expected) in cases {
            assert_eq!(masked(text, false), expected, "{text}");
        }
    }

    #[test]
    fn codes_are_secret_at_the_sign_in_only() {
        let error = r#"{"code":"SANDBOX_422"}"#;
        assert_eq!(masked(error, false), error);
        assert_eq!(masked(r#"{"code":"x"}"#, true), r#"{"code":"***"}"#);
    }

    #[test]
    fn fields_of_forms_are_masked_by_name() {
        assert_eq!(
            masked("a=1&client%5Fsecret=x&code=y&secret=&b", true),
            "a=1&client%5Fsecret=***&code=***&secret=&b"
        );
        assert_eq!(masked("code=1", false), "code=1");
    }

    #[test]
    fn headers_keep_the_scheme_and_no_credentials() {
        let pairs = [
            ("authorization", "Bearer x.y", "Bearer ***"),
            ("authorization", "x.y", "***"),
            ("authorization", "Token abc", "***"),
            ("cookie", "a=b; c=d", "***"),
            ("x-api-key", "x", "***"),
            (
                "location",
                "http://a/b?code=x&state=y#f",
                "http://a/b?code=***&state=***#f",
            ),
            (
                "referer",
                "http://a/b?access_token=x",
                "http://a/b?access_token=***",
            ),
            ("accept", "*/*", "*/*"),
        ];
        for (name, value, expected) in pairs {
            let mut map = HeaderMap::new();
            map.insert(name, value.parse().unwrap());
            assert_eq!(headers(&map), [(name.to_owned(), expected.to_owned())]);
        }
    }

    #[test]
    fn long_texts_are_cut_between_characters() {
        assert_eq!(cut("ação".to_owned(), 2), "a…");
        assert_eq!(cut("ação".to_owned(), 9), "ação");
    }

    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        let name = prop_oneof![
            any::<String>(),
            Just("token".to_owned()),
            Just("Client-Secret".to_owned())
        ];
        leaf.prop_recursive(4, 32, 4, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::hash_map(name.clone(), inner, 0..4)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    /// What is to be left of a value.
    fn expected(value: &Value) -> Value {
        match value {
            Value::Array(values) => values.iter().map(expected).collect(),
            Value::Object(members) => {
                let members = members.iter().map(|(name, value)| {
                    let stays = value.is_null() || *value == json!("") || !is_secret(name, false);
                    (name.clone(), if stays { expected(value) } else { json!(MASK) })
                });
                Value::Object(members.collect())
            }
            other => other.clone(),
        }
    }

    proptest! {
        #[test]
        fn masking_changes_nothing_else(value in value()) {
            for text in [value.to_string(), serde_json::to_string_pretty(&value).unwrap()] {
                if text.trim_start().starts_with(['{', '[']) {
                    let masked: Value = serde_json::from_str(&masked(&text, false)).unwrap();
                    prop_assert_eq!(masked, expected(&value));
                }
            }
        }

        #[test]
        fn masking_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..200), is_sign_in: bool) {
            let _ = body(&bytes, is_sign_in);
        }

        #[test]
        fn secret_cut_anywhere_never_shows(end in 0_usize..60) {
            let text = r#"{"id":"1","access_token":"canary-canary-canary","b":2}"#;
            let end = end.min(text.len());
            prop_assert!(!masked(&text[..end], false).contains("canary"));
        }
    }
}
