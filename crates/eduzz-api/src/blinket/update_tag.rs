//! `PUT /blinket/v1/attendance-tags/:id` — changes a tag's title or colour.

use alloc::string::String;

use eduzz_types::blinket::{AttendanceTagId, Tag};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Changes a tag's title, colour, or both (docs page
/// `/reference/api/put-blinket-v1-attendance-tags-id`).
///
/// An omitted field keeps its value, though the method is `PUT`; the service refuses a call without
/// either (Q149), so it is not sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all(serialize = "camelCase"), deny_unknown_fields)]
#[non_exhaustive]
pub struct UpdateTag {
    /// The tag.
    #[serde(skip_serializing)]
    pub id: AttendanceTagId,
    /// The new text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Its new colour, hexadecimal: `#112233`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub color: Option<String>,
}

builder!(UpdateTag {
    /// Changes the tag; set at least one field before sending.
    new(id: impl Into<AttendanceTagId>);
    title: String,
    color: String,
});

impl Endpoint for UpdateTag {
    const ROUTE: Route = Route::put("/blinket/v1/attendance-tags/:id").scopes(&["blinket_write"]);
    type Output = Tag;

    fn describe(&self, call: &mut Call) {
        call.path("id", &self.id).json_change(Self::SETTABLE, self);
    }
}
