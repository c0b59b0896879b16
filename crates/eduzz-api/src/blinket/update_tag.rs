//! `PUT /blinket/v1/attendance-tags/:id` — gives a tag another title or colour.

use alloc::string::String;

use eduzz_types::blinket::{AttendanceTagId, Tag};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Gives a tag another title, another colour, or both (docs page `/reference/api/put-blinket-v1-attendance-tags-id`).
///
/// What is not given stays as it is, though the method is `PUT`; without either the service refuses the call (Q149), and it is
/// not sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct UpdateTag {
    /// The tag.
    pub id: AttendanceTagId,
    /// What it is to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Its new colour, hexadecimal: `#112233`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub color: Option<String>,
}

impl UpdateTag {
    /// Changes the tag, once it is said what of it.
    #[must_use]
    pub fn new(id: impl Into<AttendanceTagId>) -> Self {
        Self {
            id: id.into(),
            title: None,
            color: None,
        }
    }
}

setters!(UpdateTag {
    title: String,
    color: String,
});

impl Endpoint for UpdateTag {
    const ROUTE: Route = Route::put("/blinket/v1/attendance-tags/:id").scopes(&["blinket_write"]);
    type Output = Tag;

    fn describe(&self, call: &mut Call) {
        call.path("id", &self.id).json_change(
            "title or color",
            &Body {
                title: self.title.as_deref(),
                color: self.color.as_deref(),
            },
        );
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    color: Option<&'a str>,
}
