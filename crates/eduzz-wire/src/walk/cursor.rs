//! The state of a walk that can be stored.

use alloc::boxed::Box;
use alloc::collections::BTreeSet;
use core::fmt;

use serde::{Deserialize, Serialize};

use super::{MAX_PAGE_SIZE, MIN_PAGE_SIZE};
use crate::{Call, PAGE_SIZE, Paged, Row};

/// The stored form's version.
const VERSION: u32 = 1;

/// No list has more rows; larger positions come from a tampered cursor.
pub(super) const MAX_POSITION: u64 = 1 << 48;

/// The position of a walk. It can be stored in any serde format and [resumed](super::Walk::resume)
/// later.
///
/// It holds the ids of the rows that were returned, so it grows with the walk: walk long periods
/// [slice by slice](crate::Days::slices).
// The stored names are those of version 0.1.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    version: u32,
    /// A hash of the list's path and query.
    list: u64,
    /// The position after the last row that was returned.
    pub(super) position: u64,
    /// How many positions before `position` the next page has to begin.
    pub(super) overlap: u64,
    /// The largest page size that the server gives.
    pub(super) size: u32,
    /// The server has its own page size, so pages cannot overlap.
    pub(super) fixed: bool,
    /// The last page did not overlap the known rows: the next one has to.
    #[serde(rename = "apart")]
    pub(super) disjoint: bool,
    /// A page followed the one before without an overlap.
    #[serde(rename = "adjoined")]
    pub(super) unproven: bool,
    /// The last page that the server gives, when it stops before the end of the list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) last_page: Option<u64>,
    /// The furthest position that was read.
    #[serde(rename = "reach")]
    pub(super) furthest: u64,
    /// Counts pages in a row without a new row, see `NO_PROGRESS_LIMIT`.
    #[serde(rename = "barren")]
    pub(super) no_progress: u32,
    pub(super) total: Option<u64>,
    pub(super) seen: BTreeSet<Box<str>>,
    pub(super) pages: u64,
    pub(super) steps_back: u32,
    #[serde(rename = "movement")]
    pub(super) completeness: Completeness,
    pub(super) ended: bool,
}

/// Whether a walk returned every row of its list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Completeness {
    /// No change of the list was seen that could affect the rows returned.
    #[default]
    #[serde(rename = "None")]
    Complete,
    /// No change was seen, but the server's pages do not overlap: a row that was deleted and one
    /// that was added between two calls would go unnoticed.
    Unproven,
    /// The list changed during the walk; every row that was there throughout was returned once.
    Handled,
    /// Rows may be missing: the list kept changing, the server gives no pages after some number, or
    /// it counts more rows than it returned.
    RowsMayBeMissing,
}

/// The cursor belongs to another list, for example one with other filters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the cursor belongs to another list or version: resume with the same call and the same filters")]
pub struct OtherList(());

impl Cursor {
    pub(super) fn new<L: Paged>(list: &L) -> Self {
        Self {
            version: VERSION,
            list: fingerprint(list),
            position: 0,
            overlap: 1,
            size: list
                .items_per_page()
                .unwrap_or(PAGE_SIZE)
                .clamp(MIN_PAGE_SIZE, MAX_PAGE_SIZE),
            fixed: false,
            disjoint: false,
            unproven: false,
            last_page: None,
            furthest: 0,
            no_progress: 0,
            total: None,
            seen: BTreeSet::new(),
            pages: 0,
            steps_back: 0,
            completeness: Completeness::Complete,
            ended: false,
        }
    }

    /// Checks a stored cursor, which may have been tampered with.
    pub(super) fn checked<L: Paged>(mut self, list: &L) -> Result<Self, OtherList> {
        if self.version != VERSION || self.list != fingerprint(list) {
            return Err(OtherList(()));
        }
        self.size = self.size.clamp(1, MAX_PAGE_SIZE);
        for place in [&mut self.position, &mut self.overlap, &mut self.furthest] {
            *place = (*place).min(MAX_POSITION);
        }
        Ok(self)
    }

    pub(super) fn completeness(&self) -> Completeness {
        match self.completeness {
            Completeness::Complete if self.unproven => Completeness::Unproven,
            completeness => completeness,
        }
    }

    /// Notes a change of the list; missing rows are never forgotten.
    pub(super) fn note(&mut self, completeness: Completeness) {
        if self.completeness != Completeness::RowsMayBeMissing {
            self.completeness = completeness;
        }
    }

    pub(super) fn rows(&self) -> u64 {
        u64::try_from(self.seen.len()).unwrap_or(u64::MAX)
    }

    pub(super) fn has_seen<L: Paged>(&self, row: &Row<L::Row>) -> bool {
        self.seen.contains(&*key_of::<L>(row))
    }
}

impl fmt::Debug for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cursor")
            .field("position", &self.position)
            .field("seen", &self.seen.len())
            .field("total", &self.total)
            .field("pages", &self.pages)
            .field("completeness", &self.completeness)
            .field("ended", &self.ended)
            .finish_non_exhaustive()
    }
}

/// The row's id, or a hash of an unreadable row, whose text may hold personal data.
pub(super) fn key_of<L: Paged>(row: &Row<L::Row>) -> alloc::borrow::Cow<'_, str> {
    match row {
        Row::Read(row) => L::key(row),
        Row::Unreadable(row) => {
            let (one, other) = (
                hash(HASH_START, &row.json),
                hash(HASH_START.rotate_left(32), &row.json),
            );
            // "broken" is part of the stored form.
            alloc::format!("broken {} {one:016x}{other:016x}", row.json.len()).into()
        }
    }
}

/// A hash of the list's path and query without its page. It tells lists apart; it does not protect
/// the filters from a guess.
fn fingerprint<L: Paged>(list: &L) -> u64 {
    let mut list = list.clone();
    list.set_page(1, 1);
    let mut call = Call::new(&L::ROUTE);
    list.describe(&mut call);
    hash(HASH_START, call.target())
}

const HASH_START: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a.
fn hash(start: u64, text: &str) -> u64 {
    text.bytes().fold(start, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
