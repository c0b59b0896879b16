//! The pace of calls, kept for each endpoint and shared by whoever holds it.

use core::cell::Cell;
use core::fmt;
use core::time::Duration;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use eduzz_wire::{Pace, Pacer};
use http::Method;
use tokio::time::Instant;

/// How often each endpoint may be called, first come first served. Clones are the same pace: give one to every client whose
/// calls the service counts together.
///
/// ```no_run
/// use core::time::Duration;
/// use eduzz_hyper::{Client, Pacing};
/// use eduzz_wire::Pace;
///
/// let pacing = Pacing::new(Pace { requests: 10, per: Duration::from_secs(60) });
/// let one = Client::builder().pacing(pacing.clone()).build()?;
/// let other = Client::builder().pacing(pacing).build()?;
/// # Ok::<(), eduzz_hyper::BuildError>(())
/// ```
#[derive(Clone)]
pub struct Pacing(Option<Arc<Shared>>);

struct Shared {
    pace: Pace,
    start: Instant,
    pacers: Mutex<HashMap<Lane, Pacer>>,
}

/// What is paced by itself: a route. The calls that are not modelled have one lane for each method.
pub(crate) type Lane = (Method, &'static str);

impl Pacing {
    /// Keeps this pace for every endpoint.
    #[must_use]
    pub fn new(pace: Pace) -> Self {
        Self(Some(Arc::new(Shared {
            pace,
            start: Instant::now(),
            pacers: Mutex::default(),
        })))
    }

    /// Keeps no pace: calls go at once, and the service's own refusals (429) are all that slows them.
    #[must_use]
    pub const fn off() -> Self {
        Self(None)
    }

    /// The pace that is kept.
    #[must_use]
    pub fn pace(&self) -> Option<Pace> {
        self.0.as_ref().map(|shared| shared.pace)
    }

    /// Waits for the lane's next time. `told` is told how long.
    pub(crate) async fn turn(&self, lane: &Lane, told: impl Fn(Duration)) {
        let Some(shared) = &self.0 else { return };
        loop {
            let (time, wait) = shared.with(lane.clone(), |pacer, now| {
                let wait = pacer.reserve(now);
                (now.saturating_add(wait), wait)
            });
            if wait.is_zero() {
                return;
            }
            told(wait);
            let turn = Turn {
                shared,
                lane,
                time,
                is_over: Cell::new(false),
            };
            tokio::time::sleep(wait).await;
            turn.is_over.set(true);
            // The service may have said meanwhile that nobody is to come: then this turn is over unused, and another is taken.
            if shared
                .with(lane.clone(), |pacer, now| pacer.held_for(now))
                .is_zero()
            {
                return;
            }
        }
    }

    /// Lets no call of the lane through for this long.
    pub(crate) fn hold(&self, lane: Lane, wait: Duration) {
        if let Some(shared) = &self.0 {
            shared.with(lane, |pacer, now| pacer.hold(now.saturating_add(wait)));
        }
    }
}

/// A turn that is waited for; given back when the caller gives up.
struct Turn<'a> {
    shared: &'a Shared,
    lane: &'a Lane,
    time: Duration,
    is_over: Cell<bool>,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        if !self.is_over.get() {
            self.shared
                .with(self.lane.clone(), |pacer, _| pacer.release(self.time));
        }
    }
}

impl Shared {
    fn with<T>(&self, lane: Lane, act: impl FnOnce(&mut Pacer, Duration) -> T) -> T {
        // A pacer is whole between any two steps, so a panic elsewhere leaves nothing broken.
        let mut pacers = self.pacers.lock().unwrap_or_else(PoisonError::into_inner);
        // Asked under the lock: the times that a pacer sees do not go back.
        let now = self.start.elapsed();
        act(pacers.entry(lane).or_insert_with(|| Pacer::new(self.pace)), now)
    }
}

impl Default for Pacing {
    /// 30 requests a minute for each endpoint, as the service documents.
    fn default() -> Self {
        Self::new(Pace::DOCUMENTED)
    }
}

impl fmt::Debug for Pacing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Pacing").field(&self.pace()).finish()
    }
}
