//! `DELETE /nutror/v1/enrollments/:id` — removes an enrolment.

use eduzz_types::NoContent;
use eduzz_types::nutror::EnrollmentId;
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Removes an enrolment (docs page `/reference/api/delete-nutror-v1-enrollments-id`).
///
/// An account without the administrative permission is answered with 411 (Q28). A second deletion
/// is answered with 404.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct DeleteEnrollment {
    /// The enrolment.
    pub id: EnrollmentId,
}

builder!(DeleteEnrollment {
    /// Removes the enrolment.
    new(id: impl Into<EnrollmentId>);
});

impl Endpoint for DeleteEnrollment {
    const ROUTE: Route = Route::delete("/nutror/v1/enrollments/:id")
        .scopes(&["nutror_my_students_write"])
        .empty_body_is_success();
    type Output = NoContent;

    fn describe(&self, call: &mut Call) {
        call.path("id", &self.id);
    }
}
