//! `GET /nutror/v1/students/:id/enrollments` — a student's enrolments, a page at a time.

use eduzz_types::Page;
use eduzz_types::nutror::{Enrollment, StudentId};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Lists the enrolments of a student, a page at a time (docs page
/// `/reference/api/get-nutror-v1-students-id-enrollments`).
///
/// The documented example is empty; the fields of an enrolment, and the names of the query
/// parameters, are those of an integration (Q59).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ListStudentEnrollments {
    /// The student.
    pub id: StudentId,
    /// The page to read, counted from 1.
    pub page: Option<u32>,
    /// Number of enrolments per page; 50 was seen to work.
    pub items_per_page: Option<u32>,
}

builder!(ListStudentEnrollments {
    /// Lists the enrolments of the student.
    new(id: impl Into<StudentId>);
    page: u32,
    items_per_page: u32,
});

paged!(ListStudentEnrollments, Enrollment);

impl Endpoint for ListStudentEnrollments {
    const ROUTE: Route =
        Route::get("/nutror/v1/students/:id/enrollments").scopes(&["nutror_my_students_read"]);
    type Output = Page<Enrollment>;

    fn describe(&self, call: &mut Call) {
        call.path("id", &self.id).page(self.page, self.items_per_page);
    }
}
