//! Lists: filters, order and pages.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::sync::Arc;

use axum::http::StatusCode;
use serde_json::Value;

use super::table::{Answer, Filter, Order, Row};
use super::{shape, text};
use crate::problem::Problem;
use crate::query::{Order as Sorting, Paging, Query};
use crate::render::json::{Json, object};
use crate::state::calendar::Moment;

/// A list as a caller asks for it.
pub(super) struct View<'a> {
    row: &'static Row,
    query: &'a Query,
    /// `None` for a list without pages.
    paging: Option<Paging>,
    sorting: Sorting,
}

impl<'q> View<'q> {
    /// Reads the query, before any record is looked up.
    pub(super) fn read(row: &'static Row, query: &'q Query) -> Result<Self, Problem> {
        let paging = match row.answer {
            Answer::Page(largest, last) => Some(query.page_of(largest)?.up_to(last)),
            _ => None,
        };
        for filter in row.filters {
            filter.passes(query, &Value::Null)?;
        }
        let sorting = match row.sort {
            [] => Sorting::none(),
            members => query.sort(members)?,
        };
        Ok(Self {
            row,
            query,
            paging,
            sorting,
        })
    }

    /// The records that pass the filters, in the order that was asked for.
    fn rows<'a>(&self, records: impl Iterator<Item = Cow<'a, Value>>) -> Vec<Cow<'a, Value>> {
        let passes = |row: &Cow<'_, Value>| {
            let mut filters = self.row.filters.iter();
            filters.all(|filter| filter.passes(self.query, row).unwrap_or_default())
        };
        let mut rows: Vec<Cow<'a, Value>> = records.filter(passes).collect();
        let order = self.query.text("order");
        let is_turned = order.is_some_and(|order| order.eq_ignore_ascii_case("asc"));
        match self.row.order {
            Order::Made => {}
            Order::Last => rows.reverse(),
            Order::Down(member) if !is_turned => {
                rows.reverse();
                rows.sort_by(|a, b| compare(b, a, member));
            }
            Order::Up(member) | Order::Down(member) => rows.sort_by(|a, b| compare(a, b, member)),
        }
        self.sorting
            .sort(&mut rows, |row, member| text(row, member).to_owned());
        rows
    }

    /// All rows, without pages, each with its id. `write` gets a record and the example of a row.
    pub(super) fn whole<'a>(
        row: &'static Row,
        records: impl Iterator<Item = Cow<'a, Value>>,
        write: impl Fn(&Value, &Value) -> Json,
    ) -> Vec<(String, Json)> {
        let view = View {
            row,
            query: &Query::read(""),
            paging: None,
            sorting: Sorting::none(),
        };
        let shape = view.shape();
        let rows = view.rows(records).into_iter();
        let written = rows.map(|row| (text(&row, "id").to_owned(), write(&row, &shape)));
        written.collect()
    }

    /// The example of a row.
    fn shape(&self) -> Arc<Value> {
        let pointer = match self.row.answer {
            Answer::Bare => "/0",
            _ => "/items/0",
        };
        shape::of_call(self.row.product, self.row.endpoint, pointer)
    }

    /// The list of those of the records that pass the filters.
    pub(super) fn answer<'a>(
        &self,
        records: impl Iterator<Item = Cow<'a, Value>>,
        write: impl Fn(&Value, &Value) -> Json,
    ) -> Result<Json, Problem> {
        let rows = self.rows(records);
        let shape = self.shape();
        let show = |row: &Cow<'a, Value>| write(row, &shape);
        if let Some(paging) = self.paging {
            return Ok(paging.envelope(&rows, show));
        }
        let items: Vec<Json> = rows.iter().map(show).collect();
        match self.row.answer {
            // Q153
            Answer::Bare if items.is_empty() && self.row.path.is_empty() => {
                Err(Problem::new(StatusCode::NOT_FOUND, "Medias not found"))
            }
            Answer::Bare => Ok(Json::from(items)),
            _ => Ok(object! { "items" => items }),
        }
    }
}

fn known(text: &str, words: &[&'static str]) -> Option<&'static str> {
    words.iter().find(|word| word.eq_ignore_ascii_case(text)).copied()
}

impl Filter {
    /// Whether a record passes.
    fn passes(&self, query: &Query, record: &Value) -> Result<bool, Problem> {
        Ok(match *self {
            Self::Text(member) => query.admits_text(member, text(record, member)),
            Self::Digits(member) => query
                .text(member)
                .is_none_or(|wanted| digits(wanted) == digits(text(record, member))),
            Self::Flag(member) => query
                .flag(member)?
                .is_none_or(|wanted| record.get(member) == Some(&wanted.into())),
            Self::Word(member, words) => {
                let wanted = query.word(member, |text| known(text, words))?;
                wanted.is_none_or(|wanted| wanted == text(record, member))
            }
            Self::Moments(member) => {
                let asked = query.moments()?;
                Moment::read(text(record, member)).is_none_or(|at| asked.has(at))
            }
            Self::Search(name, members) => query.text(name).is_none_or(|wanted| {
                let wanted = wanted.to_lowercase();
                let mut texts = members.iter().map(|member| text(record, member).to_lowercase());
                texts.any(|text| text.contains(&wanted))
            }),
            Self::Deleted => {
                let status = query.word("status", |text| known(text, &["active", "deleted"]))?;
                record.get("deletedAt").is_some_and(Value::is_string) == (status == Some("deleted"))
            }
            Self::Direction => query
                .word("order", |text| known(text, &["desc", "asc"]))?
                .is_none_or(|_| true),
        })
    }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

fn compare(a: &Value, b: &Value, member: &str) -> Ordering {
    match [a, b].map(|record| record.get(member).and_then(Value::as_u64)) {
        [Some(a), Some(b)] => a.cmp(&b),
        _ => text(a, member).cmp(text(b, member)),
    }
}
