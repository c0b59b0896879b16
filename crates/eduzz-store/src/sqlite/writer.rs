//! A thread that owns a connection.

use std::fmt;
use std::thread;

use rusqlite::{Connection, DropBehavior, Savepoint, TransactionBehavior};
use tokio::sync::{mpsc, oneshot};

use super::place::Place;
use crate::{StoreError, StoreErrorKind};

/// Works that wait; each delivery's future is one at most.
const QUEUE: usize = 1_024;

/// Works of one transaction. Fifty fill most of the time that a sync to disk takes.
const GROUP: usize = 256;

/// A thread that runs works on its connection.
#[derive(Clone)]
pub(super) struct Thread(mpsc::Sender<Box<dyn Work>>);

/// Something to do on the connection, and someone who waits for its result.
trait Work: Send {
    /// Does it, within a savepoint.
    fn run(&mut self, connection: &Connection) -> Result<(), StoreError>;

    /// Sends the result, or the error of the transaction.
    fn reply(self: Box<Self>, committed: Result<(), StoreError>);
}

struct Job<F, T> {
    work: Option<F>,
    result: Option<Result<T, StoreError>>,
    reply: oneshot::Sender<Result<T, StoreError>>,
}

impl<F, T> Work for Job<F, T>
where
    F: FnOnce(&Connection) -> Result<T, StoreError> + Send,
    T: Send,
{
    fn run(&mut self, connection: &Connection) -> Result<(), StoreError> {
        let Some(work) = self.work.take() else {
            return Ok(());
        };
        let result = work(connection);
        let ended = result.as_ref().map(|_| ()).map_err(Clone::clone);
        self.result = Some(result);
        ended
    }

    fn reply(self: Box<Self>, committed: Result<(), StoreError>) {
        let result = match (committed, self.result) {
            (Ok(()), Some(result)) => result,
            (Ok(()), None) => Err(StoreError::new(StoreErrorKind::Other)),
            (Err(error), _) => Err(error),
        };
        // The caller may be gone; what is done is done.
        let _gone = self.reply.send(result);
    }
}

impl Thread {
    /// A thread that commits works in groups.
    pub(super) fn writer(mut connection: Connection, place: Place) -> Result<Self, StoreError> {
        Self::start("eduzz-store-writer", move |mut works| {
            let mut group = Vec::new();
            while let Some(work) = works.blocking_recv() {
                group.push(work);
                while group.len() < GROUP
                    && let Ok(work) = works.try_recv()
                {
                    group.push(work);
                }
                let committed = place.check().and_then(|()| write(&mut connection, &mut group));
                for work in group.drain(..) {
                    let committed = committed.as_ref().copied().map_err(Clone::clone);
                    work.reply(committed);
                }
            }
        })
    }

    /// A thread that only reads.
    pub(super) fn reader(connection: Connection, place: Place) -> Result<Self, StoreError> {
        Self::start("eduzz-store-reader", move |mut works| {
            while let Some(mut work) = works.blocking_recv() {
                let is_there = place.check();
                if is_there.is_ok() {
                    // The error is in the result too.
                    let _in_result = work.run(&connection);
                }
                work.reply(is_there);
            }
        })
    }

    fn start(
        name: &str,
        run: impl FnOnce(mpsc::Receiver<Box<dyn Work>>) + Send + 'static,
    ) -> Result<Self, StoreError> {
        let (works, received) = mpsc::channel(QUEUE);
        let thread = thread::Builder::new().name(name.to_owned());
        match thread.spawn(move || run(received)) {
            Ok(_) => Ok(Self(works)),
            Err(_) => Err(StoreError::with(
                StoreErrorKind::Other,
                "no thread can be started",
            )),
        }
    }

    /// Runs the work and waits for its result, which is committed.
    pub(super) async fn run<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let (reply, result) = oneshot::channel();
        let job = Job {
            work: Some(work),
            result: None,
            reply,
        };
        let ended = |_| StoreError::with(StoreErrorKind::Other, "the database's thread has ended");
        self.0.send(Box::new(job)).await.map_err(|_| ended(()))?;
        result.await.map_err(|_| ended(()))?
    }
}

/// Runs the works in one transaction, each in a savepoint: one that fails takes only its own writes
/// back.
fn write(connection: &mut Connection, group: &mut [Box<dyn Work>]) -> Result<(), StoreError> {
    let mut transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for work in group.iter_mut() {
        let savepoint = transaction.savepoint()?;
        let ended = work.run(&savepoint);
        if savepoint.is_autocommit() {
            // A full disk can end the transaction.
            return Err(ended
                .err()
                .unwrap_or_else(|| StoreError::new(StoreErrorKind::Other)));
        }
        end(savepoint, ended)?;
    }
    Ok(transaction.commit()?)
}

fn end(mut savepoint: Savepoint<'_>, ended: Result<(), StoreError>) -> Result<(), StoreError> {
    match ended {
        Ok(()) => Ok(savepoint.commit()?),
        Err(error) => {
            savepoint.set_drop_behavior(DropBehavior::Rollback);
            savepoint.finish()?;
            // A full disk or a lost file concerns the whole group.
            match error.kind() {
                StoreErrorKind::Full
                | StoreErrorKind::ReadOnly
                | StoreErrorKind::Damaged
                | StoreErrorKind::Busy => Err(error),
                _ => Ok(()),
            }
        }
    }
}

impl fmt::Debug for Thread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Thread")
    }
}
