//! Formatting of Rust text that we write.

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::thread;

use crate::files::House;
use crate::report::Failure;

/// As `cargo fmt` would leave it, so that the two never argue.
pub(crate) fn formatted(house: &House, text: String) -> Result<String, Failure> {
    let advice = "is it installed (`rustup component add rustfmt`)?";
    let mut child = Command::new("rustfmt")
        .args(["--edition", "2024", "--config-path", "rustfmt.toml"])
        .current_dir(house.root())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("rustfmt could not be started: {error}; {advice}"))?;
    let input = child.stdin.take();
    // Written beside the reading, or a long list would fill both pipes.
    let writer =
        thread::spawn(move || input.is_some_and(|mut input| input.write_all(text.as_bytes()).is_ok()));
    let output = child
        .wait_with_output()
        .map_err(|error| format!("rustfmt could not be read: {error}"))?;
    let written = writer.join().unwrap_or_default();
    match String::from_utf8(output.stdout) {
        Ok(text) if output.status.success() && written => Ok(text),
        _ => Err(format!(
            "rustfmt did not format what was to be written ({}); {advice}",
            output.status
        )
        .into()),
    }
}
