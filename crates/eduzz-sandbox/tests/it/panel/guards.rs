//! A page elsewhere in the browser can neither read nor steer the panel.

use std::time::Duration;

use axum::body::Body;
use http::header::{CONTENT_SECURITY_POLICY, ORIGIN};
use http::{Method, Request};
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

use super::Panel;

/// Every address of the panel that answers a GET with what the sandbox holds.
const READ: &[&str] = &[
    "/",
    "/panel/requests",
    "/panel/requests/1",
    "/panel/requests.json",
    "/panel/live",
    "/panel/faults",
    "/panel/accounts",
];

#[tokio::test]
async fn requests_of_other_sites_are_refused() {
    let panel = Panel::new();
    for path in READ {
        for headers in [
            &[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "cors")][..],
            &[("sec-fetch-site", "same-site"), ("sec-fetch-mode", "no-cors")],
            &[
                ("sec-fetch-site", "cross-site"),
                ("sec-fetch-mode", "navigate"),
                ("sec-fetch-dest", "iframe"),
            ],
            &[("origin", "https://example.com")],
            &[("origin", "null")],
            // Another program on this machine.
            &[("origin", "http://127.0.0.1:3000")],
            &[("origin", "http://localhost:8400")],
        ] {
            let answer = panel
                .send(Method::GET, path, headers, Body::empty())
                .await
                .is(403);
            answer.says("O painel do sandbox só responde às suas próprias páginas");
        }
    }
}

#[tokio::test]
async fn forms_of_other_sites_are_refused() {
    let panel = Panel::new();
    for headers in [
        &[
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-mode", "navigate"),
            ("sec-fetch-dest", "document"),
        ][..],
        &[("sec-fetch-site", "same-site")],
        &[("origin", "http://127.0.0.1:3000")],
        &[("origin", "null")],
        &[
            ("sec-fetch-site", "same-origin"),
            ("origin", "https://example.com"),
        ],
    ] {
        let mut headers = headers.to_vec();
        headers.push(("content-type", crate::browser::FORM));
        panel
            .send(Method::POST, "/panel/faults", &headers, "kind=cut")
            .await
            .is(403);
    }
    assert_eq!(panel.control.faults(), []);
}

#[tokio::test]
async fn own_pages_programs_and_links_are_answered() {
    let panel = Panel::new();
    for headers in [
        &[][..],
        &[("sec-fetch-site", "none")],
        &[
            ("sec-fetch-site", "same-origin"),
            ("origin", "http://127.0.0.1:8400"),
        ],
        &[
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-mode", "navigate"),
            ("sec-fetch-dest", "document"),
        ],
    ] {
        panel
            .send(Method::GET, "/panel/requests", headers, Body::empty())
            .await
            .is(200);
    }
}

#[tokio::test]
async fn other_hosts_are_refused() {
    let panel = Panel::new();
    for path in READ {
        let request = Request::get(*path)
            .header("host", "rebound.example.com")
            .body(Body::empty());
        let answer = panel.router.clone().oneshot(request.unwrap()).await.unwrap();
        assert_eq!(answer.status(), 421, "{path}");
    }
}

#[tokio::test]
async fn pages_have_a_strict_policy_and_no_cors() {
    let panel = Panel::new();
    for path in [
        "/",
        "/panel/requests",
        "/panel/requests/1",
        "/panel/requests.json",
    ] {
        let answer = panel
            .send(
                Method::GET,
                path,
                &[(ORIGIN.as_str(), "http://127.0.0.1:8400")],
                "",
            )
            .await;
        let policy = answer.headers[CONTENT_SECURITY_POLICY].to_str().unwrap();
        for part in [
            "default-src 'none'",
            "script-src 'self'",
            "connect-src 'self'",
            "frame-ancestors 'none'",
        ] {
            assert!(policy.contains(part), "{policy}");
        }
        assert!(!policy.contains("unsafe"), "{policy}");
        assert_eq!(answer.headers["cache-control"], "no-store");
        assert_eq!(answer.headers["x-content-type-options"], "nosniff");
        assert_eq!(answer.headers["cross-origin-resource-policy"], "same-origin");
        let cors = answer
            .headers
            .keys()
            .find(|name| name.as_str().starts_with("access-control"));
        assert_eq!(cors, None);
        // Only the one file of ours.
        let scripts = answer.body.matches("<script").count();
        assert_eq!(
            scripts,
            answer
                .body
                .matches("<script src=\"/panel.js\" defer></script>")
                .count()
        );
    }
}

#[tokio::test(start_paused = true)]
async fn fifty_open_pages_hold_nothing_up() {
    let panel = Panel::new();
    let mut pages = Vec::new();
    for _ in 0..50 {
        let request = Request::get("/panel/live").body(Body::empty()).unwrap();
        let mut page = panel.router.clone().oneshot(request).await.unwrap().into_body();
        next(&mut page, "hello").await;
        pages.push(page);
    }
    // None of them reads meanwhile.
    for _ in 0..200 {
        panel.get("/accounts/v1/me").await.is(401);
    }
    for page in &mut pages {
        next(page, "requests").await;
    }
    panel.control.sell(1);
    for page in &mut pages {
        next(page, "shop").await;
    }
}

/// Reads until this event, which comes within a second.
async fn next(page: &mut Body, event: &str) {
    let wanted = format!("event: {event}\ndata: {event}\n\n");
    let read = async {
        loop {
            let frame = page.frame().await.expect("more").unwrap();
            if frame
                .data_ref()
                .is_some_and(|data| data.starts_with(wanted.as_bytes()))
            {
                return;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(1), read)
        .await
        .expect(event);
}

#[tokio::test]
async fn open_pages_end_with_the_sandbox() {
    let sandbox = eduzz_sandbox::Sandbox::start(eduzz_sandbox::Config::default())
        .await
        .unwrap();
    let mut socket = tokio::net::TcpStream::connect(("127.0.0.1", sandbox.port()))
        .await
        .unwrap();
    let head = "GET /panel/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
    tokio::io::AsyncWriteExt::write_all(&mut socket, head.as_bytes())
        .await
        .unwrap();
    let mut buffer = [0; 1024];
    assert!(
        tokio::io::AsyncReadExt::read(&mut socket, &mut buffer)
            .await
            .unwrap()
            > 0
    );
    let begun = std::time::Instant::now();
    sandbox.stop().await;
    assert!(
        begun.elapsed() < Duration::from_millis(900),
        "{:?}",
        begun.elapsed()
    );
}
