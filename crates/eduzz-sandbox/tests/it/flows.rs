//! Flows of the programs that field reports know, written from the facts: how they sign in, list,
//! synchronize, sell and receive. Only plain HTTP; the SDK is not used.

mod sign_in;

use std::collections::HashSet;

use eduzz_sandbox::{Attempt, Person, ReceiverAnswer, SaleAction, Sender};
use eduzz_types::myeduzz::PaymentMethod;
use http::Method;
use serde_json::{Value, json};

use crate::browser::{Browser, JSON, exchange_fields, json as json_of};
use crate::client::{ALWAYS, Client, cents, text};

const RETURN: &str = eduzz_sandbox::DEFAULT_RETURN_URL;
const RECEIVER: &str = "http://127.0.0.1:9/webhooks/eduzz";

/// A program whose deliveries the test carries.
fn program() -> Client {
    Client::with(|config| config.webhooks.sender = Sender::ByHand)
}

/// The person approves the authorize call with these parameters; gives the code.
async fn approved(browser: &mut Browser, fields: &[(&str, &str)], person: &Person) -> String {
    browser.cookie = None;
    let chooser = browser.authorize(fields).await.is(200);
    let consent = browser.choose(&chooser, &person.account_id).await.is(200);
    let back = browser.answer(&consent, "approve").await.is(303);
    assert_eq!(back.returned("state").as_deref(), Some("xyz"));
    back.returned("code").unwrap()
}

/// The documented parameters of the authorize call.
fn documented(client_id: &str) -> [(&str, &str); 4] {
    [
        ("client_id", client_id),
        ("responseType", "code"),
        ("redirectTo", RETURN),
        ("state", "xyz"),
    ]
}

/// The program with the token that a person gave to the first application.
async fn signed_in(client: &Client, person: &Person) -> Client {
    let mut browser = client.browser();
    let app = browser.live();
    let code = approved(&mut browser, &documented(&app.client_id), person).await;
    let fields = json_of(&exchange_fields(&app, &code));
    let token = browser.exchange(Some(JSON), fields).await.is(200).json();
    client.with_token(text(&token["access_token"]))
}

/// Subscribes to events, activates with a ping, and gives the id.
async fn subscribed(client: &Client, events: &[&str]) -> String {
    let events: Vec<Value> = events.iter().map(|name| json!({ "name": name })).collect();
    let body = json!({ "name": "Integração", "url": RECEIVER, "events": events });
    let made = client
        .post("/webhook/v1/subscription", &body)
        .await
        .is(200)
        .json();
    assert_eq!(made["status"], "disabled");
    let id = text(&made["id"]).to_owned();
    let path = format!("/webhook/v1/subscription/{id}/status");
    let active = json!({ "status": "active" });
    let deliveries = client.control.deliveries();
    let ping = async {
        let due = deliveries.next_due().await;
        let [ping] = due.as_slice() else {
            panic!("{}", due.len())
        };
        assert_eq!(ping.event, "ping");
        deliveries.answered(ping, ReceiverAnswer::status(200));
    };
    let (activated, ()) = tokio::join!(client.post(&path, &active), ping);
    assert_eq!(activated.is(200).json()["status"], "active");
    id
}

/// The attempts that are due, answered with 200.
fn carried(client: &Client) -> Vec<Attempt> {
    let deliveries = client.control.deliveries();
    let mut all = Vec::new();
    loop {
        let due = deliveries.due();
        if due.is_empty() {
            return all;
        }
        for attempt in &due {
            deliveries.answered(attempt, ReceiverAnswer::status(200));
        }
        all.extend(due);
    }
}

/// The bodies of the deliveries that are due.
fn received(client: &Client) -> Vec<Value> {
    let bodies = carried(client).into_iter();
    bodies
        .map(|attempt| serde_json::from_slice(&attempt.body).unwrap())
        .collect()
}

/// The data of a dozen of paid invoices, which have every kind.
async fn dozen() -> (Client, Vec<Value>) {
    let client = program();
    subscribed(&client, &["myeduzz.invoice_paid"]).await;
    assert_eq!(client.control.sell(12).len(), 12);
    let data: Vec<Value> = received(&client)
        .into_iter()
        .map(|mut body| body["data"].take())
        .collect();
    assert_eq!(data.len(), 12);
    (client, data)
}

fn list(rows: &Value) -> &[Value] {
    rows.as_array().unwrap_or_else(|| panic!("{rows} is no list"))
}

// 6 (Q8)
#[tokio::test]
async fn list_by_limit_has_ten_rows() {
    let client = program();
    let page = client
        .json(&format!("/myeduzz/v1/sales?{ALWAYS}&limit=100&offset=20"))
        .await;
    assert_eq!((list(&page["items"]).len(), &page["page"]), (10, &json!(1)));
    assert_eq!(page["itemsPerPage"], 10);
}

// 7
#[tokio::test]
async fn list_by_items_per_page_has_every_sale_once() {
    let client = program();
    let (mut seen, mut page) = (HashSet::new(), 1);
    loop {
        let path = format!("/myeduzz/v1/sales?{ALWAYS}&itemsPerPage=50&page={page}");
        let answer = client.json(&path).await;
        for sale in list(&answer["items"]) {
            assert!(seen.insert(text(&sale["id"]).to_owned()));
        }
        if answer["pages"] == page {
            assert_eq!(answer["totalItems"], seen.len());
            break;
        }
        page += 1;
    }
    assert!(page > 10, "{page}");
}

// 8 (Q18)
#[tokio::test]
async fn sync_by_update_date_finds_a_refund_of_an_old_sale() {
    let client = program();
    let today = "startDate=2026-11-02&endDate=2026-11-02";
    let changed = async |reference: &str| {
        let path = format!("/myeduzz/v1/sales?{today}&referenceDate={reference}");
        let rows = client.all(&path).await.into_iter();
        rows.map(|sale| text(&sale["id"]).to_owned())
            .collect::<HashSet<_>>()
    };
    let old = client
        .all("/myeduzz/v1/sales?startDate=2026-09-01&endDate=2026-09-30&status=paid")
        .await;
    let old = old.iter().find(|sale| sale["refund"].is_null()).unwrap();
    let id = text(&old["id"]);
    assert!(!changed("updatedAt").await.contains(id));
    client.control.apply(id, SaleAction::Refund).unwrap();
    assert!(changed("updatedAt").await.contains(id));
    assert!(!changed("createdAt").await.contains(id));
    let sale = client.json(&format!("/myeduzz/v1/sales/{id}")).await;
    assert_eq!(
        (&sale["status"], cents(&sale["netGain"])),
        (&json!("refunded"), 0)
    );
}

// 9 (Q13)
#[tokio::test]
async fn statement_of_23_months_is_an_empty_success() {
    let client = program();
    let ask = async |days: &str| {
        client
            .all(&format!("/myeduzz/v2/financial/statement?{days}"))
            .await
    };
    assert!(ask("startDate=2025-01-01&endDate=2026-11-30").await.is_empty());
    let mut all = ask("startDate=2025-01-01&endDate=2025-12-31").await;
    all.extend(ask("startDate=2026-01-01&endDate=2026-11-30").await);
    assert!(all.len() > 500, "{}", all.len());
}

// 10
#[tokio::test]
async fn cart_is_made_and_paid() {
    let client = program();
    subscribed(&client, &["myeduzz.invoice_opened", "myeduzz.invoice_paid"]).await;
    let products = client.all("/myeduzz/v1/products").await;
    let (one, two) = (&products[1], &products[3]);
    let cart = json!({
        "orderId": "PED-77",
        "postbackUrl": "https://loja.example.com/eduzz",
        "items": [
            { "productId": one["id"], "description": "Dois", "quantity": 2, "price": { "value": 19.9 } },
            { "productId": two["id"], "description": "Um", "quantity": 1, "price": { "value": 5 } },
        ],
        "customer": { "name": "Ana Prado", "email": "ana@example.com", "document": "00000000191" },
    });
    let made = client.post("/sun/v1/cart", &cart).await.is(201).json();
    let id = text(&made["id"]);
    let page = text(&made["paymentUrl"])
        .trim_start_matches("http://127.0.0.1")
        .to_owned();
    client.get(&page).await.is(200).says("Pagar");

    let sale = client.control.order_cart(id).unwrap();
    assert!(client.control.order_cart(id).is_err() && client.control.abandon_cart(id).is_err());
    let path = format!("/myeduzz/v1/sales/{sale}");
    assert_eq!(client.json(&path).await["status"], "waitingPayment");
    client.control.apply(&sale, SaleAction::Pay).unwrap();
    let paid = client.json(&path).await;
    assert_eq!((&paid["status"], cents(&paid["total"])), (&json!("paid"), 4_480));
    assert_eq!(paid["buyer"]["email"], "ana@example.com");
    assert_eq!(paid["items"][0]["quantity"], 2);
    let told = received(&client);
    let names: Vec<&str> = told.iter().map(|body| text(&body["event"])).collect();
    assert_eq!(names, ["myeduzz.invoice_opened", "myeduzz.invoice_paid"]);
    assert_eq!(told[1]["data"]["totalItems"], 2);

    // The same by the button of the payment page, once.
    let made = client.post("/sun/v1/cart", &cart).await.is(201).json();
    let page = format!("/c_{}", text(&made["key"]));
    client
        .send(Method::POST, &page, None)
        .await
        .is(200)
        .says("Pedido");
    client
        .send(Method::POST, &page, None)
        .await
        .is(200)
        .says("Pedido");
    assert_eq!(received(&client).len(), 2);
    let customer = client.json("/myeduzz/v1/customers/ana%40example.com").await;
    assert_eq!(customer["name"], "Ana Prado");
}

// 11
#[tokio::test]
async fn subscription_of_a_webhook_from_create_to_first_delivery() {
    let client = program();
    let id = subscribed(&client, &["myeduzz.invoice_paid"]).await;
    let listed = client.json("/webhook/v1/subscription").await;
    assert_eq!(listed[0]["id"], id);
    let secret = client.json("/webhook/v1/secret").await;
    let secret = eduzz_types::webhook::WebhookSecret::new(text(&secret["secret"]));
    let key = eduzz_webhook::Key::new(&secret).unwrap();
    let sold = client.control.sell(1);
    let first = carried(&client);
    let [first] = first.as_slice() else {
        panic!("{}", first.len())
    };
    assert_eq!(first.signature, key.sign(&first.body).to_string());
    let body: Value = serde_json::from_slice(&first.body).unwrap();
    assert_eq!(body["event"], "myeduzz.invoice_paid");
    assert_eq!(body["data"]["id"], sold[0]);
}

#[tokio::test]
async fn sample_of_an_invoice_is_told_by_its_origin_secret() {
    let client = program();
    let id = subscribed(&client, &["myeduzz.invoice_paid"]).await;
    let ask = json!({ "subscriptionId": id, "event": "myeduzz.invoice_paid" });
    let deliveries = client.control.deliveries();
    let carried = async {
        let due = deliveries.next_due().await;
        deliveries.answered(&due[0], ReceiverAnswer::status(200));
        due
    };
    let (answer, due) = tokio::join!(client.post("/webhook/v1/subscription/sample", &ask), carried);
    answer.is(200);
    let secret = |attempt: &Attempt| {
        let body: Value = serde_json::from_slice(&attempt.body).unwrap();
        text(&body["data"]["producer"]["originSecret"]).to_owned()
    };
    assert_eq!(secret(&due[0]), "originsecrettest");
    client.control.sell(1);
    assert_ne!(secret(&self::carried(&client)[0]), "originsecrettest");
}

// 12 (Q158)
#[tokio::test]
async fn receiver_finds_what_was_paid_in_the_price() {
    let (_, dozen) = dozen().await;
    let (mut more, mut less) = (0, 0);
    for data in &dozen {
        let (price, paid) = (cents(&data["price"]), cents(&data["price"]["paid"]));
        assert_eq!(cents(&data["paid"]), paid);
        more += usize::from(paid > price);
        less += usize::from(paid < price);
    }
    // The interest of instalments, and coupons.
    assert!(more >= 2 && less >= 1, "{more} {less}");
}

// 13 (Q177)
#[tokio::test]
async fn receiver_finds_tracker_codes() {
    let (client, dozen) = dozen().await;
    let tracked: Vec<&Value> = dozen
        .iter()
        .filter(|data| data["tracker"]["code1"].is_string())
        .collect();
    assert!(!tracked.is_empty() && tracked.len() < dozen.len());
    for data in tracked {
        let sale = client
            .json(&format!("/myeduzz/v1/sales/{}", text(&data["id"])))
            .await;
        for (told, listed) in [("code1", "tracker"), ("code2", "tracker2"), ("code3", "tracker3")] {
            assert_eq!(data["tracker"][told], sale[listed]);
        }
    }
}

// 14 (Q164, Q169)
#[tokio::test]
async fn receiver_sums_several_items_of_one_invoice() {
    let (client, dozen) = dozen().await;
    let (mut with_parent, mut coupons, mut countries) = (0, 0, HashSet::new());
    for data in &dozen {
        let items = list(&data["items"]);
        let sum: i64 = items.iter().map(|item| cents(&item["price"])).sum();
        assert_eq!(sum, cents(&data["price"]));
        let main = items.iter().find(|item| item["parentId"].is_null()).unwrap();
        for item in items.iter().filter(|item| item["parentId"].is_string()) {
            assert_eq!(item["parentId"], main["productId"]);
            assert_eq!(data["orderBump"]["has"], true);
            with_parent += 1;
        }
        coupons += items.iter().filter(|item| item["coupon"].is_object()).count();
        countries.insert(data["buyer"]["address"]["country"].clone());
    }
    assert!(with_parent >= 2, "{with_parent}");
    assert!((2..12).contains(&coupons), "{coupons}");
    // All four spellings, in enough of them (Q171).
    client.control.sell(60);
    for body in received(&client) {
        countries.insert(body["data"]["buyer"]["address"]["country"].clone());
    }
    assert_eq!(countries.len(), 4, "{countries:?}");
}

// 15
#[tokio::test]
async fn receiver_finds_the_charges_of_a_contract() {
    let client = program();
    subscribed(
        &client,
        &[
            "myeduzz.contract_created",
            "myeduzz.invoice_paid",
            "myeduzz.contract_updated",
        ],
    )
    .await;
    let contract = client.control.subscribe().unwrap();
    client.control.charge(&contract, true).unwrap();
    let told = received(&client);
    let created = told
        .iter()
        .find(|body| body["event"] == "myeduzz.contract_created")
        .unwrap();
    let recurrence = &created["data"]["contract"]["recurrence"];
    assert_eq!(recurrence["charges"], json!({ "total": 1, "current": 1 }));
    let of_it = |body: &&Value| body["data"]["contract"]["id"] == contract.as_str();
    let paid: Vec<&Value> = told
        .iter()
        .filter(|body| body["event"] == "myeduzz.invoice_paid")
        .collect();
    assert_eq!((paid.len(), paid.iter().copied().filter(of_it).count()), (2, 2));
    let listed = client
        .json(&format!("/myeduzz/v1/subscriptions/{contract}"))
        .await;
    assert_eq!(
        (&listed["charges"]["current"], &listed["charges"]["paid"]),
        (&json!(2), &json!(2))
    );
    // A dozen of new sales begins one, too.
    client.control.sell(12);
    let begun = received(&client)
        .iter()
        .filter(|body| body["event"] == "myeduzz.contract_created")
        .count();
    assert_eq!(begun, 1);
}

// 16
#[tokio::test]
async fn list_has_affiliates_and_partners() {
    let (client, dozen) = dozen().await;
    let affiliated = dozen.iter().find(|data| data["affiliate"].is_object()).unwrap();
    let id = text(&affiliated["affiliate"]["id"]);
    let listed = client
        .all(&format!("/myeduzz/v1/sales?{ALWAYS}&affiliateId={id}"))
        .await;
    let row = listed.iter().find(|sale| sale["id"] == affiliated["id"]).unwrap();
    assert_eq!(row["affiliate"]["id"], id);
    assert!(cents(&row["affiliatesGain"]) > 0);
    let has_partner = |data: &&Value| {
        list(&data["items"])
            .iter()
            .any(|item| item["partnerId"].is_string())
    };
    let partnered = dozen.iter().find(has_partner).unwrap();
    let sale = client
        .json(&format!("/myeduzz/v1/sales/{}", text(&partnered["id"])))
        .await;
    assert!(list(&sale["partners"]).len() == 1 && cents(&sale["partnersGain"]) > 0);
}

// 17
#[tokio::test]
async fn bank_slip_is_open_with_a_link_and_then_paid_or_expired() {
    let client = program();
    for (action, status) in [(SaleAction::Pay, "paid"), (SaleAction::Expire, "expired")] {
        let id = client.control.order_by(PaymentMethod::Bankslip).unwrap();
        let page = client
            .json(&format!("/myeduzz/v1/sales?{ALWAYS}&itemsPerPage=1"))
            .await;
        let open = &page["items"][0];
        assert_eq!(
            (text(&open["id"]), text(&open["paymentMethod"])),
            (&*id, "bankslip")
        );
        assert!(text(&open["payment"]["link"]).starts_with("https://"));
        client.control.apply(&id, action).unwrap();
        let ended = client.json(&format!("/myeduzz/v1/sales/{id}")).await;
        assert_eq!(
            (&ended["status"], &ended["payment"]["link"]),
            (&json!(status), &Value::Null)
        );
    }
}

// 18 (Q24)
#[tokio::test]
async fn two_accounts_have_two_shops() {
    let client = program();
    let people = client.config.people.clone();
    let (helena, jurema) = (
        signed_in(&client, &people[0]).await,
        signed_in(&client, &people[2]).await,
    );
    let theirs = jurema.control.of_account(&people[2].account_id).unwrap();
    for path in ["customers", "products", "affiliates", "financial/transfers"] {
        let ids = async |of: &Client| {
            let rows = of.all(&format!("/myeduzz/v1/{path}")).await.into_iter();
            rows.map(|row| text(&row["id"]).to_owned())
                .collect::<HashSet<_>>()
        };
        let (one, other) = (ids(&helena).await, ids(&jurema).await);
        assert!(
            !one.is_empty() && !other.is_empty() && one.is_disjoint(&other),
            "{path}"
        );
    }
    let (one, other) = (helena.sales().await, jurema.sales().await);
    assert!(
        other.len() > 300
            && other
                .iter()
                .all(|sale| sale["producer"]["name"] == "Jurema Prado")
    );
    let ids: HashSet<&str> = one.iter().map(|sale| text(&sale["id"])).collect();
    assert!(other.iter().all(|sale| !ids.contains(text(&sale["id"]))));
    helena
        .get(&format!("/myeduzz/v1/sales/{}", text(&other[0]["id"])))
        .await
        .is(404);

    // Each sees its own subscriptions, and receives its own events.
    let hers = subscribed(&helena, &["myeduzz.invoice_paid"]).await;
    let other = subscribed(&jurema, &["myeduzz.invoice_paid"]).await;
    let listed = helena.json("/webhook/v1/subscription").await;
    assert_eq!((list(&listed).len(), text(&listed[0]["id"])), (1, &*hers));
    let path = format!("/webhook/v1/subscription/{other}");
    helena.send(Method::DELETE, &path, None).await.is(404);
    client.control.sell(1);
    theirs.sell(2);
    let mut to = [0, 0];
    for attempt in carried(&client) {
        let body: Value = serde_json::from_slice(&attempt.body).unwrap();
        let is_other = attempt.subscription == other;
        to[usize::from(is_other)] += 1;
        let owner = people[if is_other { 2 } else { 0 }].eduzz_id.to_string();
        assert_eq!(body["data"]["producer"]["id"], owner);
    }
    assert_eq!(to, [1, 2]);
}

// 19
#[tokio::test]
async fn revoked_token_gets_401_and_the_others_stay() {
    let client = program();
    let people = client.config.people.clone();
    let (helena, jurema) = (
        signed_in(&client, &people[0]).await,
        signed_in(&client, &people[2]).await,
    );
    assert_eq!(client.control.revoke_tokens(&people[2].account_id), 2);
    let refused = jurema.get("/accounts/v1/me").await.is(401).json();
    assert!(refused["error"].is_string(), "{refused}"); // Q16
    let personal = client.with_token(&people[2].personal_token);
    personal.get("/accounts/v1/me").await.is(401);
    helena.get("/accounts/v1/me").await.is(200);
    assert_eq!(client.control.revoke_tokens(&people[2].account_id), 0);
    // Another sign-in helps.
    let again = signed_in(&client, &people[2]).await;
    assert_eq!(again.json("/accounts/v1/me").await["name"], "Jurema Prado");
}
