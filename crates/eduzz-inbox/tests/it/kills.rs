//! An inbox that is killed: what was answered is stored, and each effect happens once.
//!
//! A child process (this program again) receives deliveries and handles them. It announces a named
//! place and holds there until it is killed. Each database is killed several times, then an inbox
//! of this process finishes the work. `EDUZZ_KILLS` sets how many kills there are.

#![expect(clippy::print_stdout, reason = "how many kills hit, and where")]

mod child;
mod database;
mod watched;

use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::os::unix::process::ExitStatusExt as _;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use eduzz_inbox::Inbox;
use eduzz_store::{Filter, Store, Whole};
use eduzz_sync::inbox::{HOLD, State};
use eduzz_testkit::chance::Chance;
use eduzz_webhook::SIGNATURE_HEADER;

use self::child::{Child, Plan};
use self::database::{Database, SqliteFile};
use self::watched::{PLACES, Places};
use crate::support::{Hands, body, delivery, key};

/// Kills of one database, one after the other.
const KILLS_EACH: u64 = 4;

/// New events of each child process.
const EVENTS: usize = 5;

/// How many kills a run has, and how many had something unfinished.
#[derive(Default)]
struct Tally {
    kills: AtomicU64,
    hits: AtomicU64,
    places: Mutex<Vec<(&'static str, u64)>>,
}

/// When the child is killed.
#[derive(Clone, Copy, Debug)]
enum Moment {
    /// When it reaches this place for this time.
    At(&'static str, u32),
    /// After this many answers, and some microseconds.
    Answers(usize, u64),
    /// Some microseconds after it was started.
    Starting(u64),
}

impl Moment {
    fn of(chance: &mut Chance, kill: u64) -> Self {
        let places = u64::try_from(PLACES.len()).unwrap();
        match chance.below(places + 4) {
            0 => Self::Answers(chance.at_most(EVENTS), 0),
            1 | 2 => Self::Answers(chance.at_most(EVENTS), chance.below(3_000)),
            // The first child has nothing unfinished yet.
            3 if kill > 0 => Self::Starting(chance.below(40_000)),
            _ => {
                let place = *PLACES
                    .get(usize::try_from(chance.below(places)).unwrap())
                    .unwrap();
                let most = if place == Places::BEFORE_CLAIM { 1 } else { 4 };
                Self::At(place, u32::try_from(chance.at_most(most)).unwrap())
            }
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::At(place, _) => place,
            Self::Answers(_, 0) => "after an answer",
            Self::Answers(..) => "at any time",
            Self::Starting(_) => "while it starts",
        }
    }
}

#[test]
fn kills_over_sqlite_lose_nothing_and_repeat_nothing() {
    kill_many(SqliteFile::new);
}

#[cfg(feature = "postgres")]
#[test]
fn kills_over_postgres_lose_nothing_and_repeat_nothing() {
    let new = || database::OnServer::new("kills_over_postgres_lose_nothing_and_repeat_nothing");
    if new().is_some() {
        kill_many(|| new().unwrap());
    }
}

fn kill_many<D: Database>(new: impl Fn() -> D + Sync) {
    let wanted = std::env::var("EDUZZ_KILLS").map_or(200, |kills| kills.parse().unwrap());
    let first = std::env::var("EDUZZ_SEED").map_or(1, |seed| seed.parse().unwrap());
    let (tally, next) = (Tally::default(), AtomicU64::new(first));
    let begun = Instant::now();
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                while tally.hits.load(Ordering::SeqCst) < wanted {
                    let seed = next.fetch_add(1, Ordering::SeqCst);
                    kill_one_database(&new(), seed, &tally);
                }
            });
        }
    });
    let (kills, hits) = (tally.kills.into_inner(), tally.hits.into_inner());
    let mut places = tally.places.into_inner().unwrap();
    places.sort_unstable();
    println!(
        "{hits} of {kills} kills hit, seeds from {first}, {:?}",
        begun.elapsed()
    );
    for (place, hits) in &places {
        println!("{hits:6} {place}");
    }
    assert!(hits >= wanted && hits * 10 >= kills * 8, "{hits} of {kills}");
    assert_eq!(places.len(), PLACES.len() + 3, "every place was hit");
}

fn kill_one_database<D: Database>(database: &D, seed: u64, tally: &Tally) {
    let mut chance = Chance(seed);
    let hands = Hands::new();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (mut answered, mut unanswered) = (BTreeSet::new(), BTreeSet::new());
    let is_ordered = chance.below(2) == 0;
    for kill in 0..KILLS_EACH {
        let moment = Moment::of(&mut chance, kill);
        let about = format!("seed {seed}, kill {kill}, {moment:?}");
        unanswered.extend((0..EVENTS).map(|at| format!("k{kill}e{at}")));
        // The leases of the last one are over, and the waits of what was lost again.
        hands.pass(2 * HOLD);
        let plan = Plan {
            database: database.address(),
            millis: hands.millis(),
            is_ordered,
            at: match moment {
                Moment::At(place, time) => Some((place.to_owned(), time)),
                _ => None,
            },
        };
        let heard = die(&plan, moment, &unanswered, &about);
        for id in heard {
            unanswered.remove(&id);
            answered.insert(id);
        }
        let left = runtime.block_on(check_after_death(database, &hands, &answered, &about));
        let is_hit = left > 0 || !unanswered.is_empty();
        tally.kills.fetch_add(1, Ordering::SeqCst);
        if is_hit {
            tally.hits.fetch_add(1, Ordering::SeqCst);
            let mut places = tally.places.lock().unwrap();
            match places.iter_mut().find(|(place, _)| *place == moment.name()) {
                Some((_, hits)) => *hits += 1,
                None => places.push((moment.name(), 1)),
            }
        }
    }
    let all = &answered | &unanswered;
    let about = format!("seed {seed}");
    runtime.block_on(finish(database, &hands, &unanswered, &all, &about));
}

/// Starts a child, sends it deliveries, kills it at the moment; returns the answered ids.
fn die(plan: &Plan, moment: Moment, ids: &BTreeSet<String>, about: &str) -> BTreeSet<String> {
    let mut child = Child::start(plan);
    if let Moment::Starting(micros) = moment {
        spin(micros);
        assert_eq!(child.kill().signal(), Some(9), "{about}");
        return BTreeSet::new();
    }
    let port = child.port(about);
    let heard = Mutex::new(BTreeSet::new());
    let (told, hears) = std::sync::mpsc::channel();
    let ids: Vec<&String> = ids.iter().collect();
    thread::scope(|scope| {
        for part in ids.chunks(ids.len().div_ceil(3)) {
            let (heard, told) = (&heard, told.clone());
            scope.spawn(move || {
                for id in part {
                    if post(port, id).is_some_and(|status| status == 200) {
                        heard.lock().unwrap().insert(id.to_string());
                        let _ = told.send(());
                    }
                }
            });
        }
        match moment {
            Moment::At(place, _) => child.wait_for(place, about),
            Moment::Answers(answers, micros) => {
                for _ in 0..answers {
                    hears.recv_timeout(Duration::from_secs(20)).expect(about);
                }
                spin(micros);
            }
            Moment::Starting(_) => {}
        }
        assert_eq!(child.kill().signal(), Some(9), "{about}");
    });
    heard.into_inner().unwrap()
}

fn spin(micros: u64) {
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_micros(micros) {
        std::hint::spin_loop();
    }
}

/// Delivers an event; returns the status of the answer, if there is one.
fn post(port: u16, id: &str) -> Option<u16> {
    let body = body(id, &subject(id));
    let signature = key().sign(body.as_bytes());
    let request = format!(
        "POST /eduzz HTTP/1.1\r\nhost: inbox\r\nconnection: close\r\n{SIGNATURE_HEADER}: {}\r\ncontent-length: {}\r\n\r\n{body}",
        signature.as_str(),
        body.len()
    );
    let mut socket = TcpStream::connect(("127.0.0.1", port)).ok()?;
    socket.set_read_timeout(Some(Duration::from_secs(20))).ok()?;
    socket.write_all(request.as_bytes()).ok()?;
    let mut answer = [0; 12];
    socket.read_exact(&mut answer).ok()?;
    std::str::from_utf8(&answer)
        .ok()?
        .strip_prefix("HTTP/1.1 ")?
        .parse()
        .ok()
}

/// Two subjects of each child: what an earlier one left holds the later events of its subject.
fn subject(id: &str) -> String {
    let (child, event) = id.split_at(2);
    let half = if event.ends_with(['0', '2', '4']) {
        "a"
    } else {
        "b"
    };
    format!("{child}{half}")
}

async fn events<S: Store>(store: &S) -> Vec<Whole> {
    let mut events = Vec::new();
    for row in store.list(Filter::default()).await.unwrap() {
        events.push(store.get(row.seq).await.unwrap().unwrap());
    }
    events
}

/// Checks what the dead process left; returns how many events are not finished.
async fn check_after_death<D: Database>(
    database: &D,
    hands: &Hands,
    answered: &BTreeSet<String>,
    about: &str,
) -> usize {
    database.rest().await;
    let store = database.open(hands.clock()).await;
    let events = events(&store).await;
    let stored: BTreeSet<&String> = events.iter().map(|event| &event.row.once).collect();
    assert_eq!(stored.len(), events.len(), "{about}: stored twice");
    for id in answered {
        assert!(stored.contains(id), "{about}: {id} was answered and is lost");
    }
    let effects = database.effects().await;
    let marked = events.iter().flat_map(|event| {
        let names = event.handled.iter().filter(|name| *name != child::POST);
        names.map(|name| (name.clone(), event.row.once.clone()))
    });
    let mut marked: Vec<_> = marked.collect();
    marked.sort_unstable();
    assert_eq!(effects, marked, "{about}: effects and marks");
    for event in &events {
        assert!(event.body.is_some(), "{about}: an event without its body");
        let is_done = event.row.state == State::Done;
        assert!(
            !is_done || event.handled.len() == child::HANDLERS,
            "{about}: done too early"
        );
    }
    assert!(database.is_sound().await, "{about}");
    events.iter().filter(|event| event.row.state.is_open()).count()
}

/// The sender repeats what was not answered, and another process handles what is left.
async fn finish<D: Database>(
    database: &D,
    hands: &Hands,
    unanswered: &BTreeSet<String>,
    all: &BTreeSet<String>,
    about: &str,
) {
    let store = watched::Watched::new(database.open(hands.clock()).await, Places::default());
    let inbox = child::handlers::<D>(Inbox::new(store), &Places::default());
    for id in unanswered {
        inbox.store(&delivery(&body(id, &subject(id)))).await.unwrap();
    }
    for _ in 0..100 {
        hands.pass(HOLD);
        // It claims once, and ends when these attempts have ended.
        inbox.run(std::future::ready(())).await.unwrap();
        let events = events(inbox.database()).await;
        if events.iter().any(|event| event.row.state.is_open()) {
            continue;
        }
        let done = events.iter().filter(|event| event.row.state == State::Done);
        let done: BTreeSet<String> = done.map(|event| event.row.once.clone()).collect();
        assert_eq!(&done, all, "{about}: every event is done");
        let mut wanted: Vec<_> = [child::LEDGER, child::BOOKS]
            .iter()
            .flat_map(|name| all.iter().map(|id| (String::from(*name), id.clone())))
            .collect();
        wanted.sort_unstable();
        assert_eq!(database.effects().await, wanted, "{about}: each effect once");
        assert!(database.is_sound().await, "{about}");
        return;
    }
    panic!("{about}: it never ended");
}
