//! The receiver that `docs/webhooks.md` shows.

use axum::Router;
use eduzz::receiver::Receiver;
use eduzz::webhook::{Delivery, Event, Keys, Verdict};

use crate::Inbox;

/// An application that receives deliveries signed with these keys at `/eduzz`.
pub fn app(keys: Keys, inbox: impl Inbox) -> Router {
    let receiver = Receiver::new(keys, move |delivery| take(inbox.clone(), delivery))
        .on_refused(|refused| eprintln!("refused: {refused}"));
    Router::new().route_service("/eduzz", receiver)
}

/// Stores first, under the dedupe key. An error answers 503, and Eduzz retries the delivery.
async fn take<I: Inbox>(inbox: I, delivery: Delivery<bytes::Bytes>) -> Result<Verdict, I::Error> {
    let is_new = inbox.store(delivery.dedup_key(), delivery.body()).await?;
    if is_new {
        match delivery.event() {
            Event::MyeduzzInvoicePaid(invoice) => println!("invoice {} is paid", invoice.id),
            Event::Unknown(event) => println!("unknown event: {}", event.name),
            Event::Unusable(event) => eprintln!("{event}: {}", event.reason),
            _ => {}
        }
    }
    // 200 also for an unknown, unusable or duplicate event: a retry would change nothing.
    Ok(Verdict::ACCEPTED)
}
