//! The rows of a paged list as an iterator.

use std::fmt;
use std::iter::FusedIterator;

use eduzz_types::AccessToken;
use eduzz_wire::{Batch, CallError, Cursor, Next, Paged, Progress, Row, Sweep};

use super::{Account, Client, Transport};

/// The rows of a list, at the client's pace: [`Client::rows`], [`Account::rows`].
///
/// A row that cannot be read is a [`Row::Unreadable`] among the others. A call that fails after its
/// retries ends the iteration with the error; another sweep can resume from the
/// [`cursor`](Self::cursor).
pub struct Rows<L: Paged, T> {
    caller: Caller<T>,
    sweep: Sweep<L>,
    ended: bool,
}

enum Caller<T> {
    Client(Client<T>, Option<AccessToken>),
    Account(Account<T>),
}

impl<L: Paged, T: Transport> Rows<L, T> {
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

    /// Gives the sweep back, to continue it with its limits after an error.
    #[must_use]
    pub fn into_sweep(self) -> Sweep<L> {
        self.sweep
    }

    /// The rows page by page, each page with the position after it.
    #[must_use]
    pub const fn batches(self) -> Batches<L, T> {
        Batches(self)
    }

    fn step<I>(
        &mut self,
        next: impl Fn(&mut Sweep<L>) -> Next<L, I>,
    ) -> Option<Result<I, CallError<T::Error>>> {
        while !self.ended {
            let call = match next(&mut self.sweep) {
                Next::Item(item) => return Some(Ok(item)),
                Next::Call(call) => call,
                Next::End => break,
            };
            let page = match &self.caller {
                Caller::Client(client, token) => client.call(&call, token.as_ref()),
                Caller::Account(account) => account.call(&call),
            };
            match page {
                Ok(page) => self.sweep.received(page),
                Err(error) => {
                    self.ended = true;
                    return Some(Err(error));
                }
            }
        }
        self.ended = true;
        None
    }
}

impl<L: Paged, T: Transport> Iterator for Rows<L, T> {
    type Item = Result<Row<L::Row>, CallError<T::Error>>;

    fn next(&mut self) -> Option<Self::Item> {
        self.step(Sweep::next)
    }
}

impl<L: Paged, T: Transport> FusedIterator for Rows<L, T> {}

/// The rows of a list page by page, each page with the position after it: [`Rows::batches`].
///
/// Stored in one transaction, a [`Batch`] loses and repeats nothing, wherever the program stops.
#[derive(Debug)]
pub struct Batches<L: Paged, T>(Rows<L, T>);

impl<L: Paged, T: Transport> Batches<L, T> {
    /// The rows, for their progress.
    #[must_use]
    pub const fn rows(&self) -> &Rows<L, T> {
        &self.0
    }
}

impl<L: Paged, T: Transport> Iterator for Batches<L, T> {
    type Item = Result<Batch<L::Row>, CallError<T::Error>>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.step(Sweep::next_batch)
    }
}

impl<L: Paged, T: Transport> FusedIterator for Batches<L, T> {}

impl<L: Paged, T> fmt::Debug for Rows<L, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rows")
            .field("sweep", &self.sweep)
            .finish_non_exhaustive()
    }
}

impl<T: Transport> Client<T> {
    /// Reads all rows of a list, from the first one on.
    #[must_use]
    pub fn rows<'t, L: Paged>(&self, list: L, token: impl Into<Option<&'t AccessToken>>) -> Rows<L, T> {
        self.sweep(Sweep::new(list), token)
    }

    /// Reads the rows of a sweep, which may be resumed or have limits.
    #[must_use]
    pub fn sweep<'t, L: Paged>(
        &self,
        sweep: Sweep<L>,
        token: impl Into<Option<&'t AccessToken>>,
    ) -> Rows<L, T> {
        Rows {
            caller: Caller::Client(self.clone(), token.into().cloned()),
            sweep,
            ended: false,
        }
    }
}

impl<T: Transport> Account<T> {
    /// Reads all rows of a list, from the first one on.
    #[must_use]
    pub fn rows<L: Paged>(&self, list: L) -> Rows<L, T> {
        self.sweep(Sweep::new(list))
    }

    /// Reads the rows of a sweep, which may be resumed or have limits.
    #[must_use]
    pub fn sweep<L: Paged>(&self, sweep: Sweep<L>) -> Rows<L, T> {
        Rows {
            caller: Caller::Account(self.clone()),
            sweep,
            ended: false,
        }
    }
}
