//! Students and their enrolments.

use alloc::boxed::Box;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::{CourseHash, EnrollmentId, StudentId};
use crate::page::filled;
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

/// A student's access: the item of `GET /nutror/v1/students/:id/enrollments` (docs page
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
    /// Whether all modules were released, including locked ones.
    pub all_modules_released: Option<bool>,
    /// When the access ends; `None` if it does not, or is unknown.
    pub expired_at: Option<DateTime>,
    /// When the student accepted the terms; `None` if they did not.
    pub accepted_term_at: Option<DateTime>,
    /// What was bought.
    pub content: Option<EnrollmentContent>,
    /// The student's progress; its unit is not documented.
    pub progress: Option<ExactNumber>,
}

open_enum! {
    /// Status of an enrolment. The two values are known from an integration (Q59).
    EnrollmentStatus {
        /// Judging by its name, the student has access.
        Active = "active",
        /// Judging by its name, the student has none.
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
    #[serde(default, deserialize_with = "filled")]
    pub courses: Vec<EnrolledCourse>,
}

/// A course in an [`EnrollmentContent`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct EnrolledCourse {
    /// The title.
    pub title: Option<Box<str>>,
    /// The course; it has no [`CourseId`](super::CourseId) here.
    pub hash: Option<CourseHash>,
}
