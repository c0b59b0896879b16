//! The inbox: its settings, and the receiver that stores.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use eduzz_receiver::{Intake, Receiver, Refused};
use eduzz_store::{Put, Store, StoreError};
use eduzz_sync::inbox::{Incoming, Order, Policy};
use eduzz_webhook::Delivery;
use tokio::sync::Notify;

use crate::handler::{BoxError, Handled, Handler, HandlerFailed, Inbound};
use crate::health::{Activity, Health};
use crate::log;

/// How long storing a delivery may take. Eduzz's timeout is not documented; after this one it
/// retries.
const PUT_TIME: Duration = Duration::from_secs(8);

/// A durable inbox over a database. A clone is the same inbox.
///
/// Every process with the same database must have the same handlers: an event is done when all
/// handlers of the worker that has it accepted it.
#[derive(Clone)]
pub struct Inbox<S: Store> {
    pub(crate) store: S,
    pub(crate) settings: Settings<S>,
    pub(crate) activity: Activity,
    /// Wakes this process's workers when something was stored.
    pub(crate) stored: Arc<Notify>,
}

#[derive(Clone)]
pub(crate) struct Settings<S: Store> {
    pub(crate) handlers: Vec<(Arc<str>, Handler<S>)>,
    pub(crate) order: Order,
    pub(crate) concurrency: u32,
    pub(crate) handler_time: Duration,
    policy: Policy,
    account: Account,
    on_refused: Option<OnRefused>,
    pub(crate) on_failed: Option<OnFailed>,
}

type OnRefused = Arc<dyn Fn(&Refused) + Send + Sync>;
type OnFailed = Arc<dyn Fn(&Inbound, &HandlerFailed) + Send + Sync>;

#[derive(Clone)]
enum Account {
    One(Arc<str>),
    ByKey,
}

/// The future of storing a delivery.
type Storing = Pin<Box<dyn Future<Output = Result<(), StoreError>> + Send>>;

impl<S: Store> Inbox<S> {
    /// An inbox without handlers.
    #[must_use]
    pub fn new(store: S) -> Self {
        Self {
            store,
            settings: Settings {
                handlers: Vec::new(),
                order: Order::Any,
                concurrency: 16,
                handler_time: Duration::from_secs(60),
                policy: Policy::default(),
                account: Account::One("".into()),
                on_refused: None,
                on_failed: None,
            },
            activity: Activity::default(),
            stored: Arc::default(),
        }
    }

    /// Adds a handler under a name, or replaces the one of that name. The name marks the events
    /// that the handler accepted, so keep it when the program changes. Its error can be any, or a
    /// [`Failure`](crate::Failure) with a code of your own.
    ///
    /// Handlers of one event run one after the other. One that accepted it does not run again for
    /// it, except after a replay.
    #[must_use]
    pub fn handler<F, R>(mut self, name: &str, handler: F) -> Self
    where
        F: Fn(Inbound) -> R + Send + Sync + 'static,
        R: Future<Output = Result<Handled<S>, BoxError>> + Send + 'static,
    {
        self.settings.handlers.retain(|(known, _)| **known != *name);
        let handler: Handler<S> = Arc::new(move |inbound| Box::pin(handler(inbound)));
        self.settings.handlers.push((name.into(), handler));
        self
    }

    /// Handles the events of one subject (an invoice, a contract, a student) one at a time, in the
    /// order of arrival, which need not be the order of sending. An event that fails holds the
    /// later ones of its subject for at most an hour; one that comes back after that hour, or is
    /// replayed, waits for the one that is running. Set it in every process or in none.
    #[must_use]
    pub const fn ordered(mut self) -> Self {
        self.settings.order = Order::BySubject;
        self
    }

    /// Sets how many events this process handles at a time; 16 by default.
    #[must_use]
    pub const fn concurrency(mut self, events: u32) -> Self {
        self.settings.concurrency = if events == 0 { 1 } else { events };
        self
    }

    /// Sets the timeout of a handler; one minute by default. It may be longer than a lease, which
    /// is renewed meanwhile. A handler that blocks its thread cannot be stopped.
    #[must_use]
    pub const fn handler_time(mut self, time: Duration) -> Self {
        self.settings.handler_time = time;
        self
    }

    /// Handles samples of Eduzz's console too. Otherwise they are stored and ignored.
    #[must_use]
    pub const fn with_samples(mut self) -> Self {
        self.settings.policy.samples = true;
        self
    }

    /// Handles events too that this version of the SDK cannot read. Otherwise they are stored and
    /// ignored, to be replayed after an upgrade.
    #[must_use]
    pub const fn with_unreadable(mut self) -> Self {
        self.settings.policy.unreadable = true;
        self
    }

    /// Sets the account that stored events belong to; it is empty by default.
    #[must_use]
    pub fn account(mut self, account: &str) -> Self {
        self.settings.account = Account::One(account.into());
        self
    }

    /// The label of the key that verified an event is its account, for keys of several owners: the
    /// owner of a key chooses the ids of events, see
    /// [`dedup_key`](eduzz_webhook::Delivery::dedup_key). While an owner's key is replaced, both
    /// need the same label.
    #[must_use]
    pub fn account_by_key(mut self) -> Self {
        self.settings.account = Account::ByKey;
        self
    }

    /// Calls this for every refused request, to log it: forgeries, and every delivery if your key
    /// is wrong.
    #[must_use]
    pub fn on_refused(mut self, log: impl Fn(&Refused) + Send + Sync + 'static) -> Self {
        self.settings.on_refused = Some(Arc::new(log));
        self
    }

    /// Calls this for every attempt that failed, to log it.
    #[must_use]
    pub fn on_failed(mut self, log: impl Fn(&Inbound, &HandlerFailed) + Send + Sync + 'static) -> Self {
        self.settings.on_failed = Some(Arc::new(log));
        self
    }

    /// A receiver that answers each delivery once it is stored, with 503 if the database does not
    /// store it within 8 seconds.
    #[must_use]
    pub fn receiver(
        &self,
        intake: impl Into<Intake>,
    ) -> Receiver<impl Fn(Delivery<Bytes>) -> Storing + Clone + Send + 'static> {
        let (inbox, refusing) = (self.clone(), self.clone());
        let store = move |delivery: Delivery<Bytes>| -> Storing {
            let inbox = inbox.clone();
            Box::pin(async move { inbox.store(&delivery).await.map(|_| ()) })
        };
        Receiver::new(intake, store).on_refused(move |refused| refusing.refused(refused))
    }

    /// Counts a request that a receiver of your own refused, and logs it as
    /// [`on_refused`](Self::on_refused) says.
    pub fn refused(&self, refused: &Refused) {
        self.activity.count(|counters| &counters.refused);
        if let Some(log) = &self.settings.on_refused {
            log(refused);
        }
    }

    /// Stores a delivery, for receivers of your own: answer it with 2xx only after this.
    ///
    /// # Errors
    ///
    /// The database does not store it, or not within 8 seconds.
    pub async fn store<B: AsRef<[u8]> + Send + Sync>(
        &self,
        delivery: &Delivery<B>,
    ) -> Result<Put, StoreError> {
        let account = match &self.settings.account {
            Account::One(account) => account,
            Account::ByKey => delivery.key().unwrap_or_default(),
        };
        let incoming = Incoming::new(delivery, account);
        let state = incoming.state(self.settings.policy);
        let name = incoming.name.clone();
        let put = tokio::time::timeout(PUT_TIME, self.store.put(incoming, state)).await;
        let put = put.unwrap_or_else(|_| Err(StoreError::timed_out()));
        match &put {
            Ok(put) => {
                self.activity.count(|counters| match put {
                    Put { is_new: true, .. } => &counters.stored,
                    Put { differs: true, .. } => &counters.differing,
                    _ => &counters.copies,
                });
                log::stored(name.as_deref(), put);
                if put.is_new && state.is_open() {
                    self.stored.notify_one();
                }
            }
            Err(error) => {
                self.activity.count(|counters| &counters.not_stored);
                log::store_failed(error);
            }
        }
        put
    }

    /// The database behind the inbox.
    #[must_use]
    pub const fn database(&self) -> &S {
        &self.store
    }

    /// What the database holds and what this process did, for a health page and for metrics.
    pub async fn health(&self) -> Health {
        let counts = tokio::time::timeout(PUT_TIME, self.store.counts()).await;
        Health::new(
            counts.unwrap_or_else(|_| Err(StoreError::timed_out())),
            self.activity.clone(),
        )
    }
}

impl<S: Store> fmt::Debug for Inbox<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.settings.handlers.iter().map(|(name, _)| name);
        f.debug_struct("Inbox")
            .field("store", &self.store)
            .field("handlers", &names.collect::<Vec<_>>())
            .field("order", &self.settings.order)
            .finish_non_exhaustive()
    }
}
