//! `eduzz sandbox`.

#[cfg(unix)]
use eduzz_types::{Date, Timestamp};

use crate::support::Home;
#[cfg(unix)]
use crate::support::{free_port, open};

/// The address in the JSON output.
fn url(told: &serde_json::Value) -> &str {
    told["environment"]["EDUZZ_SANDBOX"].as_str().unwrap()
}

#[cfg(unix)]
#[tokio::test]
async fn sandbox_prints_environment_and_ends_by_ctrl_c() {
    let home = Home::new();
    let mut running = home.start("sandbox --port 0");
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
async fn printed_lines_receive_a_webhook_in_their_order() {
    let home = Home::new();
    let mut running = home.start("sandbox --port 0");
    let mut shell = home.start_shell();
    shell.type_in("trap 'kill $!' EXIT\n").await;
    // Everything that is printed for a terminal, as it stands; only the port may be taken.
    let port = free_port().await.to_string();
    let mut line = running.out_line_with("export EDUZZ_SANDBOX=").await;
    let mut typed = 0;
    loop {
        let is_continued = line.ends_with('\\') || line.starts_with(' ');
        if is_continued
            || ["export ", "eduzz ", "ID="]
                .iter()
                .any(|start| line.starts_with(start))
        {
            let line = line.replace("9000", &port);
            shell.type_in(&format!("{line}\n")).await;
            typed += 1;
        }
        if line.starts_with("eduzz webhook listen") {
            shell.err_line_with("http://127.0.0.1:").await;
        }
        if line.contains("subscriptions sample") {
            break;
        }
        line = running.out_line_with("").await;
    }
    assert_eq!(typed, 8);
    shell.out_line_with("ping").await;
    shell.out_line_with("myeduzz.invoice_paid").await;
    shell.ended().await.ended(0);
    running.interrupt();
    running.ended().await.ended(0);
}

#[cfg(unix)]
#[tokio::test]
async fn older_sign_in_is_a_switch() {
    for (options, status) in [("", 400), ("--older-sign-in", 200)] {
        let home = Home::new();
        let mut running = home.start(&format!("sandbox --port 0 --json {options}"));
        let told = running.json_line_with("{").await;
        let port = url(&told).rsplit(':').next().unwrap().parse().unwrap();
        let (id, back) = (
            told["client_id"].as_str().unwrap(),
            "http%3A%2F%2F127.0.0.1%3A8484%2Fretorno",
        );
        let page = open(
            port,
            &format!("/oauth/authorize?client_id={id}&redirect_uri={back}&state=x"),
        )
        .await;
        assert_eq!(page.status, status);
        running.interrupt();
        running.ended().await.ended(0);
    }
}

#[cfg(unix)]
#[tokio::test]
async fn sandbox_with_json_prints_one_line() {
    let home = Home::new();
    let mut running = home.start("sandbox --port 0 --json");
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
    ran.ended(2).told("--port 0").told(&port);
}

#[cfg(unix)]
#[tokio::test]
async fn sandbox_with_arrivals_and_faults_sells_and_fails() {
    let home = Home::new();
    let mut running = home.start("sandbox --port 0 --json --arrivals 1 --fault 502@2 --fault cut@5");
    let told = running.json_line_with("{").await;
    let token = told["personal_token"].as_str().unwrap();
    let user = Home::new()
        .with("EDUZZ_SANDBOX", url(&told))
        .with("EDUZZ_TOKEN", token);
    // Without days it lists this month, which has no sales yet on its first morning.
    let today = Date::in_brasilia(Timestamp::now()).unwrap();
    let list = format!(
        "sales list --from {} --per-page 1 --json",
        today.plus_days(-9).unwrap().as_str()
    );
    let newest = async || {
        let ran = user.run(&list).await;
        ran.ended(0).json()[0]["id"].as_str().unwrap().to_owned()
    };
    let (first, second) = (newest().await, newest().await);
    assert!(first < second, "{first} {second}");
    running.interrupt();
    running.ended().await.ended(0);

    let flags = "--seed 7 --history 3 --older-sales 1000 --pace off --page-size 7 --lag 3600 --life 6000";
    let faults = "--fault lost@30% --fault twice@30% --fault shuffled --fault revoked@9";
    let mut running = home.start(&format!("sandbox --port 0 --json {flags} {faults}"));
    let told = running.json_line_with("{").await;
    let user = Home::new()
        .with("EDUZZ_SANDBOX", url(&told))
        .with("EDUZZ_TOKEN", told["personal_token"].as_str().unwrap());
    let page = async || {
        let list = "api GET /myeduzz/v1/sales --query startDate=2020-01-01 --query endDate=2099-12-31";
        user.run(list).await.ended(0).json()
    };
    let first = page().await;
    assert_eq!(first["itemsPerPage"], 7);
    assert!(first["totalItems"].as_u64() > Some(1_000));
    // A hundred things happen a second; reads are an hour behind.
    assert_eq!(page().await["totalItems"], first["totalItems"]);
    running.interrupt();
    running.ended().await.ended(0);

    let user = Home::new()
        .with("EDUZZ_SANDBOX", url(&told))
        .with("EDUZZ_TOKEN", token);
    let mut running = home.start("sandbox --port 0 --json --fault 401");
    let told = running.json_line_with("{").await;
    let user = user.with("EDUZZ_SANDBOX", url(&told));
    user.run("me").await.ended(1).told("401");
    running.interrupt();
    running.ended().await.ended(0);
}

/// The address of a sandbox that just started, and the ids of its newest sales.
#[cfg(unix)]
async fn sales(running: &mut crate::support::Running) -> (String, Vec<String>) {
    let told = running.json_line_with("{").await;
    let mut user = Home::new();
    user.set("EDUZZ_SANDBOX", url(&told));
    user.set("EDUZZ_TOKEN", told["personal_token"].as_str().unwrap());
    let listed = user.run("sales list --last 2d --json").await;
    let rows = listed.ended(0).json();
    let ids = rows.as_array().unwrap().iter().map(|sale| sale["id"].to_string());
    (url(&told).to_owned(), ids.collect())
}

#[cfg(unix)]
#[tokio::test]
async fn state_file_survives_interrupt_and_kill() {
    use std::os::unix::fs::PermissionsExt as _;

    let home = Home::new();
    let path = home.folder().join("shop.json");
    let state = format!("--port 0 --json --state {}", path.display());
    let begin = format!("sandbox {state} --history 20 --seed 9");
    let mut running = home.start(&begin);
    let (sandbox, before) = sales(&mut running).await;
    let mut user = Home::new();
    user.set("EDUZZ_SANDBOX", &sandbox);
    user.run("sandbox sell --count 3").await.ended(0);
    running.interrupt();
    let ran = running.ended().await;
    ran.ended(0);
    assert_eq!(ran.err, "");
    assert_eq!(
        std::fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o600
    );

    // The seed and the past are the file's.
    let mut running = home.start(&format!("sandbox {state}"));
    let (sandbox, sold) = sales(&mut running).await;
    assert_eq!(sold.len(), before.len() + 3);
    user.set("EDUZZ_SANDBOX", &sandbox);
    // Nobody else writes it meanwhile.
    home.run(&format!("sandbox {state}"))
        .await
        .ended(2)
        .told("outro sandbox usa");
    let written = std::fs::read(&path).unwrap();
    user.run("sandbox sell").await.ended(0);
    let mut look = tokio::time::interval(std::time::Duration::from_millis(20));
    while std::fs::read(&path).unwrap() == written {
        look.tick().await;
    }
    running.kill().await;

    let mut running = home.start(&begin);
    let (_, all) = sales(&mut running).await;
    assert_eq!(all.len(), before.len() + 4);
    running.interrupt();
    running.ended().await.ended(0);
}

#[cfg(unix)]
#[tokio::test]
async fn bad_state_files_are_refused_and_left_alone() {
    let home = Home::new();
    let path = home.folder().join("shop.json");
    let state = format!("sandbox --port 0 --state {}", path.display());
    let mut running = home.start(&format!("{state} --json --history 5"));
    running.json_line_with("{").await;
    running.interrupt();
    running.ended().await.ended(0);
    let whole = std::fs::read(&path).unwrap();
    let other_version = String::from_utf8(whole.clone())
        .unwrap()
        .replacen(":1,", ":7,", 1);
    for (bytes, told) in [
        (&whole[..whole.len() / 2], "não está inteiro"),
        (b"", "linha 1, coluna 0"),
        (b"{\"a\": 1}", "não é um estado"),
        (other_version.as_bytes(), "formato 7"),
    ] {
        std::fs::write(&path, bytes).unwrap();
        home.run(&state).await.ended(2).told(told);
        assert!(std::fs::read(&path).unwrap() == bytes, "{told}");
    }
    std::fs::write(&path, &whole).unwrap();
    for (options, told) in [
        ("--seed 1", "--seed"),
        ("--history 6", "--history"),
        ("--older-sales 1", "--older-sales"),
    ] {
        let ran = home.run(&format!("{state} {options}")).await;
        ran.ended(2).told(told);
    }
    let mut permissions = std::fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&path, permissions).unwrap();
    home.run(&state).await.ended(2).told("somente leitura");
    home.run(&format!("{state}/missing"))
        .await
        .ended(2)
        .told("não foi possível ler");
    home.run("sandbox --port 0 --state /")
        .await
        .ended(2)
        .told("diretório");
}

/// The world goes on, the error is said once and at the end, and the last file stays whole.
#[cfg(unix)]
#[tokio::test]
async fn state_file_on_a_full_disk_stays_as_it_was() {
    let home = Home::new();
    let path = home.folder().join("shop.json");
    let start = format!("sandbox --port 0 --json --state {}", path.display());
    let mut running = home.start_on_full_disk(64, &start);
    let told = running.json_line_with("{").await;
    let mut user = Home::new();
    user.set("EDUZZ_SANDBOX", url(&told));
    user.run("sandbox sell").await.ended(0);
    running.err_line_with("disco está cheio").await;
    let written = std::fs::read(&path).unwrap();
    user.run("sandbox sell").await.ended(0);
    running.interrupt();
    let ran = running.ended().await;
    ran.ended(2);
    assert_eq!(ran.err.matches("disco está cheio").count(), 2, "{}", ran.err);
    assert!(written == std::fs::read(&path).unwrap());
    assert!(serde_json::from_slice::<serde_json::Value>(&written).is_ok());
}

/// Another sandbox does not begin with a world that the first one is about to replace, not through
/// a link either; a link stays one, and SIGTERM ends as Ctrl-C does.
#[cfg(unix)]
#[tokio::test]
async fn state_file_has_one_sandbox_at_a_time() {
    let home = Home::new();
    let path = home.folder().join("shop.json");
    let link = home.folder().join("link.json");
    let start =
        |path: &std::path::Path| format!("sandbox --port 0 --json --history 3 --state {}", path.display());
    let mut user = Home::new();
    let mut count = 0;
    for round in 0..4 {
        let at = if round % 2 == 0 { &path } else { &link };
        let mut running = home.start(&start(at));
        let (sandbox, ids) = sales(&mut running).await;
        if round == 0 {
            count = ids.len();
            std::os::unix::fs::symlink(&path, &link).unwrap();
        }
        assert_eq!(ids.len(), count, "round {round}");
        user.set("EDUZZ_SANDBOX", &sandbox);
        user.run("sandbox sell").await.ended(0);
        count += 1;
        home.run(&start(if round % 2 == 0 { &link } else { &path }))
            .await
            .ended(2)
            .told("outro sandbox usa");
        running.signal("TERM");
        running.ended_by_itself().await.ended(0);
        assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
    }
}
