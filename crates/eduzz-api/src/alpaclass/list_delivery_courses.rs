//! `GET /alpaclass/v1/producer/teams/:teamId/deliveries/:deliveryId/courses` — the courses.

use eduzz_types::Page;
use eduzz_types::alpaclass::{Course, DeliveryId, Sort, TeamId};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Lists the courses that a delivery gives access to, a page at a time (docs page
/// `/reference/api/get-alpaclass-v1-producer-teams-teamId-deliveries-deliveryId-courses`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ListDeliveryCourses {
    /// The school.
    pub team_id: TeamId,
    /// The delivery.
    pub delivery_id: DeliveryId,
    /// The order of the list; the page shows it by name and by platform, though a course has none
    /// (Q124).
    pub sort: Option<Sort>,
    /// The page to read, counted from 1; the default is not documented.
    pub page: Option<u32>,
    /// Number of courses per page; neither a default nor a maximum is documented.
    pub items_per_page: Option<u32>,
}

builder!(ListDeliveryCourses {
    /// Lists the courses of the delivery.
    new(team_id: impl Into<TeamId>, delivery_id: impl Into<DeliveryId>);
    sort: Sort,
    page: u32,
    items_per_page: u32,
});

paged!(ListDeliveryCourses, Course);

impl Endpoint for ListDeliveryCourses {
    const ROUTE: Route = Route::get("/alpaclass/v1/producer/teams/:teamId/deliveries/:deliveryId/courses")
        .scopes(&["alpaclass_delivery_read"]);
    type Output = Page<Course>;

    fn describe(&self, call: &mut Call) {
        call.path("teamId", &self.team_id)
            .path("deliveryId", &self.delivery_id)
            .page(self.page, self.items_per_page)
            .query_opt("sort", self.sort.as_ref());
    }
}
