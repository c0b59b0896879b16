//! `eduzz demo`.

use tempfile::TempDir;

use crate::support::Home;

/// A home whose temporary files are apart.
fn home() -> (Home, TempDir) {
    let folder = TempDir::new().unwrap();
    let home = Home::new().with("TMPDIR", &folder.path().display().to_string());
    (home, folder)
}

#[tokio::test]
async fn demo_signs_in_and_shows_the_account() {
    let (home, temporary) = home();
    let ran = home.run("demo").await;
    ran.ended(0);
    ran.shows(&[
        "GET /oauth/authorize?client_id=",
        "&state=*** → 200",
        "→ 303 http://127.0.0.1:8484/retorno?code=***&state=***",
        "POST /oauth/token → 200",
        "GET /accounts/v1/me → 200",
        "GET /myeduzz/v1/sales → 200",
        "GET /webhook/v1/secret → 200",
        "POST /webhook/v1/subscription → 200",
        "POST /webhook/v1/subscription/:id/status → 200",
        "/eduzz → 200 x-signature: ***  myeduzz.invoice_paid id=",
        " status=paid price=R$ ",
        "Helena Tavares <helena.tavares@example.com>",
        "janelas provadas",
        "Faturas de assinaturas",
        "eduzz_revenue_by_day",
        "eduzz-demo.html",
    ]);
    let (_, sales) = ran.out.split_once("Últimas vendas").unwrap();
    let (sales, _) = sales.split_once("O espelho").unwrap();
    assert_eq!(
        sales.lines().filter(|line| line.contains("R$ ")).count(),
        3,
        "{ran:?}"
    );
    assert!(!ran.out.contains("edzwgd_"), "no secret is printed");
    assert_eq!(ran.err, "");
    assert_eq!(
        std::fs::read_dir(home.folder()).unwrap().count(),
        0,
        "it keeps nothing"
    );
    // The report is the only file that stays, and the next one replaces it.
    home.run("demo").await.ended(0);
    let left: Vec<_> = std::fs::read_dir(&temporary).unwrap().collect();
    assert_eq!(left.len(), 1, "{left:?}");
    let page = std::fs::read_to_string(temporary.path().join("eduzz-demo.html")).unwrap();
    assert!(page.contains("Vendas em BRL") && page.contains("<svg"), "{page}");
}

#[tokio::test]
async fn demo_ignores_environment_and_stored_login() {
    // Each of these values would end the program if it were read.
    let (home, _temporary) = home();
    let home = home
        .with("EDUZZ_SANDBOX", "not a url")
        .with("EDUZZ_TOKEN", "a b")
        .with("EDUZZ_CLIENT_ID", "another")
        .with("EDUZZ_CLIENT_SECRET", "another")
        .with("EDUZZ_RETURN_URL", "not a url")
        .with("EDUZZ_CONFIG_DIR", "/dev/null/no")
        .with("SSL_CERT_FILE", "/dev/null")
        .with("SSL_CERT_DIR", "/dev/null")
        .with("HTTPS_PROXY", "http://127.0.0.1:1")
        .with("HTTP_PROXY", "http://127.0.0.1:1")
        .with("ALL_PROXY", "http://127.0.0.1:1");
    home.run("demo").await.ended(0);
}

#[tokio::test]
async fn demo_with_json_prints_every_step() {
    let (home, temporary) = home();
    let told = home.run("demo --json --lang en").await.json();
    assert_eq!(told["account"]["name"], "Helena Tavares");
    let steps = told["steps"].as_array().unwrap().iter();
    let exchanges = steps.flat_map(|step| step["exchanges"].as_array().unwrap());
    let statuses: Vec<_> = exchanges
        .map(|exchange| exchange["status"].as_u64().unwrap())
        .collect();
    assert_eq!(statuses.len(), 7 + 3 + 1);
    assert!(
        statuses.iter().all(|status| [200, 303].contains(status)),
        "{statuses:?}"
    );
    assert_eq!(told["delivery"]["event"], "myeduzz.invoice_paid");
    assert_eq!(told["delivery"]["reading"], "known");
    assert!(!told.to_string().contains("edzwgd_"), "no secret is printed");
    let kinds = told["mirror"]["kinds"].as_array().unwrap();
    assert!(kinds.iter().all(|kind| kind["doubtful"] == 0), "{kinds:?}");
    assert!(
        kinds
            .iter()
            .any(|kind| kind["kind"] == "sale" && kind["proven"] != 0)
    );
    let report = temporary.path().join("eduzz-demo.html");
    assert_eq!(told["mirror"]["report"], report.display().to_string());
    let sales = told["sales"].as_array().unwrap();
    assert_eq!(sales.len(), 3);
    assert!(sales.iter().all(|sale| sale["id"].is_string()), "{sales:?}");
}
