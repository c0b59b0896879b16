//! `GET /nutror/v1/students` — the students, a page at a time.

use eduzz_types::nutror::{Student, StudentId};
use eduzz_types::{Page, PersonalText};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Lists the students, a page at a time (docs page `/reference/api/get-nutror-v1-students`).
///
/// One integration reports that a page has at most 50 students and that there are at most 50 pages,
/// so that no more than 2,500 students can be listed: a longer walk ends there with
/// `RowsMayBeMissing`. Find other students by e-mail address (Q67).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct ListStudents {
    /// Only the student with this id.
    pub id: Option<StudentId>,
    /// Only the students with this e-mail address. The match may be loose: compare the addresses in
    /// the answer (Q67).
    pub email: Option<PersonalText>,
    /// The page to read, counted from 1.
    pub page: Option<u32>,
    /// Number of students per page; 10 in the documented example, at most 50 (Q67).
    pub items_per_page: Option<u32>,
}

builder!(ListStudents {
    /// Lists the students.
    const new();
    id: StudentId,
    email: PersonalText,
    page: u32,
    items_per_page: u32,
});

paged!(ListStudents, Student);

impl Endpoint for ListStudents {
    const ROUTE: Route = Route::get("/nutror/v1/students").scopes(&["nutror_my_students_read"]);
    type Output = Page<Student>;

    fn describe(&self, call: &mut Call) {
        call.query_opt("id", self.id.as_ref())
            .query_opt("email", self.email.as_ref().map(PersonalText::as_str))
            .page(self.page, self.items_per_page);
    }
}
