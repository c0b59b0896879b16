//! How far a walk is, on a terminal.

use std::time::{Duration, Instant};

use eduzz_wire::{Pace, Progress};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::lang::Lang;
use crate::lists::values::grouped;

/// A bar on the standard error; nothing where that is no terminal.
pub(super) struct Meter {
    lang: Lang,
    pace: Option<Pace>,
    bar: ProgressBar,
    started: Instant,
    calls: u64,
}

impl Meter {
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
        }
    }

    /// Shows how far it is before the next call.
    pub(super) fn show(&mut self, rows: u64, slice: Progress, slices_left: u64) {
        let total = slice.total.unwrap_or_default().max(slice.rows);
        // Of slices that are to come nothing is known: they are taken to be like the present one.
        let expected = rows - slice.rows.min(rows) + total * (slices_left + 1);
        self.bar.set_length(expected.max(1));
        self.bar.set_position(rows);
        let left = calls_left(slice, slices_left).map(|left| self.time_left(left));
        let between = match self.lang {
            Lang::Pt => '.',
            Lang::En => ',',
        };
        let count = |rows: u64| grouped(&rows.to_string(), between);
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

    /// Lets something else be printed.
    pub(super) fn aside<T>(&self, print: impl FnOnce() -> T) -> T {
        self.bar.suspend(print)
    }

    /// Takes the bar away.
    pub(super) fn end(&self) {
        self.bar.finish_and_clear();
    }

    /// So many more calls, at the present pace; the time that the answers themselves take is learnt on the way.
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

/// How many calls are to come; none before the first answer.
fn calls_left(slice: Progress, slices_left: u64) -> Option<u64> {
    let total = slice.total?.max(slice.rows);
    let a_page = slice.rows.checked_div(slice.pages)?.max(1);
    let all = total.div_ceil(a_page).max(1);
    Some((total - slice.rows).div_ceil(a_page) + slices_left * all)
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
    fn times_read_as_people_say_them() {
        for (seconds, text) in [(0, "1 s"), (59, "59 s"), (61, "2 min"), (7_500, "2 h 05 min")] {
            assert_eq!(clock(Duration::from_secs(seconds)), text);
        }
    }
}
