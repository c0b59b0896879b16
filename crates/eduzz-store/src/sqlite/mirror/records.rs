//! The statements about records. Each function runs within a transaction.

use std::fmt::Write as _;

use eduzz_sync::Moment;
use eduzz_sync::mirror::{Digest, Form, Kind, Notice, REFETCH_LEASE, Value};
use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension as _, Row as Columns, params, params_from_iter};

use crate::mirror::rows::{self, Moves, Overlay, Stored, Write};
use crate::mirror::{Batch, Cause, Change, Holding, List, Merged};
use crate::{StoreError, StoreErrorKind};

use super::{Result, passes};

/// Takes rows of the API, and the cursor behind them.
pub(super) fn merge(connection: &Connection, batch: Batch, now: Moment) -> Result<Merged> {
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
        let write = rows::of_answer(record, stored.as_ref(), (asked, answered), window)?;
        writes.push((stored, write));
    }
    drop(statement);
    passes::keep_unreadable(connection, &list, window, &unreadable, now)?;
    store(connection, &list, cause, writes, now)
}

/// Takes what events told.
pub(super) fn tell(connection: &Connection, account: &str, notices: &[Notice], now: Moment) -> Result<u64> {
    let mut changed = 0;
    for notice in notices {
        let stored = {
            let mut statement = connection.prepare_cached(&select(notice.kind, true))?;
            stored(&mut statement, account, &notice.key)?
        };
        let write = rows::of_notice(notice, stored.as_ref())?;
        let list = List::new(account, notice.kind);
        let merged = store(connection, &list, Cause::Event, vec![(stored, write)], now)?;
        changed += merged.new + merged.changed;
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
    if let Some(write) = rows::of_absence(*kind, key, stored.as_ref(), times)? {
        store(connection, list, Cause::Refetch, vec![(stored, write)], now)?;
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
        let table = kind.table();
        let mut select = connection.prepare_cached(&format!(
            "select m_refetch, key from {table} where account = ?1 and m_refetch <= ?2
             order by m_refetch limit ?3"
        ))?;
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
        let table = kind.table();
        connection
            .prepare_cached(&format!(
                "update {table} set m_refetch = ?3 where account = ?1 and key = ?2"
            ))?
            .execute(params![account, key, now.after(REFETCH_LEASE).millis()])?;
    }
    Ok(due.into_iter().map(|(_, kind, key)| (kind, key)).collect())
}

pub(super) fn changes(connection: &Connection, account: &str, after: i64, limit: u32) -> Result<Vec<Change>> {
    let mut select = connection.prepare_cached(
        "select number, kind, key, cause, at, old_digest, new_digest from eduzz_change
         where account = ?1 and number > ?2 order by number limit ?3",
    )?;
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

pub(super) fn holdings(connection: &Connection, account: &str) -> Result<Vec<Holding>> {
    let mut holdings = Vec::new();
    for kind in Kind::ALL {
        let table = kind.table();
        let mut counts = connection.prepare_cached(&format!(
            "select count(*) filter (where m_gone is null),
                    count(*) filter (where m_state in ('unsettled', 'doubtful')),
                    count(*) filter (where m_state = 'disagrees'),
                    count(m_gone),
                    (select count(*) from eduzz_unreadable where account = ?1 and kind = ?2),
                    (select count(*) from eduzz_window where account = ?1 and kind = ?2 and doubt is null),
                    (select count(*) from eduzz_window where account = ?1 and kind = ?2 and doubt is not null),
                    (select count(*) from eduzz_change where account = ?1 and kind = ?2 and cause = 'check')
             from {table} where account = ?1"
        ))?;
        holdings.push(counts.query_row(params![account, kind.as_str()], |row| {
            Ok(Holding {
                kind: *kind,
                rows: row.get(0)?,
                unsettled: row.get(1)?,
                disagreeing: row.get(2)?,
                gone: row.get(3)?,
                unreadable: row.get(4)?,
                proven: row.get(5)?,
                doubtful: row.get(6)?,
                drifted: row.get(7)?,
            })
        })?);
    }
    Ok(holdings)
}

/// Writes rows, and numbers their changes.
fn store(
    connection: &Connection,
    list: &List,
    cause: Cause,
    writes: Vec<(Option<Stored>, Write)>,
    now: Moment,
) -> Result<Merged> {
    let (account, kind) = (&list.account, list.kind);
    let mut moves = Moves::new();
    let changed = writes.iter().filter(|(_, write)| write.change.is_some()).count();
    let last = i64::try_from(changed).unwrap_or(i64::MAX);
    let last: i64 = connection
        .prepare_cached(
            "insert into eduzz_feed (account, last_number) values (?1, ?2)
             on conflict (account) do update set last_number = last_number + ?2 returning last_number",
        )?
        .query_row(params![account, last], |row| row.get(0))?;
    let mut number = last - i64::try_from(changed).unwrap_or_default();
    let mut change = connection.prepare_cached(
        "insert into eduzz_change (account, number, kind, key, cause, at, old_digest, new_digest)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    let mut whole = connection.prepare_cached(&upsert(kind))?;
    let mut part = connection.prepare_cached(&update(kind))?;
    let mut merged = Merged::default();
    for (stored, write) in writes {
        if let Some((old, new)) = write.change {
            number += 1;
            change.execute(params![
                account,
                number,
                kind.as_str(),
                write.key,
                cause.as_str(),
                now.millis(),
                old.as_ref().map(Digest::as_bytes),
                new.as_ref().map(Digest::as_bytes),
            ])?;
            *(if old.is_none() {
                &mut merged.new
            } else {
                &mut merged.changed
            }) += 1;
        }
        rows::add_move(&mut moves, stored.as_ref(), &write);
        let own = Own::new(stored.as_ref(), &write, number, now);
        let mut values: Vec<&dyn ToSql> = vec![&account, &write.key];
        own.push(&mut values);
        match &write.shown {
            Some(shown) => {
                let digest = shown.digest;
                let columns: Vec<Cell<'_>> = shown.values.iter().map(Cell).collect();
                values.push(digest.as_bytes());
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

/// The mirror's own columns that every write sets, after the account and the key.
const OWN: &[&str] = &[
    "raw",
    "overlay",
    "m_state",
    "m_asked",
    "m_answered",
    "m_stated",
    "m_news",
    "m_news_sent",
    "m_news_stated",
    "m_news_status",
    "m_refetch",
    "m_window",
    "m_gone",
    "m_change",
    "m_seen",
];

/// The values of these columns. A missing one stays as it is where [`COALESCED`] says so.
struct Own<'a> {
    raw: Option<&'a str>,
    overlay: Option<&'a str>,
    state: &'static str,
    asked: Option<i64>,
    answered: Option<i64>,
    stated: Option<i64>,
    news: Option<i64>,
    news_sent: Option<i64>,
    news_stated: Option<i64>,
    news_status: Option<&'a str>,
    refetch: Option<i64>,
    window: Option<i32>,
    gone: Option<i64>,
    change: Option<i64>,
    seen: i64,
}

/// Columns that keep their value if there is no new one.
const COALESCED: &[&str] = &["raw", "m_window", "m_change"];

impl<'a> Own<'a> {
    fn new(stored: Option<&'a Stored>, write: &'a Write, number: i64, now: Moment) -> Self {
        let held = &write.held;
        let answer = held.answer.as_ref();
        let news = held.news.as_ref();
        let millis = |moment: Option<Moment>| moment.map(Moment::millis);
        Self {
            raw: write.raw.as_deref(),
            overlay: match &write.overlay {
                Overlay::Keep => stored.and_then(|stored| stored.overlay.as_deref()),
                Overlay::Drop => None,
                Overlay::Set(overlay) => Some(overlay),
            },
            state: rows::state(held),
            asked: millis(answer.map(|answer| answer.asked)),
            answered: millis(answer.map(|answer| answer.answered)),
            stated: millis(answer.and_then(|answer| answer.stated)),
            news: millis(news.map(|news| news.received)),
            news_sent: millis(news.and_then(|news| news.sent)),
            news_stated: millis(news.and_then(|news| news.stated)),
            news_status: news.and_then(|news| news.status.as_deref()),
            refetch: millis(held.refetch),
            window: write.window,
            gone: millis(held.gone),
            change: write.change.is_some().then_some(number),
            seen: now.millis(),
        }
    }

    fn push<'b>(&'b self, values: &mut Vec<&'b dyn ToSql>) {
        values.extend::<[&dyn ToSql; 15]>([
            &self.raw,
            &self.overlay,
            &self.state,
            &self.asked,
            &self.answered,
            &self.stated,
            &self.news,
            &self.news_sent,
            &self.news_stated,
            &self.news_status,
            &self.refetch,
            &self.window,
            &self.gone,
            &self.change,
            &self.seen,
        ]);
    }
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

/// The statement that writes a row whole: the account, the key, the mirror's own columns, the
/// digest, the columns of the kind.
fn upsert(kind: Kind) -> String {
    let columns = kind.columns();
    let names: Vec<&str> = ["account", "key"]
        .into_iter()
        .chain(OWN.iter().copied())
        .chain(["m_digest"])
        .chain(columns.iter().map(|column| column.name.as_ref()))
        .collect();
    let mut sql = format!("insert into {} ({}) values (", kind.table(), names.join(", "));
    for (at, name) in names.iter().enumerate() {
        let place = at + 1;
        let separator = if at == 0 { "" } else { ", " };
        match *name {
            // The number of the change that made the row.
            "m_change" => _ = write!(sql, "{separator}coalesce(?{place}, 0)"),
            _ => _ = write!(sql, "{separator}?{place}"),
        }
    }
    sql.push_str(") on conflict (account, key) do update set ");
    let own = OWN.iter().filter(|name| **name != "m_seen");
    let mut is_first = true;
    for name in own.copied().chain(names.iter().skip(OWN.len() + 2).copied()) {
        let separator = if is_first { "" } else { ", " };
        is_first = false;
        match name {
            "m_change" => sql.push_str(
                ", m_change = case when excluded.m_change = 0 then m_change else excluded.m_change end",
            ),
            name if COALESCED.contains(&name) => {
                _ = write!(sql, "{separator}{name} = coalesce(excluded.{name}, {name})");
            }
            name => _ = write!(sql, "{separator}{name} = excluded.{name}"),
        }
    }
    sql
}

/// The statement that writes the mirror's own columns of a row.
fn update(kind: Kind) -> String {
    let mut sql = format!("update {} set ", kind.table());
    for (at, name) in OWN.iter().enumerate() {
        let place = at + 3;
        let separator = if at == 0 { "" } else { ", " };
        if *name == "m_seen" {
            // Every place has to be used.
            _ = write!(sql, "{separator}m_seen = min(m_seen, ?{place})");
        } else if COALESCED.contains(name) {
            _ = write!(sql, "{separator}{name} = coalesce(?{place}, {name})");
        } else {
            _ = write!(sql, "{separator}{name} = ?{place}");
        }
    }
    sql.push_str(" where account = ?1 and key = ?2");
    sql
}

/// The statement that reads what is stored of a row; its JSON where an event lies over it, or is
/// going to.
fn select(kind: Kind, for_event: bool) -> String {
    let status = if kind.has_status() { "status" } else { "null" };
    format!(
        "select {status}, {raw}, overlay, m_state, m_digest, m_asked, m_answered, m_stated, m_news,
                m_news_sent, m_news_stated, m_news_status, m_refetch, m_window, m_gone
         from {table} where account = ?1 and key = ?2",
        raw = if for_event {
            "raw"
        } else {
            "case when overlay is not null then raw end"
        },
        table = kind.table(),
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

/// A kind or a cause that this version does not know.
pub(super) fn newer_name() -> StoreError {
    StoreError::new(StoreErrorKind::NewerSchema)
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
