//! How a mirror is kept: events, catch-ups, and windows, beside each other.

use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use eduzz_store::Store;
use eduzz_store::mirror::MirrorStore;
use eduzz_sync::mirror::{Flow, Kind};
use futures_util::future::{join_all, select_all};
use tokio::sync::oneshot;
use tokio::time::{Instant, sleep, sleep_until};

use crate::{Done, Mirror, MirrorError};

/// How often what changed is read.
pub(crate) const CATCH_UP: Duration = Duration::from_secs(300);

/// How often events are looked for.
const ATTEND: Duration = Duration::from_secs(5);

/// How often windows are looked for that are due.
const LOOK: Duration = Duration::from_secs(300);

/// How long a part of a mirror waits after an error.
const AFTER_ERROR: Duration = Duration::from_secs(60);

impl<S: Store + MirrorStore> Mirror<S> {
    /// Does everything that is due, and ends: reads what changed, fills windows that were not read,
    /// the newest first, and checks those whose time has come. Meanwhile it tells records what
    /// events say that an inbox stored in the same database, and asks for these records. Kinds are
    /// read beside each other. It looks at the subscription that the events come by, if it was told
    /// of one ([`watch_webhook`](Self::watch_webhook)), first and then each night.
    ///
    /// # Errors
    ///
    /// The database or a call fails. What was read is stored; an error with one kind does not keep
    /// others from being read.
    pub async fn run_once(&self) -> Result<Done, MirrorError> {
        let (working, worked) = oneshot::channel();
        let work = async {
            let _until_the_end: oneshot::Sender<()> = working;
            let mut done = self.look_at_webhook().await?;
            done.add(self.flow(Flow::CatchUp).changes_within(Duration::ZERO).await?);
            done.add(self.read_kinds(true).await?);
            Ok::<_, MirrorError>(done)
        };
        let refetching = self.flow(Flow::Refetch);
        let (worked, attended) = tokio::join!(work, refetching.attend_until(worked));
        let mut done = worked?;
        done.add(attended?);
        Ok(done)
    }

    /// Reads the windows that were not read yet, the newest first, and nothing else.
    ///
    /// # Errors
    ///
    /// As [`run_once`](Self::run_once).
    pub async fn back_fill(&self) -> Result<Done, MirrorError> {
        self.read_kinds(false).await
    }

    /// Keeps the mirror until `ended` is ready. Beside each other, it looks at the inbox's events
    /// every five seconds and asks for their records; reads what changed every five minutes; and
    /// reads the windows of each kind that are due. So no record waits for a long list. What each
    /// of these did goes to `report`, unless it did nothing. One that fails waits for a minute and
    /// goes on.
    ///
    /// It can be dropped anywhere.
    ///
    /// # Errors
    ///
    /// The account is signed out, or the database is of another version.
    pub async fn run(
        &self,
        ended: impl Future<Output = ()>,
        report: impl FnMut(Result<&Done, &MirrorError>) + Send,
    ) -> Result<(), MirrorError> {
        let report = &Mutex::new(report);
        let [refetching, catching_up] = [self.flow(Flow::Refetch), self.flow(Flow::CatchUp)];
        let mut parts: Vec<Pin<Box<dyn Future<Output = MirrorError> + Send + '_>>> = vec![
            Box::pin(keep(ATTEND, report, || refetching.attend())),
            // Half: other processes read what changed too, at other times.
            Box::pin(keep(CATCH_UP, report, || {
                catching_up.changes_within(CATCH_UP / 2)
            })),
        ];
        parts.push(Box::pin(keep(LOOK, report, || self.look_at_webhook())));
        for kind in kinds() {
            parts.push(Box::pin(keep(LOOK, report, move || self.read_kind(kind, true))));
        }
        tokio::select! {
            () = ended => Ok(()),
            (error, ..) = select_all(parts) => Err(error),
        }
    }

    /// Takes what events told, and asks for these records.
    async fn attend(&self) -> Result<Done, MirrorError> {
        let mut done = Done::default();
        self.take_events(&mut done).await?;
        self.refetch(&mut done).await?;
        Ok(done)
    }

    /// Does so until the sender is dropped, and once after that.
    async fn attend_until(&self, mut ended: oneshot::Receiver<()>) -> Result<Done, MirrorError> {
        let mut done = self.attend().await?;
        loop {
            let is_last = tokio::select! {
                _ = &mut ended => true,
                () = sleep(ATTEND) => false,
            };
            done.add(self.attend().await?);
            if is_last {
                return Ok(done);
            }
        }
    }

    /// Reads what changed, unless a process did so within this time, and forgets the events of
    /// people who were forgotten.
    async fn changes_within(&self, time: Duration) -> Result<Done, MirrorError> {
        let mut done = Done::default();
        let inbox = self.inbox.as_deref();
        self.store.forget_events(&self.name, inbox).await?;
        for kind in self.choice().await?.kinds().filter(|kind| kind.has_changes()) {
            self.catch_up(kind, time, &mut done).await?;
        }
        Ok(done)
    }

    /// Reads all kinds beside each other.
    async fn read_kinds(&self, checks: bool) -> Result<Done, MirrorError> {
        let mut all = Done::default();
        let kinds = kinds().map(|kind| self.read_kind(kind, checks));
        for done in join_all(kinds).await {
            all.add(done?);
        }
        Ok(all)
    }

    /// Reads the windows of a kind that were not read and, with `checks`, those that are due; then
    /// the lists of its records.
    async fn read_kind(&self, kind: Kind, checks: bool) -> Result<Done, MirrorError> {
        let mut done = Done::default();
        self.read_due(kind, checks, &mut done).await?;
        for child in Kind::ALL.iter().filter(|child| child.parent_kind() == Some(kind)) {
            self.read_due(*child, checks, &mut done).await?;
        }
        Ok(done)
    }
}

impl Done {
    fn add(&mut self, other: Self) {
        self.calls += other.calls;
        self.new += other.new;
        self.changed += other.changed;
        self.windows += other.windows;
        self.drifted += other.drifted;
        self.refused += other.refused;
    }
}

/// The kinds with lists of their own.
fn kinds() -> impl Iterator<Item = Kind> {
    let kinds = Kind::ALL.iter().copied();
    kinds.filter(|kind| kind.parent_kind().is_none())
}

/// Does a part of the work again and again, until an error that stays.
async fn keep<W: Future<Output = Result<Done, MirrorError>>>(
    every: Duration,
    report: &Mutex<impl FnMut(Result<&Done, &MirrorError>)>,
    work: impl Fn() -> W,
) -> MirrorError {
    loop {
        let next = Instant::now() + every;
        let result = work().await;
        let next = match &result {
            Err(error) if !error.is_final() => Instant::now() + AFTER_ERROR,
            _ => next,
        };
        if !matches!(&result, Ok(done) if *done == Done::default()) {
            let mut report = report.lock().unwrap_or_else(PoisonError::into_inner);
            match result {
                Ok(done) => report(Ok(&done)),
                Err(error) if error.is_final() => return error,
                Err(error) => report(Err(&error)),
            }
        }
        sleep_until(next).await;
    }
}
