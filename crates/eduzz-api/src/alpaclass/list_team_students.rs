//! `GET /alpaclass/v1/producer/teams/:teamId/students` — the students of a school.

use eduzz_types::alpaclass::{Sort, Student, TeamId, TeamStudentId};
use eduzz_types::{DateTime, Page, PersonalText};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Lists the students of a school, a page at a time
/// (docs page `/reference/api/get-alpaclass-v1-producer-teams-teamId-students`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ListTeamStudents {
    /// The school.
    pub team_id: TeamId,
    /// The order of the list; the page shows it by name and by e-mail address (Q124).
    pub sort: Option<Sort>,
    /// Only the student with this id.
    pub id: Option<TeamStudentId>,
    /// Only the student with this e-mail address. It is part of the URL: servers and proxies may
    /// log it.
    pub email: Option<PersonalText>,
    /// Only the student with this tax number (CPF). It is part of the URL: servers and proxies may
    /// log it.
    pub document: Option<PersonalText>,
    /// Only students registered at this time or later. The form of a moment is not documented: it
    /// is sent as it is, a [`Date`](eduzz_types::Date) as a plain day (Q127).
    pub start_date: Option<DateTime>,
    /// Only students registered until then; whether a plain day is included is not documented
    /// (Q127).
    pub end_date: Option<DateTime>,
    /// Only students that are frozen, or only those that are not.
    pub is_frozen: Option<bool>,
    /// The page to read, counted from 1; the default is not documented.
    pub page: Option<u32>,
    /// Number of students per page; neither a default nor a maximum is documented.
    pub items_per_page: Option<u32>,
}

builder!(ListTeamStudents {
    /// Lists the students of the school.
    new(team_id: impl Into<TeamId>);
    sort: Sort,
    id: TeamStudentId,
    email: PersonalText,
    document: PersonalText,
    moments,
    is_frozen: bool,
    page: u32,
    items_per_page: u32,
});

paged!(ListTeamStudents, Student);

impl Endpoint for ListTeamStudents {
    const ROUTE: Route =
        Route::get("/alpaclass/v1/producer/teams/:teamId/students").scopes(&["alpaclass_student_read"]);
    type Output = Page<Student>;

    fn describe(&self, call: &mut Call) {
        call.path("teamId", &self.team_id)
            .page(self.page, self.items_per_page)
            .query_opt("sort", self.sort.as_ref())
            .query_opt("id", self.id.as_ref())
            .query_opt("email", self.email.as_ref().map(PersonalText::as_str))
            .query_opt("document", self.document.as_ref().map(PersonalText::as_str))
            .moments(self.start_date.as_ref(), self.end_date.as_ref())
            .query_opt("isFrozen", self.is_frozen);
    }
}
