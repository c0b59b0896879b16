//! Databases that fail in the middle of a pass: a clear error, and the next run goes on.

use eduzz_testkit::postgres::{Fsync, Server};

use super::kills::Between;
use super::{home, of};
use crate::lists::shop;
use crate::support::Home;

/// A moment at which a first run has pages behind it and pages before it.
const MIDDLE: u64 = 30;

/// The next run goes on, and everything is there.
async fn goes_on(home: &Home) {
    home.run("mirror run --once").await.ended(0);
    home.run("mirror verify --offline").await.ended(0);
    let states = home.run("mirror status --json").await.ended(0).json();
    assert!(of(&states, "sale")["rows"].as_u64().unwrap() > 100, "{states}");
}

#[tokio::test]
async fn full_disk_ends_a_run_and_the_next_one_goes_on() {
    let sandbox = shop(|config| config.clock = eduzz_sandbox::Clock::system()).await;
    let (home, file) = home(&sandbox);
    home.run("mirror init").await.ended(0);
    let blocks = u32::try_from(std::fs::metadata(&file).unwrap().len() / 512).unwrap() + 400;
    let running = home.start_on_full_disk(blocks, "mirror run --once --lang en");
    running.ended().await.ended(2).told("check the disk");
    // Windows that the run held are free again.
    let database = eduzz_store::rusqlite::Connection::open(&file).unwrap();
    database
        .execute("update eduzz_window set held_until = null", ())
        .unwrap();
    drop(database);
    goes_on(&home).await;
}

#[tokio::test]
async fn server_that_stops_or_only_reads_ends_a_run_and_the_next_one_goes_on() {
    let test = "server_that_stops_or_only_reads_ends_a_run_and_the_next_one_goes_on";
    let Some(server) = Server::own(test, Fsync::Off) else {
        return;
    };
    let sandbox = shop(|config| config.clock = eduzz_sandbox::Clock::system()).await;
    let (between, url) = Between::start(&sandbox).await;
    let (home, _) = home(&sandbox);
    let home = home
        .with("EDUZZ_SANDBOX", &url)
        .with("EDUZZ_DB", &server.url("postgres"));
    home.run("mirror init").await.ended(0);
    let set = |value: &str| {
        for sql in [
            &format!("alter system set default_transaction_read_only = {value}"),
            "select pg_reload_conf()",
        ] {
            let _set = server.sql("postgres", sql);
        }
        while server.sql("postgres", "show default_transaction_read_only") != value {}
    };
    for is_stopped in [true, false] {
        between.fuse.light(MIDDLE);
        let running = home.start("mirror run --once --lang en");
        between.fuse.burnt.notified().await;
        let told = if is_stopped {
            server.stop();
            "does not answer"
        } else {
            set("on");
            "read-only"
        };
        let ran = running.ended().await;
        ran.told(told);
        assert!(ran.code.is_some_and(|code| code > 0), "{ran:?}");
        if is_stopped {
            server.start();
        } else {
            set("off");
        }
        let _freed = server.sql("postgres", "update eduzz_window set held_until = null");
    }
    goes_on(&home).await;
}
