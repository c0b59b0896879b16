//! Nutror: learners' actions in a course.
//!
//! Every event has the producer, the learner, and when it happened (`created_at`), in two forms:
//! ISO 8601 in UTC, and in five events `2026-03-02 10:00:00` without a zone, which
//! [`DateTime::timestamp`](crate::DateTime::timestamp) refuses (Q106). There is no id of producer
//! or learner: the e-mail address is the only key (Q117).

use alloc::boxed::Box;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::nutror::{CommentId, CourseHash, LessonId, ModuleId};
use crate::page::filled;
use crate::scalar::optional_count;
use crate::{DateTime, EduzzId, ExactNumber, PersonalText};

/// A learner's action on a course: the data of four events (docs pages
/// `/reference/webhook/nutror-certificate-viewed` and its siblings).
///
/// | Event | The learner | `created_at` |
/// |---|---|---|
/// | `nutror.certificate_viewed` | opened the certificate | without a zone |
/// | `nutror.community_viewed` | opened the link of a community; the event does not name it | in UTC |
/// | `nutror.inactive_student` | became inactive: see [`Course::inactive_days`] | without a zone |
/// | `nutror.learner_help` | asked for help; the event does not have the text | without a zone |
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CourseActivity {
    /// Owner of the course.
    pub producer: Option<Producer>,
    /// The learner.
    pub learner: Learner,
    /// The course; absent in deliveries of 2023, which have [`courses`](Self::courses).
    pub course: Option<Course>,
    /// The courses, in the form of 2023 (Q159).
    #[serde(default, deserialize_with = "filled", skip_serializing_if = "Vec::is_empty")]
    pub courses: Vec<Course>,
    /// When it happened.
    pub created_at: Option<DateTime>,
}

impl CourseActivity {
    /// The course, or the first one in the form of 2023 (Q159).
    #[must_use]
    pub fn first_course(&self) -> Option<&Course> {
        self.course.as_ref().or_else(|| self.courses.first())
    }
}

/// A learner's action on a lesson: the data of six events (docs pages
/// `/reference/webhook/nutror-lesson-watched` and its siblings).
///
/// | Event | The learner | `created_at` |
/// |---|---|---|
/// | `nutror.file_downloaded` | downloaded a file; the event does not name it | in UTC |
/// | `nutror.lesson_rated` | rated the lesson: see [`Lesson::rating`] | without a zone |
/// | `nutror.lesson_saved` | bookmarked the lesson | in UTC |
/// | `nutror.lesson_started` | started the lesson | in UTC |
/// | `nutror.lesson_watched` | finished the lesson: see [`Course::progress`] | in UTC |
/// | `nutror.notation_created` | wrote a note; the event does not have its text | in UTC |
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct LessonActivity {
    /// Owner of the course.
    pub producer: Option<Producer>,
    /// The learner.
    pub learner: Learner,
    /// The course.
    pub course: Option<Course>,
    /// The lesson.
    pub lesson: Option<Lesson>,
    /// When it happened.
    pub created_at: Option<DateTime>,
}

/// The data of `nutror.module_completed`: a learner finished a module (docs page
/// `/reference/webhook/nutror-module-completed`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ModuleCompleted {
    /// Owner of the course.
    pub producer: Option<Producer>,
    /// The learner.
    pub learner: Learner,
    /// The course.
    pub course: Option<Course>,
    /// The module.
    pub module: Option<Module>,
    /// The lesson that was finished last.
    pub lesson: Option<Lesson>,
    /// When it happened, in UTC.
    pub created_at: Option<DateTime>,
}

/// A learner's action on a comment on a lesson: the data of three events (docs pages
/// `/reference/webhook/nutror-comment-created` and its siblings).
///
/// | Event | The learner |
/// |---|---|
/// | `nutror.comment_created` | commented on the lesson |
/// | `nutror.comment_deleted` | deleted a comment of their own |
/// | `nutror.comment_replied` | answered a comment; whether the producer's answers cause this event is not documented |
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CommentActivity {
    /// Owner of the course.
    pub producer: Option<Producer>,
    /// The learner.
    pub learner: Learner,
    /// The course.
    pub course: Option<Course>,
    /// The lesson.
    pub lesson: Option<Lesson>,
    /// The comment; absent in `nutror.comment_created` of 2024 (Q159).
    pub comment: Option<Comment>,
    /// When it happened, in UTC.
    pub created_at: Option<DateTime>,
}

/// The data of `nutror.enrollment_created`: a learner was enrolled (docs page
/// `/reference/webhook/nutror-enrollment-created`).
///
/// It has no `course`, but the product and its courses; the page has only an example (Q116).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct EnrollmentCreated {
    /// Owner of the course.
    pub producer: Option<Producer>,
    /// The enrolled learner.
    pub learner: Learner,
    /// The product.
    pub content: Option<Content>,
    /// The courses that it gives access to.
    #[serde(default, deserialize_with = "filled")]
    pub courses: Vec<Course>,
    /// When it happened, without a zone.
    pub created_at: Option<DateTime>,
}

/// Owner of the course.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Producer {
    /// Number of the producer at Eduzz, in the form of 2023 (Q159).
    pub eduzz_id: Option<EduzzId>,
    /// The e-mail address.
    pub email: Option<PersonalText>,
    /// The name.
    pub name: Option<PersonalText>,
}

/// A learner. There is no id: the e-mail address is the key (Q117), if present (Q104).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Learner {
    /// The e-mail address.
    pub email: Option<PersonalText>,
    /// The name.
    pub name: Option<PersonalText>,
}

/// A course.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Course {
    /// Key of the course.
    pub hash: Option<CourseHash>,
    /// Title of the course.
    pub title: Option<Box<str>>,
    /// The learner's progress in the course, in percent: in `nutror.lesson_watched`. Older
    /// deliveries do not have it (Q107).
    pub progress: Option<ExactNumber>,
    /// Number of days without activity: in `nutror.inactive_student`. A table of 2024 calls it a
    /// text (Q108).
    #[serde(default, deserialize_with = "optional_count")]
    pub inactive_days: Option<u64>,
}

/// The product: a course, or several together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Content {
    /// Its key, in the form of a course's.
    pub hash: Option<CourseHash>,
    /// Title of it.
    pub title: Option<Box<str>>,
}

/// A lesson.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Lesson {
    /// Id of the lesson.
    pub id: Option<LessonId>,
    /// Title of the lesson.
    pub title: Option<Box<str>>,
    /// The learner's score: of `nutror.lesson_rated`. The scale is not documented; 5 in the
    /// example.
    pub rating: Option<ExactNumber>,
}

/// A module of a course.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Module {
    /// Id of the module.
    pub id: Option<ModuleId>,
    /// Title of the module.
    pub title: Option<Box<str>>,
}

/// A comment on a lesson.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Comment {
    /// Id of the comment.
    pub id: CommentId,
    /// What was written.
    pub text: Option<PersonalText>,
    /// The comment that it answers; null without one, and absent in `nutror.comment_created`
    /// (Q119).
    pub parent_id: Option<CommentId>,
}
