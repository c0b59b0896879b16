//! The store as a process sees it: late, failing, with a fault or without.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use eduzz_store::{Claim, Claimed, Memory, Put, Settled, Settlement, Store, StoreError};
use eduzz_sync::inbox::{Incoming, Order, State};
use tokio::time::{Instant, sleep, sleep_until};

use super::world::World;
use super::{BEGIN, Fault, LEDGER, Trial};
use crate::support::passes_on;

/// A process, which can stall and die.
#[derive(Default)]
pub(crate) struct Process {
    stalled_until: Mutex<Option<Instant>>,
    is_dead: AtomicBool,
    /// The keys that it knows, for a fault.
    known: Mutex<BTreeSet<String>>,
}

impl Process {
    /// It does nothing for this time, as if it was stopped.
    pub(crate) fn stall(&self, time: Duration) {
        *self.stalled_until.lock().unwrap() = Some(Instant::now() + time);
    }

    pub(crate) fn die(&self) {
        self.is_dead.store(true, Ordering::SeqCst);
    }

    /// Works for a time, and longer if it is stalled meanwhile.
    pub(crate) async fn work(&self, time: Duration) {
        sleep(time).await;
        loop {
            let until = *self.stalled_until.lock().unwrap();
            match until {
                Some(until) if until > Instant::now() => sleep_until(until).await,
                _ => return,
            }
        }
    }
}

pub(crate) struct Shim<W: World> {
    trial: Arc<Trial<W>>,
    process: Arc<Process>,
}

impl<W: World> Shim<W> {
    pub(crate) const fn new(trial: Arc<Trial<W>>, process: Arc<Process>) -> Self {
        Self { trial, process }
    }

    fn inner(&self) -> W::Store {
        self.trial.world.store()
    }

    fn has(&self, fault: Fault) -> bool {
        self.trial.fault == Some(fault)
    }

    /// The way to the database; the request may be lost.
    async fn there(&self) -> Result<(), StoreError> {
        self.way().await
    }

    /// The way back; the answer may be lost.
    async fn back(&self) -> Result<(), StoreError> {
        self.way().await
    }

    async fn way(&self) -> Result<(), StoreError> {
        let time = if self.trial.happens(4) {
            self.trial.up_to(Duration::from_millis(200))
        } else {
            Duration::ZERO
        };
        self.process.work(time).await;
        if self.trial.happens(40) {
            return Err(StoreError::timed_out());
        }
        Ok(())
    }

    /// Executes a call. It ends even if the process does not wait for it.
    async fn call<T, F>(&self, call: impl FnOnce(W::Store, Arc<Trial<W>>) -> F) -> T
    where
        T: Send + 'static,
        F: Future<Output = T> + Send + 'static,
    {
        self.trial.set_clock(0);
        let call = call(self.trial.world.store(), Arc::clone(&self.trial));
        self.trial.world.call(call).await
    }
}

impl<W: World> Trial<W> {
    /// Sets the database's clock to virtual time; returns it.
    fn set_clock(&self, ahead: i64) -> i64 {
        let passed = i64::try_from(self.began.elapsed().as_millis()).unwrap();
        let now = BEGIN + passed + self.skew.load(Ordering::SeqCst);
        self.millis.store(now + ahead, Ordering::SeqCst);
        now
    }

    fn now(&self) -> i64 {
        self.millis.load(Ordering::SeqCst)
    }
}

impl<W: World> Store for Shim<W> {
    type Writes = <W::Store as Store>::Writes;

    async fn put(&self, incoming: Incoming, state: State) -> Result<Put, StoreError> {
        if self.has(Fault::KnowsFirst) && !self.process.known.lock().unwrap().insert(incoming.once.clone()) {
            return Memory::new().put(incoming, state).await;
        }
        let subject = incoming
            .subject
            .clone()
            .map(|(kind, id)| (kind.as_str().to_owned(), id));
        let storing = {
            let (shim, incoming) = (self.clone(), incoming.clone());
            async move {
                shim.there().await?;
                shim.call::<Result<_, StoreError>, _>(move |store, trial| async move {
                    let put = store.put(incoming, state).await?;
                    trial
                        .tracker
                        .lock()
                        .unwrap()
                        .stored(put.seq, subject, trial.now());
                    Ok(put)
                })
                .await
            }
        };
        if self.has(Fault::AnswersFirst) {
            let process = Arc::clone(&self.process);
            let time = self.trial.up_to(Duration::from_millis(500));
            tokio::spawn(async move {
                process.work(time).await;
                if !process.is_dead.load(Ordering::SeqCst) {
                    let _: Result<Put, StoreError> = storing.await;
                }
            });
            return Memory::new().put(incoming, state).await;
        }
        let put: Put = storing.await?;
        self.back().await?;
        Ok(put)
    }

    async fn claim(&self, order: Order, limit: u32) -> Result<Vec<Claimed>, StoreError> {
        self.there().await?;
        let order = if self.has(Fault::NoOrder) {
            Order::Any
        } else {
            order
        };
        if self.has(Fault::RenewsTheDead) {
            let claims = self.trial.tracker.lock().unwrap().claims();
            self.call(move |store, trial| async move {
                let renewed = store.renew(claims).await?;
                trial.tracker.lock().unwrap().renewed(&renewed, trial.now());
                Ok::<_, StoreError>(())
            })
            .await?;
        }
        let is_early = self.has(Fault::ClaimsEarly);
        let marks = self.has(Fault::MarksFirst);
        let claimed = self
            .call(move |store, trial| async move {
                let now = trial.set_clock(if is_early { 40_000 } else { 0 });
                let claimed = store.claim(order, limit).await;
                trial.set_clock(0);
                let claimed = claimed?;
                for claimed in &claimed {
                    trial.tracker.lock().unwrap().claimed(claimed, now);
                    if marks {
                        let marked = Settlement::accepted(claimed.claim, LEDGER, None, None);
                        store.settle(marked).await?;
                    }
                }
                Ok::<_, StoreError>(claimed)
            })
            .await?;
        self.back().await?;
        Ok(claimed)
    }

    async fn renew(&self, claims: Vec<Claim>) -> Result<Vec<Claim>, StoreError> {
        self.there().await?;
        let renewed = self
            .call(move |store, trial| async move {
                let renewed = store.renew(claims).await?;
                trial.tracker.lock().unwrap().renewed(&renewed, trial.now());
                Ok::<_, StoreError>(renewed)
            })
            .await?;
        self.back().await?;
        Ok(renewed)
    }

    async fn settle(&self, mut settlement: Settlement<Self::Writes>) -> Result<Settled, StoreError> {
        self.there().await?;
        if self.has(Fault::WritesApart)
            && let Some(writes) = settlement.writes.take()
        {
            self.trial.world.write_apart(writes);
            self.there().await?;
        }
        let is_unfenced = self.has(Fault::NoFence);
        let settled = self
            .call(move |store, trial| async move {
                let (claim, change) = (settlement.claim, settlement.change.clone());
                if is_unfenced && let Some(present) = trial.tracker.lock().unwrap().claim(claim.seq) {
                    settlement.claim = present;
                }
                let settled = store.settle(settlement).await?;
                let mut tracker = trial.tracker.lock().unwrap();
                tracker.settled(claim, change.as_ref(), &settled, trial.now());
                Ok::<_, StoreError>(settled)
            })
            .await?;
        self.back().await?;
        Ok(settled)
    }

    passes_on!();

    async fn mend_clock(&self) -> Result<(), StoreError> {
        self.there().await?;
        self.call(|store, _| async move { store.mend_clock().await })
            .await
    }
}

impl<W: World> Clone for Shim<W> {
    fn clone(&self) -> Self {
        Self::new(Arc::clone(&self.trial), Arc::clone(&self.process))
    }
}

impl<W: World> fmt::Debug for Shim<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Shim")
    }
}
