//! Requests have only the parts that an endpoint describes.

use eduzz_testkit::{canary, conformance};
use eduzz_types::{AccessToken, Date, DateTime};
use eduzz_wire::{Call, EncodeError, Endpoint, EndpointExt as _, Origins, RawCall, Repeat, Route};
use http::{Method, Request, header};
use percent_encoding::percent_decode_str;
use proptest::prelude::*;
use serde_json::json;

struct Thing {
    id: String,
    other: String,
    queries: Vec<(String, String)>,
}

impl Endpoint for Thing {
    const ROUTE: Route = Route::get("/product/v1/things/:id/parts/:other");
    type Output = serde_json::Value;

    fn describe(&self, call: &mut Call) {
        call.path("id", &self.id).path("other", &self.other);
        for (name, value) in &self.queries {
            call.query(name, value);
        }
    }
}

fn token() -> AccessToken {
    AccessToken::new(canary::SECRET)
}

/// The request that a call makes.
fn sent(call: &impl Endpoint) -> Result<Request<Vec<u8>>, EncodeError> {
    call.request(&Origins::production(), Some(&token()))
}

fn raw(path: &str) -> Result<Request<Vec<u8>>, EncodeError> {
    RawCall::get(path).request(&Origins::production(), Some(&token()))
}

/// An endpoint for one test.
macro_rules! endpoint {
    ($name:ident($($field:ty),*), $route:expr, |$this:ident, $call:ident| $describe:expr) => {
        struct $name($($field),*);

        impl Endpoint for $name {
            const ROUTE: Route = $route;
            type Output = serde_json::Value;

            fn describe(&self, $call: &mut Call) {
                let $this = self;
                $describe;
            }
        }
    };
}

proptest! {
    #[test]
    fn path_and_query_values_decode_to_the_values_given(
        id in ".{1,20}", other in ".{1,20}", queries in proptest::collection::vec((".{1,8}", ".{0,12}"), 0..4),
    ) {
        let dotted = |value: &str| value.trim().is_empty() || value.contains('.') && value.contains(['.', '/', '\\', ';', '%']);
        prop_assume!(!dotted(&id) && !dotted(&other));
        let thing = Thing { id, other, queries };
        let request = sent(&thing).unwrap();
        let decode = |text: &str| percent_decode_str(text).decode_utf8().unwrap().into_owned();
        let segments: Vec<String> = request.uri().path().split('/').map(decode).collect();
        prop_assert_eq!(segments, ["", "product", "v1", "things", &thing.id, "parts", &thing.other]);
        let query: Vec<(String, String)> = request.uri().query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty())
            .map(|pair| pair.split_once('=').map(|(name, value)| (decode(name), decode(value))).unwrap()).collect();
        prop_assert_eq!(query, thing.queries);
    }

    #[test]
    fn token_is_sent_whole_or_refused(text in any::<String>()) {
        let token = AccessToken::new(&*text);
        match RawCall::get("/a").request(&Origins::production(), Some(&token)) {
            Ok(request) => {
                let sent = request.headers()[header::AUTHORIZATION].to_str().unwrap().to_owned();
                prop_assert_eq!(sent, format!("Bearer {}", text.trim()));
                prop_assert!(request.headers()[header::AUTHORIZATION].is_sensitive());
            }
            Err(error) => prop_assert_eq!(error, EncodeError::Token),
        }
    }

    #[test]
    fn raw_path_is_sent_unchanged_or_refused(path in "/?([/.%a-zA-Z0-9?#@:;é \\\\]|%2[eEfF5]|%3b|%5c|\\.){0,24}") {
        if let Ok(request) = raw(&path) {
            // A URL library resolves plain dot segments.
            let url = url::Url::parse(&request.uri().to_string()).unwrap();
            prop_assert_eq!(url.path(), path.as_str());
            prop_assert_eq!(request.uri().path(), path.as_str());
            prop_assert_eq!(request.uri().host(), Some("api.eduzz.com"));
            prop_assert_eq!(request.uri().query(), None);
        }
    }
}

#[test]
fn day_or_moment_that_does_not_exist_is_refused() {
    endpoint!(
        Until(Option<Date>, DateTime),
        Route::put("/until"),
        |this, call| call
            .valid_day("day", this.0.as_ref())
            .real_moment("moment", &this.1)
    );

    let make = |day: Option<&str>, moment| {
        sent(&Until(day.map(Date::from_text), DateTime::from_text(moment))).map(|_| ())
    };
    for moment in [
        "2026-03-01",
        "2026-03-01T12:00:00Z",
        "2026-03-01 12:00:00.0000000",
    ] {
        assert_eq!(make(None, moment), Ok(()), "{moment}");
        assert_eq!(make(Some("2024-02-29"), moment), Ok(()), "{moment}");
    }
    for day in ["2026-02-29", "2026-03-01T12:00:00Z", ""] {
        let error = make(Some(day), "2026-03-01").unwrap_err();
        assert_eq!(error, EncodeError::NoSuchDay { name: "day" }, "{day}");
    }
    for moment in ["2026-02-29", "2026-03-01T24:00:00Z", "01/03/2026", ""] {
        let error = make(None, moment).unwrap_err();
        assert_eq!(error, EncodeError::NoSuchMoment { name: "moment" }, "{moment}");
    }
}

#[test]
fn blank_or_dotted_path_value_is_refused() {
    let encoded = r"../me|a/../b|a\..\b|%2e%2E|%252e|a%2f..|..;a=b|a/.;|../|%5c..%5C| .. |..%00|a/..%20/b";
    for value in ["", ".", ".."].into_iter().chain(encoded.split('|')) {
        let thing = Thing {
            id: value.into(),
            other: "x".into(),
            queries: vec![],
        };
        let error = sent(&thing).unwrap_err();
        assert_eq!(error, EncodeError::PathValue { name: "id" }, "{value}");
    }
    let refused = "|a|//b.example.com/|/a/../b|/a/%2e%2E/b|/a/.|/a?b|/a#b|/a b|/a\\b|/a/..%2f|/a/..%2Fb|\
        /a/..;/b|/a/..;x=y/b|/a/.;/b|/a/%2e%2e;/b|/a/..%3b/b|/a/..%5cb|/a%2f..%2fb|/a%5C..|/a/%252e%252e/b|\
        /a/..%252fb|/a/%25252e.|/a/..%20/b|/a/..%00|/a/%c0%ae%c0%ae/b|/a/%u002e%u002e/b|/a/%|/a/%2|/a/%zz|\
        /%2525252525252525252525252e";
    for path in refused.split('|') {
        let error = raw(path).map(|request| request.uri().to_string()).unwrap_err();
        assert_eq!(error, EncodeError::Path, "{path}");
    }
    for path in [
        "/a..b/...",
        "/a;b/c;d=..",
        "/a%2Fb",
        "/%C3%A9",
        "/a/%25",
        "/..a/.b",
    ] {
        assert_eq!(raw(path).unwrap().uri().path(), path);
    }
}

#[test]
fn description_that_does_not_match_its_template_is_refused() {
    endpoint!(
        Wrong(&'static [&'static str]),
        Route::get("/v1/:id/parts/:other"),
        |this, call| {
            for name in this.0 {
                call.path(name, "x");
            }
        }
    );
    for (names, missing) in [
        (&[][..], "id"),
        (&["id"], "other"),
        (&["other", "id"], "other"),
        (&["i"], "i"),
        (&["id", "other", "more"], "more"),
    ] {
        let error = sent(&Wrong(names)).unwrap_err();
        assert_eq!(error, EncodeError::Template { name: missing }, "{names:?}");
    }
    assert!(sent(&Wrong(&["id", "other"])).is_ok());
}

#[test]
fn form_is_percent_encoded_and_sent_without_a_token() {
    endpoint!(Form(), Route::post("/form").at_accounts_api(), |_this, call| call
        .form(&[("a b", "1&2=3"), ("ç", "+")]));
    let request = Form().request(&Origins::production(), None).unwrap();
    assert_eq!(request.body(), b"a%20b=1%262%3D3&%C3%A7=%2B");
    assert_eq!(request.uri(), "https://accounts-api.eduzz.com/form");
    assert_eq!(
        request.headers()[header::CONTENT_TYPE],
        "application/x-www-form-urlencoded"
    );
    // A token is not sent to the token endpoint's service.
    let request = sent(&Form()).unwrap();
    assert!(!request.headers().contains_key(header::AUTHORIZATION));
}

#[test]
fn repeatability_follows_the_method() {
    let repeat = |method: Method| RawCall::new(method, "/a").repeatability();
    assert_eq!(repeat(Method::GET), Repeat::Safe);
    for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
        assert_eq!(repeat(method), Repeat::Once);
    }
    let routes = [Route::get, Route::put, Route::delete, Route::post, Route::patch];
    let kinds = routes.map(|route| route("/").repeatability().as_str());
    assert_eq!(kinds, ["safe", "idempotent", "idempotent", "once", "once"]);
}

#[test]
fn raw_call_prints_neither_path_nor_body() {
    let call =
        RawCall::new(Method::POST, format!("/customers/{}", canary::PERSONAL)).query("q", canary::PERSONAL);
    canary::debug_is_clean(&call.json(&canary::SECRET).unwrap());
}

#[test]
fn call_prints_neither_target_nor_body() {
    /// Prints the call as a program that logs it would.
    struct Nosy;

    impl Endpoint for Nosy {
        const ROUTE: Route = Route::post("/customers/:email");
        type Output = serde_json::Value;

        fn describe(&self, call: &mut Call) {
            call.path("email", canary::PERSONAL)
                .query("q", canary::PERSONAL)
                .json(&canary::SECRET);
            canary::debug_is_clean(call);
        }
    }

    sent(&Nosy).unwrap();
}

#[test]
fn path_longer_than_a_request_allows_is_refused() {
    let long = Thing {
        id: "x".repeat(70_000),
        other: "x".into(),
        queries: vec![],
    };
    let error = sent(&long).unwrap_err();
    assert_eq!(error, EncodeError::TooLong);
}

#[test]
fn raw_answer_keeps_its_headers() {
    let response = http::Response::builder()
        .header("x-request-id", "7")
        .body("no json")
        .unwrap();
    let answer = RawCall::get("/a").response(&response).unwrap();
    assert_eq!(answer.headers["x-request-id"], "7");
    assert_eq!(answer.json::<u8>().unwrap_err().headers["x-request-id"], "7");
}

/// A minimal client, which tests the conformance cases themselves.
#[test]
fn minimal_client_conforms() {
    use std::io::{Read as _, Write as _};

    use eduzz_wire::Sent;
    use http::Response;

    fn send(request: &Request<Vec<u8>>) -> Result<Response<Vec<u8>>, Sent> {
        let authority = request.uri().authority().unwrap();
        let mut stream = std::net::TcpStream::connect(authority.as_str()).map_err(|_| Sent::NotSent)?;
        let lost = |_| Sent::MaybeSent;
        let mut head = format!(
            "{} {} HTTP/1.1\r\nhost: {authority}\r\n",
            request.method(),
            request.uri().path_and_query().unwrap()
        );
        for (name, value) in request.headers() {
            head.push_str(&format!("{name}: {}\r\n", value.to_str().unwrap()));
        }
        head.push_str(&format!(
            "connection: close\r\ncontent-length: {}\r\n\r\n",
            request.body().len()
        ));
        stream.write_all(head.as_bytes()).map_err(lost)?;
        stream.write_all(request.body()).map_err(lost)?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).map_err(lost)?;
        let (head, body) = answer.split_once("\r\n\r\n").ok_or(Sent::MaybeSent)?;
        let status = head[9..12].parse::<u16>().unwrap();
        let body = match head.split_once("content-length: ") {
            Some((_, length)) => {
                let length: usize = length.lines().next().unwrap().parse().unwrap();
                if body.len() != length {
                    return Err(Sent::MaybeSent);
                }
                body.to_owned()
            }
            None => body.split("\r\n").skip(1).step_by(2).collect(),
        };
        Ok(Response::builder()
            .status(status)
            .body(body.into_bytes())
            .unwrap())
    }

    conformance::attempt(|request| send(&request));
}

#[test]
fn range_of_days_is_sent_if_valid() {
    endpoint!(
        Range(Option<&'static str>, Option<&'static str>),
        Route::get("/range"),
        |this, call| {
            let [first, last] = [this.0, this.1].map(|day| day.map(Date::from_text));
            call.days(first.as_ref(), last.as_ref());
        }
    );

    let send = |first, last| {
        let request = sent(&Range(first, last))?;
        Ok::<_, EncodeError>(request.uri().query().map(str::to_owned))
    };
    let day = Some("2026-02-01");
    for (first, last, query) in [
        (day, day, Some("startDate=2026-02-01&endDate=2026-02-01")),
        (day, None, Some("startDate=2026-02-01")),
        (None, day, Some("endDate=2026-02-01")),
        (None, None, None),
    ] {
        assert_eq!(send(first, last).unwrap().as_deref(), query);
    }
    let no_such_day = |name| EncodeError::NoSuchDay { name };
    for (first, last, error) in [
        ("2026-02-30", "2026-03-01", no_such_day("startDate")),
        ("2026-02-01", "2026-03-01T00:00:00Z", no_such_day("endDate")),
        ("2026-02-02", "2026-02-01", EncodeError::Backwards),
    ] {
        assert_eq!(send(Some(first), Some(last)), Err(error));
    }
}

#[test]
fn range_of_moments_is_sent_as_written_unless_certainly_backwards() {
    endpoint!(
        Range(Option<&'static str>, Option<&'static str>),
        Route::get("/range"),
        |this, call| {
            let [first, last] = [this.0, this.1].map(|text| text.map(DateTime::from_text));
            call.moments(first.as_ref(), last.as_ref());
        }
    );

    let send = |first, last| {
        let request = sent(&Range(first, last))?;
        Ok::<_, EncodeError>(request.uri().query().map(str::to_owned))
    };
    assert_eq!(send(None, None), Ok(None));
    let open = send(None, Some("2026-02-01T10:00:00-03:00")).unwrap();
    assert_eq!(open.as_deref(), Some("endDate=2026-02-01T10%3A00%3A00-03%3A00"));
    for (first, last) in [
        ("2026-02-01", "2026-02-01"),
        ("2026-02-01T10:00:00", "2026-02-01"),
        ("2026-02-01T10:00:00Z", "2026-02-01T10:00:00Z"),
        ("2026-02-01T10:00:00+03:00", "2026-02-01T08:00:00Z"),
        ("2026-02-02T10:00:00Z", "2026-02-01"),
        ("tomorrow", "yesterday"),
    ] {
        assert!(send(Some(first), Some(last)).is_ok(), "{first} {last}");
    }
    for (first, last) in [
        ("2026-02-02", "2026-02-01"),
        ("2026-02-02 00:00:00", "2026-02-01"),
        ("2026-02-01T10:00:01Z", "2026-02-01T10:00:00Z"),
        ("2026-02-01T10:00:00-03:00", "2026-02-01T12:59:59Z"),
    ] {
        let backwards = send(Some(first), Some(last));
        assert_eq!(backwards, Err(EncodeError::Backwards), "{first} {last}");
    }
}

#[test]
fn fixed_word_of_another_path_is_refused() {
    endpoint!(Get(&'static str), Route::get("/things/:id"), |this, call| call
        .path_except("id", this.0, &["summary"]));

    let send = |id| sent(&Get(id));
    let error = send("summary").unwrap_err();
    assert_eq!(error, EncodeError::PathValue { name: "id" });
    assert!(send("7").is_ok());
}

#[test]
fn list_without_a_value_is_refused() {
    endpoint!(
        Act(Vec<&'static str>),
        Route::post("/product/v1/acts"),
        |this, call| call.require_each("things", &this.0).json(&this.0)
    );

    let act = |things: &[&'static str]| sent(&Act(things.to_vec())).map(drop);
    for nothing in [&[] as &[&'static str], &[""], &["1", "\t "]] {
        let missing = EncodeError::Missing { name: "things" };
        assert_eq!(act(nothing), Err(missing), "{nothing:?}");
    }
    assert_eq!(act(&["1", "2"]), Ok(()));
}

#[test]
fn change_without_fields_is_refused() {
    endpoint!(
        Change(serde_json::Value),
        Route::put("/product/v1/thing"),
        |this, call| call.json_change("a or b", &this.0)
    );

    let change = |body| {
        let request = sent(&Change(body))?;
        Ok(serde_json::from_slice::<serde_json::Value>(request.body()).unwrap())
    };
    for nothing in [
        json!({}),
        json!({ "a": {} }),
        json!({ "a": {}, "b": { "c": {} } }),
    ] {
        assert_eq!(change(nothing), Err(EncodeError::Missing { name: "a or b" }));
    }
    // A value that may clear a field is a change.
    for something in [
        json!({ "a": null }),
        json!({ "a": "" }),
        json!({ "a": [] }),
        json!({ "a": {}, "b": { "c": 0 } }),
    ] {
        assert_eq!(change(something.clone()), Ok(something));
    }
}
