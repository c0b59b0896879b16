//! `eduzz sandbox`.

use crate::support::Home;

/// The address in the JSON output.
fn url(told: &serde_json::Value) -> &str {
    told["environment"]["EDUZZ_SANDBOX"].as_str().unwrap()
}

#[cfg(unix)]
#[tokio::test]
async fn sandbox_prints_environment_and_ends_by_ctrl_c() {
    let home = Home::new();
    let mut running = home.start("sandbox");
    let mut user = Home::new();
    for name in ["EDUZZ_SANDBOX", "EDUZZ_CLIENT_ID", "EDUZZ_CLIENT_SECRET"] {
        let line = running.out_line_with(&format!("export {name}=")).await;
        user.set(name, line.split_once('=').unwrap().1);
    }
    user.run("me").await.ended(4);
    running.interrupt();
    let ran = running.ended().await;
    ran.ended(0);
    assert_eq!(ran.err, "");
}

#[cfg(unix)]
#[tokio::test]
async fn sandbox_with_json_prints_one_line() {
    let home = Home::new();
    let mut running = home.start("sandbox --json");
    let told = running.json_line_with("{").await;
    let url = url(&told);
    for origin in ["accounts", "accounts_api", "api"] {
        assert_eq!(told["origins"][origin], url);
    }
    assert_eq!(told["environment"]["EDUZZ_CLIENT_ID"], told["client_id"]);
    assert_eq!(told["environment"]["EDUZZ_CLIENT_SECRET"], told["client_secret"]);
    assert_eq!(told["return_url"], "http://127.0.0.1:8484/retorno");
    let user = Home::new()
        .with("EDUZZ_SANDBOX", url)
        .with("EDUZZ_TOKEN", told["personal_token"].as_str().unwrap());
    let me = user.run("me --json").await;
    assert_eq!(me.ended(0).json()["name"], "Helena Tavares");
    running.interrupt();
    running.ended().await.ended(0);
}

#[tokio::test]
async fn sandbox_on_used_port_ends_with_2() {
    let taken = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let ran = Home::new().run(&format!("sandbox --port {port}")).await;
    ran.ended(2).told("--port").told(&port);
}

#[cfg(unix)]
#[tokio::test]
async fn sandbox_with_arrivals_and_faults_sells_and_fails() {
    let home = Home::new();
    let mut running = home.start("sandbox --json --arrivals 1 --fault 502@2 --fault cut@5");
    let told = running.json_line_with("{").await;
    let token = told["personal_token"].as_str().unwrap();
    let user = Home::new()
        .with("EDUZZ_SANDBOX", url(&told))
        .with("EDUZZ_TOKEN", token);
    let newest = async || {
        let ran = user.run("sales list --per-page 1 --json").await;
        ran.ended(0).json()[0]["id"].as_str().unwrap().to_owned()
    };
    let (first, second) = (newest().await, newest().await);
    assert!(first < second, "{first} {second}");
    running.interrupt();
    running.ended().await.ended(0);

    let mut running = home.start("sandbox --json --fault 401");
    let told = running.json_line_with("{").await;
    let user = user.with("EDUZZ_SANDBOX", url(&told));
    user.run("me").await.ended(1).told("401");
    running.interrupt();
    running.ended().await.ended(0);
}
