//! Single lists, cursors and limits.

use std::collections::BTreeSet;

use eduzz_testkit::canary;
use eduzz_testkit::counting::Peak;
use eduzz_wire::{Completeness, Cursor, EndpointExt as _, Next, Origins, Paged as _, Row, Sweep};
use serde_json::json;

use super::server::*;

#[test]
fn unreadable_row_keeps_the_other_rows_of_its_page() {
    let mut body = page(&json!(1), 1, 3, &[1, 2, 3]);
    body["items"][1] = json!({ "id": { "no": "id" }, "name": "canary-person-91b7@example.com" });
    let (returned, list) = scripted(&[body]);
    assert_eq!(returned[0], "1");
    assert_eq!(
        returned[1],
        "unreadable: the body has another form at /id: invalid type: map, expected an id (text or number)"
    );
    assert_eq!(returned[2], "3");
    assert_eq!(list.progress().rows, 3);
}

#[test]
fn kept_row_has_its_json_and_an_unreadable_one_its_path() {
    let mut body = page(&json!(1), 1, 3, &[1, 2, 3]);
    body["items"][0]["unknown"] = json!([1.50]);
    body["items"][1] = json!({ "id": { "no": "id" } });
    let mut sweep = Sweep::new(sized(10).keep_json());
    let Next::Call(call) = sweep.next() else {
        panic!("a call")
    };
    let text = body.to_string();
    sweep.received(call.response(&http::Response::new(text)).unwrap());
    let Next::Item(batch) = sweep.next_batch() else {
        panic!("a batch")
    };
    let shown: Vec<String> = batch
        .rows
        .into_iter()
        .map(|row| match row {
            Row::Read(kept) => {
                assert_eq!(serde_json::to_string(&kept).unwrap(), &*kept.json);
                format!("{} {}", kept.row.id, kept.json)
            }
            Row::Unreadable(row) => format!("{} {}", row.source, row.json),
        })
        .collect();
    assert_eq!(
        shown,
        [
            r#"1 {"id":1,"unknown":[1.5]}"#,
            r#"the body has another form at /id: invalid type: map, expected an id (text or number) {"id":{"no":"id"}}"#,
            r#"3 {"id":3}"#,
        ]
    );
}

/// A server whose every page has new rows of another form would be walked for ever.
#[test]
fn walk_ends_after_three_pages_without_a_readable_row() {
    for total in [0, 1_000_000] {
        let mut calls = 0;
        let mut list = Sweep::new(sized(10));
        let rows = drive(&mut list, |_| {
            calls += 1;
            let mut body = page(&json!(100_000), calls, total, &[]);
            body["items"] = (0..10).map(|row| json!({ "no": calls * 10 + row })).collect();
            body
        });
        assert_eq!((calls, rows.iter().filter_map(Row::as_read).count()), (3, 0));
        assert_eq!(list.progress().completeness, Completeness::RowsMayBeMissing);
        assert!(matches!(list.next(), Next::End));
    }
    // A readable row in between: the walk continues.
    let mut calls = 0;
    drive(&mut Sweep::new(sized(10)).max_pages(20), |_| {
        calls += 1;
        let ids: &[u32] = if calls % 3 == 0 { &[calls] } else { &[] };
        let mut body = page(&json!(100_000), calls, 1_000_000, ids);
        body["items"].as_array_mut().unwrap().push(json!({ "no": calls }));
        body
    });
    assert_eq!(calls, 20);
}

/// A page of 16 MiB takes a small multiple of it, whatever its rows are.
#[test]
fn page_of_tiny_rows_is_refused_in_little_memory() {
    for row in ["{},", "1,", r#"{"id":1},"#, "[],"] {
        let mut body = String::from(r#"{"pages":1,"page":1,"itemsPerPage":10,"totalItems":3,"items":["#);
        while body.len() < (16 << 20) - 10 {
            body.push_str(row);
        }
        body.truncate(body.len() - 1);
        body.push_str("]}");
        let response = http::Response::new(body);
        let peak = Peak::start();
        let error = eduzz_wire::PageCall::new(Fat::default())
            .response(&response)
            .unwrap_err();
        let held = peak.bytes();
        let reason = error.unreadable().unwrap().source.to_string();
        assert!(reason.contains("/items") && reason.contains("10000"), "{reason}");
        // The error keeps the body.
        assert!(held < 4 * (16 << 20), "{row}: {held} bytes");
    }
}

#[test]
fn walk_ends_whether_pages_is_text_zero_or_wrong() {
    for pages in [json!("1"), json!(0), json!(1)] {
        let empty = page(&pages, 2, 2, &[]);
        let (returned, _) = scripted(&[page(&pages, 1, 2, &[1, 2]), empty.clone(), empty.clone(), empty]);
        assert_eq!(returned, ["1", "2"]);
    }
    // The documentation's sample counts 100 pages for rows that fit into 11.
    let mut server = Server::new(101, Sizes::Asked);
    let rows = drive(&mut Sweep::new(sized(10)), |call| {
        let mut answer = server.answer(call);
        answer["pages"] = json!(100);
        answer
    });
    assert_eq!(rows.len(), 101);
    assert!(server.calls < 30, "{} calls", server.calls);
}

#[test]
fn row_repeated_in_a_page_is_returned_once() {
    let (returned, _) = scripted(&[page(&json!(1), 1, 3, &[1, 1, 2])]);
    assert_eq!(returned, ["1", "2"]);
}

#[test]
fn walk_ended_by_a_limit_can_be_resumed() {
    let mut server = Server::new(50, Sizes::Asked);
    let mut first = Sweep::new(sized(10)).max_items(25);
    let mut returned = walk(&mut server, &mut first, |_, _| {});
    assert_eq!(returned.len(), 25);
    let mut second = Sweep::new(sized(10))
        .resume(first.cursor())
        .unwrap()
        .max_pages(first.progress().pages + 1);
    returned.extend(walk(&mut server, &mut second, |_, _| {}));
    let mut third = Sweep::new(sized(10)).resume(second.cursor()).unwrap();
    returned.extend(walk(&mut server, &mut third, |_, _| {}));
    assert_eq!(returned, (0..50).collect::<Vec<_>>());
    assert_eq!(walk(&mut server, &mut third, |_, _| {}), [0_u64; 0]);
}

#[test]
fn cursor_of_another_filter_is_refused() {
    let cursor = Sweep::new(sized(10)).cursor();
    let other_page = ListThings {
        page: Some(3),
        ..sized(50)
    };
    assert!(Sweep::new(other_page).resume(cursor.clone()).is_ok());
    let other_filter = ListThings {
        filter: Some("paid"),
        ..sized(10)
    };
    assert!(Sweep::new(other_filter).resume(cursor).is_err());
}

#[test]
fn failed_call_is_given_again() {
    let mut list = Sweep::new(sized(10));
    let target = |next: Next<ListThings>| match next {
        Next::Call(call) => call
            .request(&Origins::production(), Some(&"t".into()))
            .unwrap()
            .uri()
            .clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(target(list.next()), target(list.next()));
}

#[test]
fn change_with_own_page_size_is_reported_as_handled() {
    let mut server = Server::new(60, Sizes::Own(10));
    let mut list = Sweep::new(ListThings::default());
    let returned = walk(&mut server, &mut list, |list, call| {
        if call == 3 {
            list.remove(0);
        }
    });
    assert_eq!(returned.iter().collect::<BTreeSet<_>>().len(), 60);
    assert_eq!(list.progress().completeness, Completeness::Handled);
}

#[test]
fn fewer_rows_than_the_total_is_reported() {
    // The server gives the first page for every page.
    let mut list = Sweep::new(sized(10));
    let first: Vec<u32> = (1..=10).collect();
    drive(&mut list, |_| page(&json!(4), 1, 40, &first));
    assert_ne!(list.progress().completeness, Completeness::Complete);

    // The server counts one page and 40 rows.
    let (returned, list) = scripted(&[page(&json!(1), 1, 40, &first)]);
    assert_eq!(returned.len(), 10);
    assert_eq!(list.progress().completeness, Completeness::RowsMayBeMissing);
}

#[test]
fn page_number_not_asked_for_is_ignored() {
    let mut server = Server::new(40, Sizes::Asked);
    let mut list = Sweep::new(sized(10));
    let rows = drive(&mut list, |call| {
        let mut answer = server.answer(call);
        answer["page"] = json!(1);
        answer
    });
    assert_eq!(
        (rows.len(), list.progress().completeness),
        (40, Completeness::Complete)
    );
}

#[test]
fn cursor_neither_prints_nor_stores_an_unreadable_row() {
    let mut body = page(&json!(1), 1, 1, &[1]);
    body["items"][0] = json!({ "id": {}, "email": canary::PERSONAL });
    let (returned, list) = scripted(&[body]);
    assert_eq!(returned.len(), 1);
    canary::debug_is_clean(&list.cursor());
    canary::debug_is_clean(&list);
    canary::is_clean(&serde_json::to_string(&list.cursor()).unwrap());
}

/// Written by version 0.1.0, which held every id.
const CURSOR_0_1: &str = r#"{"version":1,"list":13809466171287716363,"position":2,"overlap":1,"size":10,"fixed":false,"apart":false,"adjoined":false,"reach":10,"barren":0,"total":3,"seen":["1","2"],"pages":1,"steps_back":0,"movement":"None","ended":false}"#;

/// Written by the present version. Change it only together with the version.
const CURSOR: &str = r#"{"version":2,"list":1628073141749610264,"pages":1,"order":"newest_first","slice_days":4294967295,"slice":0,"rows":2,"rows_before":0,"completeness":"complete","place":{"position":2,"overlap":1,"size":10,"fixed":false,"disjoint":false,"unproven":false,"furthest":10,"no_progress":0,"steps_back":0,"leaps":0,"total":4,"completeness":"complete","ended":false,"rows":2,"keep":2000,"forgot":false,"earlier":0,"missed":"","ids":"-smf_21NewLjfmXOrfiwjN"}}"#;

#[test]
fn cursor_of_0_1_is_refused() {
    let cursor: Cursor = serde_json::from_str(CURSOR_0_1).unwrap();
    let things = ListThings {
        filter: Some("a"),
        ..sized(10)
    };
    let error = Sweep::new(things).resume(cursor).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the cursor belongs to another list or version: resume with the same call and the same filters"
    );
}

#[test]
fn stored_cursor_keeps_its_form() {
    let mut server = Server::new(4, Sizes::Asked);
    let mut list = Sweep::new(sized(10)).max_items(2);
    walk(&mut server, &mut list, |_, _| {});
    assert_eq!(serde_json::to_string(&list.cursor()).unwrap(), CURSOR);
}

#[test]
fn calls_left_is_estimated_after_the_first_answer() {
    let mut server = Server::new(2_000, Sizes::Asked);
    let mut list = Sweep::new(sized(100));
    assert_eq!(list.calls_left(), None);
    let Next::Call(first) = list.next() else {
        panic!("a call")
    };
    list.received(read(&first, &server.answer(&first)));
    let estimate = list.calls_left().unwrap();
    walk(&mut server, &mut list, |_, _| {});
    assert!(
        estimate.abs_diff(server.calls) <= 4,
        "{estimate} estimated, {} made",
        server.calls
    );
    assert_eq!(list.calls_left(), Some(0));
}
