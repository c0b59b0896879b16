//! A running sandbox: the configuration, the state behind locks, the faults, the queue of
//! deliveries.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, SystemTime};

use tokio::sync::watch;
use tokio::task::AbortHandle;

use crate::config::{AppConfig, Arrivals, Config};
use crate::fault::Faults;
use crate::render::events;
use crate::render::json::Json;
use crate::resources::Resources;
use crate::state::access::{Access, Bearer, CallName, IssuedToken};
use crate::state::calendar::Moment;
use crate::state::shop::Shop;
use crate::webhooks::{Attempt, ReceiverAnswer, WebhookQueue, event_list};

/// A sandbox's configuration and everything that happened in it.
///
/// No lock is held across an await. Lock order: shop before all others.
#[derive(Debug)]
pub(crate) struct Running {
    pub(crate) config: Config,
    pub(crate) faults: Faults,
    pub(crate) webhooks: watch::Sender<WebhookQueue>,
    /// The task that sends deliveries, once it is started.
    pub(crate) sender: OnceLock<AbortHandle>,
    access: Mutex<Access>,
    /// The start of the sandbox; the shop's invented past ends there.
    born: Moment,
    shop: Part<Shop>,
    resources: Part<Resources>,
    /// Calls answered with success.
    answered: AtomicU64,
    /// How many movements of the shop's money the other parts have seen.
    settled: AtomicUsize,
}

impl Running {
    pub(crate) fn new(config: Config) -> Self {
        Self {
            faults: Faults::new(config.faults.clone()),
            webhooks: watch::Sender::new(WebhookQueue::new(config.seed, config.webhooks.clone())),
            sender: OnceLock::new(),
            access: Mutex::new(Access::new(config.seed)),
            born: Moment::at(config.clock.now()),
            shop: Part::default(),
            resources: Part::default(),
            answered: AtomicU64::new(0),
            settled: AtomicUsize::new(0),
            config,
        }
    }

    /// Ends all deliveries.
    pub(crate) fn stop_sending(&self) {
        if let Some(sender) = self.sender.get() {
            sender.abort();
        }
    }

    /// Changes the queue of deliveries, and wakes the tasks that wait for a change.
    pub(crate) fn change_queue<T: Default>(&self, change: impl FnOnce(&mut WebhookQueue) -> T) -> T {
        let mut changed = T::default();
        self.webhooks.send_modify(|queue| changed = change(queue));
        changed
    }

    /// Takes out the deliveries that are due.
    pub(crate) fn take_due(&self) -> Vec<Attempt> {
        let now = self.config.clock.now();
        let mut due = Vec::new();
        // No task waits for this change.
        self.webhooks.send_if_modified(|queue| {
            due = queue.due(now);
            false
        });
        due
    }

    /// The time now.
    pub(crate) fn now(&self) -> Moment {
        Moment::at(self.config.clock.now())
    }

    /// Sessions, codes and tokens.
    pub(crate) fn access(&self) -> MutexGuard<'_, Access> {
        // Each change is complete before anything that could panic.
        self.access.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Issues a token of the application for the account.
    pub(crate) fn issue_token(&self, app: &AppConfig, account_id: &str) -> IssuedToken {
        let now = self.config.clock.unix_seconds();
        self.access().issue_token(app, account_id, now)
    }

    /// The account and the scopes of a token of either kind.
    pub(crate) fn bearer(&self, token: &str) -> Option<Bearer> {
        self.access().bearer(&self.config, token)
    }

    /// Counts a request against the limit, or gives the time to wait.
    pub(crate) fn take(&self, call: CallName, token: &str) -> Result<(), Duration> {
        let Some(pace) = self.config.pace else {
            return Ok(());
        };
        let now = self.config.clock.now();
        self.access().take(pace, call, token, now)
    }

    /// The shop, with the sales that have arrived by now. Its events are sent by
    /// [`settle`](Self::settle).
    pub(crate) fn shop(&self) -> MutexGuard<'_, Shop> {
        let mut shop = self.shop.lock(|| Shop::new(&self.config, self.born));
        if let Some(Arrivals::Every(apart)) = self.config.arrivals
            && let Ok(apart @ 1..) = i64::try_from(apart.as_secs())
        {
            let passed = self.now().since(self.born).max(0);
            let nth = |count: u64| {
                self.born
                    .plus(apart.saturating_mul(i64::try_from(count).unwrap_or(i64::MAX)))
            };
            shop.arrive_until((passed / apart).unsigned_abs(), nth);
        }
        shop
    }

    /// The records of the products beside the shop, with the buyers up to now.
    pub(crate) fn resources(&self) -> MutexGuard<'_, Resources> {
        let shop = self.shop();
        let make = || Resources::new(self.config.seed, self.born, &shop);
        let mut resources = self.resources.lock(make);
        resources.settle(&shop);
        resources
    }

    /// Sends the events of everything that has happened. Called after each command.
    pub(crate) fn settle(&self) {
        let moves = {
            let mut shop = self.shop();
            for event in shop.take_events() {
                self.send(events::name(&event), || events::data(&shop, &event));
            }
            shop.moves()
        };
        // A part without subscriptions is made when it is first read.
        if self.settled.swap(moves, Ordering::Relaxed) != moves && self.webhooks.borrow().has_subscriptions()
        {
            self.make_resources();
        }
        let events = self.resources.made().map(|mut resources| resources.take_events());
        for (event, data) in events.unwrap_or_default() {
            self.send(event, || Json::from(data));
        }
    }

    /// As [`settle`](Self::settle), also for parts that were never read.
    pub(crate) fn settle_all(&self) {
        self.make_resources();
        self.settle();
    }

    /// Makes students and participants of all buyers.
    fn make_resources(&self) {
        drop(self.resources());
    }

    /// Queues an event for its subscriptions. The data are rendered only if there are any.
    fn send(&self, event: &'static str, data: impl FnOnce() -> Json) {
        debug_assert!(
            event_list::find(event).is_some(),
            "{event} is not in the list of events"
        );
        if self.webhooks.borrow().is_wanted(event) {
            let now = self.config.clock.now();
            let harm = || self.faults.next_delivery(event);
            self.webhooks
                .send_modify(|queue| queue.send(event, data(), now, harm));
        }
    }

    /// Makes the sales that are due.
    pub(crate) fn arrive(&self) {
        if matches!(self.config.arrivals, Some(Arrivals::Every(_))) {
            self.settle();
        }
    }

    /// When the next delivery or sale is due, if nothing happens before; `None` when none waits.
    pub(crate) fn wake(&self) -> Option<SystemTime> {
        let next_arrival = self.next_arrival();
        let wake = self.webhooks.borrow().wake();
        wake.into_iter().chain(next_arrival).min()
    }

    /// Takes the receiver's answer to an attempt.
    pub(crate) fn delivered(&self, attempt: &Attempt, answer: ReceiverAnswer) {
        let now = self.config.clock.now();
        self.webhooks
            .send_modify(|queue| queue.answered(attempt, answer, now));
    }

    /// When the next sale comes in by itself, if one does.
    fn next_arrival(&self) -> Option<SystemTime> {
        let Some(Arrivals::Every(apart)) = self.config.arrivals else {
            return None;
        };
        let apart = Duration::from_secs(apart.as_secs());
        let next = u32::try_from(self.shop().next_arrival()?).ok()?;
        self.born.time().checked_add(apart.checked_mul(next)?)
    }

    /// Counts a call answered with success; with it, a new sale may arrive.
    pub(crate) fn answered(&self) {
        if let Some(Arrivals::AfterRequests(apart)) = self.config.arrivals {
            let answered = self.answered.fetch_add(1, Ordering::Relaxed).saturating_add(1);
            let due = answered.checked_div(apart.into()).unwrap_or_default();
            let now = self.now();
            self.shop().arrive_until(due, |_| now);
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop_sending();
    }
}

/// A part of the state, made on first use: a program that only signs users in does not pay for it.
#[derive(Debug)]
struct Part<T>(OnceLock<Mutex<T>>);

impl<T> Part<T> {
    fn lock(&self, make: impl FnOnce() -> T) -> MutexGuard<'_, T> {
        let part = self.0.get_or_init(|| Mutex::new(make()));
        // After a panic the state is still answered from.
        part.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn made(&self) -> Option<MutexGuard<'_, T>> {
        Some(self.0.get()?.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl<T> Default for Part<T> {
    fn default() -> Self {
        Self(OnceLock::new())
    }
}
