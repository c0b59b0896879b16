//! Ends of attempts.
//!
//! An event is parked behind another one whose row the parking transaction holds `for share` (see
//! `claim.rs`). So an end first locks its own row, which waits for such a transaction, and looks
//! for parked events in a later statement, which then sees them. Neither needs a lock of the whole
//! subject.

use std::collections::{HashSet, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::Poll;
use std::time::{Duration, Instant};

use eduzz_sync::Moment;
use eduzz_sync::inbox::{Change, Code, HOLD};
use tokio::sync::oneshot;
use tokio::time::timeout;
use tokio_postgres::Transaction;
use tokio_postgres::error::SqlState;

use super::PostgresWrites;
use super::link::Limits;
use super::statements::Statements;
use super::works::Slot;
use crate::{Settled, StoreError, StoreErrorKind};

type Result<T> = std::result::Result<T, StoreError>;
type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// After this part of a group's limit no more writes are begun in the transaction; the others come
/// in the next one.
const ENOUGH: u32 = 5;

const HELD: &str = "
select e.seq from eduzz_event e
join unnest($1::bigint[], $2::bigint[]) as c (seq, claim) on e.seq = c.seq and e.claim = c.claim
where e.state = 'claimed' and e.due > $3
order by e.seq for no key update of e";

const MARK: &str = "
insert into eduzz_handled (handler, seq, at) select handler, seq, $3
from unnest($1::text[], $2::bigint[]) as m (handler, seq)
on conflict do nothing";

const APPLY: &str = "
update eduzz_event e
set state = c.state, attempts = c.attempts, due = c.due, holds_until = coalesce(e.holds_until, c.holds_until),
    error = coalesce(c.error, e.error), ended_at = c.ended_at
from unnest($1::bigint[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[], $7::bigint[])
     as c (seq, state, attempts, due, holds_until, error, ended_at)
where e.seq = c.seq";

/// Makes the first parked event of each subject ready; it does the same at its end. `is true` keeps
/// the index of all parked events out of the second look, which is at a few rows.
const UNPARK: &str = "
with ended as materialized (
    select distinct account, kind, subject from eduzz_event where seq = any ($1) and subject is not null
), first as materialized (
    select p.seq from ended cross join lateral (
        select seq from eduzz_event p
        where p.account = ended.account and p.kind = ended.kind and p.subject = ended.subject and p.state = 'parked'
        order by seq limit 1) p
), locked as materialized (
    select seq from eduzz_event
    where seq = any (array(select seq from first)) and (state = 'parked') is true
    order by seq for no key update
)
update eduzz_event e set state = 'ready', due = $2 from locked where e.seq = locked.seq";

/// Settles what fits into the transaction, and leaves the other results open.
pub(super) async fn settle(
    transaction: &mut Transaction<'_>,
    statements: &mut Statements,
    all: &mut VecDeque<(Slot, oneshot::Sender<Result<Settled>>)>,
    now: Moment,
    limits: Limits,
    started: Instant,
) -> Result<()> {
    let mut waiting: Vec<&mut Slot> = all.iter_mut().map(|(slot, _)| slot).collect();
    while !waiting.is_empty() {
        // An event twice in a group is settled one after the other.
        let mut seqs = HashSet::new();
        let (mut round, later): (Vec<_>, Vec<_>) = waiting
            .into_iter()
            .partition(|slot| seqs.insert(slot.settlement.claim.seq));
        waiting = later;
        settle_round(transaction, statements, &mut round, now, limits, started).await?;
        if started.elapsed() > limits.group / ENOUGH {
            break;
        }
    }
    Ok(())
}

async fn settle_round(
    transaction: &mut Transaction<'_>,
    statements: &mut Statements,
    round: &mut [&mut Slot],
    now: Moment,
    limits: Limits,
    started: Instant,
) -> Result<()> {
    let seqs: Vec<i64> = round.iter().map(|slot| slot.settlement.claim.seq).collect();
    let claims: Vec<i64> = round.iter().map(|slot| slot.settlement.claim.number).collect();
    let statement = statements.get(transaction, HELD).await?;
    let held = transaction
        .query(&statement, &[&seqs, &claims, &now.millis()])
        .await?;
    let held: std::result::Result<HashSet<i64>, _> = held.iter().map(|row| row.try_get(0)).collect();
    let held = held?;

    let mut marks: (Vec<&str>, Vec<i64>) = Default::default();
    let mut changes = Changes::default();
    // However late it is: each transaction gets some further.
    let mut has_written = false;
    for slot in round.iter_mut() {
        let seq = slot.settlement.claim.seq;
        if !held.contains(&seq) {
            slot.result = Some(Settled::Lost);
            continue;
        }
        if let Some(writes) = slot.settlement.writes.take() {
            if has_written && started.elapsed() > limits.group / ENOUGH {
                slot.settlement.writes = Some(writes);
                continue;
            }
            slot.is_spent = true;
            has_written = true;
            if let Some(handler) = &slot.settlement.handler
                && let Err(error) =
                    write(transaction, statements, handler, seq, writes, now, limits.writes).await?
            {
                slot.result = Some(Settled::Failed(error));
                continue;
            }
        } else if let Some(handler) = &slot.settlement.handler {
            marks.0.push(handler);
            marks.1.push(seq);
        }
        if let Some(change) = &slot.settlement.change {
            changes.add(seq, change, now);
        }
        slot.result = Some(Settled::Committed);
    }
    if !marks.0.is_empty() {
        let statement = statements.get(transaction, MARK).await?;
        transaction
            .execute(&statement, &[&marks.0, &marks.1, &now.millis()])
            .await?;
    }
    changes.apply(transaction, statements, now).await
}

/// Marks the event and runs the handler's writes, both in a savepoint; neither if it is marked.
async fn write(
    transaction: &mut Transaction<'_>,
    statements: &mut Statements,
    handler: &str,
    seq: i64,
    writes: PostgresWrites,
    now: Moment,
    limit: Duration,
) -> Result<std::result::Result<(), BoxError>> {
    let statement = statements.get(transaction, MARK).await?;
    let savepoint = transaction.savepoint("eduzz_writes").await?;
    let marked = savepoint
        .execute(
            &statement,
            &[&[handler].as_slice(), &[seq].as_slice(), &now.millis()],
        )
        .await?;
    let written = if marked == 1 {
        timeout(limit, caught(&savepoint, writes))
            .await
            .unwrap_or_else(|_| Err("the writes did not end in time".into()))
    } else {
        Ok(())
    };
    match written {
        Ok(()) => match savepoint.commit().await {
            Ok(()) => Ok(Ok(())),
            // An error that the writes kept to themselves: nothing of them is in the transaction.
            Err(error) if error.code().is_some_and(|state| state.code() == "25P02") => {
                roll_back(transaction).await?;
                Ok(Err("a statement of the writes failed".into()))
            }
            Err(error) => Err(ended(error)),
        },
        Err(error) => {
            savepoint.rollback().await.map_err(ended)?;
            Ok(Err(error))
        }
    }
}

/// No transaction, or no savepoint of this name.
fn ended(error: tokio_postgres::Error) -> StoreError {
    match error.code().map(SqlState::code) {
        Some("25P01" | "3B001") => {
            StoreError::with(StoreErrorKind::Other, "a handler's writes ended the transaction")
        }
        _ => error.into(),
    }
}

async fn roll_back(transaction: &Transaction<'_>) -> Result<()> {
    Ok(transaction
        .batch_execute("rollback to savepoint eduzz_writes")
        .await?)
}

/// Runs the writes; a panic is an error.
async fn caught(savepoint: &Transaction<'_>, writes: PostgresWrites) -> std::result::Result<(), BoxError> {
    let panicked = || BoxError::from("the writes panicked");
    let future = catch_unwind(AssertUnwindSafe(|| writes(savepoint))).map_err(|_| panicked())?;
    let mut future = pin!(future);
    std::future::poll_fn(|context| {
        catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context)))
            .unwrap_or_else(|_| Poll::Ready(Err(panicked())))
    })
    .await
}

/// The columns of the events that change.
#[derive(Default)]
pub(super) struct Changes {
    seqs: Vec<i64>,
    states: Vec<&'static str>,
    attempts: Vec<i64>,
    due: Vec<i64>,
    holds_until: Vec<Option<i64>>,
    errors: Vec<Option<String>>,
    ended_at: Vec<Option<i64>>,
}

impl Changes {
    pub(super) fn add(&mut self, seq: i64, change: &Change, now: Moment) {
        self.seqs.push(seq);
        self.states.push(change.state.as_str());
        self.attempts.push(i64::from(change.attempts));
        self.due.push(now.after(change.wait).millis());
        self.holds_until
            .push(change.holds.then(|| now.after(HOLD).millis()));
        self.errors
            .push(change.error.as_ref().map(|error| Code::as_str(error).to_owned()));
        let has_ended = !change.state.is_open();
        self.ended_at.push(has_ended.then(|| now.millis()));
    }

    /// Writes the changes, and makes events ready that waited for one of these.
    pub(super) async fn apply(
        self,
        transaction: &Transaction<'_>,
        statements: &mut Statements,
        now: Moment,
    ) -> Result<()> {
        if self.seqs.is_empty() {
            return Ok(());
        }
        let statement = statements.get(transaction, APPLY).await?;
        transaction
            .execute(
                &statement,
                &[
                    &self.seqs,
                    &self.states,
                    &self.attempts,
                    &self.due,
                    &self.holds_until,
                    &self.errors,
                    &self.ended_at,
                ],
            )
            .await?;
        unpark(transaction, statements, &self.seqs, now).await
    }
}

/// Makes events ready that waited for one of these, whose attempts have ended.
async fn unpark(
    transaction: &Transaction<'_>,
    statements: &mut Statements,
    ended: &[i64],
    now: Moment,
) -> Result<()> {
    if !ended.is_empty() {
        let statement = statements.get(transaction, UNPARK).await?;
        transaction.execute(&statement, &[&ended, &now.millis()]).await?;
    }
    Ok(())
}
