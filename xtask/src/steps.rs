//! The steps of continuous integration, in the order in which they run.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use crate::cargo::Cargo;
use crate::files::House;
use crate::report::{Outcome, say};
use crate::{browser, endpoints, examples, features, fixtures, layers, licences, package, tree};

/// One thing that is checked or made.
pub(crate) struct Step {
    pub(crate) name: &'static str,
    pub(crate) what: &'static str,
    pub(crate) in_ci: bool,
    pub(crate) run: fn(&House) -> Outcome,
}

/// Every step: first what answers in seconds, then what compiles, then what runs programs.
pub(crate) const STEPS: &[Step] = &[
    step("fmt", "the code is formatted", |house| {
        Cargo::new(house, &["fmt", "--all", "--check"]).run("run `cargo fmt --all`")
    }),
    step(
        "layers",
        "who may depend on whom; what a core and a file may hold",
        layers::check,
    ),
    step(
        "fixtures",
        "the fixtures are whole, private and listed",
        fixtures::check,
    ),
    step(
        "licences",
        "every dependency's licence is allowed by deny.toml",
        licences::check,
    ),
    step("clippy", "no lint speaks", |house| {
        Cargo::new(
            house,
            &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"],
        )
        .run("mend what clippy says above")
    }),
    step(
        "test",
        "every test and every example in the documentation",
        |house| Cargo::new(house, &["test", "--workspace"]).run("mend the tests named above"),
    ),
    step(
        "endpoints",
        "docs/endpoints.md tells what the code has",
        endpoints::check,
    ),
    step("browser", "the consent page in a real browser", browser::check),
    step(
        "demo",
        "the program signs in to its own sandbox, and is told of a sale",
        |house| examples::run_package(house, "eduzz-cli", &["demo"]),
    ),
    step("examples", "every example ends with 0", examples::check),
    step("doc", "the documentation builds without a warning", |house| {
        // RUSTDOCFLAGS reaches rustdoc alone, so nothing is compiled again for it.
        Cargo::new(house, &["doc", "--workspace", "--no-deps"])
            .env("RUSTDOCFLAGS", "-D warnings")
            .run("mend what rustdoc says above")
    }),
    step(
        "features",
        "each library with each of its features alone",
        features::check,
    ),
    step(
        "feature-tests",
        "the tests of what features add, and of exact money with serde_json's arbitrary_precision",
        features::test,
    ),
    step("package", "what would be published is complete", package::check),
    Step {
        in_ci: false,
        ..step(
            "tree",
            "crates below the libraries, and lines by crate",
            tree::print,
        )
    },
];

/// What `cargo xtask NAME` runs, where the step of that name only compares.
pub(crate) const GENERATORS: &[Step] = &[step("endpoints", "writes docs/endpoints.md", endpoints::write)];

const fn step(name: &'static str, what: &'static str, run: fn(&House) -> Outcome) -> Step {
    Step {
        name,
        what,
        in_ci: true,
        run,
    }
}

/// Runs the steps one after the other, whatever becomes of each, and sums up.
///
/// It goes on after a failure: a run in continuous integration should tell all that is wrong, not the first of it.
pub(crate) fn run_all(house: &House, steps: &[&Step]) -> ExitCode {
    let mut done = Vec::new();
    for step in steps {
        say(&format!("\n== {}: {}", step.name, step.what));
        let start = Instant::now();
        let outcome = (step.run)(house);
        let took = start.elapsed();
        match &outcome {
            Ok(note) => say(&format!("== {}: {note} ({})", step.name, seconds(took))),
            Err(failure) => say(&format!(
                "== {}: FAILED ({})\n{failure}",
                step.name,
                seconds(took)
            )),
        }
        done.push((*step, took, outcome));
    }
    if done.len() > 1 {
        say(&summary(&done));
    }
    if done.iter().all(|(_, _, outcome)| outcome.is_ok()) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn summary(done: &[(&Step, Duration, Outcome)]) -> String {
    let mut text = String::from("\n== summary\n");
    let mut failed = Vec::new();
    for (step, took, outcome) in done {
        let (word, note) = match outcome {
            Ok(note) => ("ok", note.as_str()),
            Err(failure) => {
                failed.push((step.name, failure));
                ("FAILED", "")
            }
        };
        let line = format!("{word:<7} {:<10} {:>9}  {note}", step.name, seconds(*took));
        text.push_str(line.trim_end());
        text.push('\n');
    }
    for (name, failure) in &failed {
        text.push_str(&format!("\n{name}:\n{failure}\n"));
    }
    if !failed.is_empty() {
        let names: Vec<&str> = failed.iter().map(|(name, _)| *name).collect();
        text.push_str(&format!(
            "\nagain, what failed: cargo xtask {}\n",
            names.join(" ")
        ));
    }
    let total = seconds(done.iter().map(|(_, took, _)| *took).sum());
    let fine = done.len() - failed.len();
    text.push_str(&format!(
        "\nin {total}\nsteps: {fine} passed, {} failed",
        failed.len()
    ));
    text
}

fn seconds(took: Duration) -> String {
    format!("{:.1} s", took.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Failure;

    #[test]
    fn the_summary_names_what_failed_and_how_to_run_it_again() {
        let fine = step("fine", "", |_| Ok(String::new()));
        let bad = step("bad", "", |_| Ok(String::new()));
        let text = summary(&[
            (&fine, Duration::from_millis(1500), Ok("done".into())),
            (&bad, Duration::ZERO, Err(Failure::from("a.rs: broken"))),
        ]);
        assert!(text.contains("ok      fine"), "{text}");
        assert!(text.contains("1.5 s"), "{text}");
        assert!(text.contains("a.rs: broken"), "{text}");
        assert!(text.contains("cargo xtask bad"), "{text}");
        assert!(text.ends_with("steps: 1 passed, 1 failed"), "{text}");
    }

    #[test]
    fn a_failed_step_fails_the_run_and_the_next_still_runs() {
        let bad = step("bad", "", |_| Err(Failure::from("no")));
        let fine = step("fine", "", |_| Ok(String::new()));
        let house = House::of_this_program();
        assert_eq!(run_all(&house, &[&bad, &fine]), ExitCode::FAILURE);
        assert_eq!(run_all(&house, &[&fine]), ExitCode::SUCCESS);
    }
}
