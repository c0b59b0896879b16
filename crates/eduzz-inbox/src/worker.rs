//! The worker: claims events, runs handlers, ends attempts.

use std::collections::{BTreeMap, VecDeque};
use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use eduzz_store::{Claim, Claimed, Settled, Settlement, Store};
use eduzz_sync::inbox::{Change, Ending, Order, RENEWAL, State};
use tokio::task::{AbortHandle, Id, JoinSet};
use tokio::time::{Instant, MissedTickBehavior, interval_at, timeout};

use crate::handler::{HandlerFailed, Inbound};
use crate::{Inbox, log};

/// How often the worker looks for events that other processes stored, or whose wait or lease is
/// over.
const POLL: Duration = Duration::from_millis(500);

/// How often the worker looks whether the clock went back.
const MEND: Duration = Duration::from_secs(60);

/// How long an attempt may go on after the worker has to stop.
const STOP_TIME: Duration = Duration::from_secs(20);

/// The inbox has no handlers, and would mark every event as done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the inbox has no handler: add one before it runs")]
pub struct NoHandlers(());

impl<S: Store> Inbox<S> {
    /// Runs the handlers until `stop` ends; then no further event begins, and those that are being
    /// handled have 20 seconds to end. What does not end is given back, for another worker. At last
    /// a file is made whole without its log, see [`Store::flush`].
    ///
    /// While the database is away it tries again twice a second.
    ///
    /// # Errors
    ///
    /// There is no handler.
    pub async fn run(&self, stop: impl Future<Output = ()>) -> Result<(), NoHandlers> {
        if self.settings.handlers.is_empty() {
            return Err(NoHandlers(()));
        }
        let mut worker = Worker {
            inbox: self,
            attempts: JoinSet::new(),
            held: BTreeMap::new(),
        };
        worker.work(stop).await;
        worker.stop().await;
        if let Err(error) = self.store.flush().await {
            log::store_failed(&error);
        }
        Ok(())
    }
}

struct Worker<'a, S: Store> {
    inbox: &'a Inbox<S>,
    attempts: JoinSet<()>,
    /// What the attempts hold.
    held: BTreeMap<Claim, Held>,
}

struct Held {
    task: AbortHandle,
    attempts: u32,
    is_ending: Arc<AtomicBool>,
}

impl<S: Store> Worker<'_, S> {
    async fn work(&mut self, stop: impl Future<Output = ()>) {
        let mut stop = pin!(stop);
        let later = |time| interval_at(Instant::now() + time, time);
        let (mut renewal, mut poll) = (later(RENEWAL), later(POLL));
        let mut mend = interval_at(Instant::now(), MEND);
        for interval in [&mut renewal, &mut poll, &mut mend] {
            interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
        }
        // Whether there may be more events than were claimed.
        let mut is_more = true;
        loop {
            if is_more && self.free() > 0 {
                is_more = self.claim().await;
            }
            let is_ordered = self.inbox.settings.order == Order::BySubject;
            tokio::select! {
                biased;
                () = &mut stop => return,
                _ = renewal.tick() => self.renew().await,
                _ = mend.tick() => self.mend().await,
                Some(ended) = self.attempts.join_next_with_id(), if !self.attempts.is_empty() => {
                    self.ended(ended);
                    while let Some(ended) = self.attempts.try_join_next_with_id() {
                        self.ended(ended);
                    }
                    // The next event of its subject can be handled now.
                    is_more |= is_ordered;
                }
                () = self.inbox.stored.notified() => is_more = true,
                _ = poll.tick() => is_more = true,
                () = std::future::ready(()), if is_more && self.free() > 0 => {}
            }
        }
    }

    fn free(&self) -> u32 {
        let running = u32::try_from(self.attempts.len()).unwrap_or(u32::MAX);
        self.inbox.settings.concurrency.saturating_sub(running)
    }

    /// Claims events and begins their attempts; returns whether there may be more.
    async fn claim(&mut self) -> bool {
        let (order, wanted) = (self.inbox.settings.order, self.free());
        let claimed = match self.inbox.store.claim(order, wanted).await {
            Ok(claimed) => claimed,
            // The next look is after a poll.
            Err(error) => {
                log::store_failed(&error);
                return false;
            }
        };
        let is_more = u32::try_from(claimed.len()).is_ok_and(|found| found == wanted);
        for claimed in claimed {
            let (claim, attempts) = (claimed.claim, claimed.event.row.attempts);
            let is_ending = Arc::<AtomicBool>::default();
            let attempt = Attempt {
                inbox: self.inbox.clone(),
                claimed,
                is_ending: Arc::clone(&is_ending),
            };
            let held = Held {
                task: self.attempts.spawn(attempt.run()),
                attempts,
                is_ending,
            };
            self.held.insert(claim, held);
        }
        is_more
    }

    /// Renews the leases, and ends the attempts whose lease is over.
    async fn renew(&mut self) {
        let claims: Vec<Claim> = self.held.keys().copied().collect();
        if claims.is_empty() {
            return;
        }
        match self.inbox.store.renew(claims).await {
            Ok(renewed) => self.held.retain(|claim, held| {
                // An attempt whose end is on its way has no lease once it is stored.
                let is_held = renewed.contains(claim) || held.is_ending.load(Ordering::SeqCst);
                if !is_held {
                    self.inbox.activity.count(|counters| &counters.lost);
                    held.task.abort();
                }
                is_held
            }),
            Err(error) => log::store_failed(&error),
        }
    }

    async fn mend(&self) {
        if let Err(error) = self.inbox.store.mend_clock().await {
            log::store_failed(&error);
        }
    }

    fn ended(&mut self, ended: Result<(Id, ()), tokio::task::JoinError>) {
        let id = match ended {
            Ok((id, ())) => id,
            Err(error) => error.id(),
        };
        self.held.retain(|_, held| held.task.id() != id);
    }

    async fn stop(&mut self) {
        // The last time is some seconds ago, and it is not repeated meanwhile.
        self.renew().await;
        let ending = async { while self.attempts.join_next().await.is_some() {} };
        let _some_are_left = timeout(STOP_TIME, ending).await;
        self.attempts.abort_all();
        while self.attempts.join_next().await.is_some() {}
        // Those that ended are no longer held in the database, so that this does nothing to them.
        for (claim, held) in std::mem::take(&mut self.held) {
            let change = Ending::Released.change(held.attempts, 0);
            let released = self.inbox.store.settle(Settlement::end(claim, change)).await;
            if let Err(error) = released {
                log::store_failed(&error);
                return;
            }
        }
    }
}

/// One attempt to handle an event.
struct Attempt<S: Store> {
    inbox: Inbox<S>,
    claimed: Claimed,
    /// Whether its end is being stored.
    is_ending: Arc<AtomicBool>,
}

impl<S: Store> Attempt<S> {
    async fn run(self) {
        let row = &self.claimed.event.row;
        let Some(failed) = self.handle().await.err() else {
            self.inbox.activity.count(|counters| &counters.handled);
            log::handled(row);
            return;
        };
        self.inbox.activity.count(|counters| match failed {
            HandlerFailed::Lost => &counters.lost,
            _ => &counters.failed,
        });
        log::failed(row, &failed);
        // Copies the body.
        if let Some(log) = &self.inbox.settings.on_failed
            && let Some(inbound) = Inbound::new(&self.claimed)
        {
            log(&inbound, &failed);
        }
        let Some(ending) = failed.ending() else {
            return;
        };
        let change = ending.change(row.attempts, chance());
        let is_dead = change.state == State::Dead;
        let end = Settlement::end(self.claimed.claim, change);
        self.is_ending.store(true, Ordering::SeqCst);
        match self.inbox.store.settle(end).await {
            Ok(Settled::Committed) if is_dead => {
                self.inbox.activity.count(|counters| &counters.dead);
                log::dead(row);
            }
            Ok(_) => {}
            // After the lease another attempt begins.
            Err(error) => log::store_failed(&error),
        }
    }

    /// Runs the handlers that have not accepted the event.
    async fn handle(&self) -> Result<(), HandlerFailed> {
        let (event, claim) = (&self.claimed.event, self.claimed.claim);
        let is_marked = |name: &str| event.handled.iter().any(|handled| handled == name);
        let mut left: VecDeque<_> = self.inbox.settings.handlers.clone().into();
        left.retain(|(name, _)| !is_marked(name));
        if left.is_empty() {
            return self.settle(Settlement::end(claim, self.done())).await;
        }
        while let Some((name, handler)) = left.pop_front() {
            let inbound = Inbound::new(&self.claimed).ok_or(HandlerFailed::Pruned)?;
            // A task of its own, so that its panic is only its own.
            let mut task = JoinSet::new();
            task.spawn(async move { handler(inbound).await });
            let handled = match timeout(self.inbox.settings.handler_time, task.join_next()).await {
                Ok(Some(Ok(handled))) => handled.map_err(HandlerFailed::Error)?,
                Ok(_) => return Err(HandlerFailed::Panicked),
                Err(_) => return Err(HandlerFailed::TimedOut),
            };
            let change = left.is_empty().then(|| self.done());
            let accepted = Settlement::accepted(claim, &*name, handled.writes, change);
            self.settle(accepted).await?;
        }
        Ok(())
    }

    fn done(&self) -> Change {
        Ending::Done.change(self.claimed.event.row.attempts, 0)
    }

    async fn settle(&self, settlement: Settlement<S::Writes>) -> Result<(), HandlerFailed> {
        let is_last = settlement.change.is_some();
        self.is_ending.store(is_last, Ordering::SeqCst);
        match self.inbox.store.settle(settlement).await {
            Ok(Settled::Failed(error)) => Err(HandlerFailed::Writes(error)),
            Ok(Settled::Lost) => Err(HandlerFailed::Lost),
            Ok(_) => Ok(()),
            Err(error) => Err(HandlerFailed::Store(error)),
        }
    }
}

/// A random number; without a source of them, all wait the same.
fn chance() -> u64 {
    getrandom::u64().unwrap_or(u64::MAX)
}
