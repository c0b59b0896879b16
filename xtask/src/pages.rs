//! The pages: links and anchors lead somewhere, and both editions of a page say the same.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use xshell::{Shell, cmd};

use crate::{Problems, problems};

/// What a Portuguese page ends with; the English one has the same name without it.
const PORTUGUESE: &str = ".pt-BR.md";

/// A page without its code blocks.
#[derive(Default)]
struct Page {
    /// The level and the anchor of each heading.
    headings: Vec<(usize, String)>,
    /// The target of each link, and its line.
    links: Vec<(String, usize)>,
    /// The rows of each table, except those that a test writes.
    tables: Vec<Vec<Row>>,
    /// The language of each code block.
    blocks: Vec<String>,
}

struct Row {
    line: usize,
    cells: usize,
    /// What stands in backticks.
    code: Vec<String>,
}

pub(crate) fn check(sh: &Shell) -> Problems {
    let listed = cmd!(sh, "git ls-files --cached --others --exclude-standard *.md")
        .quiet()
        .read();
    let files = match listed {
        Ok(files) => files,
        Err(error) => return problems::<()>(Err(error)),
    };
    // A listed file may be deleted already.
    let pages: BTreeMap<PathBuf, Page> = files
        .lines()
        .filter_map(|file| Some((file.into(), Page::read(&sh.read_file(file).ok()?))))
        .collect();
    let exists = |path: &Path| sh.path_exists(path);
    let links = pages
        .iter()
        .flat_map(|(path, page)| link_problems(path, page, &pages, exists));
    let editions = pages.iter().filter_map(|(path, page)| {
        let english = pages.get(&english(path)?)?;
        Some(edition_problems(path, english, page))
    });
    links.chain(editions.flatten()).collect()
}

impl Page {
    fn read(text: &str) -> Self {
        let mut page = Self::default();
        let (mut in_code, mut is_generated, mut in_table) = (false, false, false);
        for (line, number) in text.lines().zip(1..) {
            if let Some(language) = line.strip_prefix("```") {
                in_code = !in_code;
                page.blocks.extend(in_code.then(|| language.to_owned()));
            }
            if in_code {
                in_table = false;
                continue;
            }
            if line.starts_with("<!--") {
                is_generated = line != "<!-- end -->";
            }
            let (outside, code) = without_code(line);
            for part in outside.split("](").skip(1) {
                let target = part.split([')', ' ']).next().unwrap_or_default();
                page.links.push((target.to_owned(), number));
            }
            let level = line.bytes().take_while(|byte| *byte == b'#').count();
            if let Some(title) = line.get(level..).and_then(|rest| rest.strip_prefix(' '))
                && level > 0
            {
                let anchor = page.anchor(title);
                page.headings.push((level, anchor));
            }
            let is_row = line.starts_with('|') && !is_generated;
            if is_row && !in_table {
                page.tables.push(Vec::new());
            }
            if let Some(table) = page.tables.last_mut().filter(|_| is_row) {
                table.push(Row {
                    line: number,
                    cells: outside.matches('|').count(),
                    code,
                });
            }
            in_table = is_row;
        }
        page
    }

    /// The anchor that GitHub gives to a heading; one that is there already gets a number.
    fn anchor(&self, title: &str) -> String {
        let mut anchor = String::new();
        for c in title.trim().chars().flat_map(char::to_lowercase) {
            match c {
                ' ' => anchor.push('-'),
                c if c.is_alphanumeric() || c == '-' || c == '_' => anchor.push(c),
                _ => {}
            }
        }
        let is_taken = |anchor: &String| self.headings.iter().any(|(_, other)| other == anchor);
        let numbered = (1..).map(|number| format!("{anchor}-{number}"));
        let mut free = [anchor.clone()]
            .into_iter()
            .chain(numbered)
            .filter(|a| !is_taken(a));
        free.next().unwrap_or_default()
    }
}

/// A line without what stands in backticks, and that.
fn without_code(line: &str) -> (String, Vec<String>) {
    let parts = || line.split('`');
    let code = parts().skip(1).step_by(2).map(str::to_owned).collect();
    (parts().step_by(2).collect(), code)
}

/// The English edition of a Portuguese page.
fn english(path: &Path) -> Option<PathBuf> {
    let path = path.to_str()?.strip_suffix(PORTUGUESE)?;
    Some(format!("{path}.md").into())
}

fn link_problems(
    path: &Path,
    page: &Page,
    pages: &BTreeMap<PathBuf, Page>,
    exists: impl Fn(&Path) -> bool,
) -> Problems {
    let mut found = Problems::new();
    let is_outside = |target: &str| {
        ["https://", "http://", "mailto:"]
            .iter()
            .any(|s| target.starts_with(s))
    };
    for (target, line) in page.links.iter().filter(|(target, _)| !is_outside(target)) {
        let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
        let to = match file {
            "" => path.to_owned(),
            file => joined(path, file),
        };
        let fault = match pages.get(&to) {
            None if !exists(&to) => "leads nowhere",
            Some(to) if !anchor.is_empty() && !to.headings.iter().any(|(_, other)| other == anchor) => {
                "has no such heading"
            }
            None if !anchor.is_empty() => "has an anchor in a file that is no page",
            _ if is_foreign(path, &to, pages) => "has a Portuguese edition",
            _ => continue,
        };
        found.push(format!("{}:{line}: `{target}` {fault}", path.display()));
    }
    found
}

/// Whether a Portuguese page links to the English edition of another page.
fn is_foreign(path: &Path, to: &Path, pages: &BTreeMap<PathBuf, Page>) -> bool {
    let own = english(path);
    let portuguese = to.to_str().and_then(|to| to.strip_suffix(".md"));
    let portuguese = portuguese.map(|to| PathBuf::from(format!("{to}{PORTUGUESE}")));
    own.is_some_and(|own| own != to) && portuguese.is_some_and(|to| pages.contains_key(&to))
}

/// The file that a link names, from the folder of its page.
fn joined(page: &Path, file: &str) -> PathBuf {
    let mut path = page.parent().unwrap_or(Path::new("")).to_owned();
    for part in Path::new(file).components() {
        match part {
            Component::ParentDir => _ = path.pop(),
            Component::Normal(name) => path.push(name),
            _ => {}
        }
    }
    path
}

/// A heading, a block or a row that one edition lacks, and a name that the Portuguese row lacks.
fn edition_problems(path: &Path, english: &Page, portuguese: &Page) -> Problems {
    let path = path.display();
    // The sections of a generated table stand in the English edition alone.
    let main = |page: &Page| page.headings.iter().filter(|(level, _)| *level < 3).count();
    let mut found = Problems::new();
    if main(english) != main(portuguese) {
        found.push(format!("{path}: the English edition has other headings"));
    }
    if english.blocks != portuguese.blocks {
        found.push(format!("{path}: the English edition has other code blocks"));
    }
    if english.tables.len() != portuguese.tables.len() {
        found.push(format!("{path}: the English edition has other tables"));
    }
    for (theirs, ours) in english.tables.iter().zip(&portuguese.tables) {
        let line = ours.first().map_or(0, |row| row.line);
        if theirs.len() != ours.len() {
            found.push(format!("{path}:{line}: the English table has other rows"));
            continue;
        }
        for (theirs, ours) in theirs.iter().zip(ours) {
            let line = ours.line;
            if theirs.cells != ours.cells {
                found.push(format!("{path}:{line}: the English row has other cells"));
            }
            let missing = theirs.code.iter().filter(|name| !ours.code.contains(name));
            found.extend(missing.map(|name| format!("{path}:{line}: the English row has `{name}`")));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(text: &str) -> Problems {
        let others = ["docs/b.md", "docs/b.pt-BR.md", "docs/a.md"];
        let others = others.map(|path| (path.into(), Page::read("# One, `two`\n\n# One two\n")));
        let mut pages = BTreeMap::from(others);
        let path = Path::new("docs/a.pt-BR.md");
        pages.insert(path.to_owned(), Page::read(text));
        link_problems(path, &pages[path], &pages, |path| path == Path::new("src/lib.rs"))
    }

    #[test]
    fn link_that_leads_nowhere_is_found() {
        for (text, fault) in [
            (
                "[a](b.pt-BR.md) [b](../src/lib.rs) [c](https://example.com/x#y)",
                "",
            ),
            ("[a](a.md) [b](b.pt-BR.md#one-two) [c](b.pt-BR.md#one-two-1)", ""),
            ("[a](c.md)", "nowhere"),
            ("[a](../b.pt-BR.md)", "nowhere"),
            ("[a](b.md)", "Portuguese"),
            ("[a](b.pt-BR.md#one-two-2)", "heading"),
            ("[a](#here)", "heading"),
            ("# Here\n[a](#here)", ""),
            ("[a](../src/lib.rs#L3)", "anchor"),
            ("`[a](c.md)`\n```text\n[a](c.md)\n```", ""),
        ] {
            let found = links(text);
            assert_eq!(found.len(), usize::from(!fault.is_empty()), "{text}: {found:?}");
            assert!(
                found.iter().all(|problem| problem.contains(fault)),
                "{text}: {found:?}"
            );
        }
    }

    #[test]
    fn edition_that_lacks_something_is_found() {
        let english =
            "# A\n| `x` | b |\n|---|---|\n```rust\nlet a;\n```\n<!-- made -->\n| c |\n<!-- end -->\n";
        let english = Page::read(english);
        for (text, fault) in [
            ("# Á\n| `x` e `y` | b |\n|---|---|\n```rust\nlet á;\n```\n", ""),
            ("## Á\n## É\n| `x` | b |\n|---|---|\n```rust\n```\n", "headings"),
            ("# Á\n| `x` | b |\n|---|---|\n", "code blocks"),
            ("# Á\n| `x` | b |\n```rust\n```\n", "rows"),
            ("# Á\n| `x` |\n|---|---|\n```rust\n```\n", "cells"),
            ("# Á\n| `y` | b |\n|---|---|\n```rust\n```\n", "has `x`"),
            ("# Á\n```rust\n```\n", "tables"),
        ] {
            let found = edition_problems(Path::new("a.pt-BR.md"), &english, &Page::read(text));
            assert_eq!(found.len(), usize::from(!fault.is_empty()), "{text}: {found:?}");
            assert!(
                found.iter().all(|problem| problem.contains(fault)),
                "{text}: {found:?}"
            );
        }
    }
}
