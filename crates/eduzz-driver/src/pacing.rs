//! The pace of calls: who grants their turns.

use std::collections::hash_map::RandomState;
use std::error::Error;
use std::fmt;
use std::hash::BuildHasher as _;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use eduzz_types::AccessToken;
use eduzz_wire::{Busy, CallError, Lane, Lanes, LanesState, Pace, Pacer, Quota, Ticket, Turn, TurnEnd};

/// The rate limit for each endpoint, first come, first served. Clones share the pace: use one for
/// all clients whose calls the service counts together.
///
/// `W` wakes a caller that waits, and `K` can grant turns in place of the process.
pub struct Pacing<W: Wake, K: ?Sized> {
    kept: Kept<W, K>,
    /// What all calls count under; `None` if each token's calls count by themselves.
    quota: Option<Quota>,
    seed: u64,
}

enum Kept<W: Wake, K: ?Sized> {
    No,
    Here(Arc<Here<W>>),
    Elsewhere(Arc<K>),
}

/// How a client's callers wait: what wakes one, and the clock that they wait by.
pub trait Wake: Clone {
    /// A moment of a monotonic clock.
    type Instant: Copy + Send + Sync;

    /// This moment.
    fn now() -> Self::Instant;

    /// The time since a moment.
    fn since(moment: Self::Instant) -> Duration;

    /// Wakes a caller, now or when it next waits.
    fn wake(&self);
}

/// Grants turns in place of the process: for example a row in a database, so that several processes
/// keep one pace. How a turn is taken depends on the client.
pub trait Keeper: Send + Sync {
    /// A turn that was taken has ended; `turn` is its number. Must not block for long. It is not
    /// called when the process is killed.
    fn ended(&self, lane: &Lane, turn: u64, end: TurnEnd);
}

/// Why a call gets no turn.
#[derive(Debug)]
#[allow(
    clippy::exhaustive_enums,
    reason = "a call waits too long, or nobody grants turns"
)]
pub enum NoTurn {
    /// The turn would come after the caller's patience.
    Busy(Busy),
    /// Turns cannot be granted.
    Failed(Box<dyn Error + Send + Sync>),
}

impl From<Busy> for NoTurn {
    fn from(busy: Busy) -> Self {
        Self::Busy(busy)
    }
}

impl<N> From<NoTurn> for CallError<N> {
    fn from(why: NoTurn) -> Self {
        match why {
            NoTurn::Busy(busy) => Self::Busy(busy),
            NoTurn::Failed(error) => Self::NoTurn(error),
        }
    }
}

/// The lanes of this process.
struct Here<W: Wake> {
    pace: Pace,
    start: W::Instant,
    lanes: Mutex<Lanes<W>>,
}

impl<W: Wake, K: ?Sized> Pacing<W, K> {
    /// Keeps this pace for every endpoint, and for each account by itself: calls with different
    /// tokens do not wait for each other.
    ///
    /// Whose calls the service counts together is not documented (Q32). If it answers 429 although
    /// each account keeps the pace, use [`common`](Self::common).
    #[must_use]
    pub fn new(pace: Pace) -> Self {
        Self::here(Lanes::new(pace, random_seed()), None)
    }

    /// Keeps this pace for every endpoint, and for all accounts together.
    #[must_use]
    pub fn common(pace: Pace) -> Self {
        Self::here(Lanes::new(pace, 0), Some(Quota::COMMON))
    }

    /// Keeps no pace: only the service's 429 answers slow calls down.
    #[must_use]
    pub const fn off() -> Self {
        Self {
            kept: Kept::No,
            quota: Some(Quota::COMMON),
            seed: 0,
        }
    }

    /// Lets a keeper grant the turns. Give each account its quota by
    /// [name](eduzz_wire::Quota::named), here or at the client, because the quota of a token differs
    /// in each process.
    #[must_use]
    pub fn granted_by(keeper: Arc<K>) -> Self {
        Self {
            kept: Kept::Elsewhere(keeper),
            quota: None,
            seed: random_seed(),
        }
    }

    /// Counts all calls under this quota, but for those of a client that has one of its own.
    #[must_use]
    pub fn under(self, quota: Quota) -> Self {
        Self {
            quota: Some(quota),
            ..self
        }
    }

    /// Continues from a stored state, `since` its storing, so that a program that starts again does
    /// not call a whole period's calls again at once.
    #[must_use]
    pub fn resume(self, state: &LanesState, since: Duration) -> Self {
        match &self.kept {
            Kept::Here(here) => {
                let lanes = Lanes::resume(here.pace, state, since, before(here.pace));
                Self::here(lanes, self.quota)
            }
            Kept::No | Kept::Elsewhere(_) => self,
        }
    }

    /// The places that are taken, to store; `None` if the process keeps no pace.
    #[must_use]
    pub fn state(&self) -> Option<LanesState> {
        match &self.kept {
            Kept::Here(here) => Some(here.with(Lanes::state)),
            Kept::No | Kept::Elsewhere(_) => None,
        }
    }

    /// The pace, if this process keeps one.
    #[must_use]
    pub fn pace(&self) -> Option<Pace> {
        match &self.kept {
            Kept::Here(here) => Some(here.pace),
            Kept::No | Kept::Elsewhere(_) => None,
        }
    }

    /// Whose calls count together with those that have this token.
    #[must_use]
    pub fn quota(&self, token: Option<&AccessToken>) -> Quota {
        match token {
            Some(token) if self.quota.is_none() => Quota::of_token(token, self.seed),
            _ => self.quota.unwrap_or(Quota::COMMON),
        }
    }

    /// What all calls count under; `None` if each token's calls count by themselves.
    #[must_use]
    pub const fn common_quota(&self) -> Option<Quota> {
        self.quota
    }

    pub(crate) fn would_wait(&self, lane: &Lane) -> Option<Duration> {
        match &self.kept {
            Kept::No => Some(Duration::ZERO),
            Kept::Here(here) => Some(here.with(|lanes, now| lanes.lane(lane, now).would_wait(now))),
            Kept::Elsewhere(_) => None,
        }
    }

    fn here(lanes: Lanes<W>, quota: Option<Quota>) -> Self {
        Self {
            seed: lanes.seed(),
            kept: Kept::Here(Arc::new(Here {
                pace: lanes.pace(),
                start: W::now(),
                lanes: Mutex::new(lanes),
            })),
            quota,
        }
    }
}

impl<W: Wake, K: Keeper + ?Sized> Pacing<W, K> {
    /// Joins the queue of a lane, for a caller that waits no longer than `patience`.
    #[must_use]
    pub fn join<'a>(&'a self, lane: &'a Lane, patience: Option<Duration>) -> Joined<'a, W, K> {
        match &self.kept {
            Kept::No => Joined::Granted(Permit::new(lane, Granted::Freely)),
            Kept::Here(here) => Joined::Queued(Queued::new(here, lane, patience)),
            Kept::Elsewhere(keeper) => Joined::Elsewhere(keeper),
        }
    }

    /// A turn with this number, which the keeper granted.
    pub fn granted<'a>(lane: &'a Lane, keeper: &'a K, turn: u64) -> Permit<'a, W, K> {
        Permit::new(lane, Granted::Elsewhere(keeper, turn))
    }
}

/// What a caller that joins a lane finds.
#[allow(clippy::exhaustive_enums, reason = "a client must handle all")]
pub enum Joined<'a, W: Wake, K: Keeper + ?Sized> {
    /// Its turn: no pace is kept.
    Granted(Permit<'a, W, K>),
    /// A queue in this process.
    Queued(Queued<'a, W, K>),
    /// A keeper to ask.
    Elsewhere(&'a K),
}

/// A place in the queue of a lane. A caller that drops it has given up.
pub struct Queued<'a, W: Wake, K: Keeper + ?Sized> {
    permit: Permit<'a, W, K>,
    turn: Turn,
    has_waker: bool,
}

impl<'a, W: Wake, K: Keeper + ?Sized> Queued<'a, W, K> {
    fn new(here: &'a Here<W>, lane: &'a Lane, patience: Option<Duration>) -> Self {
        let (ticket, turn) = here.with(|lanes, now| {
            let pacer = lanes.lane(lane, now);
            let until = patience.map_or(Duration::MAX, |patience| now.saturating_add(patience));
            let ticket = pacer.join_until(until);
            (ticket, pacer.poll(ticket, now))
        });
        let mut permit = Permit::new(lane, Granted::Here(here, ticket));
        permit.end = TurnEnd::Unsent;
        Self {
            permit,
            turn,
            has_waker: false,
        }
    }

    /// Whether it is the caller's turn, as of the last [`poll`](Self::poll).
    #[must_use]
    pub const fn turn(&self) -> Turn {
        self.turn
    }

    /// Says what wakes the caller before the end of its wait, and asks again, because the turn may
    /// have come since. Later calls do nothing and return `false`.
    pub fn wake_with(&mut self, waker: impl FnOnce() -> W) -> bool {
        if self.has_waker {
            return false;
        }
        self.has_waker = true;
        let waker = waker();
        self.ask(|pacer, ticket| pacer.wake_with(ticket, waker));
        true
    }

    /// Asks again, after a wait.
    pub fn poll(&mut self) {
        self.ask(|_, _| {});
    }

    fn ask(&mut self, first: impl FnOnce(&mut Pacer<W>, Ticket)) {
        if let Granted::Here(here, ticket) = &self.permit.granted {
            self.turn = here.with(|lanes, now| {
                let pacer = lanes.lane(self.permit.lane, now);
                first(pacer, *ticket);
                let turn = pacer.poll(*ticket, now);
                if !matches!(turn, Turn::Wait(_)) {
                    wake(pacer);
                }
                turn
            });
        }
    }

    /// The turn that was granted.
    pub fn granted(self) -> Permit<'a, W, K> {
        let mut permit = self.permit;
        permit.end = TurnEnd::Sent;
        permit
    }
}

/// A turn that is taken. Dropped without a report, its call counts as sent: a caller that gives up
/// may have sent it.
#[must_use]
pub struct Permit<'a, W: Wake, K: Keeper + ?Sized> {
    granted: Granted<'a, W, K>,
    lane: &'a Lane,
    end: TurnEnd,
}

enum Granted<'a, W: Wake, K: ?Sized> {
    Freely,
    Here(&'a Here<W>, Ticket),
    Elsewhere(&'a K, u64),
}

impl<'a, W: Wake, K: Keeper + ?Sized> Permit<'a, W, K> {
    fn new(lane: &'a Lane, granted: Granted<'a, W, K>) -> Self {
        Self {
            granted,
            lane,
            end: TurnEnd::Sent,
        }
    }

    /// Reports how the turn ended.
    pub fn ended(mut self, end: TurnEnd) {
        self.end = end;
    }
}

impl<W: Wake, K: Keeper + ?Sized> Drop for Permit<'_, W, K> {
    fn drop(&mut self) {
        match &self.granted {
            Granted::Freely => {}
            Granted::Here(here, ticket) => here.with(|lanes, now| {
                let pacer = lanes.lane(self.lane, now);
                pacer.ended(*ticket, self.end, now);
                wake(pacer);
            }),
            Granted::Elsewhere(keeper, turn) => keeper.ended(self.lane, *turn, self.end),
        }
    }
}

impl<W: Wake> Here<W> {
    fn with<T>(&self, act: impl FnOnce(&mut Lanes<W>, Duration) -> T) -> T {
        // Every update is complete, so a poisoned lock is safe to use.
        let mut lanes = self.lanes.lock().unwrap_or_else(PoisonError::into_inner);
        // Read under the lock, so that a pacer's times never go back.
        act(&mut lanes, W::since(self.start).saturating_add(before(self.pace)))
    }
}

/// The clock's time at the start, so that a stored time lies after its zero.
fn before(pace: Pace) -> Duration {
    const YEAR: Duration = Duration::from_secs(366 * 24 * 60 * 60);
    pace.per.min(YEAR)
}

/// A random number that protects nothing.
pub(crate) fn random_seed() -> u64 {
    RandomState::new().hash_one(0)
}

/// Wakes the caller whose turn is next, after a change of the lane.
fn wake<W: Wake>(pacer: &Pacer<W>) {
    if let Some(waker) = pacer.waker() {
        waker.wake();
    }
}

impl<W: Wake, K: Keeper + ?Sized> fmt::Debug for Joined<'_, W, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Granted(permit) => permit.fmt(f),
            Self::Queued(queued) => queued.fmt(f),
            Self::Elsewhere(_) => f.write_str("Elsewhere"),
        }
    }
}

impl<W: Wake, K: Keeper + ?Sized> fmt::Debug for Queued<'_, W, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Queued")
            .field(self.permit.lane)
            .field(&self.turn)
            .finish()
    }
}

impl<W: Wake, K: Keeper + ?Sized> fmt::Debug for Permit<'_, W, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Permit").field(self.lane).field(&self.end).finish()
    }
}

impl<W: Wake, K: ?Sized> Clone for Pacing<W, K> {
    fn clone(&self) -> Self {
        let kept = match &self.kept {
            Kept::No => Kept::No,
            Kept::Here(here) => Kept::Here(Arc::clone(here)),
            Kept::Elsewhere(keeper) => Kept::Elsewhere(Arc::clone(keeper)),
        };
        Self { kept, ..*self }
    }
}

impl<W: Wake, K: ?Sized> Default for Pacing<W, K> {
    /// The documented 30 requests a minute for each endpoint and account.
    fn default() -> Self {
        Self::new(Pace::DOCUMENTED)
    }
}

impl<W: Wake, K: ?Sized> fmt::Debug for Pacing<W, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Pacing").field(&self.pace()).finish()
    }
}
