//! Reads Rust text just well enough to tell code from comments, literals and tests.

use std::collections::BTreeSet;

/// What of a file is code, line by line where it was.
#[derive(Debug)]
pub(crate) struct Code {
    /// The text with comments and literals blanked.
    pub(crate) all: String,
    /// The same, with what only tests compile blanked too.
    pub(crate) shipped: String,
    /// How many lines only tests compile.
    pub(crate) test_lines: usize,
    /// Modules in files of their own that only tests compile.
    pub(crate) test_modules: BTreeSet<String>,
}

impl Code {
    pub(crate) fn of(text: &str) -> Self {
        let all = blank_comments_and_literals(text);
        let mut shipped: Vec<char> = all.chars().collect();
        let mut test_modules = BTreeSet::new();
        let mut test_lines = 0;
        let mut from = 0;
        while let Some((start, after)) = next_test_attribute(&shipped, from) {
            let end = item_end(&shipped, after);
            let item: String = shipped.get(after..end).unwrap_or_default().iter().collect();
            test_modules.extend(module_elsewhere(&item));
            test_lines += 1;
            for place in shipped.iter_mut().take(end).skip(start) {
                if *place == '\n' {
                    test_lines += 1;
                } else {
                    *place = ' ';
                }
            }
            from = end;
        }
        if all
            .lines()
            .any(|line| line.trim_start().starts_with("#![cfg(test)]"))
        {
            let test_lines = all.lines().count();
            return Self {
                all,
                shipped: String::new(),
                test_lines,
                test_modules,
            };
        }
        Self {
            all,
            shipped: shipped.into_iter().collect(),
            test_lines,
            test_modules,
        }
    }
}

/// The numbers of the lines (from 1) in which the words stand, not as a part of a longer word.
pub(crate) fn lines_with(code: &str, words: &str) -> Vec<usize> {
    code.lines()
        .enumerate()
        .filter(|(_, line)| holds(line, words))
        .map(|(index, _)| index + 1)
        .collect()
}

/// Whether the words stand in the text, not as a part of a longer word.
pub(crate) fn holds(text: &str, words: &str) -> bool {
    let starts_with_word = words.starts_with(is_word);
    let ends_with_word = words.ends_with(is_word);
    text.match_indices(words).any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let after = text
            .get(at + words.len()..)
            .and_then(|after| after.chars().next());
        let longer =
            starts_with_word && before.is_some_and(is_word) || ends_with_word && after.is_some_and(is_word);
        !longer
    })
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn blank_comments_and_literals(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let at = |index: usize| chars.get(index).copied().unwrap_or('\0');
    let mut out = String::with_capacity(text.len());
    let mut index = 0;
    while index < chars.len() {
        let previous = index.checked_sub(1).map_or('\0', at);
        let end = match (at(index), at(index + 1)) {
            ('/', '/') => line_end(&chars, index),
            ('/', '*') => block_comment_end(&chars, index),
            ('"', _) => string_end(&chars, index + 1),
            ('\'', _) => char_end(&chars, index),
            ('r', '"' | '#') if !is_word(previous) || "bc".contains(previous) => {
                raw_string_end(&chars, index + 1)
            }
            _ => 0,
        };
        if end <= index {
            out.push(at(index));
            index += 1;
        } else {
            out.extend(
                chars
                    .get(index..end)
                    .unwrap_or_default()
                    .iter()
                    .map(|c| if *c == '\n' { '\n' } else { ' ' }),
            );
            index = end;
        }
    }
    out
}

fn line_end(chars: &[char], from: usize) -> usize {
    find(chars, from, |c| c == '\n').unwrap_or(chars.len())
}

fn block_comment_end(chars: &[char], from: usize) -> usize {
    let mut depth = 0_usize;
    let mut index = from;
    while index < chars.len() {
        match (chars.get(index), chars.get(index + 1)) {
            (Some('/'), Some('*')) => {
                depth += 1;
                index += 2;
            }
            (Some('*'), Some('/')) => {
                depth = depth.saturating_sub(1);
                index += 2;
                if depth == 0 {
                    return index;
                }
            }
            _ => index += 1,
        }
    }
    chars.len()
}

/// The place after the closing quote of a string that opened just before `from`.
fn string_end(chars: &[char], from: usize) -> usize {
    let mut index = from;
    while let Some(c) = chars.get(index) {
        match c {
            '\\' => index += 2,
            '"' => return index + 1,
            _ => index += 1,
        }
    }
    chars.len()
}

/// The place after a raw string whose hashes begin at `from`; `from` itself when it is none, as in `r#type`.
fn raw_string_end(chars: &[char], from: usize) -> usize {
    let hashes = chars.iter().skip(from).take_while(|c| **c == '#').count();
    if chars.get(from + hashes) != Some(&'"') {
        return 0;
    }
    let mut index = from + hashes + 1;
    while let Some(quote) = find(chars, index, |c| c == '"') {
        let closing = chars
            .iter()
            .skip(quote + 1)
            .take(hashes)
            .filter(|c| **c == '#')
            .count();
        if closing == hashes {
            return quote + 1 + hashes;
        }
        index = quote + 1;
    }
    chars.len()
}

/// The place after a character literal at `from`, or 0 when the quote begins a lifetime.
fn char_end(chars: &[char], from: usize) -> usize {
    if chars.get(from + 1) == Some(&'\\') {
        // The character after the backslash may itself be a quote.
        return find(chars, from + 3, |c| c == '\'').map_or(chars.len(), |quote| quote + 1);
    }
    if chars.get(from + 2) == Some(&'\'') {
        from + 3
    } else {
        0
    }
}

/// Where the next attribute that means "only in tests" starts and ends.
fn next_test_attribute(code: &[char], from: usize) -> Option<(usize, usize)> {
    let mut index = from;
    while let Some(start) = find(code, index, |c| c == '#') {
        index = start + 1;
        if code.get(index) == Some(&'[') {
            let end = bracket_end(code, index);
            let attribute: String = code
                .get(start..end)
                .unwrap_or_default()
                .iter()
                .filter(|c| !c.is_whitespace())
                .collect();
            let only_in_tests = attribute == "#[cfg(test)]"
                || attribute.starts_with("#[cfg(all(")
                    && holds(&attribute, "test")
                    && !attribute.contains("not(");
            if only_in_tests {
                return Some((start, end));
            }
        }
    }
    None
}

/// The place after the item that begins at `from`: its `;`, or the brace that closes it.
fn item_end(code: &[char], from: usize) -> usize {
    let mut index = from;
    while let Some(c) = code.get(index) {
        match c {
            '(' | '[' => index = bracket_end(code, index),
            '{' => return bracket_end(code, index),
            ';' => return index + 1,
            _ => index += 1,
        }
    }
    code.len()
}

/// The place after the bracket that closes the one at `from`.
fn bracket_end(code: &[char], from: usize) -> usize {
    let mut depth = 0_usize;
    for (index, c) in code.iter().enumerate().skip(from) {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return index + 1;
                }
            }
            _ => {}
        }
    }
    code.len()
}

/// The name in `mod name;`.
fn module_elsewhere(item: &str) -> Option<String> {
    let mut words = item.split_whitespace().skip_while(|word| *word != "mod");
    words.next()?;
    words.next()?.strip_suffix(';').map(str::to_owned)
}

fn find(chars: &[char], from: usize, wanted: impl Fn(char) -> bool) -> Option<usize> {
    chars
        .iter()
        .enumerate()
        .skip(from)
        .find(|(_, c)| wanted(**c))
        .map(|(index, _)| index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_literals_are_no_code() {
        let text = concat!(
            "use a; // std::one\n",
            "/* std::two /* std::three */ std::four */ b();\n",
            "let s = \"std::five \\\" std::six\"; c();\n",
            "let r = br#\"std::seven \" std::eight\"#; d();\n",
            "let q = '\"'; let e = '\\''; e::<'static>();\n",
            "let n = r#type; f();\n",
        );
        let code = Code::of(text).all;
        assert!(!code.contains("std"), "{code}");
        for left in [
            "use a;",
            "b();",
            "c();",
            "d();",
            "e::<'static>();",
            "r#type; f();",
        ] {
            assert!(code.contains(left), "{left} in {code}");
        }
        assert_eq!(code.lines().count(), text.lines().count());
    }

    #[test]
    fn tests_are_not_shipped() {
        let text = concat!(
            "fn a() {}\n",
            "#[cfg(test)]\nmod tests {\n    fn b() { let x = [0; 3]; }\n}\n",
            "#[cfg(test)]\n#[derive(Debug)]\nstruct C([u8; 3]);\n",
            "#[cfg(all(test, feature = \"x\"))]\nmod apart;\n",
            "#[cfg(not(test))]\nfn d() {}\n",
            "fn e() {}\n",
        );
        let code = Code::of(text);
        for left in ["fn a", "fn d", "fn e"] {
            assert!(code.shipped.contains(left), "{left} in {}", code.shipped);
        }
        for gone in ["fn b", "struct C", "mod apart"] {
            assert!(!code.shipped.contains(gone), "{gone} in {}", code.shipped);
        }
        assert_eq!(code.test_modules.iter().collect::<Vec<_>>(), ["apart"]);
        assert_eq!(code.shipped.lines().count(), text.lines().count());
        assert_eq!(code.test_lines, 4 + 3 + 2);
    }

    #[test]
    fn a_file_can_be_all_test() {
        assert_eq!(Code::of("#![cfg(test)]\nuse std::fs;\n").shipped, "");
    }

    #[test]
    fn words_are_whole() {
        assert_eq!(lines_with("a\nuse std::fmt;\nnot_std::x", "std::"), [2]);
        assert_eq!(lines_with("async fn a()\nasync fnord", "async fn"), [1]);
        assert!(holds("Q7, Q70", "Q7") && !holds("Q70", "Q7"));
    }

    #[test]
    fn broken_text_ends() {
        for text in [
            "\"open",
            "r#\"open",
            "/* open",
            "'\\",
            "#[cfg(test)] mod a {",
            "#[cfg(test)",
            "'",
        ] {
            let _ = Code::of(text);
        }
    }
}
