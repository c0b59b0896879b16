//! Calls that change the shop, and their refusals.

use std::time::Duration;

use http::Method;
use serde_json::{Value, json};

use crate::client::{Client, text};

async fn find(client: &Client, holds: impl Fn(&Value) -> bool) -> String {
    let all = client.subscriptions().await;
    text(&all.iter().find(|row| holds(row)).expect("a subscription")["id"]).to_owned()
}

/// Sends each body, and expects the status.
async fn answers(client: &Client, method: Method, path: &str, status: u16, bodies: &[Value]) {
    for body in bodies {
        let answer = client.send(method.clone(), path, Some(body)).await;
        assert_eq!(answer.status.as_u16(), status, "{body}: {}", answer.body);
    }
}

async fn get(client: &Client, id: &str) -> Value {
    client.json(&format!("/myeduzz/v1/subscriptions/{id}")).await
}

const BULK: &str = "/myeduzz/v1/subscriptions/bulk-cancel";

#[tokio::test]
async fn bulk_cancel_then_reactivate_restores_the_subscription() {
    let client = Client::new();
    let owner = client.config.people[0].name.clone();
    let one = find(&client, |row| row["status"] == "upToDate").await;
    let two = find(&client, |row| row["status"] == "late").await;
    let has_open_invoices = async |id: &str| {
        let list = format!("/myeduzz/v1/subscriptions/{id}/invoices");
        let invoices = client.all(&list).await;
        invoices.iter().any(|invoice| invoice["status"] == "open")
    };
    assert!(has_open_invoices(&two).await);
    let before = get(&client, &two).await;
    client.config.clock.advance(Duration::from_secs(90));
    let body = json!({ "subscriptions": [one, two], "cancelReason": "Mudou de cidade" });
    let answer = client.post(BULK, &body).await.is(202);
    assert_eq!(answer.message(), "Cancelamento recebido, em processamento.");
    for id in [&one, &two] {
        let now = get(&client, id).await;
        assert_eq!(now["status"], "canceled");
        assert_eq!(now["interruption"]["reason"], "Mudou de cidade");
        assert_eq!(now["interruption"]["responsible"], owner);
        assert_eq!(now["updatedAt"], "2026-11-02T12:01:30.000Z");
        let next_due = &now["recurrence"]["nextDueDate"];
        assert_eq!(now["interruption"]["removeAccessDate"], *next_due);
        assert!(!has_open_invoices(id).await);
    }
    let now = get(&client, &two).await;
    assert_eq!(now["interruption"]["previousStatus"], before["status"]);
    // Once more changes nothing.
    client.post(BULK, &body).await.is(202);
    assert_eq!(get(&client, &two).await, now);
    // The list of changed subscriptions has it.
    let today = "startDate=2026-11-02&endDate=2026-11-02&filterBy=update";
    let changed = client.all(&format!("/myeduzz/v1/subscriptions?{today}")).await;
    assert!(changed.iter().any(|row| row["id"] == *two));

    let path = format!("/myeduzz/v1/subscriptions/{two}/reactivate");
    let answer = client.send(Method::POST, &path, None).await.is(200);
    assert_eq!(answer.message(), "Reativação recebida, em processamento.");
    let back = get(&client, &two).await;
    assert!(back["status"] == "upToDate" && back["interruption"].is_null());
    assert!(text(&back["recurrence"]["nextDueDate"]) > "2026-11-02");
    let again = client.send(Method::POST, &path, None).await.is(409);
    let expected = json!({ "message": "The subscription is not canceled." });
    assert_eq!(again.json(), expected);
}

#[tokio::test]
async fn bulk_cancel_with_an_unknown_id_changes_nothing() {
    let client = Client::new();
    let one = find(&client, |row| row["status"] == "upToDate").await;
    let before = get(&client, &one).await;
    let body = json!({ "subscriptions": [one, "1"], "cancelReason": "x" });
    let answers = async |status, bodies: &[Value]| answers(&client, Method::POST, BULK, status, bodies).await;
    answers(404, &[body]).await;
    assert_eq!(get(&client, &one).await, before);
    let invalid = [
        json!({}),
        json!({ "subscriptions": [], "cancelReason": "x" }),
        json!({ "subscriptions": one, "cancelReason": "x" }),
        json!({ "subscriptions": [one, null], "cancelReason": "x" }),
        json!({ "subscriptions": [one] }),
        json!({ "subscriptions": [one], "cancelReason": 7 }),
    ];
    answers(422, &invalid).await;
    answers(400, &[json!([]), json!("x"), json!(null)]).await;
    assert_eq!(get(&client, &one).await, before);
}

#[tokio::test]
async fn recurring_date_moves_the_next_charge() {
    let client = Client::new();
    let alive = find(&client, |row| row["status"] == "upToDate").await;
    let path = format!("/myeduzz/v1/subscriptions/{alive}/recurring-date");
    for day in ["1", "5", "10", "15", "20", "25"] {
        let body = json!({ "dueDateDay": day, "motive": "Negociação comercial" });
        let answer = client.put(&path, &body).await.is(200);
        assert_eq!(answer.json()["message"], "Pedido de mudança enviado.");
        let due = get(&client, &alive).await["recurrence"]["nextDueDate"].clone();
        assert_eq!(text(&due)[8..10].trim_start_matches('0'), day);
        assert!(text(&due) > "2026-11-02");
    }
    let before = get(&client, &alive).await;
    let invalid = [
        json!({ "dueDateDay": "7", "motive": "Negociação comercial" }),
        json!({ "dueDateDay": 5, "motive": "Negociação comercial" }),
        json!({ "dueDateDay": "5", "motive": "negociação comercial" }),
        json!({ "dueDateDay": "5" }),
        json!({ "motive": "Negociação comercial" }),
    ];
    answers(&client, Method::PUT, &path, 422, &invalid).await;
    assert_eq!(get(&client, &alive).await, before);
    let body = json!({ "dueDateDay": "5", "motive": "Negociação comercial" });
    let ended = find(&client, |row| row["status"] == "canceled").await;
    for (id, status) in [(ended.as_str(), 409), ("1", 404), ("x", 404)] {
        let path = format!("/myeduzz/v1/subscriptions/{id}/recurring-date");
        answers(&client, Method::PUT, &path, status, std::slice::from_ref(&body)).await;
    }
}

#[tokio::test]
async fn card_change_email_is_recorded() {
    let client = Client::new();
    let paid_by =
        |method| move |row: &Value| row["status"] == "upToDate" && row["payment"]["method"] == method;
    let by_card = find(&client, paid_by("creditCard")).await;
    let by_pix = find(&client, paid_by("pix")).await;
    let path = |id: &str| format!("/myeduzz/v1/subscriptions/{id}/send-card-change-email");
    for _ in 0..2 {
        let answer = client.send(Method::PUT, &path(&by_card), None).await.is(202);
        assert_eq!(answer.json(), json!({})); // Q54
    }
    client.send(Method::PUT, &path(&by_pix), None).await.is(409);
    client.send(Method::PUT, &path("1"), None).await.is(404);
    assert_eq!(client.control.card_change_emails(), [by_card.clone(), by_card]);
}

#[tokio::test]
async fn fiscal_document_changes_its_status() {
    let client = Client::new();
    for (kind, other) in [("buyer", "affiliate"), ("affiliate", "buyer")] {
        let list = format!("/myeduzz/v1/financial/{kind}/fiscal-documents");
        let id = text(&client.json(&list).await["items"][0]["document"]["id"]).to_owned();
        let path = format!("{list}/{id}/change-status");
        let answers = async |path: &str, status, bodies: &[Value]| {
            answers(&client, Method::PATCH, path, status, bodies).await;
        };
        for (status, label) in [
            ("new", "Novo"),
            ("pending", "Pendente"),
            ("waitingDocument", "Aguardando documento"),
            ("canceled", "Cancelado"),
            ("processed", "Processado"),
            ("approved", "Aprovado"),
            ("fileGenerated", "Arquivo gerado"),
            ("processing", "Processando"),
            ("deleted", "Excluído"),
        ] {
            let body = json!({ "status": status });
            answers(&path, 200, std::slice::from_ref(&body)).await;
            let again = client.patch(&path, &body).await;
            assert_eq!(again.is(200).json(), json!({ "updated": false }));
            assert_eq!(client.json(&list).await["items"][0]["document"]["status"], label); // Q49
        }
        let body = json!({ "status": "new" });
        let answer = client.patch(&path, &body).await;
        assert_eq!(answer.is(200).json(), json!({ "updated": true }));
        let invalid = [json!({ "status": "Pendente" }), json!({}), json!({ "status": 1 })];
        answers(&path, 422, &invalid).await;
        // A document of one kind is unknown among the other.
        let other = format!("/myeduzz/v1/financial/{other}/fiscal-documents/{id}/change-status");
        for missing in [
            format!("{list}/1/change-status"),
            format!("{list}/x/change-status"),
            other,
        ] {
            answers(&missing, 404, std::slice::from_ref(&body)).await;
        }
    }
}

#[tokio::test]
async fn cart_has_a_payment_page() {
    let client = Client::new();
    let products = client.all("/myeduzz/v1/products").await;
    let (one, two) = (&products[0], &products[1]);
    let cart = json!({
        "orderId": "PED-77",
        "postbackUrl": "https://shop.example.com/hooks",
        "shippingValue": 10,
        "items": [
            { "productId": one["id"], "description": "Planner <b>impresso</b>", "quantity": 2, "price": { "value": 1059.9 } },
            { "productId": two["id"], "description": "Curso", "quantity": 1 },
        ],
        "customer": { "email": "ana@example.com", "address": { "postalCode": "00000000" } },
    });
    let answer = client.post("/sun/v1/cart", &cart).await.is(201).json();
    for name in ["orderId", "customer"] {
        assert_eq!(answer[name], cart[name]);
    }
    assert!(answer.get("shippingValue").is_none()); // Q40
    let price = json!({ "value": 1059.9, "currency": "BRL" });
    assert_eq!(answer["items"][0]["price"], price);
    assert_eq!(answer["items"][1]["price"], two["payment"]["price"]);
    let (key, id) = (text(&answer["key"]), text(&answer["id"]));
    assert_eq!(key.len(), 32);
    let url = format!("http://127.0.0.1/c_{key}?contentId={id}");
    assert_eq!(answer["paymentUrl"], url);
    let page = client.get(&format!("/c_{key}?contentId={id}")).await.is(200);
    let page = page.says("Planner &lt;b&gt;impresso&lt;/b&gt;");
    let page = page.says("R$ 1.059,90").says("sandbox");
    assert!(page.headers.contains_key("content-security-policy"));
    client.get("/c_nothing").await.is(404);
    // Twice is two carts.
    let again = client.post("/sun/v1/cart", &cart).await.json();
    assert_ne!(again["key"], answer["key"]);
}

#[tokio::test]
async fn invalid_cart_is_refused() {
    let client = Client::new();
    let product = client.json("/myeduzz/v1/products").await["items"][0]["id"].clone();
    let item = json!({ "productId": product, "description": "x", "quantity": 1 });
    let good = json!({ "orderId": "1", "postbackUrl": "https://shop.example.com", "items": [item] });
    client.post("/sun/v1/cart", &good).await.is(201);
    for (pointer, value) in [
        ("/orderId", Value::Null),
        ("/postbackUrl", json!("")),
        ("/items", json!([])),
        ("/items", Value::Null),
        ("/items/0/description", Value::Null),
        ("/items/0/quantity", json!(0)),
        ("/items/0/quantity", json!(1.5)),
        ("/items/0/quantity", json!("1")),
        ("/items/0/price", json!({ "value": 1.001 })),
        ("/items/0/price", json!({ "value": -1 })),
        ("/items/0/price", json!({ "value": 1e300 })),
        ("/items/0/price", json!({ "value": 1, "currency": "USD" })),
    ] {
        let mut cart = good.clone();
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        cart.pointer_mut(parent).unwrap()[name] = value;
        client.post("/sun/v1/cart", &cart).await.is(422);
    }
    let mut cart = good.clone();
    cart["items"][0]["productId"] = json!("1");
    let answer = client.post("/sun/v1/cart", &cart).await.is(404);
    assert_eq!(answer.json()["code"], "SANDBOX_404");
}
