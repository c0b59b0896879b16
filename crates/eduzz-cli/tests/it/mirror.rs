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
    home.run("mirror init").await.ended(0).shows(&["já existia"]);
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
    let hold = |until: &str| {
        let sql = format!("update eduzz_window set held_until = {until} where kind = 'product'");
        database.execute(&sql, ()).unwrap();
    };
    hold("99999999999999");
    let ran = home.run("mirror run --once").await;
    ran.ended(0);
    assert!(ran.err.contains("que outra execução reservou"), "{}", ran.err);
    hold("null");
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

#[tokio::test]
async fn person_is_forgotten_and_does_not_come_back() {
    let sandbox = shop(|config| config.clock = eduzz_sandbox::Clock::system()).await;
    let (home, file) = home(&sandbox);
    home.run("mirror init").await.ended(0);
    home.run("mirror run --once").await.ended(0);
    let database = Connection::open(&file).unwrap();
    let person = "select buyer_email, buyer_name, count(*) from eduzz_sale where buyer_email is not null
                  group by 1, 2 order by 3 desc, 1 limit 1";
    let (email, name, sales): (String, String, u64) = database
        .query_row(person, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .unwrap();
    drop(database);
    let totals = || {
        let database = Connection::open(&file).unwrap();
        let sum = "select count(*) || ' ' || sum(total_e4) || ' ' || sum(net_gain_e4) from eduzz_sale";
        database
            .query_row(sum, [], |row| row.get::<_, String>(0))
            .unwrap()
    };
    let before = totals();
    home.run("mirror forget nobody").await.ended(2);
    home.run(&format!("mirror forget {email}"))
        .await
        .ended(2)
        .told("--yes");
    let trial = home
        .run(&format!("mirror forget {email} --dry-run --json"))
        .await
        .ended(0)
        .json();
    assert!(trial["records"]["sale"].as_u64().unwrap() >= sales, "{trial}");
    assert!(trial["customers"].as_u64().unwrap() >= 1, "{trial}");
    let upper = email.to_uppercase();
    let done = home
        .run(&format!("mirror forget {upper} --yes --json"))
        .await
        .ended(0)
        .json();
    assert_eq!(done["records"], trial["records"]);
    // A later reading finds the person at the service, and stores nothing of it.
    home.run("mirror verify").await.ended(0);
    for ending in ["", "-wal", "-shm"] {
        let bytes = std::fs::read(format!("{file}{ending}")).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        assert!(
            !text.contains(&email) && !text.contains(&name),
            "in the file{ending}"
        );
    }
    assert_eq!(totals(), before);
    // The invoices of a subscription that changed are read again.
    home.run("mirror run --once").await.ended(0);
    home.run("mirror status").await.ended(0);
    home.run(&format!("mirror forget {email} --yes"))
        .await
        .ended(0)
        .shows(&["sem os dados pessoais"]);
}

#[tokio::test]
async fn export_has_the_rows_of_the_lists() {
    let sandbox = shop(|config| config.clock = eduzz_sandbox::Clock::system()).await;
    let (home, file) = home(&sandbox);
    home.run("mirror init").await.ended(0);
    home.run("mirror run --once").await.ended(0);
    for (export, list) in [
        ("sales", "sales list --all --from 2009-01-01"),
        ("customers", "customers list --all"),
        ("statement", "statement --all --from 2009-01-01 --to 2030-01-01"),
    ] {
        for format in ["csv", "csv --excel", "jsonl"] {
            let lines = |text: String| {
                let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
                lines.sort_unstable();
                lines
            };
            let listed = home
                .run(&format!("{list} --format {format}"))
                .await
                .ended(0)
                .out
                .clone();
            let exported = home
                .run(&format!("mirror export {export} --format {format}"))
                .await;
            assert!(listed.lines().count() > 10);
            assert_eq!(
                lines(exported.ended(0).out.clone()),
                lines(listed),
                "{export} {format}"
            );
        }
    }
    let out = home.folder().join("c.csv").display().to_string();
    let exported = home.run(&format!("mirror export customers --out {out}")).await;
    let rows = csv::Reader::from_path(&out).unwrap().records().count();
    assert_eq!(exported.ended(0).err, format!("{rows} linhas em {out}\n"));
    for kind in "subscriptions invoices products offers transfers chargebacks affiliations".split(' ') {
        let out = home
            .run(&format!("mirror export {kind} --format csv"))
            .await
            .ended(0)
            .out
            .clone();
        let table = if kind == "affiliations" {
            "affiliation"
        } else {
            kind.trim_end_matches('s')
        };
        let count = format!("select count(*) from eduzz_{table}");
        let rows: usize = Connection::open(&file)
            .unwrap()
            .query_row(&count, [], |row| row.get(0))
            .unwrap();
        assert_eq!(
            csv::Reader::from_reader(out.as_bytes()).records().count(),
            rows,
            "{kind}"
        );
    }
    // Days, a file, and what cannot be.
    let target = home.folder().join("sales.csv");
    let day = home
        .run("mirror export sales --from 2001-01-01 --to 2001-01-02")
        .await
        .ended(0)
        .out
        .clone();
    assert_eq!(day.lines().count(), 1);
    home.run(&format!("mirror export sales --out {}", target.display()))
        .await
        .ended(0);
    let whole = home.run("mirror export sales").await.ended(0).out.clone();
    assert_eq!(std::fs::read_to_string(&target).unwrap(), whole);
    home.run("mirror export customers --from 2026-01-01")
        .await
        .ended(2)
        .told("--from");
    home.run("mirror export everything")
        .await
        .ended(2)
        .told("affiliations");
    let parquet = home.folder().join("sales.parquet");
    let ran = home
        .run(&format!("mirror export sales --out {}", parquet.display()))
        .await;
    if cfg!(feature = "parquet") {
        ran.ended(0);
        let bytes = std::fs::read(&parquet).unwrap();
        assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"));
    } else {
        ran.ended(2).told("--features parquet");
        assert!(!parquet.exists());
    }
}
