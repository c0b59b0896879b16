//! The fixture folders are complete, and their notes match their files.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use eduzz_fixtures::{ALL, EVENTS};
use eduzz_testkit::meta::{self, CERTAINTIES, Meta};
use serde_json::Value;

use crate::workspace;

#[test]
fn fixture_folders_hold_only_listed_files() {
    let mut files = BTreeSet::new();
    for fixture in ALL {
        let names = fixture.answers.iter().map(|answer| answer.name);
        for name in names.chain(["meta.json"]) {
            files.insert(format!("api/{}/{}/{name}", fixture.product, fixture.endpoint));
        }
    }
    for fixture in EVENTS {
        let names = fixture.bodies.iter().map(|body| body.name);
        for name in names.chain(["meta.json"]) {
            files.insert(format!("events/{}/{}/{name}", fixture.origin, fixture.event));
        }
    }
    let root = workspace("crates/eduzz-fixtures");
    let mut found = BTreeSet::new();
    for folder in ["api", "events"] {
        collect(&root, &root.join(folder), &mut found);
    }
    assert_eq!(
        found, files,
        "an answer is STATUS.EXT or STATUS-VARIANT.EXT, a body event-VARIANT.json"
    );
}

fn collect(root: &Path, folder: &Path, files: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap();
            files.insert(name.replace('\\', "/"));
        }
    }
}

#[test]
fn calls_have_a_success_and_valid_notes() {
    let quirks = fs::read_to_string(workspace("docs/quirks.md")).unwrap();
    for fixture in ALL {
        let name = format!("{}/{}", fixture.product, fixture.endpoint);
        let has_success = fixture
            .answers
            .iter()
            .any(|answer| (200..300).contains(&answer.status));
        assert!(has_success, "{name}: an answer with 2xx");
        for answer in fixture.answers {
            is_named(
                &name,
                answer.name,
                &answer.status.to_string(),
                &["json", "html", "txt"],
            );
        }
        let bodies = fixture.answers.iter().map(|answer| (answer.name, answer.body));
        let meta = notes_match(&name, fixture.meta, bodies, &quirks);
        let call = workspace(&format!("crates/eduzz-api/src/{name}.rs"));
        if meta.page.starts_with("/reference/") && fixture.product != "oauth" {
            let cited = fs::read_to_string(call)
                .unwrap()
                .contains(&format!("`{}`", meta.page));
            assert!(
                cited,
                "{name}.rs does not cite `{}`, the page in meta.json",
                meta.page
            );
        }
    }
}

#[test]
fn events_have_a_plain_body_and_valid_notes() {
    let quirks = fs::read_to_string(workspace("docs/quirks.md")).unwrap();
    for fixture in EVENTS {
        let name = format!("{}/{}", fixture.origin, fixture.event);
        assert!(fixture.plain().is_some(), "{name}: event.json");
        for body in fixture.bodies {
            is_named(&name, body.name, "event", &["json"]);
        }
        let bodies = fixture.bodies.iter().map(|body| (body.name, body.bytes));
        notes_match(&name, fixture.meta, bodies, &quirks);
    }
}

/// The file is called STEM.EXT or STEM-VARIANT.EXT.
fn is_named(folder: &str, file: &str, stem: &str, extensions: &[&str]) {
    let (name, extension) = file.split_once('.').unwrap();
    let variant = name.strip_prefix(stem).unwrap();
    let is_clean = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c);
    assert!(
        extensions.contains(&extension)
            && (variant.is_empty() || variant.len() > 1 && variant.starts_with('-'))
            && variant.chars().all(is_clean),
        "{folder}/{file}"
    );
}

/// The notes name every body and no other, and their facts are true of it.
fn notes_match<'a>(
    folder: &str,
    meta: &str,
    bodies: impl IntoIterator<Item = (&'a str, &'a [u8])>,
    quirks: &str,
) -> Meta {
    let meta = meta::read(meta);
    assert!(!meta.page.is_empty(), "{folder}: page");
    assert!(meta.seen.ymd().is_ok(), "{folder}: seen = {}", meta.seen.as_str());
    assert!(
        CERTAINTIES.iter().any(|(known, _)| *known == meta.certainty),
        "{folder}: certainty = {}",
        meta.certainty
    );
    let mut unknown: BTreeSet<&str> = meta.bodies.keys().map(String::as_str).collect();
    for (name, body) in bodies {
        let notes = meta.notes(name);
        unknown.remove(name);
        if name.ends_with(".json") {
            let is_json = serde_json::from_slice::<Value>(body).is_ok();
            assert_eq!(
                is_json, !notes.broken,
                "{folder}/{name}: is JSON unless it is `broken`"
            );
        } else {
            assert!(!notes.broken, "{folder}/{name}: only JSON can be `broken`");
        }
        for pointer in notes.ignored.iter().chain(&notes.free) {
            assert!(
                pointer.is_empty() || pointer.starts_with('/'),
                "{folder}/{name}: {pointer}"
            );
        }
        for quirk in &notes.quirks {
            let mut words = quirks.split(|c: char| !c.is_alphanumeric());
            assert!(
                words.any(|word| word == quirk),
                "{folder}/{name}: {quirk} is not in docs/quirks.md"
            );
        }
    }
    assert!(
        unknown.is_empty(),
        "{folder}: notes on files that are missing: {unknown:?}"
    );
    meta
}
