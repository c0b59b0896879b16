//! The pace that all processes on a mirror's database keep together.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use eduzz_hyper::{Account, Keeper, NoTurn, Pacing, TurnFuture, Turns};
use eduzz_store::mirror::MirrorStore;
use eduzz_sync::mirror::{EndedTurn, Flow, LaneStep, LaneTurn, TURN_LEASE, next_flow};
use eduzz_wire::{Busy, Lane, Pace, Quota, TurnEnd};
use tokio::runtime::Handle;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::oneshot;
use tokio::time::{Instant, sleep_until};

/// A place that another process gives back is seen after this long.
const LOOK: Duration = Duration::from_secs(2);

/// How long the report of an answer waits for the next turn, to go with it: its place is free a
/// period later anyway.
const REPORT: Duration = Duration::from_millis(500);

/// How long a report waits after the database failed.
const AFTER_ERROR: Duration = Duration::from_secs(1);

/// The turns of an account's calls, which a row of a mirror's database grants for each lane.
pub(crate) struct SharedPace<S> {
    store: S,
    pace: Pace,
    /// The tasks of the lanes, by the lane's name.
    tasks: Mutex<BTreeMap<String, UnboundedSender<Word>>>,
}

/// The turns of one flow.
struct OfFlow<S> {
    shared: Arc<SharedPace<S>>,
    flow: Flow,
}

/// A message to the task of a lane.
enum Word {
    Takes(Caller),
    Ended(Report),
}

/// A caller that waits for its turn.
struct Caller {
    flow: Flow,
    /// It waits no longer than until then.
    until: Option<Instant>,
    reply: oneshot::Sender<Result<u64, NoTurn>>,
}

/// The end of a turn.
#[derive(Clone, Copy)]
struct Report {
    number: u64,
    end: TurnEnd,
    at: Instant,
}

impl<S: MirrorStore> SharedPace<S> {
    /// The account's pace, kept in this database from now on. `None` if this process keeps none: it
    /// is off, or another keeper grants the turns.
    pub(crate) fn of(account: &Account, store: &S) -> Option<Arc<Self>> {
        let pace = account.client().pacing().pace()?;
        Some(Arc::new(Self {
            store: store.clone(),
            pace,
            tasks: Mutex::default(),
        }))
    }

    /// The account, whose calls take their turns as those of this flow. They count together with
    /// those of every process that gives this name.
    pub(crate) fn account(self: &Arc<Self>, account: &Account, flow: Flow, name: &str) -> Account {
        let quota = account.client().pacing().common_quota();
        let turns = OfFlow {
            shared: Arc::clone(self),
            flow,
        };
        let pacing = Pacing::granted_by(Arc::new(turns));
        account.paced_by(pacing.under(quota.unwrap_or_else(|| Quota::named(name))))
    }

    /// Sends to the task of a lane, and starts it where no task runs.
    fn tell(&self, lane: &Lane, mut word: Word) {
        let lane = lane.to_string();
        let mut tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(task) = tasks.get(&lane) {
            match task.send(word) {
                Ok(()) => return,
                // Its runtime has ended.
                Err(back) => word = back.0,
            }
        }
        // Without a runtime a caller gets an error, and a turn ends with its lease.
        let Ok(runtime) = Handle::try_current() else {
            return;
        };
        let (task, words) = unbounded_channel();
        if task.send(word).is_ok() {
            let queue = Queue::new(self.store.clone(), self.pace, lane.clone());
            runtime.spawn(queue.run(words));
            tasks.insert(lane, task);
        }
    }
}

impl<S: MirrorStore> Keeper for OfFlow<S> {
    fn ended(&self, lane: &Lane, turn: u64, end: TurnEnd) {
        self.shared.tell(lane, Word::Ended(Report::now(turn, end)));
    }
}

impl<S: MirrorStore> Turns for OfFlow<S> {
    fn take<'a>(&'a self, lane: &'a Lane, patience: Option<Duration>) -> TurnFuture<'a> {
        let (reply, turn) = oneshot::channel();
        let mut asked = Asked {
            keeper: self,
            lane,
            turn,
        };
        Box::pin(async move {
            let until = patience.and_then(|patience| Instant::now().checked_add(patience));
            let caller = Caller {
                flow: self.flow,
                until,
                reply,
            };
            self.shared.tell(lane, Word::Takes(caller));
            let ended = |_| NoTurn::Failed("the runtime of the pace has ended".into());
            (&mut asked.turn).await.map_err(ended)?
        })
    }
}

/// A turn that is asked for. Dropped before it comes, it is given back.
struct Asked<'a, S: MirrorStore> {
    keeper: &'a OfFlow<S>,
    lane: &'a Lane,
    turn: oneshot::Receiver<Result<u64, NoTurn>>,
}

impl<S: MirrorStore> Drop for Asked<'_, S> {
    fn drop(&mut self) {
        self.turn.close();
        if let Ok(Ok(turn)) = self.turn.try_recv() {
            self.keeper.ended(self.lane, turn, TurnEnd::Unsent);
        }
    }
}

impl Report {
    fn now(number: u64, end: TurnEnd) -> Self {
        Self {
            number,
            end,
            at: Instant::now(),
        }
    }
}

/// The callers of a lane in this process, of which one at a time asks the database.
struct Queue<S> {
    store: S,
    pace: Pace,
    lane: String,
    waiting: VecDeque<Caller>,
    /// The turns of the last period.
    had: VecDeque<(Instant, Flow)>,
    ended: Vec<Report>,
    /// When to ask for a turn, and when to report.
    next: Instant,
    report: Instant,
    /// No place is free before.
    free: Instant,
}

impl<S: MirrorStore> Queue<S> {
    fn new(store: S, pace: Pace, lane: String) -> Self {
        let now = Instant::now();
        Self {
            store,
            pace,
            lane,
            waiting: VecDeque::new(),
            had: VecDeque::new(),
            ended: Vec::new(),
            next: now,
            report: now,
            free: now,
        }
    }

    async fn run(mut self, mut words: UnboundedReceiver<Word>) {
        loop {
            let asks = (!self.waiting.is_empty()).then_some(self.next);
            let reports = (!self.ended.is_empty()).then_some(self.report);
            let due = asks.into_iter().chain(reports).min();
            tokio::select! {
                biased;
                word = words.recv() => match word {
                    Some(word) => self.hear(word),
                    None => {
                        self.step().await;
                        return;
                    }
                },
                () = sleep_until(due.unwrap_or(self.next)), if due.is_some() => self.step().await,
            }
        }
    }

    fn hear(&mut self, word: Word) {
        let now = Instant::now();
        match word {
            Word::Takes(caller) if caller.is_late(self.free) => caller.busy(self.free - now),
            Word::Takes(caller) => self.waiting.push_back(caller),
            Word::Ended(report) => {
                let wait = match report.end {
                    TurnEnd::Sent => REPORT.min(self.pace.per / 4),
                    TurnEnd::Held(_) => Duration::ZERO,
                    TurnEnd::Unsent => {
                        (self.next, self.free) = (now, now);
                        Duration::ZERO
                    }
                };
                if self.ended.is_empty() || self.report > now + wait {
                    self.report = now + wait;
                }
                self.ended.push(report);
            }
        }
    }

    /// Reports what has ended, and takes a turn if its time has come.
    async fn step(&mut self) {
        let now = Instant::now();
        self.waiting.retain(|caller| !caller.reply.is_closed());
        self.ended.retain(|report| now - report.at < TURN_LEASE);
        let mut step = LaneStep::new(self.pace);
        step.takes = !self.waiting.is_empty() && self.next <= now;
        let ended = self.ended.iter();
        step.ended = ended
            .map(|report| EndedTurn::new(report.number, report.end).ago(now - report.at))
            .collect();
        if !step.takes && step.ended.is_empty() {
            return;
        }
        let takes = step.takes;
        match self.store.pace(&self.lane, step).await {
            Ok(turn) => {
                self.ended.clear();
                match turn {
                    Some(LaneTurn::Go(number)) => self.grant(number),
                    Some(LaneTurn::Wait(wait)) => self.wait(wait),
                    None => {}
                }
            }
            Err(error) => {
                self.report = Instant::now() + AFTER_ERROR;
                if takes {
                    for caller in self.waiting.drain(..) {
                        caller.answer(Err(NoTurn::Failed(error.clone().into())));
                    }
                }
            }
        }
    }

    /// Gives the turn to the flow that has the next one, and there to the first caller.
    fn grant(&mut self, number: u64) {
        let now = Instant::now();
        self.had.retain(|(at, _)| now - *at < self.pace.per);
        let count = |flow| self.had.iter().filter(|(_, other)| *other == flow).count();
        let had = |flow| u32::try_from(count(flow)).unwrap_or(u32::MAX);
        while let Some(flow) = next_flow(self.waiting.iter().map(|caller| caller.flow), had) {
            let first = self.waiting.iter().position(|caller| caller.flow == flow);
            let caller = first.and_then(|first| self.waiting.remove(first));
            if caller.is_some_and(|caller| caller.answer(Ok(number))) {
                self.had.push_back((now, flow));
                return;
            }
        }
        self.hear(Word::Ended(Report::now(number, TurnEnd::Unsent)));
    }

    /// Nobody has a turn for this long.
    fn wait(&mut self, wait: Duration) {
        let now = Instant::now();
        // A period has no limit, an instant has.
        self.free = now.checked_add(wait).unwrap_or(now + TURN_LEASE);
        self.next = now + wait.min(LOOK);
        for _ in 0..self.waiting.len() {
            match self.waiting.pop_front() {
                Some(caller) if caller.is_late(self.free) => caller.busy(wait),
                caller => self.waiting.extend(caller),
            }
        }
    }
}

impl Caller {
    /// Whether it does not wait until then.
    fn is_late(&self, free: Instant) -> bool {
        self.until.is_some_and(|until| free > until)
    }

    fn busy(self, wait: Duration) {
        self.answer(Err(Busy::new(wait).into()));
    }

    /// `false` if the caller is gone.
    fn answer(self, turn: Result<u64, NoTurn>) -> bool {
        self.reply.send(turn).is_ok()
    }
}

impl<S> fmt::Debug for SharedPace<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SharedPace")
            .field("pace", &self.pace)
            .finish_non_exhaustive()
    }
}
