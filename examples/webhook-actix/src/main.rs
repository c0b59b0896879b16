//! Starts the receiver, and a sandbox that sends to it over sockets: sales and every event.
//!
//! `cargo run -p webhook-actix`

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    missing_docs,
    unreachable_pub,
    reason = "an example"
)]

mod receiver;
mod table;

use std::error::Error;
use std::time::Duration;

use actix_web::{App, HttpServer, rt, web};
use eduzz::api::{
    CreateWebhookSubscription, GetWebhookSecret, SendWebhookSample, SetWebhookSubscriptionStatus,
};
use eduzz::sandbox::{Config, DeliveryState, Sandbox};
use eduzz::types::webhook::SubscriptionStatus;
use eduzz::webhook::{EVENTS, Key, Keys};
use eduzz::{AccessToken, Client, Origins, Pacing};

use crate::table::Table;

#[actix_web::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut config = Config::default();
    // More than 30 samples are sent in a minute. Never disable the pace for the real service.
    config.pace = None;
    let sandbox = Sandbox::start(config).await?;
    let client = Client::builder()
        .origins(Origins::sandbox(&sandbox.url())?)
        .pacing(Pacing::off())
        .build()?;
    let token = AccessToken::new(&*sandbox.person().personal_token);
    let secret = client.call(&GetWebhookSecret::new(), &token).await?.secret;

    let keys = web::Data::new(Keys::new("api", Key::new(&secret)?));
    let table = web::Data::new(Table::default());
    let data = (keys, table.clone());
    let server = HttpServer::new(move || {
        App::new()
            .app_data(data.0.clone())
            .app_data(data.1.clone())
            .configure(receiver::routes)
    })
    .workers(2)
    .bind("127.0.0.1:0")?;
    let url = format!("http://{}/eduzz", server.addrs().first().ok_or("no address")?);
    let server = server.run();
    let handle = server.handle();
    rt::spawn(server);
    println!("receiving at {url}");

    let subscribe = CreateWebhookSubscription::new("Example", url, EVENTS.iter().copied());
    let subscription = client.call(&subscribe, &token).await?.id;
    let activate = SetWebhookSubscriptionStatus::new(subscription.clone(), SubscriptionStatus::Active);
    assert_eq!(
        client.call(&activate, &token).await?.status,
        SubscriptionStatus::Active
    );

    let sold = sandbox.control().sell(2);
    let deliveries = sandbox.control().deliveries();
    let all_taken = || {
        deliveries
            .history()
            .iter()
            .all(|record| record.state == DeliveryState::Taken)
    };
    while !all_taken() {
        rt::time::sleep(Duration::from_millis(10)).await;
    }
    println!("{} sales: {} deliveries stored", sold.len(), table.len());
    assert!(
        table.len() >= 2 * sold.len(),
        "each is paid, and its commissions are processed"
    );

    let before = table.len();
    for event in EVENTS {
        let sample = SendWebhookSample::new(subscription.clone(), *event);
        assert!(client.call(&sample, &token).await?.is_taken(), "{event}");
    }
    println!("{} samples are stored", table.len() - before);
    assert_eq!(table.len() - before, EVENTS.len());

    table.bodies().into_iter().for_each(receiver::work);
    handle.stop(true).await;
    sandbox.stop().await;
    Ok(())
}
