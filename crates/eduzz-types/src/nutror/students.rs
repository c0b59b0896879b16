//! Students, and what they have access to.

use alloc::boxed::Box;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::{CourseHash, EnrollmentId, StudentId};
use crate::page::null_is_empty;
use crate::{DateTime, ExactNumber, PersonalText};

/// A student: the item of `GET /nutror/v1/students`, and the answer of
/// `GET /nutror/v1/students/:id` (docs pages `/reference/api/get-nutror-v1-students`,
/// `/reference/api/get-nutror-v1-students-id`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Student {
    /// Id of the student.
    pub id: StudentId,
    /// The name.
    pub name: Option<PersonalText>,
    /// The e-mail address.
    pub email: Option<PersonalText>,
    /// Address of the picture; null in a documented example.
    pub avatar: Option<PersonalText>,
}

/// What a student has access to: the item of `GET /nutror/v1/students/:id/enrollments` (docs page
/// `/reference/api/get-nutror-v1-students-id-enrollments`).
///
/// The documented example is an empty list. The fields are those that an integration reads (Q59).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Enrollment {
    /// Id of the enrolment.
    pub id: EnrollmentId,
    /// When the student was enrolled.
    pub created_at: Option<DateTime>,
    /// Its status.
    pub status: Option<EnrollmentStatus>,
    /// Whether all modules were released, those too that are still locked otherwise.
    pub all_modules_released: Option<bool>,
    /// When the access ends; none when it does not, or is not known.
    pub expired_at: Option<DateTime>,
    /// When the student accepted the terms; none when they did not.
    pub accepted_term_at: Option<DateTime>,
    /// What was bought.
    pub content: Option<EnrollmentContent>,
    /// How far the student has come; its unit is not documented.
    pub progress: Option<ExactNumber>,
}

open_enum! {
    /// Status of an enrolment. The two values are those that an integration knows (Q59).
    EnrollmentStatus {
        /// By its name, the student has access.
        Active = "active",
        /// By its name, the student has none.
        Inactive = "inactive",
    }
}

/// Content that an [`Enrollment`] gives access to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct EnrollmentContent {
    /// Its kind; no value is known.
    #[serde(rename = "type")]
    pub kind: Option<Box<str>>,
    /// The courses in it.
    #[serde(default, deserialize_with = "null_is_empty")]
    pub courses: Vec<EnrolledCourse>,
}

/// A course in an [`EnrollmentContent`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct EnrolledCourse {
    /// The title.
    pub title: Option<Box<str>>,
    /// The course; its [`CourseId`](super::CourseId) does not stand here.
    pub hash: Option<CourseHash>,
}
