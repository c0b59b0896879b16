//! Cross-checks of proven windows.

use eduzz_sync::Moment;
use eduzz_sync::mirror::{Source, Span, Verdict, cross_check};
use rusqlite::{Connection, params};

use super::Result;
use crate::mirror::rows::newer_name;
use crate::mirror::sql;
use crate::mirror::{CrossCheck, Gains};

pub(super) fn uncompared(connection: &Connection, account: &str, source: Source) -> Result<Vec<Span>> {
    let mut select = connection.prepare_cached(sql::UNCOMPARED)?;
    let values = params![account, source.kind().as_str(), source.as_str()];
    let spans = select.query_map(values, |row| Ok(Span::new(row.get(0)?, row.get(1)?)))?;
    Ok(spans.collect::<rusqlite::Result<_>>()?)
}

pub(super) fn gains(connection: &Connection, account: &str, span: Span) -> Result<Gains> {
    let mut select = connection.prepare_cached(sql::GAINS)?;
    let gains = select.query_row(params![account, span.first], |row| {
        Ok(Gains {
            sales: row.get(0)?,
            currency: row.get(1)?,
            gross_e4: row.get(2)?,
            net_e4: row.get(3)?,
            is_whole: row.get(4)?,
        })
    })?;
    Ok(gains)
}

pub(super) fn net_gains(connection: &Connection, account: &str, span: Span) -> Result<(u64, u64)> {
    let mut select = connection.prepare_cached(sql::NET_GAINS)?;
    Ok(select.query_row(params![account, span.first], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

pub(super) fn compared(
    connection: &Connection,
    (account, source, span): (&str, Source, Span),
    (sales, is_equal): (u64, Option<bool>),
    now: Moment,
) -> Result<Verdict> {
    let agreed = connection
        .prepare_cached(sql::AGREED)?
        .query_row(params![account, source.as_str(), span.first], |row| row.get(0))?;
    let verdict = cross_check(is_equal, agreed);
    connection.prepare_cached(sql::COMPARED)?.execute(params![
        account,
        source.as_str(),
        span.first,
        span.last,
        verdict.as_str(),
        sales,
        now.millis(),
    ])?;
    Ok(verdict)
}

pub(super) fn cross_checks(connection: &Connection, account: &str) -> Result<Vec<CrossCheck>> {
    let mut select = connection.prepare_cached(sql::CROSS_CHECKS)?;
    let mut rows = select.query([account])?;
    let mut checks = Vec::new();
    while let Some(row) = rows.next()? {
        let (source, verdict): (String, String) = (row.get(0)?, row.get(3)?);
        checks.push(CrossCheck {
            source: Source::from_text(&source).ok_or_else(newer_name)?,
            span: Span::new(row.get(1)?, row.get(2)?),
            verdict: Verdict::from_text(&verdict).ok_or_else(newer_name)?,
            sales: row.get(4)?,
            checked_at: Moment::from_millis(row.get(5)?),
        });
    }
    Ok(checks)
}
