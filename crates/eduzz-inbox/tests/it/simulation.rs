//! Many interleavings in virtual time: processes that crash, stall past their leases and come back,
//! a database that fails before or after it commits, a sender that repeats.
//!
//! Nothing that was answered is lost, no effect in the database happens twice. With a fault planted
//! in the store, some of the first hundred seeds say so. `EDUZZ_SEEDS` sets how many seeds run.

#![expect(clippy::print_stdout, reason = "what was found, and in which seed")]

mod shim;
mod tracker;
mod world;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use eduzz_inbox::{Failure, Handled, Inbound, Inbox};
use eduzz_store::{Clock, Filter, Row, Store};
use eduzz_sync::inbox::{MAX_ATTEMPTS, State};
use eduzz_testkit::chance::Chance;
use eduzz_webhook::SIGNATURE_HEADER;
use http::{Request, StatusCode};
use http_body_util::Full;
use tokio::task::{AbortHandle, JoinHandle};
use tokio::time::{Instant, sleep, timeout};
use tower::ServiceExt as _;

use self::shim::{Process, Shim};
use self::tracker::Tracker;
use self::world::{InMemory, OnDisk, World};
use crate::support::{body, key, keys};

/// The fault that is planted in the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    /// It says that a delivery is stored before it is.
    AnswersFirst,
    /// It remembers a delivery as known before it is stored.
    KnowsFirst,
    /// It takes the end of an attempt from a worker whose lease is over.
    NoFence,
    /// It marks an event as handled when it is claimed.
    MarksFirst,
    /// It commits a handler's writes apart from the mark.
    WritesApart,
    /// It hands out what is due 40 seconds later.
    ClaimsEarly,
    /// It hands out events of one subject in any order.
    NoOrder,
    /// It renews what a dead worker had.
    RenewsTheDead,
}

/// What all processes of a run share.
struct Trial<W> {
    world: W,
    fault: Option<Fault>,
    chance: Mutex<Chance>,
    tracker: Mutex<Tracker>,
    /// The database's clock, and how far it went from virtual time.
    millis: Arc<AtomicI64>,
    skew: AtomicI64,
    began: Instant,
    /// From then on nothing fails any more.
    is_calm: AtomicBool,
    /// The events whose second handler ended well.
    posted: Mutex<BTreeSet<String>>,
    answered: Mutex<BTreeSet<String>>,
}

const BEGIN: i64 = 1_795_000_000_000;
const LEDGER: &str = "ledger";
const POST: &str = "post";

impl<W: World> Trial<W> {
    async fn new(seed: u64, fault: Option<Fault>) -> Arc<Self> {
        let millis = Arc::new(AtomicI64::new(BEGIN));
        let is_ordered = seed.is_multiple_of(2);
        Arc::new(Self {
            world: W::new(Clock::set_by(Arc::clone(&millis))).await,
            fault,
            chance: Mutex::new(Chance(seed)),
            tracker: Mutex::new(Tracker::new(is_ordered)),
            millis,
            skew: AtomicI64::new(0),
            began: Instant::now(),
            is_calm: AtomicBool::new(false),
            posted: Mutex::default(),
            answered: Mutex::default(),
        })
    }

    fn below(&self, end: u64) -> u64 {
        self.chance.lock().unwrap().below(end)
    }

    /// A place in a list of this length; 0 if it is empty.
    fn place(&self, length: usize) -> usize {
        usize::try_from(self.below(u64::try_from(length.max(1)).unwrap())).unwrap()
    }

    fn one_of<T: Copy>(&self, values: &[T]) -> T {
        *values.get(self.place(values.len())).unwrap()
    }

    fn up_to(&self, most: Duration) -> Duration {
        Duration::from_millis(self.below(u64::try_from(most.as_millis()).unwrap() + 1))
    }

    fn is_calm(&self) -> bool {
        self.is_calm.load(Ordering::SeqCst)
    }

    /// Whether a disturbance with this chance happens; none does once it is calm.
    fn happens(&self, one_of: u64) -> bool {
        !self.is_calm() && self.below(one_of) == 0
    }

    fn is_ordered(&self) -> bool {
        self.tracker.lock().unwrap().is_ordered
    }
}

/// A process that receives and works.
struct Running<W: World> {
    process: Arc<Process>,
    inbox: Inbox<Shim<W>>,
    working: JoinHandle<()>,
    receiving: Arc<Mutex<Vec<AbortHandle>>>,
}

impl<W: World> Running<W> {
    fn start(trial: &Arc<Trial<W>>) -> Self {
        let process = Arc::new(Process::default());
        let inbox = inbox(trial, &process);
        let worker = inbox.clone();
        let working = tokio::spawn(async move {
            worker.run(std::future::pending()).await.unwrap();
        });
        Self {
            process,
            inbox,
            working,
            receiving: Arc::default(),
        }
    }

    /// Whatever it does, it does no more.
    fn crash(&self) {
        self.process.die();
        self.working.abort();
        for receiving in self.receiving.lock().unwrap().drain(..) {
            receiving.abort();
        }
    }
}

fn inbox<W: World>(trial: &Arc<Trial<W>>, process: &Arc<Process>) -> Inbox<Shim<W>> {
    let store = Shim::new(Arc::clone(trial), Arc::clone(process));
    let mut inbox = Inbox::new(store).concurrency(1 + u32::try_from(trial.below(4)).unwrap());
    if trial.is_ordered() {
        inbox = inbox.ordered();
    }
    let handle = |name: &'static str| {
        let (trial, process) = (Arc::clone(trial), Arc::clone(process));
        move |inbound: Inbound| {
            let (trial, process) = (Arc::clone(&trial), Arc::clone(&process));
            async move {
                // Some outlive a lease, some the timeout of a handler.
                let most = trial.one_of(&[1, 5, 5, 20, 50, 70]);
                process.work(trial.up_to(Duration::from_secs(most))).await;
                if trial.happens(6) {
                    return Err(Failure::new("invented").into());
                }
                if trial.happens(20) {
                    std::panic::resume_unwind(Box::new("invented"));
                }
                let once = inbound.row().once.clone();
                if name == POST {
                    trial.posted.lock().unwrap().insert(once);
                    return Ok(Handled::new());
                }
                Ok(Handled::with(trial.world.effect(once)))
            }
        }
    };
    inbox.handler(LEDGER, handle(LEDGER)).handler(POST, handle(POST))
}

type Processes<W> = Arc<Mutex<Vec<Running<W>>>>;

/// Delivers one event until it is answered, and some copies.
async fn send<W: World>(trial: Arc<Trial<W>>, processes: Processes<W>, id: String) {
    sleep(trial.up_to(Duration::from_secs(90))).await;
    let subject = trial.one_of(&["a", "b", "c"]);
    let mut copies = trial.below(3);
    loop {
        let mut text = body(&id, subject);
        if trial.below(4) == 0 {
            text.push(' ');
        }
        if deliver(&trial, &processes, text).await {
            trial.answered.lock().unwrap().insert(id.clone());
            if copies == 0 {
                return;
            }
            copies -= 1;
        }
        sleep(trial.up_to(Duration::from_secs(40))).await;
    }
}

async fn deliver<W: World>(trial: &Trial<W>, processes: &Processes<W>, text: String) -> bool {
    let answering = {
        let processes = processes.lock().unwrap();
        let one = trial.place(processes.len());
        let Some(running) = processes.get(one) else {
            return false;
        };
        let signature = key().sign(text.as_bytes());
        let request = Request::post("/")
            .header(SIGNATURE_HEADER, signature.as_str())
            .body(Full::new(bytes::Bytes::from(text)))
            .unwrap();
        let answering = tokio::spawn(running.inbox.receiver(keys()).oneshot(request));
        running.receiving.lock().unwrap().push(answering.abort_handle());
        answering
    };
    let abort = answering.abort_handle();
    let answer = timeout(Duration::from_secs(12), answering).await;
    abort.abort();
    matches!(answer, Ok(Ok(Ok(answer))) if answer.status() == StatusCode::OK)
}

/// Crashes, stalls and starts processes for some minutes.
async fn disturb<W: World>(trial: &Arc<Trial<W>>, processes: &Processes<W>) {
    let end = Instant::now() + Duration::from_secs(60) + trial.up_to(Duration::from_secs(240));
    while Instant::now() < end {
        sleep(trial.up_to(Duration::from_secs(15))).await;
        let mut processes = processes.lock().unwrap();
        let one = trial.place(processes.len());
        match trial.below(8) {
            0 if !processes.is_empty() => processes.swap_remove(one).crash(),
            1..=3 => {
                if let Some(running) = processes.get(one) {
                    running.process.stall(trial.up_to(Duration::from_secs(80)));
                }
            }
            4 | 5 if processes.len() < 3 => processes.push(Running::start(trial)),
            6 if trial.below(12) == 0 => {
                trial.skew.fetch_sub(3_600_000, Ordering::SeqCst);
                trial.tracker.lock().unwrap().clock_went_back();
            }
            _ => {}
        }
    }
}

/// Runs a seed; returns how many events were claimed, and how many ends of attempts came too late,
/// or what rule was broken.
async fn run<W: World>(seed: u64, fault: Option<Fault>) -> Result<[u64; 2], String> {
    let trial = Trial::<W>::new(seed, fault).await;
    let processes = Processes::<W>::default();
    let first = (0..=trial.below(3)).map(|_| Running::start(&trial));
    processes.lock().unwrap().extend(first);
    let sending: Vec<_> = (0..3 + trial.below(8))
        .map(|at| {
            let id = format!("e{at}");
            tokio::spawn(send(Arc::clone(&trial), Arc::clone(&processes), id))
        })
        .collect();
    disturb(&trial, &processes).await;
    if trial.below(4) > 0 {
        // The others end, and one receives what was not answered.
        for running in processes.lock().unwrap().drain(..) {
            running.crash();
        }
        processes.lock().unwrap().push(Running::start(&trial));
        trial.is_calm.store(true, Ordering::SeqCst);
        for sending in sending {
            sending.await.unwrap();
        }
    } else {
        trial.is_calm.store(true, Ordering::SeqCst);
        for sending in sending {
            sending.abort();
        }
    }
    for running in processes.lock().unwrap().drain(..) {
        running.crash();
    }
    finish(&trial).await?;
    check(&trial).await?;
    let tracker = trial.tracker.lock().unwrap();
    Ok([tracker.claims_seen, tracker.late_settlements])
}

/// A last process works until every event has ended.
async fn finish<W: World>(trial: &Arc<Trial<W>>) -> Result<(), String> {
    let inbox = inbox(trial, &Arc::default());
    for round in 0..3_000 {
        // It claims once, and ends when these attempts have ended.
        inbox.run(std::future::ready(())).await.unwrap();
        trial.world.store().mend_clock().await.unwrap();
        let rows = trial.world.store().list(Filter::default()).await.unwrap();
        if rows.iter().all(|row| !row.state.is_open()) {
            return Ok(());
        }
        let now = trial.world.store().now().await.unwrap();
        let is_taken_over = rows
            .iter()
            .all(|row| row.state != State::Claimed || row.due <= now);
        if round >= 3 && !is_taken_over {
            return Err("a dead worker keeps an event".to_owned());
        }
        let is_behind = |parked: &Row| {
            let mut ahead = rows
                .iter()
                .filter(|row| row.seq < parked.seq && row.state.is_open());
            ahead.any(|row| row.subject == parked.subject)
        };
        let mut parked = rows.iter().filter(|row| row.state == State::Parked);
        if let Some(row) = parked.find(|row| !is_behind(row)) {
            return Err(format!("{} waits for nothing", row.once));
        }
        // Then only waits between attempts are left.
        sleep(Duration::from_secs(if is_taken_over { 300 } else { 20 })).await;
    }
    Err("some events never end".to_owned())
}

async fn check<W: World>(trial: &Trial<W>) -> Result<(), String> {
    let store = trial.world.store();
    let mut stored = BTreeMap::new();
    for row in store.list(Filter::default()).await.unwrap() {
        let whole = store.get(row.seq).await.unwrap().unwrap();
        if stored.insert(row.once.clone(), whole).is_some() {
            return Err(format!("{} is stored twice", row.once));
        }
    }
    for id in &*trial.answered.lock().unwrap() {
        if !stored.contains_key(id) {
            return Err(format!("{id} was answered and is lost"));
        }
    }
    let effects = trial.world.effects().await;
    for (once, whole) in &stored {
        let row = &whole.row;
        let is_marked = |name: &str| whole.handled.iter().any(|handled| handled == name);
        let count = effects.get(once).copied().unwrap_or_default();
        if count != u32::from(is_marked(LEDGER)) {
            return Err(format!(
                "{once} has {count} effects, and the marks {:?}",
                whole.handled
            ));
        }
        if row.state == State::Dead && row.attempts >= MAX_ATTEMPTS {
            continue;
        }
        if row.state != State::Done || !is_marked(LEDGER) || !is_marked(POST) {
            return Err(format!(
                "{once} is {}, and the marks {:?}",
                row.state, whole.handled
            ));
        }
        if !trial.posted.lock().unwrap().contains(once) {
            return Err(format!("{once} is done, and its handler never ended"));
        }
    }
    match trial.tracker.lock().unwrap().broken.first() {
        Some(broken) => Err(broken.clone()),
        None => Ok(()),
    }
}

/// One seed on a clock and a thread of its own.
fn simulate<W: World>(seed: u64, fault: Option<Fault>) -> Result<[u64; 2], String> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .unwrap();
    let ended = runtime.block_on(run::<W>(seed, fault));
    runtime.shutdown_background();
    ended
}

fn seeds(default: u64) -> u64 {
    std::env::var("EDUZZ_SEEDS").map_or(default, |seeds| seeds.parse().unwrap())
}

fn finds_nothing<W: World>(seeds: u64) {
    let (mut claims, mut late) = (0, 0);
    for seed in 0..seeds {
        match simulate::<W>(seed, None) {
            Ok([more_claims, more_late]) => {
                claims += more_claims;
                late += more_late;
            }
            Err(broken) => panic!("seed {seed}: {broken}"),
        }
    }
    println!("{seeds} seeds: {claims} attempts, {late} of them ended after their lease");
    assert!(
        claims > 5 * seeds && late * 2 > seeds,
        "{claims} attempts, {late} too late"
    );
}

/// The first of a hundred seeds that catches the fault.
fn catches<W: World>(fault: Fault) {
    let caught = (0..100).find_map(|seed| {
        let broken = simulate::<W>(seed, Some(fault)).err()?;
        Some(format!("seed {seed}: {broken}"))
    });
    match caught {
        Some(caught) => println!("{fault:?}: {caught}"),
        None => panic!("{fault:?} was not caught"),
    }
}

macro_rules! simulations {
    ($world:ident, $seeds:literal) => {
        use super::*;

        #[test]
        fn nothing_is_found() {
            finds_nothing::<$world>(seeds($seeds));
        }

        simulations! { $world:
            answer_before_the_store AnswersFirst,
            dedupe_before_the_write KnowsFirst,
            no_fence NoFence,
            mark_before_the_handler MarksFirst,
            writes_apart_from_the_mark WritesApart,
            claims_of_what_is_due_later ClaimsEarly,
            no_order NoOrder,
            no_takeover RenewsTheDead,
        }
    };
    ($world:ident: $($name:ident $fault:ident,)+) => {
        $(#[test]
        fn $name() {
            catches::<$world>(Fault::$fault);
        })+
    };
}

mod memory {
    simulations!(InMemory, 200);
}

mod sqlite {
    simulations!(OnDisk, 20);
}
