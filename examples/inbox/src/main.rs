//! Starts an inbox with two handlers, and a local Eduzz that sends to it: each event twice, and
//! some of them while the handlers fail.
//!
//! `cargo run -p inbox`

#![allow(clippy::print_stdout, reason = "an example")]

use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use eduzz::api::{CreateWebhookSubscription, GetWebhookSecret, SetWebhookSubscriptionStatus};
use eduzz::inbox::rusqlite::Connection;
use eduzz::inbox::{Failure, Handled, Inbox, Sqlite};
use eduzz::sandbox::{Config, Fault, Sandbox};
use eduzz::types::webhook::SubscriptionStatus;
use eduzz::webhook::{EVENTS, Event, Key, Keys};
use eduzz::{AccessToken, Account, Client, Grant, Origins};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The inbox of a shop: what was paid goes into a table of its own in the same database, and buyers
/// get a letter.
fn shop(store: Sqlite, letters: Arc<AtomicU32>) -> Inbox<Sqlite> {
    Inbox::new(store)
        .ordered()
        .handler("orders", |inbound| async move {
            let Event::MyeduzzInvoicePaid(invoice) = inbound.event() else {
                return Ok(Handled::new());
            };
            let paid = invoice.amount_paid();
            let paid = paid.map(|money| money.to_string());
            // Committed together with the mark that this handler accepted the event.
            Ok(Handled::sqlite(move |db| {
                db.execute("insert into paid values (?1, ?2)", (invoice.id.as_str(), paid))?;
                Ok(())
            }))
        })
        .handler("letters", move |inbound| {
            let letters = Arc::clone(&letters);
            async move {
                if matches!(inbound.event(), Event::MyeduzzInvoicePaid(_)) {
                    // The first two letters fail: the event is retried, without the first handler.
                    if letters.fetch_add(1, Ordering::Relaxed) < 2 {
                        return Err(Failure::new("no_paper").into());
                    }
                    println!("a letter with the key {}", inbound.idempotency_key());
                }
                Ok(Handled::new())
            }
        })
        .on_failed(|inbound, failed| println!("event {}: {failed}", inbound.row().seq))
}

#[tokio::main]
async fn main() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("inbox.sqlite");
    let store = Sqlite::open(&file).await?;
    let db = Connection::open(&file)?;
    db.execute_batch("create table paid (invoice text primary key, amount text)")?;

    let mut config = Config::default();
    // As if the answer to each first delivery was lost.
    config.faults = vec![Fault::delivered_twice()];
    let sandbox = Sandbox::start(config).await?;
    let account = account(&sandbox)?;
    let secret = account.call(&GetWebhookSecret::new()).await?.secret;

    let inbox = shop(store, Arc::default());
    let receiver = inbox.receiver(Keys::new("api", Key::new(&secret)?));
    let app = axum::Router::new().route_service("/eduzz", receiver);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/eduzz", listener.local_addr()?);
    tokio::spawn(async move { axum::serve(listener, app).await });
    subscribe(&account, &url).await?;

    let sold = sandbox.control().sell(4).len();
    let is_open = async || inbox.health().await.counts.is_ok_and(|counts| counts.open() > 0);
    let done = async {
        while is_open().await || paid(&db).is_ok_and(|paid| paid < sold) {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    inbox.run(done).await?;

    let counts = inbox.health().await.counts?;
    println!(
        "{sold} sales: {} events, {} copies, {} invoices paid",
        counts.stored(),
        counts.copies,
        paid(&db)?
    );
    assert_eq!(paid(&db)?, sold, "each invoice once");
    assert_eq!(counts.dead, 0);
    sandbox.stop().await;
    Ok(())
}

fn paid(db: &Connection) -> Result<usize> {
    Ok(db.query_row("select count(*) from paid", [], |row| row.get(0))?)
}

fn account(sandbox: &Sandbox) -> Result<Account> {
    let client = Client::builder()
        .origins(Origins::sandbox(&sandbox.url())?)
        .build()?;
    let token = AccessToken::new(&*sandbox.person().personal_token);
    Ok(client.signed_in(Grant::personal(token)))
}

/// Subscribes to every event. Activating a subscription sends a ping, which the receiver answers.
async fn subscribe(account: &Account, url: &str) -> Result<()> {
    let subscribe = CreateWebhookSubscription::new("Inbox", url, EVENTS.iter().copied());
    let subscription = account.call(&subscribe).await?.id;
    let activate = SetWebhookSubscriptionStatus::new(subscription, SubscriptionStatus::Active);
    account.call(&activate).await?;
    Ok(())
}
