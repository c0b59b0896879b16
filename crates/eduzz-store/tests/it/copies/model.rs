//! Any history gives the same rows, changes and proofs in both databases, and in a small model that
//! keeps all that is decided of a record.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::time::Duration;

use eduzz_store::mirror::{Batch, Cause, Change, Examined, List, MirrorStore};
use eduzz_sync::Moment;
use eduzz_sync::mirror::{
    Answer, Digest, Doubt, Held, Kind, Notice, Pass, Record, Show, Span, Step as Decided, Tally, Value,
    answered, is_missing, not_found, prove, told,
};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use tokio::runtime::Runtime;

use super::{Setup, event, pass_of, sale_of};
use crate::support::Hands;

const WINDOWS: [Span; 2] = [Span::new(20_000, 20_004), Span::new(20_005, 20_009)];
const STATUSES: [&str; 3] = ["open", "paid", "refunded"];
const KEYS: u8 = 4;

/// A sale as the service answers it.
type Row = (u8, usize, u32, u8);

#[derive(Clone, Debug)]
enum Step {
    /// Rows that were asked for some seconds ago, in a pass over a window or by themselves.
    Merge(Vec<Row>, u64, Option<usize>),
    /// An event that arrived some seconds ago.
    Tell(Vec<(u8, usize, u32)>, u64),
    Absent(u8, u64),
    Refetch(u32),
    /// The end of a pass that began some seconds ago and showed as many rows as there are, and
    /// some more.
    End(usize, u64, u64),
    Wait(u64),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let row = (0..KEYS, 0..STATUSES.len(), 0..4_u32, 0..2_u8);
    let rows = prop::collection::vec(row, 0..5);
    let event = (0..KEYS, 0..STATUSES.len(), 0..4_u32);
    let window = prop::option::weighted(0.7, 0..WINDOWS.len());
    let wait = prop::sample::select(vec![1, 5, 60, 299, 381, 90_000_u64]);
    let ago = prop::sample::select(vec![0, 9, 10_000_000_u64]);
    let step = prop_oneof![
        6 => (rows, 0..3_u64, window).prop_map(|(rows, lag, window)| Step::Merge(rows, lag, window)),
        4 => (prop::collection::vec(event, 1..4), 0..3_u64).prop_map(|(told, lag)| Step::Tell(told, lag)),
        3 => (0..KEYS, 0..3_u64).prop_map(|(key, lag)| Step::Absent(key, lag)),
        1 => (0..3_u32).prop_map(Step::Refetch),
        3 => (0..WINDOWS.len(), prop::sample::select(vec![0, 0, 0, 1_u64]), ago)
            .prop_map(|(window, more, ago)| Step::End(window, more, ago)),
        4 => wait.prop_map(Step::Wait),
    ];
    prop::collection::vec(step, 1..40)
}

/// All that is known of a record.
#[derive(Clone, Default)]
struct Known {
    held: Held,
    under: Option<Record>,
    overlay: Option<Box<str>>,
    shown: Option<Record>,
    window: Option<i32>,
    refetch: Option<Moment>,
}

impl Known {
    fn visible(&self) -> Option<Digest> {
        let shown = self.shown.as_ref().filter(|_| self.held.gone.is_none());
        shown.map(|shown| shown.digest)
    }
}

/// A change without its moment: cause, key, digests.
type Told = (Cause, String, Option<Digest>, Option<Digest>);

#[derive(Default)]
struct Model {
    rows: BTreeMap<String, Known>,
    changes: Vec<Told>,
    /// The moments of changes that a check made.
    checks: Vec<(String, Moment)>,
    seals: BTreeMap<i32, (u64, Digest)>,
    /// How many seals moved with a change.
    moved: u64,
}

impl Model {
    /// Replaces what is known of a record. Returns whether it shows something else.
    fn put(&mut self, key: &str, mut known: Known, cause: Cause, now: Moment) -> bool {
        let before = self.rows.get(key).cloned().unwrap_or_default();
        known.refetch = known.held.refetch;
        let (old, new) = (before.visible(), known.visible());
        for (window, digest, is_more) in [(before.window, old, false), (known.window, new, true)] {
            if let (Some(window), Some(digest)) = (window, digest)
                && let Some(seal) = self.seals.get_mut(&window)
            {
                self.moved += u64::from(old != new);
                *seal = if is_more {
                    (seal.0 + 1, seal.1.plus(digest))
                } else {
                    (seal.0 - 1, seal.1.minus(digest))
                };
            }
        }
        if old != new {
            self.changes.push((cause, key.to_owned(), old, new));
            if cause == Cause::Check {
                self.checks.push((key.to_owned(), now));
            }
        }
        self.rows.insert(key.to_owned(), known);
        old != new
    }

    fn merge(&mut self, records: &[Record], asked: Moment, now: Moment, window: Option<i32>, cause: Cause) {
        // A row that comes twice counts as it came last, where it came first.
        let mut places: Vec<&Record> = Vec::new();
        for record in records {
            match places.iter_mut().find(|earlier| earlier.key == record.key) {
                Some(earlier) => *earlier = record,
                None => places.push(record),
            }
        }
        for record in places {
            let mut known = self.rows.get(&*record.key).cloned().unwrap_or_default();
            let held = known.shown.is_some().then_some(known.held);
            let answer = Answer::new(asked, now, record.digest)
                .stated(record.updated)
                .status(record.status.as_deref());
            let Decided { held, show, .. } = answered(held, answer);
            known.held = held;
            match show {
                Show::Answer => {
                    known.overlay = None;
                    known.under = Some(record.clone());
                    known.shown = Some(record.clone());
                }
                Show::Under => {
                    known.under = Some(record.clone());
                    let shown = known.overlay.as_deref();
                    let shown = shown.map(|over| Kind::Sale.laid_over(Some(&record.raw), over).unwrap());
                    known.shown = Some(shown.unwrap_or_else(|| record.clone()));
                }
                _ => {}
            }
            known.window = window.or(known.window);
            self.put(&record.key, known, cause, now);
        }
    }

    fn tell(&mut self, told_of: &[Notice], now: Moment) -> u64 {
        // The first news of each record, then the second ones.
        let mut rounds: Vec<(usize, &Notice)> = Vec::new();
        for notice in told_of {
            let times = rounds
                .iter()
                .filter(|(_, earlier)| earlier.key == notice.key)
                .count();
            rounds.push((times, notice));
        }
        rounds.sort_by_key(|(times, _)| *times);
        let mut changed = 0;
        for (_, notice) in rounds {
            let mut known = self.rows.get(&*notice.key).cloned().unwrap_or_default();
            let held = known.shown.is_some().then_some(known.held);
            let Decided { held, show, .. } = told(held, notice.news.clone());
            known.held = held;
            if show == Show::Event {
                let overlay = notice.overlay.clone().unwrap();
                let under = known.under.as_ref().map(|under| &*under.raw);
                known.shown = Some(Kind::Sale.laid_over(under, &overlay).unwrap());
                known.overlay = Some(overlay);
            }
            assert!(known.shown.is_some());
            changed += u64::from(self.put(&notice.key, known, Cause::Event, now));
        }
        changed
    }

    fn absent(&mut self, key: &str, asked: Moment, now: Moment) {
        if let Some(mut known) = self.rows.get(key).cloned() {
            known.held = not_found(known.held, asked, now).held;
            self.put(key, known, Cause::Refetch, now);
        }
    }

    fn due(&mut self, limit: u32, now: Moment) -> Vec<(Kind, String)> {
        let rows = self
            .rows
            .iter()
            .filter_map(|(key, known)| Some((known.refetch?, key.clone())));
        let mut due: Vec<(Moment, String)> = rows.filter(|(due, _)| *due <= now).collect();
        due.sort();
        due.truncate(limit as usize);
        for (_, key) in &due {
            let refetch = now.after(Duration::from_secs(60));
            self.rows.get_mut(key).unwrap().refetch = Some(refetch);
        }
        due.into_iter().map(|(_, key)| (Kind::Sale, key)).collect()
    }

    fn tally(&self, window: Span) -> Tally {
        let mut tally = Tally::default();
        let rows = self
            .rows
            .values()
            .filter(|known| known.window == Some(window.first));
        for known in rows.filter(|known| known.held.gone.is_none()) {
            let shown = known.shown.as_ref().unwrap();
            let columns = Kind::Sale.columns();
            let total = columns.iter().position(|column| column.name == "total").unwrap();
            let amount = match &shown.values[total] {
                Value::Decimal(total) => Some((*total, "BRL")),
                _ => None,
            };
            tally.add(
                shown.status.as_deref(),
                amount,
                shown.digest,
                known.held.is_settled(),
            );
        }
        tally
    }

    fn end(&mut self, window: Span, pass: &Pass) -> (Option<Doubt>, Vec<String>, u64) {
        let tally = self.tally(window);
        let in_window = |known: &Known| known.window == Some(window.first);
        let rows = self.rows.iter().filter(|(_, known)| in_window(known));
        let missing = rows.filter(|(_, known)| is_missing(&known.held, pass.began));
        let missing: Vec<String> = missing.map(|(key, _)| key.clone()).collect();
        let drifted = self
            .checks
            .iter()
            .filter(|(key, at)| *at >= pass.began && in_window(&self.rows[key]));
        let drifted = drifted.count() as u64;
        let doubt = match prove(Kind::Sale, window, pass, &tally) {
            Ok(()) if !missing.is_empty() => Some(Doubt::RowsDiffer),
            proven => proven.err(),
        };
        match doubt {
            None => self.seals.insert(window.first, (tally.rows, tally.digest)),
            Some(_) => self.seals.remove(&window.first),
        };
        (doubt, missing, drifted)
    }

    fn examine(&self, window: Span) -> Examined {
        let tally = self.tally(window);
        let seal = self.seals.get(&window.first);
        let mut examined = Examined::default();
        examined.is_as_proven = seal.map(|seal| *seal == (tally.rows, tally.digest));
        examined.tally = tally;
        examined
    }
}

/// What a step returned, as text.
async fn run<S: MirrorStore>(store: &S, account: &str, step: &Step, now: Moment) -> String {
    let list = List::new(account, Kind::Sale);
    match step {
        Step::Merge(rows, lag, window) => {
            let (asked, cause) = (now.before(Duration::from_secs(*lag)), cause(*window));
            let mut batch = Batch::new(list.clone(), asked, now, cause, records(rows));
            if let Some(window) = window {
                let Some(reading) = store.begin(&list, WINDOWS[*window]).await.unwrap() else {
                    return "held".to_owned();
                };
                batch = batch.page(reading.clone(), "next".to_owned());
                let merged = store.merge(batch).await.unwrap();
                // Lets it go, so that the next step can have it.
                store
                    .end(&reading, pass_of(now, now, 999))
                    .await
                    .unwrap()
                    .unwrap();
                return format!("{merged:?}");
            }
            format!("{:?}", store.merge(batch).await.unwrap())
        }
        Step::Tell(told, lag) => format!("{}", store.tell(account, notices(told, *lag, now)).await.unwrap()),
        Step::Absent(key, lag) => {
            let asked = now.before(Duration::from_secs(*lag));
            store
                .not_found(&list, &key.to_string(), asked, now)
                .await
                .unwrap();
            String::new()
        }
        Step::Refetch(limit) => format!("{:?}", store.refetches(account, *limit).await.unwrap()),
        Step::End(window, more, ago) => {
            let (span, began) = (WINDOWS[*window], now.before(Duration::from_secs(*ago)));
            let rows = store.examine(&list, span).await.unwrap().tally.rows + more;
            let Some(reading) = store.begin(&list, span).await.unwrap() else {
                return "held".to_owned();
            };
            let ended = store
                .end(&reading, pass_of(began, now, rows))
                .await
                .unwrap()
                .unwrap();
            format!("{:?}", (ended.doubt, ended.missing, ended.drifted))
        }
        Step::Wait(_) => String::new(),
    }
}

const fn cause(window: Option<usize>) -> Cause {
    match window {
        Some(_) => Cause::Check,
        None => Cause::CatchUp,
    }
}

fn records(rows: &[Row]) -> Vec<Record> {
    let record = |(key, status, updated, total): &Row| {
        let total = if *total == 0 { "10" } else { "12.5" };
        sale_of(&key.to_string(), STATUSES[*status], *updated, total)
    };
    rows.iter().map(record).collect()
}

fn notices(told: &[(u8, usize, u32)], lag: u64, now: Moment) -> Vec<Notice> {
    let received = now.before(Duration::from_secs(lag));
    let told = told
        .iter()
        .flat_map(|(key, status, changed)| event(&key.to_string(), STATUSES[*status], *changed, received));
    told.collect()
}

/// The same in the model; `None` if it does not say.
fn expected(model: &mut Model, step: &Step, now: Moment) -> Option<String> {
    match step {
        Step::Merge(rows, lag, window) => {
            let asked = now.before(Duration::from_secs(*lag));
            let span = window.map(|window| WINDOWS[window]);
            let window_of = span.map(|span| span.first);
            model.merge(&records(rows), asked, now, window_of, cause(*window));
            if let Some(span) = span {
                model.end(span, &pass_of(now, now, 999));
            }
            None
        }
        Step::Tell(told, lag) => Some(model.tell(&notices(told, *lag, now), now).to_string()),
        Step::Absent(key, lag) => {
            model.absent(&key.to_string(), now.before(Duration::from_secs(*lag)), now);
            None
        }
        Step::Refetch(limit) => Some(format!("{:?}", model.due(*limit, now))),
        Step::End(window, more, ago) => {
            let began = now.before(Duration::from_secs(*ago));
            let rows = model.tally(WINDOWS[*window]).rows + more;
            Some(format!(
                "{:?}",
                model.end(WINDOWS[*window], &pass_of(began, now, rows))
            ))
        }
        Step::Wait(_) => None,
    }
}

/// What is stored, in the form that every database has.
async fn stored<S: MirrorStore>(
    setup: &Setup<S>,
    account: &str,
) -> (Vec<String>, Vec<Change>, Vec<Examined>) {
    let sql = format!(
        "select key || ' ' || m_state || ' ' || status || ' ' || coalesce(m_window, 0) || ' '
                || coalesce(m_refetch, 0) || ' ' || coalesce(m_gone, 0)
         from eduzz_sale where account = '{account}' order by key"
    );
    let rows = setup
        .database
        .ask(&sql)
        .await
        .1
        .into_iter()
        .flatten()
        .flatten()
        .collect();
    let changes = setup.store.changes(account, 0, 10_000).await.unwrap();
    let list = List::new(account, Kind::Sale);
    let mut examined = Vec::new();
    for window in WINDOWS {
        examined.push(setup.store.examine(&list, window).await.unwrap());
    }
    (rows, changes, examined)
}

async fn check<S: MirrorStore>(setup: &Setup<S>, account: &str, model: &Model) {
    let (rows, changes, examined) = stored(setup, account).await;
    let millis = |moment: Option<Moment>| moment.map_or(0, Moment::millis);
    let expected = model.rows.iter().map(|(key, known)| {
        let state = match &known.held.news {
            Some(news) if news.is_doubtful => "doubtful",
            Some(_) => "unsettled",
            None if known.held.disagrees => "disagrees",
            None => "settled",
        };
        format!(
            "{key} {state} {} {} {} {}",
            known
                .shown
                .as_ref()
                .unwrap()
                .status
                .as_deref()
                .unwrap_or_default(),
            known.window.unwrap_or(0),
            millis(known.refetch),
            millis(known.held.gone)
        )
    });
    assert_eq!(rows, expected.collect::<Vec<_>>(), "rows");
    let told: Vec<Told> = changes
        .iter()
        .map(|change| (change.cause, change.key.clone(), change.old, change.new))
        .collect();
    assert_eq!(told, model.changes, "changes");
    assert!(
        changes
            .iter()
            .zip(1..)
            .all(|(change, number)| change.number == number)
    );
    let proven: Vec<Examined> = WINDOWS.iter().map(|window| model.examine(*window)).collect();
    assert_eq!(examined, proven, "windows");
}

#[test]
fn any_history_is_the_same_in_both_databases() {
    let runtime = Runtime::new().unwrap();
    let hands = Hands::new();
    let sqlite = runtime.block_on(super::sqlite(hands.clone()));
    let name = "any_history_is_the_same_in_both_databases";
    let postgres = runtime.block_on(super::postgres(name, hands.clone()));
    let config = Config {
        cases: 48,
        failure_persistence: None,
        ..Config::default()
    };
    let (number, moved) = (RefCell::new(0), RefCell::new(0));
    let run = TestRunner::new(config).run(&steps(), |steps| {
        *number.borrow_mut() += 1;
        let account = format!("conta-{}", number.borrow());
        let mut model = Model::default();
        runtime.block_on(async {
            for step in &steps {
                hands.pass(Duration::from_secs(1));
                if let Step::Wait(seconds) = step {
                    hands.pass(Duration::from_secs(*seconds));
                }
                let now = hands.now();
                let expected = expected(&mut model, step, now);
                let seen = run(&sqlite.store, &account, step, now).await;
                if let Some(postgres) = &postgres {
                    let other = run(&postgres.store, &account, step, now).await;
                    assert_eq!(seen, other, "{step:?}");
                }
                if let Some(expected) = expected {
                    assert_eq!(seen, expected, "{step:?}");
                }
            }
            check(&sqlite, &account, &model).await;
            if let Some(postgres) = &postgres {
                check(postgres, &account, &model).await;
            }
        });
        *moved.borrow_mut() += model.moved;
        Ok(())
    });
    let failure = run.err().map(|error| error.to_string());
    assert!(failure.is_none(), "{}", failure.unwrap_or_default());
    assert!(moved.into_inner() > 0, "no seal moved");
}
