//! Sales, customers, affiliates and carts: facts beyond the generic properties.

use eduzz_api::blinket::ListEvents;
use eduzz_api::myeduzz::{
    GetCustomer, GetSale, GetSalesSummary, ListAffiliates, ListChargebacks, ListCustomers, ListSales,
};
use eduzz_api::sun::{CreateCart, NewCartItem};
use eduzz_testkit::canary;
use eduzz_types::myeduzz::SaleStatus;
use eduzz_types::{Date, ExactNumber, Money};
use eduzz_wire::{Days, EncodeError};
use serde_json::{Value, json};

use crate::support::{request, target};

fn march() -> Days {
    Days::new("2026-03-01", "2026-03-31").unwrap()
}

#[test]
fn email_in_path_is_one_segment() {
    for (email, segment) in [
        ("a/b@example.com", "a%2Fb%40example.com"),
        ("a+b@example.com", "a%2Bb%40example.com"),
        ("50%@example.com", "50%25%40example.com"),
        ("joão@example.com", "jo%C3%A3o%40example.com"),
        ("a?b#c@example.com", "a%3Fb%23c%40example.com"),
    ] {
        let target = target(&GetCustomer::new(email));
        assert_eq!(target, format!("/myeduzz/v1/customers/{segment}"));
    }
    for nothing in ["", ".", "..", "../sales"] {
        let error = request(&GetCustomer::new(nothing)).unwrap_err();
        assert_eq!(error, EncodeError::PathValue { name: "email" });
    }
    assert!(request(&GetSale::new("")).is_err());
}

#[test]
fn unset_field_is_not_sent() {
    let days = march();
    let ranges = [
        (target(&ListSales::new(&days)), "sales"),
        (target(&ListChargebacks::new(&days)), "sales/chargebacks"),
        (target(&GetSalesSummary::new(&days)), "sales/summary"),
    ];
    for (target, path) in ranges {
        assert_eq!(
            target,
            format!("/myeduzz/v1/{path}?startDate=2026-03-01&endDate=2026-03-31")
        );
    }
    let affiliates = |ids: &[u64]| target(&ListAffiliates::new().product_ids(ids.iter().copied()));
    assert_eq!(target(&ListAffiliates::new()), "/myeduzz/v1/affiliates");
    assert_eq!(affiliates(&[]), "/myeduzz/v1/affiliates");
    assert_eq!(affiliates(&[7, 8]), "/myeduzz/v1/affiliates?productIds=7%2C8");
}

#[test]
fn call_moves_to_other_days() {
    let april = Days::new("2026-04-01", "2026-04-30").unwrap();
    let query = "?startDate=2026-04-01&endDate=2026-04-30";
    let moved = [
        target(&ListSales::new(march()).days(&april)),
        target(&ListCustomers::new().days(&april)),
        target(&ListEvents::new().days(&april)),
    ];
    assert!(moved.iter().all(|target| target.ends_with(query)), "{moved:?}");

    // A field can be set to anything, as `--set` of the program does.
    let mut customers = ListCustomers::new().days(april);
    customers.end_date = Some(Date::from_text("2026-03-31"));
    assert_eq!(request(&customers).unwrap_err(), EncodeError::Backwards);
    customers.start_date = None;
    assert!(target(&customers).ends_with("?endDate=2026-03-31"));
}

#[test]
fn status_filter_uses_accepted_spelling() {
    let days = march();
    for (status, text) in [
        ("waiting_payment", "waitingPayment"),
        ("waitingRefund", "waitingRefund"),
        ("PAID", "paid"),
        ("under_appeal", "under_appeal"),
    ] {
        let status = SaleStatus::from(status);
        let sales = ListSales::new(&days).status(status.clone());
        assert!(target(&sales).ends_with(&format!("&status={text}")));
        let summary = GetSalesSummary::new(&days).status(status);
        assert!(target(&summary).ends_with(&format!("&status={text}")));
    }
}

#[test]
fn cart_amounts_are_exact() {
    let price: Money = serde_json::from_str(r#"{"currency":"BRL","value":0.1}"#).unwrap();
    let shipping: ExactNumber = serde_json::from_str("1234567890123.45").unwrap();
    let items = [NewCartItem::new("1", "Agenda", 3).price(price)];
    let cart = CreateCart::new("A-1", "https://loja.example.com/avisos", items).shipping_value(shipping);
    let body = String::from_utf8(request(&cart).unwrap().into_body()).unwrap();
    assert!(body.contains(r#""value":0.1"#), "{body}");
    assert!(body.contains(r#""shippingValue":1234567890123.45"#), "{body}");

    let money = |text: &str| -> Value { json!({ "currency": "BRL", "value": text }) };
    let too_long: Money = serde_json::from_value(money("1234567890123456789.123456789")).unwrap();
    let items = [NewCartItem::new("1", "Agenda", 1).price(too_long)];
    let cart = CreateCart::new("A-1", "https://loja.example.com/avisos", items);
    assert_eq!(request(&cart).unwrap_err(), EncodeError::Body);
}

#[test]
fn cart_with_misspelt_field_is_refused() {
    let good = json!({
        "order_id": "A-1", "postback_url": "https://loja.example.com/avisos",
        "items": [{ "productId": "1", "description": "Agenda", "quantity": 1 }],
        "customer": { "address": {} },
    });
    serde_json::from_value::<CreateCart>(good.clone()).unwrap();
    for pointer in ["", "/items/0", "/customer", "/customer/address"] {
        let mut body = good.clone();
        let place = body.pointer_mut(pointer).unwrap().as_object_mut().unwrap();
        place.insert("prize".into(), json!(1));
        let error = serde_json::from_value::<CreateCart>(body).unwrap_err();
        assert!(error.to_string().contains("prize"), "{pointer}: {error}");
    }
}

#[test]
fn calls_do_not_print_personal_data() {
    let who = canary::PERSONAL;
    let days = march();
    canary::debug_is_clean(&GetCustomer::new(who));
    let sales = ListSales::new(&days);
    canary::debug_is_clean(&sales.buyer_email(who).buyer_document(who));
    canary::debug_is_clean(&ListChargebacks::new(&days).buyer_email(who));
    let cart: CreateCart = serde_json::from_value(json!({
        "order_id": "A-1", "postback_url": "https://loja.example.com/avisos", "items": [],
        "customer": {
            "email": who, "name": who, "cellphone": who, "document": who,
            "address": {
                "street": who, "number": who, "neighborhood": who, "complement": who,
                "postalCode": who, "state": who,
            },
        },
    }))
    .unwrap();
    canary::debug_is_clean(&cart);
}
