//! What an inbox holds and did.

use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use eduzz_store::{Counts, StoreError};

/// Counters of this process since its start.
#[derive(Clone, Debug, Default)]
pub struct Activity(Arc<Counters>);

macro_rules! counters {
    ($($(#[doc = $doc:literal])+ $name:ident,)+) => {
        #[derive(Debug, Default)]
        pub(crate) struct Counters {
            $(pub(crate) $name: AtomicU64,)+
        }

        impl Activity {
            $($(#[doc = $doc])+
            #[must_use]
            pub fn $name(&self) -> u64 {
                self.0.$name.load(Ordering::Relaxed)
            }
            )+

            /// The counters with their names and meanings.
            fn all(&self) -> impl Iterator<Item = (&'static str, &'static str, u64)> {
                [$((stringify!($name), concat!($($doc),+), self.$name())),+].into_iter()
            }
        }
    };
}

counters! {
    /// Events that were stored.
    stored,
    /// Deliveries of events that were stored before, with the same bytes.
    copies,
    /// Deliveries of events that were stored before, with other bytes.
    differing,
    /// Requests that were refused: forged, cut, too large, too slow.
    refused,
    /// Genuine deliveries that the database did not store.
    not_stored,
    /// Attempts after which an event was done.
    handled,
    /// Attempts that failed.
    failed,
    /// Events that are dead after their last attempt.
    dead,
    /// Attempts that ended after their lease: nothing was written.
    lost,
}

impl Activity {
    pub(crate) fn count(&self, counter: impl FnOnce(&Counters) -> &AtomicU64) {
        counter(&self.0).fetch_add(1, Ordering::Relaxed);
    }
}

/// What the database holds, and what this process did.
#[derive(Debug)]
#[non_exhaustive]
pub struct Health {
    /// What the database holds, or why that is not known.
    pub counts: Result<Counts, StoreError>,
    /// What this process did since its start.
    pub activity: Activity,
}

impl Health {
    pub(crate) const fn new(counts: Result<Counts, StoreError>, activity: Activity) -> Self {
        Self { counts, activity }
    }

    /// Whether the database answers, so that deliveries can be stored.
    #[must_use]
    pub const fn is_up(&self) -> bool {
        self.counts.is_ok()
    }

    /// The numbers in Prometheus's text format. They have no personal data.
    #[must_use]
    pub fn prometheus(&self) -> String {
        let mut text = String::new();
        let mut line = |name: &str, kind: &str, help: &str, values: &[(&str, u64)]| {
            // Writing to a text cannot fail.
            let _ = writeln!(text, "# HELP eduzz_inbox_{name} {}", help.trim());
            let _ = writeln!(text, "# TYPE eduzz_inbox_{name} {kind}");
            for (labels, value) in values {
                let _ = writeln!(text, "eduzz_inbox_{name}{labels} {value}");
            }
        };
        let up = u64::from(self.is_up());
        line("up", "gauge", "Whether the database answers.", &[("", up)]);
        if let Ok(counts) = &self.counts {
            let states = [
                ("{state=\"ready\"}", counts.ready),
                ("{state=\"claimed\"}", counts.claimed),
                ("{state=\"parked\"}", counts.parked),
                ("{state=\"done\"}", counts.done),
                ("{state=\"ignored\"}", counts.ignored),
                ("{state=\"dead\"}", counts.dead),
            ];
            line("events", "gauge", "Events in the database.", &states);
            let oldest = counts.oldest_open.unwrap_or_default().as_secs();
            let help = "Age of the oldest event that waits.";
            line("oldest_open_seconds", "gauge", help, &[("", oldest)]);
        }
        for (name, help, value) in self.activity.all() {
            line(&format!("{name}_total"), "counter", help, &[("", value)]);
        }
        text
    }
}
