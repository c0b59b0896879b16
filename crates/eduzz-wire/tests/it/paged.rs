//! Walks over lists that move under them, against a model server.

use std::borrow::Cow;
use std::collections::BTreeSet;

use eduzz_testkit::canary;
use eduzz_types::{EduzzId, Page};
use eduzz_wire::{
    Call, Completeness, Cursor, Endpoint, EndpointExt as _, Next, Origins, Paged, Route, Row, Walk,
};
use http::Response;
use proptest::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Clone, Default)]
struct ListThings {
    filter: Option<&'static str>,
    page: Option<u32>,
    items_per_page: Option<u32>,
}

#[derive(Debug, Deserialize)]
struct Thing {
    id: EduzzId,
}

impl Endpoint for ListThings {
    const ROUTE: Route = Route::get("/product/v1/things");
    type Output = Page<Thing>;

    fn describe(&self, call: &mut Call) {
        call.query_opt("filter", self.filter)
            .page(self.page, self.items_per_page);
    }
}

impl Paged for ListThings {
    type Row = Thing;

    fn set_page(&mut self, page: u32, items_per_page: u32) {
        self.page = Some(page);
        self.items_per_page = Some(items_per_page);
    }

    fn items_per_page(&self) -> Option<u32> {
        self.items_per_page
    }

    fn key(row: &Thing) -> Cow<'_, str> {
        row.id.as_str().into()
    }
}

/// How a server lays its rows into pages.
#[derive(Clone, Copy, Debug)]
enum Sizes {
    /// As it is asked.
    Asked,
    /// As it is asked, up to a limit.
    UpTo(usize),
    /// Always its own.
    Own(usize),
}

/// What a server that knows no page behind some number gives for one.
#[derive(Clone, Copy, Debug)]
enum Beyond {
    /// The last that it knows, again.
    Again,
    /// Nothing.
    Nothing,
}

struct Server {
    rows: Vec<u64>,
    sizes: Sizes,
    most_pages: Option<(usize, Beyond)>,
    calls: u64,
}

impl Server {
    fn new(rows: u64, sizes: Sizes) -> Self {
        Self {
            rows: (0..rows).collect(),
            sizes,
            most_pages: None,
            calls: 0,
        }
    }

    /// What the request's query asks for.
    fn answer(&mut self, call: &impl Endpoint) -> Value {
        self.calls += 1;
        let token = "t".into();
        let request = call.request(&Origins::production(), Some(&token)).unwrap();
        let query = request.uri().query().unwrap().to_owned();
        let number = |name: &str| -> usize {
            let value = query
                .split('&')
                .find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
            value.unwrap().parse().unwrap()
        };
        let (page, asked) = (number("page"), number("itemsPerPage"));
        let size = match self.sizes {
            Sizes::Asked => asked,
            Sizes::UpTo(most) => asked.min(most),
            Sizes::Own(own) => own,
        };
        let (page, shown) = match self.most_pages {
            Some((most, Beyond::Again)) => (page.min(most), size),
            Some((most, Beyond::Nothing)) if page > most => (page, 0),
            _ => (page, size),
        };
        let items: Vec<Value> = self
            .rows
            .iter()
            .skip((page - 1) * size)
            .take(shown)
            .map(|id| json!({ "id": id }))
            .collect();
        let pages = self.rows.len().div_ceil(size).max(1);
        json!({ "pages": pages, "page": page, "itemsPerPage": size, "totalItems": self.rows.len(), "items": items })
    }
}

/// Walks to the end; before each call but the first the list changes.
fn walk(
    server: &mut Server,
    walk: &mut Walk<ListThings>,
    mut change: impl FnMut(&mut Vec<u64>, u64),
) -> Vec<u64> {
    let mut rows = Vec::new();
    loop {
        match walk.next() {
            Next::End => return rows,
            Next::Row(row) => rows.push(row.as_read().unwrap().id.as_str().parse().unwrap()),
            Next::Call(call) => {
                assert!(server.calls < 5_000, "the walk does not end");
                if server.calls > 0 {
                    change(&mut server.rows, server.calls);
                }
                let answer = server.answer(&call).to_string();
                walk.received(call.response(&Response::new(answer)).unwrap());
            }
        }
    }
}

fn sized(items_per_page: u32) -> ListThings {
    ListThings {
        items_per_page: Some(items_per_page),
        ..ListThings::default()
    }
}

fn overlapping_sizes() -> impl Strategy<Value = Sizes> {
    prop_oneof![Just(Sizes::Asked), (10_usize..16).prop_map(Sizes::UpTo)]
}

/// A change of the list before a call: insert a new row, or take one away, at a place.
type Change = (bool, prop::sample::Index);

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn what_was_there_throughout_comes_once_and_movement_is_told(
        rows in 0_u64..120, size in 10_u32..20, sizes in overlapping_sizes(),
        changes in proptest::collection::vec(proptest::collection::vec(any::<Change>(), 0..6), 0..30),
    ) {
        let mut server = Server::new(rows, sizes);
        let mut throughout: BTreeSet<u64> = server.rows.iter().copied().collect();
        let mut fresh = 1_000_000;
        let mut changed = false;
        let mut the_walk = Walk::new(sized(size));
        let came = walk(&mut server, &mut the_walk, |list, call| {
            for (insert, at) in changes.get(usize::try_from(call).unwrap()).into_iter().flatten() {
                if *insert {
                    fresh += 1;
                    list.insert(at.index(list.len() + 1), fresh);
                    changed = true;
                } else if !list.is_empty() {
                    throughout.remove(&list.remove(at.index(list.len())));
                    changed = true;
                }
            }
        });
        let once: BTreeSet<u64> = came.iter().copied().collect();
        prop_assert_eq!(once.len(), came.len(), "no row comes twice");
        prop_assert!(throughout.is_subset(&once), "lost {:?}", throughout.difference(&once));
        let movement = the_walk.progress().completeness;
        prop_assert!(changed || movement == Completeness::None, "nothing moved");
        prop_assert_ne!(movement, Completeness::RowsMayBeMissing);
        // Where nothing is told to have moved, what came is the list in its order.
        if movement == Completeness::None {
            let order: Vec<u64> = server.rows.iter().copied().filter(|row| throughout.contains(row)).collect();
            let ours: Vec<u64> = came.iter().copied().filter(|row| throughout.contains(row)).collect();
            prop_assert_eq!(ours, order);
        }
    }

    #[test]
    fn a_change_that_would_mislead_a_plain_reader_is_told(
        rows in 60_u64..90, size in 10_u32..20, insert: bool, at in 0_usize..3, before_call in 1_u64..3,
    ) {
        // A row comes or goes near the beginning while later pages are still to be read.
        let mut server = Server::new(rows, Sizes::Asked);
        let mut the_walk = Walk::new(sized(size));
        walk(&mut server, &mut the_walk, |list, call| {
            if call == before_call {
                if insert { list.insert(at, 5_000) } else { list.remove(at); }
            }
        });
        prop_assert_eq!(the_walk.progress().completeness, Completeness::Handled);
    }

    #[test]
    fn a_change_that_balances_is_told_too(rows in 60_u64..90, size in 10_u32..20, gone in 0_usize..5) {
        // One goes at the beginning and one comes at the end: the totals stay the same, and a plain reader loses a row.
        let mut server = Server::new(rows, Sizes::Asked);
        let mut the_walk = Walk::new(sized(size));
        let mut lost = None;
        let came = walk(&mut server, &mut the_walk, |list, call| if call == 2 {
            lost = Some(list.remove(gone));
            list.push(5_000);
        });
        prop_assert_eq!(the_walk.progress().completeness, Completeness::Handled);
        prop_assert!((0..rows).all(|row| Some(row) == lost || came.contains(&row)));
    }

    #[test]
    fn a_list_that_stands_still_comes_whole_in_order_for_a_few_more_calls(rows in 0_u64..2_000, size in 50_u32..=100) {
        let mut server = Server::new(rows, Sizes::Asked);
        let came = walk(&mut server, &mut Walk::new(sized(size)), |_, _| {});
        prop_assert_eq!(came, (0..rows).collect::<Vec<_>>());
        let plain = rows.div_ceil(size.into()).max(1);
        prop_assert!(server.calls <= plain + plain / 4 + 2, "{} calls where a plain reader makes {plain}", server.calls);
    }

    #[test]
    fn a_server_with_its_own_size_is_read_whole_while_it_stands_still(rows in 0_u64..200, own in 1_usize..30) {
        let mut server = Server::new(rows, Sizes::Own(own));
        let mut the_walk = Walk::new(ListThings::default());
        let came = walk(&mut server, &mut the_walk, |_, _| {});
        prop_assert_eq!(came, (0..rows).collect::<Vec<_>>());
        // One page is proved; of several that cannot overlap nobody knows.
        let one = rows <= u64::try_from(own).unwrap();
        prop_assert_eq!(the_walk.progress().completeness, if one { Completeness::None } else { Completeness::Unproven });
    }

    #[test]
    fn a_server_that_stops_at_some_page_is_read_as_far_as_it_goes(
        rows in 1_u64..3_000, most in 2_usize..60, size in 20_usize..=60,
        beyond in prop_oneof![Just(Beyond::Again), Just(Beyond::Nothing)],
    ) {
        let mut server = Server::new(rows, Sizes::Asked);
        server.most_pages = Some((most, beyond));
        let mut list = Walk::new(sized(u32::try_from(size).unwrap()));
        let read = walk(&mut server, &mut list, |_, _| {});
        let within = rows.min(u64::try_from(most * size).unwrap());
        prop_assert_eq!(read, (0..within).collect::<Vec<_>>());
        let missing = list.progress().completeness == Completeness::RowsMayBeMissing;
        prop_assert_eq!(missing, within < rows);
        let most_calls = 3 * within.div_ceil(u64::try_from(size).unwrap()) + 40;
        prop_assert!(server.calls <= most_calls, "{} calls", server.calls);
    }

    #[test]
    fn a_walk_that_is_stored_after_any_row_goes_on_as_if_it_had_not_been(
        rows in 0_u64..80, size in 10_u32..20, stops in proptest::collection::btree_set(0_usize..80, 0..6), gone in any::<prop::sample::Index>(),
    ) {
        let mut server = Server::new(rows, Sizes::Asked);
        let mut the_walk = Walk::new(sized(size));
        let mut came = Vec::new();
        let mut throughout: BTreeSet<u64> = server.rows.iter().copied().collect();
        let mut went = false;
        loop {
            match the_walk.next() {
                Next::End => break,
                Next::Row(row) => {
                    came.push(row.as_read().unwrap().id.as_str().parse::<u64>().unwrap());
                    if stops.contains(&came.len()) {
                        if !went && !server.rows.is_empty() {
                            went = true;
                            let at = gone.index(server.rows.len());
                            throughout.remove(&server.rows.remove(at));
                        }
                        let stored = serde_json::to_string(the_walk.cursor()).unwrap();
                        let cursor: Cursor = serde_json::from_str(&stored).unwrap();
                        the_walk = Walk::resume(sized(size), cursor).unwrap();
                    }
                }
                Next::Call(call) => {
                    prop_assert!(server.calls < 500);
                    let answer = server.answer(&call).to_string();
                    the_walk.received(call.response(&Response::new(answer)).unwrap());
                }
            }
        }
        let once: BTreeSet<u64> = came.iter().copied().collect();
        prop_assert_eq!(once.len(), came.len());
        prop_assert!(throughout.is_subset(&once), "lost {:?}", throughout.difference(&once));
    }

    #[test]
    fn any_answers_end(pages in proptest::collection::vec((number(), number(), number(), number(), proptest::collection::vec(0_u64..30, 0..12)), 1..40)) {
        let mut the_walk = Walk::new(sized(12));
        let mut came = BTreeSet::new();
        // The last answer is given for ever.
        let mut answers = pages.iter().chain(std::iter::repeat(pages.last().unwrap()));
        let mut calls = 0;
        loop {
            match the_walk.next() {
                Next::End => break,
                Next::Row(row) => prop_assert!(came.insert(row.as_read().unwrap().id.clone())),
                Next::Call(call) => {
                    calls += 1;
                    prop_assert!(calls < 3_000, "the walk does not end");
                    let (pages, page, size, total, rows) = answers.next().unwrap();
                    let items: Vec<Value> = rows.iter().map(|id| json!({ "id": id })).collect();
                    let body = json!({ "pages": pages, "page": page, "itemsPerPage": size, "totalItems": total, "items": items });
                    the_walk.received(call.response(&Response::new(body.to_string())).unwrap());
                }
            }
        }
        // The first page always joins: its rows come.
        prop_assert!(pages[0].4.iter().all(|id| came.contains(&EduzzId::from(*id))));
    }
}

/// A number of a page's envelope: a likely one, or any.
fn number() -> impl Strategy<Value = u64> {
    prop_oneof![
        0_u64..5,
        Just(12),
        Just(u64::from(u32::MAX)),
        Just(u64::MAX),
        any::<u64>()
    ]
}

/// Answers from a list of bodies, and the ids that come.
fn scripted(bodies: &[Value], list: ListThings) -> (Vec<String>, Walk<ListThings>) {
    let mut the_walk = Walk::new(list);
    let (mut came, mut bodies) = (Vec::new(), bodies.iter());
    loop {
        match the_walk.next() {
            Next::End => return (came, the_walk),
            Next::Row(Row::Read(row)) => came.push(row.id.to_string()),
            Next::Row(Row::Unreadable(broken)) => came.push(format!("broken: {}", broken.source)),
            Next::Call(call) => {
                let body = bodies.next().expect("no more calls than bodies").to_string();
                the_walk.received(call.response(&Response::new(body)).unwrap());
            }
        }
    }
}

fn page(pages: Value, number: u32, size: u32, total: u32, ids: &[u32]) -> Value {
    let items: Vec<Value> = ids.iter().map(|id| json!({ "id": id })).collect();
    json!({ "pages": pages, "page": number, "itemsPerPage": size, "totalItems": total, "items": items })
}

#[test]
fn a_broken_row_does_not_lose_the_page() {
    let mut body = page(json!(1), 1, 10, 3, &[1, 2, 3]);
    body["items"][1] = json!({ "id": { "no": "id" }, "name": "canary-person-91b7@example.com" });
    let (came, the_walk) = scripted(&[body], sized(10));
    assert_eq!(came[0], "1");
    assert_eq!(
        came[1],
        "broken: the body has another form at /id: invalid type: map, expected an id (text or number)"
    );
    assert_eq!(came[2], "3");
    assert_eq!(the_walk.progress().rows, 3);
}

#[test]
fn pages_may_be_text_zero_or_a_lie() {
    for pages in [json!("1"), json!(0), json!(1)] {
        let empty = page(pages.clone(), 2, 10, 2, &[]);
        let (came, _) = scripted(
            &[
                page(pages, 1, 10, 2, &[1, 2]),
                empty.clone(),
                empty.clone(),
                empty,
            ],
            sized(10),
        );
        assert_eq!(came, ["1", "2"]);
    }
    // The documentation's own sample: 100 pages for what fits into 11.
    let mut server = Server::new(101, Sizes::Asked);
    let mut the_walk = Walk::new(sized(10));
    let mut rows = 0;
    loop {
        match the_walk.next() {
            Next::End => break,
            Next::Row(_) => rows += 1,
            Next::Call(call) => {
                let mut answer = server.answer(&call);
                answer["pages"] = json!(100);
                the_walk.received(call.response(&Response::new(answer.to_string())).unwrap());
            }
        }
    }
    assert_eq!(rows, 101);
    assert!(server.calls < 30, "{} calls", server.calls);
}

#[test]
fn the_same_id_twice_in_a_page_comes_once() {
    let (came, _) = scripted(&[page(json!(1), 1, 10, 3, &[1, 1, 2])], sized(10));
    assert_eq!(came, ["1", "2"]);
}

#[test]
fn limits_end_a_walk_and_it_can_be_resumed() {
    let mut server = Server::new(50, Sizes::Asked);
    let mut first = Walk::new(sized(10)).max_items(25);
    let mut came = walk(&mut server, &mut first, |_, _| {});
    assert_eq!(came.len(), 25);
    let mut second = Walk::resume(sized(10), first.cursor().clone())
        .unwrap()
        .max_pages(first.progress().pages + 1);
    came.extend(walk(&mut server, &mut second, |_, _| {}));
    let mut third = Walk::resume(sized(10), second.cursor().clone()).unwrap();
    came.extend(walk(&mut server, &mut third, |_, _| {}));
    assert_eq!(came, (0..50).collect::<Vec<_>>());
    assert_eq!(walk(&mut server, &mut third, |_, _| {}), [0_u64; 0]);
}

#[test]
fn a_cursor_is_of_one_list() {
    let cursor = Walk::new(sized(10)).cursor().clone();
    assert!(
        Walk::resume(
            ListThings {
                items_per_page: Some(50),
                page: Some(3),
                ..ListThings::default()
            },
            cursor.clone()
        )
        .is_ok()
    );
    assert!(
        Walk::resume(
            ListThings {
                filter: Some("paid"),
                ..sized(10)
            },
            cursor
        )
        .is_err()
    );
}

#[test]
fn rows_come_by_an_iterator_which_ends_at_an_error_and_can_be_gone_on_with() {
    let mut server = Server::new(40, Sizes::Asked);
    let mut broken = true;
    let mut send = |call: &eduzz_wire::PageCall<ListThings>| {
        if server.calls == 2 && std::mem::take(&mut broken) {
            return Err("401");
        }
        Ok(call
            .response(&Response::new(server.answer(call).to_string()))
            .unwrap())
    };
    let id = |row: Row<Thing>| row.as_read().unwrap().id.to_string();
    let mut rows = Walk::new(sized(10)).rows_by(&mut send);
    let mut came: Vec<String> = rows.by_ref().map_while(Result::ok).map(id).collect();
    assert!(came.len() < 40);
    assert!(rows.next().is_none(), "an error ends it");
    let rest = rows.into_walk().rows_by(&mut send);
    came.extend(rest.map(|row| id(row.unwrap())));
    assert_eq!(came, (0..40).map(|id| id.to_string()).collect::<Vec<_>>());
}

#[test]
fn a_call_that_failed_is_asked_for_again() {
    let mut the_walk = Walk::new(sized(10));
    let target = |next: Next<ListThings>| match next {
        Next::Call(call) => call
            .request(&Origins::production(), Some(&"t".into()))
            .unwrap()
            .uri()
            .clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(target(the_walk.next()), target(the_walk.next()));
}

#[test]
fn a_server_that_has_its_own_size_and_moves_is_told() {
    let mut server = Server::new(60, Sizes::Own(10));
    let mut the_walk = Walk::new(ListThings::default());
    let came = walk(&mut server, &mut the_walk, |list, call| {
        if call == 3 {
            list.remove(0);
        }
    });
    assert_eq!(came.iter().collect::<BTreeSet<_>>().len(), 60);
    assert_eq!(the_walk.progress().completeness, Completeness::Handled);
}

#[test]
fn fewer_rows_than_the_service_says_there_are_is_told() {
    // It answers the first page whatever is asked.
    let mut the_walk = Walk::new(sized(10));
    let first: Vec<u32> = (1..=10).collect();
    while let next @ (Next::Row(_) | Next::Call(_)) = the_walk.next() {
        if let Next::Call(call) = next {
            let body = page(json!(4), 1, 10, 40, &first).to_string();
            the_walk.received(call.response(&Response::new(body)).unwrap());
        }
    }
    assert_ne!(the_walk.progress().completeness, Completeness::None);

    // It says that there is one page, and that there are forty rows.
    let (came, the_walk) = scripted(
        &[page(json!(1), 1, 10, 40, &(1..=10).collect::<Vec<_>>())],
        sized(10),
    );
    assert_eq!(came.len(), 10);
    assert_eq!(the_walk.progress().completeness, Completeness::RowsMayBeMissing);
}

#[test]
fn a_page_number_that_was_not_asked_for_is_not_believed() {
    let mut server = Server::new(40, Sizes::Asked);
    let mut the_walk = Walk::new(sized(10));
    let mut rows = 0;
    loop {
        match the_walk.next() {
            Next::End => break,
            Next::Row(_) => rows += 1,
            Next::Call(call) => {
                let mut answer = server.answer(&call);
                answer["page"] = json!(1);
                the_walk.received(call.response(&Response::new(answer.to_string())).unwrap());
            }
        }
    }
    assert_eq!((rows, the_walk.progress().completeness), (40, Completeness::None));
}

#[test]
fn a_cursor_prints_and_stores_nothing_of_a_broken_row() {
    let mut body = page(json!(1), 1, 10, 1, &[1]);
    body["items"][0] = json!({ "id": {}, "email": canary::PERSONAL });
    let (came, the_walk) = scripted(&[body], sized(10));
    assert_eq!(came.len(), 1);
    canary::debug_is_clean(the_walk.cursor());
    canary::debug_is_clean(&the_walk);
    canary::is_clean(&serde_json::to_string(the_walk.cursor()).unwrap());
}

/// Written by version 0.1.0. Never change this: people have such cursors on their disks.
const CURSOR_0_1: &str = r#"{"version":1,"list":13809466171287716363,"position":2,"overlap":1,"size":10,"fixed":false,"apart":false,"adjoined":false,"reach":10,"barren":0,"total":3,"seen":["1","2"],"pages":1,"steps_back":0,"movement":"None","ended":false}"#;

#[test]
fn a_cursor_of_0_1_is_resumed_and_one_that_was_tampered_with_breaks_nothing() {
    let list = || ListThings {
        filter: Some("a"),
        ..sized(10)
    };
    let cursor: Cursor = serde_json::from_str(CURSOR_0_1).unwrap();
    assert_eq!(serde_json::to_string(&cursor).unwrap(), CURSOR_0_1);
    let mut server = Server::new(4, Sizes::Asked);
    let mut the_walk = Walk::resume(list(), cursor).unwrap();
    assert_eq!(walk(&mut server, &mut the_walk, |_, _| {}), [0, 3]);

    for (field, value) in [
        ("size", json!(0)),
        ("size", json!(u32::MAX)),
        ("position", json!(u64::MAX)),
        ("overlap", json!(u64::MAX)),
        ("reach", json!(u64::MAX)),
    ] {
        let mut stored: Value = serde_json::from_str(CURSOR_0_1).unwrap();
        stored[field] = value;
        let cursor = serde_json::from_value(stored).unwrap();
        let mut server = Server::new(4, Sizes::Asked);
        walk(&mut server, &mut Walk::resume(list(), cursor).unwrap(), |_, _| {});
    }
}

#[test]
fn what_is_left_is_estimated_after_the_first_answer() {
    let mut server = Server::new(2_000, Sizes::Asked);
    let mut the_walk = Walk::new(sized(100));
    assert_eq!(the_walk.calls_left(), None);
    let Next::Call(first) = the_walk.next() else {
        panic!("a call")
    };
    the_walk.received(
        first
            .response(&Response::new(server.answer(&first).to_string()))
            .unwrap(),
    );
    let estimate = the_walk.calls_left().unwrap();
    walk(&mut server, &mut the_walk, |_, _| {});
    assert!(
        estimate.abs_diff(server.calls) <= 4,
        "{estimate} estimated, {} made",
        server.calls
    );
    assert_eq!(the_walk.calls_left(), Some(0));
}
