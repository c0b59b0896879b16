//! Handlers, what they get, and what they give.

use std::error::Error;
use std::fmt;
use std::future::Future;
use std::ops::Deref;
use std::pin::Pin;
use std::sync::Arc;

use eduzz_store::{Claimed, Row, Store};
use eduzz_sync::inbox::{Code, Ending};
use eduzz_webhook::Stored;
use sha2::{Digest as _, Sha256};

pub(crate) type BoxError = Box<dyn Error + Send + Sync>;

/// A stored event, as a handler gets it. It derefs to [`Stored`], which reads the event.
pub struct Inbound {
    stored: Stored,
    row: Row,
    signature: String,
}

impl Inbound {
    /// `None` if the body was pruned.
    pub(crate) fn new(claimed: &Claimed) -> Option<Self> {
        let body = claimed.event.body.as_ref()?;
        Some(Self {
            stored: Stored::verified_before(body.bytes.clone()),
            row: claimed.event.row.clone(),
            signature: body.signature.clone(),
        })
    }

    /// What the inbox knows of the event: its number, account, subject, attempts.
    #[must_use]
    pub const fn row(&self) -> &Row {
        &self.row
    }

    /// The signature that the body was received with.
    #[must_use]
    pub fn signature(&self) -> &str {
        &self.signature
    }

    /// A key for services that do a thing once for each key: the same for every attempt, every copy
    /// of the delivery and every replay of this event, and another one for every other event. It
    /// has 38 ASCII letters, digits and `-`.
    #[must_use]
    pub fn idempotency_key(&self) -> String {
        let hash = Sha256::new()
            .chain_update(&self.row.account)
            .chain_update([0])
            .chain_update(&self.row.once)
            .finalize();
        let digits = hash.iter().take(16).map(|byte| format!("{byte:02x}"));
        format!("eduzz-{}", digits.collect::<String>())
    }
}

impl Deref for Inbound {
    type Target = Stored;

    fn deref(&self) -> &Stored {
        &self.stored
    }
}

impl fmt::Debug for Inbound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Inbound")
            .field("row", &self.row)
            .finish_non_exhaustive()
    }
}

/// A handler accepted an event.
pub struct Handled<S: Store> {
    pub(crate) writes: Option<S::Writes>,
}

impl<S: Store> Handled<S> {
    /// Accepted, and nothing to write.
    #[must_use]
    pub const fn new() -> Self {
        Self { writes: None }
    }

    /// Accepted, with writes in the store's own form.
    pub const fn with(writes: S::Writes) -> Self {
        Self { writes: Some(writes) }
    }
}

#[cfg(feature = "sqlite")]
impl Handled<eduzz_store::Sqlite> {
    /// Accepted, and these writes happen in the transaction that marks the event: both or neither,
    /// so exactly once. An error takes them back, and is a failure of the handler.
    ///
    /// Nothing else is written to the file meanwhile, so do all other work before.
    #[must_use]
    pub fn sqlite(
        writes: impl FnOnce(&eduzz_store::rusqlite::Connection) -> Result<(), BoxError> + Send + 'static,
    ) -> Self {
        Self::with(Box::new(writes))
    }
}

#[cfg(feature = "postgres")]
impl Handled<eduzz_store::Postgres> {
    /// Accepted, and these writes happen in the transaction that marks the event: both or neither,
    /// so exactly once. An error takes them back, and is a failure of the handler.
    ///
    /// ```
    /// # use eduzz_inbox::Handled;
    /// # let invoice = String::from("1");
    /// let handled = Handled::postgres(move |transaction| {
    ///     Box::pin(async move {
    ///         transaction.execute("insert into paid (invoice) values ($1)", &[&invoice]).await?;
    ///         Ok(())
    ///     })
    /// });
    /// ```
    ///
    /// This process claims and settles nothing else meanwhile, so do all other work before; after 5
    /// seconds the writes are taken back.
    #[must_use]
    pub fn postgres(
        writes: impl for<'a> FnOnce(
            &'a eduzz_store::tokio_postgres::Transaction<'a>,
        ) -> Pin<Box<dyn Future<Output = Result<(), BoxError>> + Send + 'a>>
        + Send
        + 'static,
    ) -> Self {
        Self::with(Box::new(writes))
    }
}

impl<S: Store> Default for Handled<S> {
    fn default() -> Self {
        Self::new()
    }
}

impl<S: Store> fmt::Debug for Handled<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Handled")
            .field("writes", &self.writes.is_some())
            .finish()
    }
}

/// A handler of any type.
pub(crate) type Handler<S> = Arc<dyn Fn(Inbound) -> Handling<S> + Send + Sync>;

/// The future of a handler.
pub(crate) type Handling<S> = Pin<Box<dyn Future<Output = Result<Handled<S>, BoxError>> + Send>>;

/// An error of a handler with a code of its own, which is stored and shown; any other error has the
/// code `error`.
///
/// ```
/// # use eduzz_inbox::Failure;
/// # fn store(found: bool) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
/// if !found {
///     return Err(Failure::new("no_such_customer").hopeless().into());
/// }
/// # Ok(()) }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{code}")]
pub struct Failure {
    code: Code,
    is_hopeless: bool,
}

impl Failure {
    /// A failure that is retried. The code has at most 64 ASCII letters, digits, `_`, `.` and `-`;
    /// any other text becomes `error`.
    #[must_use]
    pub fn new(code: impl Into<String>) -> Self {
        Self {
            code: Code::new(code).unwrap_or(Code::ERROR),
            is_hopeless: false,
        }
    }

    /// A retry would fail too: the event is dead at once.
    #[must_use]
    pub const fn hopeless(mut self) -> Self {
        self.is_hopeless = true;
        self
    }
}

/// Why an attempt failed. `Display` has no error of the handler, which may quote anything:
/// [`source`](Error::source) is that error.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum HandlerFailed {
    /// It returned an error.
    #[error("the handler returned an error")]
    Error(#[source] BoxError),
    /// It panicked.
    #[error("the handler panicked")]
    Panicked,
    /// It did not return within [`handler_time`](crate::Inbox::handler_time).
    #[error("the handler did not return within its time")]
    TimedOut,
    /// Its writes failed and were taken back.
    #[error("the handler's writes failed")]
    Writes(#[source] BoxError),
    /// The body was pruned, so that there is nothing to handle.
    #[error("the body was pruned")]
    Pruned,
    /// Its lease was over before it ended, so another worker has the event; nothing was written.
    #[error("the worker lost the event before the handler returned")]
    Lost,
    /// The database did not commit the end of the attempt: it is repeated after the lease.
    #[error("the end of the attempt could not be stored")]
    Store(#[source] eduzz_store::StoreError),
}

impl HandlerFailed {
    /// How the attempt ends in the database; `None` if that cannot be stored.
    #[must_use]
    pub fn ending(&self) -> Option<Ending> {
        match self {
            Self::Error(error) => Some(match error.downcast_ref::<Failure>() {
                Some(failure) if failure.is_hopeless => Ending::Hopeless(failure.code.clone()),
                Some(failure) => Ending::Failed(failure.code.clone()),
                None => Ending::Failed(Code::ERROR),
            }),
            Self::Panicked => Some(Ending::Failed(Code::PANICKED)),
            Self::TimedOut => Some(Ending::Failed(Code::TIMED_OUT)),
            Self::Writes(_) => Some(Ending::Failed(Code::WRITES)),
            Self::Pruned => Some(Ending::Hopeless(Code::PRUNED)),
            Self::Lost | Self::Store(_) => None,
        }
    }
}
