//! `eduzz sandbox pay`, `refund` and so on: the sandbox that runs is steered.

use std::time::Duration;

use eduzz_sandbox::{Config, Fault, SaleAction, Sandbox};
use serde_json::Value;

use crate::support::{Home, Ran, cases};

async fn sandbox() -> (Sandbox, Home) {
    let mut config = Config::default();
    config.history = Duration::from_secs(20 * 86_400);
    let sandbox = Sandbox::start(config).await.unwrap();
    let home = Home::new().at(&sandbox);
    (sandbox, home)
}

async fn json(home: &Home, line: &str) -> Value {
    let ran: Ran = home.run(&format!("sandbox {line} --json")).await;
    ran.ended(0).json()
}

#[tokio::test]
async fn sale_is_made_paid_and_refunded() {
    let (sandbox, home) = sandbox().await;
    let made = json(&home, "sell --kind bankslip --unpaid").await;
    let id = made["rows"][0]["id"].as_str().unwrap();
    assert_eq!(sandbox.control().sale_ids()[0], id);
    let disputed = home.run("sandbox sell --kind card").await;
    disputed.ended(0);
    home.run("sandbox charge-back")
        .await
        .ended(0)
        .shows(&["chargeback aberto (`paid`)"]);
    // Without an id the newest is taken, and said.
    let paid = home.run("sandbox pay").await;
    paid.ended(0).shows(&[
        &format!("venda {id}: paga (`paid`)"),
        "myeduzz.invoice_paid: nenhuma entrega\n",
        "nenhum webhook ativo recebe o evento",
    ]);
    home.run(&format!("sandbox refund {id} --lang en"))
        .await
        .ended(0)
        .shows(&[&format!("sale {id}: refunded")]);
    home.run(&format!("sandbox refund {id}"))
        .await
        .ended(1)
        .told("refunded");
    home.run("sandbox pay 1")
        .await
        .ended(1)
        .told("não encontrado: venda 1\n");
    // An e-mail address is not repeated.
    let stranger = home.run("sandbox pay 1 --account nara@example.com").await;
    stranger.ended(1).told("não encontrado: conta\n");
    assert!(!stranger.err.contains("nara"), "{stranger:?}");
    let twelve = json(&home, "sell --count 12").await;
    assert_eq!(twelve["count"], 12);
    assert!(sandbox.control().newest_sale(SaleAction::Refund).is_some());
    home.run("sandbox sell --count 12")
        .await
        .ended(0)
        .shows(&["e mais 2"]);
    sandbox.stop().await;
}

#[tokio::test]
async fn every_action_has_a_command() {
    let (sandbox, home) = sandbox().await;
    let table = "
        sell --kind card => sale
        charge-back => sale
        win-chargeback => sale
        sell --kind card => sale
        charge-back => sale
        lose-chargeback => sale
        sell => sale
        ask-refund => sale
        refund => sale
        sell --unpaid => sale
        schedule => sale
        recover => sale
        negotiate => sale
        sell --unpaid => sale
        expire => sale
        sell --unpaid => sale
        cancel => sale
        sell --kind contract => sale
        charge => subscription
        charge --fail => subscription
        cancel-subscription => subscription
        reactivate => subscription
        abandon => cart
        order => sale
        pay => sale
        revoke-tokens => account
    ";
    for [line, kind] in cases(table) {
        let done = json(&home, line).await;
        assert_eq!(done["rows"][0]["kind"], kind, "{line}: {done}");
    }
    let before = sandbox.control().now();
    let ran = home.run("sandbox advance 3d").await;
    ran.ended(0).shows(&["relógio"]);
    assert!(ran.err.contains("à frente do desta máquina"), "{ran:?}");
    let leap = sandbox.control().now().duration_since(before).unwrap();
    assert!(leap >= Duration::from_secs(3 * 86_400));
    json(&home, "break 4").await;
    assert_eq!(sandbox.control().deliveries().broken_left(), 4);
    home.run("sandbox deliveries")
        .await
        .ended(0)
        .shows(&["nenhuma entrega"]);
    home.run("sandbox resend").await.ended(1).told("entrega");
    home.run("sandbox sample")
        .await
        .ended(1)
        .told("configuração de webhook");
    let other = json(&home, "sell --account CAIO.menezes@example.com").await;
    let of = &sandbox.config().people[1].account_id;
    let caio = sandbox.control().of_account(of).unwrap();
    assert_eq!(caio.sale_ids()[0], other["rows"][0]["id"].as_str().unwrap());
    sandbox.stop().await;
}

#[tokio::test]
async fn deliveries_are_listed_in_words_and_in_json_as_they_are() {
    let (sandbox, home) = sandbox().await;
    let user = Home::new()
        .at(&sandbox)
        .with("EDUZZ_TOKEN", &sandbox.person().personal_token);
    let port = crate::support::free_port().await;
    user.run(&format!(
        "webhook subscriptions create --url http://127.0.0.1:{port}/ --event invoice_paid"
    ))
    .await;
    home.run("sandbox break 2")
        .await
        .ended(0)
        .shows(&["as próximas 2 tentativas de entrega vão falhar"]);
    home.run("sandbox sample").await.ended(0);
    while sandbox
        .control()
        .deliveries()
        .newest()
        .is_none_or(|newest| newest.attempts.is_empty())
    {
        tokio::task::yield_now().await;
    }
    home.run("sandbox deliveries")
        .await
        .ended(0)
        .shows(&["sem sucesso", "sem conexão: falha simulada"]);
    home.run("sandbox deliveries --lang en")
        .await
        .ended(0)
        .shows(&["given up", "no connection: a simulated failure"]);
    let listed = json(&home, "deliveries").await;
    assert_eq!(listed[0]["state"], "given-up");
    let attempt = &listed[0]["attempts"][0];
    assert_eq!(attempt["reason"], "no connection: receivers are down on purpose");
    assert!(attempt["sentAt"].as_str().unwrap().ends_with('Z'));
    assert!(attempt.get("why").is_none() && listed[0].get("stateName").is_none());
    sandbox.stop().await;
}

#[tokio::test]
async fn faults_are_listed_added_and_removed() {
    let (sandbox, home) = sandbox().await;
    home.run("sandbox fault").await.ended(0).shows(&["nenhuma falha"]);
    home.run("sandbox fault 502@3 'lost@30%,on=myeduzz.invoice_paid'")
        .await
        .ended(0)
        .shows(&["502@3", "lost@30%,on=myeduzz.invoice_paid"]);
    let left = json(&home, "fault --remove 1").await;
    assert_eq!(left[0]["fault"], "lost@30%,on=myeduzz.invoice_paid");
    let lost = Fault::delivered_never().chance(300).on("myeduzz.invoice_paid");
    assert_eq!(sandbox.control().faults(), [lost]);
    home.run("sandbox fault --remove 2")
        .await
        .ended(1)
        .told("não encontrado: falha 2");
    assert_eq!(json(&home, "fault --clear").await, serde_json::json!([]));
    home.run("sandbox fault flood").await.ended(2).told("cut@5");
    sandbox.stop().await;
}

#[tokio::test]
async fn requests_are_shown_and_followed() {
    let (sandbox, home) = sandbox().await;
    let token = sandbox.person().personal_token.clone();
    let user = Home::new().at(&sandbox).with("EDUZZ_TOKEN", &token);
    user.run("me").await.ended(0);
    let logs = home.run("sandbox logs").await;
    logs.ended(0).shows(&["GET", "/accounts/v1/me", " 200 "]);
    let mut following = home.start("sandbox logs --follow --json");
    following.out_line_with("/accounts/v1/me").await;
    user.run("api GET /myeduzz/v1/sales").await.ended(1);
    let line = following.json_line_with("/myeduzz/v1/sales").await;
    assert_eq!(line["status"], 422);
    assert!(!following.out_so_far().contains(&token));
    drop(following);
    sandbox.stop().await;
}

#[tokio::test]
async fn missing_sandbox_ends_with_3_and_says_what_to_start() {
    let port = crate::support::free_port().await;
    let home = Home::new().with("EDUZZ_SANDBOX", &format!("http://127.0.0.1:{port}"));
    for line in [
        "pay",
        "--json pay",
        "--lang pt logs",
        "deliveries",
        "fault",
        "advance 1d",
    ] {
        let ran = home.run(&format!("sandbox {line}")).await;
        ran.ended(3).told("`eduzz sandbox`");
    }
    let home = Home::new().with("EDUZZ_SANDBOX", "https://example.com");
    home.run("sandbox pay").await.ended(2).told("EDUZZ_SANDBOX");
}

#[tokio::test]
async fn wrong_values_are_refused_with_what_is_allowed() {
    let home = Home::new();
    let table = "
        sandbox sell --kind gold => installments
        sandbox sell --count 0 => --count
        sandbox advance soon => 15m
        sandbox advance 0s => 15m
        sandbox --pace 0 => off
        sandbox --pace x => off
        sandbox --return-url x => http://127.0.0.1:3000/retorno
        sandbox --history 3651 => --history
        sandbox --no-pace => --no-pace
        sandbox --days 3 => --days
        sandbox pai => pay
        sandbox --port 1 pay => `--port`
        sandbox --fault cut logs => `--fault`
    ";
    for [line, text] in cases(table) {
        home.run(line).await.ended(2).told(text);
    }
}
