//! Lines of a shell that repeat a request: with `curl`, and with `eduzz api`.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::record::RequestRecord;

/// The line of `curl`, with the token as `$EDUZZ_TOKEN`.
pub(super) fn curl(record: &RequestRecord, origin: &str) -> String {
    let (method, request) = (record.method.as_str(), &record.request);
    let mut line = "curl".to_owned();
    // `curl` reads brackets and dots of a path in its own way.
    if record.target.contains(['[', ']', '{', '}']) {
        line.push_str(" --globoff");
    }
    if record.path().contains("/.") {
        line.push_str(" --path-as-is");
    }
    match (method, request.size) {
        ("GET", 0) => {}
        ("HEAD", _) => line.push_str(" --head"),
        _ => add(&mut line, "--request", method),
    }
    line.push(' ');
    line.push_str(&quoted(&format!("{origin}{}", record.target)));
    match request.header("authorization") {
        Some(value) if value.starts_with("Basic ") => {
            line.push_str(" --user \"$EDUZZ_CLIENT_ID:$EDUZZ_CLIENT_SECRET\"");
        }
        Some(_) => line.push_str(" --header \"Authorization: Bearer $EDUZZ_TOKEN\""),
        None => {}
    }
    if let Some(accept) = request.header("accept").filter(|accept| *accept != "*/*") {
        add(&mut line, "--header", &format!("Accept: {accept}"));
    }
    if request.size > 0 {
        // Without a value it removes the type that `curl` would send.
        let content_type = request.header("content-type").unwrap_or_default();
        add(
            &mut line,
            "--header",
            format!("Content-Type: {content_type}").trim(),
        );
        if is_repeatable(record) {
            add(&mut line, "--data-raw", &request.body);
        } else {
            line.push_str(" --data-binary @body");
        }
    }
    line
}

/// The line of `eduzz api`; `None` for a request that it cannot make.
pub(super) fn eduzz(record: &RequestRecord) -> Option<String> {
    record.template?;
    let (method, request) = (record.method.as_str(), &record.request);
    if !matches!(method, "GET" | "POST" | "PUT" | "PATCH" | "DELETE") {
        return None;
    }
    let mut line = String::new();
    if request.size > 0 {
        let is_json = serde_json::from_str::<serde::de::IgnoredAny>(&request.body).is_ok();
        if !is_repeatable(record) || !is_json {
            return None;
        }
        let _ = write!(line, "printf %s {} | ", quoted(&request.body));
    }
    let _ = write!(line, "eduzz api {method} {}", quoted(record.path()));
    let query = record.target.split_once('?').map(|(_, query)| query);
    for (name, value) in form_urlencoded::parse(query.unwrap_or_default().as_bytes()) {
        add(&mut line, "--query", &format!("{name}={value}"));
    }
    if request.size > 0 {
        line.push_str(" --body -");
    }
    Some(line)
}

/// Whether the body is known as it was sent, except for secrets.
pub(super) fn is_repeatable(record: &RequestRecord) -> bool {
    let request = &record.request;
    request.is_text && request.is_whole && !request.body.contains('\0')
}

fn add(line: &mut String, option: &str, value: &str) {
    // Writing to a `String` cannot fail.
    let _ = write!(line, " {option} {}", quoted(value));
}

/// A word of a shell. Control characters and marks of direction are written as numbers, which bash
/// and zsh read: pasted as they are, they could end the line or hide a part of it.
fn quoted(text: &str) -> Cow<'_, str> {
    let is_bare = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:@%+,=".contains(&byte);
    // zsh reads a first `=` in its own way.
    if !text.is_empty() && !text.starts_with('=') && text.bytes().all(is_bare) {
        return Cow::Borrowed(text);
    }
    if super::view::visible(text) == text && !text.contains(['\n', '\t']) {
        return Cow::Owned(format!("'{}'", text.replace('\'', r"'\''")));
    }
    let mut word = "$'".to_owned();
    for letter in text.chars() {
        match letter {
            '\'' | '\\' => word.extend(['\\', letter]),
            letter if letter == ' ' || letter.is_ascii_graphic() || letter.is_alphanumeric() => {
                word.push(letter);
            }
            letter => {
                for byte in letter.encode_utf8(&mut [0; 4]).bytes() {
                    let _ = write!(word, "\\x{byte:02x}");
                }
            }
        }
    }
    word.push('\'');
    Cow::Owned(word)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::quoted;

    #[test]
    fn words_are_quoted_only_when_they_must_be() {
        assert_eq!(quoted("/a/b-1.json"), "/a/b-1.json");
        assert_eq!(quoted(""), "''");
        assert_eq!(quoted("a b$c`d`"), "'a b$c`d`'");
        assert_eq!(quoted("it's"), r"'it'\''s'");
        assert_eq!(quoted("a\n\u{202e}'"), r"$'a\x0a\xe2\x80\xae\''");
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

        /// bash reads each word as the text that it was made from.
        #[cfg(unix)]
        #[test]
        fn shell_reads_the_text(text in "[^\0]{0,40}") {
            let line = format!("printf %s {}", quoted(&text));
            let ran = std::process::Command::new("bash").args(["-c", &line]).output();
            let ran = ran.expect("bash is there");
            prop_assert_eq!(String::from_utf8_lossy(&ran.stdout), text, "{}", line);
        }
    }
}
