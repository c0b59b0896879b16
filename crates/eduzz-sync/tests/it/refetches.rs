//! Records that wait are read with fewer calls than one by one.

use std::collections::{BTreeMap, BTreeSet};

use eduzz_sync::Moment;
use eduzz_sync::mirror::{By, Due, crowds, is_cheaper, shared_days, walk_calls};
use proptest::prelude::*;

const DAY: i64 = 86_400_000;

/// Records of few days, some without a day of creation.
fn records() -> impl Strategy<Value = Vec<Due>> {
    let record = (prop::option::of(0_i32..6), prop::option::of(0_i64..4));
    prop::collection::vec(record, 0..200).prop_map(|records| {
        let record = |(at, (created, news)): (usize, (Option<i32>, Option<i64>))| {
            let news = news.map(|day| Moment::from_millis(day * DAY + DAY / 2));
            Due::new(at.to_string(), created, news)
        };
        records.into_iter().enumerate().map(record).collect()
    })
}

proptest! {
    /// If the days have as many rows as was thought, walks and single calls are no more than one
    /// call for each record, and each record is read once.
    #[test]
    fn walks_cost_no_more_than_one_by_one(due in records(), sizes in prop::collection::vec(0_u64..3_000, 20)) {
        let days = shared_days(&due);
        let rows: BTreeMap<_, _> = days.into_iter().zip(sizes.into_iter().cycle()).collect();
        // The records are on the day of their change once the service says that they changed.
        let size = |day: (By, i32), records| rows[&day] + if day.0 == By::Change { records } else { 0 };
        let crowds = crowds(due.clone(), &rows);
        let mut calls = due.len() as u64;
        let mut keys = BTreeSet::new();
        for crowd in &crowds {
            let walk = walk_calls(size((crowd.by, crowd.day), crowd.keys.len() as u64));
            prop_assert!(walk < crowd.keys.len() as u64);
            calls = calls - crowd.keys.len() as u64 + walk;
            for key in &crowd.keys {
                let record = due.iter().find(|due| due.key == *key).unwrap();
                let day = if crowd.by == By::Creation { record.created } else { record.told };
                prop_assert_eq!(day, Some(crowd.day));
                prop_assert!(keys.insert(key.clone()));
            }
        }
        prop_assert!(calls <= due.len() as u64);
        // What is left is not worth a walk.
        let left: Vec<Due> = due.into_iter().filter(|due| !keys.contains(&due.key)).collect();
        for day in shared_days(&left) {
            let count = left.iter().filter(|due| match day.0 {
                By::Creation => due.created == Some(day.1),
                _ => due.told == Some(day.1),
            });
            let count = count.count() as u64;
            prop_assert!(count <= walk_calls(size(day, count)));
        }
    }

    /// However many pages a day turns out to have, a walk that stops in time costs one call more at
    /// most, and none more if its first page shows a record.
    #[test]
    fn walk_over_a_longer_day_stops(pages in prop::collection::vec(0_u64..5, 1..60)) {
        let records: u64 = pages.iter().sum();
        let (mut calls, mut left) = (0, records);
        for shown in &pages {
            calls += 1;
            left -= shown;
            if !is_cheaper(pages.len() as u64 - calls, left) {
                break;
            }
        }
        prop_assert!(calls + left <= records + u64::from(pages[0] == 0));
    }
}
