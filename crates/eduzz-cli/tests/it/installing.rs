//! What an installation is made of: version, completions, manual pages.

use std::collections::BTreeSet;

use crate::support::Home;

#[tokio::test]
async fn version_has_commit_target_and_features() {
    let home = Home::new();
    for line in ["--version", "-V"] {
        let ran = home.run(line).await;
        let text = ran.ended(0).out.trim_end();
        let start = format!("eduzz {} (", env!("CARGO_PKG_VERSION"));
        assert!(
            text.starts_with(&start) && text.ends_with(')') && text.lines().count() == 1,
            "{text}"
        );
        assert!(
            text.contains(std::env::consts::ARCH) && text.contains("features: "),
            "{text}"
        );
        assert_eq!(text.contains("parquet"), cfg!(feature = "parquet"), "{text}");
        let commit = text
            .split("commit ")
            .nth(1)
            .and_then(|rest| rest.split(',').next());
        let is_commit = |text: &str| text.len() >= 7 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        assert_eq!(
            commit.is_some_and(is_commit),
            std::path::Path::new("../../.git").exists(),
            "{text}"
        );
    }
}

#[tokio::test]
async fn completions_name_commands_and_options_of_each_shell() {
    let home = Home::new();
    for (shell, mark) in [
        ("bash", "complete -F _eduzz"),
        ("zsh", "#compdef eduzz"),
        ("fish", "complete -c eduzz"),
        ("powershell", "Register-ArgumentCompleter"),
    ] {
        let ran = home.run(&format!("completions {shell}")).await;
        ran.ended(0)
            .shows(&[mark, "subscriptions", "chargebacks", "profile"]);
    }
    home.run("completions tcsh").await.ended(2).told("SHELL");
    home.run("completions --help")
        .await
        .ended(0)
        .shows(&["~/.zfunc", "fish"]);
}

/// The shell that is always there reads its script.
#[cfg(unix)]
#[tokio::test]
async fn bash_completes_a_command() {
    let bash = std::path::Path::new("/bin/bash");
    let home = Home::new();
    let script = home.run("completions bash").await.ended(0).out.clone();
    if !bash.exists() {
        return;
    }
    let test = format!(
        "{script}\nCOMP_WORDS=(eduzz sales ch); COMP_CWORD=2; _eduzz eduzz ch sales; echo \"${{COMPREPLY[@]}}\""
    );
    // An argument may have 128 KiB; the script is longer.
    let mut file = tempfile::NamedTempFile::new().unwrap();
    std::io::Write::write_all(&mut file, test.as_bytes()).unwrap();
    let output = std::process::Command::new(bash)
        .arg(file.path())
        .output()
        .unwrap();
    let shown = String::from_utf8(output.stdout).unwrap();
    assert_eq!(
        shown.trim(),
        "chargebacks",
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[tokio::test]
async fn manual_has_a_page_for_each_command_in_the_language() {
    let home = Home::new();
    let folder = home.folder().join("man1");
    let ran = home.run(&format!("man --out {}", folder.display())).await;
    ran.ended(0).shows(&["man eduzz"]);
    let pages: BTreeSet<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    for page in [
        "eduzz.1",
        "eduzz-sales.1",
        "eduzz-sales-list.1",
        "eduzz-mirror-report.1",
        "eduzz-man.1",
    ] {
        assert!(pages.contains(page), "{page}: {pages:?}");
    }
    for name in &pages {
        let page = std::fs::read_to_string(folder.join(name)).unwrap();
        assert!(
            page.contains(".SH NOME\n") && page.contains(".SH OPÇÕES\n"),
            "{name}: {page}"
        );
        // The pipe of a command line does not separate two languages.
        let page = page.replace("eduzz man sales list | man", "");
        for foreign in [".SH NAME", ".SH OPTIONS", ".SH DESCRIPTION", ".SH EXTRA", " | "] {
            assert!(!page.contains(foreign), "{foreign} in {name}: {page}");
        }
    }
    let whole = std::fs::read_to_string(folder.join("eduzz.1")).unwrap();
    assert!(
        whole.contains("EDUZZ_TOKEN          token usado"),
        "tables keep their lines: {whole}"
    );

    let ran = home.run("man sales list --lang en").await;
    ran.ended(0)
        .shows(&[".SH NAME\n", ".SH SYNOPSIS\n", "eduzz sales list", ".SH NOTES\n"]);
    home.run("man sales nothing").await.ended(2).told("eduzz man");
    let ran = home.run("man --out /dev/null/x").await;
    ran.ended(2).told("/dev/null/x");
}
