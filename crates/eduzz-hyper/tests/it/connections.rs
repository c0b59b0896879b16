//! Connections: opened, refused, reset, reused, closed by the server.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use eduzz_hyper::Roots;
use eduzz_wire::Sent;
use http::StatusCode;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::{Notify, mpsc};

use crate::support::*;

const GOOD: &str = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";

#[tokio::test]
async fn connection_is_reused_with_both_versions() {
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
            let answer = client.send(post(server.https("/path?query=1"), "body")).await;
            let answer = answer.unwrap();
            assert_eq!(answer.status(), StatusCode::OK);
            assert_eq!(answer.into_body(), b"echo body");
        }
        assert_eq!(server.accepted(), 1, "{version:?}: one connection for all");
    }
}

#[tokio::test]
async fn http1_only_offers_no_http2() {
    let identity = Identity::loopback();
    let server = Server::raw_tls(&identity, &["h2", "http/1.1"], |mut tls, _| async move {
        assert_eq!(tls.get_ref().1.alpn_protocol(), Some(&b"http/1.1"[..]));
        read_head(&mut tls).await;
        tls.write_all(GOOD.as_bytes()).await.unwrap();
    })
    .await;
    let client = identity.builder().http1_only().build().unwrap();
    assert_eq!(read_body(&client, get(server.https("/"))).await, b"ok");
}

#[tokio::test]
async fn roots_are_read_from_pem() {
    let identity = Identity::loopback();
    let server = Server::tls(&identity, Version::Http2, |_| async { ok("ok") }).await;
    let trusting = |roots| plain().roots(roots).build();
    let client = trusting(Roots::only().and_pem(identity.pem.clone())).unwrap();
    assert_eq!(read_body(&client, get(server.https("/"))).await, b"ok");
    assert!(trusting(Roots::only().and_pem("no certificate")).is_err());
    assert!(trusting(Roots::only().and_der(b"no certificate")).is_err());
}

#[tokio::test]
async fn certificate_for_another_name_is_a_tls_error() {
    let identity = Identity::new(&["other.test"]);
    let server = Server::tls(&identity, Version::Http1, |_| async { panic!("reached") }).await;
    let error = failure(identity.builder(), get(server.https("/"))).await;
    assert!(error.is_tls() && error.is_connect(), "{error:?}");
    assert_eq!(error.sent(), Sent::NotSent);
    assert_eq!(error.to_string(), "tls failed");
    let source = std::error::Error::source(&error).unwrap().to_string();
    assert!(source.contains("not valid for name"), "{error:?}");
}

#[tokio::test]
async fn untrusted_certificate_is_a_tls_error() {
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
async fn server_without_tls_is_a_tls_error() {
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
async fn refused_connection_is_not_sent() {
    let address = unused_address().await;
    let client = plain().build().unwrap();
    for scheme in ["http", "https"] {
        let request = get(format!("{scheme}://{address}/"));
        let error = client.send(request).await.unwrap_err();
        assert!(error.is_connect(), "{error:?}");
        assert!(!error.is_tls() && !error.is_timeout(), "{error:?}");
        assert_eq!(error.sent(), Sent::NotSent);
        assert_eq!(error.to_string(), "could not connect");
    }
}

#[tokio::test]
async fn reset_before_the_request_is_not_sent() {
    let server = Server::raw(|mut tcp, _| async move {
        // The first byte of the TLS handshake proves the connection.
        tcp.read_u8().await.unwrap();
        reset(&tcp);
    })
    .await;
    let error = failure(plain(), post(server.https("/"), "body")).await;
    assert!(error.is_connect() && !error.is_timeout(), "{error:?}");
    assert_eq!(error.sent(), Sent::NotSent);
}

#[tokio::test]
async fn reset_after_the_request_is_maybe_sent() {
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
async fn refused_stream_is_not_sent() {
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
async fn invalid_http2_is_a_protocol_error() {
    let identity = Identity::loopback();
    let server = Server::raw_tls(&identity, &["h2"], |mut tls, _| async move {
        // A settings frame opens the connection; an invalid frame follows.
        tls.write_all(&[0, 0, 0, 4, 0, 0, 0, 0, 0]).await.unwrap();
        let mut seen = Vec::new();
        // The request's HEADERS frame (type 1) follows the preface and the client's settings.
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
async fn connection_closed_between_requests_is_replaced() {
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
        assert_eq!(read_body(&client, post(server.http("/"), "")).await, b"ok");
        closed.recv().await.unwrap();
        assert_eq!(server.accepted(), round);
    }
}

#[tokio::test]
async fn goaway_between_requests_is_not_an_error() {
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
        let answer = client.send(post(server.https("/"), "body")).await;
        assert_eq!(answer.unwrap().status(), 200);
        answered.notify_one();
        closed.recv().await.unwrap();
        assert_eq!(server.accepted(), round);
    }
}

#[tokio::test]
async fn concurrent_requests_get_their_own_answers() {
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
                    assert_eq!(read_body(&client, post(url, body.clone())).await, body);
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
async fn plain_http_is_allowed_on_loopback_only() {
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

/// A server that reports when a connection ends, and the client's end of a call.
async fn ends(version: Version) -> (Identity, Server, mpsc::UnboundedReceiver<()>) {
    let identity = Identity::loopback();
    let (said, ended) = mpsc::unbounded_channel();
    let server = Server::raw_tls(&identity, version.alpn(), move |mut tls, _| {
        let said = said.clone();
        async move {
            if version == Version::Http1 {
                while !read_head(&mut tls).await.is_empty() {
                    tls.write_all(GOOD.as_bytes()).await.unwrap();
                }
            } else {
                let mut connection = h2::server::handshake(tls).await.unwrap();
                while let Some(Ok((_, mut respond))) = connection.accept().await {
                    respond.send_response(http::Response::new(()), true).unwrap();
                }
            }
            let _ = said.send(());
        }
    })
    .await;
    (identity, server, ended)
}

#[tokio::test]
async fn unused_connection_is_closed() {
    for version in Version::BOTH {
        let (identity, server, mut ended) = ends(version).await;
        let builder = identity.builder().idle_timeout(Duration::from_millis(30));
        let client = builder.build().unwrap();
        for round in 1..=3 {
            client.send(get(server.https("/"))).await.unwrap();
            ended.recv().await.unwrap();
            assert_eq!(server.accepted(), round, "{version:?}");
        }
    }
}

#[tokio::test]
async fn connections_end_with_the_client() {
    for version in Version::BOTH {
        let (identity, server, mut ended) = ends(version).await;
        let client = identity.builder().build().unwrap();
        client.send(get(server.https("/"))).await.unwrap();
        drop(client);
        ended.recv().await.unwrap();
        assert_eq!(server.accepted(), 1, "{version:?}");
    }
}

#[tokio::test]
async fn connections_beyond_the_limit_are_closed() {
    let (identity, server, mut ended) = ends(Version::Http1).await;
    let client = identity.builder().idle_per_host(1).build().unwrap();
    let calls = || client.send(get(server.https("/")));
    let (first, second, third) = tokio::join!(calls(), calls(), calls());
    assert!(first.is_ok() && second.is_ok() && third.is_ok());
    let opened = server.accepted();
    for _ in 1..opened {
        ended.recv().await.unwrap();
    }
    calls().await.unwrap();
    assert_eq!(server.accepted(), opened, "one is kept, and used again");
}

/// A client outlives the runtime that ran its connections.
#[test]
fn client_is_used_in_another_runtime() {
    let servers = tokio::runtime::Runtime::new().unwrap();
    for version in Version::BOTH {
        let (identity, server, mut ended) = servers.block_on(ends(version));
        let builder = identity.builder().idle_timeout(Duration::from_millis(30));
        let client = builder.build().unwrap();
        for round in 1..=3 {
            let mut runtime = tokio::runtime::Builder::new_current_thread();
            let runtime = runtime.enable_all().build().unwrap();
            runtime.block_on(async {
                client.send(get(server.https("/"))).await.unwrap();
                if round == 3 {
                    // Closed after its time, though the task that closes them ended twice.
                    for _ in 1..=3 {
                        ended.recv().await.unwrap();
                    }
                }
            });
            assert_eq!(server.accepted(), round, "{version:?}");
        }
    }
}
