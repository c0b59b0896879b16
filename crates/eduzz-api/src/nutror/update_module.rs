//! `PUT /nutror/v1/courses/:courseId/modules/:moduleId` — changes a module of a course.

use alloc::string::String;

use eduzz_types::nutror::{CourseId, ModuleId};
use eduzz_types::{Acknowledged, Date};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Changes a module of a course (docs page
/// `/reference/api/put-nutror-v1-courses-courseId-modules-moduleId`).
///
/// At least one must be set. Whether an omitted field keeps its value or is emptied is not
/// documented (Q64); nor is how to remove a number of days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all(serialize = "camelCase"), deny_unknown_fields)]
#[non_exhaustive]
pub struct UpdateModule {
    /// The course.
    #[serde(skip_serializing)]
    pub course_id: CourseId,
    /// The module.
    #[serde(skip_serializing)]
    pub module_id: ModuleId,
    /// The title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Number of days after the enrolment before it is unlocked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days_locked: Option<u32>,
    /// Whether it is a draft.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_draft: Option<bool>,
    /// Number of days that a student has access.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub available_days: Option<u32>,
    /// The day on which it is released.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub release_date: Option<Date>,
    /// Its place in the course, counted from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sequence: Option<u32>,
    /// Whether it is free.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_free: Option<bool>,
}

builder!(UpdateModule {
    /// Changes the module; set at least one field before sending.
    new(course_id: impl Into<CourseId>, module_id: impl Into<ModuleId>);
    title: String,
    days_locked: u32,
    is_draft: bool,
    available_days: u32,
    release_date: Date,
    sequence: u32,
    is_free: bool,
});

impl Endpoint for UpdateModule {
    const ROUTE: Route = Route::put("/nutror/v1/courses/:courseId/modules/:moduleId")
        .scopes(&["nutror_courses_write"])
        .empty_body_is_success();
    type Output = Acknowledged;

    fn describe(&self, call: &mut Call) {
        call.path("courseId", &self.course_id)
            .path("moduleId", &self.module_id)
            .valid_day("release_date", self.release_date.as_ref())
            .json_change(Self::SETTABLE, self);
    }
}
