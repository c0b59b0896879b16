//! Any sequence of operations gives the same results and the same rows in every store.

use std::collections::BTreeMap;
use std::time::Duration;

use eduzz_store::{
    Claim, Claimed, Filter, Memory, MemoryWrites, Put, Reopening, Row, Settled, Settlement, Sqlite,
    SqliteWrites, Store, Whole,
};
use eduzz_sync::inbox::{Code, Ending, LEASE, Order, State};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, TestRunner};
use tokio::runtime::Runtime;

use crate::support::{Hands, event};

/// Something that a program does, or that happens to it.
#[derive(Clone, Debug)]
enum Step {
    Put { key: u8, subject: u8, state: State },
    Claim(Order, u32),
    Renew(Vec<Index>),
    Settle(End),
    Reopen(Reopening, Few),
    Prune(Duration),
    Pass(Duration),
    GoBack(Duration),
    MendClock,
    List(Few, Option<u32>),
    Counts,
}

/// A settlement of one of the claims so far, which may be over.
#[derive(Clone, Debug)]
struct End {
    claim: Index,
    handler: Option<u8>,
    /// Whether the handler's writes succeed.
    writes: Option<bool>,
    ending: Option<(Ending, u64)>,
}

/// A filter.
#[derive(Clone, Debug)]
struct Few {
    seqs: Vec<i64>,
    states: Vec<State>,
    subject: Option<u8>,
    before: Option<Duration>,
    below: Option<i64>,
}

fn step() -> impl Strategy<Value = Step> {
    let times = [1, 5, 29, 30, 31, 600, 3_599, 3_600, 3_601, 86_400].map(Duration::from_secs);
    let time = prop::sample::select(times.to_vec());
    let short = prop::sample::select(vec![Duration::from_secs(1), Duration::from_secs(30)]);
    let order = prop_oneof![1 => Just(Order::Any), 3 => Just(Order::BySubject)];
    let stored = prop_oneof![9 => Just(State::Ready), 1 => Just(State::Ignored)];
    let reopening = prop_oneof![Just(Reopening::Retry), Just(Reopening::Replay)];
    prop_oneof![
        8 => (0..12_u8, 0..3_u8, stored)
            .prop_map(|(key, subject, state)| Step::Put { key, subject, state }),
        8 => (order, 0..5_u32).prop_map(|(order, limit)| Step::Claim(order, limit)),
        2 => prop::collection::vec(any::<Index>(), 0..4).prop_map(Step::Renew),
        8 => end().prop_map(Step::Settle),
        1 => (reopening, few()).prop_map(|(reopening, few)| Step::Reopen(reopening, few)),
        1 => time.clone().prop_map(Step::Prune),
        3 => short.prop_map(Step::Pass),
        2 => time.clone().prop_map(Step::Pass),
        1 => time.prop_map(Step::GoBack),
        1 => Just(Step::MendClock),
        1 => (few(), prop::option::of(0..4_u32)).prop_map(|(few, limit)| Step::List(few, limit)),
        1 => Just(Step::Counts),
    ]
}

/// Steps, and workers that are lost with all that they claim, up to the last attempt.
fn steps() -> impl Strategy<Value = Vec<Step>> {
    let lost = (1..12_usize).prop_map(|times| {
        let lost = [Step::Claim(Order::Any, 2), Step::Pass(LEASE)];
        lost.into_iter().cycle().take(2 * times).collect()
    });
    let some = prop_oneof![12 => step().prop_map(|step| vec![step]), 1 => lost];
    prop::collection::vec(some, 1..50).prop_map(|steps| steps.concat())
}

fn end() -> impl Strategy<Value = End> {
    let ending = prop_oneof![
        4 => Just(Ending::Done),
        1 => Just(Ending::Ignored),
        3 => Just(Ending::Failed(Code::TIMED_OUT)),
        1 => Just(Ending::Hopeless(Code::ERROR)),
        1 => Just(Ending::Released),
    ];
    let chance = prop_oneof![Just(0), any::<u64>()];
    (
        any::<Index>(),
        prop::option::of(0..2_u8),
        prop::option::of(prop::bool::weighted(0.8)),
        prop::option::weighted(0.8, (ending, chance)),
    )
        .prop_map(|(claim, handler, writes, ending)| End {
            claim,
            handler,
            writes,
            ending,
        })
}

fn few() -> impl Strategy<Value = Few> {
    (
        prop_oneof![3 => Just(vec![]), 1 => prop::collection::vec(1..8_i64, 1..4)],
        prop_oneof![3 => Just(vec![]), 1 => prop::collection::vec(prop::sample::select(State::ALL.to_vec()), 1..3)],
        prop::option::weighted(0.3, 0..3_u8),
        prop::option::weighted(0.2, Just(Duration::from_secs(30))),
        prop::option::weighted(0.2, 1..8_i64),
    )
        .prop_map(|(seqs, states, subject, before, below)| Few {
            seqs,
            states,
            subject,
            before,
            below,
        })
}

/// A store, and its numbers of the events in the order of arrival: PostgreSQL leaves numbers out.
struct Side<S: Store> {
    store: S,
    writes: fn(bool) -> S::Writes,
    seqs: Vec<i64>,
    claims: Vec<Claimed>,
}

/// The result of a step, with the first number 1, the second 2.
#[derive(Debug, PartialEq)]
enum Seen {
    Put(Put),
    Claimed(Vec<(i64, Whole)>),
    Renewed(Vec<Claim>),
    Settled(&'static str),
    Number(u64),
    Rows(Vec<Row>),
    Counts(eduzz_store::Counts),
    Nothing,
}

impl<S: Store> Side<S> {
    fn new(store: S, writes: fn(bool) -> S::Writes) -> Self {
        Self {
            store,
            writes,
            seqs: Vec::new(),
            claims: Vec::new(),
        }
    }

    fn place(&self, seq: i64) -> i64 {
        let place = self.seqs.iter().position(|known| *known == seq).unwrap();
        i64::try_from(place).unwrap() + 1
    }

    /// The store's number; the next one for an event that is not there.
    fn seq(&self, place: i64) -> i64 {
        let known = self.seqs.get(usize::try_from(place).unwrap() - 1);
        known
            .copied()
            .unwrap_or_else(|| self.seqs.last().map_or(1, |last| last + 1))
    }

    fn row(&self, mut row: Row) -> Row {
        row.seq = self.place(row.seq);
        row
    }

    fn whole(&self, mut whole: Whole) -> Whole {
        whole.row = self.row(whole.row);
        whole
    }

    async fn filter(&self, few: &Few, limit: Option<u32>) -> Filter {
        let mut filter = Filter::default();
        filter.seqs = few.seqs.iter().map(|place| self.seq(*place)).collect();
        filter.states.clone_from(&few.states);
        filter.subject = few.subject.map(|subject| subject.to_string());
        if let Some(before) = few.before {
            filter.before = Some(self.store.now().await.unwrap().before(before));
        }
        filter.below = few.below.map(|place| self.seq(place));
        filter.limit = limit;
        filter
    }

    async fn take(&mut self, step: &Step) -> Seen {
        let store = self.store.clone();
        match step {
            Step::Put { key, subject, state } => {
                let incoming = event(&key.to_string(), &subject.to_string());
                let mut put = store.put(incoming, *state).await.unwrap();
                if put.is_new {
                    assert!(self.seqs.iter().all(|seq| *seq < put.seq));
                    self.seqs.push(put.seq);
                }
                put.seq = self.place(put.seq);
                Seen::Put(put)
            }
            Step::Claim(order, limit) => {
                let claimed = store.claim(*order, *limit).await.unwrap();
                self.claims.extend(claimed.iter().cloned());
                let claimed = claimed.into_iter();
                Seen::Claimed(
                    claimed
                        .map(|claimed| (claimed.claim.number, self.whole(claimed.event)))
                        .collect(),
                )
            }
            Step::Renew(which) if !self.claims.is_empty() => {
                let claims = which.iter().map(|index| index.get(&self.claims).claim);
                let mut renewed = store.renew(claims.collect()).await.unwrap();
                for claim in &mut renewed {
                    claim.seq = self.place(claim.seq);
                }
                Seen::Renewed(renewed)
            }
            Step::Settle(end) if !self.claims.is_empty() => {
                let claimed = end.claim.get(&self.claims);
                let change = end
                    .ending
                    .clone()
                    .map(|(ending, chance)| ending.change(claimed.event.row.attempts, chance));
                let writes = end.writes.map(self.writes);
                let mut settlement = Settlement::accepted(claimed.claim, "", writes, change);
                settlement.handler = end.handler.map(|handler| format!("handler {handler}"));
                Seen::Settled(match store.settle(settlement).await.unwrap() {
                    Settled::Committed => "committed",
                    Settled::Lost => "lost",
                    Settled::Failed(_) => "failed",
                    _ => "unknown",
                })
            }
            Step::Reopen(reopening, few) => {
                let filter = self.filter(few, None).await;
                Seen::Number(store.reopen(filter, *reopening).await.unwrap())
            }
            Step::Prune(age) => {
                let before = store.now().await.unwrap().before(*age);
                Seen::Number(store.prune(before).await.unwrap())
            }
            Step::MendClock => {
                store.mend_clock().await.unwrap();
                Seen::Nothing
            }
            Step::List(few, limit) => {
                let filter = self.filter(few, *limit).await;
                let rows = store.list(filter).await.unwrap().into_iter();
                Seen::Rows(rows.map(|row| self.row(row)).collect())
            }
            Step::Counts => Seen::Counts(store.counts().await.unwrap()),
            _ => Seen::Nothing,
        }
    }

    async fn rows(&self) -> Vec<Row> {
        let rows = self.store.list(Filter::default()).await.unwrap().into_iter();
        rows.map(|row| self.row(row)).collect()
    }

    async fn wholes(&self) -> BTreeMap<i64, Whole> {
        let mut wholes = BTreeMap::new();
        for seq in &self.seqs {
            let whole = self.store.get(*seq).await.unwrap().unwrap();
            wholes.insert(self.place(*seq), self.whole(whole));
        }
        wholes
    }
}

/// Takes the steps in both stores, whose clock is the same.
async fn compare<S: Store>(hands: &Hands, steps: &[Step], mut side: Side<S>) -> Result<(), TestCaseError> {
    let memory: fn(bool) -> MemoryWrites = |succeed| Box::new(move || result(succeed));
    let mut model = Side::new(Memory::with_clock(hands.clock()), memory);
    let mut went_back = false;
    for step in steps {
        match step {
            Step::Pass(time) => hands.pass(*time),
            Step::GoBack(time) => {
                hands.go_back(*time);
                went_back = true;
            }
            // Which bodies are left to a later call is not the same.
            Step::Prune(_) if went_back => continue,
            _ => {}
        }
        prop_assert_eq!(model.take(step).await, side.take(step).await, "{:?}", step);
        prop_assert_eq!(model.rows().await, side.rows().await, "after {:?}", step);
    }
    prop_assert_eq!(model.wholes().await, side.wholes().await);
    Ok(())
}

fn result(succeed: bool) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    if succeed { Ok(()) } else { Err("no".into()) }
}

fn property<S: Store>(cases: u32, mut new: impl AsyncFnMut(&Hands) -> Side<S>) {
    let runtime = Runtime::new().unwrap();
    let config = Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    };
    let new = std::cell::RefCell::new(&mut new);
    let run = TestRunner::new(config).run(&steps(), |steps| {
        let hands = Hands::new();
        let side = runtime.block_on((*new.borrow_mut())(&hands));
        runtime.block_on(compare(&hands, &steps, side))
    });
    let failure = run.err().map(|error| error.to_string());
    assert!(failure.is_none(), "{}", failure.unwrap_or_default());
}

#[test]
fn sqlite_does_what_the_memory_does() {
    let folder = tempfile::tempdir().unwrap();
    let writes: fn(bool) -> SqliteWrites = |succeed| Box::new(move |_| result(succeed));
    let mut number = 0;
    property(48, async |hands| {
        number += 1;
        let file = folder.path().join(format!("{number}.sqlite"));
        Side::new(Sqlite::with_clock(file, hands.clock()).await.unwrap(), writes)
    });
}

#[cfg(feature = "postgres")]
#[test]
fn postgres_does_what_the_memory_does() {
    use eduzz_store::{Limits, Postgres, PostgresWrites};
    use eduzz_testkit::postgres::Server;

    let Some(url) = crate::databases::clone("postgres_does_what_the_memory_does") else {
        return;
    };
    let server = Server::shared("").unwrap();
    let database = crate::databases::name(&url);
    let writes: fn(bool) -> PostgresWrites =
        |succeed| Box::new(move |_| Box::pin(async move { result(succeed) }));
    property(24, async |hands| {
        let _done = server.sql(
            database,
            "truncate eduzz_event, eduzz_body, eduzz_handled restart identity",
        );
        let limits = Limits::default();
        Side::new(Postgres::with(&url, hands.clock(), limits).await.unwrap(), writes)
    });
}
