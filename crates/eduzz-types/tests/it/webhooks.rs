//! The data of events: facts beyond the generic properties.

use eduzz_testkit::canary;
use eduzz_types::myeduzz::{BillingType, PaymentMethod};
use eduzz_types::webhook::myeduzz::{
    CommissionShare, Contract, Invoice, InvoiceItem, InvoiceStatus, Recurrence, Refund,
};
use eduzz_types::webhook::sun::CartStep;
use eduzz_types::webhook::{Amount, Envelope, Ping};
use eduzz_types::{DateTime, Money};
use serde_json::{Value, json};

use crate::{cases, is_refused, read};

fn invoice(mut more: Value) -> Invoice {
    let fields = more.as_object_mut().unwrap();
    fields.insert("id".into(), json!("7"));
    fields.entry("status").or_insert(json!("paid"));
    read(more)
}

#[test]
fn invoice_requires_only_its_id() {
    let bare: Invoice = read(json!({ "id": "7" }));
    assert_eq!((bare.id.as_str(), &bare.status), ("7", &None));
    assert_eq!(crate::written(&bare), json!({ "id": "7", "items": [] }));
    assert!(is_refused::<Invoice>(&json!({ "status": "paid" })));
}

#[test]
fn paid_amount_is_read_from_either_place_and_written_back() {
    let (some, other) = (
        json!({ "currency": "BRL", "value": 89.9 }),
        json!({ "currency": "BRL", "value": 7 }),
    );
    let price = |paid: &Value| json!({ "currency": "BRL", "value": 99.9, "paid": paid });
    for (body, amount) in [
        (json!({ "price": price(&some) }), Some("BRL 89.90")),
        (json!({ "price": price(&other), "paid": some }), Some("BRL 89.90")),
        (
            json!({ "price": price(&some), "paid": { "value": 5 } }),
            Some("BRL 89.90"),
        ),
        (json!({ "paid": some }), Some("BRL 89.90")),
        (json!({ "price": price(&Value::Null) }), None),
        (json!({}), None),
    ] {
        let paid = invoice(body.clone());
        let found = paid.amount_paid().map(|money| money.to_string());
        assert_eq!(found.as_deref(), amount, "{body}");
        let written = crate::written(&paid);
        for place in ["/paid/value", "/price/paid/value", "/price/value"] {
            assert_eq!(written.pointer(place), body.pointer(place), "{body} {place}");
        }
    }
}

#[test]
fn invoice_status_spellings_are_equal() {
    for text in ["waiting_refund", "waitingRefund"] {
        assert_eq!(
            invoice(json!({ "status": text })).status,
            Some(InvoiceStatus::WaitingRefund)
        );
    }
}

#[test]
fn invoice_payment_method_prefers_safe_field() {
    let method = |body| invoice(body).method().cloned();
    let both = json!({ "paymentMethod": "pix", "payment": { "method": "bankslip" } });
    assert_eq!(method(both), Some(PaymentMethod::Pix));
    let newer = json!({ "payment": { "method": "creditCard" } });
    assert_eq!(method(newer), Some(PaymentMethod::CreditCard));
    assert_eq!(method(json!({ "payment": { "details": "automaticPix" } })), None);
}

#[test]
fn invoice_and_transaction_ids_differ() {
    let paid = invoice(json!({ "transaction": { "id": 91, "key": "k" }, "contract": { "id": 4 } }));
    assert_eq!(paid.transaction_id().unwrap().as_str(), "91");
    assert_eq!(paid.subscription_id().unwrap().as_str(), "4");
    let alone = invoice(json!({ "transaction": null, "contract": { "id": null } }));
    assert_eq!((alone.transaction_id(), alone.subscription_id()), (None, None));
}

#[test]
fn coupon_round_trips_in_either_place() {
    let coupon = json!({ "key": "SPRING", "discount": { "currency": "BRL", "value": 5 } });
    let beside = json!({ "price": { "currency": "BRL", "value": 50 }, "coupon": coupon });
    let within = json!({ "price": { "currency": "BRL", "value": 50, "coupon": coupon } });
    for body in [beside, within.clone()] {
        let item: InvoiceItem = read(body.clone());
        assert_eq!(item.coupon.as_ref().unwrap().key.as_deref(), Some("SPRING"));
        assert_eq!(item.price, Some(Money::brl(50.into()).into()));
        assert_eq!(crate::written(&item), body);
    }
    let mut item: InvoiceItem = read(within);
    item.price = None;
    assert_eq!(crate::written(&item), json!({ "coupon": coupon }));
}

#[test]
fn undocumented_billing_type_is_kept() {
    let item: InvoiceItem = read(json!({ "billingType": "Única" }));
    assert_eq!(item.billing_type, Some(BillingType::from("Única")));
    assert!(!item.billing_type.unwrap().is_known());
}

#[test]
fn amount_reads_nested_and_flat() {
    let nested = json!({ "id": 1, "commission": { "currency": "BRL", "value": 20.5 } });
    let flat = json!({ "id": "1", "currency": "BRL", "value": 20.5 });
    let amounts = [nested, flat].map(|share| read::<CommissionShare>(share).amount().unwrap());
    assert_eq!(amounts[0], amounts[1]);
    assert_eq!(amounts[0].to_string(), "BRL 20.50");
    for half in [json!({ "currency": "BRL" }), json!({ "value": 20.5 })] {
        assert_eq!(read::<CommissionShare>(half.clone()).amount(), None);
        assert_eq!(read::<Refund>(half).amount(), None);
    }
    let refund: Refund = read(json!({ "currency": "BRL", "value": 0.1 }));
    assert_eq!(refund.amount().unwrap().to_string(), "BRL 0.10");
}

#[test]
fn incomplete_amount_keeps_the_other_fields() {
    let whole = json!({ "currency": "BRL", "value": 301.5 });
    let amount: Amount = read(whole.clone());
    assert_eq!(amount.money().unwrap().to_string(), "BRL 301.50");
    assert_eq!(Amount::from(amount.money().unwrap()), amount);
    for part in
        cases(json!([{}, { "currency": null, "value": null }, { "value": 1.5 }, { "currency": "BRL" }]))
    {
        let paid = invoice(json!({ "price": whole, "paid": part, "items": [{ "price": part }] }));
        assert_eq!(paid.price.as_ref().unwrap().money(), amount.money());
        assert_eq!(paid.paid.as_ref().unwrap().money(), None, "{part}");
        assert_eq!(paid.items[0].price, paid.paid, "{part}");
    }
}

#[test]
fn envelope_date_round_trips_in_place() {
    let (early, late) = ("2026-03-02T10:00:00Z", "2026-03-02T10:00:05Z");
    let bodies = json!([
        { "event": "ping", "data": {} },
        { "event": "ping", "data": {}, "sentDate": late },
        { "event": "ping", "data": { "sentDate": early } },
        { "event": "ping", "data": { "sentDate": early }, "sentDate": late },
    ]);
    for (body, date) in cases(bodies).zip([None, Some(late), Some(early), Some(late)]) {
        let envelope: Envelope<Ping> = read(body.clone());
        assert_eq!(envelope.sent_date.as_ref().map(DateTime::as_str), date);
        assert_eq!(crate::written(&envelope), body);
    }
    for date in [None, Some(early)] {
        let date = date.map(DateTime::from_text);
        let made = Envelope::new("1".into(), "ping", Ping::default(), date.clone()).dated_within();
        let mut body = json!({ "id": "1", "event": "ping", "data": {} });
        if let Some(date) = date {
            body["data"]["sentDate"] = date.as_str().into();
        }
        assert_eq!(crate::written(&made), body);
        assert_eq!(read::<Envelope<Ping>>(body), made);
    }
}

#[test]
fn currency_reads_from_number() {
    let numbered = json!({ "currency": 986, "value": 2 });
    let share: CommissionShare = read(json!({ "commission": numbered }));
    let refund: Refund = read(numbered.clone());
    let flat: CommissionShare = read(numbered);
    for amount in [share.amount(), refund.amount(), flat.amount()] {
        assert_eq!(amount.unwrap().to_string(), "986 2.00");
    }
}

#[test]
fn contract_dates_read_from_two_names_and_empty_text() {
    for name in ["lastDue", "finalDue"] {
        let recurrence: Recurrence = read(json!({ name: "2027-01-01T00:00:00Z" }));
        assert_eq!(
            recurrence.last_charge_due().unwrap().as_str(),
            "2027-01-01T00:00:00Z"
        );
    }
    let endless: Recurrence = read(json!({ "finishesAt": "" }));
    assert_eq!(endless.end(), None);
    assert_eq!(crate::written(&endless), json!({ "finishesAt": "" }));
    let finite: Recurrence = read(json!({ "finishesAt": "2027-01-01" }));
    assert_eq!(finite.end().unwrap().as_str(), "2027-01-01");
}

#[test]
fn unlimited_contract_reads_from_three_names() {
    let is_unlimited = |name: &str, value: Value| {
        read::<Contract>(json!({ "id": "1", "status": "trial", name: value })).is_unlimited()
    };
    for name in ["isUnlimitedInstallments", "isPSL", "installments"] {
        assert_eq!(is_unlimited(name, json!(true)), Some(true), "{name}");
    }
    assert_eq!(is_unlimited("installments", json!(12)), None);
}

#[test]
fn blank_origin_secret_keeps_its_invoice_and_does_not_print() {
    let blank = invoice(json!({ "producer": { "originSecret": "" } }));
    assert_eq!(blank.producer.unwrap().origin_secret.unwrap().expose(), "");
    let there = invoice(json!({ "producer": { "originSecret": canary::SECRET } }));
    canary::debug_is_clean(&there);
    let written = serde_json::to_value(&there).unwrap();
    assert_eq!(written["producer"]["originSecret"], canary::SECRET);
}

#[test]
fn cart_step_spellings_match() {
    assert_eq!(CartStep::from("payment-sent"), CartStep::PaymentSent);
    assert_eq!(CartStep::from("paymentFailed"), CartStep::PaymentFailed);
}
