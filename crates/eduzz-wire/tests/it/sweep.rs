//! Walks over lists that change during the walk, against a model server.

use std::collections::BTreeSet;

use eduzz_types::EduzzId;
use eduzz_wire::{Completeness, Cursor, Next, Sweep};
use proptest::prelude::*;
use serde_json::{Value, json};

use self::server::*;

mod cases;
mod forgotten;
mod server;
mod slices;
mod stored;

fn overlapping_sizes() -> impl Strategy<Value = Sizes> {
    prop_oneof![Just(Sizes::Asked), (10_usize..16).prop_map(Sizes::UpTo)]
}

/// A change of the list before a call: a row added or deleted at a place.
type Change = (bool, prop::sample::Index);

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn changing_list_returns_every_lasting_row_once_and_reports_the_change(
        rows in 0_u64..120, size in 10_u32..20, sizes in overlapping_sizes(),
        changes in proptest::collection::vec(proptest::collection::vec(any::<Change>(), 0..6), 0..30),
    ) {
        let mut server = Server::new(rows, sizes);
        let mut throughout: BTreeSet<u64> = server.rows.iter().copied().collect();
        let mut fresh = 1_000_000;
        let mut changed = false;
        let mut list = Sweep::new(sized(size));
        let returned = walk(&mut server, &mut list, |list, call| {
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
        let once: BTreeSet<u64> = returned.iter().copied().collect();
        prop_assert_eq!(once.len(), returned.len(), "no row comes twice");
        prop_assert!(throughout.is_subset(&once), "lost {:?}", throughout.difference(&once));
        let completeness = list.progress().completeness;
        prop_assert!(changed || completeness == Completeness::Complete, "nothing changed");
        prop_assert_ne!(completeness, Completeness::RowsMayBeMissing);
        // Without a reported change the rows come in the list's order.
        if completeness == Completeness::Complete {
            let order: Vec<u64> = server.rows.iter().copied().filter(|row| throughout.contains(row)).collect();
            let ours: Vec<u64> = returned.iter().copied().filter(|row| throughout.contains(row)).collect();
            prop_assert_eq!(ours, order);
        }
    }

    #[test]
    fn change_near_the_beginning_is_reported_as_handled(
        rows in 60_u64..90, size in 10_u32..20, insert: bool, at in 0_usize..3, before_call in 1_u64..3,
    ) {
        // A row is added or deleted near the beginning while later pages are still to be read.
        let mut server = Server::new(rows, Sizes::Asked);
        let mut list = Sweep::new(sized(size));
        walk(&mut server, &mut list, |list, call| {
            if call == before_call {
                if insert { list.insert(at, 5_000) } else { list.remove(at); }
            }
        });
        prop_assert_eq!(list.progress().completeness, Completeness::Handled);
    }

    #[test]
    fn change_that_keeps_the_total_is_reported_as_handled(rows in 60_u64..90, size in 10_u32..20, gone in 0_usize..5) {
        // One row is deleted at the beginning and one added at the end: the total stays the same.
        let mut server = Server::new(rows, Sizes::Asked);
        let mut list = Sweep::new(sized(size));
        let mut lost = None;
        let returned = walk(&mut server, &mut list, |list, call| if call == 2 {
            lost = Some(list.remove(gone));
            list.push(5_000);
        });
        prop_assert_eq!(list.progress().completeness, Completeness::Handled);
        prop_assert!((0..rows).all(|row| Some(row) == lost || returned.contains(&row)));
    }

    #[test]
    fn unchanged_list_with_own_page_size_is_complete_but_unproven(
        rows in 0_u64..200, own in 1_usize..120, asked in 10_u32..110,
        said in prop_oneof![Just(Said::Own), Just(Said::Asked), Just(Said::Nothing)],
    ) {
        let mut server = Server::new(rows, Sizes::Own(own));
        server.said = said;
        let mut list = Sweep::new(sized(asked));
        let returned = walk(&mut server, &mut list, |_, _| {});
        prop_assert_eq!(returned, (0..rows).collect::<Vec<_>>());
        // Several pages that cannot overlap prove nothing.
        let own = u64::try_from(own).unwrap();
        let expected = if rows <= own { Completeness::Complete } else { Completeness::Unproven };
        prop_assert_eq!(list.progress().completeness, expected);
        prop_assert!(server.calls <= rows.div_ceil(own) + 2, "{} calls", server.calls);
    }

    #[test]
    fn walk_stored_after_any_row_resumes_without_loss(
        rows in 0_u64..80, size in 10_u32..20, stops in proptest::collection::btree_set(0_usize..80, 0..6), gone in any::<prop::sample::Index>(),
    ) {
        let mut server = Server::new(rows, Sizes::Asked);
        let mut list = Sweep::new(sized(size));
        let mut returned = Vec::new();
        let mut throughout: BTreeSet<u64> = server.rows.iter().copied().collect();
        let mut deleted = false;
        loop {
            match list.next() {
                Next::End => break,
                Next::Item(row) => {
                    returned.push(number(&row));
                    if stops.contains(&returned.len()) {
                        if !deleted && !server.rows.is_empty() {
                            deleted = true;
                            let at = gone.index(server.rows.len());
                            throughout.remove(&server.rows.remove(at));
                        }
                        let stored = serde_json::to_string(&list.cursor()).unwrap();
                        let cursor: Cursor = serde_json::from_str(&stored).unwrap();
                        list = Sweep::new(sized(size)).resume(cursor).unwrap();
                    }
                }
                Next::Call(call) => {
                    prop_assert!(server.calls < 500);
                    list.received(read(&call, &server.answer(&call)));
                }
            }
        }
        let once: BTreeSet<u64> = returned.iter().copied().collect();
        prop_assert_eq!(once.len(), returned.len());
        prop_assert!(throughout.is_subset(&once), "lost {:?}", throughout.difference(&once));
    }

    #[test]
    fn any_answers_end_list(pages in proptest::collection::vec((any_number(), any_number(), any_number(), any_number(), proptest::collection::vec(0_u64..30, 0..12)), 1..40)) {
        let mut list = Sweep::new(sized(12));
        // The last answer is given again and again.
        let mut answers = pages.iter().chain(std::iter::repeat(pages.last().unwrap()));
        let mut calls = 0;
        let rows = drive(&mut list, |_| {
            calls += 1;
            // It gives up 3,000 calls after the last new row.
            assert!(calls < 3_100, "the walk does not end");
            let (pages, page, size, total, rows) = answers.next().unwrap();
            let items: Vec<Value> = rows.iter().map(|id| json!({ "id": id })).collect();
            json!({ "pages": pages, "page": page, "itemsPerPage": size, "totalItems": total, "items": items })
        });
        let returned: BTreeSet<EduzzId> = rows.iter().map(|row| row.as_read().unwrap().id.clone()).collect();
        prop_assert_eq!(returned.len(), rows.len(), "no row twice");
        // The rows of the first page are always returned.
        prop_assert!(pages[0].4.iter().all(|id| returned.contains(&EduzzId::from(*id))));
    }
}

proptest! {
    // Thousands of rows a case, and nothing changes in between.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn unchanged_list_is_returned_in_order_for_few_extra_calls(rows in 0_u64..2_000, size in 50_u32..=100) {
        let mut server = Server::new(rows, Sizes::Asked);
        let returned = walk(&mut server, &mut Sweep::new(sized(size)), |_, _| {});
        prop_assert_eq!(returned, (0..rows).collect::<Vec<_>>());
        let plain = rows.div_ceil(size.into()).max(1);
        prop_assert!(server.calls <= plain + plain / 4 + 2, "{} calls where a plain reader makes {plain}", server.calls);
    }

    #[test]
    fn server_without_later_pages_is_read_up_to_its_last(
        rows in 1_u64..3_000, most in 2_usize..60, size in 20_usize..=60,
        beyond in prop_oneof![Just(Beyond::Again), Just(Beyond::Nothing)],
    ) {
        let mut server = Server::new(rows, Sizes::Asked);
        server.most_pages = Some((most, beyond));
        let mut list = Sweep::new(sized(u32::try_from(size).unwrap()));
        let read = walk(&mut server, &mut list, |_, _| {});
        let within = rows.min(u64::try_from(most * size).unwrap());
        prop_assert_eq!(read, (0..within).collect::<Vec<_>>());
        let missing = list.progress().completeness == Completeness::RowsMayBeMissing;
        prop_assert_eq!(missing, within < rows);
        let most_calls = 3 * within.div_ceil(u64::try_from(size).unwrap()) + 40;
        prop_assert!(server.calls <= most_calls, "{} calls", server.calls);
    }
}

/// A number of a page's envelope: a likely one, or any.
fn any_number() -> impl Strategy<Value = u64> {
    prop_oneof![
        0_u64..5,
        Just(12),
        Just(u64::from(u32::MAX)),
        Just(u64::MAX),
        any::<u64>()
    ]
}
