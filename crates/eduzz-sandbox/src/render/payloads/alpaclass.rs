//! Alpaclass: students.

use crate::render::json::{Json, object};
use crate::state::alpaclass::{Schools, Student};

/// The data of the event.
pub(crate) fn data(schools: &Schools, (student, team): &(Student, String)) -> Json {
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
        "team" => object! { "id" => team, "name" => schools.team(team).map(|team| team.name) },
    }
}
