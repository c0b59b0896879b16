//! Every dependency says why it is there.

/// Every dependency line of a manifest that no comment stands above.
///
/// A comment covers the lines directly below it, up to a blank line or the next section.
pub(super) fn problems(name: &str, manifest: &str) -> Vec<String> {
    let mut problems = Vec::new();
    let mut section = Section::Other;
    let mut explained = false;
    let mut depth = 0_usize;
    for (index, line) in manifest.lines().enumerate() {
        let line = line.trim();
        if depth > 0 {
            depth = depth_after(depth, line);
        } else if line.is_empty() {
            explained = false;
        } else if line.starts_with('#') {
            explained = true;
        } else if let Some(header) = line.strip_prefix('[') {
            section = Section::of(header);
            if matches!(section, Section::OneDependency) && !explained {
                problems.push(unexplained(name, index, line));
            }
            explained = false;
        } else {
            if matches!(section, Section::Dependencies) && !explained {
                problems.push(unexplained(name, index, line));
            }
            depth = depth_after(0, line);
        }
    }
    problems
}

#[derive(Clone, Copy)]
enum Section {
    Dependencies,
    /// `[dependencies.serde]`
    OneDependency,
    Other,
}

impl Section {
    fn of(header: &str) -> Self {
        let header = header.split(']').next().unwrap_or_default();
        if header.starts_with("workspace") {
            // Versions stand there, reasons where a crate is used.
            return Self::Other;
        }
        let mut parts = header.rsplit('.');
        let (last, before) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        if last.ends_with("dependencies") {
            Self::Dependencies
        } else if before.ends_with("dependencies") {
            Self::OneDependency
        } else {
            Self::Other
        }
    }
}

fn unexplained(name: &str, index: usize, line: &str) -> String {
    let dependency = line.split(['=', ' ']).next().unwrap_or(line);
    let dependency = dependency.split('.').next().unwrap_or(dependency);
    format!(
        "{name}:{}: no comment above says why `{dependency}` is needed; write one",
        index + 1
    )
}

/// How many brackets are still open after a line.
fn depth_after(before: usize, line: &str) -> usize {
    let mut depth = before;
    let mut in_text = false;
    for c in line.chars() {
        match c {
            '"' => in_text = !in_text,
            '#' if !in_text => break,
            '[' | '{' if !in_text => depth += 1,
            ']' | '}' if !in_text => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    depth
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unexplained_dependency_is_found() {
        let found = problems(
            "Cargo.toml",
            "[package]\nname = \"x\"\n\n[dependencies]\nserde.workspace = true\n",
        );
        assert_eq!(
            found,
            ["Cargo.toml:5: no comment above says why `serde` is needed; write one"]
        );
    }

    #[test]
    fn a_comment_covers_its_group_and_no_more() {
        let text = "[dependencies]\n# Bodies.\nserde = \"1\"\nhttp = { version = \"1\", features = [\n  \"std\",\n] }\nurl = \"2\"\n\nlate = \"1\"\n";
        let found = problems("Cargo.toml", text);
        assert_eq!(
            found,
            ["Cargo.toml:9: no comment above says why `late` is needed; write one"]
        );
    }

    #[test]
    fn every_kind_of_section_counts() {
        for section in [
            "dev-dependencies",
            "build-dependencies",
            "target.'cfg(unix)'.dependencies",
        ] {
            assert_eq!(
                problems("Cargo.toml", &format!("[{section}]\na = \"1\"\n")).len(),
                1,
                "{section}"
            );
        }
        assert_eq!(
            problems("Cargo.toml", "[dependencies.a]\nversion = \"1\"\n").len(),
            1
        );
        assert_eq!(
            problems("Cargo.toml", "# Why.\n[dependencies.a]\nversion = \"1\"\n"),
            [""; 0]
        );
        assert_eq!(
            problems(
                "Cargo.toml",
                "[workspace.dependencies]\na = \"1\"\n[features]\nb = []\n"
            ),
            [""; 0]
        );
    }
}
