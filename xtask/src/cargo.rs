//! Running cargo, and programs that must end in time.

use std::env;
use std::ffi::OsStr;
use std::process::{Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::files::House;
use crate::report::{Failure, Outcome, say};

/// One call of cargo, in the workspace's folder, with nothing on standard input.
pub(crate) struct Cargo {
    command: Command,
    shown: String,
}

impl Cargo {
    pub(crate) fn new<A: AsRef<str>>(house: &House, arguments: &[A]) -> Self {
        let program = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(program);
        command.args(arguments.iter().map(|argument| OsStr::new(argument.as_ref())));
        command.current_dir(house.root()).stdin(Stdio::null());
        // `cargo run` told us about our own package. A build script that reads these would run again for it, and ring
        // be compiled again in every step.
        for (name, _) in env::vars_os() {
            if is_about_our_package(&name.to_string_lossy()) {
                command.env_remove(name);
            }
        }
        let shown = arguments.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(" ");
        Self {
            command,
            shown: format!("cargo {shown}"),
        }
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self.shown = format!("{name}='{value}' {}", self.shown);
        self
    }

    /// Runs it with its output shown; the advice says what to do when it fails.
    pub(crate) fn run(mut self, advice: &str) -> Outcome {
        say(&format!("$ {}", self.shown));
        let status = self.command.status().map_err(|error| self.not_started(&error))?;
        self.judge(status, advice)
    }

    /// As [`run`](Self::run), but the program is ended when it takes longer.
    pub(crate) fn run_within(mut self, limit: Duration, advice: &str) -> Outcome {
        say(&format!("$ {}", self.shown));
        let mut child = self.command.spawn().map_err(|error| self.not_started(&error))?;
        let start = Instant::now();
        loop {
            match child.try_wait() {
                Ok(Some(status)) => return self.judge(status, advice),
                Ok(None) if start.elapsed() < limit => thread::sleep(Duration::from_millis(50)),
                Ok(None) => {
                    let _ = child.kill();
                    let _ = child.wait();
                    let limit = limit.as_secs();
                    return Err(format!(
                        "`{}` did not end within {limit} s and was ended; {advice}",
                        self.shown
                    )
                    .into());
                }
                Err(error) => return Err(format!("`{}` could not be waited for: {error}", self.shown).into()),
            }
        }
    }

    /// Runs it and gives what it printed; its complaints go to standard error as they come.
    pub(crate) fn read(mut self) -> Result<String, Failure> {
        self.command.stdout(Stdio::piped()).stderr(Stdio::inherit());
        let output = self.command.output().map_err(|error| self.not_started(&error))?;
        self.judge(output.status, "see its words above")?;
        String::from_utf8(output.stdout)
            .map_err(|_| format!("`{}` printed something else than text", self.shown).into())
    }

    fn judge(&self, status: ExitStatus, advice: &str) -> Outcome {
        if status.success() {
            Ok("fine".to_owned())
        } else {
            Err(format!("`{}` ended with {status}; {advice}", self.shown).into())
        }
    }

    fn not_started(&self, error: &std::io::Error) -> Failure {
        format!(
            "`{}` could not be started: {error}; is Rust installed and on PATH?",
            self.shown
        )
        .into()
    }
}

/// Whether a program of this name can be found on PATH.
pub(crate) fn on_path(program: &str) -> bool {
    let Some(path) = env::var_os("PATH") else {
        return false;
    };
    env::split_paths(&path).any(|folder| {
        let file = folder.join(program);
        file.is_file() || file.with_extension("exe").is_file()
    })
}

fn is_about_our_package(variable: &str) -> bool {
    variable.starts_with("CARGO_PKG_")
        || [
            "CARGO_MANIFEST_DIR",
            "CARGO_MANIFEST_PATH",
            "CARGO_BIN_NAME",
            "CARGO_CRATE_NAME",
        ]
        .contains(&variable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_tells_of_our_package_is_kept_from_cargo() {
        assert!(is_about_our_package("CARGO_PKG_NAME"));
        assert!(is_about_our_package("CARGO_MANIFEST_DIR"));
        assert!(!is_about_our_package("CARGO_HOME"));
        assert!(!is_about_our_package("CARGO_TARGET_DIR"));
        assert!(!is_about_our_package("CARGO_INCREMENTAL"));
    }

    #[test]
    fn programs_are_found_or_not() {
        assert!(!on_path("a-program-of-this-name-there-is-not"));
    }

    fn quiet(arguments: &[&str]) -> Cargo {
        let mut cargo = Cargo::new(&House::of_this_program(), arguments);
        cargo.command.stderr(Stdio::null()).stdout(Stdio::null());
        cargo
    }

    #[test]
    fn what_cargo_refuses_is_a_failure_with_advice() {
        let failure = quiet(&["no-such-subcommand"]).run("do something").unwrap_err();
        assert!(failure.to_string().contains("do something"), "{failure}");
        assert!(quiet(&["--version"]).run("").is_ok());
        assert!(quiet(&["--version"]).read().unwrap().starts_with("cargo "));
    }

    #[test]
    fn what_takes_too_long_is_ended() {
        let failure = quiet(&["--list"])
            .run_within(Duration::ZERO, "make it end")
            .unwrap_err();
        assert!(
            failure.to_string().contains("did not end within 0 s"),
            "{failure}"
        );
        assert!(
            quiet(&["--version"])
                .run_within(Duration::from_secs(60), "")
                .is_ok()
        );
    }
}
