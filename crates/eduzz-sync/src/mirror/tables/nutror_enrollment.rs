//! Enrolments at Nutror: `GET /nutror/v1/students/:id/enrollments`.

use alloc::borrow::ToOwned as _;
use alloc::string::String;

use eduzz_types::ReadError;
use eduzz_types::nutror::{Enrollment, EnrollmentStatus};

use super::{Of, Table, fields};

impl Table for Of<Enrollment> {
    fields! {
        [Text] "student_id", ":id", "The student, from the path of the call.",
            |enrolled| Some(&enrolled.parent);
        [Text] "id", "id", "The id of the enrolment.", |enrolled| Some(enrolled.record.id.as_str());
        [Text] "status", "status", "The status: `active` or `inactive`, by an integration (Q59).",
            Self::status;
        [Time] "created", "createdAt", "When the student was enrolled.",
            |enrolled| enrolled.record.created_at.as_ref();
        [Flag] "all_modules_released", "allModulesReleased", "Whether all modules were released.",
            |enrolled| enrolled.record.all_modules_released;
        [Time] "expired", "expiredAt", "When the access ends; missing if it does not.",
            |enrolled| enrolled.record.expired_at.as_ref();
        [Time] "accepted_term", "acceptedTermAt", "When the student accepted the terms.",
            |enrolled| enrolled.record.accepted_term_at.as_ref();
        [Text] "content_type", "content.type", "The kind of what was bought; no value is documented.",
            |enrolled| enrolled.record.content.as_ref()?.kind.as_deref();
        [Int] "courses", "content.courses[]",
            "How many courses it has; the columns below are of the first, `raw` has all.",
            |enrolled| i64::try_from(enrolled.record.content.as_ref()?.courses.len()).ok();
        [Text] "course_title", "content.courses[0].title", "The title of the first course.",
            |enrolled| enrolled.record.content.as_ref()?.courses.first()?.title.as_deref();
        [Text] "course_hash", "content.courses[0].hash", "The key of the first course.",
            |enrolled| Some(enrolled.record.content.as_ref()?.courses.first()?.hash.as_ref()?.as_str());
        [Decimal] "progress", "progress", "The progress; its unit is not documented.",
            |enrolled| Some(enrolled.record.progress?.0);
    }

    fn parse(parent: &str, json: &str) -> Result<Self, ReadError> {
        Self::owned(parent, json)
    }

    fn key(&self) -> String {
        self.record.id.as_str().to_owned()
    }

    fn status(&self) -> Option<&str> {
        self.record.status.as_ref().map(EnrollmentStatus::as_str)
    }
}
