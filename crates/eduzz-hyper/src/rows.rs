//! The rows of a paged list as a stream.

use core::fmt;
use core::future::poll_fn;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use eduzz_types::{AccessToken, Page};
use eduzz_wire::{Cursor, Next, PageCall, Paged, Progress, Row, Walk};
use futures_core::stream::{FusedStream, Stream};

use crate::account::Account;
use crate::client::Client;
use crate::error::CallError;

/// The rows of a list, page by page, at the client's pace: [`Client::rows`], [`Account::rows`].
///
/// A row that cannot be read is a [`Row::Unreadable`] among the others. A call that fails after its
/// retries ends the stream with the error; another walk can resume from the
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
    walk: Walk<L>,
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
    const fn new(caller: Caller, walk: Walk<L>) -> Self {
        Self {
            caller,
            walk,
            call: None,
            ended: false,
        }
    }

    /// The position of the walk, to store and [resume](Walk::resume) later, without repeating rows.
    #[must_use]
    pub const fn cursor(&self) -> &Cursor {
        self.walk.cursor()
    }

    /// The progress of the walk, for display.
    #[must_use]
    pub fn progress(&self) -> Progress {
        self.walk.progress()
    }

    /// The walk, for example for its [`calls_left`](Walk::calls_left).
    #[must_use]
    pub const fn walk(&self) -> &Walk<L> {
        &self.walk
    }

    /// Gives the walk back, to continue it with its limits after an error. A call in flight is
    /// dropped and made again.
    #[must_use]
    pub fn into_walk(self) -> Walk<L> {
        self.walk
    }
}

impl<L: Paged<Row: Send> + Send + Sync + 'static> Rows<L> {
    /// The next row, or `None` after the last one. Dropping the future loses nothing.
    pub async fn next(&mut self) -> Option<Result<Row<L::Row>, CallError>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Row<L::Row>, CallError>>> {
        while !self.ended {
            if let Some(call) = &mut self.call {
                let answer = ready!(call.as_mut().poll(context));
                self.call = None;
                match answer {
                    Ok(page) => self.walk.received(page),
                    Err(error) => {
                        self.ended = true;
                        return Poll::Ready(Some(Err(error)));
                    }
                }
            }
            match self.walk.next() {
                Next::Row(row) => return Poll::Ready(Some(Ok(row))),
                Next::Call(call) => self.call = Some(Box::pin(self.caller.clone().call(call))),
                Next::End => self.ended = true,
            }
        }
        Poll::Ready(None)
    }
}

// The future in flight is boxed, so nothing needs pinning.
impl<L: Paged> Unpin for Rows<L> {}

impl<L: Paged<Row: Send> + Send + Sync + 'static> Stream for Rows<L> {
    type Item = Result<Row<L::Row>, CallError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

impl<L: Paged<Row: Send> + Send + Sync + 'static> FusedStream for Rows<L> {
    fn is_terminated(&self) -> bool {
        self.ended
    }
}

impl<L: Paged> fmt::Debug for Rows<L> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Rows")
            .field("walk", &self.walk)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// Reads a paged list from the first row.
    #[must_use]
    pub fn rows<'t, L: Paged>(&self, list: L, token: impl Into<Option<&'t AccessToken>>) -> Rows<L> {
        self.walk(Walk::new(list), token)
    }

    /// Reads the rows of a walk, which may be resumed or have limits.
    #[must_use]
    pub fn walk<'t, L: Paged>(&self, walk: Walk<L>, token: impl Into<Option<&'t AccessToken>>) -> Rows<L> {
        Rows::new(Caller::Client(self.clone(), token.into().cloned()), walk)
    }
}

impl Account {
    /// Reads a paged list from the first row.
    #[must_use]
    pub fn rows<L: Paged>(&self, list: L) -> Rows<L> {
        self.walk(Walk::new(list))
    }

    /// Reads the rows of a walk, which may be resumed or have limits.
    #[must_use]
    pub fn walk<L: Paged>(&self, walk: Walk<L>) -> Rows<L> {
        Rows::new(Caller::Account(self.clone()), walk)
    }
}
