//! What people look at and ask for: lists, counts, events to handle again, bodies to delete.

use eduzz_sync::Moment;
use eduzz_sync::inbox::{State, latest_due};
use tokio_postgres::types::Type;

use super::link::Open;
use super::rows;
use crate::filter;
use crate::{Counts, Filter, Reopening, Row, StoreError, Whole};

type Result<T> = std::result::Result<T, StoreError>;

/// The database's clock.
pub(super) const NOW: &str = "select (extract(epoch from clock_timestamp()) * 1000)::bigint";

/// Bodies of one statement.
const PRUNED: i64 = 1_000;

/// The first bodies after a number whose events are done or ignored. The oldest come first; the
/// newest, which are most of them, are not looked at.
const PRUNE: &str = "
with newest as materialized (
    select coalesce(max(n.seq), 0) as seq
    from unnest(array['done', 'ignored']) as s (state) cross join lateral (
        select e.seq from eduzz_event e where e.state = s.state and e.received_at < $2
        order by e.received_at desc, e.seq desc limit 1) n
), old as materialized (
    select e.seq from eduzz_body b join eduzz_event e using (seq)
    where b.seq > $1 and b.seq <= (select seq from newest) and e.state in ('done', 'ignored') and e.received_at < $2
    order by b.seq limit $3 for no key update of e
)
delete from eduzz_body b using old where b.seq = old.seq returning b.seq";

/// Rows that another transaction changes just now are mended the next time.
const MEND: &str = "
with late as materialized (
    select seq from eduzz_event where state in ('ready', 'claimed', 'parked') and due > $1
      and (state = 'claimed' and due > $2 or state = 'ready' and attempts = 0 or due > $3)
    order by seq for no key update skip locked
)
update eduzz_event e
set due = case when state = 'claimed' then least(due, $2)
               when state = 'ready' and attempts = 0 then $1
               else least(due, $3) end
from late where e.seq = late.seq";

pub(super) async fn now(open: &mut Open, now: Option<Moment>) -> Result<Moment> {
    if let Some(now) = now {
        return Ok(now);
    }
    let statement = open.statements.get(&open.client, NOW).await?;
    let row = open.client.query_one(&statement, &[]).await?;
    Ok(Moment::from_millis(row.try_get(0)?))
}

pub(super) async fn list(open: &mut Open, filter: &Filter) -> Result<Vec<Row>> {
    let limit = filter
        .limit
        .map_or_else(String::new, |limit| format!(" limit {limit}"));
    let condition = filter::condition(filter, "$");
    let select = format!("{} where {condition} order by seq desc{limit}", rows::SELECT);
    let values = [
        (&filter.name as _, Type::TEXT),
        (&filter.subject as _, Type::TEXT),
    ];
    let rows = open.client.query_typed(&select, &values).await?;
    rows.iter().map(rows::row).collect()
}

pub(super) async fn get(open: &mut Open, seq: i64) -> Result<Option<Whole>> {
    let statement = open.statements.get(&open.client, rows::SELECT_WHOLE).await?;
    let row = open.client.query_opt(&statement, &[&seq]).await?;
    row.as_ref().map(rows::whole).transpose()
}

/// The events first, and then the marks that were there when their rows were locked.
pub(super) async fn reopen(
    open: &mut Open,
    filter: &Filter,
    reopening: Reopening,
    fixed: Option<Moment>,
) -> Result<u64> {
    let now = now(open, fixed).await?;
    let condition = filter::reopened(filter, reopening, "$");
    let update = format!(
        "with chosen as materialized (
            select seq from eduzz_event where {condition} order by seq for no key update
        )
        update eduzz_event e
        set state = 'ready', attempts = 0, due = $3, holds_until = null, error = null, ended_at = null
        from chosen where e.seq = chosen.seq returning e.seq"
    );
    let now = now.millis();
    let values = [
        (&filter.name as _, Type::TEXT),
        (&filter.subject as _, Type::TEXT),
        (&now as _, Type::INT8),
    ];
    let transaction = open.client.transaction().await?;
    let reopened = transaction.query_typed(&update, &values).await?;
    if reopening == Reopening::Replay {
        let seqs: std::result::Result<Vec<i64>, _> = reopened.iter().map(|row| row.try_get(0)).collect();
        let delete = "delete from eduzz_handled where seq = any ($1)";
        transaction.execute(delete, &[&seqs?]).await?;
    }
    transaction.commit().await?;
    Ok(u64::try_from(reopened.len()).unwrap_or(u64::MAX))
}

/// Deletes some bodies after a number; returns how many and the last one's number.
pub(super) async fn prune(open: &mut Open, after: i64, before: Moment) -> Result<(u64, Option<i64>)> {
    let statement = open.statements.get(&open.client, PRUNE).await?;
    let values: [&(dyn tokio_postgres::types::ToSql + Sync); 3] = [&after, &before.millis(), &PRUNED];
    let rows = open.client.query(&statement, &values).await?;
    let seqs: std::result::Result<Vec<i64>, _> = rows.iter().map(|row| row.try_get(0)).collect();
    let last = seqs?.into_iter().max();
    Ok((u64::try_from(rows.len()).unwrap_or(u64::MAX), last))
}

pub(super) async fn mend_clock(open: &mut Open, fixed: Option<Moment>) -> Result<()> {
    let now = now(open, fixed).await?;
    let latest = |state, attempts| latest_due(now, state, attempts).millis();
    let statement = open.statements.get(&open.client, MEND).await?;
    let (first, claimed, other) = (
        latest(State::Ready, 0),
        latest(State::Claimed, 1),
        latest(State::Ready, 1),
    );
    open.client
        .execute(&statement, &[&first, &claimed, &other])
        .await?;
    Ok(())
}

pub(super) async fn counts(open: &mut Open, fixed: Option<Moment>) -> Result<Counts> {
    let mut counts = Counts::default();
    let by_state = "select state, count(*) from eduzz_event group by state";
    let statement = open.statements.get(&open.client, by_state).await?;
    for row in open.client.query(&statement, &[]).await? {
        let state: State = row.try_get::<_, &str>(0)?.parse().unwrap_or(State::Ready);
        *counts.of(state) += rows::sum(row.try_get(1)?);
    }
    let sums = "
        select (select coalesce(sum(copies), 0)::bigint from eduzz_event where copies > 0),
               (select coalesce(sum(differing), 0)::bigint from eduzz_event where copies > 0),
               (select min(received_at) from eduzz_event where state in ('ready', 'claimed', 'parked'))";
    let statement = open.statements.get(&open.client, sums).await?;
    let row = open.client.query_one(&statement, &[]).await?;
    counts.copies = rows::sum(row.try_get(0)?);
    counts.differing = rows::sum(row.try_get(1)?);
    if let Some(oldest) = row.try_get(2)? {
        let now = now(open, fixed).await?;
        counts.oldest_open = Some(now.since(Moment::from_millis(oldest)));
    }
    Ok(counts)
}
