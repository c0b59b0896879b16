//! Weights: crates below the libraries, and lines of Rust by crate.

use std::collections::{BTreeMap, BTreeSet};

use crate::cargo::Cargo;
use crate::files::{House, read};
use crate::report::{Outcome, say};
use crate::rust::Code;

/// The libraries whose trees are counted.
const COUNTED: &[&str] = &["eduzz-oauth", "eduzz-hyper"];

/// What `cargo xtask tree` runs.
pub(crate) fn print(house: &House) -> Outcome {
    for package in COUNTED {
        let arguments = [
            "tree",
            "--edges",
            "normal",
            "--prefix",
            "none",
            "--package",
            package,
        ];
        let count = crates(&Cargo::new(house, &arguments).read()?);
        say(&format!(
            "{package:<16} {count:>4} crates in its tree, itself among them"
        ));
    }
    let mut lines: BTreeMap<String, Lines> = BTreeMap::new();
    for path in house.rust_files()? {
        let name = house.name(&path);
        let owner = owner(&name);
        let counted = Lines::of(&name, &read(&path)?);
        lines.entry(owner.to_owned()).or_default().add(counted);
    }
    say(&format!("\n{:<28} {:>8} {:>8}", "lines of Rust", "src", "tests"));
    let mut total = Lines::default();
    for (owner, counted) in lines {
        say(&format!("{owner:<28} {:>8} {:>8}", counted.source, counted.tests));
        total.add(counted);
    }
    say(&format!(
        "{:<28} {:>8} {:>8}",
        "together", total.source, total.tests
    ));
    Ok("counted".to_owned())
}

/// How many different crates `cargo tree` printed.
fn crates(tree: &str) -> usize {
    let without_mark = tree.lines().map(|line| line.trim().trim_end_matches(" (*)"));
    without_mark
        .filter(|line| !line.is_empty())
        .collect::<BTreeSet<_>>()
        .len()
}

/// `crates/eduzz-wire` for a file in it; `xtask` has no folder above.
fn owner(name: &str) -> &str {
    let depth = if name.starts_with("xtask/") { 1 } else { 2 };
    match name.match_indices('/').nth(depth - 1) {
        Some((end, _)) => name.get(..end).unwrap_or(name),
        None => name,
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Lines {
    source: usize,
    tests: usize,
}

impl Lines {
    /// Every line counts, blank ones and comments too; unit tests inside a source file count as tests.
    fn of(name: &str, text: &str) -> Self {
        let all = text.lines().count();
        if name.contains("/tests/") || name.contains("/benches/") {
            return Self {
                source: 0,
                tests: all,
            };
        }
        let tests = Code::of(text).test_lines.min(all);
        Self {
            source: all - tests,
            tests,
        }
    }

    fn add(&mut self, other: Self) {
        self.source += other.source;
        self.tests += other.tests;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crate_is_counted_once() {
        assert_eq!(crates("a v1 (/x/a)\nb v1\nb v1 (*)\nb v2\n\n"), 3);
    }

    #[test]
    fn files_have_owners() {
        assert_eq!(owner("crates/a/src/b/c.rs"), "crates/a");
        assert_eq!(owner("xtask/src/main.rs"), "xtask");
    }

    #[test]
    fn unit_tests_are_tests() {
        let text = "//! One.\nfn a() {}\n\n#[cfg(test)]\nmod tests {\n\n    fn b() {}\n}\n";
        assert_eq!(
            Lines::of("crates/a/src/lib.rs", text),
            Lines { source: 3, tests: 5 }
        );
        assert_eq!(
            Lines::of("crates/a/tests/it/main.rs", text),
            Lines { source: 0, tests: 8 }
        );
        assert_eq!(
            Lines::of("crates/a/src/lib.rs", "//! One.\n"),
            Lines { source: 1, tests: 0 }
        );
    }
}
