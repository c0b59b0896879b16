//! `PUT /nutror/v1/courses/:courseId` — changes a course's basics.

use alloc::string::String;

use eduzz_types::Acknowledged;
use eduzz_types::nutror::CourseId;
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Changes a course's basics (docs page `/reference/api/put-nutror-v1-courses-courseId`).
///
/// At least one must be set. Whether an omitted field keeps its value or is emptied is not
/// documented (Q64).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all(serialize = "camelCase"), deny_unknown_fields)]
#[non_exhaustive]
pub struct UpdateCourse {
    /// The course.
    #[serde(skip_serializing)]
    pub course_id: CourseId,
    /// The title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Its description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Number of the author; no answer has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author_id: Option<u64>,
    /// Whether it is published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<bool>,
}

builder!(UpdateCourse {
    /// Changes the course; set at least one field before sending.
    new(course_id: impl Into<CourseId>);
    title: String,
    description: String,
    author_id: u64,
    published: bool,
});

impl Endpoint for UpdateCourse {
    const ROUTE: Route = Route::put("/nutror/v1/courses/:courseId")
        .scopes(&["nutror_courses_write"])
        .empty_body_is_success();
    type Output = Acknowledged;

    fn describe(&self, call: &mut Call) {
        call.path("courseId", &self.course_id)
            .json_change(Self::SETTABLE, self);
    }
}
