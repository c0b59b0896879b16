//! `POST /blinket/v1/attendance-tags/:id/attendance-list` — adds a tag to participants.

use alloc::vec::Vec;

use eduzz_types::NoContent;
use eduzz_types::blinket::{AttendanceId, AttendanceTagId};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Adds a tag to participants (docs page
/// `/reference/api/post-blinket-v1-attendance-tags-id-attendance-list`).
///
/// A participant of a past event is refused with 422. The documentation requires `blinket_read` for
/// it, though it changes something (Q151). Whether adding a tag twice is refused is not documented,
/// so it is sent [once](eduzz_wire::Repeat::Once).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all(serialize = "camelCase"), deny_unknown_fields)]
#[non_exhaustive]
pub struct TagParticipants {
    /// The tag.
    #[serde(skip_serializing)]
    pub id: AttendanceTagId,
    /// The participants: at least one, or nothing is sent. No maximum is documented.
    pub attendance_ids: Vec<AttendanceId>,
}

impl TagParticipants {
    /// Adds the tag to the participants.
    #[must_use]
    pub fn new(
        id: impl Into<AttendanceTagId>,
        attendance_ids: impl IntoIterator<Item = impl Into<AttendanceId>>,
    ) -> Self {
        Self {
            id: id.into(),
            attendance_ids: attendance_ids.into_iter().map(Into::into).collect(),
        }
    }
}

impl Endpoint for TagParticipants {
    // Q151: as documented.
    const ROUTE: Route = Route::post("/blinket/v1/attendance-tags/:id/attendance-list")
        .scopes(&["blinket_read"])
        .empty_body_is_success();
    type Output = NoContent;

    fn describe(&self, call: &mut Call) {
        call.path("id", &self.id)
            .require_each("attendance_ids", &self.attendance_ids)
            .json(self);
    }
}
