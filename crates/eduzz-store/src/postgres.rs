//! An inbox in a PostgreSQL database.

mod claim;
mod deliveries;
mod error;
mod link;
#[cfg(feature = "mirror")]
mod mirror;
mod open;
mod reads;
mod rows;
mod settle;
mod statements;
mod tls;
mod works;

use std::error::Error;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use eduzz_sync::Moment;
use eduzz_sync::inbox::{Incoming, Order, State};
use tokio::sync::{Mutex, mpsc, oneshot};
use tokio::time::timeout;
use tokio_postgres::Transaction;

use self::deliveries::Delivery;
pub use self::link::Limits;
use self::link::{Link, Open, Server};
use self::reads::NOW;
use self::works::Work;
use crate::clock::Clock;
use crate::{
    Claim, Claimed, Counts, Filter, Put, Reopening, Row, Settled, Settlement, Store, StoreError,
    StoreErrorKind, Whole,
};

/// Works that wait; each caller's future is one at most.
const QUEUE: usize = 1_024;

/// A store on a server, for any number of processes. PostgreSQL 15 is the oldest that is tested.
///
/// It has three connections: one commits deliveries in groups, one claims and settles in groups,
/// one reads. A mirror has one more, for what it changes. Each is opened again after it was lost,
/// and each call ends within about 15 seconds. They need sessions of their own: a pooler in front
/// of the server has to pool sessions, not transactions. They belong to the tokio runtime in which
/// the store was connected.
///
/// Times are of the server's clock. `synchronous_commit` is on, whatever the server's default is.
#[derive(Clone)]
pub struct Postgres {
    deliveries: mpsc::Sender<Delivery>,
    works: mpsc::Sender<Work>,
    aside: Arc<Mutex<Link>>,
    #[cfg(feature = "mirror")]
    mirror: Arc<Mutex<Link>>,
    limits: Limits,
    clock: Clock,
}

/// A handler's writes, within the transaction that marks the event:
///
/// ```
/// # use eduzz_store::PostgresWrites;
/// # let seq = 1_i64;
/// let writes: PostgresWrites = Box::new(move |transaction| {
///     Box::pin(async move {
///         transaction.execute("insert into paid (event) values ($1)", &[&seq]).await?;
///         Ok(())
///     })
/// });
/// ```
///
/// An error or a panic takes them back. They must be short, 5 seconds at most, because nothing else
/// is claimed or settled by this store meanwhile, and must not end the transaction.
pub type PostgresWrites = Box<
    dyn for<'a> FnOnce(
            &'a Transaction<'a>,
        )
            -> Pin<Box<dyn Future<Output = Result<(), Box<dyn Error + Send + Sync>>> + Send + 'a>>
        + Send,
>;

type Doing<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

impl Postgres {
    /// Connects to the database of a URL, `postgres://USER:PASSWORD@HOST/NAME`, and brings its
    /// tables to the present version. A socket is named by its folder:
    /// `postgres:///NAME?host=/run/postgresql`.
    ///
    /// `sslmode` is `disable`, `prefer` (the default) or `require`. Where TLS is used, the server's
    /// certificate is verified with those that the operating system trusts; on Linux
    /// `SSL_CERT_FILE` names others.
    ///
    /// # Errors
    ///
    /// The URL is not one, the server cannot be reached or refuses the user, its certificate is not
    /// trusted, or the tables are of a newer version.
    pub async fn connect(url: &str) -> Result<Self, StoreError> {
        Self::with(url, Clock::default(), Limits::default()).await
    }

    /// Connects with a clock and limits that a test sets.
    #[doc(hidden)]
    pub async fn with(url: &str, clock: Clock, limits: Limits) -> Result<Self, StoreError> {
        let server = Server::new(url, limits)?;
        let mut aside = Link::new(server.clone(), limits.group);
        open::migrate(&mut aside).await?;
        let mut links = [
            Link::new(server.clone(), limits.group),
            Link::new(server, limits.writes),
        ];
        for link in &mut links {
            link.open().await?;
        }
        // It is opened when it is needed. A plan made while a table is small would read all rows of
        // the account by one of the indexes that begin with it.
        #[cfg(feature = "mirror")]
        let mirror =
            Link::new(aside.server.clone(), limits.group).with("set plan_cache_mode = force_custom_plan");
        let [putting, working] = links;
        let (deliveries, delivered) = mpsc::channel(QUEUE);
        let (works, worked) = mpsc::channel(QUEUE);
        tokio::spawn(deliveries::run(putting, clock.clone(), delivered));
        tokio::spawn(works::run(working, clock.clone(), worked));
        Ok(Self {
            deliveries,
            works,
            aside: Arc::new(Mutex::new(aside)),
            #[cfg(feature = "mirror")]
            mirror: Arc::new(Mutex::new(mirror)),
            limits,
            clock,
        })
    }

    /// Sends something to the task of a connection and waits for its reply.
    async fn ask<W, T>(
        &self,
        task: &mpsc::Sender<W>,
        work: impl FnOnce(oneshot::Sender<Result<T, StoreError>>) -> W,
    ) -> Result<T, StoreError> {
        let (reply, result) = oneshot::channel();
        let ended = || StoreError::with(StoreErrorKind::Other, "the runtime of the store has ended");
        let answered = async {
            task.send(work(reply)).await.map_err(|_| ended())?;
            result.await.map_err(|_| ended())?
        };
        let answered = timeout(self.limits.call, answered).await;
        answered.unwrap_or_else(|_| Err(StoreError::new(StoreErrorKind::TimedOut)))
    }

    /// Does something on the third connection.
    async fn aside<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'a> Fn(&'a mut Open) -> Doing<'a, T> + Send + Sync + 'static,
    {
        self.on(&self.aside, work).await
    }

    /// Does something on a connection, in a task that a dropped caller does not stop. What another
    /// transaction was in the way of is done again, once.
    async fn on<T, F>(&self, link: &Arc<Mutex<Link>>, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'a> Fn(&'a mut Open) -> Doing<'a, T> + Send + Sync + 'static,
    {
        let link = Arc::clone(link);
        let limits = self.limits;
        let done = tokio::spawn(timeout(limits.call, async move {
            let mut link = link.lock().await;
            let mut result = Err(StoreError::new(StoreErrorKind::Busy));
            for _ in 0..2 {
                let done = timeout(limits.group, work(link.open().await?)).await;
                result = link.ended(done);
                if !matches!(&result, Err(error) if error.kind() == StoreErrorKind::Busy) {
                    break;
                }
            }
            result
        }));
        match done.await {
            Ok(Ok(result)) => result,
            Ok(Err(_)) => Err(StoreError::new(StoreErrorKind::TimedOut)),
            Err(_) => Err(StoreError::new(StoreErrorKind::Other)),
        }
    }
}

impl Store for Postgres {
    type Writes = PostgresWrites;

    async fn put(&self, incoming: Incoming, state: State) -> Result<Put, StoreError> {
        let delivery = |reply| Delivery {
            incoming,
            state,
            reply,
        };
        self.ask(&self.deliveries, delivery).await
    }

    async fn claim(&self, order: Order, limit: u32) -> Result<Vec<Claimed>, StoreError> {
        self.ask(&self.works, |reply| Work::Claim(order, limit, reply))
            .await
    }

    async fn renew(&self, claims: Vec<Claim>) -> Result<Vec<Claim>, StoreError> {
        self.ask(&self.works, |reply| Work::Renew(claims, reply)).await
    }

    async fn settle(&self, settlement: Settlement<PostgresWrites>) -> Result<Settled, StoreError> {
        self.ask(&self.works, |reply| Work::Settle(settlement, reply))
            .await
    }

    async fn list(&self, filter: Filter) -> Result<Vec<Row>, StoreError> {
        let filter = Arc::new(filter);
        self.aside(move |open| {
            let filter = Arc::clone(&filter);
            Box::pin(async move { reads::list(open, &filter).await })
        })
        .await
    }

    async fn get(&self, seq: i64) -> Result<Option<Whole>, StoreError> {
        self.aside(move |open| Box::pin(reads::get(open, seq))).await
    }

    async fn reopen(&self, filter: Filter, reopening: Reopening) -> Result<u64, StoreError> {
        let (filter, clock) = (Arc::new(filter), self.clock.clone());
        self.aside(move |open| {
            let (filter, now) = (Arc::clone(&filter), clock.fixed());
            Box::pin(async move { reads::reopen(open, &filter, reopening, now).await })
        })
        .await
    }

    async fn prune(&self, before: Moment) -> Result<u64, StoreError> {
        let (mut pruned, mut after) = (0, i64::MIN);
        loop {
            let some = self.aside(move |open| Box::pin(reads::prune(open, after, before)));
            let (some, last) = some.await?;
            pruned += some;
            match last {
                Some(last) => after = last,
                None => return Ok(pruned),
            }
        }
    }

    async fn mend_clock(&self) -> Result<(), StoreError> {
        let clock = self.clock.clone();
        self.aside(move |open| Box::pin(reads::mend_clock(open, clock.fixed())))
            .await
    }

    async fn counts(&self) -> Result<Counts, StoreError> {
        let clock = self.clock.clone();
        self.aside(move |open| Box::pin(reads::counts(open, clock.fixed())))
            .await
    }

    async fn now(&self) -> Result<Moment, StoreError> {
        let clock = self.clock.clone();
        self.aside(move |open| Box::pin(reads::now(open, clock.fixed())))
            .await
    }
}

impl fmt::Debug for Postgres {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Postgres")
    }
}
