//! Tells the program its commit, if it is built in its repository, and its target.

#![allow(clippy::print_stdout, reason = "cargo reads a build script's standard output")]

use std::env;
use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let target = env::var("TARGET").unwrap_or_default();
    println!("cargo:rustc-env=EDUZZ_BUILD_TARGET={target}");
    println!(
        "cargo:rustc-env=EDUZZ_BUILD_COMMIT={}",
        commit().unwrap_or_default()
    );
}

/// The commit of the repository. A packed crate, also inside of another repository, has none.
fn commit() -> Option<String> {
    let root = Path::new("../..");
    if !root.join(".git").exists() || !root.join("crates/eduzz-cli/Cargo.toml").exists() {
        return None;
    }
    let git = |args: &[&str]| {
        let output = Command::new("git").current_dir(root).args(args).output().ok()?;
        let text = String::from_utf8(output.stdout).ok()?;
        output.status.success().then(|| text.trim().to_owned())
    };
    // Every commit and checkout writes this file.
    let log = git(&["rev-parse", "--git-path", "logs/HEAD"])?;
    println!("cargo:rerun-if-changed={}", root.join(log).display());
    let commit = git(&["rev-parse", "--short=12", "HEAD"])?;
    commit
        .bytes()
        .all(|byte| byte.is_ascii_hexdigit())
        .then_some(commit)
}
