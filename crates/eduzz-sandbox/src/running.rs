//! A running sandbox: the configuration, the state behind locks, the faults, the queue of
//! deliveries.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, SystemTime};

use tokio::sync::watch;
use tokio::task::AbortHandle;

use crate::account::{Account, AccountWorld, Shown};
use crate::config::{AppConfig, Arrivals, Config};
use crate::fault::Faults;
use crate::record::{Records, Why};
use crate::render::events;
use crate::render::json::Json;
use crate::resources::Resources;
use crate::snapshot::{Origin, Parts, Snapshot};
use crate::state::access::{Access, Bearer, CallName, IssuedToken};
use crate::state::calendar::Moment;
use crate::state::shop::{Cart, Shop};
use crate::webhooks::{Attempt, ReceiverAnswer, WebhookQueue, event_list};

/// How often each event happened, and how many deliveries that made.
pub(crate) type Told = BTreeMap<&'static str, (u64, u64)>;

/// A sandbox's configuration and everything that happened in it.
///
/// No lock is held across an await. Lock order: shops, resources, all others.
#[derive(Debug)]
pub(crate) struct Running {
    pub(crate) config: Config,
    pub(crate) faults: Faults,
    /// The last requests and their answers.
    pub(crate) records: Records,
    /// Counts the changes that the panel shows, except for requests and deliveries.
    pub(crate) changes: watch::Sender<u64>,
    /// Set at the end, for answers that last as long as the sandbox.
    pub(crate) has_ended: watch::Sender<bool>,
    pub(crate) webhooks: watch::Sender<WebhookQueue>,
    /// The task that sends deliveries, once it is started.
    pub(crate) sender: OnceLock<AbortHandle>,
    access: Mutex<Access>,
    /// How far reads lag, in nanoseconds.
    lag: AtomicU64,
    /// The size of every page; 0 is the size that is asked for.
    page_size: AtomicU64,
    /// Whether no receiver is to be reached.
    outage: AtomicBool,
    /// How many of the next attempts do not reach their receivers.
    broken: AtomicU64,
    /// The events that happened since the start.
    told: Mutex<Told>,
    /// Their names, the one that happened last at the end.
    latest: Mutex<Vec<&'static str>>,
    /// The end of the shops' invented past.
    born: Moment,
    /// The start of the sandbox: `born`, unless it goes on with a snapshot.
    started: Moment,
    /// The world of the first application's owner.
    first: Account,
    others: Vec<Account>,
}

impl Running {
    pub(crate) fn new(mut config: Config) -> Self {
        let snapshot = config.snapshot.take();
        if let Some(snapshot) = &snapshot {
            let ahead = snapshot.parts().ahead.saturating_sub(config.clock.ahead());
            config.clock.advance(ahead);
        }
        let (first, others) = Account::all(&config);
        let started = Moment::at(config.clock.now());
        let mut new = Self {
            faults: Faults::new(config.faults.clone(), config.seed),
            records: Records::new(),
            changes: watch::Sender::new(0),
            has_ended: watch::Sender::new(false),
            webhooks: watch::Sender::new(WebhookQueue::new(config.seed, config.webhooks.clone())),
            sender: OnceLock::new(),
            access: Mutex::new(Access::new(config.seed)),
            lag: AtomicU64::new(nanoseconds(config.lag)),
            page_size: AtomicU64::new(config.page_size.unwrap_or_default()),
            outage: AtomicBool::new(false),
            broken: AtomicU64::new(0),
            told: Mutex::default(),
            latest: Mutex::default(),
            born: started,
            started,
            first,
            others,
            config,
        };
        if let Some(snapshot) = snapshot {
            new.resume(snapshot.parts());
        }
        new
    }

    /// Goes on with the world of a snapshot.
    fn resume(&mut self, parts: &Parts) {
        self.born = parts.born;
        self.access = Mutex::new(parts.access.lasting(self.config.seed));
        self.told = Mutex::new(parts.told.clone());
        self.change_queue(|queue| queue.resume(self.config.seed, parts.webhooks.clone()));
        for world in &parts.accounts {
            let mut accounts = std::iter::once(&mut self.first).chain(&mut self.others);
            if let Some(account) = accounts.find(|account| account.id == world.id) {
                account.resume(&self.config, world.clone(), parts.born);
            }
        }
    }

    /// The world as it is.
    pub(crate) fn snapshot(&self) -> Snapshot {
        // Locked all at once, so that an event is either still to be taken or in the queue.
        let shops: Vec<_> = self.accounts().map(Account::made_shop).collect();
        let resources: Vec<_> = self.accounts().map(Account::made_resources).collect();
        let worlds = self.accounts().zip(&shops).zip(&resources);
        let worlds = worlds.map(|((account, shop), resources)| AccountWorld {
            id: account.id.clone(),
            shop: shop.as_deref().cloned(),
            resources: resources.as_deref().cloned(),
            settled: account.settled.load(Ordering::Relaxed),
        });
        Snapshot::new(Parts {
            origin: Origin::of(&self.config),
            born: self.born,
            ahead: self.config.clock.ahead(),
            accounts: worlds.collect(),
            access: self.access().lasting(self.config.seed),
            webhooks: self.webhooks.borrow().saved(),
            told: self.told().clone(),
        })
    }

    /// Says that the panel has something else to show.
    pub(crate) fn has_changed(&self) {
        self.changes
            .send_modify(|changes| *changes = changes.wrapping_add(1));
    }

    /// Ends all deliveries, and the answers that last as long as the sandbox.
    pub(crate) fn stop_sending(&self) {
        self.has_ended.send_replace(true);
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

    /// The registered return URLs of an application.
    pub(crate) fn return_urls(&self, app: &AppConfig) -> Vec<String> {
        self.access().return_urls(app)
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

    /// The explanation of a refusal by the limit.
    pub(crate) fn too_fast(&self, seconds: u64) -> Why {
        let (requests, per) = self
            .config
            .pace
            .map_or((0, 0), |pace| (pace.requests, pace.per.as_secs()));
        Why::new(
            format!(
                "Limite de {requests} requisições a cada {per} s por chamada e token; a próxima vaga é daqui a {seconds} s."
            ),
            format!(
                "The limit is {requests} requests in {per} s for each call and token; the next is free in {seconds} s."
            ),
        )
    }

    /// The account id of the first application's owner.
    pub(crate) fn first_account(&self) -> &str {
        &self.first.id
    }

    fn accounts(&self) -> impl Iterator<Item = &Account> {
        std::iter::once(&self.first).chain(&self.others)
    }

    fn account(&self, id: &str) -> &Account {
        self.accounts()
            .find(|account| account.id == id)
            .unwrap_or(&self.first)
    }

    /// The shop of an account, with the sales that have arrived by now. Its events are sent by
    /// [`settle`](Self::settle).
    pub(crate) fn shop(&self, account: &str) -> MutexGuard<'_, Shop> {
        self.shop_of(self.account(account))
    }

    /// The cart of a payment page's key, in any shop that is in use, with that shop's account.
    pub(crate) fn cart(&self, key: &str) -> Option<(&str, Cart)> {
        self.accounts().find_map(|account| {
            let shop = account.made_shop()?;
            let cart = shop.carts.iter().find(|cart| cart.key == key)?.clone();
            Some((account.id.as_str(), cart))
        })
    }

    fn shop_of<'a>(&'a self, account: &'a Account) -> MutexGuard<'a, Shop> {
        let mut shop = account.shop(&self.config, self.born);
        let oldest = self.oldest();
        if let Some(oldest) = oldest {
            let is_known = account.remembers();
            let at = if is_known {
                self.config.clock.now()
            } else {
                self.born.time()
            };
            account.remember(&shop, at, oldest);
        }
        if let Some(arrivals) = self.config.arrivals {
            let due = arrivals.by(self.now().since(self.started));
            let nth = |number| self.started.plus(arrivals.nth(number).unwrap_or_default());
            let is_life = matches!(arrivals, Arrivals::Life { .. });
            while let Some(at) = shop.arrive(due, is_life, nth) {
                self.has_changed();
                if let Some(oldest) = oldest {
                    account.remember(&shop, at.time(), oldest);
                }
            }
        }
        shop
    }

    /// The time that reads show now; `None` when they do not lag.
    fn oldest(&self) -> Option<SystemTime> {
        let lag = Duration::from_nanos(self.lag.load(Ordering::Relaxed));
        let shown = self.config.clock.now().checked_sub(lag);
        (!lag.is_zero()).then(|| shown.unwrap_or(SystemTime::UNIX_EPOCH))
    }

    /// Sets how far reads lag from now on.
    pub(crate) fn set_lag(&self, lag: Duration) {
        self.lag.store(nanoseconds(lag), Ordering::Relaxed);
        for account in self.accounts() {
            if lag.is_zero() {
                account.forget();
            } else if account.has_shop() {
                drop(self.shop_of(account));
            }
        }
    }

    /// The shop of an account as reads show it.
    pub(crate) fn shown(&self, account: &str) -> Shown<'_> {
        let account = self.account(account);
        let shop = self.shop_of(account);
        match self.oldest().and_then(|time| account.as_of(time)) {
            Some(past) => Shown::Past(past),
            None => Shown::Now(shop),
        }
    }

    /// The size that every page has, if one is fixed.
    pub(crate) fn page_size(&self) -> Option<u64> {
        Some(self.page_size.load(Ordering::Relaxed)).filter(|size| *size > 0)
    }

    /// Fixes the size of every page.
    pub(crate) fn set_page_size(&self, size: Option<u64>) {
        self.page_size.store(size.unwrap_or_default(), Ordering::Relaxed);
    }

    /// Whether no receiver is to be reached.
    pub(crate) fn has_outage(&self) -> bool {
        self.outage.load(Ordering::Relaxed)
    }

    pub(crate) fn set_outage(&self, is_down: bool) {
        self.outage.store(is_down, Ordering::Relaxed);
    }

    /// How many of the next attempts do not reach their receivers.
    pub(crate) fn broken(&self) -> u64 {
        self.broken.load(Ordering::Relaxed)
    }

    pub(crate) fn set_broken(&self, count: u64) {
        self.broken.store(count, Ordering::Relaxed);
    }

    /// Whether the next attempt does not reach its receiver; counts it.
    pub(crate) fn breaks_next(&self) -> bool {
        let counted = self
            .broken
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1));
        counted.is_ok()
    }

    /// The names of these events, the one that happened last at the end.
    pub(crate) fn latest(&self) -> MutexGuard<'_, Vec<&'static str>> {
        // Each change is complete.
        self.latest.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The events that happened since the start.
    pub(crate) fn told(&self) -> MutexGuard<'_, Told> {
        // Each change is complete.
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The records of the products beside the shop, with the buyers up to now.
    pub(crate) fn resources(&self, account: &str) -> MutexGuard<'_, Resources> {
        self.resources_of(self.account(account))
    }

    fn resources_of<'a>(&'a self, account: &'a Account) -> MutexGuard<'a, Resources> {
        let shop = self.shop_of(account);
        let mut resources = account.resources(self.born, &shop);
        resources.settle(&shop);
        resources
    }

    /// Sends the events of everything that has happened at an account. Called after each command.
    pub(crate) fn settle(&self, account: &str) {
        let account = self.account(account);
        let moves = {
            let mut shop = self.shop_of(account);
            for event in shop.take_events() {
                self.send(account, events::name(&event), || events::data(&shop, &event));
            }
            shop.moves()
        };
        let has_moved = account.settled.swap(moves, Ordering::Relaxed) != moves;
        if has_moved {
            self.has_changed();
        }
        // A part without subscriptions is made when it is first read.
        if has_moved && self.webhooks.borrow().has_subscriptions_of(&account.id) {
            drop(self.resources_of(account));
        }
        if let Some(mut resources) = account.made_resources() {
            for (event, data) in resources.take_events() {
                self.send(account, event, || Json::from(data));
            }
        }
    }

    /// As [`settle`](Self::settle), also for parts that were never read: with students and
    /// participants of all buyers.
    pub(crate) fn settle_all(&self, account: &str) {
        drop(self.resources(account));
        self.settle(account);
    }

    /// Queues an event for its subscriptions. The data are rendered only if there are any.
    fn send(&self, account: &Account, event: &'static str, data: impl FnOnce() -> Json) {
        debug_assert!(
            event_list::find(event).is_some(),
            "{event} is not in the list of events"
        );
        let mut made = 0;
        if self.webhooks.borrow().is_wanted(&account.id, event) {
            let now = self.config.clock.now();
            let copies = || self.faults.copies(event);
            self.webhooks
                .send_modify(|queue| made = queue.send(&account.id, event, data(), now, copies));
        }
        let mut told = self.told();
        let (times, deliveries) = told.entry(event).or_default();
        *times += 1;
        *deliveries += made;
        drop(told);
        let mut latest = self.latest();
        latest.retain(|name| *name != event);
        latest.push(event);
    }

    /// Makes the sales that are due.
    pub(crate) fn arrive(&self) {
        if self
            .config
            .arrivals
            .is_some_and(|arrivals| arrivals.nth(1).is_some())
        {
            self.settle(&self.first.id);
            // A shop that nobody reads has no subscriptions.
            for account in self.others.iter().filter(|account| account.has_shop()) {
                self.settle(&account.id);
            }
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
        let arrivals = self
            .config
            .arrivals
            .filter(|arrivals| arrivals.nth(1).is_some())?;
        let next = self.shop_of(&self.first).next_arrival()?;
        let seconds = u64::try_from(arrivals.nth(next)?).ok()?;
        self.started.time().checked_add(Duration::from_secs(seconds))
    }

    /// Counts a call of an account that was answered with success; with it, a new sale may arrive.
    pub(crate) fn answered(&self, account: &str) {
        let account = self.account(account);
        if let Some(Arrivals::AfterRequests(apart)) = self.config.arrivals {
            let answered = account.answered.fetch_add(1, Ordering::Relaxed).saturating_add(1);
            let due = answered.checked_div(apart.into()).unwrap_or_default();
            let now = self.now();
            let mut shop = self.shop_of(account);
            while shop.arrive(due, false, |_| now).is_some() {
                self.has_changed();
            }
        }
    }
}

fn nanoseconds(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop_sending();
    }
}
