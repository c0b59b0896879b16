//! The mirror of an account.

use std::sync::Arc;
use std::time::Duration;

use eduzz_hyper::{Account, CallError};
use eduzz_store::Store;
use eduzz_store::mirror::{Batch, Cause, Forget, Forgotten, List, MirrorStore};
use eduzz_sync::Moment;
use eduzz_sync::mirror::{By, Choice, Doubt, Flow, Kind, Record, Span, day_of};
use eduzz_types::Date;
use eduzz_wire::{Callable, Next, Paged, Sweep};
use tokio::sync::Mutex;

use crate::ask::{sales, subscriptions};
use crate::events::Told;
use crate::pace::SharedPace;
use crate::pass::{Rows, days};
use crate::proof::{self, cuts};
use crate::run::CATCH_UP;
use crate::{MirrorError, Proof};

/// The first day that is read if no other is set. No older record is known.
const SINCE: (u16, u8, u8) = (2009, 1, 1);

/// A day in milliseconds.
pub(crate) const DAY: i64 = 86_400_000;

/// The names of the marks: when the mirror was made, and the first day to read.
pub(crate) const MADE: &str = "made";
pub(crate) const FIRST_DAY: &str = "first_day";

/// How far a catch-up goes back before the last one: a change can be dated late.
const OVERLAP: Duration = Duration::from_secs(24 * 3600);

/// A copy of an account's records in a database. Clones share the database and the client.
#[derive(Clone, Debug)]
pub struct Mirror<S> {
    pub(crate) store: S,
    /// Its calls take their turns from the database, as a back-fill's.
    account: Account,
    /// `None` if the client keeps no pace of its own.
    pace: Option<Arc<SharedPace<S>>>,
    pub(crate) name: String,
    /// The account of the inbox whose events count; `None` for all.
    pub(crate) inbox: Option<String>,
    pub(crate) told: Arc<Told>,
    /// Two catch-ups at a time would read the same.
    catching_up: Arc<Mutex<()>>,
}

/// What a run did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Done {
    /// Calls that were answered.
    pub calls: u64,
    /// Records that were not there.
    pub new: u64,
    /// Records that show something else now.
    pub changed: u64,
    /// Windows that were read to their end.
    pub windows: u64,
    /// Records that a check found changed, of which nothing else had told.
    pub drifted: u64,
    /// Lists that the service refused to the token.
    pub refused: u64,
}

impl<S: Store + MirrorStore> Mirror<S> {
    /// A mirror of an account under this name, which all processes that share the work give; one
    /// database can have mirrors of several accounts.
    ///
    /// The pace of the account's client is kept in the database from now on, by all processes
    /// together; one that is off stays off, and one that another keeper grants stays there. All
    /// processes have to set the same pace.
    pub fn new(store: S, account: Account, name: impl Into<String>) -> Self {
        Self {
            pace: SharedPace::of(&account, &store),
            store,
            account,
            name: name.into(),
            inbox: None,
            told: Arc::default(),
            catching_up: Arc::default(),
        }
        .flow(Flow::BackFill)
    }

    /// The same mirror, whose calls are of this flow.
    pub(crate) fn flow(&self, flow: Flow) -> Self {
        let account = match &self.pace {
            Some(pace) => pace.account(&self.account, flow, &self.name),
            None => self.account.clone(),
        };
        Self {
            account,
            ..self.clone()
        }
    }

    /// The account, whose calls keep the pace that all processes on the database share. Make other
    /// calls of the same account with it; they do not wait behind a back-fill.
    #[must_use]
    pub fn account(&self) -> Account {
        self.flow(Flow::Refetch).account
    }

    /// Takes only events that the inbox stored for this account. By default all in the database
    /// count: set it where an inbox has those of several accounts.
    #[must_use]
    pub fn events_of(mut self, account: impl Into<String>) -> Self {
        self.inbox = Some(account.into());
        self
    }

    /// What the mirror has, and how sure that is.
    #[must_use]
    pub fn proof(&self) -> Proof<S> {
        Proof::new(self.store.clone(), &self.name)
    }

    /// The database.
    #[must_use]
    pub const fn store(&self) -> &S {
        &self.store
    }

    /// Makes the mirror: creates the tables or brings them to the present version, and remembers
    /// the first day to read; without one, everything is read. It can be called again, to read from
    /// an earlier day on; without a day, the first one stays.
    ///
    /// # Errors
    ///
    /// The database fails, or has a newer version.
    pub async fn init(&self, since: Option<&Date>) -> Result<(), MirrorError> {
        let (year, month, day) = SINCE;
        let first = match since {
            Some(day) => day.days_since_epoch(),
            None => Date::new(year, month, day).and_then(|day| day.days_since_epoch()),
        };
        let first = first.map_err(|_| MirrorError::Day)?;
        let is_new = !self.is_made().await?;
        if is_new || since.is_some() {
            let first = Moment::from_millis(first.saturating_mul(DAY));
            self.store.set_mark(&self.name, FIRST_DAY, first).await?;
        }
        if is_new {
            let now = self.store.now().await?;
            self.store.set_mark(&self.name, MADE, now).await?;
        }
        Ok(())
    }

    /// Which kinds are copied: all, unless [`choose`](Self::choose) said otherwise.
    ///
    /// # Errors
    ///
    /// The database fails.
    pub async fn choice(&self) -> Result<Choice, MirrorError> {
        Ok(self.store.choice(&self.name).await?)
    }

    /// Sets which kinds are copied from now on. What is there of others stays, and is not kept any
    /// more. A mirror that was made copies every kind, but no community of HeyCamp.
    ///
    /// # Errors
    ///
    /// The database fails.
    pub async fn choose(&self, choice: Choice) -> Result<(), MirrorError> {
        Ok(self.store.choose(&self.name, choice).await?)
    }

    /// Whether the mirror was made by [`init`](Self::init); brings its tables to the present
    /// version.
    ///
    /// # Errors
    ///
    /// The database fails, or has a newer version.
    pub async fn is_made(&self) -> Result<bool, MirrorError> {
        self.store.prepare().await?;
        Ok(self.store.mark(&self.name, MADE).await?.is_some())
    }

    /// Forgets the person with this e-mail address: in the records, in the bodies of events, and in
    /// what is read from now on. What is not personal stays, so that no sum changes. It reads the
    /// whole database, and writes it anew at the end; see
    /// [`MirrorStore::forget`](eduzz_store::mirror::MirrorStore::forget).
    ///
    /// # Errors
    ///
    /// The database fails, or another program holds the file. Repeat it then.
    pub async fn forget(&self, email: &str) -> Result<Forgotten, MirrorError> {
        let forget = Forget::new(&self.name, email).events_of(self.inbox.clone());
        Ok(self.store.forget(&forget).await?)
    }

    /// Reads every window again, whether it is due or not. What changed, nothing else had told of.
    /// Then it reads the lists of records that this found.
    ///
    /// # Errors
    ///
    /// As [`run_once`](Self::run_once).
    pub async fn check(&self) -> Result<Done, MirrorError> {
        let mut done = Done::default();
        for kind in self.choice().await?.kinds() {
            let refused = done.refused;
            for list in self.store.lists(&self.name, kind).await? {
                for window in self.store.windows(&list).await? {
                    if done.refused == refused || kind == Kind::HeycampMember {
                        self.read_window(&list, window.span, Cause::Check, &mut done)
                            .await?;
                    }
                }
            }
            if kind.parent_kind().is_some() && done.refused == refused {
                self.read_children(kind, &mut done).await?;
            }
        }
        Ok(done)
    }

    /// Reads what changed since the last time, by the service's date of change, unless a process
    /// did so within this time.
    pub(crate) async fn catch_up(
        &self,
        kind: Kind,
        within: Duration,
        done: &mut Done,
    ) -> Result<(), MirrorError> {
        let _one_at_a_time = self.catching_up.lock().await;
        let name = format!("catch_up {kind}");
        let began = self.store.now().await?;
        let last = match self.store.mark(&self.name, &name).await? {
            Some(last) if began.since(last) < within => return Ok(()),
            Some(last) => last,
            None => {
                // What is there before is read as windows.
                self.store.set_mark(&self.name, &name, began).await?;
                return Ok(());
            }
        };
        let span = Span::new(day_of(last.before(OVERLAP)), day_of(began));
        let walk = self.walk_days(kind, By::Change, span, Cause::CatchUp, done, |_, _| true);
        match walk.await {
            // The kind's windows tell of it, and the next catch-up reads these days too.
            Err(error) if error.is_refused() => return Ok(()),
            read => read?,
        }
        Ok(self.store.set_mark(&self.name, &name, began).await?)
    }

    /// Reads the rows of these days of a kind with changes, until `goes_on` says no. It gets the
    /// records of each page, and how many calls are left.
    pub(crate) async fn walk_days(
        &self,
        kind: Kind,
        by: By,
        span: Span,
        cause: Cause,
        done: &mut Done,
        goes_on: impl FnMut(&[Record], u64) -> bool + Send,
    ) -> Result<(), MirrorError> {
        let days = days(span)?;
        match kind {
            Kind::Sale => self.walk(kind, sales(days, by), cause, done, goes_on).await,
            Kind::Subscription => {
                self.walk(kind, subscriptions(days, by), cause, done, goes_on)
                    .await
            }
            _ => Ok(()),
        }
    }

    async fn walk<L>(
        &self,
        kind: Kind,
        call: L,
        cause: Cause,
        done: &mut Done,
        mut goes_on: impl FnMut(&[Record], u64) -> bool + Send,
    ) -> Result<(), MirrorError>
    where
        L: Paged<Row: Send> + Send + Sync + 'static,
    {
        let list = self.list(kind);
        let mut sweep = Sweep::new(call.keep_json());
        let mut times = (Moment::default(), Moment::default());
        loop {
            match sweep.next_batch() {
                Next::Call(page) => {
                    let (answer, asked) = self.call(&page, done).await?;
                    sweep.received(answer?);
                    times = asked;
                }
                Next::Item(batch) => {
                    let rows = Rows::new(&list, batch.rows);
                    let is_enough = !goes_on(&rows.records, sweep.calls_left().unwrap_or_default());
                    self.merge(rows.batch(&list, times, cause), done).await?;
                    if is_enough {
                        return Ok(());
                    }
                }
                Next::End => return Ok(()),
            }
        }
    }

    /// Reads the windows of a kind that were not read and, with `checks`, those that are due.
    pub(crate) async fn read_due(
        &self,
        kind: Kind,
        checks: bool,
        done: &mut Done,
    ) -> Result<(), MirrorError> {
        let choice = self.choice().await?;
        if !choice.has(kind) {
            return Ok(());
        }
        if kind.parent_kind().is_some() {
            return self.read_children(kind, done).await;
        }
        if kind != Kind::HeycampMember {
            return self.read_list(&self.list(kind), checks, done).await;
        }
        for community in choice.communities {
            self.read_list(&self.list(kind).of(community), checks, done)
                .await?;
        }
        Ok(())
    }

    /// Ends early when the service refuses the list.
    async fn read_list(&self, list: &List, checks: bool, done: &mut Done) -> Result<(), MirrorError> {
        let kind = list.kind;
        let refused = done.refused;
        let now = self.store.now().await?;
        let windows = self.store.windows(list).await?;
        for window in windows.iter().filter(|window| !window.is_held) {
            let is_begun = window.rows.is_none();
            if is_begun || (checks && window.check.is_some_and(|check| check <= now)) {
                let cause = match window.doubt {
                    _ if is_begun => Cause::BackFill,
                    // What comes while its days are not over is no drift.
                    Some(Doubt::NotOver) => Cause::CatchUp,
                    _ => Cause::Check,
                };
                if !is_begun && kind.has_changes() {
                    // What a catch-up would have told of is no drift.
                    self.catch_up(kind, 2 * CATCH_UP, done).await?;
                }
                self.read_window(list, window.span, cause, done).await?;
                if done.refused > refused {
                    return Ok(());
                }
            }
        }
        if !kind.is_dated() {
            if windows.is_empty() {
                self.read_window(list, Span::WHOLE, Cause::BackFill, done).await?;
            }
            return Ok(());
        }
        let days = self.proof().days_to_fill(kind, day_of(now)).await?;
        let mut cuts = cuts(&self.store.windows(list).await?);
        while let Some(span) = days.next(&cuts) {
            let cut = self.read_window(list, span, Cause::BackFill, done).await?;
            if done.refused > refused {
                break;
            }
            if let Some(cut) = cut {
                cuts.push(cut);
                continue;
            }
            // Another process cut a window there.
            let known = cuts.len();
            cuts = proof::cuts(&self.store.windows(list).await?);
            if cuts.len() <= known {
                break;
            }
        }
        if checks {
            self.cross_check(kind, done).await?;
        }
        Ok(())
    }

    /// Reads the lists of a kind that belong to records of another and are due. A refusal of one is
    /// a refusal of all.
    async fn read_children(&self, kind: Kind, done: &mut Done) -> Result<(), MirrorError> {
        let refused = done.refused;
        loop {
            let parents = self.store.parents(&self.name, kind, 100).await?;
            let before = done.windows;
            for parent in parents {
                self.read_child(&self.list(kind).of(parent), done).await?;
                if done.refused > refused {
                    return Ok(());
                }
            }
            if done.windows == before {
                return Ok(());
            }
        }
    }

    async fn read_child(&self, list: &List, done: &mut Done) -> Result<(), MirrorError> {
        let now = self.store.now().await?;
        let window = self.store.windows(list).await?.into_iter().next();
        let cause = match window {
            Some(window) if window.check.is_some_and(|check| check <= now) => Cause::Check,
            Some(window) if window.rows.is_some() => Cause::CatchUp,
            _ => Cause::BackFill,
        };
        self.read_window(list, Span::WHOLE, cause, done).await?;
        Ok(())
    }

    /// Makes a call. Returns its answer, and when it was asked for and answered.
    pub(crate) async fn call<C: Callable>(
        &self,
        call: &C,
        done: &mut Done,
    ) -> Result<(Result<C::Output, CallError>, (Moment, Moment)), MirrorError> {
        let asked = self.store.now().await?;
        let answer = match self.account.call(call).await {
            Err(CallError::NoTurn(error)) => match error.downcast() {
                Ok(error) => return Err(MirrorError::Store(*error)),
                Err(error) => Err(CallError::NoTurn(error)),
            },
            answer => answer,
        };
        let answered = self.store.now().await?;
        done.calls += 1;
        Ok((answer, (asked, answered)))
    }

    /// Stores rows. `false` if another program reads their window.
    pub(crate) async fn merge(&self, batch: Batch, done: &mut Done) -> Result<bool, MirrorError> {
        let merged = self.store.merge(batch).await?;
        done.new += merged.new;
        done.changed += merged.changed;
        Ok(!merged.is_lost)
    }

    pub(crate) fn list(&self, kind: Kind) -> List {
        List::new(&self.name, kind)
    }
}
