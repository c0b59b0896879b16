//! Sweeps over slices of days that change meanwhile, stored and resumed anywhere.

use std::borrow::Cow;
use std::collections::BTreeSet;

use eduzz_types::{Date, EduzzId, Page};
use eduzz_wire::{
    Call, Completeness, Cursor, Days, Endpoint, EndpointExt as _, Next, Order, PageCall, Paged, Route, Row,
    Sweep,
};
use http::Response;
use proptest::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};

use super::any_number;

/// A list of the things of some days, the newest first. Days are counted from 1970-01-01.
#[derive(Clone, Debug)]
struct ListDated {
    days: (i64, i64),
    moves: bool,
    page: u32,
    size: u32,
}

#[derive(Debug, Deserialize)]
struct Dated {
    id: EduzzId,
}

impl Endpoint for ListDated {
    const ROUTE: Route = Route::get("/product/v1/dated");
    type Output = Page<Dated>;

    fn describe(&self, call: &mut Call) {
        call.days(&date(self.days.0), &date(self.days.1))
            .query_opt("moves", self.moves.then_some("yes"))
            .page(Some(self.page), Some(self.size));
    }
}

impl Paged for ListDated {
    type Row = Dated;

    const MAX_DAYS: Option<u32> = Some(10);

    fn set_page(&mut self, page: u32, items_per_page: u32) {
        (self.page, self.size) = (page, items_per_page);
    }

    fn items_per_page(&self) -> Option<u32> {
        Some(self.size)
    }

    fn key(row: &Dated) -> Cow<'_, str> {
        row.id.as_str().into()
    }

    fn days(&self) -> Option<Days> {
        Days::new(date(self.days.0), date(self.days.1)).ok()
    }

    fn set_days(&mut self, days: &Days) {
        let count = |day: &Date| day.days_since_epoch().unwrap();
        self.days = (count(days.first()), count(days.last()));
    }

    fn rows_may_move(&self) -> bool {
        self.moves
    }
}

fn date(day: i64) -> Date {
    Date::from_days_since_epoch(day).unwrap()
}

fn list(last: i64, moves: bool) -> ListDated {
    ListDated {
        days: (1, last),
        moves,
        page: 1,
        size: 10,
    }
}

/// Rows in the list's order, each with its day.
#[derive(Clone)]
struct Shop {
    rows: Vec<(u64, i64)>,
    fresh: u64,
    /// Rows that were there throughout.
    lasting: BTreeSet<u64>,
}

impl Shop {
    fn new(days: &[u8]) -> Self {
        let mut rows: Vec<(u64, i64)> = (0..).zip(days).map(|(id, day)| (id, i64::from(*day))).collect();
        rows.sort_by_key(|(_, day)| -day);
        let lasting = rows.iter().map(|(id, _)| *id).collect();
        Self {
            rows,
            fresh: 1_000,
            lasting,
        }
    }

    /// A row at the front of its day.
    fn insert(&mut self, id: u64, day: i64) {
        let at = self.rows.iter().position(|(_, other)| *other <= day);
        self.rows.insert(at.unwrap_or(self.rows.len()), (id, day));
    }

    fn change(&mut self, change: &Change, last: i64, may_move: bool) {
        match change {
            Change::Insert(day) => {
                self.fresh += 1;
                self.insert(self.fresh, 1 + i64::from(*day) % last);
            }
            _ if self.rows.is_empty() => {}
            Change::Delete(at) => {
                let (id, _) = self.rows.remove(at.index(self.rows.len()));
                self.lasting.remove(&id);
            }
            Change::Move(at) if may_move => {
                let (id, _) = self.rows.remove(at.index(self.rows.len()));
                self.insert(id, last);
            }
            Change::Move(_) => {}
        }
    }

    fn answer(&self, call: &PageCall<ListDated>) -> Page<Row<Dated>> {
        let list = call.list();
        let (first, last) = list.days;
        let within = self.rows.iter().filter(|(_, day)| (first..=last).contains(day));
        let all: Vec<Value> = within.map(|(id, _)| json!({ "id": id })).collect();
        let size = usize::try_from(list.size).unwrap();
        let before = usize::try_from(list.page - 1).unwrap() * size;
        let items: Vec<&Value> = all.iter().skip(before).take(size).collect();
        let body = json!({ "pages": all.len().div_ceil(size).max(1), "page": list.page,
            "itemsPerPage": size, "totalItems": all.len(), "items": items });
        call.response(&Response::new(body.to_string())).unwrap()
    }
}

#[derive(Clone, Debug)]
enum Change {
    Insert(u8),
    Delete(prop::sample::Index),
    Move(prop::sample::Index),
}

fn any_change() -> impl Strategy<Value = Change> {
    prop_oneof![
        any::<u8>().prop_map(Change::Insert),
        any::<prop::sample::Index>().prop_map(Change::Delete),
        any::<prop::sample::Index>().prop_map(Change::Move),
    ]
}

/// What the program does between two steps.
#[derive(Clone, Copy, Debug)]
enum Act {
    Row,
    Batch,
    /// Stores the cursor.
    Store,
    /// Stops, and resumes from what is stored.
    Crash,
}

fn any_act() -> impl Strategy<Value = Act> {
    prop_oneof![
        6 => Just(Act::Row),
        3 => Just(Act::Batch),
        1 => Just(Act::Store),
        1 => Just(Act::Crash),
    ]
}

fn id(row: &Row<Dated>) -> u64 {
    row.as_read().unwrap().id.as_str().parse().unwrap()
}

fn restored(cursor: &Cursor) -> Cursor {
    serde_json::from_str(&serde_json::to_string(cursor).unwrap()).unwrap()
}

/// Sweeps to the end, and gives the rows in their order.
fn all(shop: &Shop, sweep: &mut Sweep<ListDated>) -> (Vec<u64>, u64) {
    let (mut rows, mut calls) = (Vec::new(), 0);
    loop {
        assert!(calls < 5_000, "the sweep does not end");
        match sweep.next() {
            Next::End => return (rows, calls),
            Next::Item(row) => rows.push(id(&row)),
            Next::Call(call) => {
                calls += 1;
                sweep.received(shop.answer(&call));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn sweep_stopped_anywhere_returns_every_lasting_row_once(
        days in proptest::collection::vec(1_u8..=45, 0..120), last in 1_i64..=45, moves: bool,
        changes in proptest::collection::vec(proptest::collection::vec(any_change(), 0..4), 0..25),
        acts in proptest::collection::vec(any_act(), 1..60),
    ) {
        let mut shop = Shop::new(&days);
        let whole = list(last, moves);
        // A row that was never within the days is not returned.
        shop.lasting.retain(|id| i64::from(days[usize::try_from(*id).unwrap()]) <= last);
        let mut sweep = Sweep::new(whole.clone());
        let mut stored = restored(&sweep.cursor());
        let (mut written, mut unwritten) = (Vec::new(), Vec::new());
        let (mut calls, mut crashes) = (0, 0);
        // A row at the end: storing alone never ends.
        for act in acts.iter().chain([&Act::Row]).cycle() {
            let call = match act {
                Act::Store => {
                    stored = restored(&sweep.cursor());
                    written.append(&mut unwritten);
                    continue;
                }
                // After some crashes the program runs on, so that it ends.
                Act::Crash if crashes < 20 => {
                    crashes += 1;
                    unwritten.clear();
                    sweep = Sweep::new(whole.clone()).resume(stored.clone()).unwrap();
                    continue;
                }
                Act::Row | Act::Crash => match sweep.next() {
                    Next::Item(row) => {
                        unwritten.push(id(&row));
                        continue;
                    }
                    Next::Call(call) => call,
                    Next::End => break,
                },
                Act::Batch => match sweep.next_batch() {
                    Next::Item(batch) => {
                        prop_assert!(!batch.rows.is_empty());
                        written.append(&mut unwritten);
                        written.extend(batch.rows.iter().map(id));
                        stored = restored(&batch.cursor);
                        continue;
                    }
                    Next::Call(call) => call,
                    Next::End => break,
                },
            };
            calls += 1;
            prop_assert!(calls < 5_000, "the sweep does not end");
            if calls > 1 {
                // A row that moves within the last slice may be missed.
                let may_move = moves && call.list().days.1 < last;
                for change in changes.get(calls).into_iter().flatten() {
                    shop.change(change, last, may_move);
                }
            }
            sweep.received(shop.answer(&call));
        }
        written.append(&mut unwritten);
        let once: BTreeSet<u64> = written.iter().copied().collect();
        prop_assert_eq!(once.len(), written.len(), "no row comes twice");
        prop_assert!(shop.lasting.is_subset(&once), "lost {:?}", shop.lasting.difference(&once));
        prop_assert_eq!(sweep.progress().rows, u64::try_from(written.len()).unwrap());
        prop_assert_ne!(sweep.progress().completeness, Completeness::RowsMayBeMissing);
        prop_assert_eq!(sweep.calls_left(), Some(0));
    }

    #[test]
    fn unchanged_slices_come_in_their_order_whatever_the_limits(
        days in proptest::collection::vec(1_u8..=45, 0..120), slice_days in 0_u32..20, oldest_first: bool,
        items in 0_u64..50, pages in 0_u64..6,
    ) {
        let shop = Shop::new(&days);
        let order = if oldest_first { Order::OldestFirst } else { Order::NewestFirst };
        let new = || Sweep::new(list(45, false)).slice_days(slice_days).order(order).unwrap();
        let (rows, calls) = all(&shop, &mut new());
        // Within a slice the order is the list's.
        let slices = list(45, false).days().unwrap().slices(slice_days.min(10), order);
        let expected: Vec<u64> = slices
            .flat_map(|slice| {
                let (first, last) = (slice.first().days_since_epoch().unwrap(), slice.last().days_since_epoch().unwrap());
                let within = move |(_, day): &&(u64, i64)| (first..=last).contains(day);
                shop.rows.iter().filter(within).map(|(id, _)| *id)
            })
            .collect();
        prop_assert_eq!(&rows, &expected);

        let mut limited = new().max_items(items);
        let (mut parts, first) = all(&shop, &mut limited);
        prop_assert_eq!(parts.len() as u64, items.min(rows.len() as u64));
        let mut limited = new().max_pages(first + pages).resume(restored(&limited.cursor())).unwrap();
        let (part, second) = all(&shop, &mut limited);
        prop_assert!(second <= pages);
        parts.extend(part);
        // The order and the slices are those of the cursor.
        let mut rest = Sweep::new(list(45, false)).resume(restored(&limited.cursor())).unwrap();
        let (part, third) = all(&shop, &mut rest);
        parts.extend(part);
        prop_assert_eq!(parts, rows);
        prop_assert!(first + second + third <= calls + 2, "a page may be read again");
        prop_assert_eq!(rest.progress().completeness, Completeness::Complete);
    }

    #[test]
    fn cursor_with_any_numbers_over_slices_is_refused_or_ends(
        numbers in proptest::collection::vec(proptest::option::of(any_number()), 20), moves: bool,
        order in prop_oneof![Just("oldest_first"), Just("newest_first")], stop in 0_usize..60,
    ) {
        let shop = Shop::new(&[7, 7, 8, 9, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 45, 44, 43, 1, 2, 3]);
        let mut sweep = Sweep::new(list(45, moves)).max_items(stop as u64);
        all(&shop, &mut sweep);
        let mut stored = serde_json::to_value(sweep.cursor()).unwrap();
        stored["order"] = json!(order);
        let mut numbers = numbers.into_iter();
        let mut place = stored["place"].take();
        for fields in [&mut stored, &mut place] {
            for (name, value) in fields.as_object_mut().unwrap() {
                if value.is_number() && name != "list" && name != "version"
                    && let Some(Some(number)) = numbers.next()
                {
                    *value = json!(number);
                }
            }
        }
        stored["place"] = place;
        let Ok(cursor) = serde_json::from_value::<Cursor>(stored) else { return Ok(()) };
        let Ok(mut sweep) = Sweep::new(list(45, moves)).resume(cursor) else { return Ok(()) };
        let _ = (sweep.progress(), sweep.calls_left());
        let (rows, _) = all(&shop, &mut sweep);
        let once: BTreeSet<u64> = rows.iter().copied().collect();
        prop_assert_eq!(once.len(), rows.len());
        let _ = restored(&sweep.cursor());
    }
}

#[test]
fn cursor_of_other_days_is_refused() {
    let shop = Shop::new(&[1; 25]);
    let mut sweep = Sweep::new(list(45, false)).max_pages(1);
    all(&shop, &mut sweep);
    let cursor = sweep.cursor();
    assert!(Sweep::new(list(44, false)).resume(cursor.clone()).is_err());
    assert!(Sweep::new(list(45, true)).resume(cursor.clone()).is_err());
    assert!(Sweep::new(list(45, false)).resume(cursor).is_ok());
}

#[test]
fn newest_first_is_refused_where_rows_may_move() {
    let error = Sweep::new(list(45, true)).order(Order::NewestFirst).unwrap_err();
    assert_eq!(
        error.to_string(),
        "rows may move to a newer slice during the sweep: read the oldest days first"
    );
    assert!(Sweep::new(list(45, true)).order(Order::OldestFirst).is_ok());
}

#[test]
fn moved_rows_stay_known_over_all_slices() {
    // Only where rows may move: elsewhere the ids of a slice are forgotten with it.
    let shop = Shop::new(&[1, 2, 3, 14, 15, 25]);
    for (moves, kept) in [(true, 6), (false, 1)] {
        let mut sweep = Sweep::new(list(25, moves)).order(Order::OldestFirst).unwrap();
        all(&shop, &mut sweep);
        let stored = serde_json::to_value(sweep.cursor()).unwrap();
        assert_eq!(
            stored["place"]["ids"].as_str().unwrap().len(),
            11 * kept,
            "{stored}"
        );
    }
}

#[test]
fn forecast_takes_slices_to_come_to_be_like_those_before() {
    let days: Vec<u8> = (1..=40).flat_map(|day| [day; 30]).collect();
    let shop = Shop::new(&days);
    let mut list = list(40, false);
    list.size = 100;
    let mut sweep = Sweep::new(list);
    assert_eq!((sweep.calls_left(), sweep.progress().total), (None, None));
    let mut calls = 0;
    let mut forecasts = Vec::new();
    loop {
        match sweep.next() {
            Next::End => break,
            Next::Item(_) => {}
            Next::Call(call) => {
                forecasts.extend(sweep.calls_left().map(|left| left + calls));
                assert!(matches!(sweep.progress().total, None | Some(1_200)));
                calls += 1;
                sweep.received(shop.answer(&call));
            }
        }
    }
    assert_eq!((sweep.progress().slices_left, sweep.calls_left()), (0, Some(0)));
    assert!(
        forecasts.iter().all(|all| all.abs_diff(calls) <= 3),
        "{forecasts:?} of {calls}"
    );
}
