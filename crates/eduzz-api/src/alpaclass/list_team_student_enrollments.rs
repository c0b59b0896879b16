//! `GET /alpaclass/v1/producer/teams/:teamId/students/:studentId/enrollments` — enrolments.

use eduzz_types::Page;
use eduzz_types::alpaclass::{Enrollment, TeamId, TeamStudentId};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Lists a student's enrolments in the courses of a school, a page at a time (docs page
/// `/reference/api/get-alpaclass-v1-producer-teams-teamId-students-studentId-enrollments`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ListTeamStudentEnrollments {
    /// The school.
    pub team_id: TeamId,
    /// The student.
    pub student_id: TeamStudentId,
    /// The page to read, counted from 1; the default is not documented.
    pub page: Option<u32>,
    /// Number of enrolments per page; neither a default nor a maximum is documented.
    pub items_per_page: Option<u32>,
}

builder!(ListTeamStudentEnrollments {
    /// Lists the enrolments of the student.
    new(team_id: impl Into<TeamId>, student_id: impl Into<TeamStudentId>);
    page: u32,
    items_per_page: u32,
});

paged!(ListTeamStudentEnrollments, Enrollment);

impl Endpoint for ListTeamStudentEnrollments {
    const ROUTE: Route = Route::get("/alpaclass/v1/producer/teams/:teamId/students/:studentId/enrollments")
        .scopes(&["alpaclass_student_read"]);
    type Output = Page<Enrollment>;

    fn describe(&self, call: &mut Call) {
        call.path("teamId", &self.team_id)
            .path("studentId", &self.student_id)
            .page(self.page, self.items_per_page);
    }
}
