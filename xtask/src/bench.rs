//! What the SDK costs beside hand-written code: a table, and the gates of continuous integration.

use std::collections::BTreeSet;
use std::path::PathBuf;

use xshell::{Shell, cmd};

use crate::{Problems, cargo, is_installed, layers, problems};

/// A figure may be this much above its gate: compilers and libraries change.
const SLACK: f64 = 1.03;

/// A line of the table: a case, beside its floor of the same run.
struct Row {
    name: &'static str,
    /// A case of `eduzz-bench`, whose floor is called the same with `-floor`.
    case: &'static str,
    /// A case whose cost is not counted.
    less: Option<&'static str>,
    /// The runs under callgrind: the difference of both is counted.
    runs: [u32; 2],
    /// What one run has, such as rows.
    each: f64,
    /// The instructions as a ratio to the floor's, and the allocations.
    gate: (f64, f64),
    /// The goal of the ratio.
    goal: f64,
    /// What users pick today: instructions and allocations, counted in November 2026. Its crates
    /// are no dependencies of this workspace.
    peer: &'static str,
}

#[rustfmt::skip]
const ROWS: &[Row] = &[
    Row { name: "token exchange in the core", case: "exchange", less: Some("exchange-code"), runs: [100, 600], each: 1.0,
          gate: (1.00, 11.0), goal: 0.90, peer: "oauth2 5: 45,745 · 77" },
    Row { name: "authorize URL", case: "url", less: None, runs: [100, 600], each: 1.0, gate: (2.22, 5.0), goal: 2.00, peer: "oauth2 5: 7,103 · 8" },
    Row { name: "page of 100 sales, typed", case: "page", less: None, runs: [2, 12], each: 1.0, gate: (0.86, 508.0), goal: 0.80, peer: "rust_decimal's serde, chrono: 6.97 M · 4,381" },
    Row { name: "GET /me, HTTP/1.1", case: "me-h1", less: None, runs: [100, 500], each: 1.0, gate: (0.87, 15.0), goal: 0.95, peer: "reqwest: 68,738 · 47" },
    Row { name: "GET /me, HTTP/2", case: "me-h2", less: None, runs: [100, 500], each: 1.0, gate: (1.00, 19.0), goal: 1.00, peer: "reqwest: 83,737 · 48" },
    Row { name: "token exchange, HTTP/1.1", case: "token-h1", less: Some("exchange-code"), runs: [100, 500], each: 1.0,
          gate: (0.96, 23.0), goal: 1.00, peer: "oauth2 and reqwest: 112,973 · 122" },
    Row { name: "token exchange, HTTP/2", case: "token-h2", less: Some("exchange-code"), runs: [100, 500], each: 1.0,
          gate: (1.02, 31.0), goal: 1.00, peer: "oauth2 and reqwest: 139,714 · 128" },
    // Beside pages that are asked for by number. Runs of one build differ by 4 %.
    Row { name: "a row of a walk", case: "walk", less: None, runs: [1, 3], each: 2000.0, gate: (1.24, 6.1), goal: 1.30, peer: "" },
];

/// The crates of a program with one call, and its stripped size in bytes.
const CRATES: usize = 70;
const SIZE: f64 = 3_630_000.0;

/// The program with the cases, and the one whose size counts.
const PROGRAMS: [&str; 2] = ["eduzz-bench", "one_call"];

/// Prints the table with times, and checks the gates.
pub(crate) fn table(sh: &Shell) -> Problems {
    measure(sh, true)
}

/// Checks the gates.
pub(crate) fn gates(sh: &Shell) -> Problems {
    measure(sh, false)
}

fn measure(sh: &Shell, with_times: bool) -> Problems {
    let mut found = problems(
        cargo(sh, "build --release -p eduzz-bench --bins")
            .env("CARGO_PROFILE_RELEASE_STRIP", "symbols")
            .run(),
    );
    let folder = match layers::metadata() {
        Ok(metadata) => metadata.target_directory.join("release").into_std_path_buf(),
        Err(error) => return vec![error],
    };
    if !found.is_empty() {
        return found;
    }
    let [program, one_call] = PROGRAMS.map(|name| folder.join(name));
    let has_callgrind = is_installed(sh.cmd("valgrind"));
    if !has_callgrind {
        println!("valgrind is not installed: instructions are not checked");
    }
    println!("| work | instructions | floor | ratio | goal | allocations | floor | time | peer |");
    println!("|---|--:|--:|--:|--:|--:|--:|--:|---|");
    for row in ROWS {
        let bench = Bench {
            sh,
            program: &program,
            has_callgrind,
        };
        match bench.line(row, with_times) {
            Ok(problems) => found.extend(problems),
            Err(error) => found.push(format!("{}: {error}", row.name)),
        }
    }
    found.extend(weight(sh, &one_call));
    found
}

struct Bench<'a> {
    sh: &'a Shell,
    program: &'a PathBuf,
    has_callgrind: bool,
}

impl Bench<'_> {
    /// Prints a line of the table; returns the gates that it fails.
    fn line(&self, row: &Row, with_times: bool) -> xshell::Result<Problems> {
        let floor = format!("{}-floor", row.case);
        let mut found = Problems::new();
        let (mut instructions, mut ratio) = ([String::new(), String::new()], String::new());
        if self.has_callgrind {
            let less = row.less.map_or(Ok(0.0), |case| self.instructions(row, case))?;
            let ours = self.instructions(row, row.case)? - less;
            let theirs = self.instructions(row, &floor)?;
            instructions = [ours, theirs].map(|count| format!("{count:.0}"));
            ratio = format!("{:.2}", ours / theirs);
            if ours / theirs > row.gate.0 * SLACK {
                found.push(format!(
                    "{}: {:.3} × the floor's instructions, the gate is {:.2}",
                    row.name,
                    ours / theirs,
                    row.gate.0
                ));
            }
        }
        let less = row.less.map_or(Ok(0.0), |case| self.allocations(row, case))?;
        let ours = self.allocations(row, row.case)? - less;
        let theirs = self.allocations(row, &floor)?;
        if ours > row.gate.1 * SLACK {
            found.push(format!(
                "{}: {ours:.1} allocations, the gate is {}",
                row.name, row.gate.1
            ));
        }
        let time = if with_times {
            let (program, case, times) = (self.program, row.case, (row.runs[1] * 3).to_string());
            cmd!(self.sh, "{program} time {floor} {case} {times}")
                .quiet()
                .read()?
        } else {
            String::new()
        };
        let [counted, of_floor] = instructions;
        println!(
            "| {} | {counted} | {of_floor} | {ratio} | {:.2} | {ours:.1} | {theirs:.1} | {time} | {} |",
            row.name, row.goal, row.peer
        );
        Ok(found)
    }

    /// The instructions of one run, in user space.
    fn instructions(&self, row: &Row, case: &str) -> xshell::Result<f64> {
        let [few, many] = row.runs;
        let count = |runs: u32| -> xshell::Result<f64> {
            let runs = runs.to_string();
            let program = self.program;
            let output = cmd!(
                self.sh,
                "valgrind --tool=callgrind --callgrind-out-file=/dev/null {program} once {case} {runs}"
            );
            let text = output.quiet().ignore_stdout().read_stderr()?;
            let count = text.split("Collected : ").nth(1).unwrap_or_default();
            Ok(count
                .split_whitespace()
                .next()
                .unwrap_or_default()
                .parse()
                .unwrap_or(f64::NAN))
        };
        Ok((count(many)? - count(few)?) / f64::from(many - few) / row.each)
    }

    fn allocations(&self, row: &Row, case: &str) -> xshell::Result<f64> {
        let (program, runs) = (self.program, row.runs[1].to_string());
        let text = cmd!(self.sh, "{program} allocations {case} {runs}")
            .quiet()
            .read()?;
        Ok(text.trim().parse().unwrap_or(f64::NAN) / row.each)
    }
}

/// The crates and the size of a program with one call.
fn weight(sh: &Shell, program: &PathBuf) -> Problems {
    let mut crates = BTreeSet::new();
    let trees = [
        "tree -p eduzz-hyper --no-default-features --features ring,webpki-roots",
        "tree -p eduzz-api --no-default-features --features accounts",
    ];
    for tree in trees {
        let tree = cargo(sh, tree).args(["-e", "normal,build", "--prefix", "none", "--format", "{p}"]);
        match tree.quiet().read() {
            Ok(text) => {
                let name = |line: &str| line.split(" (").next().unwrap_or_default().to_owned();
                crates.extend(text.lines().map(name).filter(|name| !name.is_empty()));
            }
            Err(error) => return vec![error.to_string()],
        }
    }
    let size = std::fs::metadata(program).map_or(f64::NAN, |file| file.len() as f64);
    println!(
        "\none call's program: {} crates, {size} bytes stripped",
        crates.len()
    );
    let mut found = Problems::new();
    if crates.len() > CRATES {
        found.push(format!("{} crates, the gate is {CRATES}", crates.len()));
    }
    if size.is_nan() || size > SIZE * SLACK {
        found.push(format!("one call's program has {size} bytes, the gate is {SIZE}"));
    }
    found
}
