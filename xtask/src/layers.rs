//! The invariants of ARCHITECTURE.md that a program can check.

mod edges;
mod manifests;
mod sources;
mod targets;

use crate::files::{House, read};
use crate::metadata::{self, Package};
use crate::report::{Failure, Outcome};

/// What `cargo xtask layers` runs.
pub(crate) fn check(house: &House) -> Outcome {
    let packages: Vec<Package> = metadata::members(house)?;
    let mut problems = Vec::new();
    for package in &packages {
        let manifest = house.name(&package.manifest);
        problems.extend(edges::problems(&manifest, package));
        problems.extend(targets::problems(house, package));
        problems.extend(manifests::problems(&manifest, &read(&package.manifest)?));
    }
    let files = house.rust_files()?;
    problems.extend(sources::problems(house, &files)?);
    Failure::unless_empty(
        problems,
        format!("{} packages, {} files", packages.len(), files.len()),
    )
}
