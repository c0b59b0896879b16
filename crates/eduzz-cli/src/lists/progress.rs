//! The progress bar of a walk, on a terminal.

use std::time::{Duration, Instant};

use eduzz_wire::{PAGE_SIZE, Pace};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::lang::Lang;
use crate::lists::values::grouped;

/// A bar on the standard error; nothing if that is no terminal.
pub(super) struct Progress {
    lang: Lang,
    pace: Option<Pace>,
    bar: ProgressBar,
    started: Instant,
    calls: u64,
    /// How many slices were left after the first one.
    slices: Option<u64>,
}

impl Progress {
    pub(super) fn new(lang: Lang, pace: Option<Pace>) -> Self {
        let bar = ProgressBar::with_draw_target(Some(1), ProgressDrawTarget::stderr());
        if let Ok(style) = ProgressStyle::with_template("{wide_bar} {msg}") {
            bar.set_style(style.progress_chars("━╸─"));
        }
        Self {
            lang,
            pace,
            bar,
            started: Instant::now(),
            calls: 0,
            slices: None,
        }
    }

    /// Shows the progress before the next call.
    pub(super) fn show(&mut self, rows: u64, slice: eduzz_wire::Progress, slices_left: u64) {
        let total = slice.total.map(|total| total.max(slice.rows));
        let done = self.slices.get_or_insert(slices_left).saturating_sub(slices_left);
        let (expected, calls) = forecast(rows, slice.rows, slice.pages, total, done, slices_left);
        self.bar.set_length(expected.max(1));
        self.bar.set_position(rows);
        let left = calls.map(|calls| self.time_left(calls));
        let separator = self.lang.choose_text(".", ",");
        let count = |rows: u64| grouped(&rows.to_string(), separator);
        let about = if slices_left > 0 { "~" } else { "" };
        let mut text = match left {
            Some(_) => self
                .lang
                .rows_of(&count(rows), &format!("{about}{}", count(expected))),
            None => self.lang.rows_so_far(&count(rows)),
        };
        if let Some(left) = left.filter(|left| !left.is_zero()) {
            text = format!("{text} · {}", self.lang.time_left(&clock(left)));
        }
        self.bar.set_message(text);
        self.calls += 1;
    }

    /// Prints something else.
    pub(super) fn suspend<T>(&self, print: impl FnOnce() -> T) -> T {
        self.bar.suspend(print)
    }

    /// Removes the bar.
    pub(super) fn end(&self) {
        self.bar.finish_and_clear();
    }

    /// The time for `calls` more calls, by the pace and by the time that the calls so far took.
    fn time_left(&self, calls: u64) -> Duration {
        let passed = self.started.elapsed();
        let paced = self.pace.map_or(Duration::ZERO, |pace| {
            pace.time_for(self.calls + calls).saturating_sub(passed)
        });
        let one = passed
            .checked_div(u32::try_from(self.calls).unwrap_or(u32::MAX))
            .unwrap_or_default();
        paced.max(one.saturating_mul(u32::try_from(calls).unwrap_or(u32::MAX)))
    }
}

/// The rows in total, and the calls that are left, which are unknown before the first answer: after
/// `rows` rows, of which the present slice gave `of_slice` in `pages` pages. The slices to come are
/// taken to be like those before.
fn forecast(
    rows: u64,
    of_slice: u64,
    pages: u64,
    total: Option<u64>,
    slices_done: u64,
    slices_left: u64,
) -> (u64, Option<u64>) {
    let Some(total) = total else {
        return (rows, None);
    };
    let before = rows.saturating_sub(of_slice);
    let of_each = (before + total).div_ceil(slices_done + 1);
    let a_page = match of_slice.checked_div(pages) {
        None | Some(0) => u64::from(PAGE_SIZE),
        Some(rows) => rows,
    };
    let of_this = total.saturating_sub(of_slice).div_ceil(a_page);
    let calls = of_this + of_each.div_ceil(a_page).max(1) * slices_left;
    (
        before + total + of_each * slices_left,
        (pages > 0).then_some(calls),
    )
}

/// `3 s`, `12 min`, `2 h 05 min`.
fn clock(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        0..60 => format!("{} s", seconds.max(1)),
        60..3600 => format!("{} min", seconds.div_ceil(60)),
        _ => format!("{} h {:02} min", seconds / 3600, seconds % 3600 / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forecast_takes_slices_to_come_to_be_like_those_before() {
        assert_eq!(forecast(0, 0, 0, None, 0, 0), (0, None));
        assert_eq!(forecast(100, 100, 1, Some(250), 0, 0), (250, Some(2)));
        assert_eq!(forecast(250, 250, 3, Some(250), 0, 0), (250, Some(0)));
        assert_eq!(forecast(100, 100, 1, Some(200), 0, 3), (800, Some(7)));
        // The slices before had 300 rows, the present one has none.
        assert_eq!(forecast(300, 0, 1, Some(0), 2, 1), (400, Some(1)));
        // A list whose total is too small.
        assert_eq!(forecast(9, 9, 1, Some(0), 0, 0), (0, Some(0)));
    }

    #[test]
    fn clock_formats_seconds_minutes_and_hours() {
        for (seconds, text) in [(0, "1 s"), (59, "59 s"), (61, "2 min"), (7_500, "2 h 05 min")] {
            assert_eq!(clock(Duration::from_secs(seconds)), text);
        }
    }
}
