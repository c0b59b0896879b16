//! The pace of calls for each endpoint.

use core::fmt;
use core::hash::BuildHasher as _;
use core::time::Duration;
use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::sync::{Arc, Mutex, PoisonError};

use eduzz_types::AccessToken;
use eduzz_wire::{Pace, Pacer, Sent, Ticket, Turn};
use http::Method;
use tokio::sync::Notify;
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
    /// Whether the calls of all accounts count together.
    is_common: bool,
    start: Instant,
    /// The keys of accounts: a token is not kept.
    hasher: RandomState,
    lanes: Mutex<HashMap<Lane, Queue>>,
}

/// The route of a call: method and template. Calls without a model share one for each method.
pub(crate) type RateKey = (Method, &'static str);

/// The calls that count together: an account's, or all, on one route.
type Lane = (Option<u64>, RateKey);

struct Queue {
    pacer: Pacer,
    /// Wakes the callers when one of them reported something.
    changed: Arc<Notify>,
}

/// With more lanes than this, those without calls are dropped.
const MANY_LANES: usize = 1_000;

impl Pacing {
    /// Keeps this pace for every endpoint, and for each account by itself: calls with different
    /// tokens do not wait for each other.
    ///
    /// Whose calls the service counts together is not documented (Q32). If it answers 429 although
    /// each account keeps the pace, use [`common`](Self::common).
    #[must_use]
    pub fn new(pace: Pace) -> Self {
        Self::with(pace, false)
    }

    /// Keeps this pace for every endpoint, and for all accounts together.
    #[must_use]
    pub fn common(pace: Pace) -> Self {
        Self::with(pace, true)
    }

    fn with(pace: Pace, is_common: bool) -> Self {
        Self(Some(Arc::new(Shared {
            pace,
            is_common,
            start: Instant::now(),
            hasher: RandomState::new(),
            lanes: Mutex::default(),
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

    /// The calls that count together with those on this route with this token.
    pub(crate) fn lane(&self, key: &RateKey, token: Option<&AccessToken>) -> PacedLane<'_> {
        let lane = self.0.as_deref().map(|shared| {
            let token = token.filter(|_| !shared.is_common);
            let account = token.map(|token| shared.hasher.hash_one(token.expose()));
            (shared, (account, key.clone()))
        });
        PacedLane(lane)
    }
}

/// The lane of a call, if a pace is kept.
pub(crate) struct PacedLane<'a>(Option<(&'a Shared, Lane)>);

impl PacedLane<'_> {
    /// Waits for the lane's next turn. `on_wait` gets each wait.
    pub(crate) async fn turn(&self, on_wait: impl Fn(Duration)) -> Permit<'_> {
        let Some((shared, lane)) = &self.0 else {
            return Permit(None);
        };
        let (ticket, changed) = shared.with(lane, |queue, _| (queue.pacer.join(), queue.changed.clone()));
        // Given back when the caller gives up.
        let mut permit = Permit(Some(Held {
            shared,
            lane,
            ticket,
            is_sent: false,
        }));
        loop {
            let change = changed.notified();
            match shared.with(lane, |queue, now| queue.pacer.poll(ticket, now)) {
                Turn::Go => break,
                Turn::Wait(wait) => {
                    on_wait(wait);
                    // Neither can be lost: the pacer is asked again.
                    let _ = tokio::time::timeout(wait, change).await;
                }
            }
        }
        if let Some(held) = &mut permit.0 {
            held.is_sent = true;
        }
        permit
    }

    /// Lets no call of the lane through for this long.
    pub(crate) fn hold(&self, wait: Duration) {
        if let Some((shared, lane)) = &self.0 {
            shared.with(lane, |queue, now| queue.pacer.hold(now.saturating_add(wait)));
        }
    }
}

/// A place of the pace, from joining the queue until the answer.
pub(crate) struct Permit<'a>(Option<Held<'a>>);

struct Held<'a> {
    shared: &'a Shared,
    lane: &'a Lane,
    ticket: Ticket,
    /// The call may have been sent; a caller that gives up later counts as answered.
    is_sent: bool,
}

impl Permit<'_> {
    /// Reports what came of the call: `None` is an answer.
    pub(crate) fn ended(mut self, lost: Option<Sent>) {
        if let Some(held) = &mut self.0 {
            held.is_sent = lost != Some(Sent::NotSent);
        }
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.shared.with(self.lane, |queue, now| {
            if self.is_sent {
                queue.pacer.answered(self.ticket, now);
            } else {
                queue.pacer.give_back(self.ticket);
            }
            queue.changed.notify_waiters();
        });
    }
}

impl Shared {
    fn with<T>(&self, lane: &Lane, act: impl FnOnce(&mut Queue, Duration) -> T) -> T {
        // Every update is complete, so a poisoned lock is safe to use.
        let mut lanes = self.lanes.lock().unwrap_or_else(PoisonError::into_inner);
        // Read under the lock, so that a pacer's times never go back.
        let now = self.start.elapsed();
        if let Some(queue) = lanes.get_mut(lane) {
            return act(queue, now);
        }
        if lanes.len() >= MANY_LANES {
            lanes.retain(|_, queue| !queue.pacer.is_idle(now));
        }
        act(
            lanes.entry(lane.clone()).or_insert_with(|| Queue::new(self.pace)),
            now,
        )
    }
}

impl Queue {
    fn new(pace: Pace) -> Self {
        Self {
            pacer: Pacer::new(pace),
            changed: Arc::default(),
        }
    }
}

impl Default for Pacing {
    /// The documented 30 requests a minute for each endpoint and account.
    fn default() -> Self {
        Self::new(Pace::DOCUMENTED)
    }
}

impl fmt::Debug for Pacing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Pacing").field(&self.pace()).finish()
    }
}
