//! How a step says what it found, and printing.

use std::fmt;
use std::io::{self, Write as _};

/// What a step gives: a note for people, or what is wrong.
pub(crate) type Outcome = Result<String, Failure>;

/// What is wrong, one problem a line; each says where, what, and what to do.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Failure(Vec<String>);

impl Failure {
    /// No problems are a success with this note.
    pub(crate) fn unless_empty(problems: Vec<String>, note: impl Into<String>) -> Outcome {
        if problems.is_empty() {
            Ok(note.into())
        } else {
            Err(Self(problems))
        }
    }

    pub(crate) fn into_problems(self) -> Vec<String> {
        self.0
    }
}

impl From<String> for Failure {
    fn from(problem: String) -> Self {
        Self(vec![problem])
    }
}

impl From<&str> for Failure {
    fn from(problem: &str) -> Self {
        problem.to_owned().into()
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            let end = if index + 1 < self.0.len() { "\n" } else { "" };
            write!(f, "  - {problem}{end}")?;
        }
        Ok(())
    }
}

/// Prints a line to standard output. A closed pipe ends nothing: the exit code still tells.
pub(crate) fn say(text: &str) {
    if cfg!(test) {
        // A planted failure must not look like a real one in the output of `cargo test`.
        return;
    }
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{text}");
    let _ = out.flush();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_problem_a_line() {
        let failure = Failure(vec!["one".into(), "two".into()]);
        assert_eq!(failure.to_string(), "  - one\n  - two");
        assert_eq!(Failure::unless_empty(vec![], "fine"), Ok("fine".into()));
        assert!(Failure::unless_empty(vec!["one".into()], "fine").is_err());
    }
}
