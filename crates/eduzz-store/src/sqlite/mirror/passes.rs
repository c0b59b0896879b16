//! Windows, and the passes over them.

use eduzz_sync::Moment;
use eduzz_sync::mirror::{Choice, Digest, Doubt, Form, Kind, PASS_LEASE, Pass, Span, Tally, Value};
use rusqlite::{Connection, OptionalExtension as _, params};
use sha2::{Digest as _, Sha256};

use super::Result;
use super::records::values;
use crate::mirror::rows::{self, Moves, newer_name};
use crate::mirror::sql;
use crate::mirror::{Ended, Examined, List, Reached, Reading, Unreadable, Window};

pub(super) fn lists(connection: &Connection, account: &str, kind: Kind) -> Result<Vec<List>> {
    let mut select = connection.prepare_cached(sql::LISTS)?;
    let parents = select.query_map([account, kind.as_str()], |row| row.get::<_, String>(0))?;
    parents
        .map(|parent| Ok(List::new(account, kind).of(parent?)))
        .collect()
}

pub(super) fn windows(connection: &Connection, list: &List, now: Moment) -> Result<Vec<Window>> {
    let mut select = connection.prepare_cached(sql::WINDOWS)?;
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
                is_held: row.get(8)?,
                cursor: row.get(9)?,
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
    let overlaps: bool = connection.prepare_cached(sql::OVERLAPS)?.query_row(
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
        .prepare_cached(sql::BEGIN)?
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
    let changed = connection.prepare_cached(sql::CUT)?.execute(params![
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
    let changed = connection.prepare_cached(sql::STORE_CURSOR)?.execute(params![
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
        .prepare_cached(sql::HELD)?
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
    let Some(earlier) = held else {
        return Ok(None);
    };
    let tally = tally(connection, list, first)?;
    let missing = missing(connection, list, first, pass.began)?;
    let drifted = drifted(connection, list, first, pass.began)?;
    let found = (!missing.is_empty(), drifted);
    let verdict = rows::verdict((kind, *span), &pass, &tally, found, earlier, now);
    let (statuses, sums) = verdict.sealed.unzip();
    let is_proven = verdict.doubt.is_none();
    connection.prepare_cached(sql::END)?.execute(params![
        list.account,
        kind.as_str(),
        list.parent,
        first,
        now.millis(),
        pass.rows,
        pass.unreadable,
        verdict.doubt.map(Doubt::as_str),
        verdict.agreed,
        verdict.check,
        is_proven,
        is_proven.then_some(tally.rows),
        is_proven.then_some(tally.digest.as_bytes()),
        statuses,
        sums,
    ])?;
    if is_proven {
        connection
            .prepare_cached(sql::FORGET_UNREADABLE)?
            .execute(params![
                list.account,
                kind.as_str(),
                list.parent,
                first,
                pass.began.millis()
            ])?;
    }
    Ok(Some(Ended {
        doubt: verdict.doubt,
        missing,
        drifted,
    }))
}

/// The sums of a window by the stored digests.
fn tally(connection: &Connection, list: &List, first: i32) -> Result<Tally> {
    let (status, amount, currency) = sql::shown(list.kind);
    let mut select = connection.prepare_cached(&format!(
        "select m_state in ('settled', 'disagrees'), m_digest, {status}, {amount}, {currency}
         from {} and m_gone is null",
        sql::of_window(list.kind)
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
    let mut select = connection.prepare_cached(&sql::missing(list.kind))?;
    let keys = select.query_map(params![list.account, first, list.parent, began.millis()], |row| {
        row.get(0)
    })?;
    Ok(keys.collect::<rusqlite::Result<_>>()?)
}

fn drifted(connection: &Connection, list: &List, first: i32, began: Moment) -> Result<u64> {
    let count = connection.prepare_cached(&sql::drifted(list.kind))?.query_row(
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
    let (account, kind, parent) = (&list.account, list.kind.as_str(), &list.parent);
    for (first, (more, digest)) in moves {
        if let Some((rows, sealed)) = seal(connection, list, *first)? {
            connection.prepare_cached(sql::MOVE_SEAL)?.execute(params![
                account,
                kind,
                parent,
                first,
                rows.saturating_add(*more),
                sealed.plus(*digest).as_bytes(),
            ])?;
        }
    }
    Ok(())
}

/// The sums of a window that is proven.
fn seal(connection: &Connection, list: &List, first: i32) -> Result<Option<(i64, Digest)>> {
    let seal = connection
        .prepare_cached(sql::SEAL)?
        .query_row(
            params![list.account, list.kind.as_str(), list.parent, first],
            |row| Ok((row.get(0)?, Digest::from_bytes(row.get(1)?))),
        )
        .optional()?;
    Ok(seal)
}

pub(super) fn keep_unreadable(
    connection: &Connection,
    list: &List,
    window: Option<i32>,
    rows: &[Unreadable],
    now: Moment,
) -> Result<()> {
    let mut insert = connection.prepare_cached(sql::KEEP_UNREADABLE)?;
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
        sql::of_window(list.kind)
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
    if let Some((rows, digest)) = seal(connection, list, span.first)? {
        examined.compare(rows, digest);
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
    let mut select = connection.prepare_cached(&sql::parents(parent))?;
    let keys = select.query_map(params![account, kind.as_str(), now.millis(), limit], |row| {
        row.get(0)
    })?;
    Ok(keys.collect::<rusqlite::Result<_>>()?)
}

pub(super) fn reached(connection: &Connection, account: &str, kind: Kind, now: Moment) -> Result<Reached> {
    let mut select = connection.prepare_cached(&sql::reached(kind))?;
    let values = params![account, kind.as_str(), now.millis()];
    Ok(select.query_row(values, |row| {
        Ok(Reached {
            windows: row.get(0)?,
            due: row.get(1)?,
        })
    })?)
}

pub(super) fn mark(connection: &Connection, account: &str, name: &str) -> Result<Option<Moment>> {
    let at: Option<i64> = connection
        .prepare_cached(sql::MARK)?
        .query_row(params![account, name], |row| row.get(0))
        .optional()?;
    Ok(at.map(Moment::from_millis))
}

pub(super) fn set_mark(connection: &Connection, account: &str, name: &str, at: Moment) -> Result<()> {
    connection
        .prepare_cached(sql::SET_MARK)?
        .execute(params![account, name, at.millis()])?;
    Ok(())
}

pub(super) fn doubt(connection: &Connection, list: &List, span: Span, now: Moment) -> Result<()> {
    let kind = list.kind.as_str();
    connection.prepare_cached(sql::DOUBT)?.execute(params![
        list.account,
        kind,
        list.parent,
        span.first,
        now.millis()
    ])?;
    Ok(())
}

pub(super) fn refuse(connection: &Connection, list: &List, span: Span, now: Moment) -> Result<()> {
    let kind = list.kind.as_str();
    connection.prepare_cached(sql::REFUSE)?.execute(params![
        list.account,
        kind,
        list.parent,
        span.first,
        now.millis()
    ])?;
    Ok(())
}

pub(super) fn choice(connection: &Connection, account: &str) -> Result<Choice> {
    let mut select = connection.prepare_cached(sql::CHOICE)?;
    let chosen = select.query_map([account], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows::choice(chosen.collect::<rusqlite::Result<_>>()?)
}

pub(super) fn choose(connection: &Connection, account: &str, choice: &Choice) -> Result<()> {
    connection.prepare_cached(sql::UNCHOOSE)?.execute([account])?;
    let mut insert = connection.prepare_cached(sql::CHOOSE)?;
    for (kind, parent) in rows::chosen_rows(choice) {
        insert.execute([account, kind.as_str(), parent])?;
    }
    Ok(())
}

pub(super) fn marked(connection: &Connection, name: &str) -> Result<Vec<String>> {
    let mut select = connection.prepare_cached(sql::MARKED)?;
    let accounts = select.query_map([name], |row| row.get(0))?;
    let mut accounts: Vec<String> = accounts.collect::<rusqlite::Result<_>>()?;
    accounts.sort_unstable();
    Ok(accounts)
}
