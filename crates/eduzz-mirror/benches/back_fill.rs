//! A back-fill of a large shop over sockets, its examination, and the ready views.
//!
//! `cargo bench -p eduzz-mirror --all-features --bench back_fill` prints figures of both databases.
//! Everything is synced to disk. `EDUZZ_ROWS` is the number of sales, 100,000 without it; a tenth
//! of them is copied first, so that the peaks of memory can be compared. The service is a process
//! of its own and has no limit of calls; so is each mirror, whose memory is measured.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark")]

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use eduzz_hyper::{Client, Pacing};
use eduzz_mirror::Mirror;
use eduzz_oauth::Grant;
use eduzz_sandbox::{Config, Sandbox};
use eduzz_store::mirror::MirrorStore;
use eduzz_store::{Postgres, Sqlite, Store, rusqlite, tokio_postgres};
use eduzz_testkit::postgres::{Fsync, Server};
use eduzz_types::AccessToken;
use eduzz_wire::Origins;
use tokio::runtime::Runtime;

/// What a process of the benchmark does, in its environment.
const SERVE: &str = "EDUZZ_BENCH_SERVE";
const COPY: &str = "EDUZZ_BENCH_COPY";

fn main() {
    // `cargo test --all-targets` starts it without the mark.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let runtime = Runtime::new().unwrap();
    if let Ok(sales) = std::env::var(SERVE) {
        return runtime.block_on(serve(sales.parse().unwrap()));
    }
    if let Ok(plan) = std::env::var(COPY) {
        return runtime.block_on(copy(&plan));
    }
    let sales: u64 = std::env::var("EDUZZ_ROWS").map_or(100_000, |rows| rows.parse().unwrap());
    let server = Server::own("bench", Fsync::On);
    for sales in [sales / 10, sales] {
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        let mut service = start(SERVE, &sales.to_string(), Stdio::piped());
        let mut account = String::new();
        let answers = service.stdout.take().unwrap();
        BufReader::new(answers).read_line(&mut account).unwrap();
        let file = folder.path().join("mirror.sqlite");
        let mut databases = vec![file.to_str().unwrap().to_owned()];
        if let Some(server) = &server {
            let name = format!("sales_{sales}");
            let _created = server.sql("postgres", &format!("create database {name}"));
            databases.push(server.url(&name));
        }
        for database in databases {
            println!("\n{sales} sales, {}", name(&database));
            let plan = format!("{} {database}", account.trim_end());
            let mut copying = start(COPY, &plan, Stdio::inherit());
            assert!(copying.wait().unwrap().success());
        }
        // The service ends with the pipe.
        drop(service.stdin.take());
        service.wait().unwrap();
    }
}

fn name(database: &str) -> &str {
    if is_server(database) {
        "PostgreSQL"
    } else {
        "SQLite"
    }
}

fn is_server(database: &str) -> bool {
    database.starts_with("postgres:")
}

/// Starts this program with another part.
fn start(part: &str, plan: &str, out: Stdio) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .arg("--bench")
        .env(part, plan)
        .stdin(Stdio::piped())
        .stdout(out)
        .spawn()
        .unwrap()
}

/// The service: says its URL and a token, and ends with its parent.
async fn serve(sales: u64) {
    let mut config = Config::seeded(1);
    config.pace = None;
    config.older_sales = sales;
    let token = config.people.first().unwrap().personal_token.clone();
    let sandbox = Sandbox::start(config).await.unwrap();
    println!("{} {token}", sandbox.url());
    let end = || std::io::stdin().read(&mut [0]);
    let _ended = tokio::task::spawn_blocking(end).await.unwrap();
}

/// A mirror in a process of its own.
async fn copy(plan: &str) {
    let mut words = plan.splitn(3, ' ');
    let mut word = || words.next().unwrap();
    let (url, token, database) = (word(), word(), word());
    let client = Client::builder()
        .origins(Origins::sandbox(url).unwrap())
        .pacing(Pacing::off())
        .build()
        .unwrap();
    let account = client.signed_in(Grant::personal(AccessToken::new(token)));
    if is_server(database) {
        let store = Postgres::connect(database).await.unwrap();
        measure(Mirror::new(store, account, "loja")).await;
        views_of_server(database).await;
    } else {
        let store = Sqlite::open(database).await.unwrap();
        measure(Mirror::new(store, account, "loja")).await;
        views_of_file(database);
    }
}

async fn measure<S: Store + MirrorStore>(mirror: Mirror<S>) {
    mirror.init(None).await.unwrap();
    let started = Instant::now();
    let done = mirror.back_fill().await.unwrap();
    let took = started.elapsed();
    print("rows copied", &done.new.to_string());
    print("  in calls", &done.calls.to_string());
    print("  in seconds", &seconds(took));
    #[expect(clippy::cast_precision_loss, reason = "a small number")]
    let rate = done.new as f64 / took.as_secs_f64();
    print("  a second", &format!("{rate:.0}"));
    print("  peak of memory, MB", &peak());
    let started = Instant::now();
    let flaws = mirror.proof().examine().await.unwrap();
    assert!(flaws.is_empty(), "{flaws:?}");
    print("all examined, in seconds", &seconds(started.elapsed()));
    print("  peak of memory, MB", &peak());
    let started = Instant::now();
    let states = mirror.proof().state().await.unwrap();
    print("counted, in seconds", &seconds(started.elapsed()));
    for state in states {
        let holding = &state.holding;
        print(&format!("  {}", holding.kind), &holding.rows.to_string());
        assert!(
            state.is_filled && holding.doubtful == 0 && holding.unsettled == 0,
            "{state:?}"
        );
    }
}

/// Times each ready view, twice: the first time it is cold.
async fn views_of_server(url: &str) {
    let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    let views = "select viewname::text from pg_views where viewname like 'eduzz%' order by 1";
    for view in client.query(views, &[]).await.unwrap() {
        let view: String = view.get(0);
        let mut times = Vec::new();
        for _ in 0..2 {
            let started = Instant::now();
            let rows = client.query(&format!("select * from {view}"), &[]).await.unwrap();
            times.push((started.elapsed(), rows.len()));
        }
        print_view(&view, &times);
    }
}

fn views_of_file(file: &str) {
    let database = rusqlite::Connection::open(file).unwrap();
    let mut views = database
        .prepare("select name from sqlite_master where type = 'view' order by 1")
        .unwrap();
    let names = views.query_map([], |row| row.get::<_, String>(0)).unwrap();
    for view in names.map(Result::unwrap) {
        let mut times = Vec::new();
        for _ in 0..2 {
            let started = Instant::now();
            let mut select = database.prepare(&format!("select * from {view}")).unwrap();
            let count = select.query_map([], |_| Ok(())).unwrap().count();
            times.push((started.elapsed(), count));
        }
        print_view(&view, &times);
    }
}

fn print_view(view: &str, times: &[(Duration, usize)]) {
    let times: Vec<String> = times
        .iter()
        .map(|(took, rows)| format!("{} ({rows} rows)", seconds(*took)))
        .collect();
    print(&format!("{view}, in seconds"), &times.join(", then "));
}

fn print(name: &str, value: &str) {
    println!("{name:<44} {value:>10}");
}

fn seconds(time: Duration) -> String {
    format!("{:.2}", time.as_secs_f64())
}

/// The most memory that the process has had so far; nothing where the system does not say it.
fn peak() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    kilobytes.map_or_else(String::new, |kilobytes| (kilobytes / 1024).to_string())
}
