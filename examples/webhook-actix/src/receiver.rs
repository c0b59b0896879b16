//! The receiver. It needs only `eduzz-webhook`; actix-web reads the body within limits.

use std::time::Duration;

use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse, rt, web};
use eduzz::webhook::{BODY_LIMIT, Delivery, Event, Keys, Receipt, SIGNATURE_HEADER, Stored, Verdict};

use crate::table::{Full, Table};

/// How long a body may take.
const BODY_TIME: Duration = Duration::from_secs(10);

/// Receives at `/eduzz`, with any method: a check of the URL may come with GET or HEAD.
pub fn routes(service: &mut web::ServiceConfig) {
    service.route("/eduzz", web::to(eduzz));
}

async fn eduzz(
    request: HttpRequest,
    payload: web::Payload,
    keys: web::Data<Keys>,
    table: web::Data<Table>,
) -> HttpResponse {
    let verdict = receive(request, payload, &keys, table).await;
    let status = StatusCode::from_u16(verdict.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    HttpResponse::build(status).body(verdict.body())
}

async fn receive(
    request: HttpRequest,
    payload: web::Payload,
    keys: &Keys,
    table: web::Data<Table>,
) -> Verdict {
    let body = if request.method() == Method::POST {
        match rt::time::timeout(BODY_TIME, payload.to_bytes_limited(BODY_LIMIT)).await {
            Err(_) => return Verdict::TOO_SLOW,
            Ok(Err(_)) => return Verdict::TOO_LARGE,
            Ok(Ok(Err(_))) => return Verdict::CUT,
            Ok(Ok(Ok(body))) => body,
        }
    } else {
        // The body of another method is not read.
        web::Bytes::new()
    };
    let signatures = request.headers().get_all(SIGNATURE_HEADER);
    match keys.receive(request.method().as_str(), signatures, body) {
        Ok(Receipt::Ping(_)) => Verdict::PING,
        Err(refusal) => {
            eprintln!("refused: {refusal}");
            refusal.into()
        }
        // In its own task: a panic is answered, and a sender that disconnects does not cancel it.
        Ok(Receipt::Delivery(delivery)) => match rt::spawn(async move { store(&table, &delivery) }).await {
            Ok(stored) => stored.into(),
            Err(_) => Verdict::FAILED,
        },
    }
}

/// Only stores, under the dedupe key. An error answers 503, and Eduzz retries the delivery.
fn store(table: &Table, delivery: &Delivery<web::Bytes>) -> Result<(), Full> {
    let stored = table.store(delivery.dedup_key(), delivery.body());
    stored.inspect_err(|_| eprintln!("{:?}: the table is full", delivery.id()))
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
