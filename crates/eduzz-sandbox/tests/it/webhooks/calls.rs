//! The calls of webhooks: changes and refusals.

use eduzz_api::webhook::{
    CreateWebhookSubscription, DeleteWebhookSubscription, DeleteWebhookSubscriptionsByUrl, GetWebhookSample,
    GetWebhookSecret, ListWebhookOrigins, ListWebhookSubscriptions, SendWebhookSample,
    UpdateWebhookSubscription, WebhookFilter,
};
use eduzz_sandbox::ReceiverAnswer;
use eduzz_types::webhook::subscriptions::SubscriptionStatus;
use eduzz_webhook::{EVENTS, Event};
use http::StatusCode;
use serde_json::json;

use super::{ByHand, URL, set_status};
use crate::client::Client;

#[tokio::test]
async fn refused_ping_leaves_the_subscription_disabled() {
    let test = ByHand::new();
    let id = test.subscribe(&["myeduzz.invoice_paid"]).await;
    for answer in [
        ReceiverAnswer::status(500),
        ReceiverAnswer::status(302),
        ReceiverAnswer::status(199),
        ReceiverAnswer::none("no connection"),
    ] {
        let error = test.activate(&id, answer).await.unwrap_err();
        assert!(error.contains("422") && error.contains("ping"), "{error}");
        assert_eq!(test.status(&id).await, "disabled");
    }
    let active = test.activate(&id, ReceiverAnswer::status(201)).await.unwrap();
    assert_eq!(active.status, SubscriptionStatus::Active);
    assert_eq!(&*active.events[0].name, "myeduzz.invoice_paid");
    // An active subscription is not pinged again.
    let again = set_status(&test.client, &id, SubscriptionStatus::Active).await;
    assert_eq!(again.unwrap().status, SubscriptionStatus::Active);
    assert_eq!(test.deliveries.wake(), None);
    let disabled = set_status(&test.client, &id, SubscriptionStatus::Disabled).await;
    assert_eq!(disabled.unwrap().status, SubscriptionStatus::Disabled);
    test.sell(1);
    assert!(test.deliveries.due().is_empty());
}

#[tokio::test]
async fn subscription_is_changed_listed_and_deleted() {
    let test = ByHand::new();
    let id = test.active(&["myeduzz.invoice_paid"]).await;
    let change = async |url: &str| {
        let events = ["myeduzz.invoice_refunded", "sun.cart_abandonment"];
        let call = UpdateWebhookSubscription::new(&*id, "Outro nome", url, events);
        test.client.call(&call).await
    };
    let changed = change(URL).await.unwrap();
    // The address was tried.
    assert_eq!(changed.status, SubscriptionStatus::Active);
    assert_eq!(changed.name.as_deref(), Some("Outro nome"));
    test.sell(1);
    assert!(test.answer(200).is_empty(), "invoice_paid is not wanted any more");
    let moved = change("http://localhost:9/other").await.unwrap();
    // This one was not.
    assert_eq!(moved.status, SubscriptionStatus::Disabled);

    let other = test.subscribe(&["myeduzz.invoice_paid"]).await;
    let third = test.subscribe(&["myeduzz.invoice_paid"]).await;
    let listed = test.client.call(&ListWebhookSubscriptions::new()).await.unwrap();
    let ids: Vec<&str> = listed.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(ids, [&id, &other, &third]);
    assert_eq!(listed[0].events.len(), 2);

    let delete = DeleteWebhookSubscription::new(&*id);
    test.client.call(&delete).await.unwrap();
    let again = test.client.call(&delete).await;
    assert!(again.unwrap_err().contains("404"));
    assert!(change(URL).await.unwrap_err().contains("404"));
    for _ in 0..2 {
        let by_url = DeleteWebhookSubscriptionsByUrl::new(URL);
        test.client.call(&by_url).await.unwrap();
        assert_eq!(test.client.json("/webhook/v1/subscription").await, json!([]));
    }
}

#[tokio::test]
async fn filter_passes_events_with_one_of_its_values() {
    let test = ByHand::new();
    let products = test.client.all("/myeduzz/v1/products").await;
    let is_bought = |product: &&serde_json::Value| product["name"] == "Planilha do Orçamento";
    let bought = products.iter().find(is_bought).unwrap()["id"].as_str().unwrap();
    let create =
        CreateWebhookSubscription::new("Um produto", URL, ["myeduzz.invoice_paid", "nutror.lesson_rated"])
            .filter(WebhookFilter::new("productId", [bought, "1"]));
    let id = test.client.call(&create).await.unwrap().id.to_string();
    test.activate(&id, ReceiverAnswer::status(200)).await.unwrap();
    let sold = test.sell(60);
    let mut expected = 0;
    for sale in &sold {
        let sale = test.client.json(&format!("/myeduzz/v1/sales/{sale}")).await;
        let mut items = sale["items"].as_array().unwrap().iter();
        expected += usize::from(items.any(|item| item["productId"] == bought));
    }
    let came = test.told();
    for (_, data) in &came {
        let mut items = data["items"].as_array().unwrap().iter();
        assert!(items.any(|item| item["productId"] == bought));
    }
    assert!((1..60).contains(&expected), "{expected}");
    assert_eq!(came.len(), expected);
}

#[tokio::test]
async fn sample_is_sent_whatever_the_status() {
    let test = ByHand::new();
    let id = test.subscribe(&["myeduzz.invoice_paid"]).await;
    for (event, answer, code) in [
        ("myeduzz.invoice_paid", ReceiverAnswer::status(201), 201),
        ("alpaclass.student_created", ReceiverAnswer::status(410), 410),
        ("sun.cart_abandonment", ReceiverAnswer::none("nobody listens"), 0),
    ] {
        let call = SendWebhookSample::new(&*id, event);
        let carry = async {
            let sample = test.deliveries.next_due().await.remove(0);
            test.deliveries.answered(&sample, answer);
            sample
        };
        let (report, sample) = tokio::join!(test.client.call(&call), carry);
        let report = report.unwrap();
        assert_eq!((report.status_code, report.is_taken()), (Some(code), code == 201));
        let delivery = test.open(&sample).await;
        assert_eq!(delivery.name().unwrap().as_str(), event);
        let event = delivery.event();
        assert!(!matches!(event, Event::Unknown(_) | Event::Unusable(_)));
    }
    // There is no second attempt, and nothing of it changes the subscription.
    assert_eq!(test.deliveries.wake(), None);
    assert_eq!(test.status(&id).await, "disabled");
    for (id, event) in [("x", "myeduzz.invoice_paid"), (&*id, "myeduzz.invoice_stolen")] {
        let sample = test.client.call(&SendWebhookSample::new(id, event)).await;
        let error = sample.unwrap_err();
        assert!(error.contains("404") || error.contains("422"), "{error}");
    }
}

#[tokio::test]
async fn all_events_have_a_sample() {
    let client = Client::new();
    let origins = client.call(&ListWebhookOrigins::new()).await.unwrap();
    let mut names = vec![];
    for event in origins.iter().flat_map(|origin| &origin.events) {
        let sample = client.call(&GetWebhookSample::new(&*event.name)).await.unwrap();
        assert_eq!(sample.event, event.name);
        names.push(event.name.to_string());
    }
    assert_eq!(names, EVENTS);
    let none = client.call(&GetWebhookSample::new("myeduzz.nothing")).await;
    assert!(none.unwrap_err().contains("404"));
}

#[tokio::test]
async fn invalid_subscription_is_refused() {
    let client = Client::new();
    let whole = json!({ "name": "Vendas", "url": URL, "events": [{ "name": "myeduzz.invoice_paid" }] });
    let send = async |name: &str, value: serde_json::Value| {
        let mut body = whole.clone();
        body[name] = value;
        let target = "/webhook/v1/subscription";
        client.post(target, &body).await
    };
    for (name, value) in [
        ("name", json!(null)),
        ("name", json!(7)),
        ("url", json!(null)),
        ("url", json!("https://hooks.example.com/eduzz")),
        ("url", json!("http://10.0.0.7/eduzz")),
        ("events", json!([])),
        ("events", json!([{ "name": "myeduzz.invoice_stolen" }])),
        ("events", json!([7])),
        ("filters", json!([{ "metadata": "productId" }])),
        ("filters", json!("productId")),
        ("secretId", json!("other")),
    ] {
        let answer = send(name, value.clone()).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name} {value}");
    }
    let elsewhere = send("url", json!("https://hooks.example.com/eduzz")).await;
    assert!(elsewhere.message().contains("http://127.0.0.1:PORT/"));
    // Bare names are accepted too, as in a table of the older page; duplicates count once.
    let names = json!(["myeduzz.invoice_paid", { "name": "myeduzz.invoice_paid" }]);
    let made = send("events", names).await.is(200).json();
    let events = json!([{ "name": "myeduzz.invoice_paid", "conditions": [] }]);
    assert_eq!(made["events"], events);
    assert_eq!(made["status"], "disabled");
}

#[tokio::test]
async fn subscription_of_another_application_is_unknown() {
    let of_other = |has_scopes: bool| {
        let test = ByHand::with(|config| {
            config.apps[1].owner = config.people[1].account_id.clone();
            if has_scopes {
                config.apps[1].scopes = config.apps[0].scopes.clone();
            }
        });
        let mut other = test.client.clone();
        // The second application's owner has a token of that application alone.
        other.config.people.swap(0, 1);
        (test, other)
    };
    let (_, other) = of_other(false);
    let secret = other.call(&GetWebhookSecret::new()).await;
    assert!(secret.unwrap_err().contains("403"), "it lacks the scope");

    let (test, other) = of_other(true);
    let id = test.subscribe(&["myeduzz.invoice_paid"]).await;
    assert_eq!(other.json("/webhook/v1/subscription").await, json!([]));
    let deleted = other.call(&DeleteWebhookSubscription::new(&*id)).await;
    assert!(deleted.unwrap_err().contains("404"));
    let active = set_status(&other, &id, SubscriptionStatus::Active).await;
    assert!(active.unwrap_err().contains("404"));
    let secrets = [
        test.client.call(&GetWebhookSecret::new()).await.unwrap(),
        other.call(&GetWebhookSecret::new()).await.unwrap(),
    ];
    assert_ne!(secrets[0].secret, secrets[1].secret);
    assert_ne!(secrets[0].app_id, secrets[1].app_id);
}
