//! The rows of a paged list as a stream.

use core::fmt;
use core::future::poll_fn;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use eduzz_types::{AccessToken, Page};
use eduzz_wire::{Batch, Cursor, Next, PageCall, Paged, Progress, Row, Sweep};
use futures_core::stream::{FusedStream, Stream};

use crate::account::Account;
use crate::client::Client;
use crate::error::CallError;

/// The rows of a list, at the client's pace: [`Client::rows`], [`Account::rows`].
///
/// A row that cannot be read is a [`Row::Unreadable`] among the others. A call that fails after its
/// retries ends the stream with the error; another sweep can resume from the
/// [`cursor`](Self::cursor).
///
/// ```no_run
/// # use eduzz_hyper::{Account, CallError};
/// # use eduzz_wire::{Paged, Row};
/// # async fn example<L: Paged<Row: Send> + Send + Sync + 'static>(account: &Account, list: L) -> Result<(), CallError> {
/// let mut rows = account.rows(list);
/// while let Some(row) = rows.next().await {
///     match row? {
///         Row::Read(row) => { /* … */ }
///         Row::Unreadable(row) => eprintln!("skipped: {}", row.source),
///     }
/// }
/// # Ok(())
/// # }
/// ```
pub struct Rows<L: Paged> {
    caller: Caller,
    sweep: Sweep<L>,
    call: Option<PageFuture<L>>,
    ended: bool,
}

type PageFuture<L> = Pin<Box<dyn Future<Output = Result<Page<Row<<L as Paged>::Row>>, CallError>> + Send>>;

#[derive(Clone)]
enum Caller {
    Client(Client, Option<AccessToken>),
    Account(Account),
}

impl Caller {
    async fn call<L: Paged>(self, call: PageCall<L>) -> Result<Page<Row<L::Row>>, CallError> {
        match self {
            Self::Client(client, token) => client.call(&call, token.as_ref()).await,
            Self::Account(account) => account.call(&call).await,
        }
    }
}

impl<L: Paged> Rows<L> {
    const fn new(caller: Caller, sweep: Sweep<L>) -> Self {
        Self {
            caller,
            sweep,
            call: None,
            ended: false,
        }
    }

    /// The position of the sweep, to store and [resume](Sweep::resume) later, without repeating
    /// rows.
    #[must_use]
    pub fn cursor(&self) -> Cursor {
        self.sweep.cursor()
    }

    /// The progress of the sweep, for display.
    #[must_use]
    pub fn progress(&self) -> Progress {
        self.sweep.progress()
    }

    /// The sweep, for example for its [`calls_left`](Sweep::calls_left).
    #[must_use]
    pub const fn sweep(&self) -> &Sweep<L> {
        &self.sweep
    }

    /// Gives the sweep back, to continue it with its limits after an error. A call in flight is
    /// dropped and made again.
    #[must_use]
    pub fn into_sweep(self) -> Sweep<L> {
        self.sweep
    }

    /// The rows page by page, each page with the position after it.
    #[must_use]
    pub const fn batches(self) -> Batches<L> {
        Batches(self)
    }
}

impl<L: Paged<Row: Send> + Send + Sync + 'static> Rows<L> {
    /// The next row, or `None` after the last one. Dropping the future loses nothing.
    pub async fn next(&mut self) -> Option<Result<Row<L::Row>, CallError>> {
        poll_fn(|context| self.poll(context, Sweep::next)).await
    }

    fn poll<T>(
        &mut self,
        context: &mut Context<'_>,
        next: impl Fn(&mut Sweep<L>) -> Next<L, T>,
    ) -> Poll<Option<Result<T, CallError>>> {
        while !self.ended {
            if let Some(call) = &mut self.call {
                let answer = ready!(call.as_mut().poll(context));
                self.call = None;
                match answer {
                    Ok(page) => self.sweep.received(page),
                    Err(error) => {
                        self.ended = true;
                        return Poll::Ready(Some(Err(error)));
                    }
                }
            }
            match next(&mut self.sweep) {
                Next::Item(item) => return Poll::Ready(Some(Ok(item))),
                Next::Call(call) => self.call = Some(Box::pin(self.caller.clone().call(call))),
                Next::End => self.ended = true,
            }
        }
        Poll::Ready(None)
    }
}

/// The rows of a list page by page, each page with the position after it: [`Rows::batches`].
///
/// Stored in one transaction, a [`Batch`] loses and repeats nothing, wherever the program stops.
///
/// ```no_run
/// # use eduzz_hyper::{Account, CallError};
/// # use eduzz_wire::Paged;
/// # async fn example<L: Paged<Row: Send> + Send + Sync + 'static>(account: &Account, list: L) -> Result<(), CallError> {
/// let mut batches = account.rows(list).batches();
/// while let Some(batch) = batches.next().await {
///     let batch = batch?;
///     // Write `batch.rows` and `batch.cursor` in one transaction.
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Batches<L: Paged>(Rows<L>);

impl<L: Paged> Batches<L> {
    /// The rows, for their progress.
    #[must_use]
    pub const fn rows(&self) -> &Rows<L> {
        &self.0
    }
}

impl<L: Paged<Row: Send> + Send + Sync + 'static> Batches<L> {
    /// The next batch, or `None` after the last one. Dropping the future loses nothing.
    pub async fn next(&mut self) -> Option<Result<Batch<L::Row>, CallError>> {
        poll_fn(|context| self.0.poll(context, Sweep::next_batch)).await
    }
}

// The future in flight is boxed, so nothing needs pinning.
impl<L: Paged> Unpin for Rows<L> {}

impl<L: Paged<Row: Send> + Send + Sync + 'static> Stream for Rows<L> {
    type Item = Result<Row<L::Row>, CallError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context, Sweep::next)
    }
}

impl<L: Paged<Row: Send> + Send + Sync + 'static> Stream for Batches<L> {
    type Item = Result<Batch<L::Row>, CallError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().0.poll(context, Sweep::next_batch)
    }
}

impl<L: Paged<Row: Send> + Send + Sync + 'static> FusedStream for Rows<L> {
    fn is_terminated(&self) -> bool {
        self.ended
    }
}

impl<L: Paged<Row: Send> + Send + Sync + 'static> FusedStream for Batches<L> {
    fn is_terminated(&self) -> bool {
        self.0.ended
    }
}

impl<L: Paged> fmt::Debug for Rows<L> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Rows")
            .field("sweep", &self.sweep)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// Reads all rows of a list, from the first one on.
    #[must_use]
    pub fn rows<'t, L: Paged>(&self, list: L, token: impl Into<Option<&'t AccessToken>>) -> Rows<L> {
        self.sweep(Sweep::new(list), token)
    }

    /// Reads the rows of a sweep, which may be resumed or have limits.
    #[must_use]
    pub fn sweep<'t, L: Paged>(&self, sweep: Sweep<L>, token: impl Into<Option<&'t AccessToken>>) -> Rows<L> {
        Rows::new(Caller::Client(self.clone(), token.into().cloned()), sweep)
    }
}

impl Account {
    /// Reads all rows of a list, from the first one on.
    #[must_use]
    pub fn rows<L: Paged>(&self, list: L) -> Rows<L> {
        self.sweep(Sweep::new(list))
    }

    /// Reads the rows of a sweep, which may be resumed or have limits.
    #[must_use]
    pub fn sweep<L: Paged>(&self, sweep: Sweep<L>) -> Rows<L> {
        Rows::new(Caller::Account(self.clone()), sweep)
    }
}
