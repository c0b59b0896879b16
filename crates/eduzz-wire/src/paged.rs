//! Walking over a paged list that may change while one walks.
//!
//! The service knows page numbers, not positions after a row. A list that grows or shrinks between two calls shifts under
//! them, so that page 2 begins with rows of page 1, or with rows beyond those that were never shown. A [`Walk`] therefore
//! lets every page overlap the one before by at least one row, which it recognises; that takes pages of slightly differing
//! sizes, and costs about one call in seven at a hundred rows to a page. Where a page does not join what is known, it steps back until one does.
//!
//! What that gives, for a list whose rows keep their order among each other: every row that is there throughout the walk comes
//! exactly once, no row comes twice, and the walk says whether the list moved. Where a server lets pages not overlap, because it has
//! a page size of its own or a very small limit, that cannot be proved, and the walk says so: [`Completeness::Unproven`]. A server that gives
//! no page behind some number is read as far as it goes, and the walk says that rows are missing.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::collections::{BTreeSet, VecDeque};
use core::fmt;

use eduzz_types::Page;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::{Call, Endpoint, Route, Row};

/// A call that answers a page of a list.
pub trait Paged: Endpoint<Output = Page<<Self as Paged>::Row>> + Clone {
    /// What the list is of.
    type Row: DeserializeOwned;

    /// Sets which page is asked for, counted from 1, and how many rows it may have.
    fn set_page(&mut self, page: u32, items_per_page: u32);

    /// How many rows to a page the caller asked for.
    fn items_per_page(&self) -> Option<u32>;

    /// What no two rows of the list share: the row's id.
    fn key(row: &Self::Row) -> Cow<'_, str>;
}

/// How many rows to a page are asked for at most, when the caller does not say: nobody documents a limit, and many integrations
/// use this one.
pub const PAGE_SIZE: u32 = 100;

/// Smaller pages are not asked for: with them there are places that no two sizes overlap over. (With this one the first is
/// behind 2520 rows, with a hundred there is none that matters.)
const SMALLEST: u32 = 10;

/// Larger pages are not asked for: nothing is known to give them, and trying all sizes would take its time.
const LARGEST: u32 = 1_000;

/// Pages in a row that bring nothing are the end of a list that does not know its own: three that are further on than any before,
/// or as many more as a walk may have to read again after a step back.
const BARREN: u32 = 3 * BARREN_FURTHER;
const BARREN_FURTHER: u32 = 1_000;

/// No list has more rows: what a tampered cursor says beyond is not computed with.
const FARTHEST: u64 = 1 << 48;

/// The form in which a cursor is stored.
const VERSION: u32 = 1;

/// So many times in a row a walk steps back before it takes a list that never stands still as it comes.
const STEPS_BACK: u32 = 1_000;

/// So many empty pages before the end of a list, without a new row in between, are pages that the server does not give.
const HOLLOW: u32 = 3;

/// A walk over all pages of a list. It decides; who sends is told by [`next`](Self::next) what to send, and gives the answer to
/// [`received`](Self::received).
pub struct Walk<L: Paged> {
    list: L,
    cursor: Cursor,
    /// What was asked for and is not answered yet.
    asked: Option<Window>,
    /// The rows that came and were not handed out.
    queue: VecDeque<(u64, Row<L::Row>)>,
    /// What holds once the queue is empty.
    after: After,
    /// How many pages came empty before the end of the list since the last new row.
    hollow: u32,
    max_items: Option<u64>,
    max_pages: Option<u64>,
}

/// How far a walk has come. It can be stored, with any serde format, and [resumed](Walk::resume) later.
///
/// It holds the ids of the rows that were handed out, so it grows with the walk: for long periods walk
/// [slice by slice](crate::Days::slices).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// The form in which it is stored.
    version: u32,
    /// Of which list: a hash of its path and query.
    list: u64,
    /// The position behind the last row that was handed out.
    position: u64,
    /// How many positions before that the next page has to begin.
    overlap: u64,
    /// The most rows to a page that the server gives.
    size: u32,
    /// The server has its own page size: pages cannot overlap.
    fixed: bool,
    /// The last page did not join what is known: the next one has to, even if it brings nothing new.
    apart: bool,
    /// A page followed the one before without an overlap.
    adjoined: bool,
    /// The last page that the server gives, when it stops before the end of the list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    last_page: Option<u64>,
    /// The furthest position that was read.
    reach: u64,
    /// How barren the last pages were, see [`BARREN`].
    barren: u32,
    total: Option<u64>,
    seen: BTreeSet<Box<str>>,
    pages: u64,
    steps_back: u32,
    /// Stored under the name of version 0.1.
    #[serde(rename = "movement")]
    completeness: Completeness,
    ended: bool,
}

/// What a walk noticed about its list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Completeness {
    /// The list stood still, as far as it matters to the rows that came.
    #[default]
    None,
    /// Nothing was noticed, but the server does not let pages overlap: a row that went and one that came between two calls would
    /// not show.
    Unproven,
    /// The list changed under the walk; nothing that was there throughout was lost or repeated.
    Handled,
    /// Rows may be missing: the list never stood still, the server gives no pages behind some number, or fewer rows came than
    /// it says that there are.
    RowsMayBeMissing,
}

/// What a walk wants next.
#[allow(clippy::exhaustive_enums, reason = "who drives a walk must treat all three")]
pub enum Next<L: Paged> {
    /// Here is a row.
    Row(Row<L::Row>),
    /// Send this call, and give the answer to [`Walk::received`].
    Call(PageCall<L>),
    /// There are no more rows, or the caller's limit is reached.
    End,
}

/// How far a walk has come, for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// How many rows were handed out.
    pub rows: u64,
    /// How many rows the list has, as the last answer said.
    pub total: Option<u64>,
    /// How many pages were read.
    pub pages: u64,
    /// Whether the list moved.
    pub completeness: Completeness,
}

#[derive(Clone, Copy)]
struct Window {
    page: u64,
    size: u32,
    /// Its first position that is behind what is known may follow directly, because no overlap can be had.
    may_adjoin: bool,
}

#[derive(Clone, Copy, Default)]
struct After {
    position: u64,
    overlap: u64,
    ended: bool,
}

impl<L: Paged> Walk<L> {
    /// Begins at the first row.
    ///
    /// The list's `items_per_page` is the most rows to a page that are asked for, within 10 and 1000.
    #[must_use]
    pub fn new(list: L) -> Self {
        let cursor = Cursor {
            version: VERSION,
            list: fingerprint(&list),
            position: 0,
            overlap: 1,
            size: list
                .items_per_page()
                .unwrap_or(PAGE_SIZE)
                .clamp(SMALLEST, LARGEST),
            fixed: false,
            apart: false,
            adjoined: false,
            last_page: None,
            reach: 0,
            barren: 0,
            total: None,
            seen: BTreeSet::new(),
            pages: 0,
            steps_back: 0,
            completeness: Completeness::None,
            ended: false,
        };
        Self::at(list, cursor)
    }

    /// Goes on where another walk over the same list had come.
    ///
    /// # Errors
    ///
    /// The cursor is of another list.
    pub fn resume(list: L, mut cursor: Cursor) -> Result<Self, OtherList> {
        if cursor.version != VERSION || cursor.list != fingerprint(&list) {
            return Err(OtherList(()));
        }
        // It may have been stored by somebody else.
        cursor.size = cursor.size.clamp(1, LARGEST);
        for place in [&mut cursor.position, &mut cursor.overlap, &mut cursor.reach] {
            *place = (*place).min(FARTHEST);
        }
        Ok(Self::at(list, cursor))
    }

    fn at(list: L, cursor: Cursor) -> Self {
        let after = After {
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
            hollow: 0,
            max_items: None,
            max_pages: None,
        }
    }

    /// Ends after so many rows, those of the walks that it resumes included.
    #[must_use]
    pub fn max_items(mut self, rows: u64) -> Self {
        self.max_items = Some(rows);
        self
    }

    /// Ends after so many pages, those of the walks that it resumes included.
    #[must_use]
    pub fn max_pages(mut self, pages: u64) -> Self {
        self.max_pages = Some(pages);
        self
    }

    /// What to do next. A call that failed may be asked for again.
    #[allow(
        clippy::should_implement_trait,
        reason = "it is not an iterator: a call must be answered in between"
    )]
    pub fn next(&mut self) -> Next<L> {
        if self.max_items.is_some_and(|most| self.rows() >= most) {
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
            self.find_what_is_missing();
            return Next::End;
        };
        self.asked = Some(window);
        let mut list = self.list.clone();
        list.set_page(u32::try_from(window.page).unwrap_or(u32::MAX), window.size);
        Next::Call(PageCall(list))
    }

    /// Takes the answer to the call that [`next`](Self::next) gave. An answer that nobody asked for is ignored.
    pub fn received(&mut self, page: Page<Row<L::Row>>) {
        let Some(asked) = self.asked.take() else { return };
        self.cursor.pages += 1;
        let was_fixed = self.cursor.fixed;
        let size = self.learn_size(asked, page.items_per_page);
        // A server may give the last page for one beyond it; any other number is believed only if it was asked for.
        let is_last_instead = page.page > 0 && page.page == page.pages && page.pages < asked.page;
        let number = if is_last_instead { page.page } else { asked.page };
        let start = (number - 1).saturating_mul(size.into()).min(FARTHEST);
        let count = u64::try_from(page.items.len()).unwrap_or(u64::MAX);

        let total_changed = self.cursor.total.is_some_and(|total| total != page.total_items);
        self.cursor.total = Some(page.total_items);
        if total_changed {
            self.moved(Completeness::Handled);
        }

        if self.stops_before(asked, &page, start) {
            return;
        }
        let known = |row: &Row<L::Row>| self.knows(row);
        if self.cursor.fixed && !was_fixed && start > self.cursor.position {
            // Asked for before the server's own size was known, it is a page further on.
            return;
        }
        let may_adjoin = (asked.may_adjoin || self.cursor.fixed) && !self.cursor.apart;
        let overlaps = page.items.iter().any(known);
        let joins = start == 0 || overlaps || (may_adjoin && !total_changed && start <= self.cursor.position);
        // A page of a list that stood still has the rows before our position, and then only new ones.
        let expected = self.cursor.position.saturating_sub(start).min(count);
        let as_expected = start > self.cursor.position
            || page
                .items
                .iter()
                .zip(1_u64..)
                .all(|(row, place)| known(row) == (place <= expected));
        if !as_expected {
            self.moved(Completeness::Handled);
        }
        // Beyond the end: the list shrank, or the server counted pages that it does not have.
        let beyond = count == 0 && start > 0 && !may_adjoin;

        if (!joins || beyond) && self.cursor.steps_back < STEPS_BACK {
            self.step_back(start, page.total_items);
            return;
        }
        if !joins && count > 0 {
            self.moved(Completeness::RowsMayBeMissing);
        }
        if start > 0 && !overlaps {
            self.cursor.adjoined = true;
        }
        self.take(page, number, start, size, count);
    }

    /// Queues the rows that are new, and says what holds behind them.
    fn take(&mut self, page: Page<Row<L::Row>>, number: u64, start: u64, size: u32, count: u64) {
        let full = start.saturating_add(size.into());
        let further = full > self.cursor.reach;
        self.cursor.reach = self.cursor.reach.max(full);
        self.cursor.apart = false;
        let is_last = count == 0 || (page.pages > 0 && number >= page.pages);
        let before = self.cursor.position;
        self.after = if is_last {
            After {
                position: start.saturating_add(count),
                overlap: 1,
                ended: true,
            }
        } else {
            // A page with fewer rows than promised holds places that are not shown: the overlap must reach over them.
            let hidden = u64::from(size).saturating_sub(count);
            After {
                position: full,
                overlap: hidden + 1,
                ended: false,
            }
        };
        let mut queued = BTreeSet::new();
        for (row, position) in page.items.into_iter().zip(start.saturating_add(1)..) {
            let key = key_of::<L>(&row);
            // Twice in one page is twice too.
            if !self.cursor.seen.contains(&*key) && queued.insert(Box::<str>::from(key)) {
                self.queue.push_back((position, row));
            }
        }
        if self.queue.is_empty() {
            // Without `pages` to go by, a page that brings nothing new is the last.
            self.after.ended |= page.pages == 0;
            // A server that counts pages that it does not have, or shows the same one for ever, does not keep the walk for ever.
            let counts = if further { BARREN_FURTHER } else { 1 };
            self.cursor.barren = self.cursor.barren.saturating_add(counts);
            self.after.ended |= self.cursor.barren >= BARREN;
            self.after.ended |= self.after.position <= before && self.cursor.steps_back == 0;
            self.settle();
        } else {
            self.hollow = 0;
            self.cursor.barren = 0;
            self.cursor.steps_back = 0;
        }
        if self.after.ended {
            self.find_what_is_missing();
        }
    }

    /// Whether a page that brings nothing new shows that the server stops before the end of the list: it gives an earlier page
    /// again though it counts more of them, or empty ones time after time. Then nothing behind that is asked for.
    fn stops_before(&mut self, asked: Window, page: &Page<Row<L::Row>>, start: u64) -> bool {
        if page.items.iter().any(|row| !self.knows(row)) {
            return false;
        }
        let gave_earlier = (1..asked.page).contains(&page.page) && page.pages >= asked.page;
        if gave_earlier && !page.items.is_empty() {
            self.cursor.last_page = Some(page.page);
            return true;
        }
        if asked.page > 1 && page.items.is_empty() && start < page.total_items {
            self.hollow += 1;
            if self.hollow >= HOLLOW {
                self.cursor.last_page = Some(asked.page - 1);
                return true;
            }
        }
        false
    }

    fn knows(&self, row: &Row<L::Row>) -> bool {
        self.cursor.seen.contains(&*key_of::<L>(row))
    }

    /// At the end: rows that the service counts and did not give.
    fn find_what_is_missing(&mut self) {
        let queued = u64::try_from(self.queue.len()).unwrap_or(u64::MAX);
        let came = self.rows().saturating_add(queued);
        let stops = self.cursor.last_page.is_some() || self.cursor.completeness == Completeness::None;
        if stops && self.cursor.total.is_some_and(|total| came < total) {
            self.moved(Completeness::RowsMayBeMissing);
        }
    }

    fn settle(&mut self) {
        self.cursor.position = self.after.position;
        self.cursor.overlap = self.after.overlap;
        self.cursor.ended = self.after.ended;
    }

    /// The page did not join what is known: the next one begins earlier, twice as far each time.
    fn step_back(&mut self, start: u64, total: u64) {
        self.cursor.steps_back += 1;
        self.cursor.apart = true;
        self.moved(Completeness::Handled);
        // Behind the end of a list that shrank there is nothing to join.
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

    /// What is told of the movement, now.
    fn completeness(&self) -> Completeness {
        match self.cursor.completeness {
            Completeness::None if self.cursor.adjoined => Completeness::Unproven,
            completeness => completeness,
        }
    }

    fn moved(&mut self, completeness: Completeness) {
        if self.cursor.completeness != Completeness::RowsMayBeMissing {
            self.cursor.completeness = completeness;
        }
    }

    /// Learns what page size the server really gives, and says which one this page has.
    fn learn_size(&mut self, asked: Window, given: u64) -> u32 {
        let given = u32::try_from(given)
            .ok()
            .filter(|given| (1..=LARGEST).contains(given));
        match given {
            Some(given) if given < asked.size && asked.size == self.cursor.size && !self.cursor.fixed => {
                // A limit of the server's.
                self.cursor.size = given;
                given
            }
            Some(given) if given != asked.size => {
                // The server has a size of its own.
                self.cursor.size = given;
                self.cursor.fixed = true;
                given
            }
            // What it says cannot be a size, or is the one that was asked for.
            _ => asked.size,
        }
    }

    /// The page to ask for: one that overlaps what is known, and reaches as far as possible. None when the server stops before.
    fn window(&self) -> Option<Window> {
        let Cursor {
            position,
            size,
            overlap,
            fixed,
            apart,
            ..
        } = self.cursor;
        if position == 0 {
            return Some(Window {
                page: 1,
                size,
                may_adjoin: true,
            });
        }
        let last_page = self.cursor.last_page.unwrap_or(u64::MAX);
        let from = position.saturating_sub(overlap);
        let fits = |size: u32| {
            let page = from / u64::from(size);
            let end = (page + 1).saturating_mul(u64::from(size));
            (
                end,
                Window {
                    page: page + 1,
                    size,
                    may_adjoin: false,
                },
            )
        };
        let best = if fixed {
            Some(fits(size))
        } else {
            (2..=size)
                .map(fits)
                .filter(|(_, window)| window.page <= last_page)
                .max_by_key(|(end, window)| (*end, window.size))
        };
        match best {
            Some((end, window)) if end > position || apart => Some(window),
            // No page overlaps and reaches further: the next one adjoins.
            _ => Some(Window {
                page: position / u64::from(size) + 1,
                size,
                may_adjoin: true,
            }),
        }
        .filter(|window| window.page <= last_page)
    }

    /// The rows, for programs that wait for each answer: `send` makes the call and reads its answer.
    ///
    /// The first error ends it; what had come until then is in the [`cursor`](Self::cursor) of the walk, which
    /// [`WalkRows::into_walk`] gives back.
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

    /// How far the walk has come. To be stored, and resumed later.
    #[must_use]
    pub const fn cursor(&self) -> &Cursor {
        &self.cursor
    }

    /// How far the walk has come, for people.
    #[must_use]
    pub fn progress(&self) -> Progress {
        Progress {
            rows: self.rows(),
            total: self.cursor.total,
            pages: self.cursor.pages,
            completeness: self.completeness(),
        }
    }

    /// About how many calls are left, as far as the last answer tells; none before the first one. With the pace's
    /// [`time_for`](crate::Pace::time_for) it is about how long they take.
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
        // An overlap takes about one row in seven of a page of a hundred, more of a smaller one.
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

    fn rows(&self) -> u64 {
        u64::try_from(self.cursor.seen.len()).unwrap_or(u64::MAX)
    }
}

/// The rows of a [`Walk`], for programs that wait for each answer.
pub struct WalkRows<L: Paged, S> {
    walk: Walk<L>,
    send: S,
    failed: bool,
}

impl<L: Paged, S> WalkRows<L, S> {
    /// How far the walk has come.
    #[must_use]
    pub const fn walk(&self) -> &Walk<L> {
        &self.walk
    }

    /// The walk, to go on with it.
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

/// What no two rows share: the id, or a hash of one that cannot be read, whose text may hold a person's data.
fn key_of<L: Paged>(row: &Row<L::Row>) -> Cow<'_, str> {
    match row {
        Row::Read(row) => L::key(row),
        Row::Unreadable(broken) => {
            let (one, other) = (
                hash(HASH_START, &broken.json),
                hash(HASH_START.rotate_left(32), &broken.json),
            );
            alloc::format!("broken {} {one:016x}{other:016x}", broken.json.len()).into()
        }
    }
}

const HASH_START: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a.
fn hash(start: u64, text: &str) -> u64 {
    text.bytes().fold(start, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// A hash of the list's path and query, whatever its page. It tells lists apart; it does not hide what they filter by from
/// somebody who guesses.
fn fingerprint<L: Paged>(list: &L) -> u64 {
    let mut list = list.clone();
    list.set_page(1, 1);
    let mut call = Call::new(&L::ROUTE);
    list.describe(&mut call);
    hash(HASH_START, call.target())
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

/// One page of a list, whose rows are read one by one.
#[derive(Clone)]
pub struct PageCall<L>(L);

impl<L: Paged> PageCall<L> {
    /// The call of one page of the list, for a program that does not walk.
    #[must_use]
    pub const fn new(list: L) -> Self {
        Self(list)
    }
}

impl<L: Paged> Endpoint for PageCall<L> {
    const ROUTE: Route = L::ROUTE;
    type Output = Page<Row<L::Row>>;

    fn describe(&self, call: &mut Call) {
        self.0.describe(call);
    }
}

impl<L: Paged> fmt::Debug for PageCall<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PageCall").field(&L::ROUTE).finish()
    }
}

/// A cursor is of another list: its filters are others, say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the cursor is of another list, or of another version: resume with the same call and the same filters"
)]
pub struct OtherList(());
