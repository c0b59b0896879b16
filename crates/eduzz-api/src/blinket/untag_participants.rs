//! `DELETE /blinket/v1/attendance-tags/:id/attendance-list` — removes a tag from participants.

use alloc::vec::Vec;

use eduzz_types::NoContent;
use eduzz_types::blinket::{AttendanceId, AttendanceTagId};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Removes a tag from participants (docs page
/// `/reference/api/delete-blinket-v1-attendance-tags-id-attendance-list`).
///
/// It is a `DELETE` with a body (Q154), which some proxies drop. A participant of a past event is
/// refused with 422.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all(serialize = "camelCase"), deny_unknown_fields)]
#[non_exhaustive]
pub struct UntagParticipants {
    /// The tag.
    #[serde(skip_serializing)]
    pub id: AttendanceTagId,
    /// The participants: at least one, or nothing is sent. No maximum is documented.
    pub attendance_ids: Vec<AttendanceId>,
}

impl UntagParticipants {
    /// Removes the tag from the participants.
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

impl Endpoint for UntagParticipants {
    const ROUTE: Route = Route::delete("/blinket/v1/attendance-tags/:id/attendance-list")
        .scopes(&["blinket_write"])
        .empty_body_is_success();
    type Output = NoContent;

    fn describe(&self, call: &mut Call) {
        call.path("id", &self.id)
            .require_each("attendance_ids", &self.attendance_ids)
            .json(self);
    }
}
