//! The ids of Nutror. Other products have other ids for students, courses and comments.

id! {
    /// Id of a comment at Nutror; a number in the examples of the calls, a text in those of the
    /// webhooks.
    CommentId;
    /// Id of an answer to a comment at Nutror.
    AnswerId;
    /// Id of a lesson at Nutror; no call reads lessons.
    LessonId;
    /// Id of a course at Nutror; a number in the examples.
    CourseId;
    /// Key of a course at Nutror, 40 hex digits in the examples: how enrolments and webhooks name
    /// it.
    CourseHash;
    /// Code of the type of a course at Nutror, such as `1`; their meaning is not documented.
    CourseType;
    /// Id of the category of a course at Nutror.
    CategoryId;
    /// Id of a module of a course at Nutror.
    ModuleId;
    /// Id of a student at Nutror: 32 hex digits, or digits. That it is the student's
    /// [`NutrorId`](crate::NutrorId) is not documented.
    StudentId;
    /// Id of an enrolment at Nutror: a student's access. Its form is not documented.
    EnrollmentId;
}
