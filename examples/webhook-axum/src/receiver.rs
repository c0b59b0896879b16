//! The receiver and the worker that `docs/webhooks.md` shows.

use axum::Router;
use eduzz::receiver::Receiver;
use eduzz::webhook::{Event, Keys, Stored};

use crate::Table;

/// An application that stores the deliveries signed with these keys. An error answers 503.
pub fn app<I: Table>(keys: Keys, table: I) -> Router {
    let receiver = Receiver::new(keys, move |delivery| {
        let table = table.clone();
        async move { table.store(delivery.dedup_key(), delivery.body()).await }
    })
    .on_refused(|refused| eprintln!("refused: {refused}"))
    .on_failed(|delivery, failed| eprintln!("{:?}: {failed}", delivery.id()));
    Router::new().route_service("/eduzz", receiver)
}

/// Works on a stored delivery, later and without a key.
pub fn work(body: Vec<u8>) {
    match Stored::verified_before(body).event() {
        Event::MyeduzzInvoicePaid(invoice) => println!("invoice {} is paid", invoice.id),
        Event::Unknown(event) => println!("unknown event: {}", event.name),
        Event::Unusable(event) => eprintln!("{event}: {}", event.reason),
        _ => {}
    }
}
