//! The progress bar of a sweep, on a terminal.

use std::time::{Duration, Instant};

use eduzz_wire::Pace;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::lang::Lang;
use crate::lists::values::grouped;
use crate::notices::Notices;

/// A bar on the standard error; nothing if that is no terminal.
pub(super) struct Progress {
    lang: Lang,
    pace: Option<Pace>,
    bar: ProgressBar,
    notices: Notices,
    started: Instant,
    calls: u64,
}

impl Progress {
    pub(super) fn new(lang: Lang, pace: Option<Pace>, notices: Notices) -> Self {
        let bar = ProgressBar::with_draw_target(Some(1), ProgressDrawTarget::stderr());
        if let Ok(style) = ProgressStyle::with_template("{wide_bar} {msg}{prefix}") {
            bar.set_style(style.progress_chars("━╸─"));
        }
        notices.show_on(bar.clone());
        Self {
            lang,
            pace,
            bar,
            notices,
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
        let left = calls.map(|calls| {
            let (passed, waited) = (self.started.elapsed(), self.notices.waited());
            time_left(self.pace, self.calls, calls, passed, waited)
        });
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
}

/// The time for `left` more calls, after `made` calls in the time that passed, of which they waited
/// some for their turns. Waits are in the pace, and must not count as the calls' own time too.
fn time_left(pace: Option<Pace>, made: u64, left: u64, passed: Duration, waited: Duration) -> Duration {
    let one = passed
        .saturating_sub(waited)
        .checked_div(u32::try_from(made).unwrap_or(u32::MAX))
        .unwrap_or_default();
    let paced = pace.map_or(Duration::ZERO, |pace| {
        pace.time_for(made.saturating_add(left), one)
            .saturating_sub(passed)
    });
    paced.max(one.saturating_mul(u32::try_from(left).unwrap_or(u32::MAX)))
}

/// `3 s`, `12 min`, `2 h 05 min`.
pub(crate) fn clock(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        0..60 => format!("{} s", seconds.max(1)),
        60..3600 => format!("{} min", seconds.div_ceil(60)),
        _ => format!("{} h {:02} min", seconds / 3600, seconds % 3600 / 60),
    }
}

#[cfg(test)]
mod tests {
    use eduzz_wire::{Pacer, Turn};

    use super::*;

    /// The total that is expected before each call of a walk is near the total that it takes.
    #[test]
    fn expected_total_is_near_the_real_one_at_every_call() {
        for (calls, one_ms) in [(31, 100), (60, 50), (60, 1_000), (100, 700), (200, 3_000)] {
            let one = Duration::from_millis(one_ms);
            let mut pacer: Pacer = Pacer::new(Pace::DOCUMENTED);
            let (mut now, mut waited, mut expected) = (Duration::ZERO, Duration::ZERO, Vec::new());
            for made in 0..calls {
                let left = time_left(Some(Pace::DOCUMENTED), made, calls - made, now, waited);
                expected.push(now + left);
                let ticket = pacer.join();
                while let Turn::Wait(wait) = pacer.poll(ticket, now) {
                    now += wait;
                    waited += wait;
                }
                now += one;
                pacer.answered(ticket, now);
            }
            for (made, expected) in expected.iter().enumerate().skip(1) {
                let (low, high) = (now.mul_f64(0.8), now.mul_f64(1.1) + Duration::from_secs(1));
                assert!(
                    (low..high).contains(expected),
                    "{made} of {calls} of {one:?}: {expected:?}, not {now:?}"
                );
            }
        }
    }

    #[test]
    fn clock_formats_seconds_minutes_and_hours() {
        for (seconds, text) in [(0, "1 s"), (59, "59 s"), (61, "2 min"), (7_500, "2 h 05 min")] {
            assert_eq!(clock(Duration::from_secs(seconds)), text);
        }
    }
}
