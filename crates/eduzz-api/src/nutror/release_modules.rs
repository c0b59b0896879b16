//! `PUT /nutror/v1/enrollments/:id/release-modules` — releases all modules to an enrolment.

use eduzz_types::NoContent;
use eduzz_types::nutror::EnrollmentId;
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Releases all modules to an enrolment, including locked ones (docs page
/// `/reference/api/put-nutror-v1-enrollments-id-release-modules`).
///
/// A blocked enrolment is answered with 409, an account without the administrative permission with
/// 411 (Q28).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ReleaseModules {
    /// The enrolment.
    pub id: EnrollmentId,
}

builder!(ReleaseModules {
    /// Releases all modules to the enrolment.
    new(id: impl Into<EnrollmentId>);
});

impl Endpoint for ReleaseModules {
    const ROUTE: Route = Route::put("/nutror/v1/enrollments/:id/release-modules")
        .scopes(&["nutror_my_students_write"])
        .empty_body_is_success();
    type Output = NoContent;

    fn describe(&self, call: &mut Call) {
        call.path("id", &self.id);
    }
}
