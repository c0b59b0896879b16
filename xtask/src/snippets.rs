//! Every Rust snippet of the pages compiles in a program outside of the workspace, which has the
//! dependencies that the page names.

use std::fs;
use std::path::Path;

use xshell::{Shell, cmd};

use crate::{Problems, cargo, layers, problems, root};

/// The modules of `eduzz` behind features, and the features of which one must be on.
const MODULES: &[(&str, &[&str])] = &[
    ("blocking", &["blocking"]),
    ("inbox", &["inbox", "sqlite", "postgres"]),
    (
        "receiver",
        &["receiver", "axum-08", "inbox", "sqlite", "postgres"],
    ),
    ("sandbox", &["sandbox"]),
    (
        "webhook",
        &["webhook", "receiver", "axum-08", "inbox", "sqlite", "postgres"],
    ),
];

/// Shows parts of the workspace's own files.
const FOR_CONTRIBUTORS: &str = "docs/adding-an-endpoint.md";

/// The crate that the pages depend on.
struct Facade {
    /// As a page names it, `0.1`.
    version: String,
    folder: String,
}

/// A page as a library: each snippet is a module, at the lines where it stands on the page.
struct Program {
    code: String,
    manifest: String,
}

pub(crate) fn check(sh: &Shell) -> Problems {
    let metadata = match layers::metadata() {
        Ok(metadata) => metadata,
        Err(error) => return vec![error],
    };
    let facade = metadata.packages.iter().find(|package| package.name == "eduzz");
    let Some(package) = facade else {
        return vec!["the workspace has no crate `eduzz`".to_owned()];
    };
    let facade = Facade {
        version: format!("{}.{}", package.version.major, package.version.minor),
        folder: root().join("crates/eduzz").display().to_string(),
    };
    let target = metadata.target_directory;
    let folder = target.join("snippets").into_std_path_buf();
    let listed = cmd!(
        sh,
        "git ls-files README*.md docs/*.md crates/eduzz/README.md crates/eduzz/src/lib.rs"
    )
    .quiet()
    .read();
    let listed = match listed {
        Ok(listed) => listed,
        Err(error) => return problems::<()>(Err(error)),
    };
    let mut found = Problems::new();
    let mut members = Vec::new();
    for page in listed.lines().filter(|page| *page != FOR_CONTRIBUTORS) {
        let text = sh.read_file(page).unwrap_or_default();
        match program(page, &text, &facade) {
            Ok(Some(program)) => {
                found.extend(
                    write(&folder, page, &program)
                        .err()
                        .map(|error| error.to_string()),
                );
                members.push(page);
            }
            Ok(None) => {}
            Err(problem) => found.push(problem),
        }
    }
    found.extend(problems(write_workspace(sh, &folder, &members)));
    if found.is_empty() {
        found = compile(sh, &folder, target.as_str(), &members);
    }
    found
}

/// All pages at once, because each set of features would compile every crate again. So the pages
/// share their features, and [`MODULES`] has those of each one.
fn compile(sh: &Shell, folder: &Path, target: &str, pages: &[&str]) -> Problems {
    let check = cargo(
        sh,
        "check --workspace --keep-going --offline --message-format short",
    );
    let check = check
        .arg("--manifest-path")
        .arg(folder.join("Cargo.toml"))
        .env("CARGO_TARGET_DIR", target);
    let output = match check.ignore_status().output() {
        Ok(output) => output,
        Err(error) => return problems::<()>(Err(error)),
    };
    let text = String::from_utf8_lossy(&output.stderr);
    print!("{text}");
    if output.status.success() {
        return Problems::new();
    }
    let errors = text.lines().filter(|line| line.contains(": error"));
    let on_pages = errors.filter_map(|line| {
        let mut places = pages.iter().filter_map(|page| line.find(&format!("../{page}:")));
        line.get(places.next()? + "../".len()..)
    });
    let mut found: Problems = on_pages.map(str::to_owned).collect();
    if found.is_empty() {
        found.push("cargo check failed".to_owned());
    }
    found
}

/// The page's program, or none if it has no snippet.
fn program(page: &str, text: &str, facade: &Facade) -> Result<Option<Program>, String> {
    let mut code = String::new();
    let mut dependencies: Option<String> = None;
    let mut block: Option<&str> = None;
    let mut snippets = Vec::new();
    for (line, number) in text.lines().zip(1..) {
        let line = if page.ends_with(".rs") {
            let line = line.strip_prefix("//!").unwrap_or_default();
            line.strip_prefix(' ').unwrap_or(line)
        } else {
            line
        };
        match (block, line.strip_prefix("```")) {
            (None, Some(language)) => {
                if language == "rust" {
                    code += &format!("pub mod line_{number} {{");
                    snippets.push(number);
                }
                block = Some(language);
            }
            (Some(language), Some(_)) => {
                code += if language == "rust" { "}" } else { "" };
                block = None;
            }
            (Some("rust"), None) => code += line,
            (Some("toml"), None) if line == "[dependencies]" && dependencies.is_none() => {
                dependencies = Some(String::new());
            }
            (Some("toml"), None) if snippets.is_empty() => {
                if let Some(dependencies) = &mut dependencies {
                    *dependencies += &from_workspace(line, facade);
                    dependencies.push('\n');
                }
            }
            _ => {}
        }
        code.push('\n');
    }
    if snippets.is_empty() {
        return Ok(None);
    }
    let Some(dependencies) = dependencies else {
        return Err(format!("{page}: no `[dependencies]` before its snippets"));
    };
    if !dependencies.contains("path = ") {
        return Err(format!(
            "{page}: the dependencies have no `eduzz` of version \"{}\"",
            facade.version
        ));
    }
    for (module, features) in MODULES {
        let is_on = features
            .iter()
            .any(|feature| dependencies.contains(&format!("\"{feature}\"")));
        if code.contains(&format!("eduzz::{module}")) && !is_on {
            return Err(format!("{page}: the dependencies need a feature of {features:?}"));
        }
    }
    // A snippet can name what another one of the page has.
    for number in snippets {
        code += &format!("pub use line_{number}::*;\n");
    }
    let manifest = format!(
        "[package]\nname = \"{}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[lib]\npath = \
         \"../{page}\"\n\n[lints.rust]\nunused = \"allow\"\nambiguous_glob_reexports = \
         \"allow\"\n\n[dependencies]\n{dependencies}",
        package(page)
    );
    Ok(Some(Program { code, manifest }))
}

/// The line of a dependency with the workspace's own crate for the published one.
fn from_workspace(line: &str, Facade { version, folder }: &Facade) -> String {
    let path = format!("path = {folder:?}");
    if !line.starts_with("eduzz = ") {
        return line.to_owned();
    }
    line.replace(&format!("version = \"{version}\""), &path).replace(
        &format!("eduzz = \"{version}\""),
        &format!("eduzz = {{ {path} }}"),
    )
}

/// The name of a page's package: `page-docs-cookbook-pt-br-md`.
fn package(page: &str) -> String {
    format!("page-{}", page.to_lowercase().replace(['/', '.'], "-"))
}

fn write(folder: &Path, page: &str, program: &Program) -> std::io::Result<()> {
    for (file, text) in [
        (folder.join(page), &program.code),
        (folder.join(package(page)).join("Cargo.toml"), &program.manifest),
    ] {
        fs::create_dir_all(file.parent().unwrap_or(folder))?;
        // An unchanged file keeps its time, so that cargo does not compile it again.
        if fs::read_to_string(&file).ok().as_ref() != Some(text) {
            fs::write(file, text)?;
        }
    }
    Ok(())
}

fn write_workspace(sh: &Shell, folder: &Path, pages: &[&str]) -> xshell::Result<()> {
    let names: Vec<String> = pages.iter().map(|page| package(page)).collect();
    // The same profiles and lock file, so that dependencies are not compiled again.
    let workspace = sh.read_file("Cargo.toml")?;
    let profiles = workspace
        .find("[profile.")
        .and_then(|start| workspace.get(start..));
    let profiles = profiles.unwrap_or_default();
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = {names:?}\n\n{profiles}");
    sh.write_file(folder.join("Cargo.toml"), manifest)?;
    sh.copy_file("Cargo.lock", folder.join("Cargo.lock"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEPENDENCIES: &str =
        "```toml\n[dependencies]\neduzz = { version = \"0.1\", features = [\"webhook\"] }\n```\n";

    fn facade() -> Facade {
        Facade {
            version: "0.1".to_owned(),
            folder: "/sdk/crates/eduzz".to_owned(),
        }
    }

    #[test]
    fn snippet_stands_at_its_lines() {
        let page = format!("# Title\n{DEPENDENCIES}```rust\nfn a() {{}}\n```\ntext\n");
        let program = program("docs/a.md", &page, &facade()).unwrap().unwrap();
        let lines: Vec<_> = program.code.lines().collect();
        assert_eq!(
            lines[5..],
            ["pub mod line_6 {", "fn a() {}", "}", "", "pub use line_6::*;"]
        );
        assert!(
            program
                .manifest
                .contains("eduzz = { path = \"/sdk/crates/eduzz\", features"),
            "{}",
            program.manifest
        );

        let comment: String = page.lines().map(|line| format!("//! {line}\n")).collect();
        let same = super::program("a.rs", &comment, &facade()).unwrap().unwrap();
        assert_eq!(same.code, program.code);
    }

    #[test]
    fn wrong_dependencies_are_found() {
        let snippet = |code| format!("```rust\n{code}\n```\n");
        for (page, found) in [
            (
                format!("{DEPENDENCIES}{}", snippet("use eduzz::webhook::Key;")),
                "",
            ),
            (
                format!("{DEPENDENCIES}{}", snippet("use eduzz::sandbox::Config;")),
                "feature",
            ),
            (snippet("fn a() {}"), "no `[dependencies]`"),
            (
                format!("{}{}", DEPENDENCIES.replace("0.1", "0.9"), snippet("")),
                "version",
            ),
        ] {
            let problem = program("a.md", &page, &facade()).err().unwrap_or_default();
            assert_eq!(problem.is_empty(), found.is_empty(), "{problem}");
            assert!(problem.contains(found), "{problem}");
        }
        assert!(program("a.md", DEPENDENCIES, &facade()).unwrap().is_none());
    }
}
