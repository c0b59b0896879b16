//! Notes about running calls: waits on a terminal, each step with `--verbose`.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use eduzz_hyper::Client;
use eduzz_wire::{Observation, Pace, Sent, Step};
use indicatif::ProgressBar;

use crate::lang::Lang;
use crate::output::{self, Output};

/// A shorter wait is not told.
const SHORT: Duration = Duration::from_secs(1);

/// Tells the user why nothing happens. Clones share their state.
#[derive(Clone)]
pub(crate) struct Notices(Arc<Inner>);

struct Inner {
    output: Output,
    /// Whether a person sees the standard error.
    is_watched: bool,
    pace: Option<Pace>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// The bar beside which a wait is shown.
    bar: Option<ProgressBar>,
    /// The wait that goes on: its start, and how long it may take.
    waiting: Option<(Instant, Duration)>,
    /// How long the ended ones took.
    waited: Duration,
}

impl Notices {
    /// Tells of a client's calls from now on.
    pub(crate) fn of(output: Output, client: &Client) -> (Self, Client) {
        let inner = Inner {
            output,
            is_watched: output::is_watched(),
            pace: client.pacing().pace(),
            state: Mutex::default(),
        };
        let notices = Self(Arc::new(inner));
        let observer = notices.clone();
        let client = client.observed_by(move |seen| observer.observe(seen));
        (notices, client)
    }

    /// Shows waits in the prefix of this bar.
    pub(crate) fn show_on(&self, bar: ProgressBar) {
        self.state().bar = Some(bar);
    }

    /// How long all calls have waited for their turns and retries.
    pub(crate) fn waited(&self) -> Duration {
        self.state().waited
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn observe(&self, seen: &Observation<'_>) {
        let lang = self.0.output.lang;
        match seen.step {
            // A wait that changes is reported again.
            Step::Waits(wait) if self.waits(wait) => {
                let rate = rate(lang, self.0.pace);
                self.wait(seen, wait, &lang.waits_for_turn(&seconds(wait), &rate));
            }
            Step::Retries(wait) => {
                self.ends();
                self.waits(wait);
                self.wait(seen, wait, &lang.retries_in(&seconds(wait)));
            }
            Step::Answered { status, length } => {
                self.ends();
                self.step(seen, &lang.was_answered(status.as_u16(), length));
            }
            Step::Lost(sent) => {
                self.ends();
                self.step(
                    seen,
                    &match sent {
                        Sent::NotSent => lang.was_not_sent(),
                        Sent::MaybeSent => lang.was_lost(),
                    },
                );
            }
            _ => {}
        }
    }

    /// A wait begins; false if one goes on already.
    fn waits(&self, wait: Duration) -> bool {
        let mut state = self.state();
        let begins = state.waiting.is_none();
        if begins {
            state.waiting = Some((Instant::now(), wait));
        }
        begins
    }

    fn ends(&self) {
        let mut state = self.state();
        if let Some((start, wait)) = state.waiting.take() {
            state.waited += start.elapsed().min(wait);
            if let Some(bar) = &state.bar {
                bar.set_prefix("");
            }
        }
    }

    /// Tells of a wait.
    fn wait(&self, seen: &Observation<'_>, wait: Duration, text: &str) {
        if self.0.output.verbose {
            self.step(seen, text);
        } else if self.0.is_watched && wait >= SHORT {
            match &self.state().bar {
                Some(bar) => bar.set_prefix(format!(" · {text}")),
                None => self.0.output.note(text),
            }
        }
    }

    /// Tells of a step, with `--verbose`.
    fn step(&self, seen: &Observation<'_>, text: &str) {
        let output = self.0.output;
        if !output.verbose {
            return;
        }
        let text = output.lang.call_step(&seen.route.to_string(), seen.attempt, text);
        match &self.state().bar {
            Some(bar) => bar.suspend(|| output.note(&text)),
            None => output.note(&text),
        }
    }
}

impl fmt::Debug for Notices {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Notices")
    }
}

/// `41 s`, whole seconds from one second on.
fn seconds(wait: Duration) -> String {
    if wait < SHORT {
        format!("{} ms", wait.as_millis())
    } else {
        format!("{} s", wait.as_millis().div_ceil(1_000))
    }
}

/// `30 por minuto`; empty without a pace, when only a 429 makes calls wait.
fn rate(lang: Lang, pace: Option<Pace>) -> String {
    match pace {
        None => String::new(),
        Some(Pace { requests, per }) if per == Duration::from_secs(60) => lang.rate_a_minute(requests),
        Some(Pace { requests, per }) => lang.rate(requests, &seconds(per)),
    }
}
