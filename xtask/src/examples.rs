//! Examples are programs that do their work against a sandbox of their own and end.

use std::time::Duration;

use crate::cargo::Cargo;
use crate::files::House;
use crate::metadata::{self, Package};
use crate::report::{Failure, Outcome};

/// How long an example may run, once it is compiled.
const LIMIT: Duration = Duration::from_secs(60);

/// What `cargo xtask examples` runs: every package below examples/, and every example of a crate.
pub(crate) fn check(house: &House) -> Outcome {
    let packages = metadata::members(house)?;
    let mut problems = Vec::new();
    let runs = runs(house, &packages);
    for selection in &runs {
        if let Err(failure) = run(house, selection, &[]) {
            problems.extend(failure.into_problems());
        }
    }
    let note = if runs.is_empty() {
        "no example yet".to_owned()
    } else {
        format!("{} examples", runs.len())
    };
    Failure::unless_empty(problems, note)
}

/// Compiles and runs a package's program.
pub(crate) fn run_package(house: &House, package: &str, arguments: &[&str]) -> Outcome {
    run(house, &["-p".to_owned(), package.to_owned()], arguments)
}

/// Compiled first and without a limit, then run within one.
fn run(house: &House, selection: &[String], arguments: &[&str]) -> Outcome {
    let build: Vec<&str> = ["build"]
        .into_iter()
        .chain(selection.iter().map(String::as_str))
        .collect();
    Cargo::new(house, &build).run("see the errors above")?;
    let mut run: Vec<&str> = ["run"]
        .into_iter()
        .chain(selection.iter().map(String::as_str))
        .collect();
    if !arguments.is_empty() {
        run.push("--");
        run.extend(arguments);
    }
    Cargo::new(house, &run).run_within(LIMIT, "it must do its work on loopback and end with 0")
}

/// What cargo needs to be told to build and run each example.
fn runs(house: &House, packages: &[Package]) -> Vec<Vec<String>> {
    let mut runs = Vec::new();
    for package in packages {
        let select = ["-p".to_owned(), package.name.clone()];
        if house.name(&package.manifest).starts_with("examples/") {
            runs.push(select.to_vec());
        }
        for example in package.targets.iter().filter(|target| target.kind == "example") {
            let mut run = select.to_vec();
            run.extend(["--example".to_owned(), example.name.clone()]);
            if !example.required_features.is_empty() {
                run.extend(["--features".to_owned(), example.required_features.join(",")]);
            }
            runs.push(run);
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metadata::Target;

    #[test]
    fn packages_below_examples_and_examples_of_crates_are_run() {
        let example = Target {
            name: "quick".into(),
            kind: "example".into(),
            required_features: vec!["ring".into()],
            ..Target::default()
        };
        let packages = [
            Package {
                name: "one".into(),
                manifest: "/x/examples/one/Cargo.toml".into(),
                ..Package::default()
            },
            Package {
                name: "lib".into(),
                manifest: "/x/crates/lib/Cargo.toml".into(),
                targets: vec![example],
                ..Package::default()
            },
        ];
        let runs = runs(&House::at("/x"), &packages);
        assert_eq!(runs[0], ["-p", "one"]);
        assert_eq!(runs[1], ["-p", "lib", "--example", "quick", "--features", "ring"]);
        assert_eq!(runs.len(), 2);
    }
}
