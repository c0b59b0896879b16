//! Begins a call and an event in a copy of the workspace: they must compile, and must not be taken for done.

use std::fs;

use super::MARKER;
use crate::cargo::Cargo;
use crate::files::{House, files_below};
use crate::fixtures;
use crate::layers;
use crate::report::{Failure, Outcome};

/// Where the copy is, below the folder that cargo writes to.
const COPY: &str = "target/new";

/// What the workspace is made of, as far as cargo asks.
const PARTS: &[&str] = &["crates", "examples", "xtask"];
const FILES: &[&str] = &["Cargo.toml", "Cargo.lock", "rustfmt.toml"];

/// What is begun, and the tests that must not pass before it is filled in.
const BEGUN: &[(&str, &str, &str)] = &[
    (
        "endpoint accounts get_magic GET /accounts/v1/magic/:magicId --scope magic_read",
        "eduzz-api",
        "properties::get_magic",
    ),
    (
        "endpoint magic do_trick POST /magic/v1/tricks",
        "eduzz-api",
        "properties::do_trick",
    ),
    (
        "event sun magic_done",
        "eduzz-webhook",
        "events::properties::SunMagicDone",
    ),
    (
        "event magic trick_done",
        "eduzz-webhook",
        "events::properties::MagicTrickDone",
    ),
];

/// What `cargo xtask beginnings` runs.
pub(crate) fn check(house: &House) -> Outcome {
    let copy = copied(house)?;
    for (words, _, _) in BEGUN {
        let words: Vec<&str> = words.split(' ').collect();
        super::write(&copy, &words)?;
    }
    let mut problems = Vec::new();
    for package in ["eduzz-api", "eduzz-webhook"] {
        Cargo::new(&copy, &["test", "--no-run", "-p", package])
            .within(house)
            .run("what `cargo xtask new` writes must compile")?;
    }
    for (words, package, test) in BEGUN {
        let arguments = [
            "test", "--quiet", "-p", package, "--test", "it", "--", "--exact", test,
        ];
        let said = Cargo::new(&copy, &arguments).within(house).complaint()?;
        if !said.contains(MARKER) {
            problems.push(format!(
                "`cargo xtask new {words}`: its property does not say what is to be filled in: {said}"
            ));
        }
    }
    for (step, outcome) in [
        ("layers", layers::check(&copy)),
        ("fixtures", fixtures::check(&copy)),
    ] {
        let said = outcome
            .err()
            .map(|failure| failure.to_string())
            .unwrap_or_default();
        if !said.contains(MARKER) {
            problems.push(format!("the step `{step}` takes a beginning for done"));
        }
    }
    fs::remove_dir_all(house.path(COPY)).map_err(|error| format!("{COPY}: cannot be removed: {error}"))?;
    Failure::unless_empty(problems, format!("{} beginnings", BEGUN.len()))
}

/// A copy of the workspace without what cargo has written.
fn copied(house: &House) -> Result<House, Failure> {
    let target = house.path(COPY);
    let failed = |error: std::io::Error| format!("{COPY}: the workspace cannot be copied: {error}");
    if target.exists() {
        fs::remove_dir_all(&target).map_err(failed)?;
    }
    let mut files: Vec<_> = FILES.iter().map(|file| house.path(file)).collect();
    for part in PARTS {
        files.extend(files_below(&house.path(part))?);
    }
    for file in files {
        let place = target.join(house.name(&file));
        if let Some(folder) = place.parent() {
            fs::create_dir_all(folder).map_err(failed)?;
        }
        fs::copy(&file, &place).map_err(failed)?;
    }
    Ok(House::at(target))
}
