//! Which records that wait for an answer are read together, by a walk over a day of their list.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Reverse;

use super::day_of;
use crate::Moment;

/// The most rows of one page.
const PAGE: u64 = 100;

/// The new rows of each page of a longer walk: its pages overlap.
const GAIN: u64 = 86;

/// A record that has to be asked for again.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Due {
    /// The record's key.
    pub key: String,
    /// The day when it was created, by the service's word.
    pub created: Option<i32>,
    /// The day of the news of it, on which the service should have changed it. `None` after the
    /// first try, since the service can date a change otherwise.
    pub told: Option<i32>,
}

/// The date whose days a walk reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum By {
    /// The date of creation, which never changes.
    Creation,
    /// The date of the last change.
    Change,
}

/// Records that one walk over a day should show.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Crowd {
    /// The date.
    pub by: By,
    /// The day.
    pub day: i32,
    /// The records' keys.
    pub keys: Vec<String>,
}

impl Due {
    /// A record with its day of creation and, before the first try, when the news of it arrived.
    #[must_use]
    pub fn new(key: String, created: Option<i32>, news: Option<Moment>) -> Self {
        Self {
            key,
            created,
            told: news.map(day_of),
        }
    }

    fn days(&self) -> impl Iterator<Item = (By, i32)> {
        let created = self.created.map(|day| (By::Creation, day));
        let told = self.told.map(|day| (By::Change, day));
        created.into_iter().chain(told)
    }
}

/// The days that more than one record is of. The number of their rows decides whether
/// [`crowds`] reads them.
#[must_use]
pub fn shared_days(due: &[Due]) -> BTreeSet<(By, i32)> {
    let mut counts: BTreeMap<(By, i32), u32> = BTreeMap::new();
    for day in due.iter().flat_map(Due::days) {
        *counts.entry(day).or_default() += 1;
    }
    counts.retain(|_, count| *count > 1);
    counts.into_keys().collect()
}

/// The walks that need fewer calls than asking for their records one by one. `rows` is how many
/// rows each day has in the mirror. No record is in two walks; those that are in none are asked for
/// by their id.
#[must_use]
pub fn crowds(mut due: Vec<Due>, rows: &BTreeMap<(By, i32), u64>) -> Vec<Crowd> {
    let mut crowds = Vec::new();
    loop {
        let mut groups: BTreeMap<(By, i32), u64> = BTreeMap::new();
        for day in due.iter().flat_map(Due::days) {
            *groups.entry(day).or_default() += 1;
        }
        let saved = |(day, count): ((By, i32), u64)| {
            let calls = walk_calls(size(day, *rows.get(&day)?, count));
            let saved = count.checked_sub(calls).filter(|saved| *saved > 0)?;
            Some((saved, Reverse(day)))
        };
        // Of two that save as much, the one by creation, whose rows do not move.
        let best = groups.into_iter().filter_map(saved).max();
        let Some((_, Reverse((by, day)))) = best else {
            return crowds;
        };
        let (read, left): (Vec<Due>, Vec<Due>) = due
            .into_iter()
            .partition(|due| due.days().any(|own| own == (by, day)));
        let keys = read.into_iter().map(|due| due.key).collect();
        crowds.push(Crowd { by, day, keys });
        due = left;
    }
}

/// The rows of a day by the mirror: those that it will have once the records have changed on it.
const fn size((by, _): (By, i32), rows: u64, records: u64) -> u64 {
    match by {
        By::Creation => rows,
        By::Change => rows + records,
    }
}

/// Whether a walk goes on: what is left of it is cheaper than asking for each record that it has
/// not shown yet. `calls_left` are those of the walk.
#[must_use]
pub const fn is_cheaper(calls_left: u64, records_left: u64) -> bool {
    calls_left < records_left
}

/// The calls of a walk over this many rows, or a few less.
#[must_use]
pub const fn walk_calls(rows: u64) -> u64 {
    if rows <= PAGE { 1 } else { rows.div_ceil(GAIN) }
}
