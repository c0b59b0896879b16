//! `GET /blinket/v1/events/:id` — an event with its tickets.

use eduzz_types::blinket::{BlinketEventId, Event};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Reads an event with its tickets and their lots (docs page
/// `/reference/api/get-blinket-v1-events-id`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct GetEvent {
    /// The event.
    pub id: BlinketEventId,
}

builder!(GetEvent {
    /// Reads the event.
    new(id: impl Into<BlinketEventId>);
});

impl Endpoint for GetEvent {
    const ROUTE: Route = Route::get("/blinket/v1/events/:id").scopes(&["blinket_read"]);
    type Output = Event;

    fn describe(&self, call: &mut Call) {
        call.path("id", &self.id);
    }
}
