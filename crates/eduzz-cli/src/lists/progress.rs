//! The progress bar of a sweep, on a terminal.

use std::time::{Duration, Instant};

use eduzz_wire::Pace;
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
        }
    }

    /// Shows the progress before the next call, and how many calls are left.
    pub(super) fn show(&mut self, progress: eduzz_wire::Progress, calls: Option<u64>) {
        let eduzz_wire::Progress {
            rows,
            total,
            slices_left,
            ..
        } = progress;
        let expected = total.unwrap_or(rows);
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
    fn clock_formats_seconds_minutes_and_hours() {
        for (seconds, text) in [(0, "1 s"), (59, "59 s"), (61, "2 min"), (7_500, "2 h 05 min")] {
            assert_eq!(clock(Duration::from_secs(seconds)), text);
        }
    }
}
