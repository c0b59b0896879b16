//! `eduzz mirror`, against the sandbox and SQLite files.

#[cfg(unix)]
mod databases;
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

#[tokio::test]
async fn report_is_a_page_of_the_period() {
    let sandbox = shop(|config| config.clock = eduzz_sandbox::Clock::system()).await;
    let (home, file) = home(&sandbox);
    let page = home.folder().join("relatório.html");
    let out = format!("mirror report --out '{}'", page.display());
    home.run(&out).await.ended(2).told("--db");
    home.run("mirror init").await.ended(0);
    // An empty mirror is a page too.
    home.run(&out).await.ended(0).shows(&["relatório.html"]);
    let empty = std::fs::read_to_string(&page).unwrap();
    assert!(
        empty.contains("nenhuma assinatura") && !empty.contains("<svg"),
        "{empty}"
    );
    home.run("mirror run --once").await.ended(0);
    let told = home
        .run(&format!("{out} --since 2026-01-01 --json"))
        .await
        .ended(0)
        .json();
    assert_eq!(
        (&told["file"], &told["since"]),
        (&page.display().to_string().into(), &"2026-01-01".into())
    );
    let text = std::fs::read_to_string(&page).unwrap();
    for expected in [
        "Vendas em BRL",
        "Receita bruta por semana",
        "<svg",
        "O que está provado",
    ] {
        assert!(text.contains(expected), "{expected}");
    }
    // The figures are those of the view.
    let total: i64 = Connection::open(&file)
        .unwrap()
        .query_row(
            "select sum(total_e4) from eduzz_revenue_by_day where day >= '2026-01-01' and currency = 'BRL'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    let cents = format!("{:02}", total / 100 % 100);
    let reais = (total / 10_000).to_string();
    let (thousands, rest) = reais.split_at(reais.len() - 3);
    assert!(
        text.contains(&format!("R$ {thousands}.{rest},{cents}")),
        "{total}"
    );
    // Nobody's name or address is in it.
    assert!(
        !text.contains("@example.com") && !text.contains("Nascimento"),
        "{text}"
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(&page).unwrap().permissions().mode() & 0o077, 0);
    }
    let english = home.run("mirror report --out - --lang en").await;
    assert!(
        english
            .ended(0)
            .out
            .starts_with("<!DOCTYPE html><html lang=\"en\">"),
        "{english:?}"
    );

    for wrong in [
        "--month 2026-13",
        "--month 2026-10 --since 2026-10-01",
        "--since 9000-01-01",
        "--since 2026-02-01 --until 2026-01-01",
        "--month 0001-01",
        "--out /nothing/here.html",
    ] {
        home.run(&format!("mirror report {wrong}")).await.ended(2);
    }
}

#[tokio::test]
async fn kinds_are_chosen_and_refused_ones_are_said() {
    let sandbox = shop(|config| {
        for app in &mut config.apps {
            app.scopes.retain(|scope| !scope.starts_with("nutror_my"));
        }
    })
    .await;
    let (home, _) = home(&sandbox);
    home.run("mirror init --only sales,invented")
        .await
        .ended(2)
        .told("statement_entry");
    home.run("mirror init --only heycamp_member")
        .await
        .ended(2)
        .told("--community");
    let community = sandbox.control().community_ids().remove(0);
    let init = format!("mirror init --only products,nutror_students,heycamp_members --community {community}");
    home.run(&init).await.ended(0);
    home.run("mirror run --once")
        .await
        .ended(0)
        .shows(&["eduzz mirror status"]);
    let status = home.run("mirror status --json").await.ended(1).json();
    let kinds: Vec<&str> = status
        .as_array()
        .unwrap()
        .iter()
        .map(|kind| kind["kind"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["product", "nutror_student", "heycamp_member"]);
    let students = of(&status, "nutror_student");
    assert_eq!(students["isRefused"], true);
    assert_eq!(students["scopes"][0], "nutror_my_students_read");
    home.run("mirror status")
        .await
        .ended(1)
        .shows(&["nutror_my_students_read"]);
    home.run("mirror gaps").await.ended(1);
    assert!(of(&status, "heycamp_member")["rows"].as_u64().unwrap() > 10);
    // A kind that nobody asked for by name is no reason to fail.
    home.run("mirror init --only all").await.ended(0);
    home.run("mirror run --once").await.ended(0);
    home.run("mirror status")
        .await
        .ended(0)
        .shows(&["nutror_my_students_read"]);
    home.run("mirror gaps").await.ended(0);
}
