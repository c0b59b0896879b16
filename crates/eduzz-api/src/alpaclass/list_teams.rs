//! `GET /alpaclass/v1/producer/teams` — the producer's schools, all at once.

use eduzz_types::Items;
use eduzz_types::alpaclass::{Sort, Team};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Lists the producer's schools, all at once (docs page
/// `/reference/api/get-alpaclass-v1-producer-teams`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct ListTeams {
    /// The order of the list; the page shows it by name and by address (Q124).
    pub sort: Option<Sort>,
}

builder!(ListTeams {
    /// Lists the schools.
    const new();
    sort: Sort,
});

impl Endpoint for ListTeams {
    const ROUTE: Route = Route::get("/alpaclass/v1/producer/teams").scopes(&["alpaclass_team_read"]);
    type Output = Items<Team>;

    fn describe(&self, call: &mut Call) {
        call.query_opt("sort", self.sort.as_ref());
    }
}
