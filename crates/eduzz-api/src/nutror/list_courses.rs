//! `GET /nutror/v1/courses` — the courses, all at once.

use eduzz_types::ListOrOne;
use eduzz_types::nutror::CourseSummary;
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Lists the courses, all at once (docs page `/reference/api/get-nutror-v1-courses`).
///
/// The documentation has no query parameters, and its answer is one course alone; a list is read in
/// whichever shape it comes (Q62). A 404 says that nothing was found (code 2); an account without
/// courses may be answered so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ListCourses {}

builder!(ListCourses {
    /// Lists the courses.
    const new();
});

impl Endpoint for ListCourses {
    const ROUTE: Route = Route::get("/nutror/v1/courses").scopes(&["nutror_courses_read"]);
    type Output = ListOrOne<CourseSummary>;

    fn describe(&self, _: &mut Call) {}
}
