//! The panel's actions by JSON and by form, and the pages of the shop and of webhooks.

use eduzz_sandbox::{SaleKind, Sender, SubscriptionAction, WorldKind};
use http::Method;
use http::header::{LOCATION, SET_COOKIE};
use serde_json::{Value, json};

use super::Panel;
use crate::browser::{Answer, FORM, encode};

impl Panel {
    async fn act(&self, action: &Value) -> Answer {
        let headers = [("content-type", "application/json; charset=utf-8")];
        self.send(Method::POST, "/panel/actions", &headers, action.to_string())
            .await
    }

    /// Sends a form, and gives the page that it leads to.
    async fn submit(&self, fields: &[(&str, &str)]) -> Answer {
        let headers = [("content-type", FORM), ("origin", "http://127.0.0.1:8400")];
        let answer = self
            .send(Method::POST, "/panel/actions", &headers, encode(fields))
            .await
            .is(303);
        let cookie = answer.headers[SET_COOKIE].to_str().unwrap();
        let cookie = cookie.split(';').next().unwrap().to_owned();
        let location = answer.headers[LOCATION].to_str().unwrap().to_owned();
        let shown = self
            .send(Method::GET, &location, &[("cookie", &cookie)], "")
            .await
            .is(200);
        // It is shown once.
        assert!(shown.headers[SET_COOKIE].to_str().unwrap().contains("Max-Age=0"));
        shown
    }

    /// The row of the newest sale.
    async fn newest_row(&self) -> String {
        let id = &self.control.sale_ids()[0];
        let page = self.get("/panel/shop").await.is(200);
        let row = page.body.split(&format!("id=\"s{id}\"")).nth(1).unwrap();
        row.split("</tr>").next().unwrap().to_owned()
    }
}

#[tokio::test]
async fn action_in_json_is_answered_with_what_it_did() {
    let panel = Panel::new();
    let made = panel
        .act(&json!({ "action": "sell", "kind": "pix", "unpaid": true }))
        .await
        .is(200)
        .json();
    assert_eq!(made["rows"][0]["status"], "waitingPayment");
    let id = made["rows"][0]["id"].as_str().unwrap();
    let refused = panel
        .act(&json!({ "action": "sale", "change": "refund", "id": id }))
        .await
        .is(409)
        .json();
    assert_eq!(refused["reason"], "not-now");
    assert_eq!(refused["status"], "waitingPayment");
    assert_eq!(
        refused["allowed"],
        json!(["pay", "cancel", "expire", "schedule", "recover"])
    );
    assert!(
        refused["message"]
            .as_str()
            .unwrap()
            .contains("allowed now: pay, ")
    );
    panel
        .act(&json!({ "action": "sale", "change": "pay", "id": "9" }))
        .await
        .is(404);
    let other = json!({ "action": "sell", "account": "jurema.prado@example.com" });
    let of_other = panel.act(&other).await.is(200).json();
    let stranger = panel
        .control
        .of_account(&panel.config.people[2].account_id)
        .unwrap();
    assert_eq!(
        stranger.sale_ids()[0],
        of_other["rows"][0]["id"].as_str().unwrap()
    );
    panel
        .act(&json!({ "action": "sell", "account": "nobody@example.com" }))
        .await
        .is(404);

    for (body, status) in [("", 422), ("{", 422), ("[]", 422), (r#"{"action":"x"}"#, 422)] {
        let headers = [("content-type", "application/json")];
        let answer = panel.send(Method::POST, "/panel/actions", &headers, body).await;
        assert_eq!(answer.is(status).json()["reason"], "invalid");
    }
    let headers = [("content-type", "text/plain")];
    let body = r#"{"action":"clear-faults"}"#;
    panel
        .send(Method::POST, "/panel/actions", &headers, body)
        .await
        .is(415);
    panel.get("/panel/actions").await.is(405);
}

#[tokio::test]
async fn page_of_another_site_cannot_act() {
    let panel = Panel::new();
    let before = panel.control.sale_ids();
    for header in [
        ("origin", "http://127.0.0.1:9000"),
        ("origin", "null"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        for (kind, body) in [
            (FORM, "action=sell"),
            ("application/json", r#"{"action":"sell"}"#),
        ] {
            let headers = [("content-type", kind), header];
            panel
                .send(Method::POST, "/panel/actions", &headers, body)
                .await
                .is(403);
        }
        for page in ["/panel/shop", "/panel/webhooks", "/panel/state.json"] {
            panel.send(Method::GET, page, &[header], "").await.is(403);
        }
    }
    assert_eq!(panel.control.sale_ids(), before);
}

#[tokio::test]
async fn form_leads_back_to_its_page_with_a_notice() {
    let panel = Panel::new();
    let sold = panel
        .submit(&[
            ("action", "sell"),
            ("kind", "bankslip"),
            ("count", "2"),
            ("unpaid", "true"),
            ("account", ""),
            ("back", "/panel/shop?status=waitingPayment"),
        ])
        .await;
    let newest = panel.control.sale_ids()[0].clone();
    let sold = sold.says("class=\"notice\"").says(&newest);
    sold.says("aguardando pagamento (<code>waitingPayment</code>)")
        .says("Eventos sem entrega: myeduzz.invoice_opened, myeduzz.invoice_waiting_payment.");
    let refused = panel
        .submit(&[
            ("action", "sale"),
            ("change", "refund"),
            ("id", &newest),
            ("back", "/panel/shop"),
        ])
        .await;
    refused
        .says("class=\"notice refused\"")
        .says("o status <code>waitingPayment</code> não permite isso. Agora pode: pay, ");
    let wrong = panel.submit(&[("action", "sell"), ("count", "0")]).await;
    wrong.says("class=\"notice refused\"");
    let fields = [
        ("action", "advance"),
        ("by", "1d"),
        ("back", "https://example.com/"),
    ];
    let headers = [("content-type", FORM)];
    let away = panel
        .send(Method::POST, "/panel/actions", &headers, encode(&fields))
        .await
        .is(303);
    assert_eq!(away.headers[LOCATION], "/");
}

#[tokio::test]
async fn shop_shows_each_row_with_the_buttons_that_it_allows() {
    let panel = Panel::new();
    for kind in SaleKind::ALL {
        panel.control.sell_kind(*kind).unwrap();
    }
    let open = panel.control.order().unwrap();
    let page = panel.get("/panel/shop").await.is(200);
    let row = page.body.split(&format!("id=\"s{open}\"")).nth(1).unwrap();
    let row = row.split("</tr>").next().unwrap();
    let (status, allowed) = panel.control.allowed(&open).unwrap();
    assert!(row.contains(&status));
    let buttons = row.matches("name=\"change\"").count();
    assert_eq!(buttons, allowed.len());
    for action in allowed {
        assert!(row.contains(&format!("value=\"{action}\"")), "{action}: {row}");
    }
    let only = panel.get("/panel/shop?status=waitingPayment").await.is(200);
    let all = panel.control.rows(WorldKind::Sale);
    let waiting = all.iter().filter(|row| row.value()["status"] == "waitingPayment");
    assert_eq!(only.body.matches("<tr id=\"s").count(), waiting.count());
    panel
        .get("/panel/shop?status=nothing")
        .await
        .is(200)
        .says("Nenhuma venda com este status");
    let english = panel.get("/panel/shop?lang=en").await.is(200).says("New sale");
    assert!(!english.body.contains("Venda nova"));

    // A page gives the next ones.
    let mut seen = page.body.matches("<tr id=\"s").count();
    let mut next = page.body;
    let older = |page: &str| {
        let (_, pages) = page.split_once("class=\"pages\"")?;
        let (_, rest) = pages.split_once("href=\"/panel/shop?before=")?;
        rest.split('"').next().map(str::to_owned)
    };
    while let Some(before) = older(&next) {
        next = panel
            .get(&format!("/panel/shop?before={before}"))
            .await
            .is(200)
            .body;
        seen += next.matches("<tr id=\"s").count();
    }
    assert_eq!(seen, panel.control.sale_ids().len());

    let subscription = panel
        .control
        .newest_subscription(SubscriptionAction::Cancel)
        .unwrap();
    let page = panel.get("/panel/shop?show=subscriptions").await.is(200);
    page.says(&format!("id=\"a{subscription}\""))
        .says("value=\"fail-charge\"");
    let all = panel.control.rows(WorldKind::Subscription).len();
    assert!(all > 0);
    let other = &panel.config.people[1];
    panel
        .get(&format!("/panel/shop?account={}", other.account_id))
        .await
        .is(200)
        .says(&format!("value=\"{}\" selected", other.account_id));
}

#[tokio::test]
async fn webhooks_show_deliveries_and_send_them_again() {
    let panel = Panel::with(|config| config.webhooks.sender = Sender::ByHand);
    panel
        .get("/panel/webhooks")
        .await
        .is(200)
        .says("Nenhuma configuração de webhook ainda");
    panel.get("/panel/webhooks/0").await.is(404);
    let body = json!({
        "name": "\u{202e}<b>", "url": "http://127.0.0.1:9/x", "events": [{ "name": "myeduzz.invoice_paid" }],
    });
    let made = panel
        .call(Method::POST, "/webhook/v1/subscription", &body.to_string())
        .await;
    let id = made.is(200).json()["id"].as_str().unwrap().to_owned();
    let page = panel.get("/panel/webhooks").await.is(200).says(&id);
    assert!(!page.body.contains('\u{202e}') && !page.body.contains("<b>"));
    let shown = panel
        .submit(&[("action", "sample"), ("id", &id), ("back", "/panel/webhooks")])
        .await;
    shown.says("A entrega entrou na fila").says("id=\"d0\"");
    let due = panel.control.deliveries().due();
    let answer = eduzz_sandbox::ReceiverAnswer::status(500);
    panel.control.deliveries().answered(&due[0], answer);
    let page = panel.get("/panel/webhooks/0").await.is(200);
    assert!(page.body.contains(">500<") && page.body.contains("myeduzz.invoice_paid"));
    assert!(!page.body.contains("originsecrettest"), "secrets are masked");
    panel
        .submit(&[("action", "break"), ("count", "3"), ("back", "/panel/webhooks")])
        .await
        .says("Ainda vão falhar");
    assert_eq!(panel.control.deliveries().broken_left(), 3);

    let state = panel.get("/panel/state.json?deliveries=1").await.is(200).json();
    assert_eq!(state["brokenLeft"], 3);
    assert_eq!(state["subscriptions"][0]["id"], id);
    assert_eq!(state["deliveries"][0]["state"], "given-up");
    assert_eq!(state["deliveries"][0]["attempts"][0]["status"], 500);
    let none = panel.get("/panel/state.json?deliveries=0").await.is(200).json();
    assert_eq!(none["deliveries"], json!([]));
}

#[tokio::test]
async fn notices_say_what_was_done_with_the_words_of_the_language() {
    let panel = Panel::new();
    let url = [
        ("action", "add-return-url"),
        ("url", "http://127.0.0.1:3000/retorno"),
    ];
    let page = panel.submit(&url).await.says("URL de retorno cadastrada.");
    let app = &panel.config.apps[0].client_id;
    assert!(!page.body.split("class=\"notice\"").nth(1).unwrap()[..120].contains(app));
    panel
        .submit(&[("action", "sell"), ("kind", "card")])
        .await
        .says("paga (<code>paid</code>)");
    for (change, told) in [
        ("charge-back", "chargeback aberto (<code>paid</code>)"),
        ("win-chargeback", "chargeback ganho (<code>paid</code>)"),
    ] {
        panel
            .submit(&[("action", "sale"), ("change", change)])
            .await
            .says(told);
    }
    let row = panel.newest_row().await;
    assert!(
        row.contains("nenhuma ação") && row.contains("o chargeback já foi decidido"),
        "{row}"
    );
    panel
        .submit(&[("action", "break"), ("count", "3")])
        .await
        .says("As próximas 3 tentativas de entrega vão falhar.");
    panel
        .submit(&[("action", "break"), ("count", "1")])
        .await
        .says("A próxima tentativa de entrega vai falhar.");
    panel
        .submit(&[("action", "revoke-tokens")])
        .await
        .says("1 token revogado.");
    let told = panel
        .act(&json!({ "action": "sell", "unpaid": true }))
        .await
        .is(200)
        .json();
    assert_eq!(
        told["outcomes"][0]["pt"],
        "aguardando pagamento (`waitingPayment`)"
    );
    assert_eq!(
        told["outcomes"][0]["en"],
        "waiting for payment (`waitingPayment`)"
    );
}

#[tokio::test]
async fn amount_that_is_not_the_price_is_explained() {
    let panel = Panel::new();
    for (kind, part) in [("installments", "de juros"), ("coupon", "de desconto")] {
        panel.submit(&[("action", "sell"), ("kind", kind)]).await;
        let row = panel.newest_row().await;
        assert!(row.contains(part), "{kind}: {row}");
    }
    let page = panel.get("/panel/shop").await.is(200);
    let rows = page.body.split("<tr id=\"s").skip(1);
    let plain = rows.filter(|row| !row.contains(" cupom ") && !row.contains("×"));
    for row in plain.clone() {
        assert!(!row.contains("preço"), "{row}");
    }
    assert!(plain.count() > 0);
}

#[tokio::test]
async fn reason_of_a_failed_delivery_is_in_the_language_of_the_page() {
    let panel = Panel::with(|config| config.webhooks.sender = Sender::ByHand);
    let body = json!({
        "name": "x", "url": "http://127.0.0.1:9/x", "events": [{ "name": "myeduzz.invoice_paid" }],
    });
    panel
        .call(Method::POST, "/webhook/v1/subscription", &body.to_string())
        .await
        .is(200);
    for (number, (reason, pt, en)) in [
        (
            "no connection: receivers are down on purpose",
            "sem conexão: falha simulada",
            "no connection: a simulated failure",
        ),
        (
            "no connection: Connection refused (os error 111)",
            "conexão recusada: nenhum programa escuta neste endereço",
            "connection refused: no program listens at this address",
        ),
        (
            "no answer within 5 s",
            "sem resposta em 5 s",
            "no answer within 5 s",
        ),
        ("my own: words", "my own: words", "my own: words"),
    ]
    .into_iter()
    .enumerate()
    {
        panel.submit(&[("action", "sample")]).await;
        let due = panel.control.deliveries().due();
        let answer = eduzz_sandbox::ReceiverAnswer::none(reason);
        panel.control.deliveries().answered(
            due.iter().find(|attempt| attempt.event != "ping").unwrap(),
            answer,
        );
        let page = format!("/panel/webhooks/{number}");
        panel.get(&page).await.is(200).says(pt);
        panel.get(&format!("{page}?lang=en")).await.is(200).says(en);
        let state = panel.get("/panel/state.json?deliveries=1").await.is(200).json();
        let attempt = &state["deliveries"][0]["attempts"][0];
        assert_eq!(attempt["reason"], reason);
        assert_eq!(
            (&attempt["why"]["pt"], &attempt["why"]["en"]),
            (&json!(pt), &json!(en))
        );
        assert_eq!(state["deliveries"][0]["stateName"]["en"], "given up");
    }
}

#[tokio::test]
async fn unknown_address_of_the_panel_is_a_page_for_a_browser() {
    let panel = Panel::new();
    let browser = [("accept", "text/html,application/xhtml+xml,*/*;q=0.8")];
    for path in ["/panel", "/panel/nada", "/panel/shop/7", "/panel/requests/1/2"] {
        let page = panel.send(Method::GET, path, &browser, "").await.is(404);
        page.says("Esta página não existe");
        let program = panel.get(path).await.is(404).json();
        assert!(program.is_object(), "{path}: {program}");
    }
    let english = panel.send(Method::GET, "/panel/nada?lang=en", &browser, "").await;
    english.is(404).says("There is no such page");
}
