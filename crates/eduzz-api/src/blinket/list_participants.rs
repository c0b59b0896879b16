//! `GET /blinket/v1/attendance-list/by-event/:id` — the participants of an event, a page at a time.

use alloc::string::String;
use alloc::vec::Vec;

use eduzz_types::blinket::{BlinketEventId, Participant};
use eduzz_types::{Page, PersonalText};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Lists the participants of an event, a page at a time (docs page
/// `/reference/api/get-blinket-v1-attendance-list-by-event-id`).
///
/// The documentation lists eleven query parameters without their names. That two are `page` and
/// `itemsPerPage` is inferred from the answer, which has pages; pass the others with
/// [`extra_query`](method@Self::extra_query) (Q148).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ListParticipants {
    /// The event.
    pub id: BlinketEventId,
    /// The page to read, counted from 1; the default is not documented.
    pub page: Option<u32>,
    /// Number of participants per page; 10 in the documented example. No maximum is documented.
    pub items_per_page: Option<u32>,
    /// Further query parameters, added by [`extra_query`](method@Self::extra_query). The values may
    /// be personal data, so they do not print.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extra_query: Vec<(String, PersonalText)>,
}

builder!(ListParticipants {
    /// Lists the participants of the event.
    new(id: impl Into<BlinketEventId>);
    page: u32,
    items_per_page: u32,
    ..extra_query
});

paged!(ListParticipants, Participant);

impl Endpoint for ListParticipants {
    const ROUTE: Route = Route::get("/blinket/v1/attendance-list/by-event/:id").scopes(&["blinket_read"]);
    type Output = Page<Participant>;

    fn describe(&self, call: &mut Call) {
        call.path("id", &self.id).page(self.page, self.items_per_page);
        self.describe_extra_query(call);
    }
}
