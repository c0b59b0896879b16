//! `eduzz mirror`, against the sandbox and SQLite files.

#[cfg(unix)]
mod kills;

use eduzz_store::rusqlite::Connection;
use serde_json::Value;

use crate::lists::{home as signed_in, shop};
use crate::support::Home;

/// A home whose mirror is in its folder, and the mirror's file.
fn home(sandbox: &eduzz_sandbox::Sandbox) -> (Home, String) {
    let home = signed_in(sandbox);
    let file = home.folder().join("mirror.sqlite").display().to_string();
    let db = format!("sqlite:{file}");
    (home.with("EDUZZ_DB", &db), file)
}

/// The state of a kind.
fn of<'a>(states: &'a Value, kind: &str) -> &'a Value {
    let states = states.as_array().unwrap();
    states.iter().find(|state| state["kind"] == kind).unwrap()
}

#[tokio::test]
async fn account_is_mirrored_and_what_is_tampered_with_is_named() {
    let sandbox = shop(|config| config.clock = eduzz_sandbox::Clock::system()).await;
    let (home, file) = home(&sandbox);
    home.run("mirror run --once").await.ended(2).told("--db");
    home.run("mirror init --since 2026-13-01").await.ended(2);
    home.run("mirror init")
        .await
        .ended(0)
        .shows(&["eduzz mirror run"]);
    let before = home.run("mirror status --json").await;
    assert_eq!(of(&before.ended(1).json(), "sale")["isFilled"], false);
    let done = home.run("mirror run --once --json").await.ended(0).json();
    assert!(
        done["new"].as_u64().unwrap() > 100 && done["drifted"] == 0,
        "{done}"
    );
    let states = home.run("mirror status --json").await.ended(0).json();
    let listed = home
        .run("sales list --all --from 2009-01-01 --json")
        .await
        .ended(0)
        .json();
    assert_eq!(of(&states, "sale")["rows"], listed.as_array().unwrap().len());
    home.run("mirror gaps").await.ended(0);
    home.run("mirror back-fill").await.ended(0);
    home.run("mirror verify").await.ended(0);

    let database = Connection::open(&file).unwrap();
    let key: String = database
        .query_row("select min(key) from eduzz_product", [], |row| row.get(0))
        .unwrap();
    let changed = "update eduzz_product set payment_price_e4 = payment_price_e4 + 1 where key = ?1";
    database.execute(changed, [&key]).unwrap();
    let flaws = home.run("mirror verify --offline --json").await.ended(1).json();
    assert_eq!(flaws[0]["kind"], "product");
    assert_eq!(flaws[0]["records"][0], key.as_str());
    home.run("mirror status").await.ended(1);
    home.run("mirror run --once").await.ended(0);
    home.run("mirror verify --offline").await.ended(0);
    home.run("mirror status").await.ended(0);
}

#[tokio::test]
async fn token_of_another_account_is_refused() {
    let sandbox = shop(|config| {
        let other = eduzz_sandbox::Person::invented(7, "Outra Loja", "outra@example.com");
        config.people.push(other);
    })
    .await;
    let (home, _) = home(&sandbox);
    home.run("mirror init").await.ended(0);
    let token = eduzz_sandbox::Person::invented(7, "Outra Loja", "outra@example.com").personal_token;
    let home = home.with("EDUZZ_TOKEN", &token);
    home.run("mirror run --once").await.ended(2).told("eduzz me");
}
