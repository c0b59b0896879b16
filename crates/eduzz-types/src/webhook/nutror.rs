//! Nutror: what learners do in a course.
