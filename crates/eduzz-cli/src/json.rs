//! Rewrites JSON text without parsing its values: numbers keep their digits, and fields their
//! order.

use serde::de::IgnoredAny;

/// The text over several lines, if it is JSON.
pub(crate) fn pretty(text: &[u8]) -> Option<Vec<u8>> {
    rewrite(text, true)
}

/// The text in one line, if it is JSON.
pub(crate) fn compact(text: &[u8]) -> Option<Vec<u8>> {
    rewrite(text, false)
}

/// The same JSON text with every value of this name masked, at any depth.
pub(crate) fn masked(text: &[u8], name: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.iter().position(|byte| *byte == b'"') {
        let (before, from) = rest.split_at(at);
        let (word, behind) = from.split_at(length(from));
        out.extend_from_slice(before);
        out.extend_from_slice(word);
        rest = behind;
        // A colon follows a name.
        let blanks = behind.len() - behind.trim_ascii_start().len();
        let Some(value) = behind.trim_ascii_start().strip_prefix(b":") else {
            continue;
        };
        if serde_json::from_slice::<String>(word).is_ok_and(|word| word == name) {
            out.extend_from_slice(behind.get(..=blanks).unwrap_or_default());
            out.extend_from_slice(b"\"***\"");
            rest = value.get(length(value)..).unwrap_or_default();
        }
    }
    out.extend_from_slice(rest);
    out
}

/// The length of the first value with the blanks before it; that of the text if it has none.
fn length(text: &[u8]) -> usize {
    let mut values = serde_json::Deserializer::from_slice(text).into_iter::<IgnoredAny>();
    match values.next() {
        Some(Ok(_)) => values.byte_offset(),
        _ => text.len(),
    }
}

fn rewrite(text: &[u8], is_pretty: bool) -> Option<Vec<u8>> {
    serde_json::from_slice::<IgnoredAny>(text).ok()?;
    let mut out = Vec::with_capacity(text.len() * 2);
    let mut depth = 0_usize;
    let mut rest = text.trim_ascii();
    while let Some(&byte) = rest.first() {
        // A string is copied whole; outside strings, blanks are dropped.
        let (token, behind) = rest.split_at(if byte == b'"' { length(rest) } else { 1 });
        out.extend_from_slice(token);
        rest = behind.trim_ascii_start();
        let (opens, closes) = (
            b"{[".contains(&byte),
            rest.starts_with(b"}") || rest.starts_with(b"]"),
        );
        if opens {
            depth += 1;
        } else if b"}]".contains(&byte) {
            depth = depth.saturating_sub(1);
        }
        if is_pretty && byte == b':' {
            out.push(b' ');
        } else if is_pretty && (byte == b',' || opens != closes) {
            out.push(b'\n');
            out.extend(std::iter::repeat_n(b' ', (depth - usize::from(closes)) * 2));
        }
    }
    out.push(b'\n');
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: Option<Vec<u8>>) -> String {
        String::from_utf8(bytes.unwrap()).unwrap()
    }

    #[test]
    fn rewrite_keeps_numbers_and_order() {
        let body = br#" { "b" : 10.00 , "a":[ 1e5,{ } , [ ],"x, \" {:} \\" ],"n":12345678901234567890123 } "#;
        assert_eq!(
            text(compact(body)),
            "{\"b\":10.00,\"a\":[1e5,{},[],\"x, \\\" {:} \\\\\"],\"n\":12345678901234567890123}\n"
        );
        assert_eq!(
            text(pretty(body)),
            "{\n  \"b\": 10.00,\n  \"a\": [\n    1e5,\n    {},\n    [],\n    \"x, \\\" {:} \\\\\"\n  ],\n  \
             \"n\": 12345678901234567890123\n}\n"
        );
    }

    #[test]
    fn masked_masks_values_by_name_only() {
        for (body, told) in [
            (
                r#"{"a":"key","key":"secret","b":1}"#,
                r#"{"a":"key","key":"***","b":1}"#,
            ),
            (r#"{"l":[{"key" : "s\"e" }]}"#, r#"{"l":[{"key" :"***" }]}"#),
            (r#"{"key":{"deep":["secret"]},"c":2}"#, r#"{"key":"***","c":2}"#),
            (r#"{"key":12,"key":null}"#, r#"{"key":"***","key":"***"}"#),
            (r#"{"k\u0065y":"secret"}"#, r#"{"k\u0065y":"***"}"#),
            (r#"{"other":"\"key\":\"x\""}"#, r#"{"other":"\"key\":\"x\""}"#),
            ("[1.10,true]", "[1.10,true]"),
        ] {
            let masked = masked(body.as_bytes(), "key");
            assert_eq!(String::from_utf8(masked).unwrap(), told);
        }
    }

    #[test]
    fn rewrite_of_single_values_and_of_other_text() {
        assert_eq!(text(pretty(b" null ")), "null\n");
        assert_eq!(text(pretty(b"[]")), "[]\n");
        assert_eq!(text(pretty(b"{ }")), "{}\n");
        assert_eq!(pretty(b"<html>"), None);
        assert_eq!(pretty(b""), None);
        assert_eq!(pretty(b"{} {}"), None);
    }
}
