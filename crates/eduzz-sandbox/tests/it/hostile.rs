//! What nobody sends in good faith.

use axum::body::Body;
use http::header::{AUTHORIZATION, CONTENT_TYPE, COOKIE, HOST};
use http::{Method, Request, StatusCode};
use proptest::prelude::*;

use crate::browser::{Browser, FORM, JSON, but, encode, exchange_fields, valid};

const SCRIPT: &str = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>";

#[tokio::test]
async fn html_in_a_parameter_is_text() {
    let browser = Browser::new();
    let app = browser.live();
    for name in ["client_id", "redirectTo", "responseType"] {
        let page = browser.other().authorize(&but(&valid(&app), name, SCRIPT)).await;
        assert!(page.status.is_client_error());
        assert!(
            !page.body.contains("<script") && !page.body.contains("<img"),
            "{name}"
        );
        page.says("&lt;script&gt;");
    }
    let mut browser = browser.other();
    let page = browser
        .sign_in(&app, &browser.owner(), Some(SCRIPT))
        .await
        .expect(StatusCode::OK);
    assert!(!page.body.contains("<script") && !page.body.contains("alert(1)"));
}

#[tokio::test]
async fn html_in_the_world_is_text() {
    let mut browser = Browser::with(|config| {
        let app = &mut config.apps[0];
        app.name = SCRIPT.to_owned();
        app.scopes = vec![SCRIPT.to_owned(), format!("myeduzz_{SCRIPT}_read")];
        app.return_urls.push(format!("javascript:{SCRIPT}"));
        config.people[0].name = SCRIPT.to_owned();
        config.people[0].email = SCRIPT.to_owned();
    });
    let (app, owner) = (browser.live(), browser.owner());
    let index = browser.get("/").await;
    let chooser = browser.authorize(&valid(&app)).await;
    let consent = browser.sign_in(&app, &owner, None).await;
    let unregistered = browser.authorize(&but(&valid(&app), "redirectTo", "x")).await;
    for page in [index, chooser, consent, unregistered] {
        assert!(!page.body.contains("<script") && !page.body.contains("<img"));
        page.says("&lt;script&gt;");
    }
}

#[tokio::test]
async fn a_state_cannot_break_out_of_the_location() {
    let mut browser = Browser::new();
    let state = "x\r\nSet-Cookie: a=b\u{0}&code=forged#";
    let page = browser
        .sign_in(&browser.live(), &browser.owner(), Some(state))
        .await;
    let back = browser
        .answer(&page, "approve")
        .await
        .expect(StatusCode::SEE_OTHER);
    assert_eq!(back.returned("state").as_deref(), Some(state));
    assert_eq!(back.location().matches("code=").count(), 1);
    assert!(!back.headers.contains_key("set-cookie"));
}

#[tokio::test]
async fn only_loopback_hosts_are_answered() {
    let mut browser = Browser::new();
    for (host, answered) in [
        ("127.0.0.1:8080", true),
        ("localhost", true),
        ("[::1]:8080", true),
        ("eduzz.example.com", false),
        ("127.0.0.1.example.com:8080", false),
        ("", false),
    ] {
        for path in [
            "/",
            "/oauth/authorize",
            "/accounts/v1/me",
            "/sandbox.css",
            "/none",
        ] {
            let request = Request::get(path).header(HOST, host).body(Body::empty()).unwrap();
            let refused = browser.send(request).await.status == StatusCode::MISDIRECTED_REQUEST;
            assert_eq!(refused, !answered, "{host} {path}");
        }
    }
    let elsewhere = Request::get("http://eduzz.example.com/")
        .header(HOST, "localhost")
        .body(Body::empty())
        .unwrap();
    browser
        .send(elsewhere)
        .await
        .expect(StatusCode::MISDIRECTED_REQUEST);
}

#[tokio::test]
async fn header_bytes_that_are_no_text_are_no_token_and_no_session() {
    let mut browser = Browser::new();
    for name in [AUTHORIZATION, COOKIE] {
        let request = Request::get("/accounts/v1/me").header(name, &b"bearer \xff"[..]);
        browser
            .send(request.body(Body::empty()).unwrap())
            .await
            .expect(StatusCode::UNAUTHORIZED);
    }
}

/// Text that looks enough like the real thing to get past the first checks.
fn plausible() -> impl Strategy<Value = String> {
    let browser = Browser::new();
    let app = browser.live();
    let fields = [
        encode(&valid(&app)),
        encode(&exchange_fields(&app, "x")),
        "{\"client_id\":\"x\"}".to_owned(),
        "csrf=x&request=y&answer=approve&account=".to_owned(),
    ];
    (
        proptest::sample::select(fields.to_vec()),
        any::<proptest::sample::Index>(),
        "\\PC{0,12}|[&=%+;{}\"\\[\\]0-9a-f]{0,12}",
    )
        .prop_map(|(text, index, noise)| {
            let at = index.index(text.len() + 1);
            format!("{}{noise}{}", &text[..at], &text[at..])
        })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_request_makes_the_sandbox_fail(
        method in proptest::sample::select(vec![Method::GET, Method::POST, Method::PUT, Method::DELETE, Method::HEAD]),
        path in proptest::sample::select(vec![
            "/", "/oauth/authorize", "/oauth/authorize/account", "/oauth/authorize/answer", "/oauth/token",
            "/accounts/v1/me", "/accounts/v1/", "//", "/%00",
        ]),
        query in plausible(),
        raw_query in "[!-~&&[^#<>\\\\^`{|}\"]]{0,40}",
        use_raw in any::<bool>(),
        content_type in proptest::option::of(proptest::sample::select(vec![JSON, FORM, "text/plain", ";", ""])),
        body in prop_oneof![plausible().prop_map(String::into_bytes), proptest::collection::vec(any::<u8>(), 0..200)],
        header in proptest::collection::vec(0x20_u8..=0x7e, 0..40),
    ) {
        let query = if use_raw { raw_query } else { encode(&[(&query, "")]).replace("%3D", "=").replace("%26", "&") };
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{path}?{query}"))
            .header(AUTHORIZATION, &header[..])
            .header(COOKIE, &header[..]);
        if let Some(content_type) = content_type {
            request = request.header(CONTENT_TYPE, content_type);
        }
        let request = request.body(Body::from(body)).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let answer = runtime.block_on(async { Browser::new().send(request).await });
        prop_assert!(!answer.status.is_server_error(), "{}", answer.body);
    }

    #[test]
    fn any_state_comes_back_unchanged(state in "\\PC{0,60}|[\\x00-\\x7f]{0,60}") {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let returned = runtime.block_on(async {
            let mut browser = Browser::new();
            let page = browser.sign_in(&browser.live(), &browser.owner(), Some(&state)).await;
            browser.answer(&page, "approve").await.returned("state")
        });
        prop_assert_eq!(returned, Some(state));
    }
}
