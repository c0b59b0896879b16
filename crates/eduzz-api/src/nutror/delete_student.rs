//! `DELETE /nutror/v1/students/:id` — deletes a student.

use eduzz_types::NoContent;
use eduzz_types::nutror::StudentId;
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Deletes a student (docs page `/reference/api/delete-nutror-v1-students-id`).
///
/// No call of the API creates a student. A second deletion is answered with 404.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct DeleteStudent {
    /// The student.
    pub id: StudentId,
}

builder!(DeleteStudent {
    /// Deletes the student.
    new(id: impl Into<StudentId>);
});

impl Endpoint for DeleteStudent {
    const ROUTE: Route = Route::delete("/nutror/v1/students/:id")
        .scopes(&["nutror_my_students_write"])
        .empty_body_is_success();
    type Output = NoContent;

    fn describe(&self, call: &mut Call) {
        call.path("id", &self.id);
    }
}
