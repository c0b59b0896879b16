//! `GET /alpaclass/v1/producer/teams/:teamId/deliveries` — the deliveries of a school.

use eduzz_types::Page;
use eduzz_types::alpaclass::{DeliverySummary, Sort, TeamId};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Lists the deliveries of a school, a page at a time: which products on which platforms give
/// access (docs page `/reference/api/get-alpaclass-v1-producer-teams-teamId-deliveries`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ListDeliveries {
    /// The school.
    pub team_id: TeamId,
    /// The order of the list; the page shows it by name and by platform (Q124).
    pub sort: Option<Sort>,
    /// The page to read, counted from 1; the default is not documented.
    pub page: Option<u32>,
    /// Number of deliveries per page; neither a default nor a maximum is documented.
    pub items_per_page: Option<u32>,
}

builder!(ListDeliveries {
    /// Lists the deliveries of the school.
    new(team_id: impl Into<TeamId>);
    sort: Sort,
    page: u32,
    items_per_page: u32,
});

paged!(ListDeliveries, DeliverySummary);

impl Endpoint for ListDeliveries {
    const ROUTE: Route =
        Route::get("/alpaclass/v1/producer/teams/:teamId/deliveries").scopes(&["alpaclass_delivery_read"]);
    type Output = Page<DeliverySummary>;

    fn describe(&self, call: &mut Call) {
        call.path("teamId", &self.team_id)
            .page(self.page, self.items_per_page)
            .query_opt("sort", self.sort.as_ref());
    }
}
