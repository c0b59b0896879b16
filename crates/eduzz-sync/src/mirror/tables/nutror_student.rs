//! Students at Nutror: `GET /nutror/v1/students`.

use alloc::borrow::ToOwned as _;
use alloc::string::String;

use eduzz_types::nutror::Student;

use super::{Table, fields};

impl Table for Student {
    fields! {
        [Text] "id", "id", "The id of the student at Nutror.", |student| Some(student.id.as_str());
        personal [Text] "name", "name", "The name.", |student| Some(student.name.as_ref()?.as_str());
        personal [Text] "email", "email", "The e-mail address.",
            |student| Some(student.email.as_ref()?.as_str());
        personal [Text] "avatar", "avatar", "The address of the picture.",
            |student| Some(student.avatar.as_ref()?.as_str());
    }

    fn key(&self) -> String {
        self.id.as_str().to_owned()
    }
}
