//! `GET /nutror/v1/courses/:courseId/modules` — the modules of a course, all at once.

use eduzz_types::ListOrOne;
use eduzz_types::nutror::{CourseId, Module};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Lists the modules of a course, all at once (docs page
/// `/reference/api/get-nutror-v1-courses-courseId-modules`).
///
/// The documented answer is one module alone; a list is read in whichever shape it comes (Q62).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ListCourseModules {
    /// The course.
    pub course_id: CourseId,
}

builder!(ListCourseModules {
    /// Lists the modules of the course.
    new(course_id: impl Into<CourseId>);
});

impl Endpoint for ListCourseModules {
    const ROUTE: Route = Route::get("/nutror/v1/courses/:courseId/modules").scopes(&["nutror_courses_read"]);
    type Output = ListOrOne<Module>;

    fn describe(&self, call: &mut Call) {
        call.path("courseId", &self.course_id);
    }
}
