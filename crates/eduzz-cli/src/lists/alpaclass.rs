//! The fields of what Alpaclass has.

use eduzz_api::alpaclass::{ListTeamStudentEnrollments, ListTeamStudents};
use eduzz_types::alpaclass::{Enrollment, Student, Team};

use crate::lang::Lang;
use crate::lists::{Fields, Heading, Listed};

// How the service reads the days of a filter is not documented (Q127), so they are not cut into slices.
impl Listed for ListTeamStudents {
    const COMMAND: &'static str = "alpaclass students list";
}

impl Listed for ListTeamStudentEnrollments {
    const COMMAND: &'static str = "alpaclass students enrollments";
}

impl Fields for Team {
    const CSV: &'static [&'static str] = &["id", "name", "url"];
    const TABLE: &'static [Heading] = &[
        ("id", Lang::column_id),
        ("name", Lang::column_name_of),
        ("url", Lang::column_address),
    ];
}

impl Fields for Student {
    // The list has neither telephone nor document (Q125).
    const CSV: &'static [&'static str] = &["id", "name", "email", "createdAt", "phone", "document"];
    const TABLE: &'static [Heading] = &[
        ("id", Lang::column_id),
        ("createdAt", Lang::column_registered),
        ("name", Lang::column_name_of),
        ("email", Lang::column_email),
    ];
}

impl Fields for Enrollment {
    const CSV: &'static [&'static str] = &[
        "id",
        "createdAt",
        "progress",
        "course.id",
        "course.name",
        "certificateUrl",
    ];
    const TABLE: &'static [Heading] = &[
        ("id", Lang::column_id),
        ("createdAt", Lang::column_enrolled),
        ("course.name", Lang::column_course),
        ("progress", Lang::column_progress),
        ("certificateUrl", Lang::column_certificate),
    ];
}
