//! Walks over more rows than a cursor keeps.

use std::collections::BTreeSet;

use eduzz_wire::{Completeness, Cursor, Next, Sweep};
use proptest::prelude::*;

use super::server::*;

/// A sweep with pages of 100 keeps 2,000 rows.
const KEPT: u64 = 2_000;

fn stored(sweep: &Sweep<ListThings>) -> String {
    serde_json::to_string(&sweep.cursor()).unwrap()
}

/// Reads some rows, stores the cursor, changes the list, and reads the rest.
fn stop_and_go(
    server: &mut Server,
    stop: u64,
    change: impl FnOnce(&mut Vec<u64>),
) -> (Vec<u64>, Sweep<ListThings>) {
    let mut first = Sweep::new(sized(100)).max_items(stop);
    let mut rows = walk(server, &mut first, |_, _| {});
    change(&mut server.rows);
    let cursor: Cursor = serde_json::from_str(&stored(&first)).unwrap();
    let mut second = Sweep::new(sized(100)).resume(cursor).unwrap();
    rows.extend(walk(server, &mut second, |_, _| {}));
    (rows, second)
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 60, ..ProptestConfig::with_cases(32) })]

    #[test]
    fn any_number_of_rows_added_before_the_cursor_lose_and_repeat_nothing(
        rows in 2_500_u64..5_000, stop in 1_u64..5_000, added in prop_oneof![0_u64..3_000, 1_900_u64..2_200],
        own in proptest::option::of(50_usize..120),
    ) {
        let mut server = Server::new(rows, own.map_or(Sizes::Asked, Sizes::UpTo));
        let (returned, sweep) = stop_and_go(&mut server, stop, |list| {
            list.splice(0..0, (0..added).map(|row| 1_000_000 + row));
        });
        let once: BTreeSet<u64> = returned.iter().copied().collect();
        prop_assert_eq!(once.len(), returned.len(), "no row comes twice");
        prop_assert!((0..rows).all(|row| once.contains(&row)), "a row is lost");
        let completeness = sweep.progress().completeness;
        prop_assert_ne!(completeness, Completeness::RowsMayBeMissing);
        prop_assert!(added == 0 || stop >= rows || completeness >= Completeness::Handled);
    }

    #[test]
    fn any_change_of_a_long_list_repeats_nothing_and_loses_nothing_unreported(
        rows in 2_500_u64..5_000, stop in 2_100_u64..5_000,
        added in prop_oneof![0_u64..3_000, 1_900_u64..2_200], at in any::<prop::sample::Index>(),
        removed in prop_oneof![0_usize..200, 0_usize..4_000], from in any::<prop::sample::Index>(),
    ) {
        let mut server = Server::new(rows, Sizes::Asked);
        let (returned, sweep) = stop_and_go(&mut server, stop, |list| {
            let from = from.index(list.len());
            let to = (from + removed).min(list.len());
            list.drain(from..to);
            let at = at.index(list.len() + 1);
            list.splice(at..at, (0..added).map(|row| 1_000_000 + row));
        });
        let once: BTreeSet<u64> = returned.iter().copied().collect();
        prop_assert_eq!(once.len(), returned.len(), "no row comes twice");
        let lasting = server.rows.iter().filter(|row| **row < rows);
        let lost = lasting.filter(|row| !once.contains(row)).count();
        prop_assert!(lost == 0 || sweep.progress().completeness == Completeness::RowsMayBeMissing, "{} lost", lost);
    }
}

#[test]
fn another_list_behind_the_cursor_ends_the_walk_with_a_report() {
    let mut server = Server::new(5_000, Sizes::Asked);
    let (returned, sweep) = stop_and_go(&mut server, 3_000, |list| {
        list.iter_mut().for_each(|row| *row += 1_000_000);
    });
    assert_eq!(returned.len(), 3_000);
    assert_eq!(sweep.progress().completeness, Completeness::RowsMayBeMissing);
    assert!(server.calls < 100, "{} calls", server.calls);
}

#[test]
fn emptied_list_ends_the_walk() {
    let mut server = Server::new(5_000, Sizes::Asked);
    let (returned, _) = stop_and_go(&mut server, 3_000, Vec::clear);
    assert_eq!(returned.len(), 3_000);
    assert!(server.calls < 100, "{} calls", server.calls);
}

#[test]
fn cursor_of_a_long_list_stays_small() {
    for (size, kept) in [(100, KEPT), (500, 10_000)] {
        let mut server = Server::new(30_000, Sizes::Asked);
        let mut sweep = Sweep::new(sized(size));
        let mut largest = 0;
        loop {
            match sweep.next_batch() {
                Next::End => break,
                Next::Item(batch) => {
                    largest = largest.max(serde_json::to_string(&batch.cursor).unwrap().len());
                }
                Next::Call(call) => sweep.received(read(&call, &server.answer(&call))),
            }
        }
        assert_eq!(sweep.progress().rows, 30_000);
        assert_eq!(sweep.progress().completeness, Completeness::Complete);
        let ids = usize::try_from(11 * kept).unwrap();
        assert!((ids..ids + 600).contains(&largest), "{largest} bytes");
    }
}
