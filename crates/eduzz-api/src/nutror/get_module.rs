//! `GET /nutror/v1/courses/:courseId/modules/:moduleId` — one module of a course.

use eduzz_types::nutror::{CourseId, Module, ModuleId};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Reads a module of a course (docs page
/// `/reference/api/get-nutror-v1-courses-courseId-modules-moduleId`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct GetModule {
    /// The course.
    pub course_id: CourseId,
    /// The module.
    pub module_id: ModuleId,
}

builder!(GetModule {
    /// Reads the module.
    new(course_id: impl Into<CourseId>, module_id: impl Into<ModuleId>);
});

impl Endpoint for GetModule {
    const ROUTE: Route =
        Route::get("/nutror/v1/courses/:courseId/modules/:moduleId").scopes(&["nutror_courses_read"]);
    type Output = Module;

    fn describe(&self, call: &mut Call) {
        call.path("courseId", &self.course_id)
            .path("moduleId", &self.module_id);
    }
}
