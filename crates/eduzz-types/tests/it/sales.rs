//! Sales, customers, affiliations and carts: facts beyond the generic properties.

use eduzz_testkit::canary;
use eduzz_types::Money;
use eduzz_types::myeduzz::{
    Affiliation, Customer, CustomerSummary, PaymentMethod, Sale, SaleChargeback, SaleId, SaleStatus,
};
use eduzz_types::sun::Cart;
use serde_json::{Value, json};

use crate::{cases, is_refused, read};

fn sale(more: Value) -> Value {
    let mut sale = json!({ "id": "1", "status": "paid", "total": { "currency": "BRL", "value": 10 } });
    sale.as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    sale
}

#[test]
fn payment_method_reads_from_either_place() {
    let bodies = json!([
        { "paymentMethod": "creditcard" },
        { "payment": { "method": "creditCard" } },
        { "payment": { "method": "pix" }, "paymentMethod": "bankslip" },
        { "payment": { "detail": "automaticPix" }, "paymentMethod": "pix" },
        { "payment": null, "paymentMethod": "unknown" },
    ]);
    for (body, method) in cases(bodies).zip(["creditcard", "creditcard", "pix", "pix", "unknown"]) {
        let method = Some(PaymentMethod::from(method));
        assert_eq!(
            read::<Sale>(sale(body.clone())).method(),
            method.as_ref(),
            "{body}"
        );
    }
    assert_eq!(read::<Sale>(sale(json!({}))).method(), None);
}

#[test]
fn status_spellings_are_equal_and_unknown_is_kept() {
    for text in ["waiting_payment", "waitingPayment", "WAITING_PAYMENT"] {
        assert_eq!(SaleStatus::from(text), SaleStatus::WaitingPayment);
    }
    let status = read::<Sale>(sale(json!({ "status": "under_appeal" }))).status;
    assert!(!status.is_known());
    assert_eq!(status.as_str(), "under_appeal");
}

#[test]
fn missing_list_differs_from_empty_list() {
    let listed: Sale = read(sale(json!({})));
    assert_eq!(
        (&listed.affiliates, &listed.partners, &listed.items),
        (&None, &None, &None)
    );
    let details: Sale = read(sale(json!({ "partners": [] })));
    assert_eq!(details.partners, Some(vec![]));
}

#[test]
fn affiliate_and_main_sale_ids_read_alike_from_text_and_number() {
    let text = json!({ "affiliate": { "id": "61" }, "orderBump": { "mainSaleId": "7" } });
    let number = json!({ "affiliate": { "id": 61 }, "orderBump": { "mainSaleId": 7 } });
    let [text, number] = [text, number].map(|more| read::<Sale>(sale(more)));
    assert_eq!(text, number);
    assert_eq!(number.order_bump.unwrap().main_sale_id, Some(SaleId::from(7)));
}

#[test]
fn sale_without_status_or_total_is_refused() {
    for missing in ["id", "status", "total"] {
        for value in [None, Some(Value::Null)] {
            let mut body = sale(json!({}));
            let fields = body.as_object_mut().unwrap();
            fields.remove(missing);
            fields.extend(value.map(|value| (missing.to_owned(), value)));
            assert!(is_refused::<Sale>(&body), "{missing}");
        }
    }
}

#[test]
fn missing_amount_is_not_zero() {
    let sale: Sale = read(sale(json!({ "fee": null })));
    assert_eq!((sale.fee, sale.net_gain), (None, None));
    assert_eq!(sale.total, Money::brl(10.into()));
}

#[test]
fn personal_data_does_not_print() {
    let who = canary::PERSONAL;
    let person = json!({ "id": "1", "name": who, "email": who, "document": who, "phone": who, "phone2": who, "phone3": who,
        "address": { "zipCode": who, "street": who, "number": who, "complement": who, "neighborhood": who, "city": who, "state": who } });
    let share = json!([{ "id": "1", "name": who, "email": who }]);
    canary::debug_is_clean(&read::<Sale>(sale(json!({
        "tracker": who, "tracker2": who, "tracker3": who,
        "payment": { "link": who },
        "refund": { "motive": who, "requesterName": who },
        "affiliate": person, "recipient": person, "buyer": person, "producer": person,
        "affiliates": share, "partners": share,
        "items": [{ "id": "1", "trackingCode": who }],
    }))));
    canary::debug_is_clean(&read::<SaleChargeback>(json!({
        "id": "1", "total": { "currency": "BRL", "value": 1 }, "chargeback": { "status": "lost" },
        "affiliate": person, "buyer": person,
    })));
    let phone = json!({ "countryCode": who, "areaCode": who, "number": who });
    let address =
        json!({ "street": who, "number": who, "supplement": who, "cep": who, "state": who, "country": who });
    let customer = json!({ "id": "1", "name": who, "email": who, "phone": phone, "address": address });
    canary::debug_is_clean(&read::<Customer>(customer.clone()));
    canary::debug_is_clean(&read::<CustomerSummary>(customer.clone()));
    canary::debug_is_clean(&read::<Affiliation>(
        json!({ "id": "1", "status": "pending", "customer": customer }),
    ));
    let address = json!({ "street": who, "number": who, "neighborhood": who, "complement": who, "postalCode": who, "state": who });
    canary::debug_is_clean(&read::<Cart>(json!({
        "id": "1", "key": who, "paymentUrl": who,
        "customer": { "email": who, "name": who, "cellphone": who, "document": who, "address": address },
    })));
}
