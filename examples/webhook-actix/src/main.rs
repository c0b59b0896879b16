//! Starts the receiver and sends it, over sockets, what Eduzz would send, and what Eduzz would not.
//!
//! `cargo run -p webhook-actix`

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    missing_docs,
    unreachable_pub,
    reason = "an example"
)]

mod inbox;
mod receiver;

use std::error::Error;

use actix_web::{App, HttpServer, rt, web};
use eduzz_types::webhook::WebhookSecret;
use eduzz_webhook::{Key, Keys, SIGNATURE_HEADER};
use http::Request;
use http_body_util::Full;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;

use crate::inbox::Inbox;

#[actix_web::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let key = Key::new(&WebhookSecret::new("edzwgd_invented"))?;
    let keys = web::Data::new(Keys::new("2026", key.clone()));
    let inbox = web::Data::new(Inbox::default());

    let data = (keys, inbox.clone());
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

    let client = Client::builder(TokioExecutor::new()).build_http();
    let send = async |key: Option<&Key>, body: &'static [u8]| {
        let mut request = Request::post(&url);
        if let Some(key) = key {
            request = request.header(SIGNATURE_HEADER, key.sign(body).as_str());
        }
        let answer = client.request(request.body(Full::<&[u8]>::new(body))?).await?;
        Ok::<u16, Box<dyn Error>>(answer.status().as_u16())
    };

    // A check of the URL, unsigned, as when it is saved in the console; every event twice; a forgery.
    let ping = br#"{"id":"p1","event":"ping","data":{"message":"ping"}}"#;
    assert_eq!(send(None, ping).await?, 200);
    for event in eduzz_fixtures::EVENTS {
        let body = event.plain().ok_or("an event without an example")?;
        assert_eq!(send(Some(&key), body).await?, 200);
        assert_eq!(send(Some(&key), body).await?, 200);
    }
    println!(
        "{} events, each sent twice: {} are stored",
        eduzz_fixtures::EVENTS.len(),
        inbox.len()
    );
    assert_eq!(inbox.len(), eduzz_fixtures::EVENTS.len());
    let sale = br#"{"id":"f1","event":"myeduzz.invoice_paid","data":{"id":"1","status":"paid"}}"#;
    assert_eq!(
        send(Some(&Key::new(&WebhookSecret::new("a guess"))?), sale).await?,
        401
    );
    assert_eq!(inbox.len(), eduzz_fixtures::EVENTS.len());

    handle.stop(true).await;
    Ok(())
}
