//! Windows, and the passes over them.

use eduzz_sync::Moment;
use eduzz_sync::mirror::{
    Digest, Doubt, Form, Kind, PASS_LEASE, Pass, Span, Tally, Value, next_check, next_try, prove,
};
use rusqlite::{Connection, OptionalExtension as _, params};
use sha2::{Digest as _, Sha256};

use super::Result;
use super::records::{newer_name, values};
use crate::mirror::rows::Moves;
use crate::mirror::{Ended, Examined, List, Reading, Unreadable, Window};

pub(super) fn lists(connection: &Connection, account: &str, kind: Kind) -> Result<Vec<List>> {
    let mut select = connection.prepare_cached(
        "select distinct parent from eduzz_window where account = ?1 and kind = ?2 order by parent",
    )?;
    let parents = select.query_map([account, kind.as_str()], |row| row.get::<_, String>(0))?;
    parents
        .map(|parent| Ok(List::new(account, kind).of(parent?)))
        .collect()
}

pub(super) fn windows(connection: &Connection, list: &List, now: Moment) -> Result<Vec<Window>> {
    let mut select = connection.prepare_cached(
        "select first_day, last_day, row_count, unreadable, read_at, doubt, sealed_at, check_at, held_until > ?4
         from eduzz_window where account = ?1 and kind = ?2 and parent = ?3 order by first_day desc",
    )?;
    let moment = |millis: Option<i64>| millis.map(Moment::from_millis);
    let rows = select.query_map(
        params![list.account, list.kind.as_str(), list.parent, now.millis()],
        |row| {
            let doubt: Option<String> = row.get(5)?;
            let window = Window {
                span: Span::new(row.get(0)?, row.get(1)?),
                rows: row.get(2)?,
                unreadable: row.get(3)?,
                read_at: moment(row.get(4)?),
                doubt: None,
                sealed_at: moment(row.get(6)?),
                check: moment(row.get(7)?),
                is_held: row.get::<_, Option<bool>>(8)?.unwrap_or_default(),
            };
            Ok((window, doubt))
        },
    )?;
    rows.map(|row| {
        let (window, doubt) = row?;
        let doubt = match doubt {
            None => None,
            Some(doubt) => Some(Doubt::from_text(&doubt).ok_or_else(newer_name)?),
        };
        Ok(Window { doubt, ..window })
    })
    .collect()
}

pub(super) fn begin(
    connection: &Connection,
    list: &List,
    span: Span,
    now: Moment,
) -> Result<Option<Reading>> {
    let overlaps: bool = connection
        .prepare_cached(
            "select exists (
                 select 1 from eduzz_window
                 where account = ?1 and kind = ?2 and parent = ?3 and first_day <= ?5 and last_day >= ?4
                   and not (first_day = ?4 and last_day = ?5)
             )",
        )?
        .query_row(
            params![
                list.account,
                list.kind.as_str(),
                list.parent,
                span.first,
                span.last
            ],
            |row| row.get(0),
        )?;
    if overlaps {
        return Ok(None);
    }
    let reading = connection
        .prepare_cached(
            "insert into eduzz_window (account, kind, parent, first_day, last_day, hold, held_until, began, doubt)
             values (?1, ?2, ?3, ?4, ?5, 1, ?7, ?6, ?8)
             on conflict (account, kind, parent, first_day) do update
             set hold = hold + 1, held_until = ?7, began = coalesce(began, ?6)
             where held_until is null or held_until <= ?6
             returning hold, began, cursor",
        )?
        .query_row(
            params![
                list.account,
                list.kind.as_str(),
                list.parent,
                span.first,
                span.last,
                now.millis(),
                now.after(PASS_LEASE).millis(),
                Doubt::NotRead.as_str(),
            ],
            |row| {
                Ok(Reading {
                    list: list.clone(),
                    span,
                    number: row.get(0)?,
                    began: Moment::from_millis(row.get(1)?),
                    cursor: row.get(2)?,
                })
            },
        )
        .optional()?;
    Ok(reading)
}

pub(super) fn cut(
    connection: &Connection,
    mut reading: Reading,
    span: Span,
    now: Moment,
) -> Result<Option<Reading>> {
    let list = &reading.list;
    let changed = connection
        .prepare_cached(
            "update eduzz_window set first_day = ?6, last_day = ?7, began = ?5, held_until = ?9
             where account = ?1 and kind = ?2 and parent = ?3 and first_day = ?4 and hold = ?8
               and held_until > ?5 and cursor is null",
        )?
        .execute(params![
            list.account,
            list.kind.as_str(),
            list.parent,
            reading.span.first,
            now.millis(),
            span.first,
            span.last,
            reading.number,
            now.after(PASS_LEASE).millis(),
        ])?;
    reading.span = span;
    reading.began = now;
    Ok((changed == 1).then_some(reading))
}

/// Stores the cursor behind rows; `false` if the reader has lost the window.
pub(super) fn store_cursor(
    connection: &Connection,
    reading: &Reading,
    cursor: &str,
    now: Moment,
) -> Result<bool> {
    let list = &reading.list;
    let changed = connection
        .prepare_cached(
            "update eduzz_window set cursor = ?6, held_until = ?7
             where account = ?1 and kind = ?2 and parent = ?3 and first_day = ?4 and hold = ?5
               and held_until > ?8",
        )?
        .execute(params![
            list.account,
            list.kind.as_str(),
            list.parent,
            reading.span.first,
            reading.number,
            cursor,
            now.after(PASS_LEASE).millis(),
            now.millis(),
        ])?;
    Ok(changed == 1)
}

pub(super) fn end(
    connection: &Connection,
    reading: &Reading,
    pass: Pass,
    now: Moment,
) -> Result<Option<Ended>> {
    let Reading { list, span, .. } = reading;
    let (kind, first) = (list.kind, span.first);
    let held: Option<(u32, bool)> = connection
        .prepare_cached(
            "select agreed, sealed_at is not null from eduzz_window
             where account = ?1 and kind = ?2 and parent = ?3 and first_day = ?4 and hold = ?5
               and held_until > ?6",
        )?
        .query_row(
            params![
                list.account,
                kind.as_str(),
                list.parent,
                first,
                reading.number,
                now.millis()
            ],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    let Some((agreed, was_sealed)) = held else {
        return Ok(None);
    };
    let tally = tally(connection, list, first)?;
    let missing = missing(connection, list, first, pass.began)?;
    let drifted = drifted(connection, list, first, pass.began)?;
    let last_day = kind.is_dated().then_some(span.last);
    let doubt = match prove(last_day, &pass, &tally) {
        Ok(()) if !missing.is_empty() => Some(Doubt::RowsDiffer),
        Ok(()) => None,
        Err(doubt) => Some(doubt),
    };
    let agreed = if was_sealed && drifted == 0 && doubt.is_none() {
        agreed.saturating_add(1)
    } else {
        0
    };
    let seal = doubt.is_none();
    let digest = seal.then_some(tally.digest);
    connection
        .prepare_cached(
            "update eduzz_window
             set held_until = null, began = null, cursor = null, read_at = ?5, row_count = ?6, unreadable = ?7,
                 doubt = ?8, agreed = ?9, check_at = ?10, sealed_rows = ?12, sealed_digest = ?13,
                 sealed_at = case when ?11 then coalesce(sealed_at, ?5) end,
                 sealed_statuses = ?14, sealed_sums = ?15
             where account = ?1 and kind = ?2 and parent = ?3 and first_day = ?4",
        )?
        .execute(params![
            list.account,
            kind.as_str(),
            list.parent,
            first,
            now.millis(),
            pass.rows,
            pass.unreadable,
            doubt.map(Doubt::as_str),
            agreed,
            match doubt {
                None => next_check(now, agreed),
                Some(doubt) => next_try(now, doubt, span.last),
            }
            .millis(),
            seal,
            seal.then_some(tally.rows),
            digest.as_ref().map(Digest::as_bytes),
            seal.then(|| tally.statuses_json()),
            seal.then(|| tally.sums_json()),
        ])?;
    if doubt.is_none() {
        // Rows that could not be read then can be now, or are gone.
        connection
            .prepare_cached(
                "delete from eduzz_unreadable
                 where account = ?1 and kind = ?2 and parent = ?3 and first_day = ?4 and seen_at < ?5",
            )?
            .execute(params![
                list.account,
                kind.as_str(),
                list.parent,
                first,
                pass.began.millis()
            ])?;
    }
    Ok(Some(Ended {
        doubt,
        missing,
        drifted,
    }))
}

/// The rows of a window: those that were read in it.
fn of_window(kind: Kind) -> String {
    let parent = kind
        .parent()
        .map_or("?3 = ''".to_owned(), |column| format!("{column} = ?3"));
    format!(
        "{} where account = ?1 and m_window = ?2 and {parent}",
        kind.table()
    )
}

/// The sums of a window by the stored digests.
fn tally(connection: &Connection, list: &List, first: i32) -> Result<Tally> {
    let kind = list.kind;
    let amount = kind
        .amount()
        .map_or("null, null".to_owned(), |name| format!("{name}, {name}_currency"));
    let mut select = connection.prepare_cached(&format!(
        "select m_state in ('settled', 'disagrees'), m_digest, {}, {amount} from {} and m_gone is null",
        if kind.has_status() { "status" } else { "null" },
        of_window(kind)
    ))?;
    let mut rows = select.query(params![list.account, first, list.parent])?;
    let mut tally = Tally::default();
    while let Some(row) = rows.next()? {
        let status: Option<String> = row.get(2)?;
        let amount: Option<String> = row.get(3)?;
        let currency: Option<String> = row.get(4)?;
        tally.add(
            status.as_deref(),
            amount
                .and_then(|amount| amount.parse().ok())
                .zip(currency.as_deref()),
            Digest::from_bytes(row.get(1)?),
            row.get(0)?,
        );
    }
    Ok(tally)
}

fn missing(connection: &Connection, list: &List, first: i32, began: Moment) -> Result<Vec<String>> {
    // As `eduzz_sync::mirror::is_missing` decides.
    let mut select = connection.prepare_cached(&format!(
        "select key from {} and m_gone is null and m_answered < ?4 and (m_news is null or m_news < ?4)
         order by key",
        of_window(list.kind)
    ))?;
    let keys = select.query_map(params![list.account, first, list.parent, began.millis()], |row| {
        row.get(0)
    })?;
    Ok(keys.collect::<rusqlite::Result<_>>()?)
}

fn drifted(connection: &Connection, list: &List, first: i32, began: Moment) -> Result<u64> {
    let count = connection
        .prepare_cached(&format!(
            "select count(*) from eduzz_change c
             where c.account = ?1 and c.kind = ?5 and c.cause = 'check' and c.at >= ?4
               and c.key in (select key from {})",
            of_window(list.kind)
        ))?
        .query_row(
            params![
                list.account,
                first,
                list.parent,
                began.millis(),
                list.kind.as_str()
            ],
            |row| row.get(0),
        )?;
    Ok(count)
}

/// What writes did to the sums of windows that are proven.
pub(super) fn move_sums(connection: &Connection, list: &List, moves: &Moves) -> Result<()> {
    for (first, (rows, digest)) in moves {
        let kind = list.kind.as_str();
        let sealed: Option<[u8; 32]> = connection
            .prepare_cached(
                "select sealed_digest from eduzz_window
                 where account = ?1 and kind = ?2 and parent = ?3 and first_day = ?4 and sealed_at is not null",
            )?
            .query_row(params![list.account, kind, list.parent, first], |row| row.get(0))
            .optional()?;
        if let Some(sealed) = sealed {
            let sealed = Digest::from_bytes(sealed).plus(*digest);
            connection
                .prepare_cached(
                    "update eduzz_window set sealed_digest = ?5, sealed_rows = sealed_rows + ?6
                     where account = ?1 and kind = ?2 and parent = ?3 and first_day = ?4",
                )?
                .execute(params![
                    list.account,
                    kind,
                    list.parent,
                    first,
                    sealed.as_bytes(),
                    rows
                ])?;
        }
    }
    Ok(())
}

pub(super) fn keep_unreadable(
    connection: &Connection,
    list: &List,
    window: Option<i32>,
    rows: &[Unreadable],
    now: Moment,
) -> Result<()> {
    let mut insert = connection.prepare_cached(
        "insert into eduzz_unreadable (account, kind, parent, hash, first_day, seen_at, reason, raw)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
         on conflict (account, kind, parent, hash) do update
         set first_day = coalesce(excluded.first_day, first_day), seen_at = excluded.seen_at",
    )?;
    for row in rows {
        let hash: [u8; 32] = Sha256::digest(&row.raw).into();
        insert.execute(params![
            list.account,
            list.kind.as_str(),
            list.parent,
            hash,
            window,
            now.millis(),
            row.reason,
            row.raw
        ])?;
    }
    Ok(())
}

pub(super) fn examine(connection: &Connection, list: &List, span: Span) -> Result<Examined> {
    let columns = list.kind.columns();
    let forms: Vec<Form> = columns.iter().map(|column| column.form).collect();
    let names: Vec<&str> = columns.iter().map(|column| column.name.as_ref()).collect();
    let mut select = connection.prepare_cached(&format!(
        "select key, m_state in ('settled', 'disagrees'), m_digest, raw, overlay, {} from {} and m_gone is null
         order by key",
        names.join(", "),
        of_window(list.kind)
    ))?;
    let mut rows = select.query(params![list.account, span.first, list.parent])?;
    let mut examined = Examined::default();
    while let Some(row) = rows.next()? {
        let key: String = row.get(0)?;
        let stored = Digest::from_bytes(row.get(2)?);
        let raw: Option<String> = row.get(3)?;
        let overlay: Option<String> = row.get(4)?;
        let values: Option<Vec<Value>> = values(&forms, row, 5)?;
        examined.add(list, key, row.get(1)?, stored, (raw, overlay), values.as_deref());
    }
    let sealed: Option<(Option<u64>, Option<[u8; 32]>)> = connection
        .prepare_cached(
            "select sealed_rows, sealed_digest from eduzz_window
             where account = ?1 and kind = ?2 and parent = ?3 and first_day = ?4 and sealed_at is not null",
        )?
        .query_row(
            params![list.account, list.kind.as_str(), list.parent, span.first],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    if let Some((Some(rows), Some(digest))) = sealed {
        examined.compare(rows, Digest::from_bytes(digest));
    }
    Ok(examined)
}

pub(super) fn parents(
    connection: &Connection,
    account: &str,
    kind: Kind,
    limit: u32,
    now: Moment,
) -> Result<Vec<String>> {
    let Some(parent) = kind.parent_kind() else {
        return Ok(Vec::new());
    };
    let mut select = connection.prepare_cached(&format!(
        "select p.key from {table} p
         left join eduzz_window w on w.account = p.account and w.kind = ?2 and w.parent = p.key
         left join eduzz_change c on c.account = p.account and c.number = p.m_change
         where p.account = ?1 and p.m_gone is null
           and (w.read_at is null or w.check_at <= ?3 or c.at > w.read_at)
           and (w.held_until is null or w.held_until <= ?3)
         order by w.read_at is not null, p.key limit ?4",
        table = parent.table()
    ))?;
    let keys = select.query_map(params![account, kind.as_str(), now.millis(), limit], |row| {
        row.get(0)
    })?;
    Ok(keys.collect::<rusqlite::Result<_>>()?)
}

pub(super) fn mark(connection: &Connection, account: &str, name: &str) -> Result<Option<Moment>> {
    let at: Option<i64> = connection
        .prepare_cached("select at from eduzz_mark where account = ?1 and name = ?2")?
        .query_row(params![account, name], |row| row.get(0))
        .optional()?;
    Ok(at.map(Moment::from_millis))
}

pub(super) fn set_mark(connection: &Connection, account: &str, name: &str, at: Moment) -> Result<()> {
    connection
        .prepare_cached(
            "insert into eduzz_mark (account, name, at) values (?1, ?2, ?3)
             on conflict (account, name) do update set at = excluded.at",
        )?
        .execute(params![account, name, at.millis()])?;
    Ok(())
}

pub(super) fn marked(connection: &Connection, name: &str) -> Result<Vec<String>> {
    let mut select =
        connection.prepare_cached("select account from eduzz_mark where name = ?1 order by account")?;
    let accounts = select.query_map([name], |row| row.get(0))?;
    Ok(accounts.collect::<rusqlite::Result<_>>()?)
}
