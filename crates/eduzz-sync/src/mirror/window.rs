//! Windows: ranges of days whose rows are read in one pass, and how they are proven.
//!
//! A list that has no days, or whose days are not documented, is one window. So are the offers of a
//! product and the invoices of a subscription.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::{String, ToString as _};
use core::fmt;
use core::time::Duration;

use rust_decimal::Decimal;

use super::{Digest, Kind};
use crate::Moment;

/// The most rows that a window should have: 20 pages, so that a pass over it is short.
pub const MOST_ROWS: u64 = 2_000;

/// The rows that the next window is cut for. Less than the most, because days differ.
const AIM: u64 = 1_500;

/// How long a program has a window without storing a page. It may wait for its turn to call.
pub const PASS_LEASE: Duration = Duration::from_secs(300);

/// How long after its last day a window can be sealed. Days are Brasília's or, by some reports,
/// UTC's (Q34), and a payment can come late in the night.
pub const AFTER_LAST_DAY: Duration = Duration::from_secs(26 * 3600);

/// How far Brasília is behind UTC.
const BEHIND_UTC: i64 = 3 * 3_600_000;

/// Three o'clock in Brasília, in milliseconds of a day of UTC.
const NIGHT: i64 = 3 * 3_600_000 + BEHIND_UTC;

/// A day in milliseconds.
const DAY: i64 = 86_400_000;

/// Days from the first to the last, both included, counted from 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Span {
    /// The first day.
    pub first: i32,
    /// The last day.
    pub last: i32,
}

/// A window that was cut before, for deciding where the next one goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Cut {
    /// Its days.
    pub span: Span,
    /// How many rows it has, once it was read.
    pub rows: Option<u64>,
}

/// A pass over a window, from its first page to its last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(
    clippy::exhaustive_structs,
    reason = "a proof needs all that is known of a pass"
)]
pub struct Pass {
    /// When its first page was asked for.
    pub began: Moment,
    /// When its last page came.
    pub ended: Moment,
    /// How many rows the first page said there are.
    pub first_total: u64,
    /// How many rows the last page said there are.
    pub last_total: u64,
    /// How many different rows came.
    pub rows: u64,
    /// How many rows could not be read; they are kept as they came.
    pub unreadable: u64,
    /// Whether rows moved between pages in a way that the walk could not make good.
    pub lost_rows: bool,
}

/// What the mirror has of a window: sums that do not depend on the order of the rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tally {
    /// Rows that are at the service, as far as is known.
    pub rows: u64,
    /// Of these, the ones that no answer has settled.
    pub unsettled: u64,
    /// Of these, the ones of each status.
    pub statuses: BTreeMap<Box<str>, u64>,
    /// The sum of the amounts of each currency; `None` if it has more than 28 digits.
    pub sums: BTreeMap<Box<str>, Option<Decimal>>,
    /// The sum of the rows' digests.
    pub digest: Digest,
}

/// Why a window is not proven.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Doubt {
    /// It was not read to its end.
    NotRead,
    /// It stays open until 26 hours after its last day.
    NotOver,
    /// The number of rows changed while it was read.
    TotalMoved,
    /// Rows moved between the pages while it was read.
    RowsMoved,
    /// The service says there are more or fewer rows than came.
    TotalDiffers,
    /// The mirror has rows that the service did not show, or the other way round.
    RowsDiffer,
    /// Some rows wait for an answer.
    Unsettled,
    /// It is not any more what it was when it was proven.
    Changed,
    /// The service ends the list before its last row, or may have
    /// ([`Kind::most_listed`](super::Kind::most_listed)).
    ListEnds,
    /// The service refuses the list: the token does not have its scope, or the account does not
    /// have the product.
    Refused,
}

impl Pass {
    /// Whether it showed every row, in a form that could be read: a record without a call of its
    /// own that it did not show is not at the service.
    #[must_use]
    pub const fn shows_all(&self) -> bool {
        self.first_total == self.last_total
            && !self.lost_rows
            && self.unreadable == 0
            && self.rows == self.last_total
    }
}

impl Span {
    /// The window of a list without days.
    pub const WHOLE: Self = Self { first: 0, last: 0 };

    /// Days from the first to the last; one day if they are the wrong way round.
    #[must_use]
    pub const fn new(first: i32, last: i32) -> Self {
        Self {
            first,
            last: if last < first { first } else { last },
        }
    }

    /// How many days there are.
    #[must_use]
    pub const fn days(self) -> u32 {
        self.first.abs_diff(self.last).saturating_add(1)
    }

    /// The newest part of the span that should have few enough rows, if the service says that the
    /// whole has `total`; `None` if it is small enough, or is one day.
    #[must_use]
    pub fn cut(self, total: u64) -> Option<Self> {
        if total <= MOST_ROWS || self.days() == 1 {
            return None;
        }
        let days = u64::from(self.days()) * AIM / total;
        Some(self.newest(days.clamp(1, u64::from(self.days() - 1))))
    }

    fn newest(self, days: u64) -> Self {
        let days = i32::try_from(days).unwrap_or(i32::MAX).max(1);
        Self {
            first: self.last.saturating_sub(days - 1).max(self.first),
            ..self
        }
    }
}

impl Cut {
    /// A window with these days, and its rows once it was read.
    #[must_use]
    pub const fn new(span: Span, rows: Option<u64>) -> Self {
        Self { span, rows }
    }
}

/// The day in Brasília.
#[must_use]
pub fn day_of(now: Moment) -> i32 {
    i32::try_from((now.millis().saturating_sub(BEHIND_UTC)).div_euclid(DAY)).unwrap_or(i32::MAX)
}

/// The next window to read of those that are not cut yet, the newest first: today, the three days
/// before, and then as many days as should have some 1,500 rows. `cuts` are in any order. `within`
/// are the days to fill, the last of which is today or later; `longest` is the most days of a call.
#[must_use]
pub fn next_window(within: Span, today: i32, longest: u32, cuts: &[Cut]) -> Option<Span> {
    let mut cuts = cuts.to_vec();
    cuts.sort_unstable_by_key(|cut| core::cmp::Reverse(cut.span));
    let mut last = within.last;
    // The rows of a day, by the nearest newer windows that were read.
    let (mut rows, mut days) = (0_u64, 0_u64);
    let mut free = None;
    for cut in &cuts {
        if cut.span.last < last {
            free = Some(cut.span.last.saturating_add(1));
            break;
        }
        if let Some(read) = cut.rows {
            // Old windows weigh less than near ones.
            rows = rows / 4 + read;
            days = days / 4 + u64::from(cut.span.days());
        }
        last = last.min(cut.span.first.saturating_sub(1));
    }
    let first = free.unwrap_or(within.first).max(within.first);
    if last < first {
        return None;
    }
    let length = if last > today {
        // Days to come have few rows, if any.
        u64::from(last.abs_diff(today))
    } else if last == today {
        1
    } else if last >= today.saturating_sub(3) {
        u64::from(last.abs_diff(today.saturating_sub(3))) + 1
    } else {
        // Twice as far, as long as nothing is found.
        let twice = days.saturating_mul(2).max(30);
        AIM.saturating_mul(days).checked_div(rows).unwrap_or(twice)
    };
    Some(Span { first, last }.newest(length.clamp(1, u64::from(longest))))
}

impl Tally {
    /// Adds a row: its status, its amount with the currency, its digest.
    pub fn add(
        &mut self,
        status: Option<&str>,
        amount: Option<(Decimal, &str)>,
        digest: Digest,
        is_settled: bool,
    ) {
        self.rows += 1;
        self.unsettled += u64::from(!is_settled);
        *self.statuses.entry(status.unwrap_or("").into()).or_default() += 1;
        if let Some((value, currency)) = amount {
            let sum = self.sums.entry(currency.into()).or_insert(Some(Decimal::ZERO));
            *sum = sum.and_then(|sum| sum.checked_add(value));
        }
        self.digest = self.digest.plus(digest);
    }

    /// The counts of the statuses as JSON.
    #[must_use]
    pub fn statuses_json(&self) -> String {
        serde_json::to_string(&self.statuses).unwrap_or_default()
    }

    /// The sums of the currencies as JSON, with texts as values.
    #[must_use]
    pub fn sums_json(&self) -> String {
        let texts: BTreeMap<&str, Option<String>> = self
            .sums
            .iter()
            .map(|(currency, sum)| (&**currency, sum.map(|sum| sum.normalize().to_string())))
            .collect();
        serde_json::to_string(&texts).unwrap_or_default()
    }
}

/// Whether the window is proven by this pass, with what the mirror has of it; the reason if not.
///
/// A proof says: the service showed as many rows as it said there are, at the beginning and at the
/// end of the pass, and the mirror has these and no others, all settled.
///
/// # Errors
///
/// The first reason that is found.
pub fn prove(kind: Kind, span: Span, pass: &Pass, tally: &Tally) -> Result<(), Doubt> {
    let came = pass.rows.saturating_add(pass.unreadable);
    if kind.is_dated() && pass.began < sealable(span.last) {
        Err(Doubt::NotOver)
    } else if kind
        .most_listed()
        .is_some_and(|most| came.max(pass.last_total) >= most)
    {
        Err(Doubt::ListEnds)
    } else if pass.first_total != pass.last_total {
        Err(Doubt::TotalMoved)
    } else if pass.lost_rows {
        Err(Doubt::RowsMoved)
    } else if came != pass.last_total {
        Err(Doubt::TotalDiffers)
    } else if tally.rows != pass.rows {
        Err(Doubt::RowsDiffer)
    } else if tally.unsettled > 0 {
        Err(Doubt::Unsettled)
    } else {
        Ok(())
    }
}

/// When a window with this last day can be sealed.
#[must_use]
pub fn sealable(last_day: i32) -> Moment {
    let end = (i64::from(last_day) + 1) * DAY + BEHIND_UTC;
    Moment::from_millis(end).after(AFTER_LAST_DAY)
}

/// When a window is read again that is not proven: when its last day is over for 26 hours, if that
/// is the reason, or the next night before; after a day, if nothing else can be expected; else
/// after ten minutes.
#[must_use]
pub fn next_try(kind: Kind, span: Span, now: Moment, doubt: Doubt) -> Moment {
    match doubt {
        Doubt::NotOver if is_nightly(kind, span, now) => sealable(span.last).max(now).min(next_night(now)),
        Doubt::NotOver => sealable(span.last).max(now),
        Doubt::ListEnds => next_check(kind, span, now, 0),
        _ => now.after(Duration::from_secs(600)),
    }
}

/// When a proven window is read again: the next night while some of its days are near enough
/// ([`Kind::nightly_days`]). Then, if it agreed `times` times since: after one day, two, four, … up
/// to 64. A list without days is read each day, unless there is one for each parent: nothing else
/// tells of its new rows.
#[must_use]
pub fn next_check(kind: Kind, span: Span, now: Moment, times: u32) -> Moment {
    if is_nightly(kind, span, now) {
        return next_night(now);
    }
    let is_swept = !kind.is_dated() && kind.parent_kind().is_none();
    let days = if is_swept { 1 } else { 1_u64 << times.min(6) };
    now.after(Duration::from_secs(days * 86_400))
}

/// Whether a window is read again each night.
#[must_use]
pub fn is_nightly(kind: Kind, span: Span, now: Moment) -> bool {
    let days = i32::try_from(kind.nightly_days()).unwrap_or(i32::MAX);
    let today = day_of(now);
    kind.is_dated() && span.last >= today.saturating_sub(days) && span.first <= today.saturating_add(days)
}

/// The next three o'clock in the night of Brasília.
pub(super) fn next_night(now: Moment) -> Moment {
    let into_day = (now.millis() - NIGHT).rem_euclid(DAY);
    Moment::from_millis(now.millis() - into_day + DAY)
}

impl Doubt {
    /// Every reason.
    pub const ALL: &'static [Self] = &[
        Self::NotRead,
        Self::NotOver,
        Self::TotalMoved,
        Self::RowsMoved,
        Self::TotalDiffers,
        Self::RowsDiffer,
        Self::Unsettled,
        Self::Changed,
        Self::ListEnds,
        Self::Refused,
    ];

    /// The reason as it is stored. It does not change.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotRead => "not_read",
            Self::NotOver => "not_over",
            Self::TotalMoved => "total_moved",
            Self::RowsMoved => "rows_moved",
            Self::TotalDiffers => "total_differs",
            Self::RowsDiffer => "rows_differ",
            Self::Unsettled => "unsettled",
            Self::Changed => "changed",
            Self::ListEnds => "list_ends",
            Self::Refused => "refused",
        }
    }

    /// The reason of a stored text.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|doubt| doubt.as_str() == text)
    }
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotRead => "not yet read to its end",
            Self::NotOver => "it stays open until 26 hours after its last day",
            Self::TotalMoved => "the number of rows changed while it was read",
            Self::RowsMoved => "rows moved between pages while it was read",
            Self::TotalDiffers => "the service counts more or fewer rows than it showed",
            Self::RowsDiffer => "the mirror's rows are not the ones that the service showed",
            Self::Unsettled => "rows still wait for an answer of the API",
            Self::Changed => "it is no longer what was proven",
            Self::ListEnds => "the service ends the list before its last row, or may have",
            Self::Refused => "the service refuses the list to this token",
        })
    }
}
