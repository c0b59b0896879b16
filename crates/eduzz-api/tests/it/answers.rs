//! Answers in more than one form.

use eduzz_api::myeduzz::{
    BulkCancelSubscriptions, GetSubscription, ListAffiliates, ListProductCampaigns, ListSubscriptionInvoices,
    ReactivateSubscription, SendCardChangeEmail,
};
use eduzz_api::sun::CreateCart;
use eduzz_api::webhook::{DeleteWebhookSubscription, DeleteWebhookSubscriptionsByUrl, SendWebhookSample};
use eduzz_types::myeduzz::{InvoiceState, InvoiceStatus};
use eduzz_wire::{EncodeError, EndpointExt as _, RejectionKind, ResponseError};
use http::Response;

use crate::support::request;

#[test]
fn success_without_documented_body_may_be_empty() {
    let call = SendCardChangeEmail::new("1");
    let empty = call.response(&Response::new("")).unwrap();
    assert_eq!(call.response(&Response::new(" \r\n")).unwrap(), empty);
    assert_eq!(call.response(&Response::new("{}")).unwrap(), empty);
    assert!(call.response(&Response::new("accepted")).is_err());
    // A success without a body must not look like a failure.
    let reactivated = ReactivateSubscription::new("1").response(&Response::new(""));
    assert!(reactivated.is_ok());
    // The other calls return data, so an empty body is unreadable.
    assert!(matches!(
        GetSubscription::new("1").response(&Response::new("")),
        Err(ResponseError::Unreadable(_))
    ));
    assert!(matches!(
        ListProductCampaigns::new("1").response(&Response::new("")),
        Err(ResponseError::Unreadable(_))
    ));
}

#[test]
fn invoice_status_reads_text_and_boolean() {
    let state = |body: &'static str| {
        let invoices = ListSubscriptionInvoices::new("1").response(&Response::new(body));
        invoices.unwrap().items.remove(0).status
    };
    assert_eq!(
        state(r#"{"items":[{"id":1,"status":"open"}]}"#).status(),
        Some(&InvoiceStatus::Open)
    );
    let other = state(r#"{"items":[{"id":1,"status":"paid"}]}"#);
    assert_eq!(other.status().unwrap().as_str(), "paid");
    let flag = state(r#"{"items":[{"id":1,"status":false}]}"#);
    assert_eq!((&flag, flag.status()), (&InvoiceState::Flag(false), None));
}

#[test]
fn call_with_blank_id_is_not_sent() {
    let missing = |name| Err(EncodeError::Missing { name });
    let cancel =
        |ids: &[&str]| request(&BulkCancelSubscriptions::new(ids.iter().copied(), "a reason")).map(drop);
    assert_eq!(cancel(&[]), missing("subscriptions"));
    assert_eq!(cancel(&["1", " "]), missing("subscriptions"));
    assert_eq!(cancel(&["1"]), Ok(()));

    let list = |ids: &[&str]| request(&ListAffiliates::new().product_ids(ids.iter().copied())).map(drop);
    assert_eq!(list(&[""]), missing("product_ids"));
    assert_eq!(list(&[]), Ok(()));

    let cart = CreateCart::new("A-1", "https://loja.example.com/avisos", []);
    assert_eq!(request(&cart).map(drop), missing("items"));

    let delete = |url: &str| request(&DeleteWebhookSubscriptionsByUrl::new(url)).map(drop);
    assert_eq!(delete(""), missing("url"));
    assert_eq!(delete("https://hooks.example.com/"), Ok(()));
    let blank = request(&DeleteWebhookSubscription::new(" ")).map(drop);
    assert_eq!(blank, Err(EncodeError::PathValue { name: "id" }));
}

#[test]
fn failed_receiver_is_success_of_sample_call() {
    let call = SendWebhookSample::new("1", "myeduzz.invoice_paid");
    let read =
        |status: u16, body: &str| call.response(&Response::builder().status(status).body(body).unwrap());
    let taken = read(200, r#"{"statusCode":204,"body":"","timeTaken":1}"#).unwrap();
    assert!(taken.is_taken());
    let refused = read(404, r#"{"statusCode":503,"body":"later","timeTaken":"2"}"#).unwrap();
    assert!(!refused.is_taken());
    assert_eq!((refused.status_code, refused.time_taken), (Some(503), 2.into()));
    let odd = read(404, r#"{"statusCode":"503","body":null,"timeTaken":184.25}"#).unwrap();
    assert_eq!(
        (odd.status_code, odd.time_taken.to_string()),
        (Some(503), "184.25".into())
    );
    let silent = read(404, r#"{"statusCode":null,"body":"time-out","timeTaken":30000}"#).unwrap();
    assert_eq!((silent.status_code, silent.is_taken()), (None, false));
    assert!(read(200, r#"{"statusCode":70000,"timeTaken":1}"#).is_err());
    // The answer of a web framework, which has a `statusCode` too.
    let framework = r#"{"statusCode":404,"message":"Cannot POST","error":"Not Found"}"#;
    let error = read(404, framework).unwrap_err();
    assert_eq!(error.rejection().unwrap().kind(), RejectionKind::NotFound);
}
