//! One test binary a crate: linking is what makes tests slow to build.

use crate::files::House;
use crate::metadata::{Package, Target};

/// Every test binary of the package that is not `tests/it/main.rs` and not one that a feature turns on.
pub(super) fn problems(house: &House, package: &Package) -> Vec<String> {
    let tests = package.targets.iter().filter(|target| target.kind == "test");
    tests
        .filter(|target| !is_the_one(target) && target.required_features.is_empty())
        .map(|target| {
            format!(
                "{}: a second test binary; make it a module of tests/it/main.rs, \
                 or give it a [[test]] with required-features",
                house.name(&target.source)
            )
        })
        .collect()
}

fn is_the_one(target: &Target) -> bool {
    target.name == "it" && target.source.ends_with("tests/it/main.rs")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(name: &str, source: &str, features: &[&str]) -> usize {
        let target = Target {
            name: name.to_owned(),
            kind: "test".to_owned(),
            source: source.into(),
            required_features: features.iter().map(|&feature| feature.to_owned()).collect(),
        };
        let package = Package {
            targets: vec![target],
            ..Package::default()
        };
        problems(&House::at("/x"), &package).len()
    }

    #[test]
    fn a_second_test_binary_is_found() {
        assert_eq!(found("it", "/x/crates/a/tests/it/main.rs", &[]), 0);
        assert_eq!(found("other", "/x/crates/a/tests/other.rs", &[]), 1);
        assert_eq!(
            found("browser", "/x/crates/a/tests/browser.rs", &["browser-tests"]),
            0
        );
    }
}
