//! A store that announces what happens.

use std::io::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

use eduzz_store::{Claim, Claimed, Put, Settled, Settlement, Store, StoreError};
use eduzz_sync::inbox::{Incoming, Order, State};

use crate::support::passes_on;

/// Where a child can be held and killed.
pub(crate) const PLACES: [&str; 9] = [
    "before the store is called",
    "stored and not answered",
    Places::BEFORE_CLAIM,
    "claimed",
    Places::HANDLER,
    "handled and not settled",
    Places::WRITES,
    Places::WRITTEN,
    "settled",
];

/// The place at which this process holds.
#[derive(Clone, Debug, Default)]
pub(crate) struct Places(Option<Arc<Wanted>>);

#[derive(Debug)]
struct Wanted {
    place: String,
    /// How often it is still passed.
    left: AtomicU32,
}

impl Places {
    pub(crate) const BEFORE_CLAIM: &str = "before a claim";
    pub(crate) const HANDLER: &str = "in a handler";
    pub(crate) const WRITES: &str = "before the writes";
    pub(crate) const WRITTEN: &str = "written and not committed";

    /// Holds when it comes to the place for this time.
    pub(crate) fn holding(place: String, time: u32) -> Self {
        let left = AtomicU32::new(time);
        Self(Some(Arc::new(Wanted { place, left })))
    }

    /// Announces the place and never returns, if it is the wanted one.
    pub(crate) fn at(&self, place: &str) {
        let Some(wanted) = &self.0 else { return };
        if wanted.place == place && wanted.left.fetch_sub(1, Ordering::SeqCst) == 1 {
            announce(&format!("at {place}"));
            loop {
                thread::park();
            }
        }
    }
}

/// Tells the parent.
pub(crate) fn announce(text: &str) {
    let _ = std::io::stderr().write_all(format!("\n{text}\n").as_bytes());
}

/// A store that announces what is about to happen and what happened.
#[derive(Clone, Debug)]
pub(crate) struct Watched<S> {
    inner: S,
    places: Places,
    puts: Arc<AtomicU32>,
}

impl<S> Watched<S> {
    pub(crate) fn new(inner: S, places: Places) -> Self {
        Self {
            inner,
            places,
            puts: Arc::default(),
        }
    }

    const fn inner(&self) -> &S {
        &self.inner
    }
}

impl<S: Store> Store for Watched<S> {
    type Writes = S::Writes;

    async fn put(&self, incoming: Incoming, state: State) -> Result<Put, StoreError> {
        self.places.at("before the store is called");
        let put = self.inner.put(incoming, state).await;
        self.puts.fetch_add(1, Ordering::SeqCst);
        self.places.at("stored and not answered");
        put
    }

    async fn claim(&self, order: Order, limit: u32) -> Result<Vec<Claimed>, StoreError> {
        if self.puts.load(Ordering::SeqCst) > 0 {
            self.places.at(Places::BEFORE_CLAIM);
        }
        let claimed = self.inner.claim(order, limit).await?;
        for _ in &claimed {
            self.places.at("claimed");
        }
        Ok(claimed)
    }

    async fn renew(&self, claims: Vec<Claim>) -> Result<Vec<Claim>, StoreError> {
        self.inner.renew(claims).await
    }

    async fn settle(&self, settlement: Settlement<S::Writes>) -> Result<Settled, StoreError> {
        self.places.at("handled and not settled");
        let settled = self.inner.settle(settlement).await;
        self.places.at("settled");
        settled
    }

    passes_on!();

    async fn mend_clock(&self) -> Result<(), StoreError> {
        self.inner.mend_clock().await
    }
}
