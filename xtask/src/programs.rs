//! Programs that do their work against a sandbox of their own and end.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use cargo_metadata::TargetKind;
use xshell::Shell;

use crate::{Problems, cargo, layers, run};

/// The time a compiled program may take.
const LIMIT: Duration = Duration::from_secs(60);

pub(crate) fn demo(sh: &Shell) -> Problems {
    built_and_run(sh, LIMIT, |_| vec![vec!["eduzz".to_owned(), "demo".to_owned()]])
}

/// Every target of `fuzz/`, each for this long, as many at once as there are cores. A failure
/// prints the seed and keeps the input.
pub(crate) fn fuzz(sh: &Shell, seconds: u32) -> Problems {
    let arguments = ["eduzz-fuzz", "--seconds", &seconds.to_string()].map(str::to_owned);
    // Twelve targets on one core, and as long again.
    built_and_run(sh, Duration::from_secs(24) * seconds, |_| {
        vec![arguments.to_vec()]
    })
}

/// Every program below `examples/`, except for those that their tests start.
pub(crate) fn examples(sh: &Shell) -> Problems {
    built_and_run(sh, LIMIT, |metadata| {
        let packages = metadata.workspace_packages().into_iter();
        let examples = packages.filter(|package| {
            layers::is_example(package) && package.metadata.get("started-by-its-test").is_none()
        });
        let targets = examples.flat_map(|package| &package.targets);
        let programs = targets.filter(|target| target.kind.contains(&TargetKind::Bin));
        programs.map(|target| vec![target.name.clone()]).collect()
    })
}

/// Built with the features of the whole workspace and its tests, so that only the programs are
/// linked after `test`.
fn built_and_run(
    sh: &Shell,
    limit: Duration,
    programs: impl Fn(&cargo_metadata::Metadata) -> Vec<Vec<String>>,
) -> Problems {
    let mut problems = run(cargo(sh, "build --workspace --bins --tests"));
    match layers::metadata() {
        Ok(metadata) if problems.is_empty() => {
            let folder = metadata.target_directory.join("debug");
            for program in programs(&metadata) {
                println!("$ {}", program.join(" "));
                if let [name, arguments @ ..] = program.as_slice() {
                    problems.extend(end_within(limit, folder.join(name).as_std_path(), arguments));
                }
            }
        }
        Ok(_) => {}
        Err(error) => problems.push(error),
    }
    problems
}

/// Runs a program to its end, or kills it at the limit.
fn end_within(limit: Duration, program: &Path, arguments: &[impl AsRef<OsStr>]) -> Option<String> {
    let name = program.display();
    let mut child = match Command::new(program).args(arguments).stdin(Stdio::null()).spawn() {
        Ok(child) => child,
        Err(error) => return Some(format!("{name}: {error}")),
    };
    let start = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return (!status.success()).then(|| format!("{name}: {status}")),
            Ok(None) if start.elapsed() < limit => thread::sleep(Duration::from_millis(50)),
            Ok(None) => {
                let _ = child.kill();
                let _ = child.wait();
                return Some(format!("{name}: did not end within {} s", limit.as_secs()));
            }
            Err(error) => return Some(format!("{name}: {error}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn program_that_fails_or_does_not_end_is_a_problem() {
        let run = |limit, argument| end_within(limit, Path::new("cargo"), &[argument]);
        assert_eq!(run(LIMIT, "--version"), None);
        let failed = run(LIMIT, "no-such-command").unwrap();
        assert!(failed.contains("exit status"), "{failed}");
        let slow = run(Duration::ZERO, "--list").unwrap();
        assert!(slow.contains("did not end within 0 s"), "{slow}");
    }
}
