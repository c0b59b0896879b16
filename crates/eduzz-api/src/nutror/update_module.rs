//! `PUT /nutror/v1/courses/:courseId/modules/:moduleId` — changes a module of a course.

use alloc::string::String;

use eduzz_types::nutror::{CourseId, ModuleId};
use eduzz_types::{Acknowledged, Date};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Changes a module of a course (docs page `/reference/api/put-nutror-v1-courses-courseId-modules-moduleId`).
///
/// At least one must be set. Whether what is not sent stays as it is, or is emptied, is not documented (Q64); nor is how a number of
/// days is taken away again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct UpdateModule {
    /// The course.
    pub course_id: CourseId,
    /// The module.
    pub module_id: ModuleId,
    /// The title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// For how many days after the enrolment it stays locked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days_locked: Option<u32>,
    /// Whether it is a draft.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_draft: Option<bool>,
    /// For how many days a student has access.
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

setters!(UpdateModule {
    title: String,
    days_locked: u32,
    is_draft: bool,
    available_days: u32,
    release_date: Date,
    sequence: u32,
    is_free: bool,
});

impl UpdateModule {
    /// Changes the module, as is set.
    #[must_use]
    pub fn new(course_id: impl Into<CourseId>, module_id: impl Into<ModuleId>) -> Self {
        Self {
            course_id: course_id.into(),
            module_id: module_id.into(),
            title: None,
            days_locked: None,
            is_draft: None,
            available_days: None,
            release_date: None,
            sequence: None,
            is_free: None,
        }
    }
}

impl Endpoint for UpdateModule {
    const ROUTE: Route = Route::put("/nutror/v1/courses/:courseId/modules/:moduleId")
        .scopes(&["nutror_courses_write"])
        .empty_body_is_success();
    type Output = Acknowledged;

    fn describe(&self, call: &mut Call) {
        call.path("courseId", &self.course_id)
            .path("moduleId", &self.module_id)
            .valid_day("release_date", self.release_date.as_ref())
            .json_change(
                "title, days_locked, is_draft, available_days, release_date, sequence, is_free",
                &Body {
                    title: self.title.as_deref(),
                    days_locked: self.days_locked,
                    is_draft: self.is_draft,
                    available_days: self.available_days,
                    release_date: self.release_date.as_ref(),
                    sequence: self.sequence,
                    is_free: self.is_free,
                },
            );
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    days_locked: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_draft: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    available_days: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    release_date: Option<&'a Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sequence: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_free: Option<bool>,
}
