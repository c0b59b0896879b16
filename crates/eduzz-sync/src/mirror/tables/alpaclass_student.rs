//! Students at Alpaclass: `GET /alpaclass/v1/producer/teams/:teamId/students`.

use alloc::string::String;

use eduzz_types::ReadError;
use eduzz_types::alpaclass::Student;

use super::{Of, Table, fields};
use crate::mirror::record::joined;

impl Table for Of<Student> {
    fields! {
        [Text] "team_id", ":teamId", "The school, from the path of the call.",
            |student| Some(&student.parent);
        [Text] "id", "id", "The id of the student in the school.",
            |student| Some(student.record.id.as_str());
        personal [Text] "name", "name", "The name.",
            |student| Some(student.record.name.as_ref()?.as_str());
        personal [Text] "email", "email", "The e-mail address.",
            |student| Some(student.record.email.as_ref()?.as_str());
        [Time] "created", "createdAt", "When the student was registered.",
            |student| student.record.created_at.as_ref();
    }

    fn parse(parent: &str, json: &str) -> Result<Self, ReadError> {
        Self::owned(parent, json)
    }

    fn key(&self) -> String {
        joined(&self.parent, self.record.id.as_str())
    }
}
