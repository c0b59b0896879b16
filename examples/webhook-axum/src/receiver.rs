//! The receiver: what `docs/webhooks.md` shows.

use axum::Router;
use eduzz_receiver::{Delivery, Receiver};
use eduzz_webhook::{Event, Keys, Verdict};

use crate::Inbox;

/// An application that receives at `/eduzz` what these keys signed.
pub fn app(keys: Keys, inbox: impl Inbox) -> Router {
    let receiver = Receiver::new(keys, move |delivery| take(inbox.clone(), delivery))
        .on_refused(|refused| eprintln!("refused: {refused}"));
    Router::new().route_service("/eduzz", receiver)
}

/// Stores first, under the key that duplicates are known by. An error is answered with 503, and the delivery comes again.
async fn take<I: Inbox>(inbox: I, delivery: Delivery<bytes::Bytes>) -> Result<Verdict, I::Error> {
    let is_new = inbox.store(delivery.dedup_key(), delivery.body()).await?;
    if is_new {
        match delivery.event() {
            Event::MyeduzzInvoicePaid(invoice) => println!("invoice {} is paid", invoice.id),
            Event::Unknown(event) => println!("an event that is new: {}", event.name),
            Event::Unusable(event) => eprintln!("{event}: {}", event.reason),
            _ => {}
        }
    }
    // 200 also for what is unknown, unusable, or was here before: sent again it would be the same.
    Ok(Verdict::ACCEPTED)
}
