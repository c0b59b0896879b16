//! The bodies of deliveries: the models read them without loss, and they agree with the API.

use std::collections::{BTreeMap, BTreeSet};

use eduzz_api::sun::{CreateCart, NewCartCustomer, NewCartItem};
use eduzz_api::{alpaclass, blinket, nutror};
use eduzz_fixtures::fidelity;
use eduzz_sandbox::{DeliveryRecord, ReceiverAnswer, SaleAction};
use eduzz_webhook::{EVENTS, Event};
use serde_json::{Value, json};
use tokio::sync::OnceCell;

use super::ByHand;
use crate::agreement::live;
use crate::cases::table;
use crate::client::{cents, text};

/// A subscription to all events, and the deliveries of every cause of an event.
async fn everything() -> &'static (ByHand, Vec<DeliveryRecord>) {
    static EVERYTHING: OnceCell<(ByHand, Vec<DeliveryRecord>)> = OnceCell::const_new();
    EVERYTHING.get_or_init(make_everything).await
}

async fn make_everything() -> (ByHand, Vec<DeliveryRecord>) {
    let test = ByHand::with(|config| config.webhooks.parallel = 1_000);
    test.active(EVENTS).await;
    let control = &test.client.control;
    live(&test.client).await;

    let listed = test.client.subscriptions().await;
    let by = |method: &str| {
        let is_charged = |row: &&Value| matches!(text(&row["status"]), "upToDate" | "late");
        let mut charged = listed.iter().filter(is_charged);
        let found = charged.find(|row| row["payment"]["method"] == method);
        text(&found.expect(method)["id"])
    };
    for (method, is_paid) in [("creditCard", true), ("creditCard", false), ("bankslip", false)] {
        let owed = control.charge(by(method), is_paid).unwrap();
        if !is_paid {
            control.apply(&owed, SaleAction::Pay).unwrap();
        }
    }
    let pix = control.subscribe().unwrap();
    let cancel = json!({ "subscriptions": [pix], "cancelReason": "Pedido" });
    let target = "/myeduzz/v1/subscriptions/bulk-cancel";
    test.client.post(target, &cancel).await.is(202);
    let reactivate = format!("POST /myeduzz/v1/subscriptions/{pix}/reactivate");
    test.client.make(&reactivate, "").await.is(200);

    let product = test.client.json("/myeduzz/v1/products").await["items"][0]["id"].clone();
    let item = NewCartItem::new(text(&product), "Uma planilha", 1);
    let customer = NewCartCustomer::new().name("Ana Prado").email("ana@example.com");
    let customer = customer.cellphone("+5511900000000");
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

/// Causes of events outside of the shop: calls, and the refund of a ticket.
async fn elsewhere(test: &ByHand) {
    let client = &test.client;
    let teams = client.call(&alpaclass::ListTeams::new()).await.unwrap();
    let team = &teams.items[0].id;
    let student = alpaclass::CreateTeamStudent::new(team.as_str(), "Nara Invento", "nara@example.com");
    client.call(&student).await.unwrap();

    let comments = client.call(&nutror::ListComments::new()).await.unwrap();
    let comment = comments.items[0].id.as_str();
    let answer = nutror::AnswerComment::new(comment, "Obrigada!");
    client.call(&answer).await.unwrap();
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
    let tag = blinket::CreateTag::new("Monitora", "#1188CC");
    let tag = client.call(&tag).await.unwrap();
    let mark = blinket::TagParticipants::new(tag.id.as_str(), [added.id.as_str()]);
    client.call(&mark).await.unwrap();

    let mut refunded = 0;
    for sale in client.control.sell(60) {
        let whole = client.json(&format!("/myeduzz/v1/sales/{sale}")).await;
        if whole["product"]["type"] == "ticket" {
            client.control.apply(&sale, SaleAction::Refund).unwrap();
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
    let (_, sent) = everything().await;
    let mut ids = std::collections::HashSet::new();
    let mut events = BTreeMap::new();
    for record in sent {
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
        let members = |data: &Value| -> BTreeSet<String> {
            let mut names: BTreeSet<String> = data.as_object().unwrap().keys().cloned().collect();
            let left_out = ["sentDate", "saleRecoveryUrl", "tracker", "paymentMethod"];
            names.retain(|name| !left_out.contains(&&**name));
            names
        };
        let [given, documented] = [&body, &example].map(|body| members(&body["data"]));
        assert_eq!(given, documented, "{}", record.event);
    }
    let of_the_shop = |event: &&str| event.starts_with("myeduzz.") || event.starts_with("sun.");
    let others = "alpaclass.student_created blinket.attendance_added blinket.attendance_assigned \
        blinket.attendance_canceled blinket.attendance_checkin blinket.attendance_edited \
        blinket.attendance_tag_changed nutror.comment_deleted nutror.comment_replied nutror.enrollment_created";
    let mut expected: BTreeSet<&str> = EVENTS.iter().copied().filter(of_the_shop).collect();
    expected.remove("myeduzz.contract_eduzz_balance_attempted");
    expected.extend(others.split(' '));
    let given: BTreeSet<&str> = events.keys().copied().collect();
    assert_eq!(given, expected, "every event that has a cause");
    let [paid, commissions] = ["invoice_paid", "commission_processed"].map(|name| format!("myeduzz.{name}"));
    assert_eq!(events[&*paid], events[&*commissions]);
}

#[tokio::test]
async fn delivery_of_a_sale_agrees_with_the_api() {
    let (test, sent) = everything().await;
    let sale = async |id: &Value| {
        let target = format!("/myeduzz/v1/sales/{}", text(id));
        test.client.json(&target).await
    };
    // The members of an invoice and of the sale that are the same.
    let pairs = "
        /price/value | /total/value
        /price/currency | /currency
        /buyer/id | /buyer/id
        /buyer/name | /buyer/name
        /buyer/email | /buyer/email
        /buyer/document | /buyer/document
        /buyer/address/city | /buyer/address/city
        /buyer/address/zipCode | /buyer/address/zipCode
        /producer/id | /producer/id
        /offer/name | /offer/name
        /utm/source | /utm/source
        /orderBump | /orderBump
        /installments | /installments
        /paymentMethod | /payment/method
        /contract/id | /contractId";
    let mut compared = 0;
    for record in sent {
        let body: Value = serde_json::from_slice(&record.body).unwrap();
        let data = &body["data"];
        if record.event == "myeduzz.commission_processed" {
            let sale = sale(&data["invoiceId"]).await;
            let parties = &data["commissions"];
            let sum = |list: &Value| -> i64 {
                let parties = list.as_array().unwrap().iter();
                parties.map(|party| cents(&party["commission"])).sum()
            };
            assert_eq!(sum(&parties["affiliates"]), cents(&sale["affiliatesGain"]));
            assert_eq!(sum(&parties["coproducers"]), cents(&sale["partnersGain"]));
            let producer = &parties["producer"];
            assert_eq!(producer["id"].to_string(), text(&sale["producer"]["id"]));
            if sale["status"] == "paid" && sale["refund"].is_null() {
                assert_eq!(producer["commission"], sale["netGain"]);
            }
        }
        if !record.event.starts_with("myeduzz.invoice_") {
            continue;
        }
        let sale = sale(&data["id"]).await;
        compared += 1;
        for [told, said] in table(pairs) {
            let null = |member: Option<&Value>| member.cloned().unwrap_or_default();
            let (told, said) = (null(data.pointer(told)), null(sale.pointer(said)));
            assert_eq!(told, said, "{}", record.event);
        }
        let lines = data["items"].as_array().unwrap();
        assert_eq!(data["totalItems"], lines.len());
        let main = lines.iter().find(|line| line["parentId"].is_null()).unwrap();
        for (told, said) in [
            ("productId", "id"),
            ("name", "name"),
            ("billingType", "billingType"),
        ] {
            assert_eq!(main[told], sale["product"][said]);
        }
        // Q158: in both places.
        if data["paidAt"].is_string() {
            assert_eq!(data["price"]["paid"], data["paid"]);
            let with_interest = cents(&sale["totalInterest"]) - cents(&sale["total"]);
            assert_eq!(cents(&data["paid"]), cents(&sale["grossGain"]) + with_interest);
        }
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
    let sold = test.sell(1);
    let due = test.deliveries.due();
    let sent = due.iter().map(|attempt| {
        let body: Value = serde_json::from_slice(&attempt.body).unwrap();
        format!("{} {}", attempt.event, body["data"]["status"])
    });
    let expected = [
        "myeduzz.invoice_opened \"open\"",
        "myeduzz.invoice_waiting_payment \"waiting_payment\"",
        "myeduzz.invoice_paid \"paid\"",
        "myeduzz.commission_processed null",
    ];
    assert_eq!(sent.collect::<Vec<_>>(), expected);
    let delivery = test.open(&due[2]).await;
    let Event::MyeduzzInvoicePaid(paid) = delivery.event() else {
        panic!("{:?}", delivery.name());
    };
    assert_eq!(paid.id.as_str(), sold[0]);
}
