//! The invariants of ARCHITECTURE.md that rustc and clippy do not check.

use std::fs;
use std::path::Path;

use cargo_metadata::{Dependency, DependencyKind, Metadata, MetadataCommand, Package, TargetKind};
use xshell::{Shell, cmd};

use crate::{Problems, root};

/// The allowed dependencies of a crate. A new line here is a decision: write it to docs/decisions
/// first.
struct Layer {
    name: &'static str,
    /// Crates of this workspace.
    house: &'static [&'static str],
    outside: Outside,
}

enum Outside {
    /// These and no others.
    Only(&'static [&'static str]),
    /// These, and those behind features.
    AndOptional(&'static [&'static str], &'static [&'static str]),
    /// Any that its manifest gives a reason for.
    Any,
}

use Outside::{AndOptional, Any, Only};

#[rustfmt::skip]
const LAYERS: &[Layer] = &[
    Layer { name: "eduzz",          house: &["eduzz-types", "eduzz-wire", "eduzz-oauth", "eduzz-api", "eduzz-webhook",
                                             "eduzz-hyper", "eduzz-ureq", "eduzz-receiver", "eduzz-sync", "eduzz-store",
                                             "eduzz-inbox", "eduzz-mirror", "eduzz-sandbox"],
            outside: Only(&[]) },
    Layer { name: "eduzz-types",    house: &[],
            outside: AndOptional(&["serde", "serde_json", "serde_path_to_error", "zeroize"], &["rust_decimal", "jiff", "time", "chrono"]) },
    Layer { name: "eduzz-wire",     house: &["eduzz-types"],
            outside: Only(&["serde", "serde_json", "http", "percent-encoding", "thiserror"]) },
    Layer { name: "eduzz-oauth",    house: &["eduzz-types", "eduzz-wire"],
            outside: Only(&["serde", "http", "subtle", "thiserror"]) },
    Layer { name: "eduzz-api",      house: &["eduzz-types", "eduzz-wire", "eduzz-fixtures"],
            outside: Only(&["serde"]) },
    Layer { name: "eduzz-webhook",  house: &["eduzz-types"],
            outside: Only(&["serde", "serde_json", "hmac", "sha2", "thiserror"]) },
    Layer { name: "eduzz-receiver", house: &["eduzz-webhook"],
            outside: Any },
    Layer { name: "eduzz-sync",     house: &["eduzz-types", "eduzz-wire", "eduzz-webhook"],
            outside: Only(&["hmac", "sha2", "rust_decimal", "serde", "serde_json"]) },
    Layer { name: "eduzz-store",    house: &["eduzz-sync", "eduzz-webhook"],
            outside: Any },
    Layer { name: "eduzz-inbox",    house: &["eduzz-types", "eduzz-wire", "eduzz-api", "eduzz-webhook", "eduzz-hyper",
                                             "eduzz-sync", "eduzz-store", "eduzz-receiver"],
            outside: Any },
    Layer { name: "eduzz-mirror",   house: &["eduzz-types", "eduzz-wire", "eduzz-api", "eduzz-webhook", "eduzz-hyper",
                                             "eduzz-sync", "eduzz-store"],
            outside: Any },
    Layer { name: "eduzz-fixtures", house: &["eduzz-types"],
            outside: Only(&["serde", "serde_json"]) },
    Layer { name: "eduzz-driver",   house: &["eduzz-types", "eduzz-wire", "eduzz-oauth"],
            outside: AndOptional(&["http"], &["getrandom"]) },
    Layer { name: "eduzz-hyper",    house: &["eduzz-types", "eduzz-wire", "eduzz-oauth", "eduzz-api", "eduzz-webhook", "eduzz-driver"],
            outside: Any },
    Layer { name: "eduzz-ureq",     house: &["eduzz-types", "eduzz-wire", "eduzz-oauth", "eduzz-driver"],
            outside: Any },
    Layer { name: "eduzz-sandbox",  house: &["eduzz-types", "eduzz-wire", "eduzz-oauth", "eduzz-api", "eduzz-webhook",
                                             "eduzz-fixtures"],
            outside: Any },
    Layer { name: "eduzz-cli",      house: &["eduzz-types", "eduzz-wire", "eduzz-oauth", "eduzz-api", "eduzz-webhook",
                                             "eduzz-receiver", "eduzz-fixtures", "eduzz-hyper", "eduzz-sandbox",
                                             "eduzz-sync", "eduzz-store", "eduzz-inbox", "eduzz-mirror"],
            outside: Any },
    Layer { name: "eduzz-testkit",  house: &["eduzz-types", "eduzz-wire", "eduzz-oauth", "eduzz-fixtures"],
            outside: Any },
    Layer { name: "eduzz-fuzz",     house: &["eduzz-types", "eduzz-wire", "eduzz-oauth", "eduzz-api", "eduzz-webhook",
                                             "eduzz-fixtures", "eduzz-testkit"],
            outside: Any },
    Layer { name: "eduzz-bench",    house: &["eduzz-types", "eduzz-wire", "eduzz-oauth", "eduzz-api", "eduzz-hyper"],
            outside: Any },
    Layer { name: "xtask",          house: &[],
            outside: Any },
];

/// The crates without IO, clock or randomness.
const CORES: &[&str] = &[
    "eduzz-types",
    "eduzz-wire",
    "eduzz-oauth",
    "eduzz-api",
    "eduzz-webhook",
    "eduzz-sync",
];

/// Attributes of every core. With them rustc refuses `std`.
const CORE_ATTRIBUTES: &[&str] = &["#![no_std]", "#![forbid(unsafe_code)]"];

/// Forbidden in every core: the way around `no_std`, and futures.
const NOT_IN_CORES: &[&str] = &["extern crate std", "async ", ".await", "Future"];

/// The line before the one exception: a feature that gives programs the time of now.
const STD_FEATURE: &str = "#[cfg(feature = \"std\")]";

/// The files of every package: both licences ask for their text in every copy.
const PACKED: &[&str] = &["LICENSE-APACHE", "LICENSE-MIT", "README.md"];

pub(crate) fn check(sh: &Shell) -> Problems {
    let metadata = match metadata() {
        Ok(metadata) => metadata,
        Err(error) => return vec![error],
    };
    let mut problems = Problems::new();
    for package in metadata.workspace_packages() {
        problems.extend(package_problems(package));
        match fs::read_to_string(&package.manifest_path) {
            Ok(text) => problems.extend(unexplained(&package.name, &text)),
            Err(error) => problems.push(format!("{}: {error}", package.manifest_path)),
        }
    }
    for core in CORES {
        let lib = sh.read_file(format!("crates/{core}/src/lib.rs"));
        let lib = lib.unwrap_or_default();
        let missing = CORE_ATTRIBUTES.iter().filter(|line| !lib.contains(**line));
        problems.extend(missing.map(|line| format!("{core}: lib.rs has no `{line}`")));
        let files = cmd!(sh, "git ls-files crates/{core}/src").quiet().read();
        for file in files.unwrap_or_default().lines() {
            problems.extend(in_core(file, &sh.read_file(file).unwrap_or_default()));
        }
    }
    problems
}

/// The packages of the workspace.
pub(crate) fn metadata() -> Result<Metadata, String> {
    let mut command = MetadataCommand::new();
    let command = command.current_dir(root()).no_deps();
    command.exec().map_err(|error| error.to_string())
}

/// Examples are above every layer: they may depend on any crate, and no crate on them.
pub(crate) fn is_example(package: &Package) -> bool {
    let folder = package.manifest_path.parent().and_then(|folder| folder.parent());
    folder.is_some_and(|folder| folder.file_name() == Some("examples"))
}

fn package_problems(package: &Package) -> Problems {
    let name = package.name.as_str();
    let mut problems = Problems::new();
    if !is_example(package) {
        problems.extend(layer_problems(name, &package.dependencies));
    }
    // `None` is any registry, an empty list forbids all.
    let is_published = package
        .publish
        .as_ref()
        .is_none_or(|registries| !registries.is_empty());
    if is_published && name != "eduzz" && !name.starts_with("eduzz-") {
        problems.push(format!("{name}: needs `publish = false`"));
    }
    if is_published {
        let folder = package
            .manifest_path
            .as_std_path()
            .parent()
            .unwrap_or(Path::new(""));
        let missing = PACKED.iter().filter(|file| !folder.join(file).is_file());
        problems.extend(missing.map(|file| format!("{name}: has no {file}")));
    }
    // Linking makes tests slow to build.
    let tests = package
        .targets
        .iter()
        .filter(|target| target.kind.contains(&TargetKind::Test));
    // A real browser must not take the processor from tests beside it.
    let is_known = |test: &str| test == "it" || (name, test) == ("eduzz-cli", "browser");
    for test in tests.filter(|test| !is_known(&test.name)) {
        problems.push(format!(
            "{name}: a second test binary, {}; make it a module of tests/it/main.rs",
            test.name
        ));
    }
    problems
}

/// Every dependency that the package's layer does not allow. Tests may use any.
fn layer_problems(name: &str, dependencies: &[Dependency]) -> Problems {
    let Some(layer) = LAYERS.iter().find(|layer| layer.name == name) else {
        return vec![format!("{name}: has no layer in xtask/src/layers.rs")];
    };
    let shipped = dependencies
        .iter()
        .filter(|dependency| dependency.kind != DependencyKind::Development);
    shipped
        .filter(|dependency| !layer.allows(&dependency.name, dependency.optional))
        .map(|dependency| {
            let optional = if dependency.optional { "optional " } else { "" };
            format!(
                "{name}: may not depend on {optional}`{}`; move the code to a layer that may, or \
                 decide otherwise in docs/decisions and xtask/src/layers.rs",
                dependency.name
            )
        })
        .collect()
}

impl Layer {
    fn allows(&self, name: &str, optional: bool) -> bool {
        if LAYERS.iter().any(|layer| layer.name == name) {
            return self.house.contains(&name);
        }
        match self.outside {
            Only(names) => names.contains(&name),
            AndOptional(names, behind) => names.contains(&name) || optional && behind.contains(&name),
            Any => !name.starts_with("eduzz"),
        }
    }
}

/// Every dependency of a manifest without a comment above it. A comment covers the lines below it
/// up to a blank line or the next section; indented lines continue an entry.
fn unexplained(name: &str, manifest: &str) -> Problems {
    let mut problems = Problems::new();
    let (mut in_section, mut explained) = (false, false);
    for (line, number) in manifest.lines().zip(1..) {
        match line.chars().next() {
            None => explained = false,
            Some('#') => explained = true,
            Some('[') => {
                in_section = line.contains("dependencies") && !line.starts_with("[workspace");
                // `[dependencies.serde]` is a section of one.
                let is_one = line.contains("dependencies.");
                if in_section && is_one && !explained {
                    problems.push(format!("{name}: Cargo.toml:{number}: no comment above says why"));
                }
                in_section &= !is_one;
                explained = false;
            }
            Some(first) => {
                if in_section && !explained && first.is_alphanumeric() {
                    problems.push(format!("{name}: Cargo.toml:{number}: no comment above says why"));
                }
            }
        }
    }
    problems
}

fn in_core(file: &str, text: &str) -> Problems {
    let lines = text.lines().zip(1..);
    let before = std::iter::once("").chain(text.lines());
    lines
        .zip(before)
        .filter(|((line, _), before)| !line.trim_start().starts_with("//") && *before != STD_FEATURE)
        .filter_map(|((line, number), _)| {
            let needle = NOT_IN_CORES.iter().find(|needle| line.contains(**needle))?;
            Some(format!("{file}:{number}: `{}` in a core", needle.trim()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(package: &str, dependency: &str, optional: bool) -> bool {
        let layer = LAYERS.iter().find(|layer| layer.name == package);
        layer.unwrap().allows(dependency, optional)
    }

    #[test]
    fn forbidden_edge_is_found() {
        for (package, dependency, optional, allowed) in [
            ("eduzz-wire", "eduzz-types", false, true),
            ("eduzz-wire", "eduzz-oauth", false, false),
            ("eduzz-api", "tokio", false, false),
            ("eduzz-types", "jiff", true, true),
            ("eduzz-types", "jiff", false, false),
            ("eduzz-hyper", "hyper", false, true),
            ("eduzz-hyper", "eduzz-sandbox", false, false),
            ("eduzz-hyper", "eduzz-testkit", false, false),
            ("eduzz-hyper", "eduzz-new", false, false),
            ("eduzz-sandbox", "eduzz-hyper", false, false),
            ("xtask", "eduzz-api", false, false),
        ] {
            assert_eq!(
                allows(package, dependency, optional),
                allowed,
                "{package} on {dependency}"
            );
        }
        assert_eq!(layer_problems("eduzz-new", &[]).len(), 1);
    }

    #[test]
    fn unexplained_dependency_is_found() {
        for (manifest, found) in [
            ("[dependencies]\nserde = \"1\"\n", &["2"][..]),
            (
                "[dependencies]\n# Why.\na = [\n  \"x\",\n]\nb = \"2\"\n\nc = \"1\"\n",
                &["8"],
            ),
            ("[target.'cfg(unix)'.dependencies]\na = \"1\"\n", &["2"]),
            ("[dev-dependencies]\na = \"1\"\nb = \"1\"\n", &["2", "3"]),
            ("[dependencies.a]\nversion = \"1\"\n", &["1"]),
            ("# Why.\n[dependencies.a]\nversion = \"1\"\n", &[]),
            ("[workspace.dependencies]\na = \"1\"\n[features]\nb = []\n", &[]),
        ] {
            let problems = unexplained("x", manifest);
            let lines: Vec<_> = problems
                .iter()
                .filter_map(|text| text.split(':').nth(2))
                .collect();
            assert_eq!(lines, found, "{manifest}");
        }
    }

    #[test]
    fn future_in_a_core_is_found() {
        for (line, found) in [
            ("async fn a() {}", 1),
            ("    a.await;", 1),
            ("fn a() -> impl Future<Output = ()> {}", 1),
            ("extern crate std;", 1),
            ("#[cfg(feature = \"std\")]\nextern crate std;", 0),
            ("/// A `Future` is not here.", 0),
        ] {
            assert_eq!(in_core("a.rs", line).len(), found, "{line}");
        }
    }
}
