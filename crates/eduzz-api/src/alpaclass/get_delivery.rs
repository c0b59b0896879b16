//! `GET /alpaclass/v1/producer/teams/:teamId/deliveries/:deliveryId` — one delivery's details.

use eduzz_types::alpaclass::{Delivery, DeliveryId, TeamId};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Reads a delivery's details (docs page
/// `/reference/api/get-alpaclass-v1-producer-teams-teamId-deliveries-deliveryId`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct GetDelivery {
    /// The school.
    pub team_id: TeamId,
    /// The delivery.
    pub delivery_id: DeliveryId,
}

builder!(GetDelivery {
    /// Reads the delivery of the school.
    new(team_id: impl Into<TeamId>, delivery_id: impl Into<DeliveryId>);
});

impl Endpoint for GetDelivery {
    const ROUTE: Route = Route::get("/alpaclass/v1/producer/teams/:teamId/deliveries/:deliveryId")
        .scopes(&["alpaclass_delivery_read"]);
    type Output = Delivery;

    fn describe(&self, call: &mut Call) {
        call.path("teamId", &self.team_id)
            .path("deliveryId", &self.delivery_id);
    }
}
