//! The statements about records. Each function runs within a transaction.

use std::collections::BTreeMap;

use eduzz_sync::Moment;
use eduzz_sync::mirror::{self, Crowd, Digest, Due, Form, Kind, Notice, REFETCH_LEASE, Value, shared_days};
use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension as _, Row as Columns, params, params_from_iter};

use crate::mirror::rows::{self, Stored, Write, newer_name};
use crate::mirror::sql::{self, Own};
use crate::mirror::{Batch, Cause, Change, Holding, List, Merged};

use super::{Result, forget, passes};

/// Takes rows of the API, and the cursor behind them.
pub(super) fn merge(connection: &Connection, mut batch: Batch, now: Moment) -> Result<Merged> {
    let forgotten = forget::in_batch(connection, &mut batch)?;
    let Batch {
        list,
        asked,
        answered,
        cause,
        records,
        unreadable,
        page,
    } = batch;
    let window = page.as_ref().map(|(reading, _)| reading.span.first);
    if let Some((reading, cursor)) = &page
        && !passes::store_cursor(connection, reading, cursor, now)?
    {
        return Ok(Merged {
            is_lost: true,
            ..Merged::default()
        });
    }
    let records = rows::distinct(records);
    let mut writes = Vec::with_capacity(records.len());
    let mut statement = connection.prepare_cached(&select(list.kind, false))?;
    for record in records {
        let stored = stored(&mut statement, &list.account, &record.key)?;
        let write = rows::of_answer(record, stored.as_ref(), (asked, answered), window, cause);
        writes.push((stored, write));
    }
    drop(statement);
    passes::keep_unreadable(connection, &list, window, &unreadable, now)?;
    let merged = store(connection, &list, cause, &writes, now)?;
    if let Some(forgotten) = forgotten {
        forgotten.follow(connection, &list.account, now)?;
    }
    Ok(merged)
}

/// Takes what events told.
pub(super) fn tell(
    connection: &Connection,
    account: &str,
    mut notices: Vec<Notice>,
    now: Moment,
) -> Result<u64> {
    let forgotten = forget::in_notices(connection, account, &mut notices)?;
    let mut changed = 0;
    for (kind, round) in rows::rounds(&notices) {
        let mut writes = Vec::with_capacity(round.len());
        let mut statement = connection.prepare_cached(&select(kind, true))?;
        for notice in round {
            let stored = stored(&mut statement, account, &notice.key)?;
            let write = rows::of_notice(notice, stored.as_ref());
            writes.push((stored, write));
        }
        let merged = store(connection, &List::new(account, kind), Cause::Event, &writes, now)?;
        changed += merged.new + merged.changed;
    }
    if let Some(forgotten) = forgotten {
        forgotten.follow(connection, account, now)?;
    }
    Ok(changed)
}

/// Takes the answer that there is no such record.
pub(super) fn not_found(
    connection: &Connection,
    list: &List,
    key: &str,
    times: (Moment, Moment),
    now: Moment,
) -> Result<()> {
    let List { account, kind, .. } = list;
    let stored = {
        let mut statement = connection.prepare_cached(&select(*kind, false))?;
        stored(&mut statement, account, key)?
    };
    if let Some(write) = rows::of_absence(*kind, key, stored.as_ref(), times) {
        store(connection, list, Cause::Refetch, &[(stored, write)], now)?;
    }
    Ok(())
}

/// Takes the records that are due.
pub(super) fn refetches(
    connection: &Connection,
    account: &str,
    limit: u32,
    now: Moment,
) -> Result<Vec<(Kind, String)>> {
    let mut due = Vec::new();
    for kind in Kind::ALL.iter().filter(|kind| kind.has_call()) {
        let mut select = connection.prepare_cached(&sql::due(*kind))?;
        let rows = select.query_map(params![account, now.millis(), limit], |row| {
            Ok((row.get::<_, i64>(0)?, *kind, row.get::<_, String>(1)?))
        })?;
        for row in rows {
            due.push(row?);
        }
    }
    due.sort_unstable();
    due.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    for (_, kind, key) in &due {
        lease(connection, account, *kind, key, now)?;
    }
    Ok(due.into_iter().map(|(_, kind, key)| (kind, key)).collect())
}

fn lease(connection: &Connection, account: &str, kind: Kind, key: &str, now: Moment) -> Result<()> {
    let table = kind.table();
    connection
        .prepare_cached(&format!(
            "update {table} set m_refetch = ?3 where account = ?1 and key = ?2"
        ))?
        .execute(params![account, key, now.after(REFETCH_LEASE).millis()])?;
    Ok(())
}

/// Takes the records that are due and that walks over days read.
pub(super) fn crowds(
    connection: &Connection,
    account: &str,
    kind: Kind,
    limit: u32,
    now: Moment,
) -> Result<Vec<Crowd>> {
    let day = "cast(julianday(created_on) - 2440587.5 as integer)";
    let mut select = connection.prepare_cached(&sql::due_of_days(kind, day))?;
    let due = select.query_map(params![account, now.millis(), limit], |row| {
        let news: Option<i64> = row.get(2)?;
        Ok(Due::new(row.get(0)?, row.get(1)?, news.map(Moment::from_millis)))
    })?;
    let due: Vec<Due> = due.collect::<rusqlite::Result<_>>()?;
    let mut rows = BTreeMap::new();
    for (by, day) in shared_days(&due) {
        let date = "date(?2 * 86400, 'unixepoch')";
        let count: u64 = connection
            .prepare_cached(&sql::rows_of_day(kind, by, date))?
            .query_row(params![account, day], |row| row.get(0))?;
        rows.insert((by, day), count);
    }
    let crowds = mirror::crowds(due, &rows);
    for key in crowds.iter().flat_map(|crowd| &crowd.keys) {
        lease(connection, account, kind, key, now)?;
    }
    Ok(crowds)
}

pub(super) fn changes(connection: &Connection, account: &str, after: i64, limit: u32) -> Result<Vec<Change>> {
    let mut select = connection.prepare_cached(sql::CHANGES)?;
    let rows = select.query_map(params![account, after, limit], |row| {
        Ok((
            row.get::<_, i64>(0)?,
            row.get::<_, String>(1)?,
            row.get::<_, String>(2)?,
            row.get::<_, String>(3)?,
            row.get::<_, i64>(4)?,
            row.get::<_, Option<[u8; 32]>>(5)?,
            row.get::<_, Option<[u8; 32]>>(6)?,
        ))
    })?;
    let mut changes = Vec::new();
    for row in rows {
        let (number, kind, key, cause, at, old, new) = row?;
        changes.push(Change {
            number,
            kind: Kind::from_text(&kind).ok_or_else(newer_name)?,
            key,
            cause: Cause::from_text(&cause).ok_or_else(newer_name)?,
            at: Moment::from_millis(at),
            old: old.map(Digest::from_bytes),
            new: new.map(Digest::from_bytes),
        });
    }
    Ok(changes)
}

pub(super) fn holdings(connection: &Connection, account: &str, late: Moment) -> Result<Vec<Holding>> {
    let mut holdings = Vec::new();
    for kind in Kind::ALL {
        let mut counts = connection.prepare_cached(&sql::holdings(*kind))?;
        holdings.push(
            counts.query_row(params![account, kind.as_str(), late.millis()], |row| {
                Ok(Holding {
                    kind: *kind,
                    rows: row.get(0)?,
                    unsettled: row.get(1)?,
                    disagreeing: row.get(2)?,
                    gone: row.get(3)?,
                    unreadable: row.get(4)?,
                    proven: row.get(5)?,
                    open: row.get(6)?,
                    doubtful: row.get(7)?,
                    drifted: row.get(8)?,
                    refused: row.get(9)?,
                    late: row.get(10)?,
                })
            })?,
        );
    }
    Ok(holdings)
}

/// What is stored of a row, the JSON of the API included, with the record whose list it is in.
pub(super) fn whole(
    connection: &Connection,
    account: &str,
    kind: Kind,
    key: &str,
) -> Result<Option<(String, Stored)>> {
    let mut select = connection.prepare_cached(&select(kind, true))?;
    let Some(stored) = stored(&mut select, account, key)? else {
        return Ok(None);
    };
    let Some(column) = kind.parent() else {
        return Ok(Some((String::new(), stored)));
    };
    let parent: Option<String> = connection
        .prepare_cached(&format!(
            "select {column} from {} where account = ?1 and key = ?2",
            kind.table()
        ))?
        .query_row(params![account, key], |row| row.get(0))?;
    Ok(Some((parent.unwrap_or_default(), stored)))
}

/// Writes rows, and numbers their changes.
pub(super) fn store(
    connection: &Connection,
    list: &List,
    cause: Cause,
    writes: &[(Option<Stored>, Write)],
    now: Moment,
) -> Result<Merged> {
    let (account, kind) = (&list.account, list.kind);
    let changed = writes
        .iter()
        .filter(|(_, write)| write.change().is_some())
        .count();
    let changed = i64::try_from(changed).unwrap_or(i64::MAX);
    let last: i64 = connection
        .prepare_cached(
            "insert into eduzz_feed (account, last_number) values (?1, ?2)
             on conflict (account) do update set last_number = last_number + ?2 returning last_number",
        )?
        .query_row(params![account, changed], |row| row.get(0))?;
    let (numbers, merged, moves) = rows::number(writes, &mut last.saturating_sub(changed));
    let mut change = connection.prepare_cached(
        "insert into eduzz_change (account, number, kind, key, cause, at, old_digest, new_digest)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    let mut whole = connection.prepare_cached(&upsert(kind))?;
    let mut part = connection.prepare_cached(&update(kind))?;
    for ((stored, write), number) in writes.iter().zip(numbers) {
        if let Some((old, new)) = write.change() {
            change.execute(params![
                account,
                number,
                kind.as_str(),
                write.key,
                cause.as_str(),
                now.millis(),
                old.map(Digest::as_bytes),
                new.map(Digest::as_bytes),
            ])?;
        }
        let own = Own::new(stored.as_ref(), write, number);
        let mut values: Vec<&dyn ToSql> = vec![account, &write.key];
        values.extend(own_values(&own));
        match &write.shown {
            Some(shown) => {
                let (seen, digest) = (now.millis(), shown.digest);
                let columns: Vec<Cell<'_>> = shown.values.iter().map(Cell).collect();
                values.extend::<[&dyn ToSql; 2]>([&seen, digest.as_bytes()]);
                values.extend(columns.iter().map(|cell| cell as &dyn ToSql));
                whole.execute(params_from_iter(values))?;
            }
            None => {
                part.execute(params_from_iter(values))?;
            }
        }
    }
    passes::move_sums(connection, list, &moves)?;
    Ok(merged)
}

/// In the order of [`sql::OWN`].
fn own_values<'a>(own: &'a Own<'_>) -> [&'a dyn ToSql; 14] {
    [
        &own.raw,
        &own.overlay,
        &own.state,
        &own.asked,
        &own.answered,
        &own.stated,
        &own.news,
        &own.news_sent,
        &own.news_stated,
        &own.news_status,
        &own.refetch,
        &own.window,
        &own.gone,
        &own.change,
    ]
}

/// A value as SQLite stores it.
struct Cell<'a>(&'a Value);

impl ToSql for Cell<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self.0 {
            Value::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Value::Int(value) => ToSqlOutput::Owned((*value).into()),
            Value::Flag(value) => ToSqlOutput::Owned((*value).into()),
            value @ (Value::Decimal(_) | Value::Moment(_) | Value::Day(_)) => {
                ToSqlOutput::Owned(value.to_text().unwrap_or_default().into())
            }
            _ => ToSqlOutput::Owned(rusqlite::types::Value::Null),
        })
    }
}

/// The statement that writes a row whole: the account, the key, and [`sql::whole`].
fn upsert(kind: Kind) -> String {
    let names = sql::whole(kind);
    let places: Vec<String> = (1..=names.len() + 2).map(|place| format!("?{place}")).collect();
    format!(
        "insert into {} as t (account, key, {}) values ({}) on conflict (account, key) do update set {}",
        kind.table(),
        names.join(", "),
        places.join(", "),
        sql::assignments(names.iter().map(AsRef::as_ref), |_, name| format!(
            "excluded.{name}"
        )),
    )
}

/// The statement that writes the mirror's own columns of a row.
fn update(kind: Kind) -> String {
    let assignments = sql::assignments(sql::OWN, |at, _| format!("?{}", at + 3));
    format!(
        "update {} as t set {assignments} where account = ?1 and key = ?2",
        kind.table()
    )
}

/// The statement that reads what is stored of a row.
fn select(kind: Kind, for_event: bool) -> String {
    format!(
        "select {} from {} where account = ?1 and key = ?2",
        sql::stored(kind, for_event, ""),
        kind.table(),
    )
}

fn stored(statement: &mut rusqlite::Statement<'_>, account: &str, key: &str) -> Result<Option<Stored>> {
    let row = |row: &Columns<'_>| {
        Ok(Stored {
            status: row.get(0)?,
            raw: row.get(1)?,
            overlay: row.get(2)?,
            state: row.get(3)?,
            digest: Digest::from_bytes(row.get(4)?),
            asked: row.get(5)?,
            answered: row.get(6)?,
            stated: row.get(7)?,
            news: row.get(8)?,
            news_sent: row.get(9)?,
            news_stated: row.get(10)?,
            news_status: row.get(11)?,
            refetch: row.get(12)?,
            window: row.get(13)?,
            gone: row.get(14)?,
        })
    };
    Ok(statement.query_row(params![account, key], row).optional()?)
}

/// The values of the columns of a row, from their place on.
pub(super) fn values(kind: &[Form], row: &Columns<'_>, from: usize) -> Result<Option<Vec<Value>>> {
    let mut values = Vec::with_capacity(kind.len());
    for (at, form) in kind.iter().enumerate() {
        let value = match (row.get_ref(from + at)?, form) {
            (ValueRef::Null, _) => Some(Value::Missing),
            (ValueRef::Integer(value), Form::Int) => Some(Value::Int(value)),
            (ValueRef::Integer(value), Form::Flag) => Some(Value::Flag(value != 0)),
            (ValueRef::Text(text), form) => str::from_utf8(text)
                .ok()
                .and_then(|text| Value::from_text(*form, text)),
            _ => None,
        };
        match value {
            Some(value) => values.push(value),
            None => return Ok(None),
        }
    }
    Ok(Some(values))
}
