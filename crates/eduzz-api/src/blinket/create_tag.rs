//! `POST /blinket/v1/attendance-tags` — creates a tag.

use alloc::string::String;

use eduzz_types::blinket::Tag;
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Creates a tag, which participants of several events may carry (docs page
/// `/reference/api/post-blinket-v1-attendance-tags`).
///
/// The required fields of the body are not documented; both are sent. A second call may create
/// another tag of the same title, so it is sent [once](eduzz_wire::Repeat::Once).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CreateTag {
    /// What it says.
    pub title: String,
    /// Its colour, hexadecimal: `#112233`.
    pub color: String,
}

builder!(CreateTag {
    /// Creates a tag of this title and colour.
    new(title: impl Into<String>, color: impl Into<String>);
});

impl Endpoint for CreateTag {
    const ROUTE: Route = Route::post("/blinket/v1/attendance-tags").scopes(&["blinket_write"]);
    type Output = Tag;

    fn describe(&self, call: &mut Call) {
        call.require_text("title", &self.title)
            .require_text("color", &self.color)
            .json(self);
    }
}
