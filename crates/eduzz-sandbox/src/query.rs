//! The query of a request: days, pages, filters.

use std::cmp::Ordering;

use axum::response::{IntoResponse, Response};
use eduzz_types::alpaclass::{Sort, SortDirection, SortField};

use crate::problem::Problem;
use crate::render::json::{Json, object};
use crate::state::calendar::{Day, Moment};

/// The default size of a page.
const DEFAULT_SIZE: u64 = 10;
/// The maximum size of a page.
const LARGEST_SIZE: u64 = 100;

/// The parameters of a query. Unknown ones are ignored (Q8).
pub(crate) struct Query {
    pairs: Vec<(String, String)>,
    /// The size of a page, whatever is asked for.
    size: Option<u64>,
}

impl Query {
    pub(crate) fn read(query: &str) -> Self {
        Self {
            pairs: form_urlencoded::parse(query.as_bytes()).into_owned().collect(),
            size: None,
        }
    }

    /// The same query, whose pages have this size if there is one.
    pub(crate) fn in_pages_of(mut self, size: Option<u64>) -> Self {
        self.size = size;
        self
    }

    /// The value of a parameter that is not empty. The last one of a name counts.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        let (_, value) = self.pairs.iter().rev().find(|(given, _)| given == name)?;
        Some(value.trim()).filter(|value| !value.is_empty())
    }

    /// Whether an id, as text or number, passes the filter of this name.
    pub(crate) fn admits_id(&self, name: &str, id: Option<u64>) -> bool {
        self.text(name)
            .is_none_or(|wanted| id.is_some_and(|id| wanted.parse() == Ok(id)))
    }

    /// Whether a text passes the filter of this name, ignoring case.
    pub(crate) fn admits_text(&self, name: &str, text: &str) -> bool {
        self.text(name)
            .is_none_or(|wanted| wanted.to_lowercase() == text.to_lowercase())
    }

    /// The required range from `startDate` to `endDate`.
    pub(crate) fn days(&self) -> Result<Days, Problem> {
        let needed = |name, day: Option<Day>| day.ok_or(Problem::invalid(name, "is required"));
        Days::new(
            needed("startDate", self.day("startDate")?)?,
            needed("endDate", self.day("endDate")?)?,
        )
    }

    /// The range from `startDate` to `endDate`, either of which is optional.
    pub(crate) fn any_days(&self) -> Result<Days, Problem> {
        Days::new(
            self.day("startDate")?.unwrap_or(Day::EARLIEST),
            self.day("endDate")?.unwrap_or(Day::LATEST),
        )
    }

    /// A plain day; an instant is refused (Q9).
    fn day(&self, name: &'static str) -> Result<Option<Day>, Problem> {
        let read =
            |text| Day::read(text).ok_or(Problem::invalid(name, "must be a day, YYYY-MM-DD").citing(&[9]));
        self.text(name).map(read).transpose()
    }

    /// The optional range from `startDate` to `endDate`, in days or moments where the documentation
    /// does not say which; a day counts from its beginning to its end.
    pub(crate) fn moments(&self) -> Result<Moments, Problem> {
        let read = |name, whole: fn(Day) -> Moment, open| match self.text(name) {
            None => Ok(open),
            Some(text) => Day::read(text)
                .map(whole)
                .or_else(|| Moment::read(text))
                .ok_or(Problem::invalid(name, "must be a day, or a moment with its zone")),
        };
        let first = read("startDate", |day| day.at(0), Moment::EARLIEST)?;
        let last = read("endDate", |day| day.plus(1).at(-1), Moment::LATEST)?;
        if last < first {
            return Err(Problem::invalid("endDate", "must not be before startDate"));
        }
        Ok(Moments { first, last })
    }

    /// `true` or `false`.
    pub(crate) fn flag(&self, name: &'static str) -> Result<Option<bool>, Problem> {
        self.word(name, |text| text.parse().ok())
    }

    /// The order that `sort` asks for, by some of these fields.
    pub(crate) fn sort(&self, known: &[&str]) -> Result<Order, Problem> {
        let sort = self.word("sort", |text| {
            let sort: Sort = text.parse().ok()?;
            let is_known = sort.fields().all(|(field, _)| known.contains(&field.as_str()));
            is_known.then_some(sort)
        });
        sort.map(Order)
    }

    /// A value that `read` knows.
    pub(crate) fn word<T>(
        &self,
        name: &'static str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, Problem> {
        let read =
            |text| read(text).ok_or(Problem::invalid(name, "is not one of the known values").citing(&[15])); // Q15
        self.text(name).map(read).transpose()
    }

    /// The requested page.
    pub(crate) fn page(&self) -> Result<Paging, Problem> {
        self.page_of(LARGEST_SIZE)
    }

    /// The requested page, with this maximum size.
    pub(crate) fn page_of(&self, largest: u64) -> Result<Paging, Problem> {
        let number = |name, default| match self.text(name).map(str::parse) {
            None => Ok(default),
            Some(Ok(number @ 1..)) => Ok(number),
            Some(_) => Err(Problem::invalid(name, "must be a whole number, 1 or more")),
        };
        Ok(Paging {
            page: number("page", 1)?,
            size: self
                .size
                .unwrap_or(number("itemsPerPage", DEFAULT_SIZE)?)
                .min(largest),
        })
    }
}

/// A range of days, both ends included.
#[derive(Clone, Copy)]
pub(crate) struct Days {
    first: Day,
    last: Day,
}

impl Days {
    /// All days.
    pub(crate) const ALWAYS: Self = Self {
        first: Day::EARLIEST,
        last: Day::LATEST,
    };

    fn new(first: Day, last: Day) -> Result<Self, Problem> {
        if last < first {
            return Err(Problem::invalid("endDate", "must not be before startDate"));
        }
        Ok(Self { first, last })
    }

    pub(crate) fn has_day(self, day: Day) -> bool {
        self.first <= day && day <= self.last
    }

    pub(crate) fn has(self, moment: Moment) -> bool {
        self.has_day(moment.day())
    }

    /// The first and the last second.
    pub(crate) const fn moments(self) -> (Moment, Moment) {
        (self.first.at(0), self.last.plus(1).at(-1))
    }

    /// The number of days.
    pub(crate) const fn count(self) -> i64 {
        self.last.since(self.first).saturating_add(1)
    }
}

/// A range of moments, both ends included.
#[derive(Clone, Copy)]
pub(crate) struct Moments {
    first: Moment,
    last: Moment,
}

impl Moments {
    pub(crate) fn has(self, moment: Moment) -> bool {
        self.first <= moment && moment <= self.last
    }
}

/// The requested order of a list, if there is one.
pub(crate) struct Order(Option<Sort>);

impl Order {
    /// No order.
    pub(crate) const fn none() -> Self {
        Self(None)
    }

    /// Orders the rows by the texts of the fields, ignoring case. The sort is stable.
    pub(crate) fn sort<T>(&self, rows: &mut [T], text: impl Fn(&T, &str) -> String) {
        let Some(sort) = &self.0 else { return };
        rows.sort_by(|a, b| {
            let by = |(field, direction): (&SortField, SortDirection)| {
                let [a, b] = [a, b].map(|row| text(row, field.as_str()).to_lowercase());
                match direction {
                    SortDirection::Ascending => a.cmp(&b),
                    SortDirection::Descending => b.cmp(&a),
                }
            };
            sort.fields().map(by).fold(Ordering::Equal, Ordering::then)
        });
    }
}

/// The requested page and its size.
#[derive(Clone, Copy)]
pub(crate) struct Paging {
    page: u64,
    size: u64,
}

impl Paging {
    /// This page, or page `last` if that comes first.
    pub(crate) fn up_to(self, last: u64) -> Self {
        Self {
            page: self.page.min(last),
            ..self
        }
    }

    /// The page of these rows, as the answer.
    pub(crate) fn of<T>(self, rows: impl IntoIterator<Item = T>, write: impl FnMut(T) -> Json) -> Response {
        self.envelope(rows, write).into_response()
    }

    /// The page of these rows, in the documented envelope (Q10). Only its rows are rendered.
    pub(crate) fn envelope<T>(self, rows: impl IntoIterator<Item = T>, write: impl FnMut(T) -> Json) -> Json {
        let rows: Vec<T> = rows.into_iter().collect();
        let total = u64::try_from(rows.len()).unwrap_or(u64::MAX);
        let place = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        let items = rows
            .into_iter()
            .skip(place(self.start()))
            .take(place(self.size))
            .map(write);
        self.wrap(total, items.collect())
    }

    /// The page of `total` rows, as the answer; `at` gives the row of a place.
    pub(crate) fn of_places(self, total: u64, at: impl Fn(u64) -> Option<Json>) -> Response {
        let end = self.start().saturating_add(self.size).min(total);
        let items = (self.start().min(total)..end).filter_map(at);
        self.wrap(total, items.collect()).into_response()
    }

    /// The place of the page's first row.
    const fn start(self) -> u64 {
        self.size.saturating_mul(self.page - 1)
    }

    fn wrap(self, total: u64, items: Vec<Json>) -> Json {
        object! {
            "pages" => total.div_ceil(self.size).max(1),
            "page" => self.page,
            "itemsPerPage" => self.size,
            "totalItems" => total,
            "items" => items,
        }
    }
}
