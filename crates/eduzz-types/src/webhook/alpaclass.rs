//! Alpaclass: students' actions in a school.

use alloc::boxed::Box;

use serde::{Deserialize, Serialize};

use crate::alpaclass::{TeamCourseId, TeamId, TeamStudentId};
use crate::personal::optional_digits;
use crate::{DateTime, ExactNumber, PersonalText};

/// The data of `alpaclass.student_created`: a student was registered in a school (docs page
/// `/reference/webhook/alpaclass-student-created`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct StudentCreated {
    /// The student, with all fields.
    pub student: Student,
    /// The school.
    pub team: Option<Team>,
}

/// A student's action on a course: the data of three events (docs pages
/// `/reference/webhook/alpaclass-student-course-finished` and its siblings).
///
/// | Event | The student |
/// |---|---|
/// | `alpaclass.student_course_finished` | finished the course |
/// | `alpaclass.student_course_last_seen` | was in the course; only the envelope's `sent_date` has the time, and its frequency is not documented (Q122) |
/// | `alpaclass.student_course_unfinished` | unmarked the course as finished |
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CourseActivity {
    /// The student.
    pub student: Student,
    /// The course.
    pub course: Option<Course>,
    /// The school.
    pub team: Option<Team>,
}

/// A student's action on a module: the data of two events (docs pages
/// `/reference/webhook/alpaclass-student-module-finished` and
/// `/reference/webhook/alpaclass-student-module-unfinished`).
///
/// | Event | The student |
/// |---|---|
/// | `alpaclass.student_module_finished` | finished the module |
/// | `alpaclass.student_module_unfinished` | unmarked the module as finished |
///
/// Their examples have neither the id of the delivery nor its date (Q105).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ModuleActivity {
    /// The student.
    pub student: Student,
    /// The module.
    pub module: Option<Module>,
    /// The course.
    pub course: Option<Course>,
    /// The school.
    pub team: Option<Team>,
}

/// A student's action on a lesson: the data of five events (docs pages
/// `/reference/webhook/alpaclass-student-lesson-finished` and its siblings).
///
/// | Event | The student |
/// |---|---|
/// | `alpaclass.student_lesson_finished` | finished the lesson: see [`progress`](Self::progress) |
/// | `alpaclass.student_lesson_last_seen` | was in the lesson; as with a course, only the envelope has the time (Q122) |
/// | `alpaclass.student_lesson_marked_as_favorite` | made the lesson a favourite |
/// | `alpaclass.student_lesson_unfinished` | unmarked the lesson as finished: see [`progress`](Self::progress) |
/// | `alpaclass.student_lesson_unmarked_as_favorite` | took the lesson off the favourites |
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct LessonActivity {
    /// The student's progress in the course, in percent: in the two events that change it.
    pub progress: Option<ExactNumber>,
    /// The student.
    pub student: Student,
    /// The lesson.
    pub lesson: Option<Lesson>,
    /// The module.
    pub module: Option<Module>,
    /// The course.
    pub course: Option<Course>,
    /// The school.
    pub team: Option<Team>,
}

/// The data of `alpaclass.student_comment_created`: a student commented on a lesson (docs page
/// `/reference/webhook/alpaclass-student-comment-created`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CommentCreated {
    /// The student.
    pub student: Student,
    /// The comment: a text, where Nutror has an object (Q118). It has no id.
    pub comment: Option<PersonalText>,
    /// The lesson.
    pub lesson: Option<Lesson>,
    /// The module.
    pub module: Option<Module>,
    /// The course.
    pub course: Option<Course>,
    /// The school.
    pub team: Option<Team>,
}

/// The data of `alpaclass.student_certificate_accessed`: a student opened the certificate (docs
/// page `/reference/webhook/alpaclass-student-certificate-accessed`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CertificateAccessed {
    /// The student.
    pub student: Student,
    /// The course.
    pub course: Option<Course>,
    /// The school.
    pub team: Option<Team>,
    /// Address of the certificate, a PDF with the student's name. Anyone with it can see the file.
    pub certificate_url: Option<PersonalText>,
}

/// A student of a school.
///
/// All but id, name and e-mail address are in `alpaclass.student_created` only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Student {
    /// Id of the student in this school; in another school the same person has another.
    pub id: TeamStudentId,
    /// The name.
    pub name: Option<PersonalText>,
    /// The e-mail address.
    pub email: Option<PersonalText>,
    /// The tax number, usually a CPF; with punctuation in the example (Q121).
    #[serde(default, deserialize_with = "optional_digits")]
    pub document: Option<PersonalText>,
    /// The telephone number, without the country's code in the example (Q121).
    #[serde(default, deserialize_with = "optional_digits")]
    pub phone: Option<PersonalText>,
    /// When the student was registered.
    pub created_at: Option<DateTime>,
    /// The student's language: `pt_BR`.
    pub locale: Option<Box<str>>,
}

/// A course.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Course {
    /// Id of the course.
    pub id: Option<TeamCourseId>,
    /// Name of the course.
    pub name: Option<Box<str>>,
}

/// A module of a course.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Module {
    /// Id of the module.
    pub id: Option<TeamModuleId>,
    /// Name of the module.
    pub name: Option<Box<str>>,
}

/// A lesson.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Lesson {
    /// Id of the lesson.
    pub id: Option<TeamLessonId>,
    /// Name of the lesson.
    pub name: Option<Box<str>>,
}

/// A school.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Team {
    /// Id of the school.
    pub id: Option<TeamId>,
    /// Name of the school.
    pub name: Option<Box<str>>,
}

id! {
    /// Id of a module of a course of an Alpaclass school; only webhooks have it.
    TeamModuleId;
    /// Id of a lesson of a course of an Alpaclass school; only webhooks have it.
    TeamLessonId;
}
