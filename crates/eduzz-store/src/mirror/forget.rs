//! Forgetting a person: what is looked for, and in which order it is emptied.

use std::collections::BTreeSet;
use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use eduzz_sync::inbox::learner_key;
use eduzz_sync::mirror::{ForgetKey, Kind, Mark, Notice, Record, Sheet};

use super::written::{Reads, Written};
use super::{List, MirrorStore, Unreadable};
use crate::{Store, StoreError};

type Result<T> = std::result::Result<T, StoreError>;

/// How long after an event a smaller number can still be committed.
const OVERLAP: Duration = Duration::from_secs(600);

/// Bodies that are read at a time; one can have a megabyte.
pub(crate) const BODIES: u32 = 100;

/// Whom to forget.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Forget {
    /// Whose mirror it is.
    pub account: String,
    /// The account of the inbox whose events count; `None` for all in the database.
    pub inbox: Option<String>,
    /// The e-mail address; its case does not matter.
    pub email: String,
    /// Whether nothing is written, and only counted.
    pub is_trial: bool,
}

/// What was forgotten of a person, or would be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Forgotten {
    /// The records that were emptied, by their kind. Those that were emptied before do not count.
    pub records: Vec<(Kind, u64)>,
    /// The rows that cannot be read, and were emptied.
    pub unreadable: u64,
    /// The events whose body was deleted.
    pub events: u64,
    /// Those of them that no handler had accepted yet, and none will.
    pub waiting: u64,
    /// The customers' numbers that the address has. All their records count, with any address.
    pub customers: u64,
    /// The other addresses that these customers have. Records that have one of them without the
    /// number stay.
    pub other_emails: u64,
}

impl Forget {
    /// The person with this e-mail address, in the mirror of this account.
    pub fn new(account: impl Into<String>, email: impl Into<String>) -> Self {
        Self {
            account: account.into(),
            inbox: None,
            email: email.into(),
            is_trial: false,
        }
    }

    /// Takes only events that the inbox stored for this account.
    #[must_use]
    pub fn events_of(mut self, inbox: Option<String>) -> Self {
        self.inbox = inbox;
        self
    }

    /// Counts, and writes nothing.
    #[must_use]
    pub const fn trial(mut self) -> Self {
        self.is_trial = true;
        self
    }
}

/// A row that cannot be read, by its place.
pub(crate) struct Unread {
    pub(crate) kind: Kind,
    pub(crate) parent: String,
    pub(crate) hash: Vec<u8>,
    pub(crate) raw: String,
}

/// The body of an event.
pub(crate) struct EventBody {
    pub(crate) seq: i64,
    /// Whether a handler may still accept it.
    pub(crate) is_open: bool,
    pub(crate) received: i64,
    pub(crate) bytes: Vec<u8>,
}

/// What a database does for forgetting.
pub(crate) trait Forgets: MirrorStore + Reads + Store {
    /// The account's key, if somebody was forgotten.
    fn forget_key(&self, account: &str) -> impl Future<Output = Result<Option<ForgetKey>>> + Send;

    /// The same; makes it if it is missing.
    fn make_forget_key(&self, account: &str) -> impl Future<Output = Result<ForgetKey>> + Send;

    /// Has these marks known from now on.
    fn remember(&self, account: &str, marks: Vec<Mark>) -> impl Future<Output = Result<()>> + Send;

    /// Those of the marks that are known.
    fn known(
        &self,
        account: &str,
        traces: BTreeSet<Mark>,
    ) -> impl Future<Output = Result<BTreeSet<Mark>>> + Send;

    /// Empties these records of people with these marks; returns how many changed.
    fn empty(
        &self,
        account: &str,
        kind: Kind,
        keys: Vec<String>,
        marks: Arc<BTreeSet<Mark>>,
    ) -> impl Future<Output = Result<u64>> + Send;

    /// The rows that cannot be read after this one, [`PAGE`] at most.
    fn unread(
        &self,
        account: &str,
        after: Option<&Unread>,
    ) -> impl Future<Output = Result<Vec<Unread>>> + Send;

    /// Replaces rows that cannot be read by what stays of them.
    fn replace_unread(
        &self,
        account: &str,
        rows: Vec<(Unread, String)>,
    ) -> impl Future<Output = Result<()>> + Send;

    /// The bodies of events after this number, [`BODIES`] at most.
    fn bodies(&self, inbox: Option<&str>, after: i64) -> impl Future<Output = Result<Vec<EventBody>>> + Send;

    /// Deletes bodies, the subjects of events that are hashes of addresses, and what waits of them.
    fn delete_bodies(&self, seqs: Vec<i64>) -> impl Future<Output = Result<()>> + Send;

    /// Takes the hash of an address out of events whose body is gone.
    fn delete_learner(&self, inbox: Option<&str>, subject: String)
    -> impl Future<Output = Result<()>> + Send;

    /// The number of the last event that was looked at.
    fn last_event(&self, account: &str) -> impl Future<Output = Result<i64>> + Send;

    /// Says that events up to this one were looked at.
    fn set_last_event(&self, account: &str, seq: i64) -> impl Future<Output = Result<()>> + Send;

    /// Writes the file, or the tables of these kinds, anew, so that nothing of earlier rows is
    /// left.
    fn compact(&self, kinds: Vec<Kind>) -> impl Future<Output = Result<()>> + Send;
}

/// A search for a person in all that is stored.
struct Search<'a, S> {
    store: &'a S,
    forget: &'a Forget,
    key: ForgetKey,
    marks: BTreeSet<Mark>,
    /// Texts of which a record of the person has one: parsing all of them would take long.
    needles: Vec<String>,
    found: Forgotten,
}

pub(crate) async fn forget<S: Forgets>(store: &S, forget: &Forget) -> Result<Forgotten> {
    let account = &forget.account;
    let key = if forget.is_trial {
        let key = store.forget_key(account).await?;
        // Nothing is remembered, so any key does.
        key.unwrap_or(ForgetKey::from_bytes([0; 32]))
    } else {
        store.make_forget_key(account).await?
    };
    let mut search = Search {
        store,
        forget,
        marks: BTreeSet::from([key.email(&forget.email)]),
        key,
        needles: vec![forget.email.trim().to_lowercase()],
        found: Forgotten::default(),
    };
    // First of all what is read from now on is emptied before it is stored.
    search.remember().await?;
    search.customers().await?;
    search.remember().await?;
    search.records().await?;
    search.unreadable().await?;
    search.events().await?;
    if !forget.is_trial {
        let kinds = search.found.records.iter().map(|(kind, _)| *kind).collect();
        store.compact(kinds).await?;
    }
    Ok(search.found)
}

impl<S: Forgets> Search<'_, S> {
    async fn remember(&self) -> Result<()> {
        if self.forget.is_trial {
            return Ok(());
        }
        let marks = self.marks.iter().copied().collect();
        self.store.remember(&self.forget.account, marks).await
    }

    /// Whether a text can have one of the needles.
    fn can_be_in(&self, text: &str) -> bool {
        // An escape or an address in a URL can hide it.
        if text.contains('\\') || text.contains("%40") {
            return true;
        }
        let is_plain = self.needles.iter().all(|needle| needle.is_ascii());
        let text = text.to_ascii_lowercase();
        !is_plain || self.needles.iter().any(|needle| text.contains(needle))
    }

    fn sheets<'r>(kind: Kind, row: &'r Written) -> impl Iterator<Item = Sheet<'r>> {
        let jsons = row.raw.iter().chain(&row.overlay);
        jsons.map(move |json| Sheet {
            kind,
            key: &row.key,
            parent: &row.parent,
            json,
        })
    }

    /// Finds the numbers of the person.
    async fn customers(&mut self) -> Result<()> {
        let mut customers = BTreeSet::new();
        let has_customers = |kind: &&Kind| kind.columns().iter().any(|column| column.is_customer);
        for kind in Kind::ALL.iter().filter(has_customers) {
            let mut after = String::new();
            loop {
                let rows = self
                    .store
                    .written(&self.forget.account, *kind, false, &after)
                    .await?;
                let Some(last) = rows.last() else { break };
                last.key.clone_into(&mut after);
                for sheet in rows.iter().flat_map(|row| Self::sheets(*kind, row)) {
                    if self.can_be_in(sheet.json) {
                        customers.extend(sheet.customers(&self.key, &self.marks));
                    }
                }
            }
        }
        self.found.customers = customers.len() as u64;
        self.marks
            .extend(customers.iter().map(|id| self.key.customer(id)));
        self.needles.extend(customers);
        Ok(())
    }

    /// Empties the records, first those that others follow from.
    async fn records(&mut self) -> Result<()> {
        let mut others = BTreeSet::new();
        let mut kinds = Kind::ALL.to_vec();
        kinds.sort_by_key(|kind| kind.follows().is_some());
        for kind in kinds {
            let mut after = String::new();
            let mut count = 0;
            loop {
                let rows = self
                    .store
                    .written(&self.forget.account, kind, false, &after)
                    .await?;
                let Some(last) = rows.last() else { break };
                last.key.clone_into(&mut after);
                let mut marks = self.marks.clone();
                if kind.follows().is_some() {
                    // Of records that were emptied before an earlier call was given up.
                    let sheets = rows.iter().flat_map(|row| Self::sheets(kind, row));
                    let traces = sheets.flat_map(|sheet| sheet.traces(&self.key)).collect();
                    marks.extend(self.store.known(&self.forget.account, traces).await?);
                }
                let mut keys = Vec::new();
                for row in &rows {
                    let mut is_changed = false;
                    for sheet in Self::sheets(kind, row) {
                        if kind.follows().is_none() && !self.can_be_in(sheet.json) {
                            continue;
                        }
                        others.extend(sheet.other_addresses(&self.key, &self.marks));
                        if let Some(emptied) = sheet.without(&self.key, &marks) {
                            is_changed |= *emptied.json != *sheet.json;
                            if emptied.is_theirs {
                                self.marks.insert(self.key.record(kind, &row.key));
                            }
                        }
                    }
                    if is_changed {
                        keys.push(row.key.clone());
                    }
                }
                count += if self.forget.is_trial || keys.is_empty() {
                    keys.len() as u64
                } else {
                    marks.append(&mut self.marks.clone());
                    self.store
                        .empty(&self.forget.account, kind, keys, Arc::new(marks))
                        .await?
                };
            }
            if count > 0 {
                self.found.records.push((kind, count));
            }
        }
        others.remove(&self.key.email(&self.forget.email));
        self.found.other_emails = others.len() as u64;
        Ok(())
    }

    async fn unreadable(&mut self) -> Result<()> {
        let account = &self.forget.account;
        let mut rows = self.store.unread(account, None).await?;
        while let Some(last) = rows.pop() {
            let next = self.store.unread(account, Some(&last)).await?;
            rows.push(last);
            let mut emptied = Vec::new();
            for row in rows {
                let sheet = Sheet {
                    kind: row.kind,
                    key: "",
                    parent: &row.parent,
                    json: &row.raw,
                };
                if let Some(left) = sheet.without(&self.key, &self.marks)
                    && *left.json != *row.raw
                {
                    emptied.push((row, left.json.into()));
                }
            }
            self.found.unreadable += emptied.len() as u64;
            if !self.forget.is_trial && !emptied.is_empty() {
                self.store.replace_unread(account, emptied).await?;
            }
            rows = next;
        }
        Ok(())
    }

    async fn events(&mut self) -> Result<()> {
        let inbox = self.forget.inbox.as_deref();
        let mut after = i64::MIN;
        loop {
            let bodies = self.store.bodies(inbox, after).await?;
            let Some(last) = bodies.last() else { break };
            after = last.seq;
            let mut seqs = Vec::new();
            for body in bodies {
                let traces = self.key.traces_of_event(&body.bytes);
                if !traces.is_disjoint(&self.marks) {
                    seqs.push(body.seq);
                    self.found.waiting += u64::from(body.is_open);
                }
            }
            self.found.events += seqs.len() as u64;
            if !self.forget.is_trial && !seqs.is_empty() {
                self.store.delete_bodies(seqs).await?;
            }
        }
        if !self.forget.is_trial {
            let learner = learner_key(&self.forget.email);
            self.store.delete_learner(inbox, learner).await?;
        }
        Ok(())
    }
}

/// Deletes the bodies of later events of forgotten people.
pub(crate) async fn forget_events<S: Forgets>(store: &S, account: &str, inbox: Option<&str>) -> Result<u64> {
    let Some(key) = store.forget_key(account).await? else {
        return Ok(0);
    };
    let young = store.now().await?.before(OVERLAP).millis();
    let (mut deleted, mut after) = (0, store.last_event(account).await?);
    // Up to here each event of a forgotten person is done, and none can come any more.
    let mut seen = after;
    let mut is_seen = true;
    loop {
        let bodies = store.bodies(inbox, after).await?;
        let Some(last) = bodies.last() else { break };
        after = last.seq;
        let traces = bodies.iter().map(|body| key.traces_of_event(&body.bytes));
        let traces: Vec<BTreeSet<Mark>> = traces.collect();
        let known = store
            .known(account, traces.iter().flatten().copied().collect())
            .await?;
        let mut seqs = Vec::new();
        for (body, traces) in bodies.iter().zip(traces) {
            let is_forgotten = !traces.is_disjoint(&known);
            is_seen &= body.received < young && !(is_forgotten && body.is_open);
            if is_seen {
                seen = body.seq;
            }
            if is_forgotten && !body.is_open {
                seqs.push(body.seq);
            }
        }
        deleted += seqs.len() as u64;
        if !seqs.is_empty() {
            store.delete_bodies(seqs).await?;
        }
    }
    store.set_last_event(account, seen).await?;
    Ok(deleted)
}

/// The marks by which rows can be ones of forgotten people.
pub(crate) fn traces(
    key: &ForgetKey,
    list: &List,
    records: &[Record],
    unreadable: &[Unreadable],
) -> BTreeSet<Mark> {
    let records = records.iter().map(|record| sheet(list, &record.key, &record.raw));
    let unreadable = unreadable.iter().map(|row| sheet(list, "", &row.raw));
    records
        .chain(unreadable)
        .flat_map(|sheet| sheet.traces(key))
        .collect()
}

/// Empties rows of forgotten people before they are stored; returns the marks of the records that
/// are theirs.
pub(crate) fn empty(
    key: &ForgetKey,
    list: &List,
    records: &mut [Record],
    unreadable: &mut [Unreadable],
    known: &BTreeSet<Mark>,
) -> Vec<(Box<str>, Mark)> {
    let mut theirs = Vec::new();
    if known.is_empty() {
        return theirs;
    }
    for record in records {
        let Some(emptied) = sheet(list, &record.key, &record.raw).without(key, known) else {
            continue;
        };
        if emptied.is_theirs {
            theirs.push((record.key.clone(), key.record(list.kind, &record.key)));
        }
        let bare = || list.kind.bare(&record.key, record.status.as_deref());
        *record = list
            .kind
            .read(&list.parent, &emptied.json)
            .unwrap_or_else(|_| bare());
    }
    for row in unreadable {
        if let Some(emptied) = sheet(list, "", &row.raw).without(key, known) {
            row.raw = emptied.json.into();
        }
    }
    theirs
}

/// The marks by which notices can be of forgotten people.
pub(crate) fn traces_of_notices(key: &ForgetKey, notices: &[Notice]) -> BTreeSet<Mark> {
    let sheets = notices.iter().filter_map(sheet_of);
    sheets.flat_map(|sheet| sheet.traces(key)).collect()
}

/// Empties what notices say of forgotten people; returns the records that are theirs.
pub(crate) fn empty_notices(
    key: &ForgetKey,
    notices: &mut [Notice],
    known: &BTreeSet<Mark>,
) -> Vec<(Kind, Box<str>, Mark)> {
    let mut theirs = Vec::new();
    for notice in notices {
        let Some(emptied) = sheet_of(notice).and_then(|sheet| sheet.without(key, known)) else {
            continue;
        };
        if emptied.is_theirs {
            let mark = key.record(notice.kind, &notice.key);
            theirs.push((notice.kind, notice.key.clone(), mark));
        }
        notice.overlay = Some(emptied.json);
    }
    theirs
}

fn sheet_of(notice: &Notice) -> Option<Sheet<'_>> {
    Some(Sheet {
        kind: notice.kind,
        key: &notice.key,
        parent: "",
        json: notice.overlay.as_deref()?,
    })
}

fn sheet<'a>(list: &'a List, key: &'a str, json: &'a str) -> Sheet<'a> {
    Sheet {
        kind: list.kind,
        key,
        parent: &list.parent,
        json,
    }
}

/// The kinds whose records follow from those of this kind, and the column that names it.
pub(crate) const fn followers(kind: Kind) -> &'static [(Kind, &'static str)] {
    match kind {
        Kind::Sale => &[(Kind::StatementEntry, "sale_id"), (Kind::Chargeback, "key")],
        Kind::Subscription => &[(Kind::Invoice, "subscription_id")],
        _ => &[],
    }
}

impl fmt::Debug for Forget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Forget")
            .field("account", &self.account)
            .field("is_trial", &self.is_trial)
            .finish_non_exhaustive()
    }
}
