//! `subscriptions cancel` and `reactivate`.

use eduzz_sandbox::Sandbox;
use serde_json::json;

use crate::fake_service::{FakeService, Reply, response};
use crate::forms::{PAST, json_of};
use crate::lists::{home, shop};
use crate::support::Home;

const CANCEL: &str = "POST /myeduzz/v1/subscriptions/bulk-cancel";

/// A shop, and a subscription of it that is up to date.
async fn subscription() -> (Sandbox, Home, String) {
    let sandbox = shop(|_| ()).await;
    let home = home(&sandbox);
    let all = json_of(&home, &format!("subscriptions list --all {PAST}")).await;
    let one = all
        .iter()
        .find(|subscription| subscription["status"] == "upToDate");
    let id = one.unwrap()["id"].as_str().unwrap().to_owned();
    (sandbox, home, id)
}

async fn shown(home: &Home, id: &str) -> serde_json::Value {
    let ran = home.run(&format!("subscriptions show {id} --json")).await;
    ran.ended(0).json()
}

#[tokio::test]
async fn cancel_and_reactivate_change_the_subscription() {
    let (_sandbox, home, id) = subscription().await;
    let args = format!("subscriptions cancel {id} --yes --reason 'Pedido do cliente'");
    home.run(&args)
        .await
        .ended(0)
        .shows(&["aceitou o cancelamento", &id]);
    let after = shown(&home, &id).await;
    assert_eq!(after["status"], "canceled");
    assert_eq!(after["interruption"]["reason"], "Pedido do cliente");

    let args = format!("subscriptions reactivate {id} --yes --json");
    let ran = home.run(&args).await;
    assert_eq!(ran.ended(0).json(), json!({"id": id, "accepted": true}));
    assert_ne!(shown(&home, &id).await["status"], "canceled");
    // What is not interrupted cannot be reactivated.
    home.run(&args).await.ended(1).told("409");
}

#[tokio::test]
async fn change_without_terminal_needs_yes() {
    let service = FakeService::start(|_| Reply::Never).await;
    for command in ["cancel", "reactivate"] {
        let ran = service.home().run(&format!("subscriptions {command} 1")).await;
        ran.ended(2).told("--yes");
        let ran = service
            .home()
            .run(&format!("subscriptions {command} ' ' --yes"))
            .await;
        ran.ended(2).told("ID");
    }
    assert_eq!(service.asked().len(), 0);
}

#[tokio::test]
async fn cancel_sends_one_request_with_a_reason() {
    let service = FakeService::start(|_| Reply::Bytes(response(202, "{}"))).await;
    let ran = service.home().run("subscriptions cancel 300200 --yes").await;
    ran.ended(0);
    let asked = service.asked();
    assert_eq!(asked.len(), 1);
    let request = String::from_utf8(asked[0].bytes.clone()).unwrap();
    assert!(request.starts_with(CANCEL), "{request}");
    let body: serde_json::Value = serde_json::from_str(request.split("\r\n\r\n").nth(1).unwrap()).unwrap();
    assert_eq!(
        body,
        json!({"subscriptions": ["300200"], "cancelReason": "Cancelada pelo programa eduzz"})
    );
}

#[tokio::test]
async fn unknown_subscription_ends_with_1() {
    let (_sandbox, home, _) = subscription().await;
    for command in ["cancel", "reactivate"] {
        let ran = home.run(&format!("subscriptions {command} 1 --yes")).await;
        ran.ended(1).told("404");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn answer_to_the_question_decides() {
    let (_sandbox, home, id) = subscription().await;
    let cancel = format!("subscriptions cancel {id}");
    for answer in ["n\n", "\n", "talvez\n"] {
        let ran = home.run_on_terminal(&cancel, answer).await;
        ran.ended(1).shows(&[
            "Cancelar a assinatura",
            &id,
            "upToDate",
            "[s/N]",
            "nada foi alterado",
        ]);
        let customer = shown(&home, &id).await["client"]["email"]
            .as_str()
            .unwrap()
            .to_owned();
        assert!(!ran.out.contains(&customer), "{ran:?}");
        assert_eq!(shown(&home, &id).await["status"], "upToDate");
    }
    home.run_on_terminal(&cancel, "s\n")
        .await
        .ended(0)
        .shows(&["aceitou"]);
    assert_eq!(shown(&home, &id).await["status"], "canceled");
    let reactivate = format!("subscriptions reactivate {id} --lang en");
    home.run_on_terminal(&reactivate, "y\n")
        .await
        .ended(0)
        .shows(&["Reactivate", "accepted"]);
    assert_ne!(shown(&home, &id).await["status"], "canceled");
    // Nothing can be asked about a subscription that is not there.
    home.run_on_terminal("subscriptions cancel 1", "")
        .await
        .ended(1)
        .shows(&["404"]);
}
