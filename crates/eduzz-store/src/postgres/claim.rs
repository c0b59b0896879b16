//! Claims.

use std::collections::{HashMap, HashSet};

use eduzz_sync::Moment;
use eduzz_sync::inbox::{Ahead, Change, LEASE, Order, lost, parked_until};
use tokio_postgres::Transaction;

use super::rows;
use super::settle::Changes;
use super::statements::Statements;
use crate::{Claim, Claimed, StoreError};

type Result<T> = std::result::Result<T, StoreError>;

/// Events that are parked in one call; the others are due still.
const MOST_PARKED: usize = 4_096;

/// Events looked at in a round, apart from the first.
const ROUND: u32 = 64;

const RENEW: &str = "
update eduzz_event e set due = $4
from unnest($1::bigint[], $2::bigint[]) as c (seq, claim)
where e.seq = c.seq and e.claim = c.claim and e.state = 'claimed' and e.due > $3
returning e.seq, e.claim";

/// The first events that are due and that no other worker looks at now.
const DUE: &str = "
select seq, once, attempts, state = 'claimed' and error is not distinct from 'worker_lost' from eduzz_event
where state in ('ready', 'claimed', 'parked') and due <= $1 and seq <> all ($3)
order by due, seq limit $2 for no key update skip locked";

/// Takes the subjects of these events for this transaction: two that claim at the same moment would
/// not see that the other's event is running.
const LOCK: &str = "
select e.seq, pg_try_advisory_xact_lock(
    hashtextextended(e.account || chr(31) || e.kind || chr(31) || e.subject, 0))
from unnest($1::bigint[]) as c (seq) join eduzz_event e on e.seq = c.seq
where e.subject is not null";

/// The first event that holds each of these, and the one of its subject that is running. Its row
/// stays locked until this transaction ends, so that its end waits, and then finds the one that was
/// parked behind it. One that another transaction changes just now is not waited for: then
/// `is_held` without a row says to try later.
const HELD: &str = "
select e.seq, held.is_held, ahead.is_locked, ahead.holds_until, busy.is_busy, running.is_locked,
       e.account || chr(31) || e.kind || chr(31) || e.subject
from unnest($1::bigint[]) as c (seq) join eduzz_event e on e.seq = c.seq
cross join lateral (
    select exists (
        select from eduzz_event h
        where h.account = e.account and h.kind = e.kind and h.subject = e.subject and h.seq < e.seq
          and h.state in ('ready', 'claimed', 'parked') and (h.holds_until is null or h.holds_until > $2)
    ) as is_held
) held
left join lateral (
    select true as is_locked, h.holds_until from eduzz_event h
    where h.account = e.account and h.kind = e.kind and h.subject = e.subject and h.seq < e.seq
      and h.state in ('ready', 'claimed', 'parked') and (h.holds_until is null or h.holds_until > $2)
    order by h.seq limit 1 for share skip locked
) ahead on held.is_held
cross join lateral (
    select exists (
        select from eduzz_event r
        where r.account = e.account and r.kind = e.kind and r.subject = e.subject and r.seq <> e.seq
          and r.state = 'claimed' and r.due > $2
    ) as is_busy
) busy
left join lateral (
    select true as is_locked from eduzz_event r
    where r.account = e.account and r.kind = e.kind and r.subject = e.subject and r.seq <> e.seq
      and r.state = 'claimed' and r.due > $2
    limit 1 for share skip locked
) running on busy.is_busy";

const PARK: &str = "
update eduzz_event e set state = 'parked', due = p.due
from unnest($1::bigint[], $2::bigint[]) as p (seq, due) where e.seq = p.seq";

pub(super) async fn renew(
    transaction: &Transaction<'_>,
    statements: &mut Statements,
    claims: &[Claim],
    now: Moment,
) -> Result<Vec<Claim>> {
    if claims.is_empty() {
        return Ok(Vec::new());
    }
    let seqs: Vec<i64> = claims.iter().map(|claim| claim.seq).collect();
    let numbers: Vec<i64> = claims.iter().map(|claim| claim.number).collect();
    let statement = statements.get(transaction, RENEW).await?;
    let lease = now.after(LEASE).millis();
    let renewed = transaction
        .query(&statement, &[&seqs, &numbers, &now.millis(), &lease])
        .await?;
    let renewed = renewed.iter().map(|row| {
        Ok(Claim {
            seq: row.try_get(0)?,
            number: row.try_get(1)?,
        })
    });
    renewed.collect()
}

/// What becomes of an event that is due.
enum Fate {
    Claimed,
    Parked(Moment),
    Lost(Change),
    /// Another transaction is at the event before it.
    Left,
}

pub(super) async fn claim(
    transaction: &Transaction<'_>,
    statements: &mut Statements,
    order: Order,
    limit: u32,
    now: Moment,
) -> Result<Vec<Claimed>> {
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut claimed: Vec<Claimed> = Vec::new();
    let mut left: Vec<i64> = Vec::new();
    let (mut parked_before, mut look) = (0, limit);
    while claimed.len() < wanted && parked_before < MOST_PARKED {
        let due = due(transaction, statements, look, &left, now).await?;
        if due.is_empty() {
            break;
        }
        let mut fates = fates(transaction, statements, order, &due, now).await?;
        let mut taken: Vec<i64> = Vec::new();
        let mut subjects: HashSet<String> = HashSet::new();
        let mut parked: (Vec<i64>, Vec<i64>) = Default::default();
        let mut changes = Changes::default();
        for event in due {
            let (fate, subject) = fates.remove(&event.seq).unwrap_or((Fate::Left, None));
            // Another one of its subject was just taken: it is looked at again.
            if subject.as_ref().is_some_and(|subject| subjects.contains(subject)) {
                break;
            }
            match fate {
                Fate::Left => left.push(event.seq),
                Fate::Parked(until) => {
                    parked.0.push(event.seq);
                    parked.1.push(until.millis());
                }
                Fate::Lost(change) => {
                    changes.add(event.seq, &change, now);
                    // One that waited for it can come before the next one now.
                    break;
                }
                Fate::Claimed => {
                    taken.push(event.seq);
                    subjects.extend(subject);
                }
            }
            if claimed.len() + taken.len() == wanted {
                break;
            }
        }
        if !taken.is_empty() {
            claimed.extend(take(transaction, statements, &taken, now).await?);
        }
        if !parked.0.is_empty() {
            parked_before += parked.0.len();
            let statement = statements.get(transaction, PARK).await?;
            transaction.execute(&statement, &[&parked.0, &parked.1]).await?;
        }
        changes.apply(transaction, statements, now).await?;
        look = limit.max(ROUND);
    }
    Ok(claimed)
}

struct Due {
    seq: i64,
    once: String,
    attempts: u32,
    /// Whether its worker was lost, and the one before too.
    was_lost: bool,
}

async fn due(
    transaction: &Transaction<'_>,
    statements: &mut Statements,
    limit: u32,
    left: &[i64],
    now: Moment,
) -> Result<Vec<Due>> {
    let statement = statements.get(transaction, DUE).await?;
    let rows = transaction
        .query(&statement, &[&now.millis(), &i64::from(limit), &left])
        .await?;
    let due = rows.iter().map(|row| {
        Ok(Due {
            seq: row.try_get(0)?,
            once: row.try_get(1)?,
            attempts: rows::count(row.try_get(2)?),
            was_lost: row.try_get(3)?,
        })
    });
    due.collect()
}

async fn fates(
    transaction: &Transaction<'_>,
    statements: &mut Statements,
    order: Order,
    due: &[Due],
    now: Moment,
) -> Result<HashMap<i64, (Fate, Option<String>)>> {
    let free = |event: &Due| {
        let change = lost(&event.once, event.attempts, event.was_lost);
        (event.seq, (change.map_or(Fate::Claimed, Fate::Lost), None))
    };
    let mut fates: HashMap<i64, _> = due.iter().map(free).collect();
    if order != Order::BySubject {
        return Ok(fates);
    }
    let seqs: Vec<i64> = due.iter().map(|event| event.seq).collect();
    let statement = statements.get(transaction, LOCK).await?;
    for row in transaction.query(&statement, &[&seqs]).await? {
        let (seq, is_locked): (i64, bool) = (row.try_get(0)?, row.try_get(1)?);
        if !is_locked {
            fates.insert(seq, (Fate::Left, None));
        }
    }
    let is_locked = |seq: &i64| !matches!(fates.get(seq), Some((Fate::Left, _)));
    let seqs: Vec<i64> = seqs.into_iter().filter(is_locked).collect();
    let statement = statements.get(transaction, HELD).await?;
    for row in transaction.query(&statement, &[&seqs, &now.millis()]).await? {
        let (seq, is_held, is_busy): (i64, bool, bool) = (row.try_get(0)?, row.try_get(1)?, row.try_get(4)?);
        let (earlier, running): (Option<bool>, Option<bool>) = (row.try_get(2)?, row.try_get(5)?);
        let holds_until = row.try_get::<_, Option<i64>>(3)?.map(Moment::from_millis);
        let until = if is_held {
            earlier.and_then(|_| parked_until(now, Ahead::Earlier { holds_until }))
        } else if is_busy {
            running.and_then(|_| parked_until(now, Ahead::Running))
        } else {
            if let Some((_, subject)) = fates.get_mut(&seq) {
                *subject = row.try_get(6)?;
            }
            continue;
        };
        fates.insert(seq, (until.map_or(Fate::Left, Fate::Parked), None));
    }
    Ok(fates)
}

/// Claims these events, in this order.
async fn take(
    transaction: &Transaction<'_>,
    statements: &mut Statements,
    seqs: &[i64],
    now: Moment,
) -> Result<Vec<Claimed>> {
    let statement = statements.get(transaction, rows::TAKE).await?;
    let lease = now.after(LEASE).millis();
    let mut claimed = HashMap::new();
    for row in transaction.query(&statement, &[&seqs, &lease]).await? {
        let event = rows::whole(&row)?;
        let seq = event.row.seq;
        let number = row.try_get(rows::AFTER_WHOLE)?;
        let claim = Claim { seq, number };
        claimed.insert(seq, Claimed { claim, event });
    }
    Ok(seqs.iter().filter_map(|seq| claimed.remove(seq)).collect())
}
