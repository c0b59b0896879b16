//! Alpaclass: students.

use super::Tells;
use crate::http::json::{Json, object};
use crate::state::alpaclass::{Schools, Student};
use crate::state::shop::Producer;

impl Tells for Schools {
    type News = (Student, String);

    fn take_news(&mut self) -> Vec<Self::News> {
        std::mem::take(&mut self.news)
    }

    fn event(_: &Self::News) -> &'static str {
        "alpaclass.student_created"
    }

    fn data(&self, _: &Producer, (student, team): &Self::News) -> Json {
        object! {
            "student" => object! {
                "id" => &student.id,
                "name" => &student.name,
                "email" => &student.email,
                "document" => student.document.as_ref(),
                "phone" => student.phone.as_ref(),
                "createdAt" => student.created.with_millis(),
                "locale" => "pt_BR",
            },
            "team" => object! { "id" => team, "name" => self.team(team).map(|team| team.name) },
        }
    }
}
