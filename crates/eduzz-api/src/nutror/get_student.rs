//! `GET /nutror/v1/students/:id` — one student.

use eduzz_types::nutror::{Student, StudentId};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Reads a student (docs page `/reference/api/get-nutror-v1-students-id`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct GetStudent {
    /// The student.
    pub id: StudentId,
}

builder!(GetStudent {
    /// Reads the student.
    new(id: impl Into<StudentId>);
});

impl Endpoint for GetStudent {
    const ROUTE: Route = Route::get("/nutror/v1/students/:id").scopes(&["nutror_my_students_read"]);
    type Output = Student;

    fn describe(&self, call: &mut Call) {
        call.path("id", &self.id);
    }
}
