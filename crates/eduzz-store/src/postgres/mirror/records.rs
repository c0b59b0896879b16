//! The statements about records.

use std::collections::{BTreeMap, HashMap};

use eduzz_sync::Moment;
use eduzz_sync::mirror::{self, Column, Crowd, Due, Kind, Notice, REFETCH_LEASE, Record, Value, shared_days};
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

use super::cells::{self, Array};
use super::change::{Changing, digest, query};
use super::{Result, forget, passes};
use crate::StoreError;
use crate::mirror::rows::{self, Stored, Write, newer_name};
use crate::mirror::sql::{self, Own};
use crate::mirror::{Batch, Cause, Change, Holding, List, Merged};
use crate::postgres::link::Open;
use crate::postgres::rows::sum;

/// Takes rows of the API, and the cursor behind them.
pub(super) async fn merge(open: &mut Open, batch: &Batch, now: Option<Moment>) -> Result<Merged> {
    let mut changing = Changing::begin(open, &batch.list.account, now).await?;
    let mut batch = batch.clone();
    let forgotten = forget::in_batch(&mut changing, &mut batch).await?;
    let list = &batch.list;
    let window = batch.page.as_ref().map(|(reading, _)| reading.span.first);
    if let Some((reading, cursor)) = &batch.page
        && !passes::store_cursor(&mut changing, reading, cursor).await?
    {
        return Ok(Merged {
            is_lost: true,
            ..Merged::default()
        });
    }
    let records = rows::distinct(std::mem::take(&mut batch.records));
    let keys: Vec<&str> = records.iter().map(|record| &*record.key).collect();
    let mut stored = stored(&mut changing, list.kind, &keys, false).await?;
    let writes = records.into_iter().map(|record| {
        let stored = stored.remove(&*record.key);
        let times = (batch.asked, batch.answered);
        let write = rows::of_answer(record, stored.as_ref(), times, window, batch.cause);
        (stored, write)
    });
    let writes: Vec<_> = writes.collect();
    passes::keep_unreadable(&mut changing, list, window, &batch.unreadable).await?;
    let merged = store(&mut changing, list, batch.cause, &writes).await?;
    if let Some(forgotten) = forgotten {
        forgotten.follow(&mut changing).await?;
    }
    changing.commit().await?;
    Ok(merged)
}

/// Takes what events told.
pub(super) async fn tell(
    open: &mut Open,
    account: &str,
    notices: &[Notice],
    now: Option<Moment>,
) -> Result<u64> {
    let mut changed = 0;
    let mut changing = Changing::begin(open, account, now).await?;
    let mut notices = notices.to_vec();
    let forgotten = forget::in_notices(&mut changing, &mut notices).await?;
    for (kind, round) in rows::rounds(&notices) {
        let keys: Vec<&str> = round.iter().map(|notice| &*notice.key).collect();
        let mut stored = stored(&mut changing, kind, &keys, true).await?;
        let writes = round.into_iter().map(|notice| {
            let stored = stored.remove(&*notice.key);
            let write = rows::of_notice(notice, stored.as_ref());
            (stored, write)
        });
        let writes: Vec<_> = writes.collect();
        let list = List::new(account, kind);
        let merged = store(&mut changing, &list, Cause::Event, &writes).await?;
        changed += merged.new + merged.changed;
    }
    if let Some(forgotten) = forgotten {
        forgotten.follow(&mut changing).await?;
    }
    changing.commit().await?;
    Ok(changed)
}

/// Takes the answer that there is no such record.
pub(super) async fn not_found(
    open: &mut Open,
    list: &List,
    key: &str,
    times: (Moment, Moment),
    now: Option<Moment>,
) -> Result<()> {
    let mut changing = Changing::begin(open, &list.account, now).await?;
    let stored = stored(&mut changing, list.kind, &[key], false).await?.remove(key);
    if let Some(write) = rows::of_absence(list.kind, key, stored.as_ref(), times) {
        store(&mut changing, list, Cause::Refetch, &[(stored, write)]).await?;
    }
    changing.commit().await
}

/// Takes the records that are due.
pub(super) async fn refetches(
    open: &mut Open,
    account: &str,
    limit: u32,
    now: Option<Moment>,
) -> Result<Vec<(Kind, String)>> {
    let mut changing = Changing::begin(open, account, now).await?;
    let now = changing.now;
    let mut due: Vec<(i64, Kind, String)> = Vec::new();
    for kind in Kind::ALL.iter().filter(|kind| kind.has_call()) {
        let select = sql::due(*kind);
        let values = (now.millis(), i64::from(limit));
        for row in changing.query(&select, &[&account, &values.0, &values.1]).await? {
            due.push((row.try_get(0)?, *kind, row.try_get(1)?));
        }
    }
    due.sort_unstable();
    due.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let lease = now.after(REFETCH_LEASE).millis();
    for (_, kind, key) in &due {
        let table = kind.table();
        let update = format!("update {table} set m_refetch = $3 where account = $1 and key = $2");
        changing.execute(&update, &[&account, key, &lease]).await?;
    }
    changing.commit().await?;
    Ok(due.into_iter().map(|(_, kind, key)| (kind, key)).collect())
}

/// Takes the records that are due and that walks over days read.
pub(super) async fn crowds(
    open: &mut Open,
    account: &str,
    kind: Kind,
    limit: u32,
    now: Option<Moment>,
) -> Result<Vec<Crowd>> {
    let mut changing = Changing::begin(open, account, now).await?;
    let now = changing.now;
    let select = sql::due_of_days(kind, "created_on - date '1970-01-01'");
    let values = (now.millis(), i64::from(limit));
    let found = changing.query(&select, &[&account, &values.0, &values.1]).await?;
    let due = found.iter().map(|row| {
        let news: Option<i64> = row.try_get(2)?;
        Ok(Due::new(
            row.try_get(0)?,
            row.try_get(1)?,
            news.map(Moment::from_millis),
        ))
    });
    let due: Vec<Due> = due.collect::<Result<_>>()?;
    let mut rows = BTreeMap::new();
    for (by, day) in shared_days(&due) {
        let count = sql::rows_of_day(kind, by, "date '1970-01-01' + ?2::integer");
        let count = changing.query_opt(&count, &[&account, &day]).await?;
        let count = count.map_or(Ok(0), |row| row.try_get(0).map(sum))?;
        rows.insert((by, day), count);
    }
    let crowds = mirror::crowds(due, &rows);
    let keys: Vec<&str> = crowds
        .iter()
        .flat_map(|crowd| &crowd.keys)
        .map(String::as_str)
        .collect();
    let table = kind.table();
    let update = format!("update {table} set m_refetch = $3 where account = $1 and key = any($2)");
    changing
        .execute(&update, &[&account, &keys, &now.after(REFETCH_LEASE).millis()])
        .await?;
    changing.commit().await?;
    Ok(crowds)
}

pub(super) async fn changes(open: &mut Open, account: &str, after: i64, limit: u32) -> Result<Vec<Change>> {
    let rows = query(open, sql::CHANGES, &[&account, &after, &i64::from(limit)]).await?;
    let change = |row: &Row| {
        let digest_at = |at: usize| row.try_get::<_, Option<&[u8]>>(at)?.map(digest).transpose();
        Ok(Change {
            number: row.try_get(0)?,
            kind: Kind::from_text(row.try_get(1)?).ok_or_else(newer_name)?,
            key: row.try_get(2)?,
            cause: Cause::from_text(row.try_get(3)?).ok_or_else(newer_name)?,
            at: Moment::from_millis(row.try_get(4)?),
            old: digest_at(5)?,
            new: digest_at(6)?,
        })
    };
    rows.iter().map(change).collect()
}

pub(super) async fn holdings(open: &mut Open, account: &str, late: Moment) -> Result<Vec<Holding>> {
    let mut holdings = Vec::new();
    for kind in Kind::ALL {
        let args: [&(dyn ToSql + Sync); 3] = [&account, &kind.as_str(), &late.millis()];
        let rows = query(open, &sql::holdings(*kind), &args).await?;
        for row in rows {
            let count = |at: usize| Ok::<_, StoreError>(sum(row.try_get(at)?));
            holdings.push(Holding {
                kind: *kind,
                rows: count(0)?,
                unsettled: count(1)?,
                disagreeing: count(2)?,
                gone: count(3)?,
                unreadable: count(4)?,
                proven: count(5)?,
                open: count(6)?,
                doubtful: count(7)?,
                drifted: count(8)?,
                refused: count(9)?,
                late: count(10)?,
            });
        }
    }
    Ok(holdings)
}

/// What is stored of these rows. Each is looked up by itself, because a plan for all keys at once
/// can read all rows of the account while the table has no statistics.
pub(super) async fn stored(
    changing: &mut Changing<'_>,
    kind: Kind,
    keys: &[&str],
    for_event: bool,
) -> Result<HashMap<String, Stored>> {
    let select = format!(
        "select x.key, s.* from unnest($2::text[]) as x (key) cross join lateral (
            select {} from {} t where t.account = $1 and t.key = x.key offset 0
        ) s",
        sql::stored(kind, for_event, "::text"),
        kind.table()
    );
    let account = changing.account();
    let rows = changing.query(&select, &[&account, &keys]).await?;
    rows.iter()
        .map(|row| Ok((row.try_get(0)?, one_stored(row)?)))
        .collect()
}

fn one_stored(row: &Row) -> Result<Stored> {
    let window: Option<i64> = row.try_get(14)?;
    Ok(Stored {
        status: row.try_get(1)?,
        raw: row.try_get(2)?,
        overlay: row.try_get(3)?,
        state: row.try_get(4)?,
        digest: digest(row.try_get(5)?)?,
        asked: row.try_get(6)?,
        answered: row.try_get(7)?,
        stated: row.try_get(8)?,
        news: row.try_get(9)?,
        news_sent: row.try_get(10)?,
        news_stated: row.try_get(11)?,
        news_status: row.try_get(12)?,
        refetch: row.try_get(13)?,
        window: window.and_then(|window| window.try_into().ok()),
        gone: row.try_get(15)?,
    })
}

/// Writes rows, and numbers their changes.
pub(super) async fn store(
    changing: &mut Changing<'_>,
    list: &List,
    cause: Cause,
    writes: &[(Option<Stored>, Write)],
) -> Result<Merged> {
    let (numbers, merged, moves) = rows::number(writes, &mut changing.last);
    let (mut wholes, mut parts) = (Rows::default(), Rows::default());
    let mut changes = Changes::default();
    for ((stored, write), number) in writes.iter().zip(numbers) {
        if let Some((old, new)) = write.change() {
            changes.numbers.push(number);
            changes.keys.push(&write.key);
            changes.old.push(old.map(|digest| &digest.as_bytes()[..]));
            changes.new.push(new.map(|digest| &digest.as_bytes()[..]));
        }
        let own = Own::new(stored.as_ref(), write, number);
        let digest = match (&write.shown, stored) {
            (Some(shown), _) => &shown.digest,
            (None, Some(stored)) => &stored.digest,
            (None, None) => continue,
        };
        let rows = if write.shown.is_some() {
            &mut wholes
        } else {
            &mut parts
        };
        rows.keys.push(&write.key);
        rows.digests.push(&digest.as_bytes()[..]);
        rows.owns.push(own);
        rows.shown.extend(&write.shown);
    }
    wholes.insert(changing, list.kind).await?;
    parts.update(changing, list.kind).await?;
    changes.insert(changing, list.kind, cause).await?;
    passes::move_sums(changing, list, &moves).await?;
    Ok(merged)
}

/// Changes to insert, as columns.
#[derive(Default)]
struct Changes<'a> {
    numbers: Vec<i64>,
    keys: Vec<&'a str>,
    old: Vec<Option<&'a [u8]>>,
    new: Vec<Option<&'a [u8]>>,
}

impl Changes<'_> {
    async fn insert(&self, changing: &mut Changing<'_>, kind: Kind, cause: Cause) -> Result<()> {
        if self.numbers.is_empty() {
            return Ok(());
        }
        let (account, now) = (changing.account(), changing.now.millis());
        let insert = "
            insert into eduzz_change (account, number, kind, key, cause, at, old_digest, new_digest)
            select $1, x.number, $2, x.key, $3, $4, x.old, x.new
            from unnest($5::bigint[], $6::text[], $7::bytea[], $8::bytea[]) as x (number, key, old, new)";
        let values = (kind.as_str(), cause.as_str());
        changing
            .execute(
                insert,
                &[
                    &account,
                    &values.0,
                    &values.1,
                    &now,
                    &self.numbers,
                    &self.keys,
                    &self.old,
                    &self.new,
                ],
            )
            .await?;
        Ok(())
    }
}

/// Rows to write: their keys, the mirror's own columns, and what they show.
#[derive(Default)]
struct Rows<'a> {
    keys: Vec<&'a str>,
    digests: Vec<&'a [u8]>,
    owns: Vec<Own<'a>>,
    shown: Vec<&'a Record>,
}

/// The types of [`sql::OWN`].
const OWN_TYPES: [&str; 14] = [
    "text", "text", "text", "bigint", "bigint", "bigint", "bigint", "bigint", "bigint", "text", "bigint",
    "bigint", "bigint", "bigint",
];

impl Rows<'_> {
    /// The mirror's own columns, in the order of [`sql::OWN`].
    fn own(&self) -> [Array<'_>; 14] {
        let ints = |get: fn(&Own<'_>) -> Option<i64>| Array::Ints(self.owns.iter().map(get).collect());
        [
            Array::Texts(self.owns.iter().map(|own| own.raw).collect()),
            Array::Texts(self.owns.iter().map(|own| own.overlay).collect()),
            Array::Texts(self.owns.iter().map(|own| Some(own.state)).collect()),
            ints(|own| own.asked),
            ints(|own| own.answered),
            ints(|own| own.stated),
            ints(|own| own.news),
            ints(|own| own.news_sent),
            ints(|own| own.news_stated),
            Array::Texts(self.owns.iter().map(|own| own.news_status).collect()),
            ints(|own| own.refetch),
            ints(|own| own.window),
            ints(|own| own.gone),
            ints(|own| Some(own.change)),
        ]
    }

    /// Inserts rows, or replaces them.
    async fn insert(&self, changing: &mut Changing<'_>, kind: Kind) -> Result<()> {
        if self.keys.is_empty() {
            return Ok(());
        }
        let columns = kind.columns();
        let own = self.own();
        let missing = Value::Missing;
        let shown: Vec<Array<'_>> = columns
            .iter()
            .enumerate()
            .map(|(at, column)| {
                let values = self
                    .shown
                    .iter()
                    .map(|shown| shown.values.get(at).unwrap_or(&missing));
                Array::of(column.form, values)
            })
            .collect();
        let (account, seen) = (changing.account(), changing.now.millis());
        let mut values: Vec<&(dyn ToSql + Sync)> = vec![&account, &seen, &self.keys, &self.digests];
        values.extend(own.iter().chain(&shown).map(Array::value));
        changing.execute(&upsert(kind), &values).await?;
        Ok(())
    }

    /// Writes the mirror's own columns.
    async fn update(&self, changing: &mut Changing<'_>, kind: Kind) -> Result<()> {
        if self.keys.is_empty() {
            return Ok(());
        }
        let own = self.own();
        let (account, seen) = (changing.account(), changing.now.millis());
        let mut values: Vec<&(dyn ToSql + Sync)> = vec![&account, &seen, &self.keys, &self.digests];
        values.extend(own.iter().map(Array::value));
        changing.execute(&update(kind), &values).await?;
        Ok(())
    }
}

/// The value of one of the mirror's own columns in `x`.
fn own_value(name: &str) -> String {
    match name {
        "raw" | "overlay" => format!("x.{name}::json"),
        _ => format!("x.{name}"),
    }
}

/// The statement that writes rows whole.
fn upsert(kind: Kind) -> String {
    let columns = kind.columns();
    insert(kind, &columns, |own| {
        let names = own.chain(["m_digest"]);
        excluded(names.chain(columns.iter().map(|column| column.name.as_ref())))
    })
}

/// The statement that writes the mirror's own columns of rows that are there. Its conflict finds
/// them by their key, whatever the planner thinks of the table's size.
fn update(kind: Kind) -> String {
    insert(kind, &[], excluded)
}

fn insert(
    kind: Kind,
    columns: &[Column],
    set: impl FnOnce(std::array::IntoIter<&'static str, 14>) -> String,
) -> String {
    let (mut names, mut items) = (vec!["key"], vec!["x.key".to_owned()]);
    let mut given = vec![("key", "text"), ("m_digest", "bytea")];
    names.extend(sql::OWN);
    items.extend(sql::OWN.map(own_value));
    given.extend(sql::OWN.into_iter().zip(OWN_TYPES));
    for column in columns {
        names.push(&column.name);
        items.push(cells::written(column, &format!("x.{}", column.name)));
        given.push((&column.name, cells::item(column.form)));
    }
    format!(
        "insert into {} as t (account, m_seen, m_digest, {}) select $1, $2, x.m_digest, {} from {}
         on conflict (account, key) do update set {}",
        kind.table(),
        names.join(", "),
        items.join(", "),
        unnest(&given, 3),
        set(sql::OWN.into_iter()),
    )
}

fn excluded<'a>(names: impl Iterator<Item = &'a str>) -> String {
    sql::assignments(names, |_, name| format!("excluded.{name}"))
}

/// Arrays from a place on as the table `x`.
fn unnest(columns: &[(&str, &str)], from: usize) -> String {
    let arrays = columns.iter().enumerate();
    let arrays: Vec<String> = arrays
        .map(|(at, (_, kind))| format!("${}::{kind}[]", from + at))
        .collect();
    let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
    format!("unnest({}) as x ({})", arrays.join(", "), names.join(", "))
}
