//! `PUT /nutror/v1/courses/:courseId/customization` — changes a course's images.

use alloc::string::String;

use eduzz_types::Acknowledged;
use eduzz_types::nutror::CourseId;
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Changes a course's images, which are given by their addresses (docs page
/// `/reference/api/put-nutror-v1-courses-courseId-customization`).
///
/// At least one must be set. Whether an omitted field keeps its value or is emptied is not
/// documented (Q64). The background in light colours can be read, but not set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all(serialize = "camelCase"), deny_unknown_fields)]
#[non_exhaustive]
pub struct UpdateCourseImages {
    /// The course.
    #[serde(skip_serializing)]
    pub course_id: CourseId,
    /// The image of lessons without one of their own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lessons_default_image: Option<String>,
    /// The image of modules without one of their own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modules_default_image: Option<String>,
    /// The background.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub background: Option<String>,
}

builder!(UpdateCourseImages {
    /// Changes the images of the course; set at least one field before sending.
    new(course_id: impl Into<CourseId>);
    lessons_default_image: String,
    modules_default_image: String,
    background: String,
});

impl Endpoint for UpdateCourseImages {
    const ROUTE: Route = Route::put("/nutror/v1/courses/:courseId/customization")
        .scopes(&["nutror_courses_write"])
        .empty_body_is_success();
    type Output = Acknowledged;

    fn describe(&self, call: &mut Call) {
        call.path("courseId", &self.course_id)
            .json_change(Self::SETTABLE, self);
    }
}
