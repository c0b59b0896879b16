//! Who may depend on whom.

use crate::metadata::{Dependency, Package};

/// What one crate may depend on. A line that is not here is a decision: it goes to docs/decisions first.
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
    /// Whatever its manifest gives a reason for.
    Any,
}

use Outside::{AndOptional, Any, Only};

#[rustfmt::skip]
const LAYERS: &[Layer] = &[
    Layer { name: "eduzz-types",    house: &[],
            outside: AndOptional(&["serde", "serde_json", "serde_path_to_error", "rust_decimal", "zeroize"], &["jiff", "time", "chrono"]) },
    Layer { name: "eduzz-wire",     house: &["eduzz-types"],
            outside: Only(&["serde", "serde_json", "http", "percent-encoding", "thiserror"]) },
    Layer { name: "eduzz-oauth",    house: &["eduzz-types", "eduzz-wire"],
            outside: Only(&["serde", "http", "form_urlencoded", "subtle", "thiserror"]) },
    Layer { name: "eduzz-api",      house: &["eduzz-types", "eduzz-wire"],
            outside: Only(&["serde"]) },
    Layer { name: "eduzz-webhook",  house: &["eduzz-types"],
            outside: Only(&["serde", "serde_json", "hmac", "sha2", "thiserror"]) },
    Layer { name: "eduzz-receiver", house: &["eduzz-webhook"],
            outside: Any },
    Layer { name: "eduzz-fixtures", house: &["eduzz-types"],
            outside: Only(&["serde", "serde_json"]) },
    Layer { name: "eduzz-hyper",    house: &["eduzz-types", "eduzz-wire", "eduzz-oauth", "eduzz-api", "eduzz-webhook"],
            outside: Any },
    Layer { name: "eduzz-sandbox",  house: &["eduzz-types", "eduzz-wire", "eduzz-oauth", "eduzz-api", "eduzz-webhook",
                                             "eduzz-fixtures"],
            outside: Any },
    Layer { name: "eduzz-cli",      house: &["eduzz-types", "eduzz-wire", "eduzz-oauth", "eduzz-api", "eduzz-webhook",
                                             "eduzz-receiver", "eduzz-fixtures", "eduzz-hyper", "eduzz-sandbox"],
            outside: Any },
    Layer { name: "eduzz-testkit",  house: &["eduzz-types", "eduzz-wire", "eduzz-fixtures"],
            outside: Any },
    Layer { name: "xtask",          house: &[],
            outside: Only(&["serde_json", "toml", "spdx"]) },
];

/// Every edge of the package that its layer does not allow. Tests may use what they like.
///
/// Examples stand above every layer: they may depend on anything, and nothing can depend on them.
pub(super) fn problems(manifest: &str, package: &Package) -> Vec<String> {
    if manifest.starts_with("examples/") {
        return Vec::new();
    }
    let Some(layer) = LAYERS.iter().find(|layer| layer.name == package.name) else {
        return vec![format!(
            "{}: this crate has no layer; say in xtask/src/layers/edges.rs what it may depend on",
            package.name
        )];
    };
    let shipped = package
        .dependencies
        .iter()
        .filter(|dependency| dependency.kind != "dev");
    shipped
        .filter_map(|dependency| layer.refuses(dependency))
        .collect()
}

impl Layer {
    fn refuses(&self, dependency: &Dependency) -> Option<String> {
        let name = dependency.name.as_str();
        let allowed = if LAYERS.iter().any(|layer| layer.name == name) {
            self.house.contains(&name)
        } else {
            match self.outside {
                Only(names) => names.contains(&name),
                AndOptional(names, optional) => {
                    names.contains(&name) || (optional.contains(&name) && dependency.optional)
                }
                Any => !name.starts_with("eduzz"),
            }
        };
        (!allowed).then(|| {
            let optional = if dependency.optional { "optional " } else { "" };
            format!(
                "{}: may not depend on {optional}`{name}` ({}); move the code to a layer that may, \
                 or decide otherwise in docs/decisions and xtask/src/layers/edges.rs",
                self.name, dependency.kind
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(name: &str, dependencies: &[(&str, &str, bool)]) -> Package {
        let dependency = |&(name, kind, optional): &(&str, &str, bool)| Dependency {
            name: name.to_owned(),
            kind: kind.to_owned(),
            optional,
        };
        Package {
            name: name.to_owned(),
            dependencies: dependencies.iter().map(dependency).collect(),
            ..Package::default()
        }
    }

    #[test]
    fn a_core_may_not_look_up() {
        let found = problems(
            "crates/x/Cargo.toml",
            &package(
                "eduzz-wire",
                &[("eduzz-types", "normal", false), ("eduzz-oauth", "normal", false)],
            ),
        );
        assert_eq!(found.len(), 1);
        assert!(found[0].contains("`eduzz-oauth`"), "{found:?}");
    }

    #[test]
    fn a_core_may_not_take_an_executor() {
        assert_eq!(
            problems(
                "crates/x/Cargo.toml",
                &package("eduzz-api", &[("tokio", "normal", false)])
            )
            .len(),
            1
        );
        assert_eq!(
            problems(
                "crates/x/Cargo.toml",
                &package("eduzz-api", &[("tokio", "build", false)])
            )
            .len(),
            1
        );
    }

    #[test]
    fn no_library_needs_the_sandbox() {
        assert_eq!(
            problems(
                "crates/x/Cargo.toml",
                &package("eduzz-hyper", &[("eduzz-sandbox", "normal", false)])
            )
            .len(),
            1
        );
        assert_eq!(
            problems(
                "crates/x/Cargo.toml",
                &package("eduzz-hyper", &[("hyper", "normal", false)])
            ),
            [""; 0]
        );
        assert_eq!(
            problems(
                "crates/x/Cargo.toml",
                &package("eduzz-sandbox", &[("eduzz-hyper", "normal", false)])
            )
            .len(),
            1
        );
    }

    #[test]
    fn calendars_are_optional() {
        assert_eq!(
            problems(
                "crates/x/Cargo.toml",
                &package("eduzz-types", &[("jiff", "normal", true)])
            ),
            [""; 0]
        );
        assert_eq!(
            problems(
                "crates/x/Cargo.toml",
                &package("eduzz-types", &[("jiff", "normal", false)])
            )
            .len(),
            1
        );
    }

    #[test]
    fn tests_may_use_what_they_like() {
        assert_eq!(
            problems(
                "crates/x/Cargo.toml",
                &package("eduzz-types", &[("proptest", "dev", false)])
            ),
            [""; 0]
        );
    }

    #[test]
    fn an_example_may_use_everything() {
        let example = package(
            "one",
            &[("eduzz-sandbox", "normal", false), ("reqwest", "normal", false)],
        );
        assert_eq!(problems("examples/one/Cargo.toml", &example), [""; 0]);
    }

    #[test]
    fn a_new_crate_needs_a_layer_and_a_helper_of_tests_stays_one() {
        assert_eq!(
            problems("crates/x/Cargo.toml", &package("eduzz-new", &[])).len(),
            1
        );
        assert_eq!(
            problems(
                "crates/x/Cargo.toml",
                &package("eduzz-hyper", &[("eduzz-testkit", "normal", false)])
            )
            .len(),
            1
        );
    }
}
