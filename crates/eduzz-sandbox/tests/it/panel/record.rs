//! What is recorded of requests, and how the panel shows it.

use eduzz_sandbox::Fault;
use http::Method;
use serde_json::json;

use super::Panel;
use crate::browser::{FORM, encode, exchange_fields};

#[tokio::test]
async fn requests_are_recorded_in_order_with_route_status_and_account() {
    let panel = Panel::new();
    panel.call(Method::GET, "/accounts/v1/me", "").await.is(200);
    panel
        .call(Method::GET, "/myeduzz/v1/sales/7?x=y", "")
        .await
        .is(404);
    panel.get("/nowhere").await.is(404);
    let requests = panel.requests(0).await;
    assert_eq!(requests.len(), 3);
    let [me, sale, nowhere] = &requests[..] else {
        unreachable!()
    };
    assert_eq!((&me["number"], &sale["number"]), (&json!(1), &json!(2)));
    assert_eq!(me["at"], "2026-11-02T12:00:00.000Z");
    assert_eq!(me["account"]["name"], panel.owner().name);
    assert_eq!(me["application"]["name"], panel.config.apps[0].name);
    assert_eq!(me["status"], 200);
    assert_eq!(sale["template"], "/myeduzz/v1/sales/:id");
    assert_eq!(sale["target"], "/myeduzz/v1/sales/7?x=y");
    assert_eq!(
        (&nowhere["status"], &nowhere["template"]),
        (&json!(404), &json!(null))
    );
    assert_eq!(panel.requests(2).await.len(), 1);
    // A number of another sandbox.
    assert_eq!(panel.requests(99).await.len(), 3);
}

#[tokio::test]
async fn panel_does_not_record_itself() {
    let panel = Panel::new();
    for path in [
        "/",
        "/panel/requests",
        "/panel/requests.json",
        "/panel.css",
        "/panel.js",
        "/sandbox.css",
    ] {
        panel.get(path).await.is(200);
    }
    panel.get("/panel/requests/1").await.is(404);
    assert_eq!(panel.requests(0).await, [json!(null); 0]);
    panel.get("/panels").await.is(404);
    assert_eq!(panel.requests(0).await.len(), 1);
}

#[tokio::test]
async fn oldest_requests_make_room() {
    let panel = Panel::new();
    for _ in 0..510 {
        panel.get("/accounts/v1/me").await.is(401);
    }
    let requests = panel.requests(0).await;
    assert_eq!(requests.len(), 500);
    assert_eq!(requests[0]["number"], 11);
    panel.get("/panel/requests/10").await.is(404);
    panel.get("/panel/requests/11").await.is(200);
    let first = panel.get("/panel/requests").await.is(200).says("id=\"r510\"");
    assert!(!first.body.contains("id=\"r410\""));
    let older = panel
        .get("/panel/requests?before=411")
        .await
        .is(200)
        .says("id=\"r410\"");
    assert!(!older.body.contains("id=\"r411\""));
}

#[tokio::test]
async fn secrets_are_not_recorded() {
    let panel = Panel::new();
    let (app, owner) = (&panel.config.apps[0], panel.owner());
    let fields = encode(&exchange_fields(app, "canary-code"));
    panel
        .send(Method::POST, "/oauth/token", &[("content-type", FORM)], fields)
        .await
        .is(404);
    let credentials = [
        ("client_id", app.client_id.as_str()),
        ("client_secret", &app.client_secret),
        ("grant_type", "client_credentials"),
    ];
    let answer = panel
        .send(
            Method::POST,
            "/oauth/token",
            &[("content-type", FORM)],
            encode(&credentials),
        )
        .await
        .is(200);
    let token = answer.json()["access_token"].as_str().unwrap().to_owned();
    panel.call(Method::GET, "/webhook/v1/secret", "").await.is(200);
    panel
        .call(Method::GET, "/webhook/v1/origin/sample/myeduzz.invoice_paid", "")
        .await
        .is(200);
    let cookie = [("cookie", "eduzz_sandbox=canary-cookie")];
    panel
        .send(
            Method::GET,
            "/oauth/authorize?code=canary-query&state=canary-state",
            &cookie,
            "",
        )
        .await;
    let secret = panel.call(Method::GET, "/webhook/v1/secret", "").await.json();
    let secret = secret["secret"].as_str().unwrap().to_owned();
    let listed = panel.requests(0).await;
    assert_eq!(listed.len(), 6);
    for number in 1..=6 {
        let page = panel.get(&format!("/panel/requests/{number}")).await.is(200);
        let shown = format!("{}{}", page.body, listed[number - 1]);
        for secret in [&app.client_secret, &owner.personal_token, &token, &secret] {
            assert!(!shown.contains(secret.as_str()), "request {number}");
        }
        assert!(!shown.contains("canary"), "request {number}: {shown}");
    }
}

#[tokio::test]
async fn recording_changes_no_answer() {
    let panel = Panel::new();
    let answer = panel.call(Method::GET, "/myeduzz/v1/products", "").await.is(200);
    let body = &answer.body;
    // The length is known in advance, so no answer is sent in chunks.
    let request = http::Request::get("/myeduzz/v1/products")
        .header(
            "authorization",
            format!("Bearer {}", panel.owner().personal_token),
        )
        .body(axum::body::Body::empty())
        .unwrap();
    let response = tower::ServiceExt::oneshot(panel.router.clone(), request)
        .await
        .unwrap();
    let size = http_body::Body::size_hint(response.body());
    assert_eq!(size.exact(), u64::try_from(body.len()).ok());
}

#[tokio::test]
async fn large_bodies_are_kept_in_part() {
    let panel = Panel::new();
    let name = "x".repeat(100_000);
    panel
        .call(Method::POST, "/sun/v1/cart", &json!({ "name": name }).to_string())
        .await;
    let page = panel.get("/panel/requests/1").await.is(200);
    assert!(page.body.len() < 150_000, "{}", page.body.len());
    page.says("97,6 KiB").says("O corpo não está inteiro");
}

#[tokio::test]
async fn cut_answer_is_recorded_as_cut() {
    let panel = Panel::with(|config| config.faults = vec![Fault::cut()]);
    let request = http::Request::get("/accounts/v1/me")
        .header(
            "authorization",
            format!("Bearer {}", panel.owner().personal_token),
        )
        .body(axum::body::Body::empty())
        .unwrap();
    assert!(crate::browser::oneshot(&panel.router, request).await.is_none());
    let page = panel.get("/panel/requests/1").await.is(200);
    page.says("O corpo não está inteiro");
}

#[tokio::test(start_paused = true)]
async fn client_that_leaves_before_the_answer_is_recorded() {
    let panel = Panel::with(|config| config.faults = vec![Fault::slow(std::time::Duration::from_secs(40))]);
    let call = panel.call(Method::GET, "/accounts/v1/me", "");
    let given_up = tokio::time::timeout(std::time::Duration::from_secs(30), call).await;
    assert!(given_up.is_err());
    let requests = panel.requests(0).await;
    assert_eq!(requests[0]["status"], json!(null));
    assert_eq!(requests[0]["tookMs"], 30_000.0);
    panel
        .get("/panel/requests/1")
        .await
        .is(200)
        .says("fechou a conexão antes da resposta");
}

#[tokio::test(start_paused = true)]
async fn list_waits_for_the_next_request() {
    let panel = Panel::new();
    let nothing = panel.get("/panel/requests.json?after=0&wait=5").await.is(200);
    assert_eq!(nothing.json()["requests"], json!([]));
    let (found, _) = tokio::join!(panel.get("/panel/requests.json?after=0&wait=60"), async {
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        panel.get("/accounts/v1/me").await
    });
    assert_eq!(found.json()["last"], 1);
}

#[tokio::test]
async fn list_is_filtered_by_status_and_text() {
    let panel = Panel::new();
    panel.call(Method::GET, "/accounts/v1/me", "").await.is(200);
    panel.get("/accounts/v1/me").await.is(401);
    panel.call(Method::GET, "/myeduzz/v1/sales/7", "").await.is(404);
    let shown = async |query: &str| {
        let page = panel.get(&format!("/panel/requests?{query}")).await.is(200);
        (1..=3)
            .filter(|number| page.body.contains(&format!("id=\"r{number}\"")))
            .collect::<Vec<_>>()
    };
    assert_eq!(shown("").await, [1, 2, 3]);
    assert_eq!(shown("status=4xx").await, [2, 3]);
    assert_eq!(shown("status=5xx").await, [0; 0]);
    assert_eq!(shown("q=SALES").await, [3]);
    assert_eq!(shown("q=helena&status=2xx").await, [1]);
}

#[tokio::test]
async fn page_is_in_the_language_that_was_chosen() {
    let panel = Panel::new();
    panel.get("/").await.says("lang=\"pt-BR\"").says("Requisições");
    let english = panel
        .get("/panel/requests?lang=en")
        .await
        .says("lang=\"en\"")
        .says("No requests yet.");
    let cookie = english.headers["set-cookie"].to_str().unwrap();
    assert!(cookie.starts_with("eduzz_panel_lang=en; "), "{cookie}");
    let kept = panel
        .send(Method::GET, "/", &[("cookie", "eduzz_panel_lang=en")], "")
        .await;
    kept.says("lang=\"en\"");
    let browser = panel
        .send(Method::GET, "/", &[("accept-language", "en-US")], "")
        .await;
    browser.says("lang=\"en\"");
    let both = [("cookie", "eduzz_panel_lang=pt"), ("accept-language", "en-US")];
    panel
        .send(Method::GET, "/", &both, "")
        .await
        .says("lang=\"pt-BR\"");
}

#[tokio::test]
async fn texts_of_others_stay_texts() {
    let panel = Panel::new();
    let request = http::Request::builder().method("GET").uri("/x?a=%3Cscript%3E");
    let request = request
        .header(
            "x-mark",
            http::HeaderValue::from_bytes(b"\x1b]0;x\xe2\x80\xae<b>")
                .unwrap_or(http::HeaderValue::from_static("none")),
        )
        .body(axum::body::Body::from(
            "{\"a\":\"\u{202e}<img src=x onerror=alert(1)>\u{1b}[31m\"}",
        ))
        .unwrap();
    crate::browser::oneshot(&panel.router, request).await.unwrap();
    let page = panel.get("/panel/requests/1").await.is(200);
    assert!(!page.body.contains("<img src=x"), "{}", page.body);
    assert!(!page.body.contains('\u{202e}') && !page.body.contains('\u{1b}'));
}
