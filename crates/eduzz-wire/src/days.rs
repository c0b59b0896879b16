//! Ranges of days, cut into slices short enough for one call.
//!
//! [`Sweep`](crate::Sweep) reads a long range slice by slice.

use core::convert::Infallible;
use core::iter::FusedIterator;

use eduzz_types::{Date, InvalidDate};
use serde::{Deserialize, Serialize};

/// A range of days, including the first and the last. As far as is known, the service's days are
/// those of Brasília.
///
/// Every call of a range takes one, so that it never asks for days that do not exist, or backwards:
///
/// ```
/// use eduzz_wire::Days;
///
/// let march = Days::new("2026-03-01", "2026-03-31")?;
/// let week = Days::new(march.last().plus_days(-6)?, march.last())?;
/// assert_eq!(week.count(), 7);
/// assert_eq!(march, Days::month_of(week.first())?);
/// assert!(Days::new("2026-02-01", "2026-02-30").is_err());
/// # Ok::<(), eduzz_wire::DaysError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Ends", into = "Ends")]
pub struct Days {
    first: Date,
    last: Date,
    /// Days since 1970-01-01, checked on construction.
    from: i64,
    to: i64,
}

#[derive(Serialize, Deserialize)]
struct Ends {
    first: Date,
    last: Date,
}

impl Days {
    /// Creates the range from its first and last day: dates, texts such as `"2026-03-01"`, or dates
    /// of a calendar crate (features of `eduzz-types`).
    ///
    /// # Errors
    ///
    /// A day does not exist, or the last is before the first.
    pub fn new(
        first: impl TryInto<Date, Error: Into<DaysError>>,
        last: impl TryInto<Date, Error: Into<DaysError>>,
    ) -> Result<Self, DaysError> {
        let first = first.try_into().map_err(Into::into)?;
        let last = last.try_into().map_err(Into::into)?;
        let (from, to) = (first.days_since_epoch()?, last.days_since_epoch()?);
        if to < from {
            return Err(DaysError::Backwards);
        }
        Ok(Self {
            first,
            last,
            from,
            to,
        })
    }

    /// The month of a day.
    ///
    /// # Errors
    ///
    /// The day does not exist.
    pub fn month_of(day: &Date) -> Result<Self, DaysError> {
        let (year, month, _) = day.ymd()?;
        let first = Date::new(year, month, 1)?;
        let (next_year, next_month) = if month < 12 {
            (year, month + 1)
        } else {
            (year + 1, 1)
        };
        // The year 9999 has no next one; its December has 31 days.
        let last = match Date::new(next_year, next_month, 1) {
            Ok(next) => next.plus_days(-1)?,
            Err(_) => Date::new(year, month, 31)?,
        };
        Self::new(first, last)
    }

    /// The month before the month of a day: "last month", if the day is today in Brasília
    /// ([`Date::in_brasilia`]).
    ///
    /// # Errors
    ///
    /// The day does not exist, or is in the first month of the year 0.
    pub fn month_before(day: &Date) -> Result<Self, DaysError> {
        let (year, month, _) = day.ymd()?;
        let first = Date::new(year, month, 1)?.days_since_epoch()?;
        Self::month_of(&Date::from_days_since_epoch(first - 1)?)
    }

    /// The first day.
    #[must_use]
    pub const fn first(&self) -> &Date {
        &self.first
    }

    /// The last day.
    #[must_use]
    pub const fn last(&self) -> &Date {
        &self.last
    }

    /// The number of days.
    #[must_use]
    pub const fn count(&self) -> u64 {
        self.from.abs_diff(self.to) + 1
    }

    /// Cuts the range into slices of at most `most_days` days (0 counts as 1), without gaps or
    /// overlaps.
    #[must_use]
    pub fn slices(&self, most_days: u32, order: Order) -> Slices {
        Slices {
            most: i64::from(most_days.max(1)),
            order,
            from: self.from,
            to: self.to,
        }
    }
}

impl From<&Self> for Days {
    fn from(days: &Self) -> Self {
        days.clone()
    }
}

impl From<Days> for (Date, Date) {
    fn from(days: Days) -> Self {
        (days.first, days.last)
    }
}

impl TryFrom<Ends> for Days {
    type Error = DaysError;

    fn try_from(ends: Ends) -> Result<Self, DaysError> {
        Self::new(ends.first, ends.last)
    }
}

impl From<Days> for Ends {
    fn from(days: Days) -> Self {
        Self {
            first: days.first,
            last: days.last,
        }
    }
}

/// The order of slices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Order {
    /// The oldest slice first, for an archive.
    OldestFirst,
    /// The newest slice first, for the latest rows.
    NewestFirst,
}

/// The remaining slices of [`Days`]. It can be stored between two slices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "StoredSlices")]
pub struct Slices {
    most: i64,
    order: Order,
    /// The remaining days; `from > to` means none.
    from: i64,
    to: i64,
}

/// The stored form, which may have been tampered with.
#[derive(Deserialize)]
struct StoredSlices {
    most: i64,
    order: Order,
    from: i64,
    to: i64,
}

impl TryFrom<StoredSlices> for Slices {
    type Error = DaysError;

    fn try_from(stored: StoredSlices) -> Result<Self, DaysError> {
        let StoredSlices {
            most,
            order,
            from,
            to,
        } = stored;
        if from <= to {
            Date::from_days_since_epoch(from)?;
            Date::from_days_since_epoch(to)?;
        }
        Ok(Self {
            most: most.max(1),
            order,
            from,
            to,
        })
    }
}

impl Slices {
    /// The number of slices left.
    #[must_use]
    pub fn left(&self) -> u64 {
        if self.from > self.to {
            0
        } else {
            (self.from.abs_diff(self.to) + 1).div_ceil(self.most.unsigned_abs())
        }
    }
}

impl Iterator for Slices {
    type Item = Days;

    fn next(&mut self) -> Option<Days> {
        if self.from > self.to {
            return None;
        }
        let length = self.most - 1;
        let (from, to) = match self.order {
            Order::OldestFirst => (self.from, self.from.saturating_add(length).min(self.to)),
            Order::NewestFirst => (self.to.saturating_sub(length).max(self.from), self.to),
        };
        match self.order {
            Order::OldestFirst => self.from = to + 1,
            Order::NewestFirst => self.to = from - 1,
        }
        // The days exist: both ends do.
        let (first, last) = (
            Date::from_days_since_epoch(from).ok()?,
            Date::from_days_since_epoch(to).ok()?,
        );
        Some(Days {
            first,
            last,
            from,
            to,
        })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = usize::try_from(self.left()).unwrap_or(usize::MAX);
        (left, Some(left))
    }
}

impl FusedIterator for Slices {}

/// Why a range of days is invalid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DaysError {
    /// A day that does not exist.
    #[error("a day must be written YYYY-MM-DD and exist")]
    NoSuchDay(#[from] InvalidDate),
    /// The last day is before the first.
    #[error("the last day is before the first")]
    Backwards,
}

impl From<Infallible> for DaysError {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}
