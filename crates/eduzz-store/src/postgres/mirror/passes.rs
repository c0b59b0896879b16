//! Windows, the passes over them, and marks.

use eduzz_sync::Moment;
use eduzz_sync::mirror::{Choice, Digest, Doubt, Kind, PASS_LEASE, Pass, Span, Tally};
use rust_decimal::Decimal;
use sha2::{Digest as _, Sha256};
use tokio_postgres::Row;

use super::Result;
use super::change::{Changing, digest, query, signed};
use crate::mirror::rows::{self, Moves, newer_name};
use crate::mirror::{Ended, List, Reached, Reading, Unreadable, Window, sql};
use crate::postgres::link::Open;
use crate::postgres::reads;
use crate::postgres::rows::sum;

/// Rows of one statement of a tally.
const TALLIED: i64 = 10_000;

pub(super) async fn lists(open: &mut Open, account: &str, kind: Kind) -> Result<Vec<List>> {
    let rows = query(open, sql::LISTS, &[&account, &kind.as_str()]).await?;
    let list = |row: &Row| Ok(List::new(account, kind).of(row.try_get::<_, String>(0)?));
    rows.iter().map(list).collect()
}

pub(super) async fn windows(open: &mut Open, list: &List, now: Option<Moment>) -> Result<Vec<Window>> {
    let now = reads::now(open, now).await?.millis();
    let values = (&list.account, list.kind.as_str(), &list.parent);
    let rows = query(open, sql::WINDOWS, &[values.0, &values.1, values.2, &now]).await?;
    rows.iter().map(window).collect()
}

fn window(row: &Row) -> Result<Window> {
    let count = |at: usize| row.try_get::<_, Option<i64>>(at).map(|count| count.map(sum));
    let moment = |at: usize| {
        row.try_get::<_, Option<i64>>(at)
            .map(|millis| millis.map(Moment::from_millis))
    };
    let doubt: Option<&str> = row.try_get(5)?;
    Ok(Window {
        span: Span::new(row.try_get(0)?, row.try_get(1)?),
        rows: count(2)?,
        unreadable: sum(row.try_get(3)?),
        read_at: moment(4)?,
        doubt: doubt
            .map(|doubt| Doubt::from_text(doubt).ok_or_else(newer_name))
            .transpose()?,
        sealed_at: moment(6)?,
        check: moment(7)?,
        is_held: row.try_get(8)?,
        cursor: row.try_get(9)?,
    })
}

pub(super) async fn begin(
    open: &mut Open,
    list: &List,
    span: Span,
    now: Option<Moment>,
) -> Result<Option<Reading>> {
    let mut changing = Changing::begin(open, &list.account, now).await?;
    let (account, kind, parent) = (&list.account, list.kind.as_str(), &list.parent);
    let overlaps = changing
        .query_opt(sql::OVERLAPS, &[account, &kind, parent, &span.first, &span.last])
        .await?;
    if overlaps.is_some_and(|row| row.try_get(0).unwrap_or(true)) {
        return Ok(None);
    }
    let now = changing.now;
    let begun = changing
        .query_opt(
            sql::BEGIN,
            &[
                account,
                &kind,
                parent,
                &span.first,
                &span.last,
                &now.millis(),
                &now.after(PASS_LEASE).millis(),
                &Doubt::NotRead.as_str(),
            ],
        )
        .await?;
    let Some(row) = begun else { return Ok(None) };
    let reading = Reading {
        list: list.clone(),
        span,
        number: row.try_get(0)?,
        began: Moment::from_millis(row.try_get(1)?),
        cursor: row.try_get(2)?,
    };
    changing.commit().await?;
    Ok(Some(reading))
}

pub(super) async fn cut(
    open: &mut Open,
    reading: &Reading,
    span: Span,
    now: Option<Moment>,
) -> Result<Option<Reading>> {
    let list = &reading.list;
    let mut changing = Changing::begin(open, &list.account, now).await?;
    let now = changing.now;
    let changed = changing
        .execute(
            sql::CUT,
            &[
                &list.account,
                &list.kind.as_str(),
                &list.parent,
                &reading.span.first,
                &now.millis(),
                &span.first,
                &span.last,
                &reading.number,
                &now.after(PASS_LEASE).millis(),
            ],
        )
        .await?;
    changing.commit().await?;
    let mut reading = reading.clone();
    reading.span = span;
    reading.began = now;
    Ok((changed == 1).then_some(reading))
}

/// Stores the cursor behind rows; `false` if the reader has lost the window.
pub(super) async fn store_cursor(
    changing: &mut Changing<'_>,
    reading: &Reading,
    cursor: &str,
) -> Result<bool> {
    let (list, now) = (&reading.list, changing.now);
    let changed = changing
        .execute(
            sql::STORE_CURSOR,
            &[
                &list.account,
                &list.kind.as_str(),
                &list.parent,
                &reading.span.first,
                &reading.number,
                &cursor,
                &now.after(PASS_LEASE).millis(),
                &now.millis(),
            ],
        )
        .await?;
    Ok(changed == 1)
}

pub(super) async fn end(
    open: &mut Open,
    reading: &Reading,
    pass: Pass,
    now: Option<Moment>,
) -> Result<Option<Ended>> {
    let Reading { list, span, .. } = reading;
    let mut changing = Changing::begin(open, &list.account, now).await?;
    let now = changing.now;
    let (account, kind, parent) = (&list.account, list.kind.as_str(), &list.parent);
    let held = changing
        .query_opt(
            sql::HELD,
            &[
                account,
                &kind,
                parent,
                &span.first,
                &reading.number,
                &now.millis(),
            ],
        )
        .await?;
    let Some(held) = held else { return Ok(None) };
    let agreed: i64 = held.try_get(0)?;
    let earlier = (u32::try_from(agreed).unwrap_or_default(), held.try_get(1)?);

    let tally = tally(&mut changing, list, span.first).await?;
    let (first, began) = (i64::from(span.first), pass.began.millis());
    let missing = changing
        .query(&sql::missing(list.kind), &[account, &first, parent, &began])
        .await?;
    let mut missing: Vec<String> = missing
        .iter()
        .map(|row| row.try_get(0))
        .collect::<std::result::Result<_, _>>()?;
    // The database can have another order.
    missing.sort_unstable();
    let drifted = changing
        .query_opt(
            &sql::drifted(list.kind),
            &[account, &first, parent, &began, &kind],
        )
        .await?;
    let drifted = drifted.map_or(Ok(0), |row| row.try_get(0).map(sum))?;

    let found = (!missing.is_empty(), drifted);
    let verdict = rows::verdict((list.kind, *span), &pass, &tally, found, earlier, now);
    let (statuses, sums) = verdict.sealed.unzip();
    let is_proven = verdict.doubt.is_none();
    let digest = tally.digest;
    changing
        .execute(
            sql::END,
            &[
                account,
                &kind,
                parent,
                &span.first,
                &now.millis(),
                &signed(pass.rows),
                &signed(pass.unreadable),
                &verdict.doubt.map(Doubt::as_str),
                &i64::from(verdict.agreed),
                &verdict.check,
                &is_proven,
                &is_proven.then_some(signed(tally.rows)),
                &is_proven.then_some(&digest.as_bytes()[..]),
                &statuses,
                &sums,
            ],
        )
        .await?;
    if is_proven {
        changing
            .execute(
                sql::FORGET_UNREADABLE,
                &[account, &kind, parent, &span.first, &began],
            )
            .await?;
    }
    changing.commit().await?;
    Ok(Some(Ended {
        doubt: verdict.doubt,
        missing,
        drifted,
    }))
}

/// The sums of a window by the stored digests.
async fn tally(changing: &mut Changing<'_>, list: &List, first: i32) -> Result<Tally> {
    let (status, amount, currency) = sql::shown(list.kind);
    let select = format!(
        "select key, m_state in ('settled', 'disagrees'), m_digest, {status}::text, {amount}::text,
                {currency}::text
         from {} and m_gone is null and key >= $4 order by key limit $5",
        sql::of_window(list.kind)
    );
    let (mut tally, mut last) = (Tally::default(), None::<String>);
    let first = i64::from(first);
    loop {
        let from: &str = last.as_deref().unwrap_or_default();
        let rows = changing
            .query(&select, &[&list.account, &first, &list.parent, &from, &TALLIED])
            .await?;
        for row in &rows {
            // The last key of a page is the first of the next one.
            let key: &str = row.try_get(0)?;
            if last.as_deref() == Some(key) {
                continue;
            }
            let amount: Option<&str> = row.try_get(4)?;
            let amount: Option<Decimal> = amount.and_then(|amount| amount.parse().ok());
            let currency: Option<&str> = row.try_get(5)?;
            tally.add(
                row.try_get(3)?,
                amount.zip(currency),
                digest(row.try_get(2)?)?,
                row.try_get(1)?,
            );
        }
        if i64::try_from(rows.len()).is_ok_and(|count| count < TALLIED) {
            return Ok(tally);
        }
        last = rows.last().map(|row| row.try_get(0)).transpose()?;
    }
}

/// What writes did to the sums of windows that are proven.
pub(super) async fn move_sums(changing: &mut Changing<'_>, list: &List, moves: &Moves) -> Result<()> {
    let (account, kind, parent) = (&list.account, list.kind.as_str(), &list.parent);
    for (first, (more, moved)) in moves {
        let row = changing
            .query_opt(sql::SEAL, &[account, &kind, parent, first])
            .await?;
        if let Some((rows, sealed)) = row.as_ref().map(seal).transpose()? {
            let sealed = sealed.plus(*moved);
            let rows = rows.saturating_add(*more);
            changing
                .execute(
                    sql::MOVE_SEAL,
                    &[account, &kind, parent, first, &rows, &&sealed.as_bytes()[..]],
                )
                .await?;
        }
    }
    Ok(())
}

/// The sums of a window that is proven.
pub(super) fn seal(row: &Row) -> Result<(i64, Digest)> {
    Ok((row.try_get(0)?, digest(row.try_get(1)?)?))
}

pub(super) async fn keep_unreadable(
    changing: &mut Changing<'_>,
    list: &List,
    window: Option<i32>,
    rows: &[Unreadable],
) -> Result<()> {
    let now = changing.now.millis();
    for row in rows {
        let hash: [u8; 32] = Sha256::digest(&row.raw).into();
        changing
            .execute(
                sql::KEEP_UNREADABLE,
                &[
                    &list.account,
                    &list.kind.as_str(),
                    &list.parent,
                    &&hash[..],
                    &window,
                    &now,
                    &row.reason,
                    &row.raw,
                ],
            )
            .await?;
    }
    Ok(())
}

pub(super) async fn parents(
    open: &mut Open,
    account: &str,
    kind: Kind,
    limit: u32,
    now: Option<Moment>,
) -> Result<Vec<String>> {
    let Some(parent) = kind.parent_kind() else {
        return Ok(Vec::new());
    };
    let now = reads::now(open, now).await?.millis();
    let values = (kind.as_str(), i64::from(limit));
    let rows = query(
        open,
        &sql::parents(parent),
        &[&account, &values.0, &now, &values.1],
    )
    .await?;
    rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
}

pub(super) async fn reached(
    open: &mut Open,
    account: &str,
    kind: Kind,
    now: Option<Moment>,
) -> Result<Reached> {
    let now = reads::now(open, now).await?.millis();
    let values: (&str, &str, i64) = (account, kind.as_str(), now);
    let rows = query(open, &sql::reached(kind), &[&values.0, &values.1, &values.2]).await?;
    let Some(row) = rows.first() else {
        return Ok(Reached::default());
    };
    Ok(Reached {
        windows: sum(row.try_get(0)?),
        due: sum(row.try_get(1)?),
    })
}

pub(super) async fn mark(open: &mut Open, account: &str, name: &str) -> Result<Option<Moment>> {
    let rows = query(open, sql::MARK, &[&account, &name]).await?;
    let at: Option<i64> = rows.first().map(|row| row.try_get(0)).transpose()?;
    Ok(at.map(Moment::from_millis))
}

pub(super) async fn set_mark(open: &mut Open, account: &str, name: &str, at: Moment) -> Result<()> {
    query(open, sql::SET_MARK, &[&account, &name, &at.millis()]).await?;
    Ok(())
}

pub(super) async fn doubt(open: &mut Open, list: &List, span: Span, now: Option<Moment>) -> Result<()> {
    let mut changing = Changing::begin(open, &list.account, now).await?;
    let now = changing.now.millis();
    let kind = list.kind.as_str();
    changing
        .execute(
            sql::DOUBT,
            &[&list.account, &kind, &list.parent, &span.first, &now],
        )
        .await?;
    changing.commit().await
}

pub(super) async fn refuse(open: &mut Open, list: &List, span: Span, now: Option<Moment>) -> Result<()> {
    let mut changing = Changing::begin(open, &list.account, now).await?;
    let now = changing.now.millis();
    let kind = list.kind.as_str();
    changing
        .execute(
            sql::REFUSE,
            &[&list.account, &kind, &list.parent, &span.first, &now],
        )
        .await?;
    changing.commit().await
}

pub(super) async fn choice(open: &mut Open, account: &str) -> Result<Choice> {
    let chosen = query(open, sql::CHOICE, &[&account]).await?;
    let row = |row: &Row| Ok((row.try_get(0)?, row.try_get(1)?));
    rows::choice(chosen.iter().map(row).collect::<Result<_>>()?)
}

pub(super) async fn choose(
    open: &mut Open,
    account: &str,
    choice: &Choice,
    now: Option<Moment>,
) -> Result<()> {
    let mut changing = Changing::begin(open, account, now).await?;
    changing.execute(sql::UNCHOOSE, &[&account]).await?;
    for (kind, parent) in rows::chosen_rows(choice) {
        changing
            .execute(sql::CHOOSE, &[&account, &kind.as_str(), &parent])
            .await?;
    }
    changing.commit().await
}

pub(super) async fn marked(open: &mut Open, name: &str) -> Result<Vec<String>> {
    let rows = query(open, sql::MARKED, &[&name]).await?;
    let accounts: Result<Vec<String>> = rows.iter().map(|row| Ok(row.try_get(0)?)).collect();
    let mut accounts = accounts?;
    accounts.sort_unstable();
    Ok(accounts)
}
