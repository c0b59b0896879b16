//! How far a run of the mirror has come: lines that change in place on a terminal, plain lines
//! elsewhere.

use std::collections::BTreeMap;
use std::pin::pin;
use std::time::Duration;

use eduzz_mirror::{FirstReading, KindProgress, Proof};
use eduzz_store::Store;
use eduzz_store::mirror::MirrorStore;
use eduzz_sync::mirror::{Kind, Progress};
use eduzz_wire::Pace;
use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};
use tokio::time::{Instant, sleep_until};

use crate::client::Api;
use crate::lang::Lang;
use crate::lists::clock;
use crate::lists::values::grouped;
use crate::output::Output;

/// How often lines change in place.
const IN_PLACE: Duration = Duration::from_secs(1);

/// How often plain lines are written.
const PLAIN: Duration = Duration::from_secs(60);

/// Looking takes at most this part of the time.
const PART: u32 = 20;

/// The lines about a run.
pub(super) struct Shown {
    output: Output,
    /// None where the standard error is no terminal.
    lines: Option<MultiProgress>,
}

impl Shown {
    pub(super) fn new(output: Output, api: &Api) -> Self {
        let lines = MultiProgress::with_draw_target(ProgressDrawTarget::stderr());
        let lines = Some(lines).filter(|lines| !lines.is_hidden());
        if lines.is_some() {
            // The lines say why nothing happens; a note of each wait would tear them apart.
            api.notices().show_on(ProgressBar::hidden());
        }
        Self { output, lines }
    }

    /// Prints something else.
    pub(super) fn suspend<T>(&self, print: impl FnOnce() -> T) -> T {
        match &self.lines {
            Some(lines) => lines.suspend(print),
            None => print(),
        }
    }

    /// Does the work, and meanwhile shows how far the first reading has come, until it is done.
    pub(super) async fn during<S: Store + MirrorStore, T>(
        &self,
        proof: Proof<S>,
        pace: Option<Pace>,
        work: impl Future<Output = T>,
    ) -> T {
        let mut work = pin!(work);
        let every = if self.lines.is_some() { IN_PLACE } else { PLAIN };
        let mut bars = BTreeMap::new();
        let mut next = Instant::now() + every;
        let mut is_done = false;
        let ended = loop {
            tokio::select! {
                biased;
                ended = &mut work => break ended,
                () = sleep_until(next), if !is_done => {}
            }
            let began = Instant::now();
            // The work waits meanwhile. A database that fails is the work's own error.
            if let Ok(reading) = proof.progress(pace).await {
                self.show(&reading, &mut bars);
                is_done = reading.is_done();
            }
            next = Instant::now() + every.max(began.elapsed() * PART);
        };
        for bar in bars.into_values() {
            bar.finish_and_clear();
        }
        ended
    }

    fn show(&self, reading: &FirstReading, bars: &mut BTreeMap<Kind, ProgressBar>) {
        let lang = self.output.lang;
        let is_shown = |own: &&KindProgress| !own.is_refused && !own.progress.is_done();
        let shown = reading.kinds.iter().filter(is_shown);
        let Some(lines) = &self.lines else {
            for own in shown {
                let (kind, parts) = (own.kind, parts(lang, own).join(" · "));
                self.output.note(&format!("{kind}: {parts}"));
            }
            if !reading.is_done() {
                self.output.note(&rest(lang, reading.time_left));
            }
            return;
        };
        let mut open: BTreeMap<Kind, &KindProgress> = shown.map(|own| (own.kind, own)).collect();
        bars.retain(|kind, bar| {
            let is_open = open.contains_key(kind);
            if !is_open {
                bar.finish_and_clear();
            }
            is_open
        });
        while let Some((kind, own)) = open.pop_first() {
            let bar = bars.entry(kind).or_insert_with(|| lines.add(bar(kind)));
            bar.set_length(own.progress.all.max(1));
            bar.set_position(own.progress.done);
            bar.set_message(parts(lang, own).join(" · "));
        }
    }
}

impl Drop for Shown {
    /// Also where Ctrl-C ends the work.
    fn drop(&mut self) {
        if let Some(lines) = &self.lines {
            // An error here cannot be reported.
            let _ = lines.clear();
        }
    }
}

fn bar(kind: Kind) -> ProgressBar {
    let bar = ProgressBar::new(1);
    if let Ok(style) = ProgressStyle::with_template("{prefix:20} {bar:20} {msg}") {
        bar.set_style(style.progress_chars("━╸─"));
    }
    bar.set_prefix(kind.as_str());
    bar
}

/// `12 de 300 dias`, `4.200 / ~90.000`, `900 chamadas`, `30 min`.
fn parts(lang: Lang, own: &KindProgress) -> Vec<String> {
    let Progress {
        done,
        all,
        rows,
        total,
        calls_left,
        ..
    } = own.progress;
    let count = |count: u64| grouped(&count.to_string(), lang.choose_text(".", ","));
    let mut parts = Vec::new();
    if own.kind.is_dated() {
        parts.push(lang.progress_days(&count(done), &count(all)));
    } else if all > 1 {
        parts.push(lang.progress_lists(&count(done), &count(all)));
    }
    match total {
        Some(total) if own.kind.is_dated() => {
            parts.push(lang.rows_of(&count(rows), &format!("~{}", count(total))));
        }
        Some(total) => parts.push(lang.rows_of(&count(rows), &count(total))),
        None if rows > 0 => parts.push(lang.rows_so_far(&count(rows))),
        None => {}
    }
    match calls_left {
        Some(calls) => parts.push(lang.progress_calls(&count(calls))),
        None => parts.push(lang.progress_unknown()),
    }
    if let Some(time) = own.time_left.filter(|time| !time.is_zero()) {
        parts.push(clock(time));
    }
    parts
}

/// What is left of the whole.
pub(super) fn rest(lang: Lang, time: Option<Duration>) -> String {
    match time {
        Some(time) => lang.progress_all(&clock(time)),
        None => lang.progress_all_unknown(),
    }
}

/// The time that is left of a kind, for a table; nothing once it is read.
pub(super) fn left(lang: Lang, own: &KindProgress) -> String {
    match (
        own.progress.is_done() || own.is_refused,
        own.time_left,
        own.progress.calls_left,
    ) {
        (true, ..) => String::new(),
        (_, Some(time), _) => clock(time),
        (_, None, Some(calls)) => lang.progress_calls(&calls.to_string()),
        _ => String::from("?"),
    }
}
