//! `PUT /nutror/v1/courses/:courseId` — changes a course's basics.

use alloc::string::String;

use eduzz_types::Acknowledged;
use eduzz_types::nutror::CourseId;
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Changes a course's basics (docs page `/reference/api/put-nutror-v1-courses-courseId`).
///
/// At least one must be set. Whether what is not sent stays as it is, or is emptied, is not documented (Q64).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct UpdateCourse {
    /// The course.
    pub course_id: CourseId,
    /// The title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Number of the author; no answer tells it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author_id: Option<u64>,
    /// Whether it is published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<bool>,
}

setters!(UpdateCourse {
    title: String,
    description: String,
    author_id: u64,
    published: bool,
});

impl UpdateCourse {
    /// Changes the course, as is set.
    #[must_use]
    pub fn new(course_id: impl Into<CourseId>) -> Self {
        Self {
            course_id: course_id.into(),
            title: None,
            description: None,
            author_id: None,
            published: None,
        }
    }
}

impl Endpoint for UpdateCourse {
    const ROUTE: Route = Route::put("/nutror/v1/courses/:courseId")
        .scopes(&["nutror_courses_write"])
        .empty_body_is_success();
    type Output = Acknowledged;

    fn describe(&self, call: &mut Call) {
        call.path("courseId", &self.course_id).json_change(
            "title, description, author_id, published",
            &Body {
                title: self.title.as_deref(),
                description: self.description.as_deref(),
                author_id: self.author_id,
                published: self.published,
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
    description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    author_id: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<bool>,
}
