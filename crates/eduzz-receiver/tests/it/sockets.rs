//! The service in a real server.

use axum::Router;
use axum::routing::get;
use eduzz_receiver::{Intake, Receiver};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::support::{EVENT, Seen, key, keys};

/// Starts a server with a receiver that panics on one event.
async fn start(seen: &Seen) -> std::net::SocketAddr {
    let handler = seen.clone();
    let intake = Intake::new(keys()).body_time(std::time::Duration::from_millis(50));
    let receiver = Receiver::new(intake, move |delivery| {
        handler.handle(&delivery);
        async move { assert_ne!(delivery.dedup_key(), "panics") }
    })
    .on_refused(seen.log());
    let app = Router::new()
        .route("/other", get(|| async { "other" }))
        .route_service("/eduzz", receiver);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, app).await });
    address
}

fn post(length: usize, body: &str, signature: &str) -> String {
    format!(
        "POST /eduzz HTTP/1.1\r\nhost: receiver\r\ncontent-length: {length}\r\nX-SIGNATURE: {signature}\r\n\r\n{body}"
    )
}

/// Reads one answer and gives its status and body.
async fn read(stream: &mut TcpStream) -> (u16, String) {
    let mut answer = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&answer).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length: "));
            if body.len() >= length.map_or(0, |length| length.parse().unwrap()) {
                return (head[9..12].parse().unwrap(), body.to_owned());
            }
        }
        let mut piece = [0; 4096];
        let count = stream.read(&mut piece).await.unwrap();
        assert_ne!(count, 0, "the connection ended without an answer");
        answer.extend_from_slice(&piece[..count]);
    }
}

#[tokio::test]
async fn connection_survives_a_panic() {
    let seen = Seen::default();
    let address = start(&seen).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    let panics = EVENT.replace("1nv3nt3d", "panics");
    for (body, status) in [
        (EVENT, 200),
        (panics.as_str(), 500),
        (EVENT, 200),
        ("forged", 401),
        (EVENT, 200),
    ] {
        let signature = match status {
            401 => "0".repeat(64),
            _ => key().sign(body.as_bytes()).to_string(),
        };
        let request = post(body.len(), body, &signature);
        stream.write_all(request.as_bytes()).await.unwrap();
        assert_eq!(read(&mut stream).await.0, status, "{body}");
    }
    assert_eq!(seen.handled(), ["1nv3nt3d", "panics", "1nv3nt3d", "1nv3nt3d"]);
}

#[tokio::test]
async fn body_that_stalls_or_is_too_large_is_answered() {
    let seen = Seen::default();
    let address = start(&seen).await;
    for (length, sent, status) in [(1000, "{", 408), (50_000_000, "{", 413)] {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let request = post(length, sent, "");
        stream.write_all(request.as_bytes()).await.unwrap();
        assert_eq!(read(&mut stream).await.0, status);
    }
    assert_eq!(seen.handled(), [""; 0]);
}

/// The server itself refuses it, and continues.
#[tokio::test]
async fn header_of_a_megabyte_is_refused() {
    let seen = Seen::default();
    let address = start(&seen).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = post(EVENT.len(), EVENT, &"a".repeat(1_000_000));
    // The server may answer and close early.
    let _ = stream.write_all(request.as_bytes()).await;
    let mut answer = vec![0; 12];
    if stream.read_exact(&mut answer).await.is_ok() {
        assert_eq!(answer, b"HTTP/1.1 431");
    }
    let mut stream = TcpStream::connect(address).await.unwrap();
    let signature = key().sign(EVENT.as_bytes());
    let request = post(EVENT.len(), EVENT, signature.as_str());
    stream.write_all(request.as_bytes()).await.unwrap();
    assert_eq!(read(&mut stream).await.0, 200);
    assert_eq!(seen.handled(), ["1nv3nt3d"]);
}

#[tokio::test]
async fn head_is_answered_without_a_body() {
    let address = start(&Seen::default()).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = "HEAD /eduzz HTTP/1.1\r\nhost: receiver\r\nconnection: close\r\n\r\n";
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(answer.ends_with("\r\n\r\n"), "{answer}");
}
