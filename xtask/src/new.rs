//! `cargo xtask new`: writes what a new call, or a new event, begins with.
//!
//! What it writes compiles, and no check takes it for done: the places that only the documentation can fill hold [`MARKER`], which
//! the steps `layers` and `fixtures` find, and the generic properties fail until the answer is modelled.

mod check;
mod endpoint;
mod event;

use std::fs;

use crate::files::{House, read};
use crate::fixtures;
use crate::report::{Failure, Outcome};
use crate::rustfmt::formatted;

pub(crate) use check::check;

/// What stands where somebody has to write. Cut in two, so that this file does not hold it.
pub(crate) const MARKER: &str = concat!("fill-me", "-in");

/// How it is called.
pub(crate) const USAGE: &[(&str, &str)] = &[
    (
        "cargo xtask new endpoint PRODUCT NAME METHOD TEMPLATE [--scope S]…",
        "begins a call: cargo xtask new endpoint myeduzz get_refund GET /myeduzz/v1/refunds/:id --scope myeduzz_sales_read",
    ),
    (
        "cargo xtask new event ORIGIN NAME",
        "begins an event: cargo xtask new event nutror lesson_skipped",
    ),
];

/// Runs it with the words after `new`; gives what was written and what to do next.
pub(crate) fn write(house: &House, words: &[&str]) -> Outcome {
    let change = match words {
        ["endpoint", words @ ..] => endpoint::change(house, words)?,
        ["event", words @ ..] => event::change(house, words)?,
        _ => return Err(usage()),
    };
    change.write(house)?;
    fixtures::write_list(house)?;
    Ok(format!(
        "written:\n{}\n\nnext: {}",
        change
            .files
            .iter()
            .map(|file| format!("  {}", file.path))
            .collect::<Vec<_>>()
            .join("\n"),
        change.next
    ))
}

fn usage() -> Failure {
    let lines: Vec<String> = USAGE
        .iter()
        .map(|(command, what)| format!("{command}\n      {what}"))
        .collect();
    format!("cannot tell what to begin; it is\n    {}", lines.join("\n    ")).into()
}

/// Files that are written together, or not at all.
#[derive(Debug, Default)]
struct Change {
    files: Vec<File>,
    next: String,
}

#[derive(Debug)]
struct File {
    path: String,
    text: String,
    is_new: bool,
}

impl Change {
    /// A file that must not be there yet.
    fn add(&mut self, path: String, text: String) {
        self.files.push(File {
            path,
            text,
            is_new: true,
        });
    }

    /// A Rust file that must not be there yet, formatted.
    fn add_rust(&mut self, house: &House, path: String, text: String) -> Result<(), Failure> {
        let text = formatted(house, text)?;
        self.add(path, text);
        Ok(())
    }

    /// A Rust file that is there, with other text, formatted.
    fn edit_rust(&mut self, house: &House, path: String, text: String) -> Result<(), Failure> {
        let text = formatted(house, text)?;
        self.edit(path, text);
        Ok(())
    }

    /// A file that is there, with other text.
    fn edit(&mut self, path: String, text: String) {
        self.files.push(File {
            path,
            text,
            is_new: false,
        });
    }

    fn write(&self, house: &House) -> Result<(), Failure> {
        let there = self
            .files
            .iter()
            .filter(|file| file.is_new && house.path(&file.path).exists());
        let problems: Vec<String> = there
            .map(|file| {
                format!(
                    "{}: is there already; nothing was written, take another name or remove it",
                    file.path
                )
            })
            .collect();
        Failure::unless_empty(problems, "")?;
        for file in &self.files {
            let path = house.path(&file.path);
            let unwritable = |error| format!("{}: cannot be written: {error}", file.path);
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder).map_err(unwritable)?;
            }
            fs::write(&path, &file.text).map_err(unwritable)?;
        }
        Ok(())
    }
}

/// The text of a file of the house.
fn text(house: &House, path: &str) -> Result<String, Failure> {
    read(&house.path(path))
}

/// The words joined in camel case: `get_sale` is `GetSale`.
fn camel_case(name: &str) -> String {
    let words = name.split('_').map(|word| {
        let mut letters = word.chars();
        let first = letters.next().map(|letter| letter.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    });
    words.collect()
}

/// A name that can be a module's and a folder's.
fn snake_case<'a>(what: &str, name: &'a str) -> Result<&'a str, Failure> {
    let fine = name.starts_with(|c: char| c.is_ascii_lowercase())
        && !name.ends_with('_')
        && !name.contains("__")
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if fine {
        Ok(name)
    } else {
        Err(format!("`{name}` is no {what}: write it in snake_case").into())
    }
}

/// The text with a line before the first that begins so; rustfmt puts it in order. Without such a line it comes last.
fn with_line_before(text: &str, beginning: &str, line: &str) -> String {
    let at = text
        .lines()
        .position(|there| there.starts_with(beginning))
        .unwrap_or_else(|| text.lines().count());
    let mut lines: Vec<&str> = text.lines().collect();
    lines.insert(at, line);
    lines.join("\n") + "\n"
}

/// The text with a public module more that a feature turns on, in order by rustfmt. What stands above the first module is its own.
fn with_module(text: &str, feature: &str, module: &str) -> String {
    let first = text.lines().zip(text.lines().skip(1)).find_map(|(above, line)| {
        let with_feature = above.starts_with("#[cfg(") && line.starts_with("pub mod ");
        with_feature.then_some(above)
    });
    let declared = format!("#[cfg(feature = \"{feature}\")]\npub mod {module};");
    with_line_before(text, first.unwrap_or("pub mod "), &declared)
}

/// The manifest of a crate with a feature more for a product.
fn with_product(manifest: &str, product: &str, turns_on: &[&str]) -> Option<String> {
    const ALL: &str = "all-products = [\n";
    let (before, after) = manifest.split_once(ALL)?;
    let (products, after) = after.split_once("]\n")?;
    Some(format!(
        "{before}{product} = {turns_on:?}\n{ALL}{products}    \"{product}\",\n]\n{after}"
    ))
}

/// The entries of the one list in a file: the words of each `(product, name, …),`, with the number of its line.
fn entries(text: &str) -> Vec<(usize, Vec<&str>)> {
    let lines = text.lines().enumerate();
    lines
        .filter_map(|(index, line)| Some((index, entry(line)?)))
        .collect()
}

fn entry(line: &str) -> Option<Vec<&str>> {
    let inside = line.trim().strip_prefix('(')?.strip_suffix("),")?;
    let words: Vec<&str> = inside.split(", ").collect();
    let is_word = |word: &&str| word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    words.iter().all(is_word).then_some(words)
}

/// The list with an entry more, before the line of this number.
fn with_entry(text: &str, before: usize, words: &[&str]) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    let other = lines.iter().find(|line| entry(line).is_some());
    let margin: String = other.map_or_else(String::new, |line| {
        line.chars().take_while(|c| c.is_whitespace()).collect()
    });
    let line = format!("{margin}({}),", words.join(", "));
    lines.insert(before.min(lines.len()), &line);
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::temp::Temp;

    /// What stands in a workspace that has one call and one event.
    pub(super) fn house() -> Temp {
        let calls = "//! The calls.\n\n\
             part! { $ __accounts_calls, feature \"accounts\", then __sun_calls! {\n    (accounts, get_me, GetMe),\n} }\n\n\
             part! { $ __sun_calls, feature \"sun\", then __all_calls! {\n    (sun, create_cart, CreateCart),\n} }\n\n\
             /// The end of the list: all of it.\nmacro_rules! __all_calls {}\n";
        let events = "//! The events.\n\n#[macro_export]\nmacro_rules! for_each_event {\n    ($callback:path) => {\n        \
             $callback! {\n            (alpaclass, student_created, StudentCreated, AlpaclassStudentCreated),\n            \
             (sun, cart_abandonment, CartAbandonment, SunCartAbandonment),\n        }\n    };\n}\n";
        let manifest = "[features]\nsun = []\nall-products = [\n    \"sun\",\n]\n\n[dependencies]\n";
        Temp::new(&[
            ("rustfmt.toml", "max_width = 110\n"),
            ("crates/eduzz-fixtures/src/list.rs", ""),
            ("crates/eduzz-api/Cargo.toml", manifest),
            (
                "crates/eduzz-api/src/lib.rs",
                "//! Calls.\n\nmod list;\n\n#[cfg(feature = \"sun\")]\npub mod sun;\n",
            ),
            ("crates/eduzz-api/src/list.rs", calls),
            (
                "crates/eduzz-api/src/accounts.rs",
                "//! Accounts.\n\nmod get_me;\n\npub use get_me::GetMe;\n",
            ),
            ("crates/eduzz-webhook/src/list.rs", events),
            ("crates/eduzz-types/Cargo.toml", manifest),
            (
                "crates/eduzz-types/src/webhook.rs",
                "//! Webhooks.\n\n#[cfg(feature = \"webhook-events\")]\npub mod sun;\n",
            ),
            (
                "crates/eduzz-types/src/webhook/sun.rs",
                "//! Sun.\n\nuse serde::{Deserialize, Serialize};\n\npub struct CartAbandonment {}\n",
            ),
        ])
    }

    pub(super) fn made(temp: &Temp, words: &str) -> Result<String, String> {
        let words: Vec<&str> = words.split(' ').collect();
        write(&House::at(temp.path()), &words).map_err(|failure| failure.to_string())
    }

    pub(super) fn there(temp: &Temp, path: &str) -> String {
        fs::read_to_string(temp.path().join(path)).unwrap()
    }

    #[test]
    fn what_cannot_be_told_is_answered_with_how_it_is_called() {
        for words in [
            "",
            "nonsense",
            "endpoint",
            "endpoint a b GET",
            "event nutror",
            "event a b c",
        ] {
            let said = made(&house(), words).unwrap_err();
            assert!(said.contains("cargo xtask new "), "{words}: {said}");
        }
    }

    #[test]
    fn names_are_checked() {
        for name in ["", "GetMe", "get-me", "_get", "get_", "get__me", "1st", "../x"] {
            assert!(snake_case("name", name).is_err(), "{name}");
        }
        assert!(snake_case("name", "get_v2_sale").is_ok());
        assert_eq!(camel_case("get_v2_sale"), "GetV2Sale");
    }

    #[test]
    fn nothing_is_written_when_one_file_is_there_already() {
        let temp = house();
        temp.write("crates/eduzz-fixtures/api/sun/get_cart/call.json", "mine");
        let before = there(&temp, "crates/eduzz-api/src/list.rs");
        let said = made(&temp, "endpoint sun get_cart GET /sun/v1/cart").unwrap_err();
        assert!(
            said.contains("sun/get_cart/call.json: is there already"),
            "{said}"
        );
        assert_eq!(there(&temp, "crates/eduzz-api/src/list.rs"), before);
        assert!(!temp.path().join("crates/eduzz-api/src/sun").exists());
    }
}
