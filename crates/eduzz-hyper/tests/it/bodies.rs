//! Bodies: whole, cut, with a wrong length, endless, too large; and any status.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use eduzz_wire::Sent;
use tokio::io::AsyncWriteExt;

use crate::support::*;

#[tokio::test]
async fn status_and_body_are_unchanged() {
    let html = "<html><body><h1>502 Bad Gateway</h1></body></html>";
    let server = Server::answering(format!(
        "HTTP/1.1 502 Bad Gateway\r\ncontent-type: text/html\r\ncontent-length: {}\r\n\r\n{html}",
        html.len()
    ))
    .await;
    let answer = respond(plain(), get(server.http("/"))).await;
    assert_eq!(answer.status(), 502);
    assert_eq!(answer.headers()["content-type"], "text/html");
    assert_eq!(answer.into_body(), html.as_bytes());
}

#[tokio::test]
async fn redirect_is_not_followed() {
    let elsewhere = Server::answering("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
    let server = Server::answering(format!(
        "HTTP/1.1 302 Found\r\nlocation: {}\r\ncontent-length: 0\r\n\r\n",
        elsewhere.http("/")
    ))
    .await;
    let answer = respond(plain(), get(server.http("/"))).await;
    assert_eq!(answer.status(), 302);
    assert_eq!(answer.headers()["location"], elsewhere.http("/").as_str());
    assert_eq!(elsewhere.accepted(), 0);
}

#[tokio::test]
async fn body_without_a_length_is_read_whole() {
    for answer in [
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n3\r\ndef\r\n0\r\ntrailer: x\r\n\r\n",
        "HTTP/1.0 200 OK\r\n\r\nabcdef",
    ] {
        let server = Server::answering(answer).await;
        let answer = respond(plain(), get(server.http("/"))).await;
        assert_eq!(answer.into_body(), b"abcdef");
    }
}

#[tokio::test]
async fn large_body_is_read_whole() {
    for version in Version::BOTH {
        let identity = Identity::loopback();
        let body: Vec<u8> = (0..3 * 1024 * 1024_u32)
            .map(|number| (number % 251) as u8)
            .collect();
        let sent = body.clone();
        let server = Server::tls(&identity, version, move |_| {
            let body = sent.clone();
            async move { ok(body) }
        })
        .await;
        let answer = respond(identity.builder(), get(server.https("/"))).await;
        assert!(answer.into_body() == body, "{version:?}");
    }
}

#[tokio::test]
async fn cut_body_is_an_error() {
    for answer in [
        "",
        "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{\"id\"",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"id\"\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n9\r\n{\"id\"",
    ] {
        let server = Server::answering(answer).await;
        let error = failure(plain(), get(server.http("/"))).await;
        assert!(error.is_cut(), "{error:?}");
        assert_eq!(error.sent(), Sent::MaybeSent);
    }
}

#[tokio::test]
async fn body_without_close_notify_is_cut() {
    // Without a length, only TLS's `close_notify` marks the end of the body.
    let identity = Identity::loopback();
    let server = Server::raw_tls(&identity, &[], |mut tls, _| async move {
        read_head(&mut tls).await;
        tls.write_all(b"HTTP/1.1 200 OK\r\n\r\nabc").await.unwrap();
        tls.flush().await.unwrap();
        let (tcp, _) = tls.get_mut();
        tcp.shutdown().await.unwrap();
    })
    .await;
    let error = failure(identity.builder(), get(server.https("/"))).await;
    assert!(error.is_cut(), "{error:?}");
}

#[tokio::test]
async fn bytes_after_the_announced_length_are_ignored() {
    let answer = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok and more";
    let server = Server::answering(answer).await;
    let client = plain().build().unwrap();
    for round in 1..=3 {
        assert_eq!(read_body(&client, get(server.http("/"))).await, b"ok");
        assert_eq!(server.accepted(), round, "the connection is not reused");
    }
}

#[tokio::test]
async fn body_announced_above_the_limit_is_refused_at_once() {
    let (server, _heard) = Server::scripted("HTTP/1.1 200 OK\r\ncontent-length: 104857600\r\n\r\n").await;
    let error = failure(plain(), get(server.http("/"))).await;
    assert!(error.is_too_large(), "{error:?}");
    assert_eq!(error.sent(), Sent::MaybeSent);
}

#[tokio::test]
async fn body_streamed_above_the_limit_is_refused_at_the_limit() {
    let written = Arc::new(AtomicU64::new(0));
    let counter = Arc::clone(&written);
    let server = Server::raw(move |mut tcp, _| {
        let counter = Arc::clone(&counter);
        async move {
            read_head(&mut tcp).await;
            tcp.write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
                .await
                .unwrap();
            let chunk = [b"10000\r\n".as_slice(), &[b'x'; 0x10000], b"\r\n"].concat();
            for _ in 0..1600 {
                if tcp.write_all(&chunk).await.is_err() {
                    return;
                }
                counter.fetch_add(0x10000, Ordering::SeqCst);
            }
        }
    })
    .await;
    let error = failure(plain(), get(server.http("/"))).await;
    assert!(error.is_too_large(), "{error:?}");
    assert!(
        written.load(Ordering::SeqCst) < 32 * 1024 * 1024,
        "reading stops soon after the limit"
    );
}

#[tokio::test]
async fn body_of_the_limit_is_accepted() {
    let length = 64 * 1024;
    let body = "x".repeat(length);
    for answer in [
        format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{body}"),
        format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{length:x}\r\n{body}\r\n0\r\n\r\n"),
    ] {
        let server = Server::answering(answer).await;
        let answer = respond(plain().response_limit(length), get(server.http("/"))).await;
        assert_eq!(answer.body().len(), length);
        let error = failure(plain().response_limit(length - 1), get(server.http("/"))).await;
        assert!(error.is_too_large(), "{error:?}");
    }
}

#[tokio::test]
async fn invalid_http_is_a_protocol_error() {
    let head = |head: &str| format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\nok");
    for answer in [
        "\u{0}\u{1}garbage\r\n\r\n".to_owned(),
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\nabc\r\n".to_owned(),
        head("content-length: -1"),
        head("content-length: ten"),
        head("content-length: 99999999999999999999999999"),
        head(&format!("{}content-length: 2", "x-many: 1\r\n".repeat(101))),
        head(&format!(
            "x-long: {}\r\ncontent-length: 2",
            "x".repeat(1024 * 1024)
        )),
    ] {
        let server = Server::answering(answer).await;
        let error = failure(plain(), get(server.http("/"))).await;
        assert!(error.is_protocol(), "{error:?}");
        assert_eq!(error.sent(), Sent::MaybeSent);
    }
}

#[tokio::test]
async fn http2_head_above_the_limit_is_an_error() {
    let identity = Identity::loopback();
    let server = Server::tls(&identity, Version::Http2, |_| async {
        let mut answer = ok("");
        let long = "x".repeat(20 * 1024).parse().unwrap();
        answer.headers_mut().insert("x-long", long);
        answer
    })
    .await;
    let error = failure(identity.builder(), get(server.https("/"))).await;
    assert!(error.is_protocol() || error.is_cut(), "{error:?}");
    assert_eq!(error.sent(), Sent::MaybeSent);
}
