//! What a source file may hold.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::files::{House, file_name, read};
use crate::report::Failure;
use crate::rust::{Code, lines_with};

/// The crates without IO, clock or randomness.
const CORES: &[&str] = &[
    "eduzz-types",
    "eduzz-wire",
    "eduzz-oauth",
    "eduzz-api",
    "eduzz-webhook",
];

/// What the front of every core says.
const CORE_ATTRIBUTES: &[&str] = &["#![no_std]", "#![forbid(unsafe_code)]"];

/// What no core holds: the standard library, and futures.
const NOT_IN_CORES: &[&str] = &[
    "std::",
    "extern crate std",
    "async fn",
    "async move",
    "async {",
    ".await",
    "impl Future",
    "dyn Future",
    "Mutex",
    "RwLock",
];

/// What stands nowhere, and why. Cut in two, so that this file does not hold it either.
const NOWHERE: &[(&str, &str)] = &[
    (
        concat!("#[", "ignore"),
        "a test that never runs protects nothing; delete it or make it run",
    ),
    (concat!("should_", "panic"), "assert the error instead"),
    (concat!("todo", "!("), "finish it or leave it out"),
    (concat!("unimplemented", "!("), "finish it or leave it out"),
];

/// Everything wrong in these files.
pub(super) fn problems(house: &House, files: &[PathBuf]) -> Result<Vec<String>, Failure> {
    let mut problems = Vec::new();
    let mut only_tests = BTreeSet::new();
    let mut cores = Vec::new();
    for path in files {
        let name = house.name(path);
        let text = read(path)?;
        problems.extend(anywhere(&name, &text));
        if let Some(core) = core_of(&name) {
            let code = Code::of(&text);
            only_tests.extend(code.test_modules.iter().map(|module| module_file(path, module)));
            cores.push((path, name, core, code));
        }
    }
    for (path, name, core, code) in cores {
        let mut outer = path.ancestors().skip(1).map(|folder| folder.with_extension("rs"));
        if !only_tests.contains(path) && !outer.any(|file| only_tests.contains(&file)) {
            problems.extend(in_core(&name, core, &code));
        }
    }
    Ok(problems)
}

/// The rules for every file.
fn anywhere(name: &str, text: &str) -> Vec<String> {
    let mut problems = Vec::new();
    if !text.starts_with("//!") {
        problems.push(format!(
            "{name}: does not open with a `//!` line; say in one what the file is for"
        ));
    }
    if name.ends_with("/mod.rs") && name != "mod.rs" {
        problems.push(format!("{name}: is a mod.rs; call it as its folder, beside it"));
    }
    for (needle, advice) in NOWHERE {
        for (index, _) in text.lines().enumerate().filter(|(_, line)| line.contains(needle)) {
            problems.push(format!("{name}:{}: holds `{needle}`; {advice}", index + 1));
        }
    }
    for (index, _) in text
        .lines()
        .enumerate()
        .filter(|(_, line)| is_ignored_doctest(line))
    {
        problems.push(format!(
            "{name}:{}: an ignored doctest; let it run or mark it `text`",
            index + 1
        ));
    }
    problems
}

/// The rules for a core's shipped code.
fn in_core(name: &str, core: &str, code: &Code) -> Vec<String> {
    let mut problems = Vec::new();
    if name == format!("crates/{core}/src/lib.rs") {
        let missing = CORE_ATTRIBUTES
            .iter()
            .filter(|attribute| !code.all.contains(**attribute));
        problems.extend(missing.map(|attribute| format!("{name}: lacks `{attribute}`; every core has it")));
    }
    for needle in NOT_IN_CORES {
        for line in lines_with(&code.shipped, needle) {
            problems.push(format!(
                "{name}:{line}: `{needle}` in a core; use core or alloc, or take the value as an argument"
            ));
        }
    }
    problems
}

/// The core whose source this is.
fn core_of(name: &str) -> Option<&'static str> {
    let mut parts = name.split('/');
    let core = match (parts.next(), parts.next(), parts.next()) {
        (Some("crates"), Some(folder), Some("src")) => folder,
        _ => return None,
    };
    CORES.iter().find(|name| **name == core).copied()
}

/// Where `mod name;` in this file finds its module.
fn module_file(path: &Path, module: &str) -> PathBuf {
    let beside = ["lib.rs", "main.rs"].contains(&file_name(path).as_str());
    let folder = if beside {
        path.parent().unwrap_or(path).to_owned()
    } else {
        path.with_extension("")
    };
    folder.join(format!("{module}.rs"))
}

fn is_ignored_doctest(line: &str) -> bool {
    let line = line.trim_start();
    let Some(text) = line.strip_prefix("///").or_else(|| line.strip_prefix("//!")) else {
        return false;
    };
    let Some(info) = text.trim_start().strip_prefix("```") else {
        return false;
    };
    info.split(',').any(|word| word.trim() == "ignore")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::temp::Temp;

    fn found(files: &[(&str, &str)]) -> Vec<String> {
        let temp = Temp::new(files);
        let house = House::at(temp.path());
        problems(&house, &house.rust_files().unwrap()).unwrap()
    }

    const FRONT: &str = "//! A core.\n#![no_std]\n#![forbid(unsafe_code)]\n";

    #[test]
    fn a_good_core_is_fine() {
        let lib = format!(
            "{FRONT}/// `std::time` is no business of ours.\npub fn a() {{}}\n\
             #[cfg(test)]\nmod tests {{ use std::fs; }}\n#[cfg(test)]\nmod apart;\n"
        );
        assert_eq!(
            found(&[
                ("crates/eduzz-types/src/lib.rs", &lib),
                ("crates/eduzz-types/src/apart.rs", "//! Tests.\nuse std::fs;\n"),
                (
                    "crates/eduzz-types/src/apart/more.rs",
                    "//! Tests.\nuse std::fs;\n"
                ),
                (
                    "crates/eduzz-types/tests/it/main.rs",
                    "//! Tests.\nuse std::fs;\n"
                ),
                (
                    "crates/eduzz-hyper/src/lib.rs",
                    "//! IO.\nuse std::fs;\nasync fn a() {}\n"
                ),
            ]),
            [""; 0]
        );
    }

    #[test]
    fn a_core_without_its_attributes_is_found() {
        let found = found(&[("crates/eduzz-wire/src/lib.rs", "//! A core. `#![no_std]`\n")]);
        assert_eq!(found.len(), 2, "{found:?}");
    }

    #[test]
    fn std_and_futures_in_a_core_are_found() {
        for line in [
            "use std::fmt;",
            "extern crate std;",
            "async fn a() {}",
            "fn a() -> impl Future<Output = ()> {}",
        ] {
            let lib = format!("{FRONT}{line}\n");
            let found = found(&[("crates/eduzz-oauth/src/lib.rs", &lib)]);
            assert_eq!(found.len(), 1, "{line}: {found:?}");
            assert!(
                found[0].starts_with("crates/eduzz-oauth/src/lib.rs:4:"),
                "{found:?}"
            );
        }
    }

    #[test]
    fn a_file_without_a_first_line_and_a_mod_rs_are_found() {
        let found = found(&[("crates/eduzz-cli/src/a/mod.rs", "use a;\n")]);
        assert_eq!(found.len(), 2, "{found:?}");
    }

    #[test]
    fn what_stands_nowhere_is_found_everywhere() {
        for (needle, _) in NOWHERE {
            let found = found(&[("examples/one/src/main.rs", &format!("//! One.\n{needle}\n"))]);
            assert_eq!(found.len(), 1, "{needle}: {found:?}");
        }
        let doctest = "//! One.\n/// ```rust,ignore\n/// ```\nfn a() {}\n";
        assert_eq!(found(&[("crates/eduzz-cli/src/a.rs", doctest)]).len(), 1);
    }
}
