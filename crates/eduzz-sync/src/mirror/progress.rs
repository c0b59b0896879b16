//! How far the first reading of a kind has come, and how long it takes.
//!
//! Nobody says how many rows a list has before its days are read, so the days that are left are
//! taken to be like the oldest ones that were read. The estimate begins after a week of days: today
//! and yesterday alone say little.

use core::time::Duration;

use eduzz_wire::Pace;

use super::{Cut, Flow, MOST_ROWS, Span};

/// The rows of a page.
const PAGE: u64 = 100;

/// The past days that have to be read before the others are guessed.
const ENOUGH_DAYS: u64 = 7;

/// The rows that a window is cut for, in calls.
const WINDOW_CALLS: u64 = 15;

/// A pass that has not ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "two counts")]
pub struct UnderWay {
    /// Its days.
    pub span: Span,
    /// The rows that are stored.
    pub rows: u64,
    /// The rows that the service says there are.
    pub total: u64,
}

/// How far the first reading of a kind has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// What was read: days of a dated kind, lists of one that has a list for each parent, else 1
    /// for the whole list.
    pub done: u64,
    /// How much of that there is, as far as is known.
    pub all: u64,
    /// Rows that were read.
    pub rows: u64,
    /// How many there are, by an estimate where days were not read; `None` while nothing is known.
    pub total: Option<u64>,
    /// How many calls are left; `None` while nothing is known.
    pub calls_left: Option<u64>,
}

impl Progress {
    /// Whether all is read.
    #[must_use]
    pub const fn is_done(&self) -> bool {
        matches!(self.calls_left, Some(0))
    }
}

/// The progress of a dated kind. `cuts` are its windows in any order, those that were not read to
/// their end without rows; `longest` is the most days of a call.
#[must_use]
pub fn by_days(within: Span, today: i32, longest: u32, cuts: &[Cut], under_way: &[UnderWay]) -> Progress {
    let all = u64::from(within.days());
    let past = Span::new(within.first, within.last.min(today.saturating_sub(1)));
    // What was read, the newest first: its days, those of the past, and its rows.
    let mut read: alloc::vec::Vec<(Span, u64)> = cuts
        .iter()
        .filter_map(|cut| Some((overlap(cut.span, within)?, cut.rows?)))
        .collect();
    read.sort_unstable_by_key(|(span, _)| core::cmp::Reverse(*span));
    let done = read
        .iter()
        .map(|(span, _)| u64::from(span.days()))
        .sum::<u64>()
        .min(all);
    let rows_read: u64 = read.iter().map(|(_, rows)| rows).sum();
    let begun = under_way
        .iter()
        .filter(|pass| overlap(pass.span, within).is_some());
    // A window that was read before is read anew, which is no part of the first reading.
    let is_first = |pass: &&UnderWay| !read.iter().any(|(span, _)| span.first == pass.span.first);
    let (mut days_begun, mut rows_begun, mut rows_here, mut calls_here) = (0_u64, 0, 0, 0);
    for pass in begun.filter(is_first) {
        days_begun += u64::from(pass.span.days());
        rows_begun += pass.rows;
        rows_here += pass.total.max(pass.rows);
        calls_here += pass.total.saturating_sub(pass.rows).div_ceil(PAGE);
    }
    let rows = rows_read + rows_begun;
    let days_left = all.saturating_sub(done).saturating_sub(days_begun);
    let known = |calls_left, total| Progress {
        done,
        all,
        rows,
        total: Some(total),
        calls_left: Some(calls_left),
    };
    if days_left == 0 {
        return known(calls_here, rows_read + rows_here);
    }
    let past_days: u64 = read
        .iter()
        .filter_map(|(span, _)| overlap(*span, past))
        .map(|span| u64::from(span.days()))
        .sum();
    if past_days < ENOUGH_DAYS {
        return Progress {
            done,
            all,
            rows,
            total: None,
            calls_left: None,
        };
    }
    // Thousandths of rows and of days. Windows that are far from the days that are left weigh less,
    // but a window of few days alone says little.
    let (mut weighed_rows, mut weighed_days) = (0_u64, 0_u64);
    for (span, rows) in read.iter().filter(|(span, _)| overlap(*span, past).is_some()) {
        weighed_rows = weighed_rows / 8 * 7 + rows.saturating_mul(1_000);
        weighed_days = weighed_days / 8 * 7 + u64::from(span.days()) * 1_000;
    }
    let rows_left = days_left.saturating_mul(weighed_rows) / weighed_days.max(1);
    let full = rows_left.div_ceil(PAGE);
    // Each window ends with a page that is not full, and has one call at least.
    let windows = full
        .div_ceil(WINDOW_CALLS)
        .max(days_left.div_ceil(u64::from(longest.max(1))));
    let calls = full + windows / 2;
    known(calls_here + calls.max(windows), rows_read + rows_here + rows_left)
}

/// The progress of a list without days: `read` are its rows, once it was read to its end.
#[must_use]
pub fn by_total(read: Option<u64>, under_way: Option<UnderWay>) -> Progress {
    match (read, under_way) {
        (Some(rows), _) => Progress {
            done: 1,
            all: 1,
            rows,
            total: Some(rows),
            calls_left: Some(0),
        },
        (None, Some(pass)) => Progress {
            done: 0,
            all: 1,
            rows: pass.rows,
            total: Some(pass.total.max(pass.rows)),
            // The last page is no proof that the pass has ended.
            calls_left: Some(pass.total.saturating_sub(pass.rows).div_ceil(PAGE).max(1)),
        },
        (None, None) => Progress {
            all: 1,
            ..Progress::default()
        },
    }
}

/// The progress of a kind with a list for each record of another: how many lists were read, and
/// `parents`, how many records there are, once they were read.
#[must_use]
pub fn by_lists(read: u64, parents: Option<u64>) -> Progress {
    Progress {
        done: read,
        all: parents.unwrap_or(read).max(read),
        rows: 0,
        total: None,
        // Most lists are one page.
        calls_left: parents.map(|parents| parents.saturating_sub(read)),
    }
}

/// How long these calls take of a back-fill at least, if the flows `beside` wait for turns in the
/// same lane all the time.
#[must_use]
pub fn time_left(calls: u64, pace: Pace, beside: &[Flow]) -> Duration {
    let own = u64::from(Flow::BackFill.share());
    let shares = own + beside.iter().map(|flow| u64::from(flow.share())).sum::<u64>();
    pace.time_for(calls.saturating_mul(shares).div_ceil(own), Duration::ZERO)
}

/// How long the whole reading takes, by the times of kinds that are read one after another, each
/// list of such kinds beside the others: lanes do not wait for each other. `None` while a time is
/// not known.
pub fn whole_time_left<C: IntoIterator<Item = Option<Duration>>>(
    chains: impl IntoIterator<Item = C>,
) -> Option<Duration> {
    chains.into_iter().try_fold(Duration::ZERO, |longest, chain| {
        let time = chain
            .into_iter()
            .try_fold(Duration::ZERO, |sum, time| Some(sum.saturating_add(time?)))?;
        Some(longest.max(time))
    })
}

/// The days of both.
fn overlap(one: Span, other: Span) -> Option<Span> {
    let (first, last) = (one.first.max(other.first), one.last.min(other.last));
    (first <= last).then(|| Span::new(first, last))
}

// The estimate of a window is not above its largest number of calls.
const _: () = assert!(MOST_ROWS / PAGE >= WINDOW_CALLS, "a window has fewer calls");
