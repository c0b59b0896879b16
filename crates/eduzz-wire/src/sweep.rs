//! A sweep over all rows of a list: slice by slice of its days, page by page, row by row.
//!
//! On deep pages of a long range the connection drops (Q11), and the statement answers an empty
//! success for more than about twelve months (Q13). A list with a [range of days](Paged::days) is
//! therefore read in slices, each a short list of its own; any other list is one slice. `walk` has
//! what happens within a slice.

use alloc::vec::Vec;
use core::fmt;

use eduzz_types::Page;

use self::cursor::{VERSION, fingerprint};
use self::walk::{Place, Walk};
use crate::{Days, Order, PageCall, Paged, Row, Slices};

mod cursor;
mod ids;
mod walk;

pub use self::cursor::{Completeness, Cursor, OtherList};

/// A sweep over all rows of a list that may change meanwhile.
///
/// It decides and sends nothing: [`next`](Self::next) gives the call to send,
/// [`received`](Self::received) takes its answer. Dropped anywhere and resumed from its last
/// [`cursor`](Self::cursor), it returns each row once.
///
/// ```
/// # use eduzz_types::Page;
/// # use eduzz_wire::{Next, PageCall, Paged, Row, Sweep};
/// # fn example<L: Paged>(list: L, send: impl Fn(&PageCall<L>) -> Result<Page<Row<L::Row>>, ()>) -> Result<(), ()> {
/// let mut sweep = Sweep::new(list);
/// loop {
///     match sweep.next_batch() {
///         Next::Call(call) => sweep.received(send(&call)?),
///         Next::Item(batch) => { /* Store `batch.rows` and `batch.cursor` in one transaction. */ }
///         Next::End => break,
///     }
/// }
/// # Ok(())
/// # }
/// ```
pub struct Sweep<L: Paged> {
    /// The list with all its days.
    whole: L,
    fingerprint: u64,
    /// The list with the days of the present slice.
    list: L,
    order: Order,
    slice_days: u32,
    left: Option<Slices>,
    slice: u64,
    rows: u64,
    rows_before: u64,
    pages: u64,
    /// Of the slices before the present one.
    completeness: Completeness,
    walk: Walk<L>,
    max_items: Option<u64>,
    max_pages: Option<u64>,
}

/// The next step of a sweep.
#[allow(
    clippy::exhaustive_enums,
    reason = "the caller of a sweep must handle all three"
)]
pub enum Next<L: Paged, T = Row<<L as Paged>::Row>> {
    /// The next row, or batch of rows.
    Item(T),
    /// A call to send, whose answer goes to [`Sweep::received`].
    Call(PageCall<L>),
    /// There are no more rows, or the caller's limit is reached.
    End,
}

/// The new rows of a page, at least one, and the position after them. Stored in one transaction,
/// they lose and repeat nothing.
#[derive(Debug)]
#[non_exhaustive]
pub struct Batch<R> {
    /// The rows.
    pub rows: Vec<Row<R>>,
    /// The position after the rows.
    pub cursor: Cursor,
}

/// The progress of a sweep, for display.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// How many rows were returned.
    pub rows: u64,
    /// How many rows there are in all slices, according to the last answer. While slices are left
    /// it is an estimate from those before.
    pub total: Option<u64>,
    /// How many pages were read.
    pub pages: u64,
    /// How many slices are left after the present one.
    pub slices_left: u64,
    /// Whether every row was returned: the worst of the slices so far.
    pub completeness: Completeness,
}

/// Newest first would lose rows that move to a newer slice during the sweep.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("rows may move to a newer slice during the sweep: read the oldest days first")]
pub struct RowsWouldBeLost(());

impl<L: Paged> Sweep<L> {
    /// Starts at the first row.
    ///
    /// The list's `items_per_page`, clamped to 10 to 1000, is the largest page size that is used.
    /// The newest days are read first; the oldest where [rows may move](Paged::rows_may_move),
    /// since a row that moves to a newer slice is then still to come.
    #[must_use]
    pub fn new(list: L) -> Self {
        let order = if list.rows_may_move() {
            Order::OldestFirst
        } else {
            Order::NewestFirst
        };
        let mut sweep = Self {
            fingerprint: fingerprint(&list),
            list: list.clone(),
            order,
            slice_days: L::MAX_DAYS.unwrap_or(u32::MAX),
            left: None,
            slice: 0,
            rows: 0,
            rows_before: 0,
            pages: 0,
            completeness: Completeness::Complete,
            walk: Walk::new(Place::new(list.items_per_page()), false),
            max_items: None,
            max_pages: None,
            whole: list,
        };
        sweep.restart();
        sweep
    }

    /// Goes to the first slice.
    fn restart(&mut self) {
        self.left = self.days().map(|days| days.slices(self.slice_days, self.order));
        self.slice = 0;
        self.list = self.whole.clone();
        if let Some(days) = self.left.as_mut().and_then(Slices::next) {
            self.list.set_days(&days);
        }
        let keeps_all = self.left.as_ref().is_some_and(|left| left.left() > 0) && self.whole.rows_may_move();
        self.walk = Walk::new(Place::new(self.whole.items_per_page()), keeps_all);
    }

    /// The days to slice.
    fn days(&self) -> Option<Days> {
        self.whole.days().filter(|_| L::MAX_DAYS.is_some())
    }

    /// Reads the slices in this order.
    ///
    /// # Errors
    ///
    /// The newest first, although [rows may move](Paged::rows_may_move).
    pub fn order(mut self, order: Order) -> Result<Self, RowsWouldBeLost> {
        if order == Order::NewestFirst && self.whole.rows_may_move() {
            return Err(RowsWouldBeLost(()));
        }
        self.order = order;
        self.restart();
        Ok(self)
    }

    /// Cuts the days into slices of at most this many days, instead of the list's
    /// [`MAX_DAYS`](Paged::MAX_DAYS); more than that has no effect.
    #[must_use]
    pub fn slice_days(mut self, days: u32) -> Self {
        self.slice_days = days.clamp(1, L::MAX_DAYS.unwrap_or(u32::MAX));
        self.restart();
        self
    }

    /// Ends after this many rows, including those before the cursor that it resumes from.
    #[must_use]
    pub fn max_items(mut self, rows: u64) -> Self {
        self.max_items = Some(rows);
        self
    }

    /// Ends after this many pages, including those before the cursor that it resumes from.
    #[must_use]
    pub fn max_pages(mut self, pages: u64) -> Self {
        self.max_pages = Some(pages);
        self
    }

    /// Resumes from the cursor of another sweep over the same list, in the order and the slices of
    /// that one. Limits stay as set here.
    ///
    /// # Errors
    ///
    /// The cursor belongs to another list or version.
    pub fn resume(mut self, cursor: Cursor) -> Result<Self, OtherList> {
        // The cursor may have been tampered with.
        let is_ours = cursor.version == VERSION && cursor.list == self.fingerprint;
        let has_slices = (1..=L::MAX_DAYS.unwrap_or(u32::MAX)).contains(&cursor.slice_days);
        let loses_rows = cursor.order == Order::NewestFirst && self.whole.rows_may_move();
        if !is_ours || !has_slices || loses_rows {
            return Err(OtherList(()));
        }
        self.order = cursor.order;
        self.slice_days = cursor.slice_days;
        self.restart();
        if cursor.slice > self.left.as_ref().map_or(0, Slices::left) {
            return Err(OtherList(()));
        }
        let keeps_all = self.walk.keeps_all();
        for _ in 0..cursor.slice {
            if let Some(days) = self.left.as_mut().and_then(Slices::next) {
                self.list.set_days(&days);
            }
        }
        self.slice = cursor.slice;
        self.rows = cursor.rows;
        self.rows_before = cursor.rows_before.min(cursor.rows);
        self.pages = cursor.pages;
        self.completeness = cursor.completeness;
        self.walk = Walk::new(cursor.place.checked(), keeps_all);
        Ok(self)
    }

    /// Gives the next row, or a call to send. After a failed call it gives the same call again.
    #[allow(
        clippy::should_implement_trait,
        reason = "not an iterator: a call has to be answered before the next step"
    )]
    pub fn next(&mut self) -> Next<L> {
        loop {
            if self.max_items.is_some_and(|most| self.rows >= most) {
                return Next::End;
            }
            while let Some((row, is_new)) = self.walk.pop() {
                if is_new {
                    self.rows = self.rows.saturating_add(1);
                    return Next::Item(row);
                }
            }
            if self.walk.ended() {
                if !self.next_slice() {
                    return Next::End;
                }
                continue;
            }
            if self.max_pages.is_some_and(|most| self.pages >= most) {
                return Next::End;
            }
            if let Some((page, size)) = self.walk.ask() {
                let mut list = self.list.clone();
                list.set_page(page, size);
                return Next::Call(PageCall(list));
            }
        }
    }

    /// Gives the new rows of a page together with the position after them, or a call to send.
    pub fn next_batch(&mut self) -> Next<L, Batch<L::Row>> {
        let mut rows = Vec::new();
        loop {
            match self.next() {
                Next::Item(row) => rows.push(row),
                _ if !rows.is_empty() => {
                    let cursor = self.cursor();
                    return Next::Item(Batch { rows, cursor });
                }
                Next::Call(call) => return Next::Call(call),
                Next::End => return Next::End,
            }
        }
    }

    /// Takes the answer to the call that [`next`](Self::next) gave. Any other answer is ignored.
    pub fn received(&mut self, page: Page<Row<L::Row>>) {
        if self.walk.received(page) {
            self.pages = self.pages.saturating_add(1);
        }
    }

    fn next_slice(&mut self) -> bool {
        let Some(days) = self.left.as_mut().and_then(Slices::next) else {
            return false;
        };
        self.list.set_days(&days);
        self.slice += 1;
        self.rows_before = self.rows;
        self.completeness = self.completeness.max(self.walk.completeness());
        self.walk.begin_slice(Place::new(self.whole.items_per_page()));
        true
    }

    /// The position of the sweep, to store and resume later.
    #[must_use]
    pub fn cursor(&self) -> Cursor {
        Cursor {
            version: VERSION,
            list: self.fingerprint,
            order: self.order,
            slice_days: self.slice_days,
            slice: self.slice,
            rows: self.rows,
            rows_before: self.rows_before,
            pages: self.pages,
            completeness: self.completeness,
            place: self.walk.place().clone(),
        }
    }

    /// The progress of the sweep, for display.
    #[must_use]
    pub fn progress(&self) -> Progress {
        let slices_left = self.left.as_ref().map_or(0, Slices::left);
        let total = self.totals().map(|(here, each)| {
            let later = each.saturating_mul(slices_left);
            self.rows_before.saturating_add(here).saturating_add(later)
        });
        Progress {
            rows: self.rows,
            total: total.map(|total| total.max(self.rows)),
            pages: self.pages,
            slices_left,
            completeness: self.completeness.max(self.walk.completeness()),
        }
    }

    /// The rows of the present slice, and of each later one, which is taken to be like those
    /// before.
    fn totals(&self) -> Option<(u64, u64)> {
        match (self.walk.total(), self.slice) {
            (Some(here), before) => Some((here, self.rows_before.saturating_add(here).div_ceil(before + 1))),
            (None, 0) => None,
            (None, before) => {
                let each = self.rows_before.div_ceil(before);
                Some((each, each))
            }
        }
    }

    /// An estimate of how many calls are left; `None` before the first answer.
    #[must_use]
    pub fn calls_left(&self) -> Option<u64> {
        let (here, each) = self.totals()?;
        let gain = self.walk.rows_a_page();
        let here = self.walk.left_of(here).div_ceil(gain);
        let slices_left = self.left.as_ref().map_or(0, Slices::left);
        let later = each.div_ceil(gain).max(1).saturating_mul(slices_left);
        let calls = here.saturating_add(later);
        let by_items = self
            .max_items
            .map_or(u64::MAX, |most| most.saturating_sub(self.rows).div_ceil(gain));
        let by_pages = self
            .max_pages
            .map_or(u64::MAX, |most| most.saturating_sub(self.pages));
        Some(calls.min(by_items).min(by_pages))
    }
}

impl<L: Paged> fmt::Debug for Sweep<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sweep")
            .field("route", &L::ROUTE)
            .field("progress", &self.progress())
            .finish_non_exhaustive()
    }
}

impl<L: Paged, T> fmt::Debug for Next<L, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Item(_) => "Item",
            Self::Call(_) => "Call",
            Self::End => "End",
        })
    }
}
