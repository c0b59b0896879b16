//! Each published library with each of its features alone, with none, and with all.

use crate::cargo::Cargo;
use crate::files::House;
use crate::metadata::{self, Package};
use crate::report::{Failure, Outcome};

/// Pairs of crate and set of features that are not to compile, each with its reason. `none` is no feature at all.
const LEFT_OUT: &[(&str, &str, &str)] = &[];

/// What `cargo xtask features` runs.
pub(crate) fn check(house: &House) -> Outcome {
    let packages = metadata::members(house)?;
    let mut problems = Vec::new();
    let mut count = 0_usize;
    for package in packages
        .iter()
        .filter(|package| package.published && package.is_library())
    {
        for set in sets(package) {
            count += 1;
            // Clippy, because it can refuse warnings without compiling all dependencies again.
            let mut arguments = vec!["clippy", "-p", &package.name, "--no-default-features"];
            let features = set.join(",");
            if !set.is_empty() {
                arguments.extend(["--features", &features]);
            }
            arguments.extend(["--", "-D", "warnings"]);
            let advice = "a feature only adds names: it must compile alone, without a warning";
            if let Err(failure) = Cargo::new(house, &arguments).run(advice) {
                problems.extend(failure.into_problems());
            }
        }
    }
    Failure::unless_empty(problems, format!("{count} sets of features"))
}

/// What `cargo xtask feature-tests` runs: `cargo test --workspace` has the features that the workspace's own programs want, and
/// no others.
pub(crate) fn test(house: &House) -> Outcome {
    let runs: [&[&str]; 4] = [
        // Another crate of a user's program can turn `arbitrary_precision` on; our numbers must be the same with it.
        &[
            "-p",
            "eduzz-types",
            "--all-features",
            "--features",
            "serde_json/arbitrary_precision",
        ],
        // The calls of some products, and no others: the list of them follows the features.
        &[
            "-p",
            "eduzz-api",
            "--no-default-features",
            "--features",
            "accounts,safevideo",
            "--test",
            "it",
        ],
        &["-p", "eduzz-hyper", "--all-features"],
        &["-p", "eduzz-receiver", "--all-features"],
    ];
    let mut problems = Vec::new();
    for run in runs {
        let arguments: Vec<&str> = ["test"].into_iter().chain(run.iter().copied()).collect();
        if let Err(failure) = Cargo::new(house, &arguments).run("mend the tests named above") {
            problems.extend(failure.into_problems());
        }
    }
    Failure::unless_empty(problems, format!("{} crates", runs.len()))
}

/// No feature, each alone, and all together; `default` is only a set of others.
fn sets(package: &Package) -> Vec<Vec<&str>> {
    let features: Vec<&str> = package
        .features
        .keys()
        .map(String::as_str)
        .filter(|name| *name != "default")
        .collect();
    let mut sets = vec![Vec::new()];
    sets.extend(features.iter().map(|feature| vec![*feature]));
    if features.len() > 1 {
        sets.push(features);
    }
    sets.retain(|set| !is_left_out(&package.name, set));
    sets
}

fn is_left_out(package: &str, set: &[&str]) -> bool {
    let name = if set.is_empty() {
        "none".to_owned()
    } else {
        set.join(",")
    };
    LEFT_OUT
        .iter()
        .any(|(left_package, left_set, _)| *left_package == package && *left_set == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_stands_alone_once() {
        let features = ["default", "a", "b"].map(|name| (name.to_owned(), Vec::new()));
        let package = Package {
            features: features.into(),
            ..Package::default()
        };
        assert_eq!(sets(&package), [vec![], vec!["a"], vec!["b"], vec!["a", "b"]]);
    }

    #[test]
    fn a_crate_without_features_is_compiled_once() {
        assert_eq!(sets(&Package::default()), [Vec::<&str>::new()]);
    }
}
