//! Calls that answer a page of a list.

use alloc::borrow::Cow;
use core::fmt;

use eduzz_types::{Page, read_whole};
use serde::de::DeserializeOwned;

use crate::{Call, Days, Endpoint, Kept, ReadError, Route, Row, read_json};

/// A call that answers a page of a list.
pub trait Paged: Endpoint<Output = Page<<Self as Paged>::Row>> + Clone {
    /// One row of the list.
    type Row: DeserializeOwned;

    /// The most days of one call. A longer range is read in slices, so it is set only where each
    /// row belongs to one day of the range.
    const MAX_DAYS: Option<u32> = None;

    /// Sets the page, counted from 1, and the page size.
    fn set_page(&mut self, page: u32, items_per_page: u32);

    /// The page size that the caller asked for.
    fn items_per_page(&self) -> Option<u32>;

    /// The row's id, unique within the list.
    fn key(row: &Self::Row) -> Cow<'_, str>;

    /// The days of the list, if it can be read in slices; `None` also where a day does not exist,
    /// which the call reports.
    fn days(&self) -> Option<Days> {
        None
    }

    /// Sets the days, for a list that has some.
    fn set_days(&mut self, _: &Days) {}

    /// Whether a row may move to a later day during a sweep, because the days are those of its last
    /// change.
    fn rows_may_move(&self) -> bool {
        false
    }

    /// Keeps the JSON of each row, for an archive: the model drops what it does not know.
    fn keep_json(self) -> KeepJson<Self> {
        KeepJson(self)
    }
}

/// A list whose rows keep their JSON: [`Paged::keep_json`].
#[derive(Clone)]
pub struct KeepJson<L>(L);

impl<L: Paged> Endpoint for KeepJson<L> {
    const ROUTE: Route = L::ROUTE;
    type Output = Page<Kept<L::Row>>;

    fn describe(&self, call: &mut Call) {
        self.0.describe(call);
    }
}

impl<L: Paged> Paged for KeepJson<L> {
    type Row = Kept<L::Row>;

    const MAX_DAYS: Option<u32> = L::MAX_DAYS;

    fn set_page(&mut self, page: u32, items_per_page: u32) {
        self.0.set_page(page, items_per_page);
    }

    fn items_per_page(&self) -> Option<u32> {
        self.0.items_per_page()
    }

    fn key(row: &Self::Row) -> Cow<'_, str> {
        L::key(&row.row)
    }

    fn days(&self) -> Option<Days> {
        self.0.days()
    }

    fn set_days(&mut self, days: &Days) {
        self.0.set_days(days);
    }

    fn rows_may_move(&self) -> bool {
        self.0.rows_may_move()
    }
}

impl<L: Paged> fmt::Debug for KeepJson<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("KeepJson").field(&L::ROUTE).finish()
    }
}

/// The default page size. No limit is documented, and many integrations use this one.
pub const PAGE_SIZE: u32 = 100;

/// One page of a list, whose rows are read one by one.
#[derive(Clone)]
pub struct PageCall<L>(pub(crate) L);

impl<L: Paged> PageCall<L> {
    /// The call of one page of the list, for a program that does not walk.
    #[must_use]
    pub const fn new(list: L) -> Self {
        Self(list)
    }

    /// The list, with the page that is asked for.
    #[must_use]
    pub const fn list(&self) -> &L {
        &self.0
    }
}

impl<L: Paged> Endpoint for PageCall<L> {
    const ROUTE: Route = L::ROUTE;
    type Output = Page<Row<L::Row>>;

    fn describe(&self, call: &mut Call) {
        self.0.describe(call);
    }

    /// Reads the page in one pass, and row by row only if that fails.
    fn read_body(body: &[u8]) -> Result<Self::Output, ReadError> {
        match read_whole::<Page<L::Row>>(body) {
            Some(page) => Ok(page.map(Row::Read)),
            None => read_json(body),
        }
    }
}

impl<L: Paged> fmt::Debug for PageCall<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PageCall").field(&L::ROUTE).finish()
    }
}
