//! `POST /alpaclass/v1/producer/teams/:teamId/students` — a new student of a school.

use alloc::string::String;
use alloc::vec::Vec;

use eduzz_types::PersonalText;
use eduzz_types::alpaclass::{Student, TeamId};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Creates a student of a school (docs page
/// `/reference/api/post-alpaclass-v1-producer-teams-teamId-students`).
///
/// The page marks no field of the body as required, and lists no refusal: the answer for an e-mail
/// address that the school already has is not documented (Q125). It is not retried if it may have
/// been carried out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CreateTeamStudent {
    /// The school.
    #[serde(skip_serializing)]
    pub team_id: TeamId,
    /// The student's name.
    pub name: PersonalText,
    /// The student's e-mail address.
    pub email: PersonalText,
    /// The student's telephone number; only digits in the example.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<PersonalText>,
    /// The student's tax number (CPF); only digits in the example.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<PersonalText>,
    /// Tags to put on the student. The answer does not return them, and no call reads them (Q125).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
}

impl CreateTeamStudent {
    /// Creates a student of the school, with this name and e-mail address.
    #[must_use]
    pub fn new(
        team_id: impl Into<TeamId>,
        name: impl Into<PersonalText>,
        email: impl Into<PersonalText>,
    ) -> Self {
        Self {
            team_id: team_id.into(),
            name: name.into(),
            email: email.into(),
            phone: None,
            document: None,
            tags: Vec::new(),
        }
    }

    /// Sets [`tags`](Self#structfield.tags).
    #[must_use]
    pub fn tags(mut self, tags: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.tags = tags.into_iter().map(Into::into).collect();
        self
    }
}

setters!(CreateTeamStudent {
    phone: PersonalText,
    document: PersonalText,
});

impl Endpoint for CreateTeamStudent {
    // Students have no scope of their own (Q125).
    const ROUTE: Route =
        Route::post("/alpaclass/v1/producer/teams/:teamId/students").scopes(&["alpaclass_team_write"]);
    type Output = Student;

    fn describe(&self, call: &mut Call) {
        if !self.tags.is_empty() {
            call.require_each("tags", &self.tags);
        }
        call.path("teamId", &self.team_id)
            .require_text("name", self.name.as_str())
            .require_text("email", self.email.as_str())
            .json(self);
    }
}
