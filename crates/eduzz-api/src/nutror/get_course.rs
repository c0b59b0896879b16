//! `GET /nutror/v1/courses/:courseId` — one course's details.

use eduzz_types::nutror::{Course, CourseId};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Reads a course's details (docs page `/reference/api/get-nutror-v1-courses-courseId`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct GetCourse {
    /// The course.
    pub course_id: CourseId,
}

builder!(GetCourse {
    /// Reads the course.
    new(course_id: impl Into<CourseId>);
});

impl Endpoint for GetCourse {
    const ROUTE: Route = Route::get("/nutror/v1/courses/:courseId").scopes(&["nutror_courses_read"]);
    type Output = Course;

    fn describe(&self, call: &mut Call) {
        call.path("courseId", &self.course_id);
    }
}
