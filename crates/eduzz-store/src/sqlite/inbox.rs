//! The statements of the inbox. Each function runs within a transaction.

use std::panic::{AssertUnwindSafe, catch_unwind};

use eduzz_sync::Moment;
use eduzz_sync::inbox::{
    Ahead, Change, Code, HOLD, Incoming, LEASE, Order, State, latest_due, lost, parked_until,
};
use rusqlite::{Connection, OptionalExtension as _, params};

use super::SqliteWrites;
use super::guard::{SAVEPOINT, guarded};
use crate::filter;
use crate::{
    Body, Claim, Claimed, Counts, Filter, Put, Reopening, Row, Settled, Settlement, StoreError,
    StoreErrorKind, Whole,
};

type Result<T> = std::result::Result<T, StoreError>;

pub(super) fn put(connection: &Connection, incoming: &Incoming, state: State, now: Moment) -> Result<Put> {
    let (kind, subject) = match &incoming.subject {
        Some((kind, id)) => (Some(kind.as_str()), Some(id)),
        None => (None, None),
    };
    let mut insert = connection.prepare_cached(
        "insert into eduzz_event (account, once, name, kind, subject, sent, received_at, hash, reading, is_sample,
                                  key_label, state, due, ended_at)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?7, ?13)
         on conflict (account, once) do update
         set copies = copies + 1, differing = differing + (hash <> excluded.hash)
         returning seq, copies = 0, hash <> ?8",
    )?;
    let put = insert.query_row(
        params![
            incoming.account,
            incoming.once,
            incoming.name,
            kind,
            subject,
            incoming.sent,
            now.millis(),
            incoming.hash,
            incoming.reading.as_str(),
            incoming.is_sample,
            incoming.key,
            state.as_str(),
            (!state.is_open()).then_some(now.millis()),
        ],
        |row| {
            Ok(Put {
                seq: row.get(0)?,
                is_new: row.get(1)?,
                differs: row.get(2)?,
            })
        },
    )?;
    if put.is_new {
        connection
            .prepare_cached("insert into eduzz_body (seq, signature, body) values (?1, ?2, ?3)")?
            .execute(params![put.seq, incoming.signature, incoming.body])?;
    }
    Ok(put)
}

/// An event that is due.
struct Due {
    seq: i64,
    once: String,
    attempts: u32,
    /// Whether its worker was lost, and the one before too.
    was_lost: bool,
}

pub(super) fn claim(connection: &Connection, order: Order, limit: u32, now: Moment) -> Result<Vec<Claimed>> {
    let mut claimed = Vec::new();
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    while claimed.len() < wanted {
        let due = due(connection, limit, now)?;
        if due.is_empty() {
            break;
        }
        for event in due {
            if claimed.len() == wanted {
                break;
            }
            if order == Order::BySubject
                && let Some(until) = held_until(connection, event.seq, now)?
            {
                connection
                    .prepare_cached("update eduzz_event set state = 'parked', due = ?2 where seq = ?1")?
                    .execute(params![event.seq, until.millis()])?;
            } else if let Some(change) = lost(&event.once, event.attempts, event.was_lost) {
                apply(connection, event.seq, &change, now)?;
                // One that waited for it can come before the next one now.
                break;
            } else {
                let number = connection
                    .prepare_cached(
                        "update eduzz_event
                         set state = 'claimed', claim = claim + 1, attempts = attempts + 1, due = ?2,
                             error = case when state = 'claimed' then ?3 else error end
                         where seq = ?1 returning claim",
                    )?
                    .query_row(
                        params![event.seq, now.after(LEASE).millis(), Code::WORKER_LOST.as_str()],
                        |row| row.get(0),
                    )?;
                let claim = Claim {
                    seq: event.seq,
                    number,
                };
                if let Some(event) = get(connection, event.seq)? {
                    claimed.push(Claimed { claim, event });
                }
            }
        }
    }
    Ok(claimed)
}

fn due(connection: &Connection, limit: u32, now: Moment) -> Result<Vec<Due>> {
    let mut select = connection.prepare_cached(
        "select seq, once, attempts, state = 'claimed' and error is ?3 from eduzz_event indexed by eduzz_event_open
         where state in ('ready', 'claimed', 'parked') and due <= ?1 order by due, seq limit ?2",
    )?;
    let rows = select.query_map(params![now.millis(), limit, Code::WORKER_LOST.as_str()], |row| {
        Ok(Due {
            seq: row.get(0)?,
            once: row.get(1)?,
            attempts: row.get(2)?,
            was_lost: row.get(3)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub(super) fn mend_clock(connection: &Connection, now: Moment) -> Result<()> {
    let latest = |state, attempts| latest_due(now, state, attempts).millis();
    connection
        .prepare_cached(
            "update eduzz_event indexed by eduzz_event_open
             set due = case when state = 'claimed' then min(due, ?2)
                            when state = 'ready' and attempts = 0 then ?1
                            else min(due, ?3) end
             where state in ('ready', 'claimed', 'parked') and due > ?1
               and (state = 'claimed' and due > ?2 or state = 'ready' and attempts = 0 or due > ?3)",
        )?
        .execute(params![
            latest(State::Ready, 0),
            latest(State::Claimed, 1),
            latest(State::Ready, 1),
        ])?;
    Ok(())
}

/// Until when an earlier open event of its subject holds this one.
fn held_until(connection: &Connection, seq: i64, now: Moment) -> Result<Option<Moment>> {
    let mut select = connection.prepare_cached(
        "select ahead.holds_until from eduzz_event as event
         join eduzz_event as ahead
           on ahead.account = event.account and ahead.kind = event.kind and ahead.subject = event.subject
          and ahead.state in ('ready', 'claimed', 'parked') and ahead.seq < event.seq
         where event.seq = ?1 and (ahead.holds_until is null or ahead.holds_until > ?2)
         order by ahead.seq limit 1",
    )?;
    let earlier: Option<Option<i64>> = select
        .query_row(params![seq, now.millis()], |row| row.get(0))
        .optional()?;
    if let Some(holds_until) = earlier {
        let holds_until = holds_until.map(Moment::from_millis);
        return Ok(parked_until(now, Ahead::Earlier { holds_until }));
    }
    let mut select = connection.prepare_cached(
        "select 1 from eduzz_event as event
         join eduzz_event as running indexed by eduzz_event_claimed
           on running.account = event.account and running.kind = event.kind
          and running.subject = event.subject and running.state = 'claimed'
         where event.seq = ?1 and running.seq <> ?1 and running.due > ?2",
    )?;
    if select.exists(params![seq, now.millis()])? {
        return Ok(parked_until(now, Ahead::Running));
    }
    Ok(None)
}

/// After an attempt: makes the next parked event of its subject ready.
fn unpark(connection: &Connection, seq: i64, now: Moment) -> Result<()> {
    connection
        .prepare_cached(
            "update eduzz_event set state = 'ready', due = ?2 where seq = (
                select next.seq from eduzz_event as event
                join eduzz_event as next
                  on next.account = event.account and next.kind = event.kind and next.subject = event.subject
                 and next.state in ('ready', 'claimed', 'parked') and next.state = 'parked'
                where event.seq = ?1 order by next.seq limit 1)",
        )?
        .execute(params![seq, now.millis()])?;
    Ok(())
}

pub(super) fn renew(connection: &Connection, claims: Vec<Claim>, now: Moment) -> Result<Vec<Claim>> {
    let mut update = connection.prepare_cached(
        "update eduzz_event set due = ?4 where seq = ?1 and claim = ?2 and state = 'claimed' and due > ?3",
    )?;
    let mut renewed = Vec::new();
    for claim in claims {
        let lease = now.after(LEASE).millis();
        if update.execute(params![claim.seq, claim.number, now.millis(), lease])? == 1 {
            renewed.push(claim);
        }
    }
    Ok(renewed)
}

/// Runs within a savepoint, so the writes of a handler that fails are taken back by the caller.
pub(super) fn settle(
    connection: &Connection,
    settlement: Settlement<SqliteWrites>,
    now: Moment,
) -> Result<Settled> {
    let claim = settlement.claim;
    let mut held = connection.prepare_cached(
        "select 1 from eduzz_event where seq = ?1 and claim = ?2 and state = 'claimed' and due > ?3",
    )?;
    if !held.exists(params![claim.seq, claim.number, now.millis()])? {
        return Ok(Settled::Lost);
    }
    if let Some(handler) = settlement.handler {
        let marked = connection
            .prepare_cached("insert or ignore into eduzz_handled (handler, seq, at) values (?1, ?2, ?3)")?
            .execute(params![handler, claim.seq, now.millis()])?;
        if marked == 1
            && let Some(writes) = settlement.writes
            && let Err(error) = write(connection, writes)?
        {
            connection
                .prepare_cached("delete from eduzz_handled where handler = ?1 and seq = ?2")?
                .execute(params![handler, claim.seq])?;
            return Ok(Settled::Failed(error));
        }
    }
    if let Some(change) = settlement.change {
        apply(connection, claim.seq, &change, now)?;
    }
    Ok(Settled::Committed)
}

type Written = std::result::Result<(), Box<dyn std::error::Error + Send + Sync>>;

/// A handler's writes, in a savepoint of their own.
fn write(connection: &Connection, writes: SqliteWrites) -> Result<Written> {
    connection.execute_batch(&format!("savepoint {SAVEPOINT}"))?;
    // After a panic the writes are taken back.
    let caught = guarded(|| catch_unwind(AssertUnwindSafe(|| writes(connection))));
    let written = caught.unwrap_or_else(|_| Err("the writes panicked".into()));
    if connection.is_autocommit() {
        return Err(ended(written));
    }
    if written.is_err() {
        connection.execute_batch(&format!("rollback to {SAVEPOINT}"))?;
    }
    connection.execute_batch(&format!("release {SAVEPOINT}"))?;
    Ok(written)
}

/// Why the transaction ended: a full disk does that, and `insert or rollback`.
fn ended(written: Written) -> StoreError {
    let error = written
        .err()
        .and_then(|error| error.downcast::<rusqlite::Error>().ok());
    let error = error.map(|error| StoreError::from(*error));
    match error {
        Some(error) if error.kind() != StoreErrorKind::Other => error,
        _ => StoreError::with(StoreErrorKind::Other, "a handler's writes ended the transaction"),
    }
}

fn apply(connection: &Connection, seq: i64, change: &Change, now: Moment) -> Result<()> {
    let holds_until = change.holds.then(|| now.after(HOLD).millis());
    connection
        .prepare_cached(
            "update eduzz_event
             set state = ?2, attempts = ?3, due = ?4, holds_until = coalesce(holds_until, ?5),
                 error = coalesce(?6, error), ended_at = ?7
             where seq = ?1",
        )?
        .execute(params![
            seq,
            change.state.as_str(),
            change.attempts,
            now.after(change.wait).millis(),
            holds_until,
            change.error.as_ref().map(Code::as_str),
            (!change.state.is_open()).then_some(now.millis()),
        ])?;
    unpark(connection, seq, now)
}

const ROW: &str =
    "select seq, account, once, name, kind, subject, sent, received_at, reading, is_sample, key_label,
    state, attempts, due, holds_until, error, ended_at, copies, differing from eduzz_event";

fn row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Row> {
    let moment = |at: usize| Ok::<_, rusqlite::Error>(Moment::from_millis(row.get(at)?));
    let moment_if =
        |at: usize| Ok::<_, rusqlite::Error>(row.get::<_, Option<i64>>(at)?.map(Moment::from_millis));
    let state: String = row.get(11)?;
    Ok(Row {
        seq: row.get(0)?,
        account: row.get(1)?,
        once: row.get(2)?,
        name: row.get(3)?,
        subject: row.get::<_, Option<String>>(4)?.zip(row.get(5)?),
        sent: row.get(6)?,
        received_at: moment(7)?,
        reading: row.get(8)?,
        is_sample: row.get(9)?,
        key: row.get(10)?,
        state: state
            .parse()
            .map_err(|_| rusqlite::Error::InvalidColumnName(String::from("state")))?,
        attempts: row.get(12)?,
        due: moment(13)?,
        holds_until: moment_if(14)?,
        error: row.get(15)?,
        ended_at: moment_if(16)?,
        copies: row.get(17)?,
        differing: row.get(18)?,
    })
}

pub(super) fn list(connection: &Connection, filter: &Filter) -> Result<Vec<Row>> {
    let limit = filter.limit.map_or(-1, i64::from);
    let condition = filter::condition(filter, "?");
    let mut select = connection.prepare_cached(&format!(
        "{ROW} where {condition} order by seq desc limit {limit}"
    ))?;
    let rows = select.query_map(params![filter.name, filter.subject], row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub(super) fn get(connection: &Connection, seq: i64) -> Result<Option<Whole>> {
    let mut select = connection.prepare_cached(&format!("{ROW} where seq = ?1"))?;
    let Some(row) = select.query_row([seq], row).optional()? else {
        return Ok(None);
    };
    let body = connection
        .prepare_cached("select signature, body from eduzz_body where seq = ?1")?
        .query_row([seq], |row| {
            Ok(Body {
                signature: row.get(0)?,
                bytes: row.get(1)?,
            })
        })
        .optional()?;
    let mut select =
        connection.prepare_cached("select handler from eduzz_handled where seq = ?1 order by handler")?;
    let handled = select.query_map([seq], |row| row.get(0))?;
    let handled = handled.collect::<rusqlite::Result<_>>()?;
    Ok(Some(Whole { row, body, handled }))
}

pub(super) fn reopen(
    connection: &Connection,
    filter: &Filter,
    reopening: Reopening,
    now: Moment,
) -> Result<u64> {
    let condition = filter::reopened(filter, reopening, "?");
    if reopening == Reopening::Replay {
        let marks =
            format!("delete from eduzz_handled where seq in (select seq from eduzz_event where {condition})");
        connection.execute(&marks, params![filter.name, filter.subject])?;
    }
    let update = format!(
        "update eduzz_event
         set state = 'ready', attempts = 0, due = ?3, holds_until = null, error = null, ended_at = null
         where {condition}"
    );
    let changed = connection.execute(&update, params![filter.name, filter.subject, now.millis()])?;
    Ok(u64::try_from(changed).unwrap_or(u64::MAX))
}

/// Deletes some bodies of events after this one: deliveries do not wait for all of them. Returns
/// how many, and the last.
pub(super) fn prune(connection: &Connection, before: Moment, after: i64) -> Result<(u64, i64)> {
    // By the bodies, because the rows of bodies that were deleted earlier stay. The newest bodies,
    // which are most of them, are not looked at.
    let mut delete = connection.prepare_cached(
        "with newest (seq) as (
             select max(coalesce((select seq from eduzz_event where state = 'done' and received_at < ?1
                                  order by received_at desc, seq desc limit 1), 0),
                        coalesce((select seq from eduzz_event where state = 'ignored' and received_at < ?1
                                  order by received_at desc, seq desc limit 1), 0)))
         delete from eduzz_body where seq in (
             select body.seq from eduzz_body as body cross join eduzz_event as event on event.seq = body.seq
             where body.seq > ?2 and body.seq <= (select seq from newest)
               and event.state in ('done', 'ignored') and event.received_at < ?1
             order by body.seq limit 1000)
         returning seq",
    )?;
    let (mut pruned, mut last) = (0, after);
    let mut rows = delete.query([before.millis(), after])?;
    while let Some(row) = rows.next()? {
        pruned += 1;
        last = last.max(row.get(0)?);
    }
    Ok((pruned, last))
}

pub(super) fn counts(connection: &Connection, now: Moment) -> Result<Counts> {
    let mut counts = Counts::default();
    let mut select = connection.prepare_cached("select state, count(*) from eduzz_event group by state")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let state: State = row.get::<_, String>(0)?.parse().unwrap_or(State::Ready);
        *counts.of(state) += row.get::<_, u64>(1)?;
    }
    let copies =
        "select coalesce(sum(copies), 0), coalesce(sum(differing), 0) from eduzz_event where copies > 0";
    (counts.copies, counts.differing) = connection
        .prepare_cached(copies)?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let oldest: Option<i64> = connection
        .prepare_cached(
            "select min(received_at) from eduzz_event where state in ('ready', 'claimed', 'parked')",
        )?
        .query_row([], |row| row.get(0))?;
    counts.oldest_open = oldest.map(|oldest| now.since(Moment::from_millis(oldest)));
    Ok(counts)
}
