//! The workspace's folder, and reading what lies in it.

use std::fs;
use std::path::{Path, PathBuf};

use crate::report::Failure;

/// The folder of the workspace.
#[derive(Debug)]
pub(crate) struct House {
    root: PathBuf,
}

impl House {
    /// The workspace that this program was built in.
    pub(crate) fn of_this_program() -> Self {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        Self::at(here.parent().unwrap_or(here))
    }

    pub(crate) fn at(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// The path as people name it: from the root, with `/`.
    pub(crate) fn name(&self, path: &Path) -> String {
        let inside = path.strip_prefix(&self.root).unwrap_or(path);
        inside
            .components()
            .map(|part| part.as_os_str().to_string_lossy())
            .collect::<Vec<_>>()
            .join("/")
    }

    /// Every `.rs` file of the crates, of xtask and of the examples, in order of path.
    pub(crate) fn rust_files(&self) -> Result<Vec<PathBuf>, Failure> {
        let mut found = Vec::new();
        for folder in ["crates", "examples", "xtask"] {
            let folder = self.path(folder);
            if folder.is_dir() {
                found.extend(files_below(&folder)?);
            }
        }
        found.retain(|path| path.extension().is_some_and(|end| end == "rs"));
        Ok(found)
    }
}

/// Reads a text file.
pub(crate) fn read(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|error| format!("{}: cannot be read: {error}", path.display()).into())
}

/// Every file below a folder, in order of path; hidden entries and `target` are left out.
pub(crate) fn files_below(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for path in entries(folder)? {
        if path.is_dir() {
            if path.file_name().is_some_and(|name| name != "target") {
                files.extend(files_below(&path)?);
            }
        } else {
            files.push(path);
        }
    }
    Ok(files)
}

/// What lies in a folder, in order of name, without hidden entries.
pub(crate) fn entries(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let unreadable = |error| format!("{}: cannot be listed: {error}", folder.display());
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        if !entry.file_name().to_string_lossy().starts_with('.') {
            paths.push(entry.path());
        }
    }
    paths.sort();
    Ok(paths)
}

/// The last part of a path as text.
pub(crate) fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::temp::Temp;

    #[test]
    fn files_are_sorted_and_hidden_ones_and_target_left_out() {
        let temp = Temp::new(&[
            ("crates/b/src/lib.rs", ""),
            ("crates/a/src/lib.rs", ""),
            ("crates/a/target/x.rs", ""),
            ("crates/a/.hidden.rs", ""),
            ("crates/a/Cargo.toml", ""),
        ]);
        let house = House::at(temp.path());
        let names: Vec<_> = house
            .rust_files()
            .unwrap()
            .iter()
            .map(|path| house.name(path))
            .collect();
        assert_eq!(names, ["crates/a/src/lib.rs", "crates/b/src/lib.rs"]);
    }
}
