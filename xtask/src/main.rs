//! `cargo xtask ci` runs every check of continuous integration; `cargo xtask STEP…` runs some.

#![allow(clippy::print_stdout, reason = "a program that reports to a terminal")]

mod bench;
mod facade;
mod layers;
mod pages;
mod programs;
mod prose;
mod snippets;

use std::env;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use xshell::{Cmd, Shell, cmd};

/// The faults, one line each; empty if the step passed.
type Problems = Vec<String>;

struct Step {
    name: &'static str,
    what: &'static str,
    run: fn(&Shell) -> Problems,
}

const fn step(name: &'static str, what: &'static str, run: fn(&Shell) -> Problems) -> Step {
    Step { name, what, run }
}

/// Steps that take too long for `ci`.
const OTHERS: &[Step] = &[
    step(
        "fuzz",
        "mutated inputs for every reader, 60 s each (CONTRIBUTING.md)",
        |sh| programs::fuzz(sh, 60),
    ),
    step(
        "bench",
        "the table of costs beside hand-written code, with times",
        bench::table,
    ),
];

/// The steps in the order of `ci`: quick ones, those that compile, those that run programs.
const STEPS: &[Step] = &[
    step("fmt", "the code is formatted", |sh| {
        run(cargo(sh, "fmt --all --check"))
    }),
    step(
        "layers",
        "which crate may depend on which, and why; what a core may use",
        layers::check,
    ),
    step("prose", "words, first lines, ignored tests", prose::check),
    step(
        "pages",
        "links and anchors; both editions of a page say the same",
        pages::check,
    ),
    step("deny", "licences, duplicates and sources of dependencies", deny),
    step("clippy", "no lint warns", |sh| {
        // With the feature that nothing else turns on.
        run(cargo(
            sh,
            "clippy --workspace --all-targets --features eduzz-cli/parquet -- -D warnings",
        ))
    }),
    step(
        "test",
        "every test and every example in the documentation",
        |sh| run(cargo(sh, "test --workspace")),
    ),
    step(
        "demo",
        "`eduzz demo` signs in to its sandbox and receives a sale",
        programs::demo,
    ),
    step("examples", "every example ends with 0", programs::examples),
    step("fuzz-short", "mutated inputs for every reader, 2 s each", |sh| {
        programs::fuzz(sh, 2)
    }),
    step(
        "doc",
        "rustdoc does not warn; `eduzz` has one path for each item",
        doc,
    ),
    step(
        "snippets",
        "the pages' snippets, with the dependencies that the page names",
        snippets::check,
    ),
    step(
        "features",
        "each published package by itself, with each of its features",
        features,
    ),
    step("feature-tests", "the tests of what features add", feature_tests),
    step(
        "gates",
        "instructions, allocations, crates and size beside hand-written code",
        bench::gates,
    ),
    // Not `publish --dry-run`, which asks the registry over the network. `features` compiled them.
    step("package", "every crate packs", |sh| {
        run(cargo(
            sh,
            "package --workspace --exclude eduzz-fuzz --no-verify --allow-dirty",
        ))
    }),
];

fn main() -> ExitCode {
    let names: Vec<String> = env::args().skip(1).collect();
    let steps: Vec<&Step> = match names.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["ci"] => STEPS.iter().collect(),
        names => {
            let find = |name: &&str| STEPS.iter().chain(OTHERS).find(|step| step.name == *name);
            names.iter().filter_map(find).collect()
        }
    };
    if steps.is_empty() || names != ["ci"] && steps.len() != names.len() {
        println!("cargo xtask ci, or cargo xtask STEP… with any of:\n");
        for Step { name, what, .. } in STEPS {
            println!("  {name:<14} {what}");
        }
        println!("\nnot part of ci:\n");
        for Step { name, what, .. } in OTHERS {
            println!("  {name:<14} {what}");
        }
        return ExitCode::from(2);
    }
    match run_all(&steps) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            println!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Runs every step, also after one has failed, and lists the failed ones.
fn run_all(steps: &[&Step]) -> xshell::Result<bool> {
    let sh = Shell::new()?;
    sh.change_dir(root());
    let start = Instant::now();
    let mut summary = String::from("\n== summary\n");
    let mut failed = Vec::new();
    for step in steps {
        println!("\n== {}: {}", step.name, step.what);
        let start = Instant::now();
        let problems = (step.run)(&sh);
        let verdict = if problems.is_empty() { "ok" } else { "FAILED" };
        summary += &format!("{verdict:<7} {:<14} {}\n", step.name, seconds(start.elapsed()));
        for problem in &problems {
            println!("  - {problem}");
            summary += &format!("          - {problem}\n");
        }
        if !problems.is_empty() {
            failed.push(step.name);
        }
    }
    println!("{summary}in {}", seconds(start.elapsed()));
    if !failed.is_empty() {
        println!("run what failed again: cargo xtask {}", failed.join(" "));
    }
    Ok(failed.is_empty())
}

fn seconds(time: Duration) -> String {
    format!("{:6.1} s", time.as_secs_f64())
}

/// The folder of the workspace.
fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// A cargo command. `cargo run` has set variables about this package; build scripts that read them
/// would run again, and ring be compiled again in every step.
fn cargo<'a>(sh: &'a Shell, arguments: &str) -> Cmd<'a> {
    let mut cargo = cmd!(sh, "cargo").args(arguments.split_whitespace());
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        let prefixes = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"];
        if prefixes.iter().any(|prefix| text.starts_with(prefix)) {
            cargo = cargo.env_remove(name);
        }
    }
    cargo
}

/// Runs a command with its output shown.
#[allow(clippy::needless_pass_by_value, reason = "a command runs once")]
fn run(command: Cmd<'_>) -> Problems {
    problems(command.run())
}

fn problems<T>(result: xshell::Result<T>) -> Problems {
    result.err().map(|error| error.to_string()).into_iter().collect()
}

/// Whether a program can be started.
fn is_installed(command: Cmd<'_>) -> bool {
    command.arg("--version").quiet().ignore_stderr().read().is_ok()
}

/// A missing program fails continuous integration; elsewhere the step is skipped.
fn skipped(why: &str) -> Problems {
    if env::var_os("CI").is_some_and(|value| value == "true") {
        return vec![why.to_owned()];
    }
    println!("skipped: {why}");
    Vec::new()
}

/// Advisories are not checked here: their database changes, so the same commit would pass one day
/// and fail the next.
fn deny(sh: &Shell) -> Problems {
    if is_installed(cargo(sh, "deny")) {
        return run(cargo(
            sh,
            "deny --all-features --offline check --hide-inclusion-graph licenses bans sources",
        ));
    }
    println!("skipped: cargo-deny is not installed");
    Vec::new()
}

/// With all that `eduzz` exports.
fn doc(sh: &Shell) -> Problems {
    let doc = cargo(
        sh,
        "doc --workspace --no-deps --features eduzz/axum-08,eduzz/blocking,eduzz/fixtures,eduzz/sandbox,eduzz/sqlite,eduzz/postgres,eduzz/mirror",
    );
    let mut problems = run(doc.env("RUSTDOCFLAGS", "-D warnings"));
    if problems.is_empty() {
        problems = facade::check();
    }
    problems
}

/// Clippy, because it can refuse warnings without compiling all dependencies again. What another
/// step compiles is left out: `clippy` has the program's feature, `doc` nearly all of `eduzz`, and
/// the sandbox, the mirror and the databases are in `eduzz` with a feature each.
fn features(sh: &Shell) -> Problems {
    if !is_installed(cargo(sh, "hack")) {
        return skipped("cargo install --locked cargo-hack");
    }
    [
        "hack clippy --workspace --exclude eduzz --exclude eduzz-types --exclude eduzz-cli --exclude eduzz-sandbox --exclude eduzz-mirror --ignore-private --each-feature --exclude-features default,postgres -- -D warnings",
        // The features of products are those of `eduzz-api`.
        "hack clippy -p eduzz-types --each-feature --include-features webhook-events,money,std,jiff-02,time-03,chrono-04 -- -D warnings",
        // The others are features of the crates above, and would compile these again, one by one.
        "hack clippy -p eduzz --each-feature --include-features client,aws-lc-rs,blocking,webhook,receiver,axum-08,inbox,sqlite,postgres,mirror,sandbox -- -D warnings",
        "clippy -p eduzz --no-default-features -- -D warnings",
    ]
    .into_iter()
    .flat_map(|arguments| run(cargo(sh, arguments)))
    .collect()
}

/// `test` has the features that the workspace's own programs use, and no others: all of the stores.
fn feature_tests(sh: &Shell) -> Problems {
    [
        // Another crate of a user's program can turn `arbitrary_precision` on.
        "test -p eduzz-types --all-features --features serde_json/arbitrary_precision",
        "test -p eduzz-hyper -p eduzz-receiver --all-features",
    ]
    .into_iter()
    .flat_map(|arguments| run(cargo(sh, arguments)))
    .collect()
}
