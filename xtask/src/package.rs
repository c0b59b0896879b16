//! What would be published: every crate packs, and holds what its readers and the licences ask for.

use crate::cargo::Cargo;
use crate::files::House;
use crate::metadata::{self, Package};
use crate::report::{Failure, Outcome};

/// What every published crate holds: both licences ask that their text goes with every copy.
const NEEDED: &[&str] = &["LICENSE-APACHE", "LICENSE-MIT", "README.md"];

/// What `cargo xtask package` runs.
pub(crate) fn check(house: &House) -> Outcome {
    let packages = metadata::members(house)?;
    let mut problems: Vec<String> = packages
        .iter()
        .filter_map(|package| wrongly_published(&house.name(&package.manifest), package))
        .collect();
    if let Err(failure) = Cargo::new(house, &arguments(&packages)).run("mend what cargo says above") {
        problems.extend(failure.into_problems());
    }
    let published: Vec<&Package> = packages.iter().filter(|package| package.published).collect();
    for package in &published {
        match Cargo::new(
            house,
            &["package", "--list", "--allow-dirty", "-p", &package.name],
        )
        .read()
        {
            Ok(list) => problems.extend(missing(package, &list)),
            Err(failure) => problems.extend(failure.into_problems()),
        }
    }
    Failure::unless_empty(problems, format!("{} crates", published.len()))
}

/// The whole workspace in one call: cargo then finds the crates that no registry knows yet among those it has just
/// packed. Compiling each package again would cost minutes and show nothing that the other steps do not.
fn arguments(packages: &[Package]) -> Vec<&str> {
    let mut arguments = vec!["package", "--workspace", "--allow-dirty", "--no-verify"];
    for package in packages.iter().filter(|package| !package.published) {
        arguments.extend(["--exclude", &package.name]);
    }
    arguments
}

/// Only what lies in crates/ is for others.
fn wrongly_published(manifest: &str, package: &Package) -> Option<String> {
    let wrong = package.published && !manifest.starts_with("crates/");
    wrong.then(|| format!("{manifest}: would be published; write `publish = false`"))
}

fn missing(package: &Package, list: &str) -> Vec<String> {
    let name = &package.name;
    let lacks = |file: &&&str| !list.lines().any(|line| line == **file);
    NEEDED
        .iter()
        .filter(lacks)
        .map(|file| match *file {
            "README.md" => format!(
                "{name}: its package has no README.md; write crates/{name}/README.md or `readme = \"../../README.md\"`"
            ),
            _ => format!("{name}: its package has no {file}; ln -s ../../{file} crates/{name}/{file}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unpublished_crates_are_left_out() {
        let packages = [
            Package {
                name: "a".into(),
                published: true,
                ..Package::default()
            },
            Package {
                name: "b".into(),
                published: false,
                ..Package::default()
            },
        ];
        assert_eq!(arguments(&packages)[4..], ["--exclude", "b"]);
    }

    #[test]
    fn an_example_that_would_be_published_is_found() {
        let example = Package {
            published: true,
            ..Package::default()
        };
        assert!(wrongly_published("examples/one/Cargo.toml", &example).is_some());
        assert!(wrongly_published("crates/one/Cargo.toml", &example).is_none());
    }

    #[test]
    fn a_package_without_licence_or_readme_is_found() {
        let package = Package {
            name: "a".into(),
            ..Package::default()
        };
        assert_eq!(
            missing(&package, "Cargo.toml\nLICENSE-APACHE\nLICENSE-MIT\nREADME.md\n"),
            [""; 0]
        );
        let found = missing(&package, "LICENSE-APACHE\nsrc/LICENSE-MIT\n");
        assert_eq!(found.len(), 2, "{found:?}");
    }
}
