//! The statements about people who were forgotten.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use eduzz_sync::Moment;
use eduzz_sync::inbox::Code;
use eduzz_sync::mirror::{ForgetKey, Kind, Mark, Notice};
use rusqlite::{Connection, OptionalExtension as _, params, params_from_iter};
use sha2::{Digest as _, Sha256};

use super::{Result, records};
use crate::mirror::forget::{self, BODIES, EventBody, Forgets, Unread};
use crate::mirror::written::{PAGE, Reads, Written};
use crate::mirror::{Batch, Cause, List, rows, sql};
use crate::sqlite::Sqlite;
use crate::{StoreError, StoreErrorKind};

/// People who were forgotten, as the marks of what is being stored.
pub(super) struct Known {
    key: ForgetKey,
    marks: BTreeSet<Mark>,
    theirs: Vec<(Kind, Box<str>, Mark)>,
}

/// Empties rows of forgotten people before they are stored.
pub(super) fn in_batch(connection: &Connection, batch: &mut Batch) -> Result<Option<Known>> {
    let Batch {
        list,
        records,
        unreadable,
        ..
    } = batch;
    let Some(key) = key(connection, &list.account)? else {
        return Ok(None);
    };
    let marks = known(
        connection,
        &list.account,
        forget::traces(&key, list, records, unreadable),
    )?;
    let theirs = forget::empty(&key, list, records, unreadable, &marks).into_iter();
    let theirs = theirs.map(|(record, mark)| (list.kind, record, mark)).collect();
    Ok(Some(Known { key, marks, theirs }))
}

/// Empties what notices say of forgotten people.
pub(super) fn in_notices(
    connection: &Connection,
    account: &str,
    notices: &mut [Notice],
) -> Result<Option<Known>> {
    let Some(key) = key(connection, account)? else {
        return Ok(None);
    };
    let marks = known(connection, account, forget::traces_of_notices(&key, notices))?;
    let theirs = forget::empty_notices(&key, notices, &marks);
    Ok(Some(Known { key, marks, theirs }))
}

impl Known {
    /// Remembers the records that are theirs, and empties those that follow from them and came
    /// before.
    pub(super) fn follow(mut self, connection: &Connection, account: &str, now: Moment) -> Result<()> {
        for (kind, record, mark) in std::mem::take(&mut self.theirs) {
            if remember(connection, account, &[mark], now)? == 0 {
                continue;
            }
            self.marks.insert(mark);
            for (follower, column) in forget::followers(kind) {
                let mut select = connection.prepare_cached(&sql::following(*follower, column))?;
                let keys = select.query_map(params![account, record], |row| row.get(0))?;
                let keys: Vec<String> = keys.collect::<rusqlite::Result<_>>()?;
                empty(
                    connection,
                    account,
                    *follower,
                    &keys,
                    (&self.key, &self.marks),
                    now,
                )?;
            }
        }
        Ok(())
    }
}

fn key(connection: &Connection, account: &str) -> Result<Option<ForgetKey>> {
    let key = connection
        .prepare_cached(sql::FORGET_KEY)?
        .query_row([account], |row| row.get(0))
        .optional()?;
    Ok(key.map(ForgetKey::from_bytes))
}

fn known(connection: &Connection, account: &str, traces: BTreeSet<Mark>) -> Result<BTreeSet<Mark>> {
    let mut select =
        connection.prepare_cached("select 1 from eduzz_forgotten where account = ?1 and mark = ?2")?;
    let mut known = BTreeSet::new();
    for mark in traces {
        if select.exists(params![account, mark.as_bytes()])? {
            known.insert(mark);
        }
    }
    Ok(known)
}

/// Returns how many are new.
fn remember(connection: &Connection, account: &str, marks: &[Mark], now: Moment) -> Result<usize> {
    let mut insert = connection.prepare_cached(
        "insert into eduzz_forgotten (account, mark, at) values (?1, ?2, ?3) on conflict do nothing",
    )?;
    let mut new = 0;
    for mark in marks {
        new += insert.execute(params![account, mark.as_bytes(), now.millis()])?;
    }
    Ok(new)
}

/// Empties records of people with these marks.
fn empty(
    connection: &Connection,
    account: &str,
    kind: Kind,
    keys: &[String],
    (key, marks): (&ForgetKey, &BTreeSet<Mark>),
    now: Moment,
) -> Result<u64> {
    // Deleted content is overwritten with zeros.
    connection.pragma_update(None, "secure_delete", true)?;
    let mut by_parent: BTreeMap<String, Vec<_>> = BTreeMap::new();
    let mut theirs = Vec::new();
    for record in keys {
        let Some((parent, stored)) = records::whole(connection, account, kind, record)? else {
            continue;
        };
        let emptied = rows::of_forgetting((kind, record, &parent), &stored, key, marks);
        if let Some((write, is_theirs)) = emptied {
            by_parent.entry(parent).or_default().push((Some(stored), write));
            theirs.extend(is_theirs.then(|| key.record(kind, record)));
        }
    }
    remember(connection, account, &theirs, now)?;
    let mut count = 0;
    for (parent, writes) in by_parent {
        let list = List::new(account, kind).of(parent);
        records::store(connection, &list, Cause::Forgotten, &writes, now)?;
        count += writes.len() as u64;
    }
    // A digest could confirm a guess of all that was in the row.
    let places: Vec<String> = (3..keys.len() + 3).map(|place| format!("?{place}")).collect();
    let mask = format!(
        "update eduzz_change
         set old_digest = case when old_digest is not null then zeroblob(32) end,
             new_digest = case when new_digest is null or cause = 'forgotten' then new_digest else zeroblob(32) end
         where account = ?1 and kind = ?2 and key in ({})",
        places.join(", ")
    );
    let values = [account, kind.as_str()]
        .into_iter()
        .chain(keys.iter().map(String::as_str));
    connection.execute(&mask, params_from_iter(values))?;
    connection.pragma_update(None, "secure_delete", false)?;
    Ok(count)
}

impl Reads for Sqlite {
    async fn written(
        &self,
        account: &str,
        kind: Kind,
        only_there: bool,
        after: &str,
    ) -> Result<Vec<Written>> {
        let (account, after) = (account.to_owned(), after.to_owned());
        self.reader
            .run(move |connection| {
                let mut select = connection.prepare_cached(&sql::written(kind, only_there, ""))?;
                let rows = select.query_map(params![account, after, PAGE], |row| {
                    Ok(Written {
                        key: row.get(0)?,
                        parent: row.get(1)?,
                        raw: row.get(2)?,
                        overlay: row.get(3)?,
                        status: row.get(4)?,
                    })
                })?;
                Ok(rows.collect::<rusqlite::Result<_>>()?)
            })
            .await
    }
}

impl Forgets for Sqlite {
    async fn forget_key(&self, account: &str) -> Result<Option<ForgetKey>> {
        let account = account.to_owned();
        self.reader.run(move |connection| key(connection, &account)).await
    }

    async fn make_forget_key(&self, account: &str) -> Result<ForgetKey> {
        let account = account.to_owned();
        self.writer
            .run(move |connection| {
                connection.execute(
                    "insert into eduzz_forget_key (account, key) values (?1, randomblob(32)) on conflict do nothing",
                    [&account],
                )?;
                key(connection, &account)?.ok_or_else(|| StoreError::new(StoreErrorKind::OtherSchema))
            })
            .await
    }

    async fn remember(&self, account: &str, marks: Vec<Mark>) -> Result<()> {
        let (clock, account) = (self.clock.clone(), account.to_owned());
        self.writer
            .run(move |connection| remember(connection, &account, &marks, clock.now()).map(drop))
            .await
    }

    async fn known(&self, account: &str, traces: BTreeSet<Mark>) -> Result<BTreeSet<Mark>> {
        let account = account.to_owned();
        self.reader
            .run(move |connection| known(connection, &account, traces))
            .await
    }

    async fn empty(
        &self,
        account: &str,
        kind: Kind,
        keys: Vec<String>,
        marks: Arc<BTreeSet<Mark>>,
    ) -> Result<u64> {
        let (clock, account) = (self.clock.clone(), account.to_owned());
        self.writer
            .run(move |connection| {
                let Some(key) = key(connection, &account)? else {
                    return Ok(0);
                };
                empty(connection, &account, kind, &keys, (&key, &marks), clock.now())
            })
            .await
    }

    async fn unread(&self, account: &str, after: Option<&Unread>) -> Result<Vec<Unread>> {
        let account = account.to_owned();
        let after = after.map(|row| (row.kind, row.parent.clone(), row.hash.clone()));
        self.reader
            .run(move |connection| {
                let (kind, parent, hash) = match &after {
                    Some((kind, parent, hash)) => (kind.as_str(), &**parent, &**hash),
                    None => ("", "", &[][..]),
                };
                let mut select = connection.prepare_cached(
                    "select kind, parent, hash, raw from eduzz_unreadable
                     where account = ?1 and (kind, parent, hash) > (?2, ?3, ?4)
                     order by kind, parent, hash limit ?5",
                )?;
                let mut rows = select.query(params![account, kind, parent, hash, PAGE])?;
                let mut unread = Vec::new();
                while let Some(row) = rows.next()? {
                    let kind: String = row.get(0)?;
                    unread.push(Unread {
                        kind: Kind::from_text(&kind).ok_or_else(rows::newer_name)?,
                        parent: row.get(1)?,
                        hash: row.get(2)?,
                        raw: row.get(3)?,
                    });
                }
                Ok(unread)
            })
            .await
    }

    async fn replace_unread(&self, account: &str, rows: Vec<(Unread, String)>) -> Result<()> {
        let account = account.to_owned();
        self.writer
            .run(move |connection| {
                connection.pragma_update(None, "secure_delete", true)?;
                let mut update = connection.prepare_cached(
                    "update or replace eduzz_unreadable set hash = ?5, raw = ?6
                     where account = ?1 and kind = ?2 and parent = ?3 and hash = ?4",
                )?;
                for (row, left) in &rows {
                    let hash: [u8; 32] = Sha256::digest(left).into();
                    update.execute(params![
                        account,
                        row.kind.as_str(),
                        row.parent,
                        row.hash,
                        hash,
                        left
                    ])?;
                }
                connection.pragma_update(None, "secure_delete", false)?;
                Ok(())
            })
            .await
    }

    async fn bodies(&self, inbox: Option<&str>, after: i64) -> Result<Vec<EventBody>> {
        let inbox = inbox.map(str::to_owned);
        self.reader
            .run(move |connection| {
                let mut select = connection.prepare_cached(sql::BODIES)?;
                let rows = select.query_map(params![inbox, after, BODIES], |row| {
                    Ok(EventBody {
                        seq: row.get(0)?,
                        is_open: row.get(1)?,
                        received: row.get(2)?,
                        bytes: row.get(3)?,
                    })
                })?;
                Ok(rows.collect::<rusqlite::Result<_>>()?)
            })
            .await
    }

    async fn delete_bodies(&self, seqs: Vec<i64>) -> Result<()> {
        let clock = self.clock.clone();
        self.writer
            .run(move |connection| {
                connection.pragma_update(None, "secure_delete", true)?;
                for seq in seqs {
                    connection
                        .prepare_cached("delete from eduzz_body where seq = ?1")?
                        .execute([seq])?;
                    connection.prepare_cached(sql::END_EVENT)?.execute(params![
                        seq,
                        clock.now().millis(),
                        Code::PRUNED.as_str()
                    ])?;
                }
                connection.pragma_update(None, "secure_delete", false)?;
                Ok(())
            })
            .await
    }

    async fn delete_learner(&self, inbox: Option<&str>, subject: String) -> Result<()> {
        let inbox = inbox.map(str::to_owned);
        self.writer
            .run(move |connection| {
                connection.execute(sql::DELETE_LEARNER, params![inbox, subject])?;
                Ok(())
            })
            .await
    }

    async fn last_event(&self, account: &str) -> Result<i64> {
        let account = account.to_owned();
        self.reader
            .run(move |connection| {
                let last = connection
                    .prepare_cached(sql::LAST_EVENT)?
                    .query_row([account], |row| row.get(0))
                    .optional()?;
                Ok(last.unwrap_or_default())
            })
            .await
    }

    async fn set_last_event(&self, account: &str, seq: i64) -> Result<()> {
        let account = account.to_owned();
        self.writer
            .run(move |connection| {
                connection
                    .prepare_cached(sql::SET_LAST_EVENT)?
                    .execute(params![account, seq])?;
                Ok(())
            })
            .await
    }

    async fn compact(&self, _: Vec<Kind>) -> Result<()> {
        self.reader
            .run(|connection| {
                // The writer's works run in a transaction, which cannot do this.
                connection.pragma_update(None, "query_only", false)?;
                let compacted = compact(connection);
                connection.pragma_update(None, "query_only", true)?;
                compacted
            })
            .await
    }
}

/// Writes the file anew, and empties its log.
fn compact(connection: &Connection) -> Result<()> {
    connection.execute_batch("vacuum")?;
    // Samples of values, if somebody had the planner collect them.
    let has_samples: bool = connection.query_row(
        "select exists (select 1 from sqlite_master where name like 'sqlite_stat%')",
        [],
        |row| row.get(0),
    )?;
    if has_samples {
        connection.execute_batch("analyze")?;
    }
    let is_busy: bool = connection.query_row("pragma wal_checkpoint(truncate)", [], |row| row.get(0))?;
    if is_busy {
        return Err(StoreError::with(
            StoreErrorKind::Busy,
            "another program reads the file, so that its log cannot be emptied: repeat it",
        ));
    }
    Ok(())
}
