//! The three shapes of a list.

use alloc::vec::Vec;
use core::ops::Deref;

use serde::{Deserialize, Deserializer, Serialize};

use crate::scalar::count;

/// One page of a paged list: `{ pages, page, itemsPerPage, totalItems, items }` (docs page `/docs/api/response`).
///
/// `pages` is to be read, not computed: the documentation's own samples disagree with their totals. A walk over the
/// pages ends at an empty page too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", bound(deserialize = "T: Deserialize<'de>"))]
#[non_exhaustive]
pub struct Page<T> {
    /// How many pages there are; an empty list still says 1.
    #[serde(deserialize_with = "count")]
    pub pages: u64,
    /// The number of this page, counted from 1.
    #[serde(deserialize_with = "count")]
    pub page: u64,
    /// How many items a page may have.
    #[serde(deserialize_with = "count")]
    pub items_per_page: u64,
    /// How many items all pages have together.
    #[serde(deserialize_with = "count")]
    pub total_items: u64,
    /// The items of this page.
    #[serde(deserialize_with = "null_is_empty")]
    pub items: Vec<T>,
}

/// A list that is not paged: `{ items }` (docs page `/docs/api/response`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "T: Deserialize<'de>"))]
#[non_exhaustive]
pub struct Items<T> {
    /// The items.
    #[serde(deserialize_with = "null_is_empty")]
    pub items: Vec<T>,
}

/// A list that is a bare JSON array, as some operations answer against the documented convention.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent, bound(deserialize = "T: Deserialize<'de>"))]
pub struct List<T>(#[serde(deserialize_with = "null_is_empty")] Vec<T>);

impl<T> List<T> {
    /// The items, taken out.
    #[must_use]
    pub fn into_vec(self) -> Vec<T> {
        self.0
    }
}

impl<T> From<Vec<T>> for List<T> {
    fn from(items: Vec<T>) -> Self {
        Self(items)
    }
}

impl<T> Deref for List<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T> IntoIterator for List<T> {
    type Item = T;
    type IntoIter = alloc::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a List<T> {
    type Item = &'a T;
    type IntoIter = core::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

/// A list that is `null` is an empty one; one that is absent is an error, so that an error body does not pass for an
/// empty list.
fn null_is_empty<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}
