//! Failures on purpose.

use std::time::Duration;

use axum::body::Body;
use eduzz_sandbox::{Config, Fault, Sandbox};
use http::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER};
use http::{Request, StatusCode};
use http_body_util::BodyExt as _;
use serde_json::json;
use tower::ServiceExt as _;

use crate::client::Client;
use crate::sockets::exchange;

const PRODUCTS: &str = "/myeduzz/v1/products";

#[tokio::test]
async fn faults_answer_with_their_status_and_body() {
    let client = Client::new();
    let (html, json) = ("text/html; charset=utf-8", "application/json");
    let unavailable = StatusCode::SERVICE_UNAVAILABLE;
    for (fault, status, kind, start) in [
        (Fault::bad_gateway(), 502, html, "<!doctype html>"),
        (Fault::page(unavailable), 503, html, "<!doctype html>"),
        (Fault::page_instead(), 200, html, "<!doctype html>"),
        (Fault::server_error(), 500, json, r#"{"code":"SANDBOX_500""#),
        (Fault::json(unavailable), 503, json, r#"{"code":"SANDBOX_503""#),
        (Fault::too_many(Some(7)), 429, json, r#"{"code":"SANDBOX_429""#),
        (Fault::too_many(None), 429, json, r#"{"code":"SANDBOX_429""#),
        (Fault::unauthorized(), 401, json, r#"{"error":"invalid_token""#),
    ] {
        client.control.set_faults([fault.clone()]);
        let answer = client.get(PRODUCTS).await;
        assert_eq!(answer.status.as_u16(), status, "{fault:?}");
        assert_eq!(answer.headers[CONTENT_TYPE], kind, "{fault:?}");
        assert!(answer.body.starts_with(start), "{}", answer.body);
        let retry_after = answer.headers.get(RETRY_AFTER);
        let retry_after = retry_after.map(|value| value.to_str().unwrap());
        assert_eq!(retry_after, (fault == Fault::too_many(Some(7))).then_some("7"));
    }
    assert_eq!(client.control.faults_struck(), 8);
    client.control.clear_faults();
    client.get(PRODUCTS).await.is(200);
    assert_eq!(client.control.faults_struck(), 8);
}

#[tokio::test]
async fn fault_strikes_every_kth_request_of_its_route() {
    let client = Client::with(|config| {
        config.faults = vec![
            Fault::bad_gateway().on("GET /myeduzz/v1/products").every(3),
            Fault::server_error()
                .on("/myeduzz/v1/products/:id")
                .after(1)
                .times(2),
        ];
    });
    let id = client.control.sale_ids().first().cloned().unwrap();
    let mut seen = Vec::new();
    for _ in 0..6 {
        seen.push(client.get(PRODUCTS).await.status.as_u16());
        seen.push(client.get("/myeduzz/v1/products/1").await.status.as_u16());
        client.get(&format!("/myeduzz/v1/sales/{id}")).await.is(200);
        client.get("/myeduzz/v1/products/coupons").await.is(200);
    }
    assert_eq!(seen, [200, 404, 200, 500, 502, 500, 200, 404, 200, 404, 502, 404]);
}

#[tokio::test]
async fn first_of_several_faults_strikes() {
    let client = Client::with(|config| {
        config.faults = vec![
            Fault::too_many(None).every(4).in_a_row(2),
            Fault::bad_gateway().every(2),
        ];
    });
    let mut seen = Vec::new();
    for _ in 0..8 {
        seen.push(client.get(PRODUCTS).await.status.as_u16());
    }
    assert_eq!(seen, [200, 502, 429, 429, 200, 502, 429, 429]);
}

#[tokio::test]
async fn fault_without_a_route_leaves_the_sign_in_alone() {
    let client = Client::with(|config| config.faults = vec![Fault::bad_gateway()]);
    client.get("/").await.is(200);
    client.get("/oauth/authorize").await.is(400);
    client.get("/myeduzz/v1/nothing").await.is(404);
    let on_the_page = Fault::bad_gateway().on("GET /oauth/authorize");
    client.control.set_faults([on_the_page]);
    client.get("/oauth/authorize").await.is(502);
}

fn request(client: &Client, target: &str) -> Request<Body> {
    let authorization = format!("Bearer {}", client.token());
    Request::get(target)
        .header(AUTHORIZATION, authorization)
        .body(Body::empty())
        .unwrap()
}

#[tokio::test]
async fn cut_body_breaks_off_in_the_middle() {
    let client = Client::with(|config| config.faults = vec![Fault::cut().every(2)]);
    let (router, _) = Sandbox::router_with_control(client.config.clone());
    let whole = router.clone().oneshot(request(&client, PRODUCTS)).await.unwrap();
    let whole = whole.into_body().collect().await.unwrap().to_bytes();
    let cut = router.oneshot(request(&client, PRODUCTS)).await.unwrap();
    assert_eq!(cut.status(), StatusCode::OK);
    assert_eq!(cut.headers()[CONTENT_LENGTH], whole.len().to_string());
    let mut body = cut.into_body();
    let first = body.frame().await.unwrap().unwrap().into_data().unwrap();
    assert_eq!(first, whole[..whole.len() / 2]);
    assert!(body.frame().await.unwrap().is_err());
}

#[tokio::test]
async fn request_of_a_cut_answer_is_carried_out() {
    let client = Client::new();
    let all = client.subscriptions().await;
    let alive = all.iter().find(|row| row["status"] == "upToDate").unwrap();
    let alive = alive["id"].as_str().unwrap();
    let cut = Fault::cut().on("POST /myeduzz/v1/subscriptions/bulk-cancel");
    client.control.set_faults([cut]);
    let body = json!({ "subscriptions": [alive], "cancelReason": "x" }).to_string();
    let post = Request::post("/myeduzz/v1/subscriptions/bulk-cancel")
        .header(AUTHORIZATION, format!("Bearer {}", client.token()));
    let broken = client.try_send(post.body(Body::from(body)).unwrap()).await;
    assert!(broken.is_none());
    let target = format!("/myeduzz/v1/subscriptions/{alive}");
    assert_eq!(client.json(&target).await["status"], "canceled");
}

#[tokio::test(start_paused = true)]
async fn slow_answer_waits_by_the_runtime_clock() {
    let client = Client::with(|config| config.faults = vec![Fault::slow(Duration::from_secs(45)).times(1)]);
    let start = tokio::time::Instant::now();
    client.get(PRODUCTS).await.is(200);
    assert_eq!(start.elapsed().as_secs(), 45);
    client.get(PRODUCTS).await.is(200);
    assert_eq!(start.elapsed().as_secs(), 45);
}

#[tokio::test]
async fn cut_answer_ends_on_a_socket_too() {
    let sandbox = Sandbox::start(Config::default()).await.unwrap();
    sandbox.control().set_faults([Fault::cut()]);
    let header = format!(
        "host: localhost\r\nauthorization: Bearer {}",
        sandbox.person().personal_token
    );
    let answer = exchange(sandbox.port(), &format!("GET {PRODUCTS}"), &header, "").await;
    if let Some((head, body)) = answer.split_once("\r\n\r\n") {
        assert!(head.starts_with("HTTP/1.1 200"), "{head}");
        let mut lines = head.lines();
        let promised = lines.find_map(|line| line.strip_prefix("content-length: "));
        assert!(body.len() < promised.unwrap().parse().unwrap());
    }
    sandbox.stop().await;
}
