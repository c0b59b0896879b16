//! `GET /blinket/v1/events` — the account's events, a page at a time.

use eduzz_types::blinket::{Event, EventOrder, EventType};
use eduzz_types::{DateTime, Page, PersonalText};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Lists the account's events, a page at a time (docs page `/reference/api/get-blinket-v1-events`).
///
/// The tickets of an event are in [`GetEvent`](super::GetEvent) alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct ListEvents {
    /// The page to read, counted from 1; the default is not documented.
    pub page: Option<u32>,
    /// Number of events per page; 10 in the documented example. No maximum is documented.
    pub items_per_page: Option<u32>,
    /// Ascending or descending; the sort key is not documented.
    pub order: Option<EventOrder>,
    /// Only events of this kind; `type` in the request.
    #[serde(rename = "type")]
    pub kind: Option<EventType>,
    /// Only events that contain this text; the searched fields are not documented. It is part of
    /// the URL: servers and proxies may log it.
    pub search: Option<PersonalText>,
    /// Only events from this moment on. Which date of an event it is compared with is not
    /// documented, nor whether a plain day is accepted, which other calls require (Q147).
    pub start_date: Option<DateTime>,
    /// Only events up to this moment (Q147).
    pub end_date: Option<DateTime>,
}

builder!(ListEvents {
    /// Lists the events.
    const new();
    order: EventOrder,
    kind: EventType,
    search: PersonalText,
    moments,
    page: u32,
    items_per_page: u32,
});

paged!(ListEvents, Event);

impl Endpoint for ListEvents {
    const ROUTE: Route = Route::get("/blinket/v1/events").scopes(&["blinket_read"]);
    type Output = Page<Event>;

    fn describe(&self, call: &mut Call) {
        let (first, last) = (self.start_date.as_ref(), self.end_date.as_ref());
        for (name, moment) in [("start_date", first), ("end_date", last)] {
            if let Some(moment) = moment {
                call.real_moment(name, moment);
            }
        }
        call.page(self.page, self.items_per_page)
            .query_opt("order", self.order.as_ref())
            .query_opt("type", self.kind.as_ref())
            .query_opt("search", self.search.as_ref().map(PersonalText::as_str))
            .moments(first, last);
    }
}
