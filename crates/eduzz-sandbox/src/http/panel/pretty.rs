//! Lays out JSON without changing it: order, numbers and escapes stay, and the end may be cut off.

use std::borrow::Cow;

/// Deeper levels are not indented further.
const DEEPEST: usize = 24;

/// The text laid out, if it looks like JSON; else as it is.
pub(super) fn json(text: &str) -> Cow<'_, str> {
    if !text.trim_start().starts_with(['{', '[']) {
        return Cow::Borrowed(text);
    }
    let mut laid = Laid {
        text: String::with_capacity(text.len() * 2),
        depth: 0,
    };
    let (mut in_string, mut is_escaped, mut is_opened) = (false, false, false);
    for letter in text.chars() {
        if in_string {
            laid.text.push(letter);
            match letter {
                _ if is_escaped => is_escaped = false,
                '\\' => is_escaped = true,
                '"' => in_string = false,
                _ => {}
            }
            continue;
        }
        let is_end = matches!(letter, '}' | ']');
        if letter.is_ascii_whitespace() {
            continue;
        }
        if is_end {
            laid.depth = laid.depth.saturating_sub(1);
        }
        // Nothing stands between the brackets of an empty value.
        if is_opened != is_end {
            laid.break_line();
        }
        is_opened = matches!(letter, '{' | '[');
        laid.text.push(letter);
        match letter {
            '{' | '[' => laid.depth += 1,
            ',' => laid.break_line(),
            ':' => laid.text.push(' '),
            '"' => in_string = true,
            _ => {}
        }
    }
    Cow::Owned(laid.text)
}

struct Laid {
    text: String,
    depth: usize,
}

impl Laid {
    fn break_line(&mut self) {
        self.text.push('\n');
        for _ in 0..self.depth.min(DEEPEST) {
            self.text.push_str("  ");
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::json;

    #[test]
    fn json_is_laid_out_and_stays_as_it_is() {
        assert_eq!(json("{}"), "{}");
        assert_eq!(
            json(r#"{"b":1.10,"a":[ {}, "x, {\"y\"}" ],"c":[]}"#),
            "{\n  \"b\": 1.10,\n  \"a\": [\n    {},\n    \"x, {\\\"y\\\"}\"\n  ],\n  \"c\": []\n}"
        );
        assert_eq!(json(r#"[1,{"a":"#), "[\n  1,\n  {\n    \"a\": ");
        assert_eq!(json("a=b&c={}"), "a=b&c={}");
    }

    #[test]
    fn depth_does_not_multiply_the_size() {
        let deep = "[".repeat(64 * 1024);
        assert!(json(&deep).len() < deep.len() * 60);
    }

    proptest! {
        #[test]
        fn only_blanks_are_added(text in "[\\[{][\\[\\]{},:\"a1 \\\\]{0,40}") {
            let bare = |text: &str| text.split_ascii_whitespace().collect::<String>();
            prop_assert_eq!(bare(&json(&text)), bare(&text));
        }
    }
}
