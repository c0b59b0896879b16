//! Hostile requests.

use std::collections::HashMap;
use std::sync::LazyLock;
use std::time::Duration;

use axum::body::Body;
use eduzz_sandbox::Arrivals;
use eduzz_wire::Endpoint as _;
use http::header::{AUTHORIZATION, CONTENT_TYPE, COOKIE, HOST};
use http::{Method, Request, StatusCode};
use proptest::prelude::*;

use crate::browser::{Browser, FORM, JSON, but, encode, exchange_fields, valid};
use crate::client::Client;

const SCRIPT: &str = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>";

#[tokio::test]
async fn html_in_a_parameter_is_escaped() {
    let browser = Browser::new();
    let app = browser.live();
    for name in ["client_id", "redirectTo", "responseType"] {
        let page = browser.other().authorize(&but(&valid(&app), name, SCRIPT)).await;
        assert!(page.status.is_client_error());
        let is_escaped = !page.body.contains("<script") && !page.body.contains("<img");
        assert!(is_escaped, "{name}");
        page.says("&lt;script&gt;");
    }
    let mut browser = browser.other();
    let owner = browser.owner();
    let page = browser.sign_in(&app, &owner, Some(SCRIPT)).await.is(200);
    assert!(!page.body.contains("<script") && !page.body.contains("alert(1)"));
}

#[tokio::test]
async fn html_in_the_configuration_is_escaped() {
    let mut browser = Browser::with(|config| {
        let app = &mut config.apps[0];
        app.name = SCRIPT.to_owned();
        app.scopes = vec![SCRIPT.to_owned(), format!("myeduzz_{SCRIPT}_read")];
        app.return_urls.push(format!("javascript:{SCRIPT}"));
        config.people[0].name = SCRIPT.to_owned();
        config.people[0].email = SCRIPT.to_owned();
    });
    let (app, owner) = (browser.live(), browser.owner());
    let chooser = browser.authorize(&valid(&app)).await;
    let consent = browser.sign_in(&app, &owner, None).await;
    let unregistered = browser.authorize(&but(&valid(&app), "redirectTo", "x")).await;
    for page in [chooser, consent, unregistered] {
        assert!(!page.body.contains("<script") && !page.body.contains("<img"));
        page.says("&lt;script&gt;");
    }
    for path in ["/", "/panel/accounts"] {
        let page = browser.get(path).await.says("&lt;script&gt;");
        // The panel's own.
        let rest = page
            .body
            .replacen("<script src=\"/panel.js\" defer></script>", "", 1);
        let rest = rest.replacen("<img src=\"/sandbox.svg\" alt=\"\"", "", 1);
        assert!(!rest.contains("<script") && !rest.contains("<img"), "{path}");
    }
}

#[tokio::test]
async fn state_cannot_break_out_of_the_location_header() {
    let mut browser = Browser::new();
    let state = "x\r\nSet-Cookie: a=b\u{0}&code=forged#";
    let (app, owner) = (browser.live(), browser.owner());
    let page = browser.sign_in(&app, &owner, Some(state)).await;
    let back = browser.answer(&page, "approve").await.is(303);
    assert_eq!(back.returned("state").as_deref(), Some(state));
    assert_eq!(back.location().matches("code=").count(), 1);
    assert!(!back.headers.contains_key("set-cookie"));
}

#[tokio::test]
async fn other_hosts_than_loopback_are_refused() {
    let mut browser = Browser::new();
    for (host, answered) in [
        ("127.0.0.1:8080", true),
        ("localhost", true),
        ("[::1]:8080", true),
        ("eduzz.example.com", false),
        ("127.0.0.1.example.com:8080", false),
        ("", false),
    ] {
        for path in "/ /oauth/authorize /accounts/v1/me /sandbox.css /none".split(' ') {
            let request = Request::get(path).header(HOST, host).body(Body::empty()).unwrap();
            let refused = browser.send(request).await.status == StatusCode::MISDIRECTED_REQUEST;
            assert_eq!(refused, !answered, "{host} {path}");
        }
    }
    let elsewhere = Request::get("http://eduzz.example.com/")
        .header(HOST, "localhost")
        .body(Body::empty())
        .unwrap();
    browser.send(elsewhere).await.is(421);
}

#[tokio::test]
async fn header_that_is_not_text_is_no_token_and_no_session() {
    let mut browser = Browser::new();
    for name in [AUTHORIZATION, COOKIE] {
        let request = Request::get("/accounts/v1/me").header(name, &b"bearer \xff"[..]);
        browser.send(request.body(Body::empty()).unwrap()).await.is(401);
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

/// A query of the calls' own parameters, with values that may be anything.
fn hostile_query() -> impl Strategy<Value = String> {
    let names = "startDate endDate filterBy referenceDate status productId productIds contractId \
        affiliateId buyerEmail buyerDocument saleId id chargebackStatus order sort \
        isFrozen email document page itemsPerPage x";
    let name = proptest::sample::select(names.split(' ').collect::<Vec<_>>());
    let value = prop_oneof![
        4 => proptest::sample::select(vec![
            "2026-01-01", "2026-12-31", "0000-01-01", "9999-12-31", "2026-02-30", "2026-01-01T00:00:00Z", "creation", "paidAt",
            "paid", "1", "100", "18446744073709551615", "-9223372036854775808", "name:desc", "name:asc,email:desc",
            "true", "active", "2026-01-01T00:00:00-03:00", "9999-12-31T23:59:59Z", "%00", "%FF%FE", "",
        ])
        .prop_map(str::to_owned),
        1 => "\\PC{0,12}".prop_map(|text| encode(&[("", &text)]).trim_start_matches('=').to_owned()),
    ];
    proptest::collection::vec((name, value), 0..8).prop_map(|pairs| {
        let pairs = pairs.into_iter().map(|(name, value)| format!("&{name}={value}"));
        let needed = "startDate=2026-01-01&endDate=2026-12-31&filterBy=creation".to_owned();
        std::iter::once(needed).chain(pairs).collect::<String>()
    })
}

/// A path of every call but those of webhooks, with anything for its parameter.
fn hostile_path() -> impl Strategy<Value = String> {
    let path = proptest::sample::select(templates());
    let ids = "1 2400001 %00 %FF .. %2F a%40b 99999999999999999999 -1 % %zz +1 %20";
    let id = proptest::sample::select(ids.split(' ').collect::<Vec<_>>());
    (path, id, any::<[bool; 2]>()).prop_map(|(path, id, is_known)| {
        let mut is_known = is_known.into_iter().cycle();
        let fill = |segment: &str| match segment.split_once(':') {
            None => segment.to_owned(),
            // One parameter in two is of a row that exists, or did.
            Some((before, name)) if is_known.next() == Some(true) => format!("{before}{}", KNOWN.of(name)),
            Some((before, _)) => format!("{before}{id}"),
        };
        path.split('/').map(fill).collect::<Vec<_>>().join("/")
    })
}

/// Ids that exist at the start, by the names of the parameters.
struct Known(HashMap<&'static str, String>);

impl Known {
    fn of(&self, name: &str) -> &str {
        self.0.get(name).map_or("1", String::as_str)
    }
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let course = SHOP.json("/nutror/v1/courses").await[0]["id"].to_string();
        let modules = SHOP.json(&format!("/nutror/v1/courses/{course}/modules")).await;
        let comments = SHOP.json("/nutror/v1/comments").await;
        Known(HashMap::from([
            ("teamId", "atelie-da-serra".to_owned()),
            ("communityId", "3001".to_owned()),
            ("courseId", course),
            ("moduleId", modules[0]["id"].to_string()),
            ("id", comments["items"][0]["id"].to_string()),
        ]))
    })
});

/// The templates of all calls but those of webhooks, and of the page of a cart.
fn templates() -> Vec<String> {
    let mut found = vec!["/c_:id".to_owned()];
    macro_rules! collect {
        ($(($product:ident, $endpoint:ident, $call:ident)),* $(,)?) => {
            $(found.push(eduzz_api::$product::$call::ROUTE.template().to_owned());)*
        };
    }
    eduzz_api::for_each_endpoint!(collect);
    found.retain(|path| !path.starts_with("/webhook/"));
    found
}

/// A body like those that the calls take.
fn hostile_body() -> impl Strategy<Value = String> {
    let body = proptest::sample::select(vec![
        r#"{"subscriptions":["1"],"cancelReason":"x"}"#,
        r#"{"dueDateDay":"5","motive":"Negociação comercial"}"#,
        r#"{"status":"pending"}"#,
        r#"{"name":"Nara","email":"n@example.com","phone":"1","document":"2","tags":["a"]}"#,
        r#"{"communityId":3001,"spaceId":"2001","email":"n@example.com"}"#,
        r#"{"email":"n@example.com","socialMedias":{"x":"https://x.example.com/n"}}"#,
        r#"{"members":[41001,"41002"]}"#,
        r#"{"title":"x","authorId":1,"sequence":99999999999999999999,"duration":1e308,"releaseDate":"9999-12-31","isFree":true}"#,
        r#"{"text":"x","isFixed":true,"isApproved":false,"expiredAt":"9999-12-31","expireAt":"0000-01-01T00:00:00Z"}"#,
        r#"{"orderId":"1","postbackUrl":"x","items":[{"productId":"1","description":"x","quantity":1,"price":{"value":1e308}}]}"#,
        r##"{"title":"x","color":"#112233","description":"x","domains":["https://a.example.com"]}"##,
        r#"{"attendanceIds":["x"],"checkin":true,"attendances":[{"inviteKey":1e308}]}"#,
        r#"{"eventId":"x","ticketId":"x","name":"x","email":"a@b","documentType":"cpf","useStock":true,"userEmail":"a@b"}"#,
        "[[[[[[",
        "",
    ]);
    (body, any::<proptest::sample::Index>(), "[\\[{}\",:0-9eE+.-]{0,6}").prop_map(|(text, index, noise)| {
        let mut at = index.index(text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        format!("{}{noise}{}", &text[..at], &text[at..])
    })
}

static SHOP: LazyLock<Client> = LazyLock::new(|| {
    Client::with(|config| {
        config.history = Duration::from_secs(40 * 86_400);
        config.arrivals = Some(Arrivals::AfterRequests(5));
    })
});

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn hostile_call_never_answers_5xx(
        method in proptest::sample::select(vec![Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE]),
        path in hostile_path(),
        query in hostile_query(),
        body in hostile_body(),
    ) {
        let request = Request::builder()
            .method(method)
            .uri(format!("{path}?{query}"))
            .header(AUTHORIZATION, format!("Bearer {}", SHOP.token()))
            .body(Body::from(body))
            .unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let answer = runtime.block_on(SHOP.try_send(request)).unwrap();
        prop_assert!(!answer.status.is_server_error(), "{}", answer.body);
        let says_nothing = answer.body.is_empty() && answer.status.is_success();
        prop_assert!(says_nothing || answer.body.starts_with("<!DOCTYPE html>") || serde_json::from_str::<serde_json::Value>(&answer.body).is_ok());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn hostile_request_never_answers_5xx(
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
    fn state_of_any_text_returns_unchanged(state in "\\PC{0,60}|[\\x00-\\x7f]{0,60}") {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let returned = runtime.block_on(async {
            let mut browser = Browser::new();
            let page = browser.sign_in(&browser.live(), &browser.owner(), Some(&state)).await;
            browser.answer(&page, "approve").await.returned("state")
        });
        prop_assert_eq!(returned, Some(state));
    }
}
