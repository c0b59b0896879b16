//! A mirror's store that is killed: rows and the position behind them always fit.
//!
//! A child process (this program again) reads windows page by page. It is killed at a named place:
//! between two operations, or within the transaction of one, where a trigger holds it. After each
//! death the database is compared with its cursors; in the end this process reads the rest.
//! `EDUZZ_KILLS` sets how many kills each database has.

#![expect(clippy::print_stdout, reason = "how many kills hit, and where")]

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::process::ExitStatusExt as _;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::AtomicI64;
use std::thread;
use std::time::{Duration, Instant};

use eduzz_store::mirror::{Batch, Cause, MirrorStore};
use eduzz_store::{Clock, Limits, Postgres, Sqlite};
use eduzz_sync::Moment;
use eduzz_sync::mirror::{PASS_LEASE, Record, Span};
use eduzz_testkit::chance::Chance;

use super::{Again, Setup, pass_of, postgres, sale, sales, sqlite};
use crate::mirror::Database;
use crate::support::Hands;

/// The windows of a child's list, their pages, and the rows of a page.
const WINDOWS: usize = 3;
const PAGES: usize = 3;
const ROWS: usize = 3;

/// Kills of one database, at most.
const KILLS_EACH: usize = 5;

/// Holds the plan, in the environment of the child.
const PLAN: &str = "EDUZZ_STORE_TEST_PLAN";

/// Between the operations of a child.
const BEFORE_PAGE: &str = "before a page";
const BETWEEN: &str = "between pages";
const BEFORE_END: &str = "before the end";
const ENDED: &str = "at the end";

/// Within a transaction: between the operations of [`held_at`].
const CURSOR: &str = "before the cursor";
const ROW: &str = "between cursor and rows";
const CHANGE: &str = "after the rows";
const END: &str = "within the end";
const AFTER_END: &str = "before the commit of the end";

const PLACES: [&str; 9] = [
    BEFORE_PAGE,
    BETWEEN,
    BEFORE_END,
    ENDED,
    CURSOR,
    ROW,
    CHANGE,
    END,
    AFTER_END,
];

/// What a child does.
#[derive(Clone)]
struct Plan {
    /// Its clock stands still.
    millis: i64,
    /// The place at which it holds, and how often it passes it before.
    place: (String, u32),
    /// The planted fault: the cursor is stored before its rows, by itself.
    is_split: bool,
    url: String,
}

impl Plan {
    fn write(&self) -> String {
        let (place, times) = &self.place;
        let (millis, is_split, url) = (self.millis, self.is_split, &self.url);
        format!("{millis}\n{place}\n{times}\n{is_split}\n{url}")
    }

    fn read(text: &str) -> Self {
        let mut lines = text.splitn(5, '\n');
        let mut next = || lines.next().unwrap();
        Self {
            millis: next().parse().unwrap(),
            place: (next().to_owned(), next().parse().unwrap()),
            is_split: next().parse().unwrap(),
            url: next().to_owned(),
        }
    }

    /// Announces the place and never returns, if it is the wanted one.
    fn at(&mut self, place: &str) {
        if self.place.0 != place {
            return;
        }
        if self.place.1 == 0 {
            std::io::stderr().write_all(b"\nheld\n").unwrap();
            loop {
                thread::park();
            }
        }
        self.place.1 -= 1;
    }
}

fn span(window: usize) -> Span {
    let first = 20_000 + 10 * i32::try_from(window).unwrap();
    Span::new(first, first + 9)
}

fn key(window: usize, page: usize, row: usize) -> String {
    format!("{window}-{page}-{row}")
}

fn page(window: usize, page: usize) -> Vec<Record> {
    let rows = 0..ROWS;
    rows.map(|row| sale(&key(window, page, row), "paid", 60))
        .collect()
}

/// What a child process does; alone it does nothing.
#[tokio::test(flavor = "multi_thread")]
async fn runs_until_it_is_killed() {
    let Ok(plan) = std::env::var(PLAN) else { return };
    let plan = Plan::read(&plan);
    let clock = Clock::set_by(Arc::new(AtomicI64::new(plan.millis)));
    if plan.url.starts_with("postgres:") {
        let store = Postgres::with(&plan.url, clock, Limits::default()).await.unwrap();
        read(&store, plan).await;
    } else {
        read(&Sqlite::with_clock(&plan.url, clock).await.unwrap(), plan).await;
    }
}

/// Reads every window that was not read, from the page where an earlier process was.
async fn read<S: MirrorStore>(store: &S, mut plan: Plan) {
    let (list, now) = (sales(), Moment::from_millis(plan.millis));
    for window in 0..WINDOWS {
        let span = span(window);
        let windows = store.windows(&list).await.unwrap();
        if windows
            .iter()
            .any(|other| other.span == span && other.rows.is_some())
        {
            continue;
        }
        let reading = store.begin(&list, span).await.unwrap().unwrap();
        let stored = reading
            .cursor
            .as_deref()
            .map_or(0, |cursor| cursor.parse().unwrap());
        for number in stored..PAGES {
            plan.at(BEFORE_PAGE);
            let batch = |rows| {
                let batch = Batch::new(list.clone(), now, now, Cause::BackFill, rows);
                batch.page(reading.clone(), (number + 1).to_string())
            };
            if plan.is_split {
                store.merge(batch(Vec::new())).await.unwrap();
                plan.at(BETWEEN);
            }
            let merged = store.merge(batch(page(window, number))).await.unwrap();
            assert!(!merged.is_lost);
            plan.at(BETWEEN);
        }
        plan.at(BEFORE_END);
        let pass = pass_of(reading.began, now, (PAGES * ROWS) as u64);
        let ended = store.end(&reading, pass).await.unwrap().unwrap();
        assert_eq!((ended.doubt, ended.missing.len()), (None, 0));
        plan.at(ENDED);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_and_cursor_fit_after_kills_of_sqlite() {
    kill_many(async || Some(sqlite(Hands::new()).await)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_and_cursor_fit_after_kills_of_postgres() {
    kill_many(async || postgres("rows_and_cursor_fit_after_kills_of_postgres", Hands::new()).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cursor_before_its_rows_is_found_in_sqlite() {
    find_fault(async || Some(sqlite(Hands::new()).await)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cursor_before_its_rows_is_found_in_postgres() {
    find_fault(async || postgres("a_cursor_before_its_rows_is_found_in_postgres", Hands::new()).await).await;
}

async fn kill_many<S: Again>(new: impl AsyncFn() -> Option<Setup<S>>) {
    let wanted = std::env::var("EDUZZ_KILLS").map_or(60, |kills| kills.parse().unwrap());
    let first = std::env::var("EDUZZ_SEED").map_or(1, |seed| seed.parse().unwrap());
    let (mut hits, begun) = (BTreeMap::new(), Instant::now());
    for seed in first.. {
        let Some(setup) = new().await else { return };
        if let Err(found) = trial(&setup, seed, false, &mut hits).await {
            panic!("EDUZZ_SEED={seed}: {found}");
        }
        let is_everywhere = PLACES.iter().all(|place| hits.contains_key(place));
        if is_everywhere && hits.values().sum::<usize>() >= wanted {
            break;
        }
    }
    println!("kills by place, in {:?}: {hits:?}", begun.elapsed());
}

async fn find_fault<S: Again>(new: impl AsyncFn() -> Option<Setup<S>>) {
    for seed in 1..=100 {
        let Some(setup) = new().await else { return };
        if let Err(found) = trial(&setup, seed, true, &mut BTreeMap::new()).await {
            println!("found with seed {seed}: {found}");
            return;
        }
    }
    panic!("a cursor before its rows is not found");
}

/// Kills children over one database, checks it after each death, and reads the rest.
async fn trial<S: Again>(
    setup: &Setup<S>,
    seed: u64,
    is_split: bool,
    hits: &mut BTreeMap<&'static str, usize>,
) -> Result<(), String> {
    let mut chance = Chance(seed);
    for _ in 0..KILLS_EACH {
        let Some((window, stored)) = setup.next_page().await else {
            break;
        };
        let place = PLACES[chance.at_most(PLACES.len()) - 1];
        // The holds of the last one are over.
        setup.hands.pass(PASS_LEASE);
        let mut plan = Plan {
            millis: setup.hands.now().millis(),
            place: (place.to_owned(), 0),
            is_split,
            url: setup.url.clone(),
        };
        let target = match place {
            BEFORE_PAGE | BETWEEN if stored == PAGES => continue,
            BEFORE_PAGE | BETWEEN => {
                plan.place.1 = u32::try_from(chance.at_most(PAGES - stored) - 1).unwrap();
                None
            }
            BEFORE_END | ENDED => None,
            END | AFTER_END => Some((window, PAGES)),
            _ if stored == PAGES => continue,
            _ => Some((window, stored + chance.at_most(PAGES - stored) - 1)),
        };
        let row = chance.at_most(ROWS) - 1;
        setup.kill(&plan, target, row).await;
        *hits.entry(place).or_default() += 1;
        setup
            .check()
            .await
            .map_err(|found| format!("after a kill {place}: {found}"))?;
    }
    setup.hands.pass(PASS_LEASE);
    let plan = Plan {
        millis: setup.hands.now().millis(),
        place: (String::new(), 0),
        is_split: false,
        url: String::new(),
    };
    read(&setup.store, plan).await;
    setup.check().await?;
    for window in setup.store.windows(&sales()).await.unwrap() {
        let examined = setup.store.examine(&sales(), window.span).await.unwrap();
        if window.doubt.is_some() || examined.is_as_proven != Some(true) {
            return Err(format!("in the end: {window:?}"));
        }
    }
    Ok(())
}

/// The condition of a trigger that holds the write of a page (or the end of a window) at a place.
fn held_at(place: &str, window: usize, number: usize, row: usize) -> String {
    let first = span(window).first;
    let row = key(window, number, row);
    match place {
        CURSOR => format!(
            "before update on eduzz_window for each row when (new.first_day = {first} and new.cursor = '{}')",
            number + 1
        ),
        ROW => format!("before insert on eduzz_sale for each row when (new.key = '{row}')"),
        CHANGE => format!("after insert on eduzz_change for each row when (new.key = '{row}')"),
        _ => format!(
            "{} update on eduzz_window for each row when (new.first_day = {first} and new.read_at is not null)",
            if place == END { "before" } else { "after" }
        ),
    }
}

impl<S: MirrorStore> Setup<S> {
    /// Starts a child, waits until it holds, and kills it.
    async fn kill(&self, plan: &Plan, target: Option<(usize, usize)>, row: usize) {
        let before = self.backends().await;
        if let Some((window, number)) = target {
            let at = held_at(&plan.place.0, window, number, row);
            self.database.run(&self.trigger(&at)).await;
        }
        let mut child = Held::start(plan);
        match target {
            None => {
                let errors = BufReader::new(child.0.stderr.take().unwrap());
                let mut lines = errors.lines().map_while(Result::ok);
                assert!(lines.any(|line| line == "held"), "it ended before the place");
            }
            Some((window, number)) => {
                // The fault has stored the cursor of the page that is held.
                let is_behind = plan.is_split && [ROW, CHANGE].contains(&&*plan.place.0);
                while !self.is_held(window, number + usize::from(is_behind)).await {
                    assert!(child.0.try_wait().unwrap().is_none(), "it ended before the place");
                }
            }
        }
        child.0.kill().unwrap();
        assert_eq!(child.0.wait().unwrap().signal(), Some(9));
        if target.is_some() {
            self.release(&before).await;
        }
    }

    /// A trigger that holds whoever comes to it.
    fn trigger(&self, at: &str) -> String {
        match self.database {
            // It counts without end.
            Database::Sqlite(_) => format!(
                "create trigger hold {at} begin
                     select (with recursive n (x) as (select 1 union all select x + 1 from n) select max(x) from n);
                 end"
            ),
            // This connection has the lock that it waits for.
            Database::Postgres(_) => format!(
                "create or replace function hold() returns trigger language plpgsql as
                     $$ begin perform pg_advisory_xact_lock(7); return new; end $$;
                 create trigger hold {at} execute function hold();
                 select pg_advisory_lock(7)"
            ),
        }
    }

    /// Whether a child is in the transaction of this page, and can only be at the trigger.
    async fn is_held(&self, window: usize, number: usize) -> bool {
        match &self.database {
            Database::Sqlite(connection) => {
                if self.next_page().await != Some((window, number)) {
                    return false;
                }
                // The transactions before it are committed, so it is this one's.
                connection.busy_timeout(Duration::ZERO).unwrap();
                let is_free = connection.execute_batch("begin immediate; rollback").is_ok();
                connection.busy_timeout(Duration::from_secs(5)).unwrap();
                let begun = Instant::now();
                while begun.elapsed() < Duration::from_millis(2) {
                    std::hint::spin_loop();
                }
                !is_free && self.next_page().await == Some((window, number))
            }
            Database::Postgres(_) => {
                let waiting = "select count(*) from pg_locks where locktype = 'advisory' and not granted";
                self.cell(waiting).await == "1"
            }
        }
    }

    /// The connections to a server, by the ids of their processes.
    async fn backends(&self) -> BTreeSet<String> {
        if matches!(self.database, Database::Sqlite(_)) {
            return BTreeSet::new();
        }
        let others = "select pid from pg_stat_activity
                      where datname = current_database() and backend_type = 'client backend'";
        let (_, rows) = self.database.ask(others).await;
        rows.into_iter().flatten().flatten().collect()
    }

    /// Removes the trigger, and waits until the server has noticed the death.
    async fn release(&self, before: &BTreeSet<String>) {
        match self.database {
            Database::Sqlite(_) => self.database.run("drop trigger hold").await,
            Database::Postgres(_) => {
                self.database.run("select pg_advisory_unlock(7)").await;
                while !self.backends().await.is_subset(before) {}
                self.database.run("drop function hold cascade").await;
            }
        }
    }

    /// The first window that is not read to its end, and the page that follows its cursor.
    async fn next_page(&self) -> Option<(usize, usize)> {
        for window in 0..WINDOWS {
            match self.stored(window).await {
                (_, true) => {}
                (pages, false) => return Some((window, pages)),
            }
        }
        None
    }

    /// How many pages the cursor of a window says are stored, and whether it was read to its end.
    async fn stored(&self, window: usize) -> (usize, bool) {
        let first = span(window).first;
        let sql = format!(
            "select coalesce(cursor, '0') || ' ' || case when read_at is null then 0 else 1 end
             from eduzz_window where first_day = {first}"
        );
        let cell = self.cell(&sql).await;
        let (pages, is_read) = cell.split_once(' ').unwrap_or(("0", "0"));
        let is_read = is_read == "1";
        (if is_read { PAGES } else { pages.parse().unwrap() }, is_read)
    }

    /// The rows are those before the cursors, and each is one change.
    async fn check(&self) -> Result<(), String> {
        let mut wanted = BTreeSet::new();
        for window in 0..WINDOWS {
            let (pages, _) = self.stored(window).await;
            for number in 0..pages {
                wanted.extend((0..ROWS).map(|row| key(window, number, row)));
            }
        }
        let (_, rows) = self.database.ask("select key from eduzz_sale").await;
        let rows: BTreeSet<String> = rows.into_iter().flatten().flatten().collect();
        if rows != wanted {
            return Err(format!(
                "the cursors are behind {wanted:?}, and there are {rows:?}"
            ));
        }
        let numbers = "select count(*) || ' ' || coalesce(max(number), 0) || ' ' || count(distinct key)
                       from eduzz_change";
        let last = "select coalesce(max(last_number), 0) from eduzz_feed";
        let count = rows.len();
        let (numbers, last) = (self.cell(numbers).await, self.cell(last).await);
        if numbers != format!("{count} {count} {count}") || last != count.to_string() {
            return Err(format!("{count} rows, changes {numbers}, the last is {last}"));
        }
        let sealed = "select count(*) from eduzz_window
                      where (read_at is not null) <> (sealed_rows is not null and sealed_digest is not null)";
        match self.cell(sealed).await.as_str() {
            "0" => Ok(()),
            other => Err(format!(
                "{other} windows are read and not sealed, or the other way round"
            )),
        }
    }
}

/// A child process. It does not outlive the test.
struct Held(Child);

impl Held {
    fn start(plan: &Plan) -> Self {
        let child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "copies::kills::runs_until_it_is_killed", "--nocapture"])
            .env(PLAN, plan.write())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn();
        Self(child.unwrap())
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let _ended = self.0.kill();
        let _ended = self.0.wait();
    }
}
