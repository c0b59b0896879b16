//! `DELETE /nutror/v1/courses/:courseId` — deletes a course.

use eduzz_types::Acknowledged;
use eduzz_types::nutror::CourseId;
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Deletes a course (docs page `/reference/api/delete-nutror-v1-courses-courseId`).
///
/// It is answered with 200 and a message. A second deletion is answered with 404.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct DeleteCourse {
    /// The course.
    pub course_id: CourseId,
}

builder!(DeleteCourse {
    /// Deletes the course.
    new(course_id: impl Into<CourseId>);
});

impl Endpoint for DeleteCourse {
    const ROUTE: Route = Route::delete("/nutror/v1/courses/:courseId")
        .scopes(&["nutror_courses_write"])
        .empty_body_is_success();
    type Output = Acknowledged;

    fn describe(&self, call: &mut Call) {
        call.path("courseId", &self.course_id);
    }
}
