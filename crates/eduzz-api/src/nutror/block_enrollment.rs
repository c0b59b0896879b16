//! `PUT /nutror/v1/enrollments/:id/block` — blocks an enrolment.

use eduzz_types::NoContent;
use eduzz_types::nutror::EnrollmentId;
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Blocks an enrolment: the student loses the access (docs page
/// `/reference/api/put-nutror-v1-enrollments-id-block`).
///
/// No call of the API unblocks it. An account without the administrative permission is answered
/// with 411 (Q28).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct BlockEnrollment {
    /// The enrolment.
    pub id: EnrollmentId,
}

builder!(BlockEnrollment {
    /// Blocks the enrolment.
    new(id: impl Into<EnrollmentId>);
});

impl Endpoint for BlockEnrollment {
    const ROUTE: Route = Route::put("/nutror/v1/enrollments/:id/block")
        .scopes(&["nutror_my_students_write"])
        .empty_body_is_success();
    type Output = NoContent;

    fn describe(&self, call: &mut Call) {
        call.path("id", &self.id);
    }
}
