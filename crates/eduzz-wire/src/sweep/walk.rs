//! A walk over the pages of one slice, which may change during the walk.
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
//!
//! Where a page ends before the last row that was returned, the walk leaps to where that row must
//! be by now, and steps back from there. Only the last rows are known, see [`Place::keep`]: if it
//! steps back to the first page without finding one of them, it ends, and reports that rows may be
//! missing.

use alloc::collections::{BTreeMap, BTreeSet, VecDeque};
use alloc::vec::Vec;
use core::fmt;

use eduzz_types::Page;
use serde::{Deserialize, Serialize};

use super::Completeness;
use super::ids::{self, key_of};
use crate::{PAGE_SIZE, Paged, Row};

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

/// Maximum leaps to where the last row must be by now, before the walk reads on page by page.
const LEAPS_LIMIT: u32 = 4;

/// After this many empty pages before the end of the list, the server gives no further pages.
const EMPTY_PAGES_LIMIT: u32 = 3;

/// After this many pages in a row without a readable row the walk ends.
const UNREADABLE_PAGES_LIMIT: u32 = 3;

/// The last rows that are known: at least this many, and at least those of this many pages.
const KEPT_ROWS: u32 = 2_000;
const KEPT_PAGES: u32 = 20;

/// The pages of the largest list that is read, see [`Page::MOST_ITEMS`].
const MAX_KEPT: u32 = KEPT_PAGES * 10_000;

/// No list has more rows; larger positions come from a tampered cursor.
const MAX_POSITION: u64 = 1 << 48;

/// A walk over the pages of one slice.
pub(super) struct Walk<L: Paged> {
    place: Place,
    /// The number of each known row: [`Place::ids`] in their order, counted from `first`.
    known: BTreeMap<u64, u64>,
    /// The number of the oldest known row.
    first: u64,
    /// No row is forgotten, not even those of the slices before.
    keeps_all: bool,
    /// The page that was asked for and not answered yet.
    asked: Option<Window>,
    /// The rows that were received and not returned yet.
    queue: VecDeque<Queued<L::Row>>,
    /// The place once the queue is empty.
    after: After,
    /// How many empty pages came before the end of the list since the last new row.
    empty_pages: u32,
    /// How many pages in a row had rows, but no readable one.
    unreadable_pages: u32,
}

struct Queued<R> {
    position: u64,
    key: u64,
    row: Row<R>,
}

/// The place of a walk, as a cursor stores it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Place {
    /// The position after the last row that was returned.
    position: u64,
    /// How many positions before `position` the next page has to begin.
    overlap: u64,
    /// The largest page size that the server gives.
    size: u32,
    /// The server has its own page size, so pages cannot overlap.
    fixed: bool,
    /// The last page did not overlap the known rows: the next one has to.
    disjoint: bool,
    /// A page followed the one before without an overlap.
    unproven: bool,
    /// The last page that the server gives, when it stops before the end of the list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    last_page: Option<u64>,
    /// The furthest position that was read.
    furthest: u64,
    /// Counts pages in a row without a new row, see `NO_PROGRESS_LIMIT`.
    no_progress: u32,
    steps_back: u32,
    leaps: u32,
    total: Option<u64>,
    completeness: Completeness,
    ended: bool,
    /// How many rows this slice has given.
    rows: u64,
    /// How many of them are kept; the page's size, or its number of rows, decides.
    keep: u32,
    /// Rows of this slice were forgotten.
    forgot: bool,
    /// How many of the ids belong to the slices before.
    earlier: u64,
    /// The ids of returned rows that were not found again where they should be.
    #[serde(with = "ids")]
    missed: VecDeque<u64>,
    /// The ids of the last rows, the oldest first.
    #[serde(with = "ids")]
    ids: VecDeque<u64>,
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
struct After {
    position: u64,
    overlap: u64,
    ended: bool,
}

impl Default for Place {
    fn default() -> Self {
        Self::new(None)
    }
}

impl Place {
    /// The first row of a list with this page size.
    pub(super) fn new(items_per_page: Option<u32>) -> Self {
        let size = items_per_page
            .unwrap_or(PAGE_SIZE)
            .clamp(MIN_PAGE_SIZE, MAX_PAGE_SIZE);
        Self {
            position: 0,
            overlap: 1,
            size,
            fixed: false,
            disjoint: false,
            unproven: false,
            last_page: None,
            furthest: 0,
            no_progress: 0,
            steps_back: 0,
            leaps: 0,
            total: None,
            completeness: Completeness::Complete,
            ended: false,
            rows: 0,
            keep: KEPT_ROWS.max(KEPT_PAGES * size),
            forgot: false,
            earlier: 0,
            missed: VecDeque::new(),
            ids: VecDeque::new(),
        }
    }

    /// Clamps what a cursor stored, which may have been tampered with.
    pub(super) fn checked(mut self) -> Self {
        self.size = self.size.clamp(1, MAX_PAGE_SIZE);
        self.keep = self.keep.clamp(KEPT_ROWS, MAX_KEPT);
        for place in [&mut self.position, &mut self.overlap, &mut self.furthest] {
            *place = (*place).min(MAX_POSITION);
        }
        self.earlier = self.earlier.min(as_u64(self.ids.len()));
        self
    }

    /// Notes a change of the list; the worst is never forgotten.
    fn note(&mut self, completeness: Completeness) {
        self.completeness = self.completeness.max(completeness);
    }
}

impl<L: Paged> Walk<L> {
    pub(super) fn new(place: Place, keeps_all: bool) -> Self {
        let after = After {
            position: place.position,
            overlap: place.overlap,
            ended: place.ended,
        };
        Self {
            known: place.ids.iter().copied().zip(0..).collect(),
            place,
            first: 0,
            keeps_all,
            asked: None,
            queue: VecDeque::new(),
            after,
            empty_pages: 0,
            unreadable_pages: 0,
        }
    }

    /// Begins the next slice; rows that may move stay known.
    pub(super) fn begin_slice(&mut self, mut place: Place) {
        if self.keeps_all {
            place.ids = core::mem::take(&mut self.place.ids);
            place.earlier = as_u64(place.ids.len());
        }
        *self = Self::new(place, self.keeps_all);
    }

    /// The next row, and whether it is new: a slice before may have given it.
    pub(super) fn pop(&mut self) -> Option<(Row<L::Row>, bool)> {
        let Queued { position, key, row } = self.queue.pop_front()?;
        self.place.position = position;
        self.place.overlap = 1;
        let is_new = self.remember(key);
        let missed = self.place.missed.iter().position(|missed| *missed == key);
        let is_missed = missed.and_then(|at| self.place.missed.remove(at)).is_some();
        if !is_missed {
            self.place.rows = self.place.rows.saturating_add(1);
        }
        if self.queue.is_empty() {
            self.settle();
        }
        Some((row, is_new && !is_missed))
    }

    /// Makes the row the last known one. Returns whether it was unknown.
    fn remember(&mut self, key: u64) -> bool {
        let number = self.first + as_u64(self.place.ids.len());
        self.place.ids.push_back(key);
        let is_new = self.known.insert(key, number).is_none();
        while !self.keeps_all && self.place.ids.len() > usize::try_from(self.place.keep).unwrap_or(usize::MAX)
        {
            self.place.forgot = true;
            if let Some(oldest) = self.place.ids.pop_front()
                && self.known.get(&oldest) == Some(&self.first)
            {
                self.known.remove(&oldest);
            }
            self.first += 1;
        }
        is_new
    }

    /// How many rows ago this slice gave a row; `None` for a row that is not known.
    fn ago(&self, key: u64) -> Option<u64> {
        let number = self.known.get(&key)?;
        let last = (self.first + as_u64(self.place.ids.len())).checked_sub(1)?;
        (*number >= self.first + self.place.earlier).then(|| last - number)
    }

    /// The same for each row of a page.
    fn known_ago(&self, page: &Page<Row<L::Row>>) -> Vec<Option<u64>> {
        page.items.iter().map(|row| self.ago(key_of::<L>(row))).collect()
    }

    /// The page to ask for, and its size; `None` at the end. After a failed call it is the same.
    pub(super) fn ask(&mut self) -> Option<(u32, u32)> {
        if self.place.ended {
            return None;
        }
        let Some(window) = self.window() else {
            self.place.ended = true;
            self.compare_with_total();
            return None;
        };
        self.asked = Some(window);
        Some((u32::try_from(window.page).unwrap_or(u32::MAX), window.size))
    }

    /// Takes the answer to the page that was asked for; returns whether one was.
    pub(super) fn received(&mut self, page: Page<Row<L::Row>>) -> bool {
        let Some(asked) = self.asked.take() else {
            return false;
        };
        self.answered(asked, page);
        true
    }

    fn answered(&mut self, asked: Window, page: Page<Row<L::Row>>) {
        let was_fixed = self.place.fixed;
        let size = self.learn_size(asked, page_size(asked, self.place.size, &page));
        // For a page after its last a server may give the last one; any other number is ignored.
        let is_last_instead = page.page > 0 && page.page == page.pages && page.pages < asked.page;
        let number = if is_last_instead { page.page } else { asked.page };
        let start = (number - 1).saturating_mul(size.into()).min(MAX_POSITION);
        let count = as_u64(page.items.len());
        let widest = KEPT_PAGES.saturating_mul(u32::try_from(count).unwrap_or(u32::MAX));
        self.place.keep = self.place.keep.max(widest).min(MAX_KEPT);

        let total_before = self.place.total.replace(page.total_items);
        let total_changed = total_before.is_some_and(|total| total != page.total_items);
        if total_changed {
            self.place.note(Completeness::Handled);
        }

        if page.items.iter().any(|row| row.as_read().is_some()) {
            self.unreadable_pages = 0;
        } else if count > 0 {
            self.unreadable_pages += 1;
        }
        if self.unreadable_pages >= UNREADABLE_PAGES_LIMIT {
            self.place.note(Completeness::RowsMayBeMissing);
            self.enqueue(page, number, start, size, count);
            self.after.ended = true;
            self.place.ended = self.queue.is_empty();
            return;
        }
        let ago = self.known_ago(&page);
        if self.stops_before(asked, &page, &ago, start) {
            return;
        }
        if self.place.fixed && !was_fixed && start > self.place.position {
            // Asked for before the server's own page size was known, so it is too far ahead.
            return;
        }
        let may_adjoin = (asked.may_adjoin || self.place.fixed) && !self.place.disjoint;
        let overlaps = ago.iter().any(Option::is_some);
        let is_beginning = start == 0 && (count == 0 || !self.place.forgot);
        let joins =
            is_beginning || overlaps || (may_adjoin && !total_changed && start <= self.place.position);
        // An unchanged list gives the rows before our position first, and then only new ones.
        let expected = self.place.position.saturating_sub(start).min(count);
        let as_expected = start > self.place.position
            || ago
                .iter()
                .zip(1_u64..)
                .all(|(ago, place)| ago.is_some() == (place <= expected));
        if !as_expected {
            self.place.note(Completeness::Handled);
        }
        // After the end: the list shrank, or the server counts pages that it does not have.
        let beyond = count == 0 && start > 0 && !may_adjoin;

        let is_last = page.pages > 0 && number >= page.pages;
        let may_step = self.place.steps_back < STEP_BACK_LIMIT;
        let nearest = ago
            .iter()
            .zip(start.saturating_add(1)..)
            .filter_map(|(ago, position)| Some(((*ago)?, position)))
            .min();
        if count > 0 && !is_last && self.place.rows > 0 && self.place.leaps < LEAPS_LIMIT {
            let end = start.saturating_add(count);
            let position = self.position_now(nearest, total_before, page.total_items);
            if let Some(position) = position.filter(|position| nearest.is_none() || *position > end) {
                self.leap(position);
                return;
            }
        }
        if self.place.forgot && count > 0 && !joins && (start == 0 || !may_step) {
            // These rows may have been returned and forgotten.
            self.place.note(Completeness::RowsMayBeMissing);
            self.place.ended = true;
            return;
        }
        if (!joins || beyond) && may_step {
            self.step_back(start, page.total_items);
            return;
        }
        if !joins && count > 0 {
            self.place.note(Completeness::RowsMayBeMissing);
        }
        if start > 0 && !overlaps {
            self.place.unproven = true;
        }
        self.enqueue(page, number, start, size, count);
        if let Some((ago, _)) = nearest
            && !self.queue.is_empty()
        {
            self.miss(ago);
        }
    }

    /// Queues the new rows and sets the place after them.
    fn enqueue(&mut self, page: Page<Row<L::Row>>, number: u64, start: u64, size: u32, count: u64) {
        let full = start.saturating_add(size.into());
        let further = full > self.place.furthest;
        self.place.furthest = self.place.furthest.max(full);
        self.place.disjoint = false;
        let page_count = page.pages;
        let is_last = count == 0 || (page_count > 0 && number >= page_count);
        let before = self.place.position;
        self.after = if is_last {
            After {
                position: start.saturating_add(count),
                overlap: 1,
                ended: true,
            }
        } else {
            // A page with fewer rows than its size hides positions: the overlap must cover them.
            let hidden = u64::from(size).saturating_sub(count);
            After {
                position: full,
                overlap: hidden + 1,
                ended: false,
            }
        };
        // Rows before the first known one were returned, if any were forgotten: they are older.
        let is_known = |row| self.ago(key_of::<L>(row)).is_some();
        let first_known = || page.items.iter().position(is_known);
        let old = self.place.forgot.then(first_known).flatten();
        let mut queued = BTreeSet::new();
        let positions = start.saturating_add(1)..;
        for (row, position) in page.items.into_iter().zip(positions).skip(old.unwrap_or(0)) {
            let key = key_of::<L>(&row);
            // A page may repeat a row too.
            if self.ago(key).is_none() && queued.insert(key) {
                self.queue.push_back(Queued { position, key, row });
            }
        }
        if self.queue.is_empty() {
            // Without a usable `pages`, a page without a new row is the last.
            self.after.ended |= page_count == 0;
            // A server that counts pages it does not have, or repeats one, must not loop the walk.
            let counts = if further { NO_PROGRESS_FURTHER } else { 1 };
            self.place.no_progress = self.place.no_progress.saturating_add(counts);
            if self.place.no_progress >= NO_PROGRESS_LIMIT {
                self.after.ended = true;
                if count > 0 && page_count > number {
                    self.place.note(Completeness::RowsMayBeMissing);
                }
            }
            self.after.ended |= self.after.position <= before && self.place.steps_back == 0;
            self.settle();
        } else {
            self.empty_pages = 0;
            self.place.no_progress = 0;
            self.place.steps_back = 0;
            self.place.leaps = 0;
        }
        if self.after.ended {
            self.compare_with_total();
        }
    }

    /// Whether a page without a new row shows that the server stops before the end of the list: it
    /// repeats an earlier page although it counts more, or gives empty ones again and again.
    fn stops_before(
        &mut self,
        asked: Window,
        page: &Page<Row<L::Row>>,
        ago: &[Option<u64>],
        start: u64,
    ) -> bool {
        if ago.iter().any(Option::is_none) {
            return false;
        }
        let gave_earlier = (1..asked.page).contains(&page.page) && page.pages >= asked.page;
        if gave_earlier && !page.items.is_empty() {
            self.place.last_page = Some(page.page);
            return true;
        }
        if asked.page > 1 && page.items.is_empty() && start < page.total_items {
            self.empty_pages += 1;
            if self.empty_pages >= EMPTY_PAGES_LIMIT {
                self.place.last_page = Some(asked.page - 1);
                return true;
            }
        }
        false
    }

    /// At the end: notes rows that the service counts and did not give.
    fn compare_with_total(&mut self) {
        let received = self.place.rows.saturating_add(as_u64(self.queue.len()));
        let stops = self.place.last_page.is_some() || self.place.completeness == Completeness::Complete;
        if stops && self.place.total.is_some_and(|total| received < total) {
            self.place.note(Completeness::RowsMayBeMissing);
        }
    }

    fn settle(&mut self) {
        self.place.position = self.after.position;
        self.place.overlap = self.after.overlap;
        self.place.ended = self.after.ended;
    }

    /// The position that the last row that was returned must have by now: as far behind the nearest
    /// known row as it was, or further by the rows that were added.
    fn position_now(
        &self,
        nearest: Option<(u64, u64)>,
        total_before: Option<u64>,
        total: u64,
    ) -> Option<u64> {
        match nearest {
            Some((ago, position)) => Some(position.saturating_add(ago)).filter(|now| *now <= total),
            None if self.place.disjoint => None,
            None => {
                let added = total.checked_sub(total_before?).filter(|added| *added > 0)?;
                Some(self.place.position.saturating_add(added))
            }
        }
    }

    /// There are new rows before the last ones that were returned, which may come only after many
    /// more.
    fn miss(&mut self, rows: u64) {
        let before = self
            .place
            .ids
            .len()
            .saturating_sub(usize::try_from(rows).unwrap_or(usize::MAX));
        self.place.missed.extend(self.place.ids.iter().skip(before));
        while self.place.missed.len() > usize::try_from(self.place.keep).unwrap_or(usize::MAX) {
            self.place.missed.pop_front();
            self.place.note(Completeness::RowsMayBeMissing);
        }
    }

    /// The next page has to overlap the rows before this position.
    fn leap(&mut self, position: u64) {
        self.place.leaps += 1;
        self.place.disjoint = true;
        self.place.note(Completeness::Handled);
        self.place.position = position.min(MAX_POSITION);
        self.place.overlap = 1;
    }

    /// The page does not overlap the known rows: the next one begins earlier, twice as far each
    /// time.
    fn step_back(&mut self, start: u64, total: u64) {
        self.place.steps_back += 1;
        self.place.disjoint = true;
        self.place.note(Completeness::Handled);
        // After the end of a list that shrank there is nothing to overlap.
        let end = if total > 0 {
            self.place.position.min(total)
        } else {
            self.place.position
        };
        let reached = self.place.position.saturating_sub(start);
        self.place.overlap = self
            .place
            .overlap
            .max(reached)
            .saturating_mul(2)
            .saturating_add(self.place.position - end);
    }

    /// Learns the server's page size, and gives the size of this page.
    fn learn_size(&mut self, asked: Window, given: u64) -> u32 {
        let given = u32::try_from(given).unwrap_or(0);
        // Impossible as a size, or the size asked for.
        if !(1..=MAX_PAGE_SIZE).contains(&given) || given == asked.size {
            return asked.size;
        }
        // The first smaller size is the server's limit; any other is a size of its own.
        let is_limit = given < asked.size && asked.size == self.place.size;
        self.place.fixed |= !is_limit;
        self.place.size = given;
        given
    }

    /// The page to ask for: it overlaps the known rows and reaches as far as possible. `None` when
    /// the server gives no such page.
    fn window(&self) -> Option<Window> {
        let Place {
            position,
            size,
            overlap,
            fixed,
            disjoint,
            ..
        } = self.place;
        if position == 0 {
            return Some(Window::at(0, size, true));
        }
        let last_page = self.place.last_page.unwrap_or(u64::MAX);
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

    pub(super) const fn place(&self) -> &Place {
        &self.place
    }

    pub(super) const fn keeps_all(&self) -> bool {
        self.keeps_all
    }

    pub(super) const fn ended(&self) -> bool {
        self.place.ended
    }

    /// How many rows the slice has, according to the last answer.
    pub(super) const fn total(&self) -> Option<u64> {
        self.place.total
    }

    /// How many of the slice's rows are left to read.
    pub(super) fn left_of(&self, total: u64) -> u64 {
        if self.place.ended {
            return 0;
        }
        total.saturating_sub(self.place.position)
    }

    /// How many new rows a page gives. The overlap takes about one row in seven of a page of 100,
    /// more of a smaller one.
    pub(super) fn rows_a_page(&self) -> u64 {
        let size = u64::from(self.place.size);
        if self.place.fixed {
            size
        } else {
            size.saturating_sub(size / 7).max(1)
        }
    }

    pub(super) fn completeness(&self) -> Completeness {
        match self.place.completeness {
            Completeness::Complete if self.place.unproven => Completeness::Unproven,
            completeness => completeness,
        }
    }
}

fn as_u64(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

/// The size of a page, also where the server ignores the one asked for and only repeats it: there
/// are more rows, or `pages` and the rows fit another size, which is known or their number.
fn page_size<R>(asked: Window, known: u32, page: &Page<R>) -> u64 {
    let (given, size, known) = (page.items_per_page, u64::from(asked.size), u64::from(known));
    let count = as_u64(page.items.len());
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

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Place")
            .field("position", &self.position)
            .field("total", &self.total)
            .field("ids", &self.ids.len())
            .field("completeness", &self.completeness)
            .field("ended", &self.ended)
            .finish_non_exhaustive()
    }
}
