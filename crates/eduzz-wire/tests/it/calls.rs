//! Requests: what is described arrives, and nothing else.

use std::collections::HashSet;

use eduzz_testkit::{canary, conformance};
use eduzz_types::{AccessToken, Date, DateTime};
use eduzz_wire::{Call, EncodeError, Endpoint, EndpointExt as _, Origins, RawCall, Repeat, Route};
use http::{Method, header};
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

proptest! {
    #[test]
    fn values_are_decoded_as_they_were_given(
        id in ".{1,20}", other in ".{1,20}", queries in proptest::collection::vec((".{1,8}", ".{0,12}"), 0..4),
    ) {
        prop_assume!(![".", "..", ""].contains(&id.trim()) && ![".", "..", ""].contains(&other.trim()));
        let thing = Thing { id, other, queries };
        let request = thing.request(&Origins::production(), Some(&token())).unwrap();
        let decode = |text: &str| percent_decode_str(text).decode_utf8().unwrap().into_owned();
        let segments: Vec<String> = request.uri().path().split('/').map(decode).collect();
        prop_assert_eq!(segments, ["", "product", "v1", "things", &thing.id, "parts", &thing.other]);
        let query: Vec<(String, String)> = request.uri().query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty())
            .map(|pair| pair.split_once('=').map(|(name, value)| (decode(name), decode(value))).unwrap()).collect();
        prop_assert_eq!(query, thing.queries);
    }

    #[test]
    fn a_token_is_sent_whole_or_not_at_all(text in any::<String>()) {
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
    fn a_raw_path_goes_to_the_api_as_it_is_or_not_at_all(path in "[/.%a-zA-Z0-9?#@:é \\\\]{0,24}") {
        if let Ok(request) = RawCall::get(&*path).request(&Origins::production(), Some(&token())) {
            prop_assert_eq!(request.uri().path(), path.as_str());
            prop_assert_eq!(request.uri().host(), Some("api.eduzz.com"));
            prop_assert_eq!(request.uri().query(), None);
        }
    }
}

#[test]
fn a_day_or_a_moment_of_the_body_must_exist() {
    struct Until(Option<Date>, DateTime);

    impl Endpoint for Until {
        const ROUTE: Route = Route::put("/until");
        type Output = serde_json::Value;

        fn describe(&self, call: &mut Call) {
            call.valid_day("day", self.0.as_ref())
                .real_moment("moment", &self.1);
        }
    }

    let make = |day: Option<&str>, moment| {
        Until(day.map(Date::from_text), DateTime::from_text(moment))
            .request(&Origins::production(), Some(&token()))
            .map(|_| ())
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
fn an_empty_or_dotted_value_does_not_become_another_call() {
    for value in ["", ".", ".."] {
        let thing = Thing {
            id: value.into(),
            other: "x".into(),
            queries: vec![],
        };
        let error = thing.request(&Origins::production(), Some(&token())).unwrap_err();
        assert_eq!(error, EncodeError::PathValue { name: "id" });
    }
    for path in [
        "",
        "a",
        "//b.example.com/",
        "/a/../b",
        "/a/%2e%2E/b",
        "/a/.",
        "/a?b",
        "/a#b",
        "/a b",
        "/a\\b",
    ] {
        let error = RawCall::get(path)
            .request(&Origins::production(), Some(&token()))
            .unwrap_err();
        assert_eq!(error, EncodeError::Path, "{path}");
    }
}

#[test]
fn a_description_that_does_not_fit_its_template_is_refused() {
    struct Wrong(&'static [&'static str]);
    impl Endpoint for Wrong {
        const ROUTE: Route = Route::get("/v1/:id/parts/:other");
        type Output = ();
        fn describe(&self, call: &mut Call) {
            for name in self.0 {
                call.path(name, "x");
            }
        }
    }
    for (names, missing) in [
        (&[][..], "id"),
        (&["id"], "other"),
        (&["other", "id"], "other"),
        (&["i"], "i"),
        (&["id", "other", "more"], "more"),
    ] {
        let error = Wrong(names)
            .request(&Origins::production(), Some(&token()))
            .unwrap_err();
        assert_eq!(error, EncodeError::Template { name: missing }, "{names:?}");
    }
    assert!(
        Wrong(&["id", "other"])
            .request(&Origins::production(), Some(&token()))
            .is_ok()
    );
}

#[test]
fn a_form_is_decoded_as_it_was_given() {
    struct Form;
    impl Endpoint for Form {
        const ROUTE: Route = Route::post("/form").at_accounts_api();
        type Output = ();
        fn describe(&self, call: &mut Call) {
            call.form(&[("a b", "1&2=3"), ("ç", "+")]);
        }
    }
    let request = Form.request(&Origins::production(), None).unwrap();
    assert_eq!(request.body(), b"a%20b=1%262%3D3&%C3%A7=%2B");
    assert_eq!(request.uri(), "https://accounts-api.eduzz.com/form");
    assert_eq!(
        request.headers()[header::CONTENT_TYPE],
        "application/x-www-form-urlencoded"
    );
    // A token that is given is not sent to the service that makes tokens.
    let request = Form.request(&Origins::production(), Some(&token())).unwrap();
    assert!(!request.headers().contains_key(header::AUTHORIZATION));
}

#[test]
fn only_what_changes_nothing_may_be_repeated_unasked() {
    let repeat = |method: Method| RawCall::new(method, "/a").repeatability();
    assert_eq!(repeat(Method::GET), Repeat::Safe);
    for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
        assert_eq!(repeat(method), Repeat::Once);
    }
    let routes = [
        Route::get("/"),
        Route::put("/"),
        Route::delete("/"),
        Route::post("/"),
        Route::patch("/"),
    ];
    let kinds: Vec<_> = routes
        .iter()
        .map(|route| route.repeatability().as_str())
        .collect();
    assert_eq!(kinds, ["safe", "idempotent", "idempotent", "once", "once"]);
    assert_eq!(kinds.iter().collect::<HashSet<_>>().len(), 3);
}

#[test]
fn a_call_prints_neither_its_path_nor_its_body() {
    let call =
        RawCall::new(Method::POST, format!("/customers/{}", canary::PERSONAL)).query("q", canary::PERSONAL);
    canary::debug_is_clean(&call.json(&canary::SECRET).unwrap());
}

#[test]
fn what_an_endpoint_writes_does_not_print() {
    /// Looks at what another endpoint writes, as a program that logs would.
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

    Nosy.request(&Origins::production(), Some(&token())).unwrap();
}

#[test]
fn a_path_that_no_request_can_carry_says_so() {
    let long = Thing {
        id: "x".repeat(70_000),
        other: "x".into(),
        queries: vec![],
    };
    let error = long.request(&Origins::production(), Some(&token())).unwrap_err();
    assert_eq!(error, EncodeError::TooLong);
}

#[test]
fn a_raw_answer_keeps_its_headers() {
    let response = http::Response::builder()
        .header("x-request-id", "7")
        .body("no json")
        .unwrap();
    let answer = RawCall::get("/a").response(&response).unwrap();
    assert_eq!(answer.headers["x-request-id"], "7");
    assert_eq!(answer.json::<u8>().unwrap_err().headers["x-request-id"], "7");
}

/// The smallest client that there is, so that the conformance cases themselves are tested below every adapter.
#[test]
fn a_hand_written_client_conforms() {
    use std::io::{Read as _, Write as _};

    use eduzz_wire::Sent;
    use http::{Request, Response};

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

    conformance::run(|request| send(&request));
}

#[test]
fn a_range_of_days_is_one_or_is_not_sent() {
    struct Range(&'static str, &'static str);

    impl Endpoint for Range {
        const ROUTE: Route = Route::get("/range");
        type Output = ();

        fn describe(&self, call: &mut Call) {
            call.days(
                "startDate",
                &Date::from_text(self.0),
                "endDate",
                &Date::from_text(self.1),
            );
        }
    }

    let send = |first, last| Range(first, last).request(&Origins::production(), Some(&token()));
    let request = send("2026-02-01", "2026-02-01").unwrap();
    assert_eq!(
        request.uri().query(),
        Some("startDate=2026-02-01&endDate=2026-02-01")
    );
    assert_eq!(
        send("2026-02-30", "2026-03-01").unwrap_err(),
        EncodeError::NoSuchDay { name: "startDate" }
    );
    assert_eq!(
        send("2026-02-01", "2026-03-01T00:00:00Z").unwrap_err(),
        EncodeError::NoSuchDay { name: "endDate" }
    );
    assert_eq!(
        send("2026-02-02", "2026-02-01").unwrap_err(),
        EncodeError::Backwards
    );
}

#[test]
fn a_range_of_moments_is_sent_as_it_is_written_unless_it_is_certainly_backwards() {
    struct Range(Option<&'static str>, Option<&'static str>);

    impl Endpoint for Range {
        const ROUTE: Route = Route::get("/range");
        type Output = ();

        fn describe(&self, call: &mut Call) {
            let [first, last] = [self.0, self.1].map(|text| text.map(DateTime::from_text));
            call.moments("startDate", first.as_ref(), "endDate", last.as_ref());
        }
    }

    let send = |first, last| {
        let request = Range(first, last).request(&Origins::production(), Some(&token()))?;
        Ok::<_, EncodeError>(request.uri().query().map(str::to_owned))
    };
    assert_eq!(send(None, None), Ok(None));
    let open = send(None, Some("2026-02-01T10:00:00-03:00"));
    assert_eq!(
        open,
        Ok(Some("endDate=2026-02-01T10%3A00%3A00-03%3A00".to_owned()))
    );
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
        assert_eq!(
            send(Some(first), Some(last)),
            Err(EncodeError::Backwards),
            "{first} {last}"
        );
    }
}

#[test]
fn a_value_that_is_another_calls_word_does_not_become_that_call() {
    struct Get(&'static str);

    impl Endpoint for Get {
        const ROUTE: Route = Route::get("/things/:id");
        type Output = ();

        fn describe(&self, call: &mut Call) {
            call.path_except("id", self.0, &["summary"]);
        }
    }

    let send = |id| Get(id).request(&Origins::production(), Some(&token()));
    assert_eq!(
        send("summary").unwrap_err(),
        EncodeError::PathValue { name: "id" }
    );
    assert!(send("7").is_ok());
}

#[test]
fn a_blank_text_names_nothing() {
    struct Act<'a>(&'a [&'a str]);

    impl Endpoint for Act<'_> {
        const ROUTE: Route = Route::post("/product/v1/acts");
        type Output = serde_json::Value;

        fn describe(&self, call: &mut Call) {
            call.require_each("things", self.0).json(&self.0);
        }
    }

    let act = |things: &[&str]| {
        Act(things)
            .request(&Origins::production(), Some(&token()))
            .map(drop)
    };
    for nothing in [&[] as &[&str], &[""], &["1", "\t "]] {
        assert_eq!(
            act(nothing),
            Err(EncodeError::Missing { name: "things" }),
            "{nothing:?}"
        );
    }
    assert_eq!(act(&["1", "2"]), Ok(()));
}

#[test]
fn a_change_of_nothing_is_none() {
    struct Change(serde_json::Value);

    impl Endpoint for Change {
        const ROUTE: Route = Route::put("/product/v1/thing");
        type Output = serde_json::Value;

        fn describe(&self, call: &mut Call) {
            call.json_change("a or b", &self.0);
        }
    }

    let change = |body| {
        let request = Change(body).request(&Origins::production(), Some(&token()))?;
        Ok(serde_json::from_slice::<serde_json::Value>(request.body()).unwrap())
    };
    for nothing in [
        json!({}),
        json!({ "a": {} }),
        json!({ "a": {}, "b": { "c": {} } }),
    ] {
        assert_eq!(change(nothing), Err(EncodeError::Missing { name: "a or b" }));
    }
    // What may take something away is a change.
    for something in [
        json!({ "a": null }),
        json!({ "a": "" }),
        json!({ "a": [] }),
        json!({ "a": {}, "b": { "c": 0 } }),
    ] {
        assert_eq!(change(something.clone()), Ok(something));
    }
}
