//! `DELETE /blinket/v1/attendance-tags/:id` — deletes a tag.

use eduzz_types::NoContent;
use eduzz_types::blinket::AttendanceTagId;
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Deletes a tag, and removes it from every participant (docs page
/// `/reference/api/delete-blinket-v1-attendance-tags-id`).
///
/// A missing tag is answered with 404 and the code `ERR_NF404`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct DeleteTag {
    /// The tag.
    pub id: AttendanceTagId,
}

builder!(DeleteTag {
    /// Deletes the tag.
    new(id: impl Into<AttendanceTagId>);
});

impl Endpoint for DeleteTag {
    const ROUTE: Route = Route::delete("/blinket/v1/attendance-tags/:id")
        .scopes(&["blinket_write"])
        .empty_body_is_success();
    type Output = NoContent;

    fn describe(&self, call: &mut Call) {
        call.path("id", &self.id);
    }
}
