//! The state of a sweep that can be stored.

use core::fmt;

use serde::{Deserialize, Serialize};

use super::ids::{Kind, hash};
use super::walk::Place;
use crate::{Call, Order, Paged};

/// The stored form's version. Version 1 was that of a single walk, and held every id.
pub(super) const VERSION: u32 = 2;

/// The position of a sweep. It can be stored in any serde format and
/// [resumed](super::Sweep::resume) later.
///
/// It holds the ids of the last rows as hashes of 64 bits: of the last 20 pages and of at least
/// 2,000 rows, some 22 KB of JSON however long the list is. Only where
/// [rows may move](Paged::rows_may_move) it holds those of all rows, 11 bytes each. Two ids with
/// the same hash would lose a row; with 2,000 ids that happens once in 10^16 rows, with 1,000,000
/// ids once in 10^13. Where all rows that it knows are deleted before the sweep goes on, the
/// sweep ends there and reports [`Completeness::RowsMayBeMissing`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    pub(super) version: u32,
    /// A hash of the list's path and query, with all its days.
    pub(super) list: u64,
    pub(super) pages: u64,
    // Version 1 has no further fields: it is read, and refused by its version.
    #[serde(default = "newest_first")]
    pub(super) order: Order,
    /// The days of a slice.
    #[serde(default)]
    pub(super) slice_days: u32,
    /// The number of slices before the present one.
    #[serde(default)]
    pub(super) slice: u64,
    /// The rows that were returned, and those of them that the slices before gave.
    #[serde(default)]
    pub(super) rows: u64,
    #[serde(default)]
    pub(super) rows_before: u64,
    /// Of the slices before the present one.
    #[serde(default)]
    pub(super) completeness: Completeness,
    #[serde(default)]
    pub(super) place: Place,
}

const fn newest_first() -> Order {
    Order::NewestFirst
}

/// Whether a sweep returned every row of its list; the later, the worse.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Completeness {
    /// No change of the list was seen that could affect the rows returned.
    #[default]
    Complete,
    /// No change was seen, but the server's pages do not overlap: a row that was deleted and one
    /// that was added between two calls would go unnoticed.
    Unproven,
    /// The list changed during the sweep; every row that was there throughout was returned once.
    Handled,
    /// Rows may be missing: the list kept changing, the server gives no pages after some number, it
    /// counts more rows than it returned, or none of the last rows could be found again.
    RowsMayBeMissing,
}

/// The cursor belongs to another list, for example one with other filters or days, or to another
/// version of this crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the cursor belongs to another list or version: resume with the same call and the same filters")]
pub struct OtherList(pub(super) ());

impl fmt::Debug for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cursor")
            .field("slice", &self.slice)
            .field("rows", &self.rows)
            .field("pages", &self.pages)
            .field("place", &self.place)
            .finish_non_exhaustive()
    }
}

/// A hash of the list's path and query without its page. It tells lists apart; it does not protect
/// the filters from a guess.
pub(super) fn fingerprint<L: Paged>(list: &L) -> u64 {
    let mut list = list.clone();
    list.set_page(1, 1);
    let mut call = Call::new(&L::ROUTE);
    list.describe(&mut call);
    hash(Kind::List, call.target())
}
