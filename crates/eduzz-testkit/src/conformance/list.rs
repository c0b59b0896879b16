//! A list in pages, of rows that belong to the days of a year.

use std::borrow::Cow;

use eduzz_types::{Date, Page};
use eduzz_wire::{Call, Days, Endpoint, Paged, Route};
use http::Request;
use serde::Deserialize;

use super::Reply;

/// How many rows the year has: some days have one, some two, some none.
pub(super) const ROWS: u64 = 500;

/// The list, with the days to list.
#[derive(Clone)]
pub(super) struct ListThings {
    days: Days,
    page: u32,
    size: u32,
}

/// A row.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Thing {
    pub(super) id: u64,
    text: String,
}

impl ListThings {
    pub(super) fn of_2025() -> Self {
        Self {
            days: Days::new("2025-01-01", "2025-12-31").unwrap(),
            page: 1,
            size: 40,
        }
    }
}

impl Endpoint for ListThings {
    const ROUTE: Route = Route::get("/probe/v1/things");
    type Output = Page<Thing>;

    fn describe(&self, call: &mut Call) {
        call.query("from", self.days.first())
            .query("to", self.days.last())
            .query("page", self.page)
            .query("size", self.size);
    }
}

impl Paged for ListThings {
    type Row = Thing;
    const MAX_DAYS: Option<u32> = Some(100);

    fn set_page(&mut self, page: u32, items_per_page: u32) {
        (self.page, self.size) = (page, items_per_page);
    }

    fn items_per_page(&self) -> Option<u32> {
        Some(self.size)
    }

    fn key(row: &Thing) -> Cow<'_, str> {
        Cow::Borrowed(&row.text)
    }

    fn days(&self) -> Option<Days> {
        Some(self.days.clone())
    }

    fn set_days(&mut self, days: &Days) {
        self.days = days.clone();
    }
}

/// The page that a request asks for.
pub(super) fn answer<B>(request: &Request<B>) -> Reply {
    let query = request.uri().query().unwrap_or_default();
    let value = |name: &str| {
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.find(|(key, _)| *key == name).map_or("", |(_, value)| value)
    };
    let day = |name| value(name).parse::<Date>().unwrap().days_since_epoch().unwrap();
    let number = |name| value(name).parse::<usize>().unwrap();
    let first = Date::new(2025, 1, 1).unwrap().days_since_epoch().unwrap();
    let day_of = |row: u64| first + i64::try_from(row * 365 / ROWS).unwrap();
    let days = day("from")..=day("to");
    let rows: Vec<u64> = (0..ROWS).filter(|row| days.contains(&day_of(*row))).collect();
    let (page, size) = (number("page"), number("size"));
    let items: Vec<_> = rows
        .iter()
        .skip((page - 1) * size)
        .take(size)
        .map(|id| serde_json::json!({ "id": id, "text": id.to_string() }))
        .collect();
    let body = serde_json::json!({
        "page": page,
        "pages": rows.len().div_ceil(size),
        "itemsPerPage": size,
        "totalItems": rows.len(),
        "items": items,
    });
    Reply::Answer(200, None, body.to_string())
}
