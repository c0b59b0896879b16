//! The statements about people who were forgotten.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use eduzz_sync::inbox::Code;
use eduzz_sync::mirror::{ForgetKey, Kind, Mark, Notice};
use sha2::{Digest as _, Sha256};
use tokio_postgres::Row;

use super::change::{Changing, digest, query};
use super::{Result, records};
use crate::mirror::forget::{self, BODIES, EventBody, Forgets, Unread};
use crate::mirror::written::{PAGE, Reads, Written};
use crate::mirror::{Batch, Cause, List, rows, sql};
use crate::postgres::link::{Link, Open};
use crate::postgres::{Postgres, reads};
use crate::{StoreError, StoreErrorKind};

/// People who were forgotten, as the marks of what is being stored.
pub(super) struct Known {
    key: ForgetKey,
    marks: BTreeSet<Mark>,
    theirs: Vec<(Kind, Box<str>, Mark)>,
}

/// Empties rows of forgotten people before they are stored.
pub(super) async fn in_batch(changing: &mut Changing<'_>, batch: &mut Batch) -> Result<Option<Known>> {
    let Batch {
        list,
        records,
        unreadable,
        ..
    } = batch;
    let Some(key) = key_of(changing).await? else {
        return Ok(None);
    };
    let marks = known_in(changing, forget::traces(&key, list, records, unreadable)).await?;
    let theirs = forget::empty(&key, list, records, unreadable, &marks).into_iter();
    let theirs = theirs.map(|(record, mark)| (list.kind, record, mark)).collect();
    Ok(Some(Known { key, marks, theirs }))
}

/// Empties what notices say of forgotten people.
pub(super) async fn in_notices(changing: &mut Changing<'_>, notices: &mut [Notice]) -> Result<Option<Known>> {
    let Some(key) = key_of(changing).await? else {
        return Ok(None);
    };
    let marks = known_in(changing, forget::traces_of_notices(&key, notices)).await?;
    let theirs = forget::empty_notices(&key, notices, &marks);
    Ok(Some(Known { key, marks, theirs }))
}

impl Known {
    /// Remembers the records that are theirs, and empties those that follow from them and came
    /// before.
    pub(super) async fn follow(mut self, changing: &mut Changing<'_>) -> Result<()> {
        for (kind, record, mark) in std::mem::take(&mut self.theirs) {
            if remember(changing, &[mark]).await? == 0 {
                continue;
            }
            self.marks.insert(mark);
            for (follower, column) in forget::followers(kind) {
                let account = changing.account();
                let keys = changing
                    .query(&sql::following(*follower, column), &[&account, &&*record])
                    .await?;
                let keys: std::result::Result<Vec<String>, _> =
                    keys.iter().map(|row| row.try_get(0)).collect();
                empty(changing, *follower, &keys?, (&self.key, &self.marks)).await?;
            }
        }
        Ok(())
    }
}

fn key(row: &Row) -> Result<ForgetKey> {
    Ok(ForgetKey::from_bytes(*digest(row.try_get(0)?)?.as_bytes()))
}

async fn key_of(changing: &mut Changing<'_>) -> Result<Option<ForgetKey>> {
    let account = changing.account();
    let row = changing.query_opt(sql::FORGET_KEY, &[&account]).await?;
    row.as_ref().map(key).transpose()
}

const KNOWN: &str = "select mark from eduzz_forgotten where account = ?1 and mark = any(?2)";

fn bytes(marks: &BTreeSet<Mark>) -> Vec<&[u8]> {
    marks.iter().map(|mark| &mark.as_bytes()[..]).collect()
}

fn marks(rows: &[Row]) -> Result<BTreeSet<Mark>> {
    let mark = |row: &Row| Ok(Mark::from_bytes(*digest(row.try_get(0)?)?.as_bytes()));
    rows.iter().map(mark).collect()
}

async fn known_in(changing: &mut Changing<'_>, traces: BTreeSet<Mark>) -> Result<BTreeSet<Mark>> {
    let account = changing.account();
    marks(&changing.query(KNOWN, &[&account, &bytes(&traces)]).await?)
}

/// Returns how many are new.
async fn remember(changing: &mut Changing<'_>, marks: &[Mark]) -> Result<u64> {
    let (account, now) = (changing.account(), changing.now.millis());
    let marks: Vec<&[u8]> = marks.iter().map(|mark| &mark.as_bytes()[..]).collect();
    let insert = "insert into eduzz_forgotten (account, mark, at) select ?1, mark, ?3::bigint from unnest(?2::bytea[]) as x (mark)
                  on conflict do nothing";
    changing.execute(insert, &[&account, &marks, &now]).await
}

/// Empties records of people with these marks.
async fn empty(
    changing: &mut Changing<'_>,
    kind: Kind,
    keys: &[String],
    (key, marks): (&ForgetKey, &BTreeSet<Mark>),
) -> Result<u64> {
    let account = changing.account();
    let names: Vec<&str> = keys.iter().map(String::as_str).collect();
    let stored = records::stored(changing, kind, &names, true).await?;
    let mut parents = BTreeMap::new();
    if let Some(column) = kind.parent() {
        let select = format!(
            "select key, coalesce({column}, '') from {} where account = ?1 and key = any(?2)",
            kind.table()
        );
        for row in changing.query(&select, &[&account, &names]).await? {
            parents.insert(row.try_get::<_, String>(0)?, row.try_get::<_, String>(1)?);
        }
    }
    let mut by_parent: BTreeMap<String, Vec<_>> = BTreeMap::new();
    let mut theirs = Vec::new();
    for (record, stored) in stored {
        let parent = parents.remove(&record).unwrap_or_default();
        let emptied = rows::of_forgetting((kind, &record, &parent), &stored, key, marks);
        if let Some((write, is_theirs)) = emptied {
            by_parent.entry(parent).or_default().push((Some(stored), write));
            theirs.extend(is_theirs.then(|| key.record(kind, &record)));
        }
    }
    remember(changing, &theirs).await?;
    let mut count = 0;
    for (parent, writes) in by_parent {
        let list = List::new(account, kind).of(parent);
        records::store(changing, &list, Cause::Forgotten, &writes).await?;
        count += writes.len() as u64;
    }
    // A digest could confirm a guess of all that was in the row.
    let mask = "
        update eduzz_change
        set old_digest = case when old_digest is not null then ?4::bytea end,
            new_digest = case when new_digest is null or cause = 'forgotten' then new_digest else ?4::bytea end
        where account = ?1 and kind = ?2 and key = any(?3)";
    let zeros = &[0_u8; 32][..];
    changing
        .execute(mask, &[&account, &kind.as_str(), &names, &zeros])
        .await?;
    Ok(count)
}

impl Reads for Postgres {
    async fn written(
        &self,
        account: &str,
        kind: Kind,
        only_there: bool,
        after: &str,
    ) -> Result<Vec<Written>> {
        let values = (account.to_owned(), after.to_owned());
        self.on_values(&self.aside, values, move |open, (account, after), _| {
            Box::pin(written(open, kind, only_there, account, after))
        })
        .await
    }
}

impl Forgets for Postgres {
    async fn forget_key(&self, account: &str) -> Result<Option<ForgetKey>> {
        self.on_values(&self.aside, account.to_owned(), |open, account, _| {
            Box::pin(async move {
                let rows = query(open, sql::FORGET_KEY, &[account]).await?;
                rows.first().map(key).transpose()
            })
        })
        .await
    }

    async fn make_forget_key(&self, account: &str) -> Result<ForgetKey> {
        self.on_values(&self.mirror, account.to_owned(), |open, account, now| {
            Box::pin(async move {
                let mut changing = Changing::begin(open, account, now).await?;
                // Of two random numbers of 122 bits each.
                let make = "
                    insert into eduzz_forget_key (account, key)
                    values (?1, sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())))
                    on conflict do nothing";
                changing.execute(make, &[account]).await?;
                let key = key_of(&mut changing).await?;
                changing.commit().await?;
                key.ok_or_else(|| StoreError::new(StoreErrorKind::OtherSchema))
            })
        })
        .await
    }

    async fn remember(&self, account: &str, marks: Vec<Mark>) -> Result<()> {
        let values = (account.to_owned(), marks);
        self.on_values(&self.mirror, values, |open, (account, marks), now| {
            Box::pin(async move {
                let mut changing = Changing::begin(open, account, now).await?;
                remember(&mut changing, marks).await?;
                changing.commit().await
            })
        })
        .await
    }

    async fn known(&self, account: &str, traces: BTreeSet<Mark>) -> Result<BTreeSet<Mark>> {
        let values = (account.to_owned(), traces);
        self.on_values(&self.aside, values, |open, (account, traces), _| {
            Box::pin(async move { marks(&query(open, KNOWN, &[account, &bytes(traces)]).await?) })
        })
        .await
    }

    async fn empty(
        &self,
        account: &str,
        kind: Kind,
        keys: Vec<String>,
        marks: Arc<BTreeSet<Mark>>,
    ) -> Result<u64> {
        let values = (account.to_owned(), keys, marks);
        self.on_values(&self.mirror, values, move |open, (account, keys, marks), now| {
            Box::pin(async move {
                let mut changing = Changing::begin(open, account, now).await?;
                let Some(key) = key_of(&mut changing).await? else {
                    return Ok(0);
                };
                let count = empty(&mut changing, kind, keys, (&key, marks)).await?;
                changing.commit().await?;
                Ok(count)
            })
        })
        .await
    }

    async fn unread(&self, account: &str, after: Option<&Unread>) -> Result<Vec<Unread>> {
        let after = after.map(|row| (row.kind.as_str(), row.parent.clone(), row.hash.clone()));
        let values = (account.to_owned(), after.unwrap_or_default());
        self.on_values(&self.aside, values, |open, (account, (kind, parent, hash)), _| {
            Box::pin(async move {
                let select = "
                    select kind, parent, hash, raw from eduzz_unreadable
                    where account = ?1 and (kind, parent, hash) > (?2, ?3, ?4)
                    order by kind, parent, hash limit ?5";
                let rows = query(open, select, &[account, kind, parent, hash, &i64::from(PAGE)]).await?;
                let unread = |row: &Row| {
                    Ok(Unread {
                        kind: Kind::from_text(row.try_get(0)?).ok_or_else(rows::newer_name)?,
                        parent: row.try_get(1)?,
                        hash: row.try_get(2)?,
                        raw: row.try_get(3)?,
                    })
                };
                rows.iter().map(unread).collect()
            })
        })
        .await
    }

    async fn replace_unread(&self, account: &str, rows: Vec<(Unread, String)>) -> Result<()> {
        let values = (account.to_owned(), rows);
        self.on_values(&self.mirror, values, |open, (account, rows), now| {
            Box::pin(async move {
                let mut changing = Changing::begin(open, account, now).await?;
                for (row, left) in rows {
                    let hash: [u8; 32] = Sha256::digest(left).into();
                    let (hash, kind) = (&hash[..], row.kind.as_str());
                    let there = "
                        delete from eduzz_unreadable
                        where account = ?1 and kind = ?2 and parent = ?3 and hash = ?4 and hash <> ?5";
                    changing
                        .execute(there, &[account, &kind, &row.parent, &hash, &row.hash])
                        .await?;
                    let update = "
                        update eduzz_unreadable set hash = ?5, raw = ?6
                        where account = ?1 and kind = ?2 and parent = ?3 and hash = ?4";
                    changing
                        .execute(update, &[account, &kind, &row.parent, &row.hash, &hash, left])
                        .await?;
                }
                changing.commit().await
            })
        })
        .await
    }

    async fn bodies(&self, inbox: Option<&str>, after: i64) -> Result<Vec<EventBody>> {
        self.on_values(&self.aside, inbox.map(str::to_owned), move |open, inbox, _| {
            Box::pin(bodies(open, inbox.as_deref(), after))
        })
        .await
    }

    async fn delete_bodies(&self, seqs: Vec<i64>) -> Result<()> {
        self.on_values(&self.aside, seqs, |open, seqs, now| {
            Box::pin(async move {
                let now = reads::now(open, now).await?.millis();
                let Open {
                    client, statements, ..
                } = open;
                let transaction = client.transaction().await?;
                let delete = statements
                    .get(&transaction, "delete from eduzz_body where seq = any($1)")
                    .await?;
                transaction.execute(&delete, &[seqs]).await?;
                let end = statements
                    .get(&transaction, &super::change::places(sql::END_EVENT))
                    .await?;
                for seq in seqs {
                    transaction
                        .execute(&end, &[seq, &now, &Code::PRUNED.as_str()])
                        .await?;
                }
                Ok(transaction.commit().await?)
            })
        })
        .await
    }

    async fn delete_learner(&self, inbox: Option<&str>, subject: String) -> Result<()> {
        let values = (inbox.map(str::to_owned), subject);
        self.on_values(&self.aside, values, |open, (inbox, subject), _| {
            Box::pin(async move {
                query(open, sql::DELETE_LEARNER, &[inbox, subject]).await?;
                Ok(())
            })
        })
        .await
    }

    async fn last_event(&self, account: &str) -> Result<i64> {
        self.on_values(&self.aside, account.to_owned(), |open, account, _| {
            Box::pin(async move {
                let rows = query(open, sql::LAST_EVENT, &[account]).await?;
                Ok(rows
                    .first()
                    .map(|row| row.try_get(0))
                    .transpose()?
                    .unwrap_or_default())
            })
        })
        .await
    }

    async fn set_last_event(&self, account: &str, seq: i64) -> Result<()> {
        self.on_values(&self.mirror, account.to_owned(), move |open, account, _| {
            Box::pin(async move {
                query(open, sql::SET_LAST_EVENT, &[account, &seq]).await?;
                Ok(())
            })
        })
        .await
    }

    async fn compact(&self, kinds: Vec<Kind>) -> Result<()> {
        let tables = ["eduzz_body", "eduzz_event", "eduzz_change", "eduzz_unreadable"];
        let tables = tables.into_iter().chain(kinds.into_iter().map(Kind::table));
        // A connection of its own, without the limit of a statement: a large table takes minutes.
        let mut link = Link::new(self.mirror.lock().await.server.clone(), Duration::ZERO);
        let open = link.open().await?;
        for table in tables {
            // Statistics have samples of the values.
            let vacuum = format!("vacuum (full, analyze) {table}");
            open.client.batch_execute(&vacuum).await?;
        }
        link.close();
        Ok(())
    }
}

async fn written(
    open: &mut Open,
    kind: Kind,
    only_there: bool,
    account: &str,
    after: &str,
) -> Result<Vec<Written>> {
    let select = sql::written(kind, only_there, "::text");
    let rows = query(open, &select, &[&account, &after, &i64::from(PAGE)]).await?;
    let written = |row: &Row| {
        Ok(Written {
            key: row.try_get(0)?,
            parent: row.try_get(1)?,
            raw: row.try_get(2)?,
            overlay: row.try_get(3)?,
            status: row.try_get(4)?,
        })
    };
    rows.iter().map(written).collect()
}

async fn bodies(open: &mut Open, inbox: Option<&str>, after: i64) -> Result<Vec<EventBody>> {
    let rows = query(open, sql::BODIES, &[&inbox, &after, &i64::from(BODIES)]).await?;
    let body = |row: &Row| {
        Ok(EventBody {
            seq: row.try_get(0)?,
            is_open: row.try_get(1)?,
            received: row.try_get(2)?,
            bytes: row.try_get(3)?,
        })
    };
    rows.iter().map(body).collect()
}
