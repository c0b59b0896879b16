//! Starts the receiver, and an Eduzz of its own that sends to it over sockets: sales, each event there is, and duplicates.
//!
//! `cargo run -p webhook-axum`

#![allow(clippy::print_stdout, reason = "an example")]

use std::error::Error;
use std::time::Duration;

use eduzz_api::webhook::{
    CreateWebhookSubscription, GetWebhookSecret, SendWebhookSample, SetWebhookSubscriptionStatus,
};
use eduzz_hyper::{Client, Pacing};
use eduzz_oauth::Grant;
use eduzz_sandbox::{Config, DeliveryState, Fault, Sandbox};
use eduzz_types::AccessToken;
use eduzz_types::webhook::subscriptions::SubscriptionStatus;
use eduzz_webhook::{EVENTS, Key, Keys};
use eduzz_wire::Origins;
use webhook_axum::Memory;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut config = Config::default();
    // There are more than 30 samples to a minute, which a sandbox need not mind. Never turn the pace off for the platform.
    config.pace = None;
    // Every other paid invoice is delivered twice, as happens when an answer is lost.
    config.faults = vec![Fault::delivered_twice().on("myeduzz.invoice_paid").every(2)];
    let sandbox = Sandbox::start(config).await?;
    let client = Client::builder()
        .origins(Origins::sandbox(&sandbox.url())?)
        .pacing(Pacing::off())
        .build()?;
    let account = client.signed_in(Grant::personal(AccessToken::new(
        &*sandbox.person().personal_token,
    )));

    // The secret of subscriptions that are made through the API; another one is still taken, because it is being replaced.
    let secret = account.call(&GetWebhookSecret::new()).await?.secret;
    let keys = Keys::new("api", Key::new(&secret)?).and("2025", Key::new(&"invented-old-secret".into())?);

    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/eduzz", listener.local_addr()?);
    let inbox = Memory::default();
    let app = webhook_axum::app(keys, inbox.clone());
    tokio::spawn(async move { axum::serve(listener, app).await });
    println!("receiving at {url}");

    // A subscription is made disabled. Activating it sends a ping, which has to be answered.
    let subscribe = CreateWebhookSubscription::new("Example", &*url, EVENTS.iter().copied());
    let subscription = account.call(&subscribe).await?.id;
    let activate = SetWebhookSubscriptionStatus::new(subscription.clone(), SubscriptionStatus::Active);
    assert_eq!(account.call(&activate).await?.status, SubscriptionStatus::Active);
    assert_eq!(inbox.len(), 0, "a ping tells nothing");

    // What happens in the shop is told.
    let sold = sandbox.control().sell(4);
    let deliveries = sandbox.control().deliveries();
    let taken = || {
        deliveries
            .history()
            .iter()
            .all(|record| record.state == DeliveryState::Taken)
    };
    while !taken() {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let came: usize = deliveries
        .history()
        .iter()
        .map(|record| record.attempts.len())
        .sum();
    println!(
        "{} sales: {came} deliveries, of which {} are stored",
        sold.len(),
        inbox.len()
    );
    // The ping, and two invoices that came twice.
    assert_eq!(came - inbox.len(), 3);

    // A sample of each event that the documentation has.
    let before = inbox.len();
    for event in EVENTS {
        let sample = SendWebhookSample::new(subscription.clone(), *event);
        assert!(account.call(&sample).await?.is_taken(), "{event}");
    }
    println!("{} samples are stored", inbox.len() - before);
    assert_eq!(inbox.len() - before, EVENTS.len());

    sandbox.stop().await;
    Ok(())
}
