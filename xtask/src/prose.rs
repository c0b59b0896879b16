//! Rules for text: the first line of a file, words that are not plain English, the width of prose,
//! no skipped test.

use xshell::{Shell, cmd};

use crate::{Problems, problems};

/// Phrases that say less than the field's own term does, in English text.
const PHRASES: &[&str] = &[
    "so many",
    "stands so",
    "stand so",
    "is none",
    "are none",
    "for who",
    "of who",
    "befall",
    "heed",
    "belongs into",
    "had twice",
    "is told",
    "gone on with",
];

/// A test that does not run protects nothing; an error is asserted, not a panic.
const NOT_IN_CODE: &[&str] = &["#[ignore", "#[should_panic", "```ignore", ",ignore"];

/// Columns of a comment, and of a Markdown line that can be broken.
const WIDTH: usize = 100;

pub(crate) fn check(sh: &Shell) -> Problems {
    let listed = cmd!(sh, "git ls-files --cached --others --exclude-standard *.rs *.md")
        .quiet()
        .read();
    let files = match listed {
        Ok(files) => files,
        Err(error) => return problems::<()>(Err(error)),
    };
    let mut problems = Problems::new();
    // This file names what it forbids. A listed file may be deleted already.
    for file in files.lines().filter(|file| *file != "xtask/src/prose.rs") {
        if let Ok(text) = sh.read_file(file) {
            problems.extend(text_problems(file, &text));
        }
    }
    problems
}

fn text_problems(file: &str, text: &str) -> Problems {
    let is_rust = file.ends_with(".rs");
    let mut problems = Problems::new();
    if is_rust && !text.starts_with("//!") {
        problems.push(format!("{file}: does not open with a `//!` line"));
    }
    let mut in_code = false;
    for (line, number) in text.lines().zip(1..) {
        let comment = line.trim_start().strip_prefix("//");
        let prose = if is_rust {
            comment.unwrap_or_default()
        } else {
            line
        };
        in_code ^= prose.trim_start_matches(['/', '!', ' ']).starts_with("```");
        if !in_code && is_wide(line, prose) {
            problems.push(format!("{file}:{number}: wider than {WIDTH} columns"));
        }
        if let Some(phrase) = PHRASES.iter().find(|phrase| has_words(line, phrase))
            && !file.contains("pt-BR")
        {
            problems.push(format!("{file}:{number}: `{phrase}`; say it plainly"));
        }
        let found = NOT_IN_CODE
            .iter()
            .find(|needle| is_rust && line.contains(**needle));
        problems.extend(found.map(|needle| format!("{file}:{number}: `{needle}`; let it run or delete it")));
    }
    problems
}

/// Whether a line of prose could be shorter. A row of a table and a link cannot be broken.
fn is_wide(line: &str, prose: &str) -> bool {
    let text = prose.trim_start_matches(['/', '!', ' ']);
    line.chars().count() > WIDTH && text.contains(' ') && !text.starts_with('|') && !text.contains("](")
}

/// Whether the words are in the line, not as a part of longer ones.
fn has_words(line: &str, words: &str) -> bool {
    let line = line.to_lowercase();
    let is_end = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '_');
    line.match_indices(words).any(|(start, _)| {
        let (before, after) = (&line.get(..start), &line.get(start + words.len()..));
        is_end(before.and_then(|text| text.chars().next_back()))
            && is_end(after.and_then(|text| text.chars().next()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn planted_fault_is_found() {
        let wide = "word ".repeat(21);
        for (file, text, found) in [
            ("a.rs", "//! One.\nfn a() {}\n", 0),
            ("a.rs", "fn a() {}\n", 1),
            ("a.rs", "//! One.\n#[ignore = \"slow\"]\n", 1),
            ("a.rs", "//! One.\n/// ```rust,ignore\n", 1),
            ("a.rs", "//! One.\n// It IS none.\n", 1),
            ("a.rs", "//! One.\nlet x = y.is_none();\n", 0),
            ("a.md", "So many.\n", 1),
            ("a.pt-BR.md", "So many.\n", 0),
            ("a.md", "Heedless.\n", 0),
            ("a.md", wide.as_str(), 1),
            ("a.md", &format!("| {wide} |\n"), 0),
            ("a.md", &format!("```sh\n{wide}\n```\n{wide}"), 1),
            ("a.rs", &format!("//! One.\n    /// {wide}\n"), 1),
            ("a.rs", &format!("//! One.\nlet text = \"{wide}\";\n"), 0),
        ] {
            assert_eq!(text_problems(file, text).len(), found, "{file} {text}");
        }
    }
}
