//! What a mirror stores and reads.

// Without a database the helpers are unused.
#![cfg_attr(not(any(feature = "postgres", feature = "sqlite")), allow(dead_code))]

pub(crate) mod figures;
pub(crate) mod forget;
pub(crate) mod rows;
pub(crate) mod sql;
pub(crate) mod written;

use std::fmt;
use std::future::Future;

use eduzz_sync::Moment;
use eduzz_sync::mirror::{
    Choice, Crowd, Digest, Doubt, Kind, LaneStep, LaneTurn, Notice, Pass, Record, Source, Span, Tally, Value,
    Verdict, times_fit,
};
use eduzz_sync::subscription::Ailment;
use rust_decimal::Decimal;

use crate::StoreError;
pub use forget::{Forget, Forgotten};

pub use self::figures::{Arrears, Figures, Moves, Running, Sold, SoldProduct};

/// A database that keeps a mirror: [`Sqlite`](crate::Sqlite) or `Postgres`.
///
/// The changes of one account are made one after another, so the numbers of its changes are in the
/// order in which they were committed. Every change that a method reports is committed and synced
/// to disk.
pub trait MirrorStore: Clone + fmt::Debug + Send + Sync + 'static {
    /// Brings the mirror's tables to the present version. They are apart from the inbox's, so a
    /// program that has only an inbox does not have them.
    fn prepare(&self) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Takes rows that the API answered, and the cursor behind them, in one transaction.
    fn merge(&self, batch: Batch) -> impl Future<Output = Result<Merged, StoreError>> + Send;

    /// Takes what events told. Returns how many records show something else now.
    fn tell(
        &self,
        account: &str,
        notices: Vec<Notice>,
    ) -> impl Future<Output = Result<u64, StoreError>> + Send;

    /// Takes the answer that there is no such record.
    fn not_found(
        &self,
        list: &List,
        key: &str,
        asked: Moment,
        answered: Moment,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Takes the records that have to be asked for again by their id
    /// ([`Kind::has_call`](eduzz_sync::mirror::Kind::has_call)), at most `limit`, those that wait
    /// longest first. Other programs do not get them for a minute
    /// ([`REFETCH_LEASE`](eduzz_sync::mirror::REFETCH_LEASE)).
    fn refetches(
        &self,
        account: &str,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<(Kind, String)>, StoreError>> + Send;

    /// Takes the records of a kind with [changes](eduzz_sync::mirror::Kind::has_changes) that have
    /// to be asked for again, and that walks over days read with fewer calls than one by one
    /// ([`crowds`](eduzz_sync::mirror::crowds)); of at most `limit` records. Other programs do not
    /// get them for a minute.
    fn crowds(
        &self,
        account: &str,
        kind: Kind,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<Crowd>, StoreError>> + Send;

    /// The lists of a kind that have windows: one, or one for each parent.
    fn lists(&self, account: &str, kind: Kind) -> impl Future<Output = Result<Vec<List>, StoreError>> + Send;

    /// The windows of a list that are cut, the newest first.
    fn windows(&self, list: &List) -> impl Future<Output = Result<Vec<Window>, StoreError>> + Send;

    /// Begins a pass over a window, or goes on with one whose reader is gone. The reader has it for
    /// five minutes after each page ([`PASS_LEASE`](eduzz_sync::mirror::PASS_LEASE)). `None` if
    /// another program reads it, or a window with some of its days is there.
    fn begin(
        &self,
        list: &List,
        span: Span,
    ) -> impl Future<Output = Result<Option<Reading>, StoreError>> + Send;

    /// Makes a window shorter that has too many rows, before any of them is stored. `None` if the
    /// reader has lost it, or this or an earlier pass has stored rows.
    fn cut(
        &self,
        reading: Reading,
        span: Span,
    ) -> impl Future<Output = Result<Option<Reading>, StoreError>> + Send;

    /// Ends a pass: proves the window, or says why it is not proven, and which of its records the
    /// service did not show. `None` if the reader has lost it.
    fn end(
        &self,
        reading: &Reading,
        pass: Pass,
    ) -> impl Future<Output = Result<Option<Ended>, StoreError>> + Send;

    /// What the mirror has of a window, computed from its columns; with what of it does not fit
    /// together.
    fn examine(&self, list: &List, span: Span) -> impl Future<Output = Result<Examined, StoreError>> + Send;

    /// Says that a window is not what was proven ([`Doubt::Changed`]): it is due to be read again,
    /// which mends its rows.
    fn doubt(&self, list: &List, span: Span) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Says that the service refuses the list of a window to the token ([`Doubt::Refused`]): a pass
    /// over it ends, and it is due to be read again. What was proven of it stays known.
    fn refuse(&self, list: &List, span: Span) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// The kinds that are copied.
    fn choice(&self, account: &str) -> impl Future<Output = Result<Choice, StoreError>> + Send;

    /// Sets the kinds that are copied from now on. What is there of others stays.
    fn choose(&self, account: &str, choice: Choice) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// The proven windows that were read since they were compared with this source, the newest
    /// first.
    fn uncompared(
        &self,
        account: &str,
        source: Source,
    ) -> impl Future<Output = Result<Vec<Span>, StoreError>> + Send;

    /// The gains of the paid sales of a window.
    fn gains(&self, account: &str, span: Span) -> impl Future<Output = Result<Gains, StoreError>> + Send;

    /// How many paid sales, nothing of which was refunded, have an entry in a window of the
    /// statement, and of how many of them all entries add up to the net gain.
    fn net_gains(
        &self,
        account: &str,
        span: Span,
    ) -> impl Future<Output = Result<(u64, u64), StoreError>> + Send;

    /// Keeps what a comparison of a window found, as
    /// [`cross_check`](eduzz_sync::mirror::cross_check) judges it by the other windows. `sales` is
    /// how many were compared.
    fn compared(
        &self,
        account: &str,
        source: Source,
        span: Span,
        sales: u64,
        is_equal: Option<bool>,
    ) -> impl Future<Output = Result<Verdict, StoreError>> + Send;

    /// What the comparisons of windows found, by source, the newest first.
    fn cross_checks(&self, account: &str)
    -> impl Future<Output = Result<Vec<CrossCheck>, StoreError>> + Send;

    /// The changes after a number, the oldest first.
    fn changes(
        &self,
        account: &str,
        after: i64,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<Change>, StoreError>> + Send;

    /// The parents, such as products, whose lists of a kind, such as offers, were never read, are
    /// due for a check, or changed since they were read; at most `limit`. A parent that is gone is
    /// among them until its list has no rows.
    fn parents(
        &self,
        account: &str,
        kind: Kind,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<String>, StoreError>> + Send;

    /// When something was done last, by a name that the caller chooses; `None` if never.
    fn mark(
        &self,
        account: &str,
        name: &str,
    ) -> impl Future<Output = Result<Option<Moment>, StoreError>> + Send;

    /// Says when it was done last.
    fn set_mark(
        &self,
        account: &str,
        name: &str,
        at: Moment,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// The accounts that have a mark of this name, sorted.
    fn marked(&self, name: &str) -> impl Future<Output = Result<Vec<String>, StoreError>> + Send;

    /// The subscription to webhooks that the mirror's events come by, and what the last look at it
    /// found; `None` if the mirror was not told of one.
    fn webhook(&self, account: &str)
    -> impl Future<Output = Result<Option<WebhookWatch>, StoreError>> + Send;

    /// Sets the address of that subscription; `None` if it is not to be looked at any more. Nothing
    /// is known of another address until it is looked at.
    fn watch_webhook(
        &self,
        account: &str,
        url: Option<&str>,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Keeps what a look at the subscription of this address found. It says nothing of another one
    /// that was set meanwhile.
    fn webhook_examined(
        &self,
        account: &str,
        url: &str,
        found: Result<(), Ailment>,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// How many windows of a kind were read, and how many of its records are due to be asked for
    /// again; without counting rows.
    fn reached(&self, account: &str, kind: Kind) -> impl Future<Output = Result<Reached, StoreError>> + Send;

    /// Takes a step in a lane of calls that all processes count together, by the lane's name. The
    /// lane is locked for that moment, and the database's clock says how much time has passed.
    fn pace(
        &self,
        lane: &str,
        step: LaneStep,
    ) -> impl Future<Output = Result<Option<LaneTurn>, StoreError>> + Send;

    /// What was sold on some days, and what runs now, as one moment of the database has it.
    fn figures(&self, account: &str, span: Span) -> impl Future<Output = Result<Figures, StoreError>> + Send;

    /// What the mirror has of each kind.
    fn holdings(&self, account: &str) -> impl Future<Output = Result<Vec<Holding>, StoreError>> + Send;

    /// The records of a kind after a key, in the order of their keys, some hundred at most and none
    /// at the end; without those that are gone. Of a record that is only known by an event the JSON
    /// is empty, if the event said too little.
    ///
    /// A record that changes while a program reads all of them comes once, as it was or as it is.
    fn records(
        &self,
        account: &str,
        kind: Kind,
        after: &str,
    ) -> impl Future<Output = Result<Vec<Record>, StoreError>> + Send;

    /// Forgets a person: empties the personal columns and members of the JSON in all records of the
    /// person, deletes the bodies of the events, and remembers the person by keyed hashes, so that
    /// what is merged or told later is emptied before it is stored. Digests of the records in
    /// earlier [changes](Self::changes) become zeros. At the end the file or the tables are written
    /// anew, which waits for other programs.
    ///
    /// It reads the whole mirror and all bodies twice. A call that fails or is given up can be
    /// repeated, and then completes the work.
    fn forget(&self, forget: &Forget) -> impl Future<Output = Result<Forgotten, StoreError>> + Send;

    /// Deletes the bodies of events that came since and are of people who were forgotten, once they
    /// are done or ignored. `inbox` is the account of the events; `None` for all. Returns how many.
    fn forget_events(
        &self,
        account: &str,
        inbox: Option<&str>,
    ) -> impl Future<Output = Result<u64, StoreError>> + Send;
}

/// A list of the service: all records of a kind, or those of one parent, such as a product.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct List {
    /// Whose it is.
    pub account: String,
    /// What is in it.
    pub kind: Kind,
    /// The product of offers, the subscription of invoices, and so on; empty for a kind that has
    /// one list.
    pub parent: String,
}

/// Rows that the API answered.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Batch {
    /// The list that they are in.
    pub list: List,
    /// When they were asked for.
    pub asked: Moment,
    /// When they came.
    pub answered: Moment,
    /// Why they were asked for.
    pub cause: Cause,
    /// The rows that could be read.
    pub records: Vec<Record>,
    /// The rows that could not.
    pub unreadable: Vec<Unreadable>,
    /// The pass that they belong to, with the cursor behind them.
    pub page: Option<(Reading, String)>,
}

/// A row that cannot be read. It does not print.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unreadable {
    /// The JSON, as received.
    pub raw: String,
    /// The place and the reason, without values.
    pub reason: String,
}

/// Why a record was asked for, or changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Cause {
    /// An event told of it.
    Event,
    /// An event had told of it.
    Refetch,
    /// The first reading of a window.
    BackFill,
    /// What changed lately, by the service's word.
    CatchUp,
    /// A window was read again. What it changes, nothing else had told of: silent drift.
    Check,
    /// A person was forgotten.
    Forgotten,
}

/// What a batch did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Merged {
    /// Records that were not there.
    pub new: u64,
    /// Records that show something else now.
    pub changed: u64,
    /// Whether nothing was stored, because another program reads the window.
    pub is_lost: bool,
}

/// A window.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Window {
    /// Its days.
    pub span: Span,
    /// How many rows the last whole pass showed. `None` before there was one.
    pub rows: Option<u64>,
    /// How many of them could not be read.
    pub unreadable: u64,
    /// When the last whole pass ended.
    pub read_at: Option<Moment>,
    /// Why it is not proven; `None` if it is.
    pub doubt: Option<Doubt>,
    /// When it was proven first, as it is.
    pub sealed_at: Option<Moment>,
    /// When to read it again.
    pub check: Option<Moment>,
    /// Whether a program reads it.
    pub is_held: bool,
    /// The cursor behind the last page that was stored of a pass that has not ended.
    pub cursor: Option<String>,
}

/// A program's hold on a window.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reading {
    /// The list.
    pub list: List,
    /// The window's days.
    pub span: Span,
    /// The number of the hold. An older one cannot write any more.
    pub number: i64,
    /// When the pass began.
    pub began: Moment,
    /// The cursor behind the last page that was stored.
    pub cursor: Option<String>,
}

/// The end of a pass.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Ended {
    /// Why the window is not proven; `None` if it is.
    pub doubt: Option<Doubt>,
    /// Records of the window that the service did not show, to be asked for by their id.
    pub missing: Vec<String>,
    /// How many records the pass found changed that nothing else had told of.
    pub drifted: u64,
}

/// A window as its columns are now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Examined {
    /// Its sums.
    pub tally: Tally,
    /// Whether the sums are those that were proven. `None` if the window is not proven.
    pub is_as_proven: Option<bool>,
    /// Records whose columns are not those of their JSON, or not those that were stored.
    pub tampered: Vec<String>,
}

/// The gains of the paid sales of a window.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Gains {
    /// How many paid sales there are.
    pub sales: u64,
    /// The currency of all of them; `None` without any.
    pub currency: Option<String>,
    /// The sum of the gross gains, in ten-thousandths.
    pub gross_e4: i64,
    /// The sum of the net gains, in ten-thousandths.
    pub net_e4: i64,
    /// Whether all are settled, of one currency, and the sums exact.
    pub is_whole: bool,
}

/// What a comparison of a window found.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CrossCheck {
    /// What it was compared with.
    pub source: Source,
    /// The window's days.
    pub span: Span,
    /// What was found.
    pub verdict: Verdict,
    /// How many sales were compared.
    pub sales: u64,
    /// When.
    pub checked_at: Moment,
}

/// A subscription to webhooks that is looked at.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct WebhookWatch {
    /// Where the events go. It can hold a key, so it does not print.
    pub url: String,
    /// What the last look found; `None` before the first.
    pub found: Option<Found>,
}

/// What a look at a subscription found.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Found {
    /// What is wrong; `None` if the subscription is well.
    pub ailment: Option<Ailment>,
    /// When that was found first.
    pub since: Moment,
    /// When that was found last.
    pub checked_at: Moment,
}

/// How far the reading of a kind has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reached {
    /// Windows that were read to their end.
    pub windows: u64,
    /// Records that are due to be asked for again.
    pub due: u64,
}

/// A change of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// The number, without gaps in an account.
    pub number: i64,
    /// The kind of the record.
    pub kind: Kind,
    /// The record.
    pub key: String,
    /// The reason.
    pub cause: Cause,
    /// When it was made.
    pub at: Moment,
    /// The digest before; `None` if the record is new. Zeros if a person was in it who is
    /// forgotten.
    pub old: Option<Digest>,
    /// The digest after; `None` if it is gone. Zeros as before.
    pub new: Option<Digest>,
}

/// What the mirror has of a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Holding {
    /// The kind.
    pub kind: Kind,
    /// Records that are at the service, as far as is known.
    pub rows: u64,
    /// Records that no answer has settled.
    pub unsettled: u64,
    /// Records about which the API and an event disagree.
    pub disagreeing: u64,
    /// Records that are gone.
    pub gone: u64,
    /// Rows that cannot be read.
    pub unreadable: u64,
    /// Windows that are proven.
    pub proven: u64,
    /// Windows that stay open until 26 hours after their last day.
    pub open: u64,
    /// Windows that are not proven for another reason.
    pub doubtful: u64,
    /// Windows whose list the service refuses to the token; they are not among the doubtful.
    pub refused: u64,
    /// Changes that only a check found.
    pub drifted: u64,
    /// Of the unsettled records, those that should be: their last news is older than [`SETTLED_WITHIN`](eduzz_sync::mirror::SETTLED_WITHIN).
    pub late: u64,
}

impl List {
    /// All records of a kind.
    pub fn new(account: impl Into<String>, kind: Kind) -> Self {
        Self {
            account: account.into(),
            kind,
            parent: String::new(),
        }
    }

    /// Those of one parent.
    #[must_use]
    pub fn of(mut self, parent: impl Into<String>) -> Self {
        self.parent = parent.into();
        self
    }
}

impl Batch {
    /// Rows of a list, asked for and answered at these moments.
    #[must_use]
    pub const fn new(
        list: List,
        asked: Moment,
        answered: Moment,
        cause: Cause,
        records: Vec<Record>,
    ) -> Self {
        Self {
            list,
            asked,
            answered,
            cause,
            records,
            unreadable: Vec::new(),
            page: None,
        }
    }

    /// Sets the rows that cannot be read.
    #[must_use]
    pub fn unreadable(mut self, unreadable: Vec<Unreadable>) -> Self {
        self.unreadable = unreadable;
        self
    }

    /// Sets the pass, and the cursor behind the rows.
    #[must_use]
    pub fn page(mut self, reading: Reading, cursor: String) -> Self {
        self.page = Some((reading, cursor));
        self
    }
}

impl Unreadable {
    /// A row, and why it cannot be read. U+FFFD stands for NUL, which no database keeps well.
    pub fn new(raw: impl Into<String>, reason: impl Into<String>) -> Self {
        Self {
            raw: raw.into().replace('\0', "\u{fffd}"),
            reason: reason.into(),
        }
    }
}

impl Cause {
    const ALL: [Self; 6] = [
        Self::Event,
        Self::Refetch,
        Self::BackFill,
        Self::CatchUp,
        Self::Check,
        Self::Forgotten,
    ];

    /// The cause as it is stored. It does not change.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Event => "event",
            Self::Refetch => "refetch",
            Self::BackFill => "back_fill",
            Self::CatchUp => "catch_up",
            Self::Check => "check",
            Self::Forgotten => "forgotten",
        }
    }

    pub(crate) fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| cause.as_str() == text)
    }
}

impl Examined {
    /// Adds a row: the digest and the JSON that are stored, and the values of its columns; `None`
    /// if one has another form.
    pub(crate) fn add(
        &mut self,
        list: &List,
        key: String,
        is_settled: bool,
        stored: Digest,
        (raw, overlay): (Option<String>, Option<String>),
        values: Option<&[Value]>,
    ) {
        let kind = list.kind;
        let digest = values.map(|values| Digest::of(kind, &key, values));
        let expected = match (&raw, &overlay) {
            (raw, Some(overlay)) => kind.laid_over(raw.as_deref(), overlay).ok(),
            (Some(raw), None) => kind.read(&list.parent, raw).ok(),
            // Only an event told of it, and it said little.
            (None, None) => None,
        };
        let is_from_json = match (&expected, &raw) {
            (Some(expected), _) => Some(expected.digest) == digest,
            (None, raw) => raw.is_none(),
        };
        let (status, amount, currency) = match values {
            Some(values) => shown(kind, values),
            None => (None, None, None),
        };
        let amount = amount.zip(currency);
        self.tally
            .add(status, amount, digest.unwrap_or_default(), is_settled);
        if digest != Some(stored) || !is_from_json || !values.is_some_and(times_fit) {
            self.tampered.push(key);
        }
    }

    /// Compares the sums with those that were proven.
    pub(crate) fn compare(&mut self, rows: i64, digest: Digest) {
        let is_same = u64::try_from(rows) == Ok(self.tally.rows) && self.tally.digest == digest;
        self.is_as_proven = Some(is_same);
    }
}

/// The status, the amount and its currency that the columns show.
fn shown(kind: Kind, values: &[Value]) -> (Option<&str>, Option<Decimal>, Option<&str>) {
    let amount = kind.amount();
    let (mut status, mut value, mut currency) = (None, None, None);
    for (column, cell) in kind.columns().iter().zip(values) {
        let name = column.name.as_ref();
        match cell {
            Value::Text(text) if kind.has_status() && name == "status" => status = Some(&**text),
            Value::Decimal(decimal) if Some(name) == amount => value = Some(*decimal),
            Value::Text(text) if amount.is_some() && name.strip_suffix("_currency") == amount => {
                currency = Some(&**text);
            }
            _ => {}
        }
    }
    (status, value, currency)
}

impl fmt::Debug for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unreadable")
            .field("reason", &self.reason)
            .finish_non_exhaustive()
    }
}

impl WebhookWatch {
    /// That of a stored row: the address, the verdict with what it names, and the two moments.
    pub(crate) fn read(
        url: String,
        verdict: Option<&str>,
        names: &str,
        moments: (Option<i64>, Option<i64>),
    ) -> Result<Self, StoreError> {
        let found = match (verdict, moments) {
            (Some(verdict), (Some(since), Some(checked_at))) => Some(Found {
                ailment: match verdict {
                    WELL => None,
                    code => Some(Ailment::from_texts(code, names).ok_or_else(rows::newer_name)?),
                },
                since: Moment::from_millis(since),
                checked_at: Moment::from_millis(checked_at),
            }),
            _ => None,
        };
        Ok(Self { url, found })
    }
}

/// The verdict of a subscription that is well.
const WELL: &str = "well";

/// A verdict as it is stored, with what it names.
pub(crate) fn verdict_texts(found: &Result<(), Ailment>) -> (&'static str, String) {
    match found {
        Ok(()) => (WELL, String::new()),
        Err(ailment) => ailment.to_texts(),
    }
}

impl fmt::Debug for WebhookWatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookWatch")
            .field("found", &self.found)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reading")
            .field("list", &self.list)
            .field("span", &self.span)
            .field("number", &self.number)
            .finish_non_exhaustive()
    }
}
