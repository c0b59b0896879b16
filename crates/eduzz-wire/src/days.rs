//! Stretches of days, cut into slices that a call can bear.
//!
//! Long ranges are slow on deep pages until the connection drops (Q11), and the statement answers an empty success for more
//! than about twelve months (Q13). So a long range is walked slice by slice: each is a short list of its own, and how far one
//! has come is a slice and a [`Cursor`](crate::Cursor).

use core::iter::FusedIterator;

use eduzz_types::{Date, InvalidDate};
use serde::{Deserialize, Serialize};

/// A stretch of days, the first and the last included. Days are the service's: those of Brasília, as far as is known.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Ends", into = "Ends")]
pub struct Days {
    first: Date,
    last: Date,
    /// The days' numbers since 1970-01-01, checked when they were taken.
    from: i64,
    to: i64,
}

#[derive(Serialize, Deserialize)]
struct Ends {
    first: Date,
    last: Date,
}

impl Days {
    /// Takes the first and the last day.
    ///
    /// # Errors
    ///
    /// One of them does not exist, or the last is before the first.
    pub fn new(first: Date, last: Date) -> Result<Self, DaysError> {
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

    /// The month that a day is in.
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
        // The day before the next month begins; 9999 has no next year, and its December has 31 days.
        let last = match Date::new(next_year, next_month, 1) {
            Ok(next) => Date::from_days_since_epoch(next.days_since_epoch()? - 1)?,
            Err(_) => Date::new(year, month, 31)?,
        };
        Self::new(first, last)
    }

    /// The month before the one that a day is in: "last month", if the day is today's in Brasília
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

    /// How many days they are.
    #[must_use]
    pub const fn count(&self) -> u64 {
        self.from.abs_diff(self.to) + 1
    }

    /// Cuts them into slices of at most so many days (0 counts as 1), which join without a gap and do not overlap.
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

/// In which order slices come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Order {
    /// The oldest slice first, to fill an archive.
    OldestFirst,
    /// The newest slice first, to see what matters soonest.
    NewestFirst,
}

/// The slices of [`Days`] that are still to come. It can be stored between two of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slices {
    most: i64,
    order: Order,
    /// The days that are left; none when the first is behind the last.
    from: i64,
    to: i64,
}

impl Slices {
    /// How many slices are left.
    #[must_use]
    pub fn left(&self) -> u64 {
        if self.from > self.to {
            0
        } else {
            (self.from.abs_diff(self.to) + 1).div_ceil(self.most.unsigned_abs().max(1))
        }
    }
}

impl Iterator for Slices {
    type Item = Days;

    fn next(&mut self) -> Option<Days> {
        if self.from > self.to {
            return None;
        }
        let reach = self.most.max(1) - 1;
        let (from, to) = match self.order {
            Order::OldestFirst => (self.from, self.from.saturating_add(reach).min(self.to)),
            Order::NewestFirst => (self.to.saturating_sub(reach).max(self.from), self.to),
        };
        match self.order {
            Order::OldestFirst => self.from = to + 1,
            Order::NewestFirst => self.to = from - 1,
        }
        // The days lie between two that exist; a stored state that was tampered with ends here.
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

/// Why two days are no stretch.
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
