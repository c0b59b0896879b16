//! The job through faults and a kill: every sale is stored once.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "tests")]

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use eduzz::sandbox::{Config, Fault, Sandbox};
use eduzz::types::Sale;
use eduzz::{Cursor, Date, Timestamp};

const LIST: &str = "GET /myeduzz/v1/sales";

fn start(sandbox: &Sandbox, file: &Path) -> Child {
    let today = Date::in_brasilia(Timestamp::now()).unwrap();
    Command::new(env!("CARGO_BIN_EXE_blocking-job"))
        .arg(file)
        .arg(today.plus_days(-364).unwrap().to_string())
        .arg(today.to_string())
        .env("EDUZZ_SANDBOX", sandbox.url())
        .env("EDUZZ_TOKEN", &sandbox.person().personal_token)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

#[test]
fn every_sale_is_stored_once() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut config = Config::default();
    // The processes keep the pace each, but start at once.
    config.pace = None;
    let sandbox = runtime.block_on(Sandbox::start(config)).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sales.jsonl");

    // Killed while it waits for an answer, in the middle of a line.
    let hanging = Fault::slow(Duration::from_secs(600)).on(LIST).after(5);
    sandbox
        .control()
        .set_faults([Fault::bad_gateway().on(LIST).after(2).times(1), hanging]);
    let mut job = start(&sandbox, &path);
    let lines = BufReader::new(job.stdout.take().unwrap()).lines();
    assert!(lines.take(3).all(|line| line.is_ok()));
    job.kill().unwrap();
    job.wait().unwrap();
    let mut file = File::options().append(true).open(&path).unwrap();
    file.write_all(br#"[[{"id":"#).unwrap();

    sandbox.control().set_faults([
        Fault::cut().on(LIST).after(1).times(1),
        Fault::bad_gateway().on(LIST).after(3).times(1),
        Fault::too_many(Some(1)).on(LIST).after(6).times(1),
    ]);
    assert!(start(&sandbox, &path).wait().unwrap().success());

    assert_eq!(sandbox.control().faults_struck(), 4);

    let clean = folder.path().join("clean.jsonl");
    assert!(start(&sandbox, &clean).wait().unwrap().success());
    let (stored, expected) = (sale_ids(&path), sale_ids(&clean));
    assert!(expected.len() > 1000);
    assert_eq!(stored, expected);
}

/// The sales of a file, none of them twice.
fn sale_ids(path: &Path) -> HashSet<String> {
    let mut ids = HashSet::new();
    for line in fs::read_to_string(path).unwrap().lines() {
        let (sales, _): (Vec<Sale>, Cursor) = serde_json::from_str(line).unwrap();
        assert!(sales.into_iter().all(|sale| ids.insert(sale.id.to_string())));
    }
    ids
}
