//! `meta.json`: the sources of a fixture folder, and the notes about each body.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use eduzz_types::Date;
use serde::Deserialize;
use serde_json::Value;

/// How much of a page of the documentation the facts were taken from.
pub const CERTAINTIES: &[(&str, &str)] = &[
    ("whole page", "the page of the reference was read to its end"),
    (
        "page cut",
        "the page was read in part; the rest is from the documentation's OpenAPI file",
    ),
    (
        "older page",
        "only an older state of the page was read, and the OpenAPI file",
    ),
    (
        "OpenAPI only",
        "the page was not read; the OpenAPI file has an example of the answer, but neither its types \
         nor the names of query parameters",
    ),
    ("reported", "no official source was seen"),
];

/// One `meta.json`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meta {
    /// The page of the documentation, from the site's root, or another source in words.
    pub page: String,
    /// The day on which it was read.
    pub seen: Date,
    /// One of [`CERTAINTIES`].
    pub certainty: String,
    /// Requests a minute, where the page states a limit.
    pub rate_limit: Option<NonZeroU32>,
    /// The fields of the call; null for an event.
    #[serde(default)]
    pub call: Value,
    /// The request that the call becomes: method, target, body; null for an event.
    #[serde(default)]
    pub request: Value,
    /// The notes of each body by its file name.
    pub bodies: BTreeMap<String, Notes>,
}

/// The notes of one body.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notes {
    /// How the body was obtained.
    pub kind: Kind,
    /// The changes made to it.
    pub edits: Option<String>,
    /// The quirks that the body shows.
    #[serde(default)]
    pub quirks: Vec<String>,
    /// JSON pointers that may differ when the body is read and written back.
    #[serde(default)]
    pub ignored: Vec<String>,
    /// JSON pointers of places without a fixed form, which are kept as received, null included.
    #[serde(default)]
    pub free: Vec<String>,
    /// The body is invalid on purpose.
    #[serde(default)]
    pub broken: bool,
    /// The body is the call's output although the status is not 2xx.
    #[serde(default)]
    pub output: bool,
}

/// How a body was obtained.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// The documentation shows it.
    Documented,
    /// The service sent it.
    Observed,
    /// It was written for a test.
    Invented,
}

/// Reads a `meta.json`.
///
/// # Panics
///
/// A key is missing or unknown.
#[must_use]
pub fn read(meta: &str) -> Meta {
    serde_json::from_str(meta).unwrap_or_else(|error| panic!("{error}\n{meta}"))
}

impl Meta {
    /// The notes of a body.
    ///
    /// # Panics
    ///
    /// The body has none.
    #[must_use]
    pub fn notes(&self, name: &str) -> &Notes {
        self.bodies
            .get(name)
            .unwrap_or_else(|| panic!("meta.json has no notes on {name}"))
    }
}
