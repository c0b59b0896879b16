//! Cross-checks of proven windows.

use eduzz_sync::Moment;
use eduzz_sync::mirror::{Source, Span, Verdict, cross_check};
use tokio_postgres::Row;

use super::Result;
use super::change::{Changing, query, signed};
use crate::mirror::rows::newer_name;
use crate::mirror::sql;
use crate::mirror::{CrossCheck, Gains};
use crate::postgres::link::Open;
use crate::postgres::rows::sum;
use crate::{StoreError, StoreErrorKind};

pub(super) async fn uncompared(open: &mut Open, account: &str, source: Source) -> Result<Vec<Span>> {
    let (kind, source) = (source.kind().as_str(), source.as_str());
    let rows = query(open, sql::UNCOMPARED, &[&account, &kind, &source]).await?;
    let span = |row: &Row| Ok(Span::new(row.try_get(0)?, row.try_get(1)?));
    rows.iter().map(span).collect()
}

pub(super) async fn gains(open: &mut Open, account: &str, span: Span) -> Result<Gains> {
    let row = one(open, sql::GAINS, account, span).await?;
    Ok(Gains {
        sales: sum(row.try_get(0)?),
        currency: row.try_get(1)?,
        gross_e4: row.try_get(2)?,
        net_e4: row.try_get(3)?,
        is_whole: row.try_get(4)?,
    })
}

pub(super) async fn net_gains(open: &mut Open, account: &str, span: Span) -> Result<(u64, u64)> {
    let row = one(open, sql::NET_GAINS, account, span).await?;
    Ok((sum(row.try_get(0)?), sum(row.try_get(1)?)))
}

async fn one(open: &mut Open, sql: &str, account: &str, span: Span) -> Result<Row> {
    let mut rows = query(open, sql, &[&account, &i64::from(span.first)]).await?;
    rows.pop().ok_or_else(|| StoreError::new(StoreErrorKind::Busy))
}

pub(super) async fn compared(
    open: &mut Open,
    (account, source, span): (&str, Source, Span),
    (sales, is_equal): (u64, Option<bool>),
    now: Option<Moment>,
) -> Result<Verdict> {
    let mut changing = Changing::begin(open, account, now).await?;
    let agreed = changing
        .query_opt(sql::AGREED, &[&account, &source.as_str(), &span.first])
        .await?;
    let agreed = agreed.map_or(Ok(0), |row| row.try_get(0).map(sum))?;
    let verdict = cross_check(is_equal, agreed);
    let now = changing.now.millis();
    changing
        .execute(
            sql::COMPARED,
            &[
                &account,
                &source.as_str(),
                &span.first,
                &span.last,
                &verdict.as_str(),
                &signed(sales),
                &now,
            ],
        )
        .await?;
    changing.commit().await?;
    Ok(verdict)
}

pub(super) async fn cross_checks(open: &mut Open, account: &str) -> Result<Vec<CrossCheck>> {
    let rows = query(open, sql::CROSS_CHECKS, &[&account]).await?;
    let check = |row: &Row| {
        Ok(CrossCheck {
            source: Source::from_text(row.try_get(0)?).ok_or_else(newer_name)?,
            span: Span::new(row.try_get(1)?, row.try_get(2)?),
            verdict: Verdict::from_text(row.try_get(3)?).ok_or_else(newer_name)?,
            sales: sum(row.try_get(4)?),
            checked_at: Moment::from_millis(row.try_get(5)?),
        })
    };
    rows.iter().map(check).collect()
}
