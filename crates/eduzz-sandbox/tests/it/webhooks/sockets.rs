//! Deliveries over loopback sockets.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use eduzz_api::webhook::{GetWebhookSecret, SendWebhookSample};
use eduzz_sandbox::{Clock, Config, DeliveryState, ReceiverAnswer, Sandbox};
use eduzz_types::webhook::subscriptions::SubscriptionStatus;
use eduzz_webhook::{Event, Key, Keys, Receipt, SIGNATURE_HEADER};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

use super::{set_status, subscribe};
use crate::client::Client;
use crate::sockets::exchange;

/// A receiver, and the deliveries to it.
struct Receiver {
    address: SocketAddr,
    came: mpsc::UnboundedReceiver<(HeaderMap, Vec<u8>)>,
}

impl Receiver {
    /// Answers the first requests with these statuses, and all later ones with 200; the body
    /// has the number of the request.
    async fn start(first: &'static [u16]) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let (sender, came) = mpsc::unbounded_channel();
        let number = Arc::new(AtomicUsize::new(0));
        let take = move |headers: HeaderMap, body: Bytes| {
            let number = number.fetch_add(1, Ordering::SeqCst);
            sender.send((headers, body.to_vec())).expect("the test listens");
            let status = StatusCode::from_u16(first.get(number).copied().unwrap_or(200));
            std::future::ready((status.expect("a status"), format!("answer {number}")))
        };
        let router = Router::new().route("/eduzz", post(take));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address, came }
    }

    fn url(&self) -> String {
        format!("http://{}/eduzz?key=invented", self.address)
    }

    async fn next(&mut self) -> (HeaderMap, Vec<u8>) {
        let next = tokio::time::timeout(Duration::from_secs(20), self.came.recv());
        next.await.expect("a delivery").expect("the receiver runs")
    }
}

/// Makes a subscription that is active.
async fn active(client: &Client, url: &str, events: &[&str]) {
    let id = subscribe(client, url, events).await;
    let active = set_status(client, &id, SubscriptionStatus::Active).await;
    assert_eq!(active.unwrap().status, SubscriptionStatus::Active);
}

#[tokio::test]
async fn delivery_that_waits_is_sent_by_the_sandbox_that_goes_on() {
    let client = Client::new();
    let mut receiver = Receiver::start(&[200, 500]).await;
    active(&client, &receiver.url(), &["myeduzz.invoice_paid"]).await;
    let mut changes = client.control.changes();
    client.control.sell(1);
    let (_ping, (_, refused)) = (receiver.next().await, receiver.next().await);
    let waits = || {
        let newest = client.control.deliveries().newest().unwrap();
        matches!(newest.state, DeliveryState::Waiting { until: Some(_) })
    };
    while !waits() {
        changes.next().await;
    }
    let snapshot = client.control.snapshot();
    let second = Client::with(|config| {
        *config = snapshot.config();
        config.clock = Clock::manual(client.control.now());
    });
    second.config.clock.advance(Duration::from_secs(60));
    let (_, again) = receiver.next().await;
    assert_eq!(again, refused);
}

#[tokio::test]
async fn receiver_gets_signed_events_of_a_paid_sale() {
    let client = Client::new();
    let mut receiver = Receiver::start(&[]).await;
    let events = ["myeduzz.invoice_paid", "myeduzz.commission_processed"];
    active(&client, &receiver.url(), &events).await;
    let secret = client.call(&GetWebhookSecret::new()).await.unwrap();
    assert!(secret.secret.expose().starts_with("edzwgd_"));
    let keys = Keys::new("sandbox", Key::new(&secret.secret).unwrap());
    let mut receive = async || {
        let (headers, body) = receiver.next().await;
        assert_eq!(headers["content-type"], "application/json");
        let signature = headers[SIGNATURE_HEADER].to_str().unwrap();
        let is_hexadecimal = |digit: u8| b"0123456789abcdef".contains(&digit);
        assert!(signature.len() == 64 && signature.bytes().all(is_hexadecimal));
        let signatures = headers.get_all(SIGNATURE_HEADER).iter();
        let signatures = signatures.map(|value| value.as_bytes().to_vec());
        keys.receive("POST", signatures, body).unwrap()
    };
    assert!(matches!(receive().await, Receipt::Ping(_)));

    let sold = client.control.sell(1);
    let (mut paid, mut commissions) = (None, None);
    for _ in 0..2 {
        let Receipt::Delivery(delivery) = receive().await else {
            panic!("a delivery")
        };
        match delivery.event() {
            Event::MyeduzzInvoicePaid(invoice) => paid = Some(invoice.id.to_string()),
            Event::MyeduzzCommissionProcessed(commission) => {
                commissions = Some(commission.invoice_id.to_string());
            }
            other => panic!("{:?}", other.name()),
        }
    }
    assert_eq!([paid, commissions], [0, 0].map(|first| Some(sold[first].clone())));
}

#[tokio::test]
async fn failed_delivery_is_retried_by_the_sandbox_clock() {
    let client = Client::new();
    let mut receiver = Receiver::start(&[200, 500]).await;
    active(&client, &receiver.url(), &["myeduzz.invoice_paid"]).await;
    receiver.next().await;
    client.control.sell(1);
    let (_, first) = receiver.next().await;
    let deliveries = client.control.deliveries();
    // The answer is on its way back; the clock that stands makes nothing happen before it is moved.
    let waits = || {
        let state = deliveries.history().pop().map(|record| record.state);
        matches!(state, Some(DeliveryState::Waiting { until: Some(_) }))
    };
    while !waits() {
        tokio::task::yield_now().await;
    }
    client.config.clock.advance(Duration::from_secs(60));
    let (_, second) = receiver.next().await;
    assert_eq!(first, second, "the same bytes, and so the same id and signature");
    while deliveries.history().pop().unwrap().state != DeliveryState::Taken {
        tokio::task::yield_now().await;
    }
    let record = deliveries.history().pop().unwrap();
    let answers: Vec<&ReceiverAnswer> = record.attempts.iter().map(|attempt| &attempt.answer).collect();
    assert!(matches!(answers[0], ReceiverAnswer::Status { status: 500, body } if body == "answer 1"));
    assert!(matches!(answers[1], ReceiverAnswer::Status { status: 200, body } if body == "answer 2"));
}

#[tokio::test]
async fn outage_leads_to_the_backup_and_its_end_brings_everything() {
    let client = Client::with(|config| config.webhooks.backup = true);
    let mut receiver = Receiver::start(&[]).await;
    active(&client, &receiver.url(), &["myeduzz.invoice_paid"]).await;
    receiver.next().await;
    let deliveries = client.control.deliveries();
    deliveries.set_outage(true);
    let sold = client.control.sell(3);
    let has_failed = |times: usize| {
        let history = deliveries.history();
        let mut told = history.iter().filter(|record| record.event != "ping");
        told.all(|record| record.attempts.len() >= times && record.state != DeliveryState::UnderWay)
    };
    for (times, wait) in [(1, 60), (2, 300)] {
        while !has_failed(times) {
            tokio::task::yield_now().await;
        }
        client.config.clock.advance(Duration::from_secs(wait));
    }
    while !has_failed(3) {
        tokio::task::yield_now().await;
    }
    let history = deliveries.history();
    assert!(
        history
            .iter()
            .skip(1)
            .all(|record| record.state == DeliveryState::Stored)
    );
    assert!(receiver.came.try_recv().is_err());
    deliveries.set_outage(false);
    client.config.clock.advance(Duration::from_secs(60));
    let mut came = std::collections::HashSet::new();
    for _ in 0..3 {
        let (_, body) = receiver.next().await;
        let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
        came.insert(body["data"]["id"].as_str().unwrap().to_owned());
    }
    assert!(sold.iter().all(|sale| came.contains(sale)));
}

#[tokio::test]
async fn missing_receiver_is_reported() {
    let client = Client::new();
    let gone = {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        format!("http://{}/", listener.local_addr().unwrap())
    };
    let id = subscribe(&client, &gone, &["myeduzz.invoice_paid"]).await;
    let active = set_status(&client, &id, SubscriptionStatus::Active).await;
    assert!(active.unwrap_err().contains("422"));
    let sample = SendWebhookSample::new(&*id, "sun.cart_abandonment");
    let report = client.call(&sample).await.unwrap();
    assert_eq!((report.status_code, report.is_taken()), (Some(0), false));
    assert!(report.body.unwrap().as_str().contains("connection"));
}

#[tokio::test]
async fn silent_receiver_times_out() {
    let client = Client::with(|config| config.webhooks.time_out = Duration::from_millis(50));
    let silent = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("http://{}/", silent.local_addr().unwrap());
    let id = subscribe(&client, &url, &["myeduzz.invoice_paid"]).await;
    let sample = SendWebhookSample::new(&*id, "myeduzz.invoice_paid");
    let report = client.call(&sample).await.unwrap();
    assert!(report.body.unwrap().as_str().contains("within"));
}

#[tokio::test]
async fn redirect_is_not_followed() {
    let client = Client::new();
    let mut receiver = Receiver::start(&[307]).await;
    let id = subscribe(&client, &receiver.url(), &["myeduzz.invoice_paid"]).await;
    let active = set_status(&client, &id, SubscriptionStatus::Active).await;
    assert!(active.unwrap_err().contains("422"));
    receiver.next().await;
}

#[tokio::test]
async fn thousand_deliveries_arrive_once_each() {
    let client = Client::new();
    let mut receiver = Receiver::start(&[]).await;
    active(&client, &receiver.url(), &["myeduzz.invoice_paid"]).await;
    receiver.next().await;
    let sold = client.control.sell(1_000);
    let mut came = std::collections::HashSet::new();
    for _ in 0..1_000 {
        let (_, body) = receiver.next().await;
        let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
        assert!(came.insert(body["data"]["id"].as_str().unwrap().to_owned()));
    }
    assert!(sold.iter().all(|sale| came.contains(sale)));
}

/// A call over a socket; the answer's body.
async fn send(sandbox: &Sandbox, line: &str, body: &str) -> String {
    let (port, token) = (sandbox.port(), &sandbox.person().personal_token);
    let header = format!("host: 127.0.0.1:{port}\r\nauthorization: Bearer {token}");
    let answer = exchange(port, line, &header, body).await;
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200"), "{answer}");
    body.to_owned()
}

#[tokio::test]
async fn stopped_sandbox_sends_nothing() {
    let sandbox = Sandbox::start(Config::default()).await.unwrap();
    let mut receiver = Receiver::start(&[]).await;
    let control = sandbox.control().clone();
    let wanted = serde_json::json!({
        "name": "Vendas", "url": receiver.url(), "events": [{ "name": "myeduzz.invoice_paid" }],
    });
    let made = send(&sandbox, "POST /webhook/v1/subscription", &wanted.to_string()).await;
    let made: serde_json::Value = serde_json::from_str(&made).unwrap();
    let id = made["id"].as_str().unwrap();
    let line = format!("POST /webhook/v1/subscription/{id}/status");
    send(&sandbox, &line, r#"{"status":"active"}"#).await;
    receiver.next().await;
    control.sell(1);
    receiver.next().await;

    sandbox.stop().await;
    control.sell(1);
    // Nobody has taken it out.
    assert_eq!(control.deliveries().due().len(), 1);
}
