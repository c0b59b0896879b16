//! Nutror: courses, students and comments.

mod comments;
mod courses;
mod error_kind;
mod ids;
mod students;

pub use comments::{Comment, CommentStatus, CommentType};
pub use courses::{Course, CourseCategory, CourseImages, CourseProduct, CourseSummary, Module};
pub use error_kind::ErrorKind;
pub use ids::{
    AnswerId, CategoryId, CommentId, CourseHash, CourseId, CourseType, EnrollmentId, LessonId, ModuleId,
    StudentId,
};
pub use students::{EnrolledCourse, Enrollment, EnrollmentContent, EnrollmentStatus, Student};
