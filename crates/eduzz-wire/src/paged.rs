//! Calls that answer a page of a list.

use alloc::borrow::Cow;
use core::fmt;

use eduzz_types::Page;
use serde::de::DeserializeOwned;

use crate::{Call, Endpoint, Route, Row};

/// A call that answers a page of a list.
pub trait Paged: Endpoint<Output = Page<<Self as Paged>::Row>> + Clone {
    /// One row of the list.
    type Row: DeserializeOwned;

    /// Sets the page, counted from 1, and the page size.
    fn set_page(&mut self, page: u32, items_per_page: u32);

    /// The page size that the caller asked for.
    fn items_per_page(&self) -> Option<u32>;

    /// The row's id, unique within the list.
    fn key(row: &Self::Row) -> Cow<'_, str>;
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
