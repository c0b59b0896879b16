//! `PUT /nutror/v1/courses/:courseId/advanced` — changes a course's advanced settings.

use alloc::string::String;

use eduzz_types::nutror::CourseId;
use eduzz_types::{Acknowledged, Date, ExactNumber};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Changes a course's advanced settings (docs page
/// `/reference/api/put-nutror-v1-courses-courseId-advanced`).
///
/// At least one must be set. Whether an omitted field keeps its value or is emptied is not
/// documented (Q64). The address for replies, the manual watching and the type of a course can be
/// read, but not set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all(serialize = "camelCase"), deny_unknown_fields)]
#[non_exhaustive]
pub struct UpdateCourseAdvanced {
    /// The course.
    #[serde(skip_serializing)]
    pub course_id: CourseId,
    /// Number of days that a student has access.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days_available: Option<u32>,
    /// The day on which it is released.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub release_date: Option<Date>,
    /// Whether a progress bar is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub progress_bar: Option<bool>,
    /// Id of the course at Facebook's statistics.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pixel_facebook: Option<String>,
    /// Id of the course at Google Analytics.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pixel_google_analytics: Option<String>,
    /// Its length; the unit is not documented.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration: Option<ExactNumber>,
    /// The progress required for the certificate; likely per cent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate_progress: Option<ExactNumber>,
    /// Address of a help page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub support_external_url: Option<String>,
    /// Whether several accesses at once are allowed, judging by its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allow_multiple_access: Option<bool>,
    /// Whether the course's office (secretaria) is shown, judging by its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secretary_status: Option<bool>,
    /// Address of the course's office (secretaria).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secretary_url: Option<String>,
}

builder!(UpdateCourseAdvanced {
    /// Changes the course; set at least one field before sending.
    new(course_id: impl Into<CourseId>);
    days_available: u32,
    release_date: Date,
    progress_bar: bool,
    pixel_facebook: String,
    pixel_google_analytics: String,
    duration: ExactNumber,
    certificate_progress: ExactNumber,
    support_external_url: String,
    allow_multiple_access: bool,
    secretary_status: bool,
    secretary_url: String,
});

impl Endpoint for UpdateCourseAdvanced {
    const ROUTE: Route = Route::put("/nutror/v1/courses/:courseId/advanced")
        .scopes(&["nutror_courses_write"])
        .empty_body_is_success();
    type Output = Acknowledged;

    fn describe(&self, call: &mut Call) {
        call.path("courseId", &self.course_id)
            .valid_day("release_date", self.release_date.as_ref())
            .json_change(Self::SETTABLE, self);
    }
}
