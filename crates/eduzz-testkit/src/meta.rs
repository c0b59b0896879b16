//! The notes of a fixture folder.

use std::collections::BTreeMap;

use eduzz_fixtures::{Answer, Fixture};
use serde::Deserialize;

/// What `meta.toml` says of one answer, as far as the properties need it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Notes {
    /// JSON pointers that may differ when the answer is read and written back.
    pub ignored: Vec<String>,
    /// JSON pointers without which the answer cannot be read.
    pub required: Vec<String>,
    /// The quirks that the answer shows.
    pub quirks: Vec<String>,
    /// The body is broken on purpose.
    pub broken: bool,
}

#[derive(Deserialize)]
struct Meta {
    answers: BTreeMap<String, Notes>,
}

/// The notes of an answer.
#[must_use]
pub fn notes(fixture: &Fixture, answer: &Answer) -> Notes {
    let meta: Meta = toml::from_str(fixture.meta).expect("meta.toml is TOML with a table of answers");
    meta.answers.get(answer.name).cloned().unwrap_or_default()
}
