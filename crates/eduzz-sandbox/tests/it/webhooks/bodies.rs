//! What deliveries say: the models understand all of it, and it is what the API says of the same
//! sale.

use std::collections::BTreeMap;

use eduzz_api::sun::{CreateCart, NewCartCustomer, NewCartItem};
use eduzz_api::{alpaclass, blinket, nutror};
use eduzz_fixtures::fidelity;
use eduzz_sandbox::{DeliveryRecord, ReceiverAnswer, SaleAction};
use eduzz_webhook::{EVENTS, Event};
use http::Method;
use serde_json::{Value, json};

use super::ByHand;
use crate::client::{ALWAYS, cents, text};

/// A subscription to everything, and all that can be made to happen.
async fn everything() -> (ByHand, Vec<DeliveryRecord>) {
    let test = ByHand::with(|config| config.webhooks.parallel = 1_000);
    test.active(EVENTS).await;
    let control = &test.client.control;
    control.sell(8);
    for whats in [
        &[SaleAction::Pay, SaleAction::AskRefund, SaleAction::Refund][..],
        &[SaleAction::Cancel],
        &[SaleAction::Expire, SaleAction::Negotiate],
        &[SaleAction::Schedule, SaleAction::Recover],
    ] {
        let sale = control.order().unwrap();
        for what in whats {
            control.apply(&sale, *what).unwrap();
        }
    }
    let sales = test.client.sales().await;
    let mut by_card = sales
        .iter()
        .filter(|sale| sale["payment"]["method"] == "creditCard" && sale["status"] == "paid")
        .map(|sale| text(&sale["id"]))
        .filter(|id| control.apply(id, SaleAction::ChargeBack).is_ok());
    control
        .apply(by_card.next().unwrap(), SaleAction::WinChargeback)
        .unwrap();
    control
        .apply(by_card.next().unwrap(), SaleAction::LoseChargeback)
        .unwrap();

    let pix = control.subscribe().unwrap();
    control.charge(&pix, true).unwrap();
    let listed = test
        .client
        .all(&format!("/myeduzz/v1/subscriptions?{ALWAYS}&filterBy=creation"))
        .await;
    let by = |method: &str| {
        let found = listed.iter().find(|row| {
            row["payment"]["method"] == method && matches!(text(&row["status"]), "upToDate" | "late")
        });
        text(&found.expect(method)["id"]).to_owned()
    };
    for (method, is_paid) in [("creditCard", true), ("creditCard", false), ("bankslip", false)] {
        let owed = control.charge(&by(method), is_paid).unwrap();
        if !is_paid {
            control.apply(&owed, SaleAction::Pay).unwrap();
        }
    }
    let cancel = json!({ "subscriptions": [pix], "cancelReason": "Pedido" });
    let target = "/myeduzz/v1/subscriptions/bulk-cancel";
    let answer = test.client.post(target, &cancel).await;
    answer.is(202);
    let target = format!("/myeduzz/v1/subscriptions/{pix}/reactivate");
    let answer = test.client.send(Method::POST, &target, None).await;
    assert!(answer.status.is_success());

    let product = text(&sales[0]["product"]["id"]);
    let item = NewCartItem::new(product, "Uma planilha", 1);
    let customer = NewCartCustomer::new()
        .name("Ana Prado")
        .email("ana@example.com")
        .cellphone("+5511900000000");
    let cart = CreateCart::new("PED-1", "https://shop.example.com/hooks", [item]).customer(customer);
    let cart = test.client.call(&cart).await.unwrap();
    control.abandon_cart(cart.id.as_str()).unwrap();

    elsewhere(&test).await;

    for attempt in test.deliveries.due() {
        test.deliveries.answered(&attempt, ReceiverAnswer::status(200));
    }
    let history = test.deliveries.history();
    (test, history.into_iter().skip(1).collect())
}

/// What happens outside of the shop: what calls change, and a ticket whose money goes back.
async fn elsewhere(test: &ByHand) {
    let client = &test.client;
    let teams = client.call(&alpaclass::ListTeams::new()).await.unwrap();
    let team = &teams.items[0].id;
    let student = alpaclass::CreateTeamStudent::new(team.as_str(), "Nara Invento", "nara@example.com");
    client.call(&student).await.unwrap();

    let comments = client.call(&nutror::ListComments::new()).await.unwrap();
    let comment = comments.items[0].id.as_str();
    client
        .call(&nutror::AnswerComment::new(comment, "Obrigada!"))
        .await
        .unwrap();
    client.call(&nutror::DeleteComment::new(comment)).await.unwrap();

    let events = client.all("/blinket/v1/events").await;
    let open = events.iter().find(|event| text(&event["startAt"]) > "2026-11-05");
    let event = text(&open.expect("an event to come")["id"]);
    let details = client.json(&format!("/blinket/v1/events/{event}")).await;
    let ticket = text(&details["tickets"][0]["id"]);
    let add = blinket::AddParticipant::new(event, ticket, "Noa Exemplo", "noa@example.com");
    let added = client.call(&add).await.unwrap();
    let key = added.invite_key.as_ref().unwrap().as_str();
    let change = blinket::UpdateParticipant::new(key).email("lia@example.com");
    client.call(&change).await.unwrap();
    client.call(&blinket::CheckIn::new([key])).await.unwrap();
    let tag = client
        .call(&blinket::CreateTag::new("Monitora", "#1188CC"))
        .await
        .unwrap();
    let mark = blinket::TagParticipants::new(tag.id.as_str(), [added.id.as_str()]);
    client.call(&mark).await.unwrap();

    let sold = client.control.sell(60);
    let mut refunded = 0;
    for sale in &sold {
        let product = client.json(&format!("/myeduzz/v1/sales/{sale}")).await["product"]["type"].clone();
        if product == "ticket" {
            client.control.apply(sale, SaleAction::Refund).unwrap();
            refunded += 1;
        }
    }
    assert!(refunded > 0);
}

/// Reads the data with the model of the event, and loses nothing.
pub(super) fn understood(event: &str, data: &Value) {
    let bytes = data.to_string();
    macro_rules! models {
        ($(($origin:ident, $event:ident, $data:ident, $variant:ident)),+ $(,)?) => {
            match event {
                $(concat!(stringify!($origin), ".", stringify!($event)) => {
                    fidelity::check::<eduzz_types::webhook::$origin::$data>(bytes.as_bytes())
                })+
                other => panic!("{other}"),
            }
        };
    }
    let report;
    macro_rules! assign {
        ($($list:tt)*) => { report = models!($($list)*) };
    }
    eduzz_webhook::for_each_event!(assign);
    let report = report.unwrap_or_else(|error| panic!("{event}: {error}\n{data}"));
    assert!(report.is_whole(), "{event}: {:?}", report.differences);
    assert!(
        report.normalised.iter().all(|place| place.quirk == "Q29"),
        "{event}: {:?}",
        report.normalised
    );
}

#[tokio::test]
async fn deliveries_are_read_by_the_models_without_loss() {
    let (test, sent) = everything().await;
    let mut ids = std::collections::HashSet::new();
    let mut events = BTreeMap::new();
    for record in &sent {
        let body: Value = serde_json::from_slice(&record.body).unwrap();
        assert_eq!(body["event"], record.event);
        assert!(ids.insert(text(&body["id"]).to_owned()), "an id is given once");
        assert!(text(&body["id"]).len() == 25 && text(&body["sentDate"]).ends_with("00.000Z"));
        understood(&record.event, &body["data"]);
        *events.entry(record.event.as_str()).or_insert(0) += 1;

        // The members are those of the documented example, but for what an example may leave out.
        let (origin, name) = record.event.split_once('.').unwrap();
        let example = eduzz_fixtures::find_event(origin, name).unwrap();
        let example: Value = serde_json::from_slice(example.plain().unwrap()).unwrap();
        let members = |data: &Value| -> Vec<String> {
            let known = |name: &&String| {
                !["sentDate", "saleRecoveryUrl", "tracker", "paymentMethod"].contains(&name.as_str())
            };
            let mut names: Vec<String> = data.as_object().unwrap().keys().filter(known).cloned().collect();
            names.sort();
            names
        };
        assert_eq!(
            members(&body["data"]),
            members(&example["data"]),
            "{}",
            record.event
        );
    }
    let mut expected: Vec<&str> = EVENTS
        .iter()
        .copied()
        .filter(|event| event.starts_with("myeduzz.") || event.starts_with("sun."))
        .filter(|event| *event != "myeduzz.contract_eduzz_balance_attempted")
        .chain([
            "alpaclass.student_created",
            "blinket.attendance_added",
            "blinket.attendance_assigned",
            "blinket.attendance_canceled",
            "blinket.attendance_checkin",
            "blinket.attendance_edited",
            "blinket.attendance_tag_changed",
            "nutror.comment_deleted",
            "nutror.comment_replied",
            "nutror.enrollment_created",
        ])
        .collect();
    expected.sort_unstable();
    assert_eq!(
        events.keys().copied().collect::<Vec<_>>(),
        expected,
        "every event there is a cause for"
    );
    assert_eq!(
        events["myeduzz.invoice_paid"],
        events["myeduzz.commission_processed"]
    );
    drop(test);
}

#[tokio::test]
async fn delivery_of_a_sale_agrees_with_the_api() {
    let (test, sent) = everything().await;
    let mut compared = 0;
    for record in &sent {
        let body: Value = serde_json::from_slice(&record.body).unwrap();
        let data = &body["data"];
        if record.event == "myeduzz.commission_processed" {
            let sale = test
                .client
                .json(&format!("/myeduzz/v1/sales/{}", text(&data["invoiceId"])))
                .await;
            let parties = &data["commissions"];
            let sum = |list: &Value| -> i64 {
                let parties = list.as_array().unwrap().iter();
                parties.map(|party| cents(&party["commission"])).sum()
            };
            assert_eq!(sum(&parties["affiliates"]), cents(&sale["affiliatesGain"]));
            assert_eq!(sum(&parties["coproducers"]), cents(&sale["partnersGain"]));
            assert_eq!(
                parties["producer"]["id"].to_string(),
                text(&sale["producer"]["id"])
            );
            if sale["status"] == "paid" && sale["refund"].is_null() {
                assert_eq!(parties["producer"]["commission"], sale["netGain"]);
            }
        }
        if !record.event.starts_with("myeduzz.invoice_") {
            continue;
        }
        let sale = test
            .client
            .json(&format!("/myeduzz/v1/sales/{}", text(&data["id"])))
            .await;
        compared += 1;
        for (told, said) in [
            (&data["price"], &sale["total"]),
            (&data["buyer"]["id"], &sale["buyer"]["id"]),
            (&data["buyer"]["name"], &sale["buyer"]["name"]),
            (&data["buyer"]["email"], &sale["buyer"]["email"]),
            (&data["buyer"]["document"], &sale["buyer"]["document"]),
            (
                &data["buyer"]["address"]["city"],
                &sale["buyer"]["address"]["city"],
            ),
            (
                &data["buyer"]["address"]["zipCode"],
                &sale["buyer"]["address"]["zipCode"],
            ),
            (&data["producer"]["id"], &sale["producer"]["id"]),
            (&data["offer"]["name"], &sale["offer"]["name"]),
            (&data["utm"]["source"], &sale["utm"]["source"]),
            (&data["orderBump"], &sale["orderBump"]),
            (&data["installments"], &sale["installments"]),
            (&data["items"][0]["productId"], &sale["product"]["id"]),
            (&data["items"][0]["name"], &sale["product"]["name"]),
            (&data["items"][0]["billingType"], &sale["product"]["billingType"]),
            (&data["paymentMethod"], &sale["payment"]["method"]),
            (&data["contract"]["id"], &sale["contractId"]),
        ] {
            assert_eq!(told, said, "{}", record.event);
        }
        let lines = data["items"].as_array().unwrap();
        assert_eq!(data["totalItems"], lines.len());
        let sum: i64 = lines.iter().map(|line| cents(&line["price"])).sum();
        assert_eq!(sum, cents(&data["price"]));
        if data.get("student").is_some() {
            assert_eq!(data["student"]["id"], sale["recipient"]["id"]);
        }
        if let Some(paid) = data.get("paid").filter(|_| data["paidAt"].is_string()) {
            let interest = cents(&sale["totalInterest"]) - cents(&sale["total"]);
            assert_eq!(cents(paid), cents(&sale["grossGain"]) + interest);
            assert_ne!(data["transaction"]["id"], data["id"]);
        }
        if record.event == "myeduzz.invoice_refunded" {
            assert_eq!(data["refund"]["value"], sale["refund"]["value"]["value"]);
            assert_eq!(data["refund"]["reason"], sale["refund"]["motive"]);
        }
    }
    assert!(compared > 30, "{compared}");
}

#[tokio::test]
async fn events_of_a_paid_sale_come_in_order() {
    let test = ByHand::new();
    test.active(EVENTS).await;
    let sold = test.client.control.sell(1);
    let due = test.deliveries.due();
    let names: Vec<&str> = due.iter().map(|attempt| &*attempt.event).collect();
    assert_eq!(
        names,
        [
            "myeduzz.invoice_opened",
            "myeduzz.invoice_waiting_payment",
            "myeduzz.invoice_paid",
            "myeduzz.commission_processed"
        ]
    );
    let states: Vec<Value> = due
        .iter()
        .map(|attempt| serde_json::from_slice::<Value>(&attempt.body).unwrap()["data"]["status"].clone())
        .collect();
    assert_eq!(
        states,
        [
            json!("open"),
            json!("waiting_payment"),
            json!("paid"),
            json!(null)
        ]
    );
    let delivery = test.open(&due[2]).await;
    let Event::MyeduzzInvoicePaid(paid) = delivery.event() else {
        panic!("{:?}", delivery.name());
    };
    assert_eq!(paid.id.as_str(), sold[0]);
}
