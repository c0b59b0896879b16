//! `PUT /nutror/v1/courses/:courseId/advanced` — changes a course's advanced settings.

use alloc::string::String;

use eduzz_types::nutror::CourseId;
use eduzz_types::{Acknowledged, Date, ExactNumber};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Changes a course's advanced settings (docs page `/reference/api/put-nutror-v1-courses-courseId-advanced`).
///
/// At least one must be set. Whether what is not sent stays as it is, or is emptied, is not documented (Q64). The address for
/// replies, the manual watching and the type of a course can be read and not be set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct UpdateCourseAdvanced {
    /// The course.
    pub course_id: CourseId,
    /// For how many days a student has access.
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
    /// How long it is; the unit is not documented.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration: Option<ExactNumber>,
    /// How far a student must have come for the certificate; likely per cent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate_progress: Option<ExactNumber>,
    /// Address of a help page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub support_external_url: Option<String>,
    /// Whether several accesses at once are allowed, by its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allow_multiple_access: Option<bool>,
    /// Whether the course's office (secretaria) is shown, by its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secretary_status: Option<bool>,
    /// Address of the course's office (secretaria).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secretary_url: Option<String>,
}

setters!(UpdateCourseAdvanced {
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

impl UpdateCourseAdvanced {
    /// Changes the course, as is set.
    #[must_use]
    pub fn new(course_id: impl Into<CourseId>) -> Self {
        Self {
            course_id: course_id.into(),
            days_available: None,
            release_date: None,
            progress_bar: None,
            pixel_facebook: None,
            pixel_google_analytics: None,
            duration: None,
            certificate_progress: None,
            support_external_url: None,
            allow_multiple_access: None,
            secretary_status: None,
            secretary_url: None,
        }
    }
}

impl Endpoint for UpdateCourseAdvanced {
    const ROUTE: Route = Route::put("/nutror/v1/courses/:courseId/advanced")
        .scopes(&["nutror_courses_write"])
        .empty_body_is_success();
    type Output = Acknowledged;

    fn describe(&self, call: &mut Call) {
        call.path("courseId", &self.course_id)
            .valid_day("release_date", self.release_date.as_ref())
            .json_change("days_available, release_date, progress_bar, pixel_facebook, pixel_google_analytics, duration, certificate_progress, support_external_url, allow_multiple_access, secretary_status, secretary_url", &Body {
            days_available: self.days_available,
            release_date: self.release_date.as_ref(),
            progress_bar: self.progress_bar,
            pixel_facebook: self.pixel_facebook.as_deref(),
            pixel_google_analytics: self.pixel_google_analytics.as_deref(),
            duration: self.duration,
            certificate_progress: self.certificate_progress,
            support_external_url: self.support_external_url.as_deref(),
            allow_multiple_access: self.allow_multiple_access,
            secretary_status: self.secretary_status,
            secretary_url: self.secretary_url.as_deref(),
        });
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    days_available: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    release_date: Option<&'a Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    progress_bar: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pixel_facebook: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pixel_google_analytics: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    duration: Option<ExactNumber>,
    #[serde(skip_serializing_if = "Option::is_none")]
    certificate_progress: Option<ExactNumber>,
    #[serde(skip_serializing_if = "Option::is_none")]
    support_external_url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    allow_multiple_access: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    secretary_status: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    secretary_url: Option<&'a str>,
}
