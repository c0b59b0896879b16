//! Subscriptions through the API: `eduzz webhook subscriptions`, `listen`, `resend`, `inbox serve
//! --url`, and the mirror's look at them, against the sandbox.

use std::time::Duration;

use eduzz_sandbox::{Clock, Fault, Sandbox};
use serde_json::Value;

use crate::fake_service::{FakeService, Reply, response, service};
use crate::lists::{home as signed_in, shop};
use crate::support::{Home, Running, free_port};
use crate::webhooks::SECRET;

const KEY: &str = "canary-path-key";

async fn sandbox() -> (Sandbox, Home) {
    let sandbox = shop(|config| config.clock = Clock::system()).await;
    let home = signed_in(&sandbox);
    (sandbox, home)
}

/// The subscriptions as the program lists them.
async fn listed(home: &Home) -> Vec<Value> {
    let ran = home.run("webhook subscriptions list --json").await;
    ran.ended(0).json().as_array().unwrap().clone()
}

/// Starts `listen`, and waits until its subscription is active. Gives its id.
async fn listen(home: &Home, options: &str) -> (Running, String) {
    let mut running = home.start(&format!("webhook listen {options}"));
    let line = running.err_line_with(" ativa, com ").await;
    let id = line.split_whitespace().nth(1).unwrap().to_owned();
    (running, id)
}

#[cfg(unix)]
#[tokio::test]
async fn listen_does_it_all_and_disables_what_it_made() {
    let (sandbox, home) = sandbox().await;
    let (mut running, id) = listen(&home, "").await;
    running.out_line_with("ping").await;
    let before = listed(&home).await;
    assert_eq!(before.len(), 1);
    assert_eq!(
        (&before[0]["id"], &before[0]["status"]),
        (&id.clone().into(), &"active".into())
    );
    assert!(before[0]["events"].as_array().unwrap().len() > 60);
    sandbox.control().order().unwrap();
    running.out_line_with("200  myeduzz.invoice_opened").await;
    running.interrupt();
    let told = running.err_line_with("desativada").await;
    assert!(told.contains(&id), "{told}");
    running.ended().await.ended(0);
    assert_eq!(listed(&home).await[0]["status"], "disabled");
}

#[cfg(unix)]
#[tokio::test]
async fn listen_with_keep_leaves_it_and_the_next_one_leaves_it_alone() {
    let (_sandbox, home) = sandbox().await;
    let port = free_port().await;
    let options = format!("--port {port} --event invoice_paid,myeduzz.invoice_refunded");
    let (mut running, id) = listen(&home, &format!("{options} --keep")).await;
    running.interrupt();
    running.err_line_with("--keep").await;
    running.ended().await.ended(0);
    // It was active before, so it stays so.
    let (running, same) = listen(&home, &options).await;
    assert_eq!(same, id);
    running.interrupt();
    let ran = running.ended().await;
    assert!(!ran.ended(0).err.contains("desativada"), "{ran:?}");
    let after = listed(&home).await;
    assert_eq!((after.len(), &after[0]["status"]), (1, &"active".into()));
    assert_eq!(
        after[0]["events"],
        serde_json::json!(["myeduzz.invoice_paid", "myeduzz.invoice_refunded"])
    );
}

#[cfg(unix)]
#[tokio::test]
async fn listen_without_subscribing_asks_for_nothing() {
    let (_sandbox, home) = sandbox().await;
    let home = home.with("EDUZZ_WEBHOOK_SECRET", SECRET);
    let mut running = home.start("webhook listen --no-subscribe --no-history");
    running.port().await;
    assert!(listed(&home).await.is_empty());
    running.interrupt();
    let ran = running.ended().await;
    assert!(!ran.ended(0).err.contains("histórico"), "{ran:?}");
    assert!(
        !home
            .folder()
            .join("home/.local/share/eduzz/listen.sqlite")
            .exists()
    );
}

/// At the service, an address of this machine is not tried, and what is missing is said.
#[cfg(unix)]
#[tokio::test]
async fn listen_without_a_token_or_a_scope_goes_on_with_the_secret_it_has() {
    let sandbox = shop(|config| {
        config.clock = Clock::system();
        for app in &mut config.apps {
            app.scopes.retain(|scope| !scope.starts_with("webhook"));
        }
    })
    .await;
    let home = signed_in(&sandbox).with("EDUZZ_WEBHOOK_SECRET", SECRET);
    let mut running = home.start("webhook listen");
    running.err_line_with("sem configuração de webhook").await;
    let port = running.port().await;
    let answer = crate::listen::deliver_signed(port, crate::webhooks::BODY).await;
    assert_eq!(answer.status, 200);
    running.interrupt();
    running.ended().await.ended(0);
    // Without a secret of its own, it cannot verify anything.
    let mut home = home;
    home.unset("EDUZZ_WEBHOOK_SECRET");
    home.run("webhook listen").await.ended(1).told("webhook_read");
    home.unset("EDUZZ_TOKEN");
    home.run("webhook listen")
        .await
        .ended(4)
        .told("eduzz login")
        .told("--no-subscribe, com o segredo em EDUZZ_WEBHOOK_SECRET");
    home.run("webhook listen --event invoice_payd")
        .await
        .ended(2)
        .told("`invoice_paid`");
    home.run("inbox serve --url https://shop.example.com --event invoice_payd")
        .await
        .ended(2)
        .told("`invoice_paid`");
    home.run("webhook listen --url https://shop.example.com")
        .await
        .ended(4);
}

#[cfg(unix)]
#[tokio::test]
async fn events_of_the_history_are_sent_again() {
    let (sandbox, home) = sandbox().await;
    home.run("webhook resend x --to http://127.0.0.1:9/")
        .await
        .ended(1)
        .told("listen");
    let (mut running, _) = listen(&home, "--json").await;
    sandbox.control().order().unwrap();
    let event = running.json_line_with("invoice_opened").await;
    let id = event["id"].as_str().unwrap();
    running.interrupt();
    running.ended().await.ended(0);

    let mut behind = FakeService::start(|_| Reply::Bytes(response(204, ""))).await;
    let resend = format!("webhook resend {id} --to {}/again", behind.url);
    let sent = home.run(&format!("{resend} --json")).await.ended(0).json();
    assert_eq!(
        (&sent["event"], &sent["status"]),
        (&"myeduzz.invoice_opened".into(), &204.into())
    );
    let asked = String::from_utf8(behind.next().await.bytes).unwrap();
    let (head, body) = asked.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /again HTTP/1.1\r\n"), "{head}");
    let signature = sandbox.webhook_secret();
    let key = eduzz_webhook::Key::new(&signature).unwrap();
    let by_api = key.sign(body.as_bytes()).to_string();
    assert!(head.contains(&format!("x-signature: {by_api}")), "{head}");
    // With a secret of the environment, the signature is by that one.
    let other = home.with("EDUZZ_WEBHOOK_SECRET", SECRET);
    other.run(&resend).await.ended(0);
    let asked = String::from_utf8(behind.next().await.bytes).unwrap();
    let by_own = crate::webhooks::key().sign(body.as_bytes()).to_string();
    assert!(asked.contains(&format!("x-signature: {by_own}")), "{asked}");
    let refusing = service(response(500, "")).await;
    other
        .run(&format!("webhook resend {id} --to {refusing}"))
        .await
        .ended(1)
        .told("500");
    other
        .run("webhook resend nenhum --to http://127.0.0.1:9/")
        .await
        .ended(1)
        .told("histórico");
}

#[tokio::test]
async fn subscriptions_are_made_changed_and_deleted() {
    let (_sandbox, home) = sandbox().await;
    home.run("webhook subscriptions list")
        .await
        .ended(0)
        .shows(&["nenhuma"]);
    let behind = FakeService::start(|_| Reply::Bytes(response(204, ""))).await;
    let url = format!("{}/hook?key={KEY}", behind.url);
    let create = format!("webhook subscriptions create --url '{url}' --event invoice_paid");
    let made = home.run(&create).await;
    let id = made.ended(0).out.trim().to_owned();
    assert!(
        made.err.contains("criada") && made.err.contains("ativada"),
        "{made:?}"
    );
    let again = home.run(&create).await;
    assert_eq!(again.ended(0).out.trim(), id);
    assert!(!again.err.contains("criada"), "{again:?}");
    let shown = home.run(&format!("webhook subscriptions show {id}")).await;
    shown.ended(0).shows(&["active", "myeduzz.invoice_paid", "/…"]);
    for ran in [&made, &again, &shown] {
        assert!(!format!("{ran:?}").contains(KEY), "{ran:?}");
    }
    let whole = home
        .run(&format!("webhook subscriptions show {id} --show-url --json"))
        .await;
    assert_eq!(whole.ended(0).json()["url"], *url);

    let events = format!("webhook subscriptions events {id}");
    let changed = home
        .run(&format!("{events} --add invoice_opened,sun.cart_abandonment"))
        .await;
    changed
        .ended(0)
        .shows(&["myeduzz.invoice_opened\nsun.cart_abandonment"]);
    let fewer = home.run(&format!("{events} --remove invoice_paid")).await;
    assert_eq!(
        fewer.ended(0).out,
        "myeduzz.invoice_opened\nsun.cart_abandonment\n"
    );
    home.run(&format!("{events} --remove invoice_opened,cart_abandonment"))
        .await
        .ended(2);
    home.run(&format!("{events} --add nao_existe")).await.ended(2);

    let own = |what: &str| format!("webhook subscriptions {what} {id}");
    home.run(&format!("{} invoice_opened", own("sample")))
        .await
        .ended(0)
        .shows(&["204"]);
    home.run(&own("disable")).await.ended(0);
    assert_eq!(listed(&home).await[0]["status"], "disabled");
    home.run(&own("activate")).await.ended(0);
    assert_eq!(listed(&home).await[0]["status"], "active");
    // Without a terminal there is nobody to ask.
    home.run(&own("delete")).await.ended(2).told("--yes");
    home.run(&format!("{} --yes", own("delete"))).await.ended(0);
    assert!(listed(&home).await.is_empty());
    home.run(&own("show")).await.ended(1).told("list");
}

#[tokio::test]
async fn receiver_that_does_not_answer_is_said() {
    let (_sandbox, home) = sandbox().await;
    let port = free_port().await;
    let create = format!("webhook subscriptions create --url http://127.0.0.1:{port}/{KEY}");
    let ran = home.run(&create).await;
    ran.ended(1).told("ping");
    assert!(!ran.err.contains(KEY), "{ran:?}");
    let list = listed(&home).await;
    assert_eq!((list.len(), &list[0]["status"]), (1, &"disabled".into()));
    for url in ["nada", "ftp://x", "https://"] {
        let line = format!("webhook subscriptions create --url {url}");
        home.run(&line).await.ended(2);
    }
}

#[tokio::test]
async fn address_of_this_machine_is_refused_for_the_service() {
    // Nothing is sent: the token is invented.
    let home = Home::new().with("EDUZZ_TOKEN", "edzpap_invented");
    let line = "webhook subscriptions create --url http://127.0.0.1:9/ --event invoice_paid";
    home.run(line).await.ended(2).told("túnel");
}

/// The whole: subscribed by the inbox, an event arrives, the mirror's look is well; disabled at the
/// service, it is not, and one command mends it.
#[cfg(unix)]
#[tokio::test]
async fn mirror_says_whether_its_webhook_is_well() {
    let (sandbox, home) = sandbox().await;
    let db = format!("sqlite:{}", home.folder().join("loja.sqlite").display());
    let home = home.with("EDUZZ_DB", &db);
    let port = free_port().await;
    let url = format!("http://127.0.0.1:{port}/{KEY}");
    home.run("mirror init").await.ended(0);
    home.run("mirror run --once").await.ended(0);
    let without = home.run("mirror status").await;
    without.ended(0).shows(&["webhook: nenhum"]);
    home.run("mirror init --webhook-url nada").await.ended(2);
    home.run(&format!("mirror init --webhook-url {url}"))
        .await
        .ended(0);
    let unseen = home.run("mirror status").await;
    unseen.ended(0).shows(&["ainda não conferido"]);
    home.run("mirror run --once").await.ended(0);
    home.run("mirror status")
        .await
        .ended(1)
        .shows(&["nenhuma configuração"]);

    let mut serving = home.start(&format!("inbox serve --port {port} --url {url}"));
    let line = serving.err_line_with(" ativa, com ").await;
    let id = line.split_whitespace().nth(1).unwrap().to_owned();
    serving.out_line_with("ping").await;
    home.run("mirror run --once").await.ended(0);
    let well = home.run("mirror status").await;
    well.ended(0).shows(&["em ordem desde"]);
    let states = home.run("mirror status --json").await.ended(0).json();
    let webhook = |states: &Value| states.as_array().unwrap().last().unwrap().clone();
    assert_eq!(
        (&webhook(&states)["kind"], &webhook(&states)["isWell"]),
        (&"webhook".into(), &true.into())
    );

    home.run(&format!("webhook subscriptions disable {id}"))
        .await
        .ended(0);
    // The next look is at night; the database's clock is the machine's, so the last one is moved.
    let database = eduzz_store::rusqlite::Connection::open(home.folder().join("loja.sqlite")).unwrap();
    let earlier = "update eduzz_webhook set checked_at = checked_at - 86400000";
    database.execute(earlier, []).unwrap();
    home.run("mirror run --once").await.ended(0);
    let ill = home.run("mirror status").await;
    ill.ended(1).shows(&["desativada", "subscriptions create"]);
    let states = home.run("mirror status --json").await.ended(1).json();
    assert_eq!(
        (&webhook(&states)["isWell"], &webhook(&states)["ailment"]),
        (&false.into(), &"disabled".into())
    );
    home.run(&format!("webhook subscriptions create --url {url}"))
        .await
        .ended(0);
    home.run("mirror run --once").await.ended(0);
    let mended = home.run("mirror status").await;
    mended.ended(0).shows(&["em ordem desde"]);
    for ran in [&without, &unseen, &well, &ill, &mended] {
        assert!(!format!("{ran:?}").contains(KEY), "{ran:?}");
    }
    // What comes by it is stored where the mirror looks.
    sandbox.control().order().unwrap();
    serving.out_line_with("myeduzz.invoice_opened").await;
    serving.interrupt();
    serving.ended().await.ended(0);
    // A server leaves its subscription active.
    assert_eq!(listed(&home).await[0]["status"], "active");
    home.run("mirror init --no-webhook").await.ended(0);
    home.run("mirror status").await.shows(&["webhook: nenhum"]);
}

/// A mirror that is filled by the pace says how much is left, without a terminal in plain lines.
#[tokio::test]
async fn status_has_the_time_that_is_left() {
    let (_sandbox, home) = sandbox().await;
    let db = format!("sqlite:{}", home.folder().join("loja.sqlite").display());
    let home = home.with("EDUZZ_DB", &db);
    home.run("mirror init --since 2026-01-01").await.ended(0);
    let before = home.run("mirror status").await;
    before.ended(1).shows(&["não dá para estimar"]);
    home.run("mirror back-fill").await.ended(0);
    let states = home.run("mirror status --json").await.ended(0).json();
    let of_sales = states
        .as_array()
        .unwrap()
        .iter()
        .find(|state| state["kind"] == "sale")
        .unwrap();
    assert_eq!(of_sales["callsLeft"], 0);
    let after = home.run("mirror status").await;
    assert!(!after.ended(0).out.contains("falta ler o resto"), "{after:?}");
}

/// On a terminal, each kind that is being read has a line that changes in place.
#[cfg(unix)]
#[tokio::test]
async fn back_fill_shows_its_progress_on_a_terminal() {
    let (sandbox, home) = sandbox().await;
    let db = format!("sqlite:{}", home.folder().join("loja.sqlite").display());
    let home = home.with("EDUZZ_DB", &db).with("TERM", "xterm");
    home.run("mirror init").await.ended(0);
    let slow = Fault::slow(Duration::from_secs(4))
        .on("GET /myeduzz/v1/sales")
        .times(1);
    sandbox.control().set_faults([slow]);
    let ran = home.run_on_terminal("mirror back-fill", "").await;
    ran.ended(0).shows(&["sale ", " dias", "novas"]);
}
