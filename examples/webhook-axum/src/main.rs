//! Starts the receiver, and a sandbox that sends to it over sockets: sales, every event, and
//! duplicates.
//!
//! `cargo run -p webhook-axum`

#![allow(clippy::print_stdout, reason = "an example")]

use std::error::Error;
use std::time::Duration;

use eduzz::api::{
    CreateWebhookSubscription, GetWebhookSecret, SendWebhookSample, SetWebhookSubscriptionStatus,
};
use eduzz::sandbox::{Config, DeliveryState, Fault, Sandbox};
use eduzz::types::webhook::SubscriptionStatus;
use eduzz::webhook::{EVENTS, Key, Keys};
use eduzz::{AccessToken, Client, Grant, Origins, Pacing};
use webhook_axum::Memory;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut config = Config::default();
    // More than 30 samples are sent in a minute. Never disable the pace for the real service.
    config.pace = None;
    // Every other paid invoice is delivered twice, as if the first answer was lost.
    config.faults = vec![Fault::delivered_twice().on("myeduzz.invoice_paid").every(2)];
    let sandbox = Sandbox::start(config).await?;
    let client = Client::builder()
        .origins(Origins::sandbox(&sandbox.url())?)
        .pacing(Pacing::off())
        .build()?;
    let account = client.signed_in(Grant::personal(AccessToken::new(
        &*sandbox.person().personal_token,
    )));

    // The secret of subscriptions made through the API, and an old one that is being replaced.
    let secret = account.call(&GetWebhookSecret::new()).await?.secret;
    let keys = Keys::new("api", Key::new(&secret)?).and("2025", Key::new(&"invented-old-secret".into())?);

    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/eduzz", listener.local_addr()?);
    let table = Memory::default();
    let app = webhook_axum::app(keys, table.clone());
    tokio::spawn(webhook_axum::listen(listener, app));
    println!("receiving at {url}");

    // A subscription starts disabled. Activating it sends a ping, which must be answered.
    let subscribe = CreateWebhookSubscription::new("Example", &*url, EVENTS.iter().copied());
    let subscription = account.call(&subscribe).await?.id;
    let activate = SetWebhookSubscriptionStatus::new(subscription.clone(), SubscriptionStatus::Active);
    assert_eq!(account.call(&activate).await?.status, SubscriptionStatus::Active);
    assert_eq!(table.len(), 0, "a ping is not an event");

    // The sandbox sends the events of its shop.
    let sold = sandbox.control().sell(4);
    let deliveries = sandbox.control().deliveries();
    let all_taken = || {
        deliveries
            .history()
            .iter()
            .all(|record| record.state == DeliveryState::Taken)
    };
    while !all_taken() {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let attempts: usize = deliveries
        .history()
        .iter()
        .map(|record| record.attempts.len())
        .sum();
    println!(
        "{} sales: {attempts} deliveries, {} stored",
        sold.len(),
        table.len()
    );
    // The ping and two duplicates are not stored.
    assert_eq!(attempts - table.len(), 3);

    // A sample of every documented event.
    let before = table.len();
    for event in EVENTS {
        let sample = SendWebhookSample::new(subscription.clone(), *event);
        assert!(account.call(&sample).await?.is_taken(), "{event}");
    }
    println!("{} samples are stored", table.len() - before);
    assert_eq!(table.len() - before, EVENTS.len());

    table.bodies().into_iter().for_each(webhook_axum::work);
    sandbox.stop().await;
    Ok(())
}
