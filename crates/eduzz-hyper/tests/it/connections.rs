//! Connections: made, refused, reset, reused, closed under our feet.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use eduzz_hyper::{Client, Proxy, Roots};
use eduzz_wire::Sent;
use http::StatusCode;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::{Notify, mpsc};

use crate::support::*;

const GOOD: &str = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";

#[tokio::test]
async fn both_versions_over_tls() {
    for version in Version::BOTH {
        let identity = Identity::loopback();
        let server = Server::tls(&identity, version, move |request| async move {
            let expected = if version == Version::Http1 {
                http::Version::HTTP_11
            } else {
                http::Version::HTTP_2
            };
            assert_eq!(request.version(), expected);
            assert_eq!(request.method(), "POST");
            assert_eq!(request.uri().path_and_query().unwrap(), "/path?query=1");
            ok([b"echo ".as_slice(), request.body()].concat())
        })
        .await;
        let client = identity.builder().build().unwrap();
        for _ in 0..3 {
            let answer = client
                .send(post(server.https("/path?query=1"), "body"))
                .await
                .unwrap();
            assert_eq!(answer.status(), StatusCode::OK);
            assert_eq!(answer.into_body(), b"echo body");
        }
        assert_eq!(server.accepted(), 1, "{version:?}: one connection for all");
    }
}

#[tokio::test]
async fn http1_alone_can_be_asked_for() {
    let identity = Identity::loopback();
    let server = Server::raw_tls(&identity, &["h2", "http/1.1"], |mut tls, _| async move {
        assert_eq!(tls.get_ref().1.alpn_protocol(), Some(&b"http/1.1"[..]));
        read_head(&mut tls).await;
        tls.write_all(GOOD.as_bytes()).await.unwrap();
    })
    .await;
    let client = identity.builder().http1_only().build().unwrap();
    assert_eq!(
        client.send(get(server.https("/"))).await.unwrap().into_body(),
        b"ok"
    );
}

#[tokio::test]
async fn roots_come_as_pem_too() {
    let identity = Identity::loopback();
    let server = Server::tls(&identity, Version::Http2, |_| async { ok("ok") }).await;
    let roots = Roots::only().and_pem(identity.pem.clone());
    let client = Client::builder()
        .roots(roots)
        .proxy(Proxy::never())
        .build()
        .unwrap();
    assert_eq!(
        client.send(get(server.https("/"))).await.unwrap().into_body(),
        b"ok"
    );

    assert!(
        Client::builder()
            .roots(Roots::only().and_pem("no certificate"))
            .build()
            .is_err()
    );
    assert!(
        Client::builder()
            .roots(Roots::only().and_der(b"no certificate"))
            .build()
            .is_err()
    );
}

#[tokio::test]
async fn a_certificate_for_another_name() {
    let identity = Identity::new(&["other.test"]);
    let server = Server::tls(&identity, Version::Http1, |_| async { panic!("reached") }).await;
    let error = failure(identity.builder(), get(server.https("/"))).await;
    assert!(error.is_tls() && error.is_connect(), "{error:?}");
    assert_eq!(error.sent(), Sent::NotSent);
    assert_eq!(error.to_string(), "tls failed");
    assert!(
        std::error::Error::source(&error)
            .unwrap()
            .to_string()
            .contains("not valid for name"),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_certificate_that_nobody_trusts() {
    let server = Server::tls(&Identity::loopback(), Version::Http1, |_| async {
        panic!("reached")
    })
    .await;
    let client = Identity::loopback().builder().build().unwrap();
    let error = client.send(get(server.https("/"))).await.unwrap_err();
    assert!(error.is_tls() && error.is_connect(), "{error:?}");
    assert_eq!(error.sent(), Sent::NotSent);
}

#[tokio::test]
async fn a_server_that_does_not_speak_tls() {
    let server = Server::raw(|mut tcp, _| async move {
        tcp.write_all(GOOD.as_bytes()).await.unwrap();
        let _ = tcp.read_to_end(&mut Vec::new()).await;
    })
    .await;
    let error = failure(plain(), get(server.https("/"))).await;
    assert!(error.is_tls(), "{error:?}");
    assert_eq!(error.sent(), Sent::NotSent);
}

#[tokio::test]
async fn a_refused_connection() {
    let address = TcpListener::bind("127.0.0.1:0")
        .await
        .unwrap()
        .local_addr()
        .unwrap();
    let client = plain().build().unwrap();
    for scheme in ["http", "https"] {
        let error = client
            .send(get(format!("{scheme}://{address}/")))
            .await
            .unwrap_err();
        assert!(
            error.is_connect() && !error.is_tls() && !error.is_timeout(),
            "{error:?}"
        );
        assert_eq!(error.sent(), Sent::NotSent);
        assert_eq!(error.to_string(), "could not connect");
    }
}

#[tokio::test]
async fn a_reset_before_the_request_was_sent() {
    let server = Server::raw(|mut tcp, _| async move {
        // The first byte of the TLS handshake is there, so the connection is made.
        tcp.read_u8().await.unwrap();
        reset(&tcp);
    })
    .await;
    let error = failure(plain(), post(server.https("/"), "body")).await;
    assert!(error.is_connect() && !error.is_timeout(), "{error:?}");
    assert_eq!(error.sent(), Sent::NotSent);
}

#[tokio::test]
async fn a_reset_after_the_request_was_sent() {
    let identity = Identity::loopback();
    let server = Server::raw_tls(&identity, &[], |mut tls, _| async move {
        read_head(&mut tls).await;
        reset(tls.get_ref().0);
    })
    .await;
    let error = failure(identity.builder(), post(server.https("/"), "body")).await;
    assert!(error.is_cut() && !error.is_connect(), "{error:?}");
    assert_eq!(error.sent(), Sent::MaybeSent);
}

#[tokio::test]
async fn a_close_after_the_request_was_sent() {
    let server = Server::answering("").await;
    let error = failure(plain(), get(server.http("/"))).await;
    assert!(error.is_cut(), "{error:?}");
    assert_eq!(error.sent(), Sent::MaybeSent);
}

#[tokio::test]
async fn a_stream_that_the_server_refuses_has_not_acted() {
    for (reason, sent) in [
        (h2::Reason::REFUSED_STREAM, Sent::NotSent),
        (h2::Reason::INTERNAL_ERROR, Sent::MaybeSent),
    ] {
        let identity = Identity::loopback();
        let server = Server::raw_tls(&identity, &["h2"], move |tls, _| async move {
            let mut connection = h2::server::handshake(tls).await.unwrap();
            while let Some(Ok((_, mut respond))) = connection.accept().await {
                respond.send_reset(reason);
            }
        })
        .await;
        let error = failure(identity.builder(), post(server.https("/"), "body")).await;
        assert!(error.is_cut(), "{error:?}");
        assert_eq!(error.sent(), sent, "{error:?}");
    }
}

#[tokio::test]
async fn a_server_that_speaks_garbage() {
    let server = Server::answering("\u{0}\u{1}garbage\r\n\r\n").await;
    let error = failure(plain(), get(server.http("/"))).await;
    assert!(error.is_protocol(), "{error:?}");
    assert_eq!(error.sent(), Sent::MaybeSent);
}

#[tokio::test]
async fn garbage_under_http2() {
    let identity = Identity::loopback();
    let server = Server::raw_tls(&identity, &["h2"], |mut tls, _| async move {
        // A settings frame, so that the connection is made; then a frame that breaks every rule.
        tls.write_all(&[0, 0, 0, 4, 0, 0, 0, 0, 0]).await.unwrap();
        let mut seen = Vec::new();
        // The request's HEADERS frame (type 1) follows the preface and the client's own settings.
        while !seen.windows(4).any(|bytes| bytes == b"\x01\x05\x00\x00") {
            seen.push(tls.read_u8().await.unwrap());
        }
        let _ = tls.write_all(&[255; 64]).await;
        let _ = tls.read_to_end(&mut Vec::new()).await;
    })
    .await;
    let error = failure(identity.builder(), get(server.https("/"))).await;
    assert!(error.is_protocol(), "{error:?}");
    assert_eq!(error.sent(), Sent::MaybeSent);
}

#[tokio::test]
async fn a_connection_closed_between_requests_goes_unnoticed() {
    let (said, mut closed) = mpsc::unbounded_channel();
    let server = Server::raw(move |mut tcp, _| {
        let said = said.clone();
        async move {
            read_head(&mut tcp).await;
            tcp.write_all(GOOD.as_bytes()).await.unwrap();
            drop(tcp);
            let _ = said.send(());
        }
    })
    .await;
    let client = plain().build().unwrap();
    for round in 1..=20 {
        assert_eq!(
            client.send(post(server.http("/"), "")).await.unwrap().into_body(),
            b"ok"
        );
        closed.recv().await.unwrap();
        assert_eq!(server.accepted(), round);
    }
}

#[tokio::test]
async fn a_goaway_between_requests_goes_unnoticed() {
    let identity = Identity::loopback();
    let (said, mut closed) = mpsc::unbounded_channel();
    let answered = Arc::new(Notify::new());
    let go = Arc::clone(&answered);
    let server = Server::raw_tls(&identity, &["h2"], move |tls, _| {
        let (said, go) = (said.clone(), Arc::clone(&go));
        async move {
            let mut connection = h2::server::handshake(tls).await.unwrap();
            let (request, mut respond) = connection.accept().await.unwrap().unwrap();
            respond.send_response(http::Response::new(()), true).unwrap();
            drop((request, respond));
            tokio::select! {
                _ = connection.accept() => {}
                () = go.notified() => connection.abrupt_shutdown(h2::Reason::NO_ERROR),
            }
            while connection.accept().await.is_some() {}
            drop(connection);
            let _ = said.send(());
        }
    })
    .await;
    let client = identity.builder().build().unwrap();
    for round in 1..=5 {
        assert_eq!(
            client
                .send(post(server.https("/"), "body"))
                .await
                .unwrap()
                .status(),
            200
        );
        answered.notify_one();
        closed.recv().await.unwrap();
        assert_eq!(server.accepted(), round);
    }
}

#[tokio::test]
async fn many_at_once() {
    for version in Version::BOTH {
        let identity = Identity::loopback();
        let calls = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&calls);
        let server = Server::tls(&identity, version, move |request| {
            counter.fetch_add(1, Ordering::SeqCst);
            async move { ok(request.into_body()) }
        })
        .await;
        let client = identity.builder().build().unwrap();
        let url = server.https("/");
        let tasks: Vec<_> = (0..200)
            .map(|number: u32| {
                let (client, url) = (client.clone(), url.clone());
                tokio::spawn(async move {
                    let body = number.to_string().repeat(100).into_bytes();
                    assert_eq!(
                        client.send(post(url, body.clone())).await.unwrap().into_body(),
                        body
                    );
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        assert_eq!(calls.load(Ordering::SeqCst), 200, "{version:?}");
    }
}

#[tokio::test]
async fn only_tls_leaves_this_machine() {
    let client = plain().build().unwrap();
    for url in [
        "http://api.eduzz.com/",
        "http://10.0.0.1/",
        "http://localhost.eduzz.com/",
        "ftp://127.0.0.1/",
        "/path",
    ] {
        let error = client.send(get(url)).await.unwrap_err();
        assert!(error.is_insecure(), "{url}: {error:?}");
        assert_eq!(error.sent(), Sent::NotSent);
    }
}
