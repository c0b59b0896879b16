//! A walk over a paged list that may change during the walk.
//!
//! The service knows page numbers, not "after this row". A list that grows or shrinks between two
//! calls shifts its pages: page 2 then begins with rows of page 1, or skips rows that were never
//! returned. A [`Walk`] therefore lets every page overlap the one before by at least one row, which
//! it recognises. That needs pages of slightly different sizes and costs about one call in seven at
//! 100 rows a page. Where a page does not overlap the known rows, the walk steps back until one
//! does.
//!
//! For a list whose rows keep their relative order this gives: every row that is there throughout
//! the walk is returned exactly once, no row is returned twice, and the walk reports whether the
//! list changed. A server with its own page size, or with a very small limit, does not let pages
//! overlap; the walk then reports [`Completeness::Unproven`]. A server that gives no pages after
//! some number is read up to it, and the walk reports that rows may be missing. So it does after
//! three pages in a row that have rows, but no readable one.

use alloc::boxed::Box;
use alloc::collections::{BTreeSet, VecDeque};
use core::fmt;

use eduzz_types::Page;

use self::cursor::{MAX_POSITION, key_of};
use crate::{PageCall, Paged, Row};

mod cursor;

pub use self::cursor::{Completeness, Cursor, OtherList};

/// With smaller pages there are positions that no two page sizes overlap over. (With 10, the first
/// is after row 2520; with 100 none of them matters.)
const MIN_PAGE_SIZE: u32 = 10;

/// No server is known to give larger pages, and trying every size takes time.
const MAX_PAGE_SIZE: u32 = 1_000;

/// A list without a usable `pages` ends after three pages in a row without a new row, each further
/// than any before, or after 3000 that a step back reads again.
const NO_PROGRESS_LIMIT: u32 = 3 * NO_PROGRESS_FURTHER;
const NO_PROGRESS_FURTHER: u32 = 1_000;

/// Maximum consecutive step-backs; after that the list is taken as it comes.
const STEP_BACK_LIMIT: u32 = 1_000;

/// After this many empty pages before the end of the list, the server gives no further pages.
const EMPTY_PAGES_LIMIT: u32 = 3;

/// After this many pages in a row without a readable row the walk ends.
const UNREADABLE_PAGES_LIMIT: u32 = 3;

/// A walk over all pages of a list. It decides and sends nothing: [`next`](Self::next) gives the
/// call to send, [`received`](Self::received) takes its answer.
pub struct Walk<L: Paged> {
    list: L,
    cursor: Cursor,
    /// The page that was asked for and not answered yet.
    asked: Option<Window>,
    /// The rows that were received and not returned yet, with their positions.
    queue: VecDeque<(u64, Row<L::Row>)>,
    /// The cursor's place once the queue is empty.
    after: Place,
    /// How many empty pages came before the end of the list since the last new row.
    empty_pages: u32,
    /// How many pages in a row had rows, but no readable one.
    unreadable_pages: u32,
    max_items: Option<u64>,
    max_pages: Option<u64>,
}

/// The next step of a walk.
#[allow(
    clippy::exhaustive_enums,
    reason = "the caller of a walk must handle all three"
)]
pub enum Next<L: Paged> {
    /// The next row.
    Row(Row<L::Row>),
    /// A call to send, whose answer goes to [`Walk::received`].
    Call(PageCall<L>),
    /// There are no more rows, or the caller's limit is reached.
    End,
}

/// The progress of a walk, for display.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// How many rows were returned.
    pub rows: u64,
    /// How many rows the list has, according to the last answer.
    pub total: Option<u64>,
    /// How many pages were read.
    pub pages: u64,
    /// Whether every row was returned.
    pub completeness: Completeness,
}

#[derive(Clone, Copy)]
struct Window {
    page: u64,
    size: u32,
    /// The page may follow the known rows directly, because no page can overlap them.
    may_adjoin: bool,
}

impl Window {
    /// The page of this size that holds the position.
    const fn at(position: u64, size: u32, may_adjoin: bool) -> Self {
        Self {
            page: position / size as u64 + 1,
            size,
            may_adjoin,
        }
    }

    fn end(self) -> u64 {
        self.page.saturating_mul(self.size.into())
    }
}

#[derive(Clone, Copy)]
struct Place {
    position: u64,
    overlap: u64,
    ended: bool,
}

impl<L: Paged> Walk<L> {
    /// Starts at the first row.
    ///
    /// The list's `items_per_page`, clamped to 10 to 1000, is the largest page size that is used.
    #[must_use]
    pub fn new(list: L) -> Self {
        let cursor = Cursor::new(&list);
        Self::at(list, cursor)
    }

    /// Resumes another walk over the same list.
    ///
    /// # Errors
    ///
    /// The cursor belongs to another list.
    pub fn resume(list: L, cursor: Cursor) -> Result<Self, OtherList> {
        let cursor = cursor.checked(&list)?;
        Ok(Self::at(list, cursor))
    }

    fn at(list: L, cursor: Cursor) -> Self {
        let after = Place {
            position: cursor.position,
            overlap: cursor.overlap,
            ended: cursor.ended,
        };
        Self {
            list,
            cursor,
            asked: None,
            queue: VecDeque::new(),
            after,
            empty_pages: 0,
            unreadable_pages: 0,
            max_items: None,
            max_pages: None,
        }
    }

    /// Ends after this many rows, including those of the walks that it resumes.
    #[must_use]
    pub fn max_items(mut self, rows: u64) -> Self {
        self.max_items = Some(rows);
        self
    }

    /// Ends after this many pages, including those of the walks that it resumes.
    #[must_use]
    pub fn max_pages(mut self, pages: u64) -> Self {
        self.max_pages = Some(pages);
        self
    }

    /// Gives the next step. After a failed call it gives the same call again.
    #[allow(
        clippy::should_implement_trait,
        reason = "not an iterator: a call has to be answered before the next step"
    )]
    pub fn next(&mut self) -> Next<L> {
        if self.max_items.is_some_and(|most| self.cursor.rows() >= most) {
            return Next::End;
        }
        if let Some((position, row)) = self.queue.pop_front() {
            self.cursor.position = position;
            self.cursor.overlap = 1;
            self.cursor.seen.insert(key_of::<L>(&row).into());
            if self.queue.is_empty() {
                self.settle();
            }
            return Next::Row(row);
        }
        if self.cursor.ended || self.max_pages.is_some_and(|most| self.cursor.pages >= most) {
            return Next::End;
        }
        let Some(window) = self.window() else {
            self.cursor.ended = true;
            self.compare_with_total();
            return Next::End;
        };
        self.asked = Some(window);
        let mut list = self.list.clone();
        list.set_page(u32::try_from(window.page).unwrap_or(u32::MAX), window.size);
        Next::Call(PageCall(list))
    }

    /// Takes the answer to the call that [`next`](Self::next) gave. Any other answer is ignored.
    pub fn received(&mut self, page: Page<Row<L::Row>>) {
        let Some(asked) = self.asked.take() else { return };
        self.cursor.pages = self.cursor.pages.saturating_add(1);
        let was_fixed = self.cursor.fixed;
        let size = self.learn_size(asked, page_size(asked, self.cursor.size, &page));
        // For a page after its last a server may give the last one; any other number is ignored.
        let is_last_instead = page.page > 0 && page.page == page.pages && page.pages < asked.page;
        let number = if is_last_instead { page.page } else { asked.page };
        let start = (number - 1).saturating_mul(size.into()).min(MAX_POSITION);
        let count = u64::try_from(page.items.len()).unwrap_or(u64::MAX);

        let total_changed = self.cursor.total.is_some_and(|total| total != page.total_items);
        self.cursor.total = Some(page.total_items);
        if total_changed {
            self.cursor.note(Completeness::Handled);
        }

        if page.items.iter().any(|row| row.as_read().is_some()) {
            self.unreadable_pages = 0;
        } else if count > 0 {
            self.unreadable_pages += 1;
        }
        if self.unreadable_pages >= UNREADABLE_PAGES_LIMIT {
            self.cursor.note(Completeness::RowsMayBeMissing);
            self.enqueue(page, number, start, size, count);
            self.after.ended = true;
            self.cursor.ended = self.queue.is_empty();
            return;
        }
        if self.stops_before(asked, &page, start) {
            return;
        }
        let known = |row: &Row<L::Row>| self.cursor.has_seen::<L>(row);
        if self.cursor.fixed && !was_fixed && start > self.cursor.position {
            // Asked for before the server's own page size was known, so it is too far ahead.
            return;
        }
        let may_adjoin = (asked.may_adjoin || self.cursor.fixed) && !self.cursor.disjoint;
        let overlaps = page.items.iter().any(known);
        let joins = start == 0 || overlaps || (may_adjoin && !total_changed && start <= self.cursor.position);
        // An unchanged list gives the rows before our position first, and then only new ones.
        let expected = self.cursor.position.saturating_sub(start).min(count);
        let as_expected = start > self.cursor.position
            || page
                .items
                .iter()
                .zip(1_u64..)
                .all(|(row, place)| known(row) == (place <= expected));
        if !as_expected {
            self.cursor.note(Completeness::Handled);
        }
        // After the end: the list shrank, or the server counts pages that it does not have.
        let beyond = count == 0 && start > 0 && !may_adjoin;

        if (!joins || beyond) && self.cursor.steps_back < STEP_BACK_LIMIT {
            self.step_back(start, page.total_items);
            return;
        }
        if !joins && count > 0 {
            self.cursor.note(Completeness::RowsMayBeMissing);
        }
        if start > 0 && !overlaps {
            self.cursor.unproven = true;
        }
        self.enqueue(page, number, start, size, count);
    }

    /// Queues the new rows and sets the place after them.
    fn enqueue(&mut self, page: Page<Row<L::Row>>, number: u64, start: u64, size: u32, count: u64) {
        let full = start.saturating_add(size.into());
        let further = full > self.cursor.furthest;
        self.cursor.furthest = self.cursor.furthest.max(full);
        self.cursor.disjoint = false;
        let is_last = count == 0 || (page.pages > 0 && number >= page.pages);
        let before = self.cursor.position;
        self.after = if is_last {
            Place {
                position: start.saturating_add(count),
                overlap: 1,
                ended: true,
            }
        } else {
            // A page with fewer rows than its size hides positions: the overlap must cover them.
            let hidden = u64::from(size).saturating_sub(count);
            Place {
                position: full,
                overlap: hidden + 1,
                ended: false,
            }
        };
        let mut queued = BTreeSet::new();
        for (row, position) in page.items.into_iter().zip(start.saturating_add(1)..) {
            let key = key_of::<L>(&row);
            // A page may repeat a row too.
            if !self.cursor.seen.contains(&*key) && queued.insert(Box::<str>::from(key)) {
                self.queue.push_back((position, row));
            }
        }
        if self.queue.is_empty() {
            // Without a usable `pages`, a page without a new row is the last.
            self.after.ended |= page.pages == 0;
            // A server that counts pages it does not have, or repeats one, must not loop the walk.
            let counts = if further { NO_PROGRESS_FURTHER } else { 1 };
            self.cursor.no_progress = self.cursor.no_progress.saturating_add(counts);
            self.after.ended |= self.cursor.no_progress >= NO_PROGRESS_LIMIT;
            self.after.ended |= self.after.position <= before && self.cursor.steps_back == 0;
            self.settle();
        } else {
            self.empty_pages = 0;
            self.cursor.no_progress = 0;
            self.cursor.steps_back = 0;
        }
        if self.after.ended {
            self.compare_with_total();
        }
    }

    /// Whether a page without a new row shows that the server stops before the end of the list: it
    /// repeats an earlier page although it counts more, or gives empty ones again and again.
    fn stops_before(&mut self, asked: Window, page: &Page<Row<L::Row>>, start: u64) -> bool {
        if page.items.iter().any(|row| !self.cursor.has_seen::<L>(row)) {
            return false;
        }
        let gave_earlier = (1..asked.page).contains(&page.page) && page.pages >= asked.page;
        if gave_earlier && !page.items.is_empty() {
            self.cursor.last_page = Some(page.page);
            return true;
        }
        if asked.page > 1 && page.items.is_empty() && start < page.total_items {
            self.empty_pages += 1;
            if self.empty_pages >= EMPTY_PAGES_LIMIT {
                self.cursor.last_page = Some(asked.page - 1);
                return true;
            }
        }
        false
    }

    /// At the end: notes rows that the service counts and did not give.
    fn compare_with_total(&mut self) {
        let queued = u64::try_from(self.queue.len()).unwrap_or(u64::MAX);
        let received = self.cursor.rows().saturating_add(queued);
        let stops = self.cursor.last_page.is_some() || self.cursor.completeness == Completeness::Complete;
        if stops && self.cursor.total.is_some_and(|total| received < total) {
            self.cursor.note(Completeness::RowsMayBeMissing);
        }
    }

    fn settle(&mut self) {
        self.cursor.position = self.after.position;
        self.cursor.overlap = self.after.overlap;
        self.cursor.ended = self.after.ended;
    }

    /// The page does not overlap the known rows: the next one begins earlier, twice as far each
    /// time.
    fn step_back(&mut self, start: u64, total: u64) {
        self.cursor.steps_back += 1;
        self.cursor.disjoint = true;
        self.cursor.note(Completeness::Handled);
        // After the end of a list that shrank there is nothing to overlap.
        let end = if total > 0 {
            self.cursor.position.min(total)
        } else {
            self.cursor.position
        };
        let reached = self.cursor.position.saturating_sub(start);
        self.cursor.overlap = self
            .cursor
            .overlap
            .max(reached)
            .saturating_mul(2)
            .saturating_add(self.cursor.position - end);
    }

    /// Learns the server's page size, and gives the size of this page.
    fn learn_size(&mut self, asked: Window, given: u64) -> u32 {
        let given = u32::try_from(given).unwrap_or(0);
        // Impossible as a size, or the size asked for.
        if !(1..=MAX_PAGE_SIZE).contains(&given) || given == asked.size {
            return asked.size;
        }
        // The first smaller size is the server's limit; any other is a size of its own.
        let is_limit = given < asked.size && asked.size == self.cursor.size;
        self.cursor.fixed |= !is_limit;
        self.cursor.size = given;
        given
    }

    /// The page to ask for: it overlaps the known rows and reaches as far as possible. `None` when
    /// the server gives no such page.
    fn window(&self) -> Option<Window> {
        let Cursor {
            position,
            size,
            overlap,
            fixed,
            disjoint,
            ..
        } = self.cursor;
        if position == 0 {
            return Some(Window::at(0, size, true));
        }
        let last_page = self.cursor.last_page.unwrap_or(u64::MAX);
        let from = position.saturating_sub(overlap);
        let sizes = if fixed { size..=size } else { 2..=size };
        let best = sizes
            .map(|size| Window::at(from, size, false))
            .filter(|window| fixed || window.page <= last_page)
            .max_by_key(|window| (window.end(), window.size));
        // If no page overlaps and reaches further, the next one adjoins.
        best.filter(|window| window.end() > position || disjoint)
            .or_else(|| Some(Window::at(position, size, true)))
            .filter(|window| window.page <= last_page)
    }

    /// Iterates over the rows in a blocking program: `send` makes a call and reads its answer.
    ///
    /// The first error ends the iteration; [`WalkRows::into_walk`] gives the walk back, whose
    /// [`cursor`](Self::cursor) keeps the position.
    pub fn rows_by<E, S>(self, send: S) -> WalkRows<L, S>
    where
        S: FnMut(&PageCall<L>) -> Result<Page<Row<L::Row>>, E>,
    {
        WalkRows {
            walk: self,
            send,
            failed: false,
        }
    }

    /// The position of the walk, to store and resume later.
    #[must_use]
    pub const fn cursor(&self) -> &Cursor {
        &self.cursor
    }

    /// The progress of the walk, for display.
    #[must_use]
    pub fn progress(&self) -> Progress {
        Progress {
            rows: self.cursor.rows(),
            total: self.cursor.total,
            pages: self.cursor.pages,
            completeness: self.cursor.completeness(),
        }
    }

    /// Estimates how many calls are left; `None` before the first answer. The pace's
    /// [`time_for`](crate::Pace::time_for) turns it into a time.
    #[must_use]
    pub fn calls_left(&self) -> Option<u64> {
        let total = self.cursor.total?;
        if self.cursor.ended {
            return Some(0);
        }
        let rows = self
            .max_items
            .map_or(total, |most| most.min(total))
            .saturating_sub(self.cursor.position);
        // The overlap takes about one row in seven of a page of 100, more of a smaller one.
        let size = u64::from(self.cursor.size);
        let gain = if self.cursor.fixed {
            size
        } else {
            size.saturating_sub(size / 7).max(1)
        };
        let calls = rows.div_ceil(gain);
        Some(
            self.max_pages
                .map_or(calls, |most| calls.min(most.saturating_sub(self.cursor.pages))),
        )
    }
}

/// The size of a page, also where the server ignores the one asked for and only repeats it: there
/// are more rows, or `pages` and the rows fit another size, which is known or their number.
fn page_size<R>(asked: Window, known: u32, page: &Page<R>) -> u64 {
    let (given, size, known) = (page.items_per_page, u64::from(asked.size), u64::from(known));
    let count = u64::try_from(page.items.len()).unwrap_or(u64::MAX);
    if (given != 0 && given != size) || count == 0 {
        return given;
    }
    let fits = |size: u64| {
        let before = (asked.page - 1).saturating_mul(size);
        page.pages == page.total_items.div_ceil(size)
            && count == page.total_items.saturating_sub(before).min(size)
    };
    if fits(size) {
        given
    } else if count > size || fits(count) {
        count
    } else if fits(known) {
        known
    } else {
        given
    }
}

/// The rows of a [`Walk`] as an iterator, for blocking programs.
pub struct WalkRows<L: Paged, S> {
    walk: Walk<L>,
    send: S,
    failed: bool,
}

impl<L: Paged, S> WalkRows<L, S> {
    /// The walk, for its progress.
    #[must_use]
    pub const fn walk(&self) -> &Walk<L> {
        &self.walk
    }

    /// Gives the walk back, to continue it.
    #[must_use]
    pub fn into_walk(self) -> Walk<L> {
        self.walk
    }
}

impl<L: Paged, E, S: FnMut(&PageCall<L>) -> Result<Page<Row<L::Row>>, E>> Iterator for WalkRows<L, S> {
    type Item = Result<Row<L::Row>, E>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.failed {
            match self.walk.next() {
                Next::Row(row) => return Some(Ok(row)),
                Next::End => return None,
                Next::Call(call) => match (self.send)(&call) {
                    Ok(page) => self.walk.received(page),
                    Err(error) => {
                        self.failed = true;
                        return Some(Err(error));
                    }
                },
            }
        }
        None
    }
}

impl<L: Paged, S> fmt::Debug for WalkRows<L, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WalkRows")
            .field("walk", &self.walk)
            .finish_non_exhaustive()
    }
}

impl<L: Paged> fmt::Debug for Walk<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Walk")
            .field("route", &L::ROUTE)
            .field("progress", &self.progress())
            .finish_non_exhaustive()
    }
}

impl<L: Paged> fmt::Debug for Next<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Row(_) => "Row",
            Self::Call(_) => "Call",
            Self::End => "End",
        })
    }
}
