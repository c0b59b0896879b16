//! The notes of a fixture folder.

use std::collections::BTreeMap;

use eduzz_fixtures::{Answer, Body, EventFixture, Fixture};
use serde::Deserialize;

/// What `meta.toml` says of one body, as far as the properties need it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Notes {
    /// JSON pointers that may differ when the body is read and written back.
    pub ignored: Vec<String>,
    /// JSON pointers without which the body cannot be read.
    pub required: Vec<String>,
    /// The quirks that the body shows.
    pub quirks: Vec<String>,
    /// JSON pointers of places without a form, which are kept as they came, null too.
    pub free: Vec<String>,
    /// The body is broken on purpose.
    pub broken: bool,
    /// The body is the call's answer, though the status is not 2xx.
    pub output: bool,
}

#[derive(Deserialize)]
struct Meta {
    /// Where it is documented, or how it was seen.
    page: String,
    /// A call has answers, an event bodies.
    #[serde(alias = "bodies")]
    answers: BTreeMap<String, Notes>,
}

/// Where a call is documented, or how it was seen.
#[must_use]
pub fn page(fixture: &Fixture) -> String {
    read(fixture.meta).page
}

/// The notes of an answer of a call.
#[must_use]
pub fn of_answer(fixture: &Fixture, answer: &Answer) -> Notes {
    notes(fixture.meta, answer.name)
}

/// The notes of a body of an event.
#[must_use]
pub fn of_body(fixture: &EventFixture, body: &Body) -> Notes {
    notes(fixture.meta, body.name)
}

fn notes(meta: &str, name: &str) -> Notes {
    read(meta).answers.remove(name).unwrap_or_default()
}

fn read(meta: &str) -> Meta {
    toml::from_str(meta).expect("meta.toml is TOML with a page and a table of bodies")
}
