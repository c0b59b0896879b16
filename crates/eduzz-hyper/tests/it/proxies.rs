//! Proxies: tunnels, credentials, refusals, exceptions, the environment.

use std::process::Command;
use std::sync::{Arc, Mutex};

use eduzz_hyper::{Client, Proxy, Roots};
use eduzz_wire::{Origins, Sent};
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::TcpStream;

use crate::support::*;

/// A host that only the proxy resolves.
const TARGET: &str = "api.eduzz.test";

const USER: &str = "user:canary-password";

/// `USER` in base64.
const BASIC: &str = "Basic dXNlcjpjYW5hcnktcGFzc3dvcmQ=";

type Heads = Arc<Mutex<Vec<String>>>;

/// A proxy that connects every tunnel to one server, and keeps the heads.
async fn proxy(to: &Server) -> (Server, Heads) {
    let heads = Heads::default();
    let (kept, to) = (Arc::clone(&heads), to.address);
    let proxy = Server::raw(move |mut tcp, _| {
        let kept = Arc::clone(&kept);
        async move {
            let head = read_head(&mut tcp).await;
            kept.lock().unwrap().push(head);
            tcp.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")
                .await
                .unwrap();
            let mut onward = TcpStream::connect(to).await.unwrap();
            let _ = copy_bidirectional(&mut tcp, &mut onward).await;
        }
    })
    .await;
    (proxy, heads)
}

fn through(identity: &Identity, url: String) -> Client {
    let proxy = Proxy::url(url).unwrap();
    identity.builder().proxy(proxy).build().unwrap()
}

#[tokio::test]
async fn tunnel_sends_credentials_to_the_proxy_only() {
    for version in Version::BOTH {
        let identity = Identity::new(&[TARGET]);
        let server = Server::tls(&identity, version, |request| async move {
            assert!(!request.headers().contains_key("proxy-authorization"));
            ok("ok")
        })
        .await;
        let (proxy, heads) = proxy(&server).await;
        let client = through(&identity, format!("http://{USER}@{}", proxy.address));
        let body = read_body(&client, get(format!("https://{TARGET}/path?query"))).await;
        assert_eq!(body, b"ok");
        let head = &heads.lock().unwrap()[0];
        assert!(
            head.starts_with(&format!("CONNECT {TARGET}:443 HTTP/1.1\r\n")),
            "{head}"
        );
        assert!(
            head.contains(&format!("Proxy-Authorization: {BASIC}\r\n")),
            "{head}"
        );
        assert!(!head.contains("path"), "{head}");
    }
}

#[tokio::test]
async fn socks_proxy_opens_a_tunnel() {
    let identity = Identity::new(&[TARGET]);
    let server = Server::tls(&identity, Version::Http2, |_| async { ok("ok") }).await;
    let to = server.address;
    let proxy = Server::raw(move |mut tcp, _| async move {
        // Greeting: version 5, one method: user and password.
        let mut bytes = [0; 3];
        tcp.read_exact(&mut bytes).await.unwrap();
        assert_eq!(bytes, [5, 1, 2]);
        tcp.write_all(&[5, 2]).await.unwrap();
        let expected = [&[1, 4][..], b"user", &[15], b"canary-password"].concat();
        let mut bytes = vec![0; expected.len()];
        tcp.read_exact(&mut bytes).await.unwrap();
        assert_eq!(bytes, expected);
        tcp.write_all(&[1, 0]).await.unwrap();
        // Connect to a name, which the proxy resolves.
        let (head, port) = ([5, 1, 0, 3, TARGET.len() as u8], 443_u16.to_be_bytes());
        let expected = [&head[..], TARGET.as_bytes(), &port].concat();
        let mut bytes = vec![0; expected.len()];
        tcp.read_exact(&mut bytes).await.unwrap();
        assert_eq!(bytes, expected);
        tcp.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).await.unwrap();
        let mut onward = TcpStream::connect(to).await.unwrap();
        let _ = copy_bidirectional(&mut tcp, &mut onward).await;
    })
    .await;
    let client = through(&identity, format!("socks5://{USER}@{}", proxy.address));
    assert_eq!(read_body(&client, get(format!("https://{TARGET}/"))).await, b"ok");
}

#[tokio::test]
async fn refusing_proxy_is_a_proxy_error() {
    let identity = Identity::new(&[TARGET]);
    for answer in [
        "HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic\r\n\r\n",
        "HTTP/1.1 502 Bad Gateway\r\n\r\n",
        "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1/\r\n\r\n",
        "garbage\r\n\r\n",
        "",
    ] {
        let proxy = Server::answering(answer).await;
        let client = through(&identity, format!("http://{USER}@{}", proxy.address));
        let request = post(format!("https://{TARGET}/"), "body");
        let error = client.send(request).await.unwrap_err();
        assert!(error.is_proxy() && error.is_connect(), "{error:?}");
        assert!(!error.is_tls(), "{error:?}");
        assert_eq!(error.sent(), Sent::NotSent);
        assert!(!format!("{error:?}").contains("canary"), "{error:?}");
    }
}

#[tokio::test]
async fn unreachable_proxy_is_a_proxy_error() {
    let address = unused_address().await;
    for scheme in ["http", "socks5"] {
        let client = through(&Identity::loopback(), format!("{scheme}://{USER}@{address}"));
        let error = client.send(get(format!("https://{TARGET}/"))).await.unwrap_err();
        assert!(error.is_proxy() && error.is_connect(), "{error:?}");
        assert_eq!(error.sent(), Sent::NotSent);
        assert!(!format!("{error:?}").contains("canary"), "{error:?}");
    }
}

#[tokio::test]
async fn loopback_is_not_proxied() {
    let identity = Identity::new(&["127.0.0.1", "localhost"]);
    let server = Server::tls(&identity, Version::Http1, |_| async { ok("ok") }).await;
    let proxy = Server::raw(|_, _| async { panic!("asked") }).await;
    let client = through(&identity, format!("http://{}", proxy.address));
    assert_eq!(read_body(&client, get(server.https("/"))).await, b"ok");
    let url = format!("https://localhost:{}/", server.address.port());
    assert_eq!(read_body(&client, get(url)).await, b"ok");
    assert_eq!(proxy.accepted(), 0);
}

#[tokio::test]
async fn exception_is_not_proxied() {
    // An address of this machine that is not loopback.
    let identity = Identity::new(&["0.0.0.0"]);
    let server = Server::tls(&identity, Version::Http1, |_| async { ok("ok") }).await;
    let proxy = Server::raw(|_, _| async { panic!("asked") }).await;
    let choice = Proxy::url(format!("http://{}", proxy.address)).unwrap();
    let choice = choice.except("eduzz.test,0.0.0.0");
    let client = identity.builder().proxy(choice).build().unwrap();
    let url = format!("https://0.0.0.0:{}/", server.address.port());
    assert_eq!(read_body(&client, get(url)).await, b"ok");
    assert_eq!(proxy.accepted(), 0);
}

/// The child process of [`malformed_variable_is_named`]; alone it does nothing.
#[tokio::test]
async fn child_with_a_malformed_variable() {
    let Ok(name) = std::env::var("EDUZZ_TEST_MALFORMED") else {
        return;
    };
    let expected = format!("{name} does not have the form http://host:port or socks5://host:port");
    let named = |error: &dyn std::error::Error| {
        assert_eq!(error.to_string(), expected);
        assert!(!format!("{error:?}").contains("canary"), "{error:?}");
    };
    // The origins of production are not loopback.
    let identity = Identity::loopback();
    let error = Client::builder().roots(identity.roots()).build().unwrap_err();
    named(&error);
    assert_eq!(error.proxy_variable(), Some(&*name));
    // A sandbox needs no proxy; another host does.
    let builder = Client::builder().roots(identity.roots());
    let sandbox = builder.origins(Origins::sandbox("http://127.0.0.1:1").unwrap());
    let client = sandbox.build().unwrap();
    let error = client.send(get("https://0.0.0.0:1/")).await.unwrap_err();
    named(&error);
    assert!(error.is_proxy() && error.is_connect(), "{error:?}");
    assert_eq!(error.sent(), Sent::NotSent);
    assert!(
        !client
            .send(get("https://excepted.test:1/"))
            .await
            .unwrap_err()
            .is_proxy()
    );
    assert!(
        !client
            .send(get("https://127.0.0.1:1/"))
            .await
            .unwrap_err()
            .is_proxy()
    );
}

#[test]
fn malformed_variable_is_named() {
    for (name, value) in [
        ("HTTPS_PROXY", "http://user:canary@:3128"),
        ("https_proxy", "http//user:canary@proxy.test"),
        ("ALL_PROXY", "http://canary proxy.test"),
        ("all_proxy", "http://proxy.test:canary"),
        ("HTTPS_PROXY", "canary://proxy.test"),
        ("HTTPS_PROXY", "http://user:canary@proxy.test:65536"),
    ] {
        let mut child = Command::new(std::env::current_exe().unwrap());
        for name in "HTTPS_PROXY HTTP_PROXY ALL_PROXY NO_PROXY REQUEST_METHOD".split(' ') {
            child.env_remove(name).env_remove(name.to_lowercase());
        }
        child.args(["--exact", "proxies::child_with_a_malformed_variable"]);
        child.env(name, value).env("EDUZZ_TEST_MALFORMED", name);
        child.env("NO_PROXY", "excepted.test");
        let output = child.output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{name}={value}: {text}");
    }
}

/// The child process of [`proxy_follows_the_environment`]; alone it does nothing.
#[tokio::test]
async fn child() {
    let Ok(expected) = std::env::var("EDUZZ_TEST_EXPECTED") else {
        return;
    };
    let client = Client::builder().roots(Roots::only()).build().unwrap();
    let error = client.send(get("https://0.0.0.0:1/")).await.unwrap_err();
    assert!(error.is_connect(), "{error:?}");
    assert_eq!(error.is_proxy(), expected == "proxied", "{error:?}");
    assert!(!format!("{error:?}").contains("canary"), "{error:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn proxy_follows_the_environment() {
    let heads = Heads::default();
    let kept = Arc::clone(&heads);
    let proxy = Server::raw(move |mut tcp, _| {
        let kept = Arc::clone(&kept);
        async move {
            let head = read_head(&mut tcp).await;
            kept.lock().unwrap().push(head);
            let refusal = b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n";
            tcp.write_all(refusal).await.unwrap();
        }
    })
    .await;
    let url = format!("http://user:canary-password@{}", proxy.address);
    let unsupported = "https://user:canary-password@proxy.test";
    let https = ("HTTPS_PROXY", &*url);
    let cases: [(&[(&str, &str)], bool); 8] = [
        (&[https], true),
        (&[("https_proxy", &url)], true),
        (&[("ALL_PROXY", &url)], true),
        (&[("all_proxy", &url)], true),
        (&[("HTTP_PROXY", &url)], false),
        (&[https, ("NO_PROXY", "other.test, 0.0.0.0")], false),
        (&[https, ("no_proxy", "*"), ("NO_PROXY", "0.0.0.0/8")], false),
        (&[("HTTPS_PROXY", unsupported)], true),
    ];
    for (variables, proxied) in cases {
        let mut child = Command::new(std::env::current_exe().unwrap());
        for name in "HTTPS_PROXY HTTP_PROXY ALL_PROXY NO_PROXY REQUEST_METHOD".split(' ') {
            child.env_remove(name).env_remove(name.to_lowercase());
        }
        child
            .args(["--exact", "proxies::child"])
            .envs(variables.iter().copied());
        child.env("EDUZZ_TEST_EXPECTED", if proxied { "proxied" } else { "direct" });
        let output = tokio::task::spawn_blocking(move || child.output()).await;
        let output = output.unwrap().unwrap();
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{variables:?}: {text}");
    }
    let heads = heads.lock().unwrap();
    assert_eq!(heads.len(), 4, "{heads:?}");
    for head in &*heads {
        assert!(
            head.starts_with("CONNECT 0.0.0.0:1 ") && head.contains(BASIC),
            "{head}"
        );
    }
}
