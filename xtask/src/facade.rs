//! The crate `eduzz` exports every public item of the crates below it, at one path each.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::{Problems, layers};

/// What `eduzz` exports, by the names of their documentation.
const BELOW: &[&str] = &[
    "eduzz_api",
    "eduzz_hyper",
    "eduzz_inbox",
    "eduzz_mirror",
    "eduzz_oauth",
    "eduzz_receiver",
    "eduzz_sandbox",
    "eduzz_store",
    "eduzz_sync",
    "eduzz_types",
    "eduzz_ureq",
    "eduzz_webhook",
    "eduzz_wire",
];

/// Kinds of items, as the names of their pages begin. A macro is not one: those of the SDK make
/// other lists from its own.
const KINDS: &[&str] = &["struct.", "enum.", "trait.", "type.", "fn.", "constant."];

/// Compares the lists of all items that rustdoc has just written.
pub(crate) fn check() -> Problems {
    let documentation = match layers::metadata() {
        Ok(metadata) => metadata.target_directory.join("doc"),
        Err(error) => return vec![error],
    };
    let read = |name: &str| {
        let file = documentation.join(name).join("all.html");
        fs::read_to_string(Path::new(&file)).map_err(|error| format!("{file}: {error}"))
    };
    let pages: Result<Vec<String>, String> = BELOW.iter().copied().map(read).collect();
    match (pages, read("eduzz")) {
        (Ok(below), Ok(facade)) => compare(&below, &facade),
        (Err(error), _) | (_, Err(error)) => vec![error],
    }
}

fn compare(below: &[String], facade: &str) -> Problems {
    let mut items: BTreeMap<&str, (usize, Vec<&str>)> = BTreeMap::new();
    for path in below.iter().flat_map(|list| paths(list)) {
        items.entry(name(path)).or_default().0 += 1;
    }
    for path in paths(facade) {
        items.entry(name(path)).or_default().1.push(path);
    }
    let wrong = items.iter().filter(|(_, (below, paths))| *below != paths.len());
    wrong
        .map(|(name, (below, paths))| {
            format!("eduzz: `{name}` is {below} items below and has these paths: {paths:?}")
        })
        .collect()
}

/// The paths of the items' pages, such as `types/struct.Sale.html`.
fn paths(list: &str) -> impl Iterator<Item = &str> {
    let links = list.split("href=\"").skip(1);
    links
        .filter_map(|link| link.split('"').next())
        .filter(|path| KINDS.iter().any(|kind| name(path).starts_with(kind)))
}

fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_and_second_path_is_found() {
        let list = |paths: &[&str]| {
            let links = paths.iter().map(|path| format!("<a href=\"{path}\">x</a>"));
            links.collect::<String>()
        };
        let below = [
            list(&["struct.Sale.html", "macro.a.html"]),
            list(&["enum.Sale.html"]),
        ];
        for (facade, found) in [
            (&["types/struct.Sale.html", "wire/enum.Sale.html"][..], 0),
            (&["types/struct.Sale.html"], 1),
            (
                &["struct.Sale.html", "types/struct.Sale.html", "enum.Sale.html"],
                1,
            ),
        ] {
            let problems = compare(&below, &list(facade));
            assert_eq!(problems.len(), found, "{facade:?}: {problems:?}");
        }
    }
}
