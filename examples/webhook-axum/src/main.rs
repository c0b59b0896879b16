//! Starts the receiver and sends it, over sockets, what Eduzz would send, and what Eduzz would not.
//!
//! `cargo run -p webhook-axum`

#![allow(clippy::print_stdout, reason = "an example")]

use std::error::Error;

use eduzz_fixtures::EventFixture;
use eduzz_types::webhook::WebhookSecret;
use eduzz_webhook::{Key, Keys, SIGNATURE_HEADER};
use http::Request;
use http_body_util::Full;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use webhook_axum::Memory;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    // The secrets come from the environment or a store for secrets. Two of them, because one is being replaced.
    let new = Key::new(&WebhookSecret::new("edzwgd_invented-2026"))?;
    let old = Key::new(&WebhookSecret::new("edzwgd_invented-2025"))?;
    let keys = Keys::new("2026", new.clone()).and("2025", old.clone());
    let inbox = Memory::default();

    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/eduzz", listener.local_addr()?);
    let app = webhook_axum::app(keys, inbox.clone());
    tokio::spawn(async move { axum::serve(listener, app).await });
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

    // A check of the URL, unsigned, as when it is saved in the console.
    let ping = br#"{"id":"p1","event":"ping","data":{"message":"ping"}}"#;
    assert_eq!(send(None, ping).await?, 200);

    // Every event of the documentation, twice: with the old key and, as a duplicate, with the new one.
    let bodies: Vec<&[u8]> = eduzz_fixtures::EVENTS
        .iter()
        .filter_map(EventFixture::plain)
        .collect();
    for &body in &bodies {
        assert_eq!(send(Some(&old), body).await?, 200);
        assert_eq!(send(Some(&new), body).await?, 200);
    }
    println!(
        "{} events, each sent twice: {} are stored",
        bodies.len(),
        inbox.len()
    );
    assert_eq!(inbox.len(), bodies.len());

    // What nobody knows, and what nobody can read, is genuine all the same.
    assert_eq!(
        send(Some(&new), br#"{"id":"u1","event":"sun.new","data":{}}"#).await?,
        200
    );
    assert_eq!(send(Some(&new), br#"{"id":"u2","event":7}"#).await?, 200);

    // A forgery is not, nor what has no signature.
    let forger = Key::new(&WebhookSecret::new("a guess"))?;
    let sale = br#"{"id":"f1","event":"myeduzz.invoice_paid","data":{"id":"1","status":"paid"}}"#;
    assert_eq!(send(Some(&forger), sale).await?, 401);
    assert_eq!(send(None, sale).await?, 401);
    assert_eq!(inbox.len(), bodies.len() + 2);
    Ok(())
}
