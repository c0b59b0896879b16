//! Claims, renewals and settlements, a group in one transaction.

use std::collections::VecDeque;
use std::time::Instant;

use eduzz_sync::Moment;
use eduzz_sync::inbox::Order;
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

use super::link::{Link, Open};
use super::{PostgresWrites, claim, settle};
use crate::clock::Clock;
use crate::{Claim, Claimed, Settled, Settlement, StoreError, StoreErrorKind};

type Result<T> = std::result::Result<T, StoreError>;
type Reply<T> = oneshot::Sender<Result<T>>;

/// Works of one transaction.
const GROUP: usize = 256;

/// Something to do, and the caller that waits for it.
pub(super) enum Work {
    Claim(Order, u32, Reply<Vec<Claimed>>),
    Renew(Vec<Claim>, Reply<Vec<Claim>>),
    Settle(Settlement<PostgresWrites>, Reply<Settled>),
}

/// The works of one transaction.
#[derive(Default)]
pub(super) struct Group {
    pub(super) settlements: VecDeque<(Slot, Reply<Settled>)>,
    renewals: Vec<(Vec<Claim>, Reply<Vec<Claim>>)>,
    claims: Vec<(Order, u32, Reply<Vec<Claimed>>)>,
    renewed: Vec<Claim>,
    claimed: Vec<Vec<Claimed>>,
}

/// A settlement and its result, which counts once the transaction is committed.
pub(super) struct Slot {
    pub(super) settlement: Settlement<PostgresWrites>,
    pub(super) result: Option<Settled>,
    /// Its writes ran, and cannot run again.
    pub(super) is_spent: bool,
}

/// Works until every store of this connection is dropped.
pub(super) async fn run(mut link: Link, clock: Clock, mut works: mpsc::Receiver<Work>) {
    let mut group = Group::default();
    loop {
        if group.is_empty() {
            match works.recv().await {
                Some(work) => group.add(work),
                None => return,
            }
        }
        while group.len() < GROUP
            && let Ok(work) = works.try_recv()
        {
            group.add(work);
        }
        if let Err(error) = link.open().await {
            // Those that came meanwhile would only wait for the same.
            while let Ok(work) = works.try_recv() {
                group.add(work);
            }
            group.fail(&error);
            continue;
        }
        let mut done = attempt(&mut link, &clock, &mut group).await;
        if matches!(&done, Err(error) if error.kind() == StoreErrorKind::Busy) {
            // Another transaction was in the way, and this one was rolled back.
            group.forget_results();
            group.fail_spent();
            done = attempt(&mut link, &clock, &mut group).await;
        }
        match done {
            Ok(()) => group.reply(),
            Err(error) => group.fail(&error),
        }
    }
}

async fn attempt(link: &mut Link, clock: &Clock, group: &mut Group) -> Result<()> {
    let limit = link.server.limits.group;
    let done = match link.open().await {
        Ok(open) => timeout(limit, group.execute(open, clock.fixed())).await,
        Err(error) => Ok(Err(error)),
    };
    link.ended(done)
}

impl Group {
    fn add(&mut self, work: Work) {
        match work {
            Work::Settle(settlement, reply) => {
                let slot = Slot {
                    settlement,
                    result: None,
                    is_spent: false,
                };
                self.settlements.push_back((slot, reply));
            }
            Work::Renew(claims, reply) => self.renewals.push((claims, reply)),
            Work::Claim(order, limit, reply) => self.claims.push((order, limit, reply)),
        }
    }

    fn len(&self) -> usize {
        self.settlements.len() + self.renewals.len() + self.claims.len()
    }

    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Everything in one transaction: settlements first, because they make events claimable.
    async fn execute(&mut self, open: &mut Open, now: Option<Moment>) -> Result<()> {
        // A claim for a caller that is gone would hold its events for a lease.
        self.claims.retain(|(.., reply)| !reply.is_closed());
        if self.is_empty() {
            return Ok(());
        }
        let started = Instant::now();
        let Open {
            client,
            statements,
            limits,
            ..
        } = open;
        let mut transaction = client.transaction().await?;
        let now = match now {
            Some(now) => now,
            None => {
                let statement = statements.get(&transaction, super::NOW).await?;
                Moment::from_millis(transaction.query_one(&statement, &[]).await?.try_get(0)?)
            }
        };
        settle::settle(
            &mut transaction,
            statements,
            &mut self.settlements,
            now,
            *limits,
            started,
        )
        .await?;
        let wanted: Vec<Claim> = self
            .renewals
            .iter()
            .flat_map(|(claims, _)| claims)
            .copied()
            .collect();
        self.renewed = claim::renew(&transaction, statements, &wanted, now).await?;
        for (order, limit, _) in &self.claims {
            let claimed = claim::claim(&transaction, statements, *order, *limit, now).await?;
            self.claimed.push(claimed);
        }
        Ok(transaction.commit().await?)
    }

    /// Replies to the works that were committed; settlements that were put off stay.
    fn reply(&mut self) {
        let settlements = std::mem::take(&mut self.settlements);
        for (slot, reply) in settlements {
            match slot.result {
                // A caller may be gone; what is done is done.
                Some(result) => drop(reply.send(Ok(result))),
                None => self.settlements.push_back((slot, reply)),
            }
        }
        for (mut claims, reply) in self.renewals.drain(..) {
            claims.retain(|claim| self.renewed.contains(claim));
            let _gone = reply.send(Ok(claims));
        }
        for ((.., reply), claimed) in self.claims.drain(..).zip(self.claimed.drain(..)) {
            let _gone = reply.send(Ok(claimed));
        }
        self.renewed.clear();
    }

    fn fail(&mut self, error: &StoreError) {
        for (_, reply) in self.settlements.drain(..) {
            let _gone = reply.send(Err(error.clone()));
        }
        for (_, reply) in self.renewals.drain(..) {
            let _gone = reply.send(Err(error.clone()));
        }
        for (.., reply) in self.claims.drain(..) {
            let _gone = reply.send(Err(error.clone()));
        }
        self.forget_results();
    }

    fn forget_results(&mut self) {
        for (slot, _) in &mut self.settlements {
            slot.result = None;
        }
        self.renewed.clear();
        self.claimed.clear();
    }

    /// Fails the settlements whose writes ran in a transaction that was rolled back.
    fn fail_spent(&mut self) {
        let settlements = std::mem::take(&mut self.settlements);
        for (slot, reply) in settlements {
            if slot.is_spent {
                let _gone = reply.send(Err(StoreError::new(StoreErrorKind::Busy)));
            } else {
                self.settlements.push_back((slot, reply));
            }
        }
    }
}
