//! Rewrites JSON text without parsing its values: numbers keep their digits, and fields their
//! order. What could steer a terminal is escaped, which leaves the values the same.

use std::fmt::Write as _;
use std::io::{self, Write};

use serde::de::IgnoredAny;

use crate::output::steers;

/// The layout of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// A line for each value; what nests deeper than [`LEVELS`] stays in one line.
    Lines,
    OneLine,
}

/// The levels that are indented; each costs two bytes a line.
const LEVELS: usize = 16;

/// Whether the text is JSON, of any depth.
pub(crate) fn is_json(text: &[u8]) -> bool {
    serde_json::from_slice::<IgnoredAny>(text).is_ok()
}

/// The text over several lines, if it is JSON.
pub(crate) fn pretty(text: &[u8]) -> Option<Vec<u8>> {
    rewritten(text, Layout::Lines)
}

/// The text in one line, if it is JSON.
pub(crate) fn compact(text: &[u8]) -> Option<Vec<u8>> {
    rewritten(text, Layout::OneLine)
}

fn rewritten(text: &[u8], layout: Layout) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len());
    // Writing to memory does not fail.
    (is_json(text) && write(text, layout, &mut out).is_ok()).then_some(out)
}

/// The same JSON, with escapes for what could steer a terminal.
pub(crate) fn harmless(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    // ASCII that shows is copied in one piece.
    while let Some(at) = rest
        .bytes()
        .position(|byte| !(byte == b' ' || byte.is_ascii_graphic()))
    {
        let (plain, from) = rest.split_at(at);
        out.push_str(plain);
        let mut chars = from.chars();
        let Some(c) = chars.next() else { break };
        rest = chars.as_str();
        match c {
            // Blanks between the values; a return alone would go back to the start of the line.
            '\n' | '\t' => out.push(c),
            '\r' => {}
            c if steers(c) => {
                // Writing to memory does not fail.
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push_str(rest);
    out
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

/// Writes a text that is JSON, piece by piece, in time and length proportional to its own.
pub(crate) fn write(text: &[u8], layout: Layout, out: &mut impl Write) -> io::Result<()> {
    let mut depth = 0_usize;
    let mut rest = text.trim_ascii();
    while let Some(&byte) = rest.first() {
        // A string is copied whole; outside strings, blanks are dropped.
        let (token, behind) = rest.split_at(if byte == b'"' { length(rest) } else { 1 });
        if byte == b'"' {
            // The parser does not check the bytes of a text that it skips.
            out.write_all(harmless(&String::from_utf8_lossy(token)).as_bytes())?;
        } else {
            out.write_all(token)?;
        }
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
        if layout == Layout::Lines && byte == b':' {
            out.write_all(b" ")?;
        } else if layout == Layout::Lines && depth <= LEVELS && (byte == b',' || opens != closes) {
            let width = depth.saturating_sub(usize::from(closes)) * 2;
            write!(out, "\n{:width$}", "")?;
        }
    }
    out.write_all(b"\n")
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
    fn rewrite_of_deep_text_is_linear() {
        let (depth, levels) = (100_000, LEVELS);
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            let inner = if open == "[" { "" } else { "1" };
            let body = format!("{}{inner}{}", open.repeat(depth), close.repeat(depth));
            let pretty = text(pretty(body.as_bytes()));
            assert!(
                pretty.len() < body.len() + depth + 5 * levels * levels,
                "{}",
                pretty.len()
            );
            assert_eq!(pretty.lines().count(), 2 * levels + 1);
            assert_eq!(pretty.split_whitespace().collect::<String>(), body);
        }
        // Many values at the deepest level that is indented.
        let values = "1,".repeat(10_000);
        let body = format!("{}{values}1{}", "[".repeat(levels), "]".repeat(levels));
        let pretty = text(pretty(body.as_bytes()));
        assert!(pretty.len() < body.len() * (levels + 2), "{}", pretty.len());
    }

    #[test]
    fn what_steers_a_terminal_is_escaped_and_stays_the_same_value() {
        let body = "{\"a\u{202e}b\":\"\u{9b}31m \u{7f} \\u001b[0m \u{2066}x\u{2069} \u{200f} ação\"}\r\n";
        for told in [
            text(pretty(body.as_bytes())),
            text(compact(body.as_bytes())),
            harmless(body),
        ] {
            assert!(told.chars().all(|c| c == '\n' || !steers(c)), "{told}");
            assert!(told.contains("ação") && told.contains("\\u009b31m"), "{told}");
            let value: serde_json::Value = serde_json::from_str(&told).unwrap();
            assert_eq!(value, serde_json::from_str::<serde_json::Value>(body).unwrap());
        }
        // Bytes that are no UTF-8, which an old terminal obeys.
        assert_eq!(text(compact(b"[\"\x9b31m\"]")), "[\"\u{fffd}31m\"]\n");
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
