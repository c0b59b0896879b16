//! `GET /blinket/v1/attendance-tags/:id/attendance-list` — the participants with a tag.

use eduzz_types::Items;
use eduzz_types::blinket::{AttendanceId, AttendanceTagId};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Lists the ids of the participants who have a tag, of all events and all at once (docs page
/// `/reference/api/get-blinket-v1-attendance-tags-id-attendance-list`).
///
/// The documentation requires `blinket_write` for it, though it only reads (Q151): an application
/// that works with tags should have both scopes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ListTaggedParticipants {
    /// The tag.
    pub id: AttendanceTagId,
}

builder!(ListTaggedParticipants {
    /// Lists the participants who have the tag.
    new(id: impl Into<AttendanceTagId>);
});

impl Endpoint for ListTaggedParticipants {
    // Q151: as documented.
    const ROUTE: Route =
        Route::get("/blinket/v1/attendance-tags/:id/attendance-list").scopes(&["blinket_write"]);
    type Output = Items<AttendanceId>;

    fn describe(&self, call: &mut Call) {
        call.path("id", &self.id);
    }
}
