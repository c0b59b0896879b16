//! The pace of calls for each endpoint.

use core::cell::Cell;
use core::fmt;
use core::time::Duration;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use eduzz_wire::{Pace, Pacer};
use http::Method;
use tokio::time::Instant;

/// The rate limit for each endpoint, first come, first served. Clones share the pace: use one for
/// all clients whose calls the service counts together.
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
    pacers: Mutex<HashMap<RateKey, Pacer>>,
}

/// The key of a rate limit: method and template. Calls without a model share one for each method.
pub(crate) type RateKey = (Method, &'static str);

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

    /// Keeps no pace: only the service's 429 answers slow calls down.
    #[must_use]
    pub const fn off() -> Self {
        Self(None)
    }

    /// The pace, unless it is off.
    #[must_use]
    pub fn pace(&self) -> Option<Pace> {
        self.0.as_ref().map(|shared| shared.pace)
    }

    /// Waits for the key's next time. `on_wait` gets each wait.
    pub(crate) async fn turn(&self, key: &RateKey, on_wait: impl Fn(Duration)) {
        let Some(shared) = &self.0 else { return };
        loop {
            let (time, wait) = shared.with(key.clone(), |pacer, now| {
                let wait = pacer.reserve(now);
                (now.saturating_add(wait), wait)
            });
            if wait.is_zero() {
                return;
            }
            on_wait(wait);
            let turn = Turn {
                shared,
                key,
                time,
                is_over: Cell::new(false),
            };
            tokio::time::sleep(wait).await;
            turn.is_over.set(true);
            // A 429 may have set a hold meanwhile: then another turn is taken.
            if shared
                .with(key.clone(), |pacer, now| pacer.held_for(now))
                .is_zero()
            {
                return;
            }
        }
    }

    /// Lets no call of the key through for this long.
    pub(crate) fn hold(&self, key: RateKey, wait: Duration) {
        if let Some(shared) = &self.0 {
            shared.with(key, |pacer, now| pacer.hold(now.saturating_add(wait)));
        }
    }
}

/// A turn to wait for, released when the caller gives up.
struct Turn<'a> {
    shared: &'a Shared,
    key: &'a RateKey,
    time: Duration,
    is_over: Cell<bool>,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        if !self.is_over.get() {
            self.shared
                .with(self.key.clone(), |pacer, _| pacer.release(self.time));
        }
    }
}

impl Shared {
    fn with<T>(&self, key: RateKey, act: impl FnOnce(&mut Pacer, Duration) -> T) -> T {
        // Every update is complete, so a poisoned lock is safe to use.
        let mut pacers = self.pacers.lock().unwrap_or_else(PoisonError::into_inner);
        // Read under the lock, so that a pacer's times never go back.
        let now = self.start.elapsed();
        act(pacers.entry(key).or_insert_with(|| Pacer::new(self.pace)), now)
    }
}

impl Default for Pacing {
    /// The documented 30 requests a minute for each endpoint.
    fn default() -> Self {
        Self::new(Pace::DOCUMENTED)
    }
}

impl fmt::Debug for Pacing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Pacing").field(&self.pace()).finish()
    }
}
