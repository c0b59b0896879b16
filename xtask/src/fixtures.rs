//! Fixtures: reads their folders, checks them.

mod folder;
mod meta;
mod privacy;

use std::path::{Path, PathBuf};

use crate::files::{House, entries, file_name, read};
use crate::report::{Failure, Outcome};
use folder::Folder;
use meta::Meta;

pub(crate) use folder::Kind;
pub(crate) use meta::{CERTAINTIES, Source};

const CRATE: &str = "crates/eduzz-fixtures";
const CALLS: &str = "crates/eduzz-api/src";
const QUIRKS: &str = "docs/quirks.md";

/// What `cargo xtask fixtures` runs.
pub(crate) fn check(house: &House) -> Outcome {
    let folders = folders(house)?;
    let mut problems = Vec::new();
    let quirks = quirks(house)?;
    for folder in &folders {
        problems.extend(folder.problems(house, quirks.as_deref())?);
        problems.extend(uncited(house, folder)?);
    }
    Failure::unless_empty(problems, note(&folders))
}

/// The path of one folder, from the workspace's root.
pub(crate) fn path_of(kind: Kind, group: &str, name: &str) -> String {
    format!("{CRATE}/{}/{group}/{name}", kind.root())
}

/// Where the facts of one folder come from. What is wrong with its notes [`check`] tells.
pub(crate) fn source(house: &House, kind: Kind, group: &str, name: &str) -> Result<Source, Failure> {
    let path = format!("{}/meta.toml", path_of(kind, group, name));
    let text = read(&house.path(&path))?;
    Ok(Meta::parse(&path, &text, kind.table(), &[], None).0.source)
}

fn note(folders: &[Folder]) -> String {
    let count = |kind| {
        let of_kind = folders.iter().filter(|folder| folder.kind == kind);
        of_kind.fold((0, 0), |(folders, bodies), folder| {
            (folders + 1, bodies + folder.bodies.len())
        })
    };
    let ((calls, answers), (events, bodies)) = (count(Kind::Call), count(Kind::Event));
    format!("{calls} calls, {answers} answers; {events} events, {bodies} bodies")
}

/// Every `api/<product>/<endpoint>`, then every `events/<origin>/<event>`.
fn folders(house: &House) -> Result<Vec<Folder>, Failure> {
    let mut folders = Vec::new();
    for kind in [Kind::Call, Kind::Event] {
        let root: PathBuf = house.path(CRATE).join(kind.root());
        if !root.is_dir() {
            continue;
        }
        for group in folders_in(house, &root)? {
            for path in folders_in(house, &group)? {
                folders.push(Folder::read(house, kind, file_name(&group), &path)?);
            }
        }
    }
    Ok(folders)
}

/// What lies in a folder that holds only folders.
fn folders_in(house: &House, path: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries = entries(path)?;
    match entries.iter().find(|entry| !entry.is_dir()) {
        Some(file) => Err(format!(
            "{}: is a file where only folders belong; move it",
            house.name(file)
        )
        .into()),
        None => Ok(entries),
    }
}

/// What is wrong when the file of a call cites another page of the reference than its folder. A call that has no file yet the list
/// of calls tells of.
fn uncited(house: &House, folder: &Folder) -> Result<Option<String>, Failure> {
    let file = format!("{CALLS}/{}/{}.rs", folder.group, folder.name);
    let path = house.path(&file);
    if folder.kind != Kind::Call || !path.is_file() {
        return Ok(None);
    }
    let page = source(house, folder.kind, &folder.group, &folder.name)?.page;
    let is_cited = !page.starts_with("/reference/") || read(&path)?.contains(&format!("`{page}`"));
    Ok((!is_cited).then(|| {
        format!("{file}: does not cite `{page}`, the page that its fixtures' meta.toml names; one of the two is wrong")
    }))
}

/// The page of quirks, once there is one.
fn quirks(house: &House) -> Result<Option<String>, Failure> {
    let path = house.path(QUIRKS);
    if path.is_file() {
        read(&path).map(Some)
    } else {
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::temp::Temp;

    const META: &str = "page = \"https://developers.example.com/me\"\nseen = \"2026-11-20\"\n\
        certainty = \"whole page\"\n[answers.\"200.json\"]\nkind = \"documented\"\n[answers.\"401.json\"]\nkind = \"observed\"\nquirks = [\"Q7\"]\n";

    const EVENT_META: &str = "page = \"/webhook\"\nseen = \"2026-11-20\"\n\
        certainty = \"whole page\"\n[bodies.\"event.json\"]\nkind = \"documented\"\n";

    fn whole() -> Temp {
        Temp::new(&[
            ("docs/quirks.md", "## Q7\n"),
            ("crates/eduzz-fixtures/api/accounts/get_me/call.json", "{}"),
            ("crates/eduzz-fixtures/api/accounts/get_me/request.json", "{}"),
            (
                "crates/eduzz-fixtures/api/accounts/get_me/200.json",
                "{\"email\": \"ana@example.com\"}",
            ),
            ("crates/eduzz-fixtures/api/accounts/get_me/401.json", "{}"),
            ("crates/eduzz-fixtures/api/accounts/get_me/meta.toml", META),
            (
                "crates/eduzz-fixtures/events/nutror/lesson_watched/event.json",
                "{}",
            ),
            (
                "crates/eduzz-fixtures/events/nutror/lesson_watched/meta.toml",
                EVENT_META,
            ),
        ])
    }

    fn problems(temp: &Temp) -> String {
        let house = House::at(temp.path());
        check(&house).map_or_else(|failure| failure.to_string(), |_| String::new())
    }

    #[test]
    fn a_whole_fixture_passes() {
        let temp = whole();
        let house = House::at(temp.path());
        assert_eq!(
            check(&house),
            Ok("1 calls, 2 answers; 1 events, 1 bodies".to_owned())
        );
    }

    #[test]
    fn each_planted_fault_is_found() {
        let call = "crates/eduzz-fixtures/api/accounts/get_me";
        let with = |from: &str, to: &str| META.replace(from, to);
        let event = "crates/eduzz-fixtures/events/nutror/lesson_watched";
        for (file, text, says) in [
            ("event-cut.json", "{}", "has no table [bodies."),
            ("event.txt", "", "event-VARIANT.json"),
            ("event.json", "{", "is not JSON"),
            ("event.json", "{\"email\": \"ana@gmail.com\"}", "@gmail.com"),
            ("meta.toml", META, "`answers` means nothing here"),
        ] {
            let temp = whole();
            temp.write(&format!("{event}/{file}"), text);
            let found = problems(&temp);
            assert!(found.contains(says), "{file} {text}: {found}");
        }
        for (file, text, says) in [
            ("200.json", "{", "is not JSON"),
            ("call.json", "{", "is not JSON"),
            ("200.json", "{\"email\": \"ana@gmail.com\"}", "@gmail.com"),
            ("notes.md", "", "is no answer"),
            ("500.json", "{}", "has no table"),
            ("meta.toml", &with("page", "pages"), "`page`"),
            ("meta.toml", &with("certainty", "surety"), "`certainty`"),
            ("meta.toml", &with("2026-11-20", "20/11/2026"), "`seen`"),
            ("meta.toml", &with("documented", "guessed"), "`kind`"),
            ("meta.toml", &with("Q7", "Q8"), "Q8"),
            ("meta.toml", &with("401.json", "403.json"), "403.json"),
            ("meta.toml", &with("quirks", "quirk"), "`quirk`"),
            ("meta.toml", "= no", "is not TOML"),
        ] {
            let temp = whole();
            temp.write(&format!("{call}/{file}"), text);
            let found = problems(&temp);
            assert!(found.contains(says), "{file} {text}: {found}");
        }
    }

    #[test]
    fn a_call_that_cites_another_page_is_found() {
        let temp = whole();
        let page = "/reference/api/get-accounts-v1-me";
        temp.write(
            &format!("{CRATE}/api/accounts/get_me/meta.toml"),
            &META.replace("https://developers.example.com/me", page),
        );
        let cites = |page: &str| {
            temp.write(
                &format!("{CALLS}/accounts/get_me.rs"),
                &format!("/// (docs page `{page}`)."),
            );
            problems(&temp)
        };
        assert!(cites("/reference/api/get-accounts-v1-Me").contains(&format!("does not cite `{page}`")));
        assert_eq!(cites(page), "");
    }

    #[test]
    fn missing_files_are_found() {
        for (file, says) in [
            ("api/accounts/get_me/call.json", "call.json"),
            ("api/accounts/get_me/meta.toml", "meta.toml"),
            ("api/accounts/get_me/200.json", "2xx"),
            ("api/accounts/get_me/401.json", "not 2xx"),
            ("events/nutror/lesson_watched/event.json", "event.json"),
        ] {
            let temp = whole();
            fs::remove_file(temp.path().join(CRATE).join(file)).unwrap();
            let found = problems(&temp);
            assert!(found.contains(says), "{file}: {found}");
        }
    }

    #[test]
    fn a_file_among_folders_is_found() {
        for file in ["api/notes.md", "events/nutror/notes.md"] {
            let temp = whole();
            temp.write(&format!("{CRATE}/{file}"), "");
            assert!(problems(&temp).contains(file), "{file}");
        }
    }

    #[test]
    fn a_body_may_be_broken_on_purpose_and_then_must_be() {
        let temp = whole();
        let folder = "crates/eduzz-fixtures/api/accounts/get_me";
        let meta = format!("{META}[answers.\"200-cut.json\"]\nkind = \"invented\"\nbroken = true\n");
        temp.write(&format!("{folder}/meta.toml"), &meta);
        temp.write(&format!("{folder}/200-cut.json"), "{\"id\":");
        assert_eq!(problems(&temp), "");
        temp.write(&format!("{folder}/200-cut.json"), "{}");
        assert!(problems(&temp).contains("broken"));
    }
}
