//! Timeouts of connecting, of an attempt, and of a stalled body.

use std::time::Duration;

use eduzz_wire::Sent;
use tokio::io::AsyncWriteExt;
use tokio::sync::mpsc;
use tokio::time::Instant;

use crate::support::*;

/// A server that accepts connections and stays silent.
async fn silent() -> (Server, mpsc::UnboundedReceiver<()>) {
    let (said, heard) = mpsc::unbounded_channel();
    let server = Server::raw(move |tcp, _| {
        let _ = said.send(());
        async move {
            let _open = tcp;
            std::future::pending::<()>().await;
        }
    })
    .await;
    (server, heard)
}

#[tokio::test]
async fn connecting_times_out_after_3_seconds() {
    let (server, mut heard) = silent().await;
    let start = Instant::now();
    let error = time_out(&plain().build().unwrap(), get(server.https("/")), &mut heard).await;
    assert!(error.is_timeout() && error.is_connect(), "{error:?}");
    assert_eq!(error.sent(), Sent::NotSent);
    lasted(start, 3..5);
}

#[tokio::test]
async fn attempt_timeout_while_connecting_is_not_sent() {
    let (server, mut heard) = silent().await;
    let client = plain().connect_timeout(Duration::from_secs(60)).build().unwrap();
    let error = time_out(&client, post(server.https("/"), "body"), &mut heard).await;
    assert!(error.is_timeout() && !error.is_connect(), "{error:?}");
    assert_eq!(error.sent(), Sent::NotSent);
}

#[tokio::test]
async fn attempt_times_out_after_30_seconds() {
    let (server, mut heard) = Server::scripted("").await;
    let start = Instant::now();
    let client = plain().build().unwrap();
    let error = time_out(&client, post(server.http("/"), "body"), &mut heard).await;
    assert!(error.is_timeout() && !error.is_connect(), "{error:?}");
    assert_eq!(error.sent(), Sent::MaybeSent);
    lasted(start, 30..32);
}

#[tokio::test]
async fn endless_head_ends_with_the_attempt() {
    let (server, mut heard) = Server::scripted("HTTP/1.1 200 OK\r\nx-slow: a").await;
    let error = time_out(&plain().build().unwrap(), get(server.http("/")), &mut heard).await;
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!(error.sent(), Sent::MaybeSent);
}

#[tokio::test]
async fn stalled_body_times_out_after_10_seconds() {
    let (server, mut heard) = Server::scripted("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{").await;
    let start = Instant::now();
    let error = time_out(&plain().build().unwrap(), get(server.http("/")), &mut heard).await;
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!(error.to_string(), "the response stalled");
    assert_eq!(error.sent(), Sent::MaybeSent);
    lasted(start, 10..22);
}

#[tokio::test]
async fn endless_body_ends_with_the_attempt() {
    // A byte now and then: never stalled, never complete.
    let server = Server::raw(|mut tcp, _| async move {
        read_head(&mut tcp).await;
        tcp.write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
            .await
            .unwrap();
        let mut tick = tokio::time::interval(Duration::from_millis(5));
        while tcp.write_all(b"1\r\nx\r\n").await.is_ok() {
            tick.tick().await;
        }
    })
    .await;
    let builder = plain().attempt_timeout(Duration::from_millis(100));
    let error = failure(builder, get(server.http("/"))).await;
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!(
        error.to_string(),
        "no whole response within the attempt's timeout"
    );
}

#[tokio::test]
async fn dead_http2_connection_is_noticed_by_a_ping() {
    let identity = Identity::loopback();
    let (said, mut heard) = mpsc::unbounded_channel();
    let server = Server::raw_tls(&identity, &["h2"], move |tls, _| {
        let said = said.clone();
        async move {
            let mut connection = h2::server::handshake(tls).await.unwrap();
            let _request = connection.accept().await.unwrap().unwrap();
            // The connection is not polled any more: no answer, no pong.
            let _ = said.send(());
            std::future::pending::<()>().await;
        }
    })
    .await;
    let client = identity.builder().build().unwrap();
    let error = time_out(&client, get(server.https("/")), &mut heard).await;
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!(error.to_string(), "the connection stopped responding");
    assert_eq!(error.sent(), Sent::MaybeSent);
}
