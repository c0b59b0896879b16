//! `DELETE /nutror/v1/courses/:courseId/modules/:moduleId` — deletes a module of a course.

use eduzz_types::Acknowledged;
use eduzz_types::nutror::{CourseId, ModuleId};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Deletes a module of a course (docs page
/// `/reference/api/delete-nutror-v1-courses-courseId-modules-moduleId`).
///
/// It is answered with 200 and a message. A second deletion is answered with 404.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct DeleteModule {
    /// The course.
    pub course_id: CourseId,
    /// The module.
    pub module_id: ModuleId,
}

builder!(DeleteModule {
    /// Deletes the module.
    new(course_id: impl Into<CourseId>, module_id: impl Into<ModuleId>);
});

impl Endpoint for DeleteModule {
    const ROUTE: Route = Route::delete("/nutror/v1/courses/:courseId/modules/:moduleId")
        .scopes(&["nutror_courses_write"])
        .empty_body_is_success();
    type Output = Acknowledged;

    fn describe(&self, call: &mut Call) {
        call.path("courseId", &self.course_id)
            .path("moduleId", &self.module_id);
    }
}
