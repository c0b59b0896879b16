//! Everything that can be done to a running sandbox, as values.

use std::time::Duration;

use eduzz_sandbox::{Action, Fault, Refused, SaleAction, SaleKind, SubscriptionAction, Thing, WorldKind};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::client::{Client, cents, text};

fn read(action: Value) -> Action {
    let text = action.to_string();
    serde_json::from_value(action).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn small() -> Client {
    Client::with(|config| config.history = Duration::from_secs(20 * 86_400))
}

#[tokio::test]
async fn sale_of_each_kind_is_what_its_kind_says() {
    let client = small();
    for kind in SaleKind::ALL {
        for unpaid in [false, true] {
            let sell = read(json!({ "action": "sell", "kind": kind, "count": 2, "unpaid": unpaid }));
            let done = client.control.act(&sell).unwrap();
            assert_eq!((done.count, done.rows.len()), (2, 2), "{kind}");
            for row in &done.rows {
                assert_eq!(row.kind, Thing::Sale);
                let sale = client.json(&format!("/myeduzz/v1/sales/{}", row.id)).await;
                assert_eq!(row.status.as_deref(), sale["status"].as_str(), "{sale}");
                assert_eq!(sale["status"] == "paid", !unpaid, "{kind}: {sale}");
                let method = match kind {
                    SaleKind::Card | SaleKind::Installments | SaleKind::Contract | SaleKind::Affiliate => {
                        "creditCard"
                    }
                    SaleKind::BankSlip => "bankslip",
                    _ => "pix",
                };
                assert_eq!(sale["payment"]["method"], method, "{kind}: {sale}");
                let has = match kind {
                    SaleKind::Pix | SaleKind::Card => true,
                    SaleKind::Installments => sale["installments"] == 6,
                    SaleKind::BankSlip => !unpaid || sale["payment"]["link"].is_string(),
                    SaleKind::Contract => sale["contractId"].is_string(),
                    SaleKind::Bump => sale["items"].as_array().is_some_and(|items| items.len() == 2),
                    SaleKind::Tracker => sale["tracker"].is_string(),
                    SaleKind::Affiliate => sale["affiliate"].is_object(),
                    SaleKind::Coupon => cents(&sale["items"][0]["discount"]) > 0,
                    SaleKind::Partner => sale["partners"][0]["id"].is_string(),
                    _ => false,
                };
                assert!(has, "{kind}, unpaid {unpaid}: {sale:#}");
            }
        }
    }
}

#[test]
fn unpaid_contract_is_up_to_date_once_it_is_paid() {
    let control = small().control;
    let made = control
        .act(&read(
            json!({ "action": "sell", "kind": "contract", "unpaid": "true" }),
        ))
        .unwrap();
    let newest = control.newest_subscription(SubscriptionAction::Cancel).unwrap();
    assert_eq!(
        control.allowed_of_subscription(&newest).unwrap().0,
        "awaitingPayment"
    );
    let paid = control
        .act(&read(json!({ "action": "sale", "change": "pay" })))
        .unwrap();
    assert_eq!(paid.rows[0].id, made.rows[0].id);
    assert_eq!(control.allowed_of_subscription(&newest).unwrap().0, "upToDate");
}

#[test]
fn action_without_an_id_takes_the_newest_that_allows_it() {
    let control = small().control;
    let first = control.order().unwrap();
    let second = control.sell(1).remove(0);
    let act = |change: &str| {
        let done = control.act(&read(json!({ "action": "sale", "change": change })));
        done.unwrap().rows.remove(0)
    };
    let refunded = act("refund");
    assert_eq!(
        (refunded.id, refunded.status.as_deref()),
        (second.clone(), Some("refunded"))
    );
    let expired = act("expire");
    assert_eq!(
        (expired.id, expired.status.as_deref()),
        (first.clone(), Some("expired"))
    );

    let again = Action::Sale {
        change: SaleAction::Refund,
        id: Some(second.clone()),
    };
    let refused = control.act(&again).unwrap_err();
    assert_eq!(
        refused.to_string(),
        format!("the sale {second} is refunded, which does not allow this; allowed now: nothing")
    );
    let pay = Action::Sale {
        change: SaleAction::Pay,
        id: Some(first),
    };
    let Err(Refused::NotNow { allowed, status, .. }) = control.act(&pay) else {
        panic!("it is expired");
    };
    assert_eq!(
        (status.as_str(), allowed),
        ("expired", vec!["negotiate".to_owned()])
    );
    let unknown = Action::Sale {
        change: SaleAction::Pay,
        id: Some("1".to_owned()),
    };
    assert_eq!(control.act(&unknown), Err(Refused::Unknown { kind: Thing::Sale }));
}

#[test]
fn carts_are_filled_abandoned_and_ordered() {
    let control = small().control;
    let (customers, act) = (control.rows(WorldKind::Customer), |action: Value| {
        control.act(&read(action))
    });
    assert_eq!(
        act(json!({ "action": "order-cart" })),
        Err(Refused::Nothing { kind: Thing::Cart })
    );
    let abandoned = act(json!({ "action": "abandon" })).unwrap();
    assert_eq!(abandoned.events[0].name, "sun.cart_abandonment");
    assert_eq!(control.rows(WorldKind::Customer), customers, "nobody has bought");
    let cart = abandoned.rows[0].id.clone();
    // The same cart again: it is open.
    assert_eq!(act(json!({ "action": "abandon" })).unwrap().rows[0].id, cart);
    let ordered = act(json!({ "action": "order-cart", "id": cart })).unwrap();
    assert_eq!(ordered.rows[0].status.as_deref(), Some("waitingPayment"));
    let refused = act(json!({ "action": "abandon", "id": cart })).unwrap_err();
    assert!(
        matches!(
            refused,
            Refused::NotNow {
                kind: Thing::Cart,
                ..
            }
        ),
        "{refused}"
    );
    assert_eq!(
        act(json!({ "action": "abandon", "id": "7" })),
        Err(Refused::Unknown { kind: Thing::Cart })
    );
    assert_ne!(act(json!({ "action": "abandon" })).unwrap().rows[0].id, cart);
}

#[tokio::test]
async fn clock_faults_and_tokens_are_steered() {
    let client = small();
    let act = |action: Value| client.control.act(&read(action));
    let before = client.control.now();
    let done = act(json!({ "action": "advance", "by": "3d" })).unwrap();
    let leap = client.control.now().duration_since(before).unwrap();
    assert_eq!(leap, Duration::from_secs(3 * 86_400));
    assert!(done.now.ends_with('Z') && done.events.is_empty());
    for by in ["0s", "3661d"] {
        let refused = act(json!({ "action": "advance", "by": by })).unwrap_err();
        assert!(matches!(refused, Refused::Invalid { .. }), "{refused}");
    }

    act(json!({ "action": "add-fault", "fault": "500@2" })).unwrap();
    act(json!({ "action": "add-fault", "fault": "cut@9" })).unwrap();
    client.get("/accounts/v1/me").await.is(200);
    client.get("/accounts/v1/me").await.is(500);
    // The others keep their counts.
    act(json!({ "action": "remove-fault", "place": "1" })).unwrap();
    client.get("/accounts/v1/me").await.is(200);
    client.get("/accounts/v1/me").await.is(500);
    assert_eq!(client.control.faults(), [Fault::server_error().every(2)]);
    assert_eq!(
        act(json!({ "action": "remove-fault", "place": 1 })),
        Err(Refused::Unknown { kind: Thing::Fault })
    );
    assert_eq!(act(json!({ "action": "clear-faults" })).unwrap().count, 1);
    client.get("/accounts/v1/me").await.is(200);
    client.get("/accounts/v1/me").await.is(200);
    let done = act(json!({ "action": "revoke-tokens", "id": "HELENA.tavares@example.com" })).unwrap();
    assert_eq!(done.count, 1);
    client.get("/accounts/v1/me").await.is(401);
}

#[test]
fn values_that_are_not_allowed_are_refused() {
    let control = small().control;
    for count in [0, 1_001] {
        let refused = control.act(&read(json!({ "action": "sell", "count": count })));
        assert!(matches!(refused, Err(Refused::Invalid { .. })), "{refused:?}");
    }
    for action in [
        json!({}),
        json!({ "action": "nothing" }),
        json!({ "action": "sale" }),
        json!({ "action": "sale", "change": "Pay" }),
        json!({ "action": "sell", "kind": "gold" }),
        json!({ "action": "sell", "count": -1 }),
        json!({ "action": "sell", "count": "many" }),
        json!({ "action": "sell", "unpaid": "perhaps" }),
        json!({ "action": "advance" }),
        json!({ "action": "advance", "by": "soon" }),
        json!({ "action": "add-fault", "fault": "503" }),
        json!({ "action": "remove-fault", "place": 4_294_967_296_u64 }),
    ] {
        assert!(
            serde_json::from_value::<Action>(action.clone()).is_err(),
            "{action}"
        );
    }
}

pub(crate) fn actions() -> impl Strategy<Value = Action> {
    let sale = prop::sample::select(SaleAction::ALL);
    let subscription = prop::sample::select(SubscriptionAction::ALL);
    let kind = prop::option::of(prop::sample::select(SaleKind::ALL));
    prop_oneof![
        6 => sale.prop_map(|change| Action::Sale { change, id: None }),
        3 => subscription.prop_map(|change| Action::Subscription { change, id: None }),
        3 => (kind, 1..3_u32, any::<bool>()).prop_map(|(kind, count, unpaid)| Action::Sell { kind, count, unpaid }),
        1 => Just(Action::Abandon { id: None }),
        1 => Just(Action::OrderCart { id: None }),
        1 => (1..90_000_u64).prop_map(|seconds| Action::Advance { by: Duration::from_secs(seconds) }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// A sale's actions are those that its status allows, at any moment; a refusal changes nothing.
    #[test]
    fn status_allows_what_it_says(steps in prop::collection::vec(actions(), 1..25), nth in 0_usize..4) {
        let control = small().control;
        for step in steps {
            let json = serde_json::to_value(&step).unwrap();
            prop_assert_eq!(&read(json), &step);
            // Also one that is not the newest, with any action.
            if let Action::Sale { change, .. } = step {
                let id = control.sale_ids().swap_remove(nth);
                let (status, allowed) = control.allowed(&id).unwrap();
                let before = control.rows(WorldKind::Sale);
                match control.act(&Action::Sale { change, id: Some(id.clone()) }) {
                    Ok(done) => {
                        prop_assert!(allowed.contains(&change), "{change} of {status}");
                        prop_assert!(!done.events.is_empty());
                        let now = control.allowed(&id).unwrap().0;
                        prop_assert_eq!(done.rows[0].status.as_deref(), Some(&*now));
                    }
                    Err(Refused::NotNow { allowed: told, status: told_status, .. }) => {
                        prop_assert!(!allowed.contains(&change), "{change} of {status}");
                        let allowed: Vec<String> = allowed.iter().map(ToString::to_string).collect();
                        prop_assert_eq!((told, told_status), (allowed, status));
                        prop_assert_eq!(control.rows(WorldKind::Sale), before);
                    }
                    Err(other) => prop_assert!(false, "{}", other),
                }
            }
            let before = control.rows(WorldKind::Sale);
            match control.act(&step) {
                Ok(done) => {
                    let is_leap = matches!(step, Action::Advance { .. });
                    prop_assert!(done.count > 0 || is_leap);
                }
                Err(Refused::Nothing { .. }) => prop_assert_eq!(control.rows(WorldKind::Sale), before),
                Err(other) => prop_assert!(false, "{:?}: {}", step, other),
            }
        }
    }
}

#[tokio::test]
async fn reported_events_are_those_of_the_change() {
    let client = small();
    let subscription = client
        .post(
            "/webhook/v1/subscription",
            &json!({ "name": "x", "url": "http://127.0.0.1:9/", "events": [{ "name": "myeduzz.invoice_paid" }] }),
        )
        .await
        .is(200)
        .json();
    let done = client
        .control
        .act(&read(json!({ "action": "sell", "kind": "pix" })))
        .unwrap();
    let told: Vec<(&str, u64, u64)> = done
        .events
        .iter()
        .map(|event| (event.name.as_str(), event.times, event.deliveries))
        .collect();
    // The subscription is not active.
    assert!(told.contains(&("myeduzz.invoice_paid", 1, 0)), "{told:?}");
    assert!(told.contains(&("myeduzz.invoice_opened", 1, 0)), "{told:?}");
    assert!(!text(&subscription["id"]).is_empty());
}

#[test]
fn events_are_reported_in_the_order_in_which_they_happened() {
    let control = small().control;
    let act = |action: Value| {
        let done = control.act(&read(action)).unwrap();
        done.events
            .into_iter()
            .map(|event| event.name)
            .collect::<Vec<_>>()
    };
    let sold = act(json!({ "action": "sell", "kind": "contract" }));
    let at = |name: &str| sold.iter().position(|told| told == name);
    let (opened, paid) = (at("myeduzz.invoice_opened"), at("myeduzz.invoice_paid"));
    assert!(opened.is_some() && opened < paid, "{sold:?}");
    // Not in alphabetical order.
    assert!(!sold.is_sorted(), "{sold:?}");
}
