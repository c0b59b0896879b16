//! Requests to a receiver's URL, and their answers.

use std::convert::Infallible;

use eduzz_webhook::{Forged, Keys, Ping, Receipt, Refusal, Verdict};
use proptest::prelude::*;

use crate::support::{BODY, key, ours};

fn keys() -> Keys {
    Keys::new("2026", ours()).and("2025", key("old"))
}

const PING: &str =
    r#"{"id":"p1","event":"ping","data":{"message":"ping"},"sentDate":"2026-03-01T12:00:00.000Z"}"#;

#[derive(Debug, PartialEq)]
enum Got {
    Delivery,
    Ping(Ping),
    Refused(Refusal),
}

fn got(method: &str, signature: Option<&str>, body: &str) -> Got {
    match keys().receive(method, signature, body) {
        Ok(Receipt::Delivery(delivery)) => {
            assert_eq!(delivery.body(), body.as_bytes());
            Got::Delivery
        }
        Ok(Receipt::Ping(ping)) => Got::Ping(ping),
        Err(refusal) => Got::Refused(refusal),
    }
}

#[test]
fn request_is_a_delivery_a_check_or_refused() {
    let signed = |body: &str| Some(ours().sign(body.as_bytes()).to_string());
    let other = |body: &str| Some(key("another").sign(body.as_bytes()).to_string());
    let forged = Got::Refused(Refusal::Forged(Forged::Unsigned));
    let long = format!(r#"{{"event":"ping","message":"{}"}}"#, "a".repeat(1024));

    let genuine = [
        (BODY, Got::Delivery),
        (PING, Got::Ping(Ping::Signed)),
        ("", Got::Ping(Ping::Signed)),
        // Genuine: the handler gets an unusable event.
        ("{}", Got::Delivery),
        ("not JSON", Got::Delivery),
    ];
    for (body, expected) in genuine {
        assert_eq!(got("POST", signed(body).as_deref(), body), expected, "{body}");
        let old = key("old").sign(body.as_bytes());
        assert_eq!(got("POST", Some(old.as_str()), body), expected, "{body}");
    }

    let checks = [
        PING,
        r#"{"event":"ping"}"#,
        r#"{"event":"ping","data":null}"#,
        r#"{"event":"ping","data":{}}"#,
        // Without `event`.
        "{}",
        r#"{"data":{"message":"ping"}}"#,
        r#"{"id":7,"message":"ping"}"#,
    ];
    for body in checks {
        assert_eq!(got("POST", None, body), Got::Ping(Ping::Unsigned), "{body}");
        // A URL may be checked with the secret of another or a new configuration.
        let checked = got("POST", other(body).as_deref(), body);
        assert_eq!(checked, Got::Ping(Ping::Unsigned), "{body}");
    }
    assert_eq!(got("POST", None, ""), Got::Ping(Ping::Empty));
    assert_eq!(got("POST", None, " \r\n"), Got::Ping(Ping::Empty));
    for method in ["GET", "HEAD"] {
        for body in ["", BODY, PING] {
            assert_eq!(got(method, None, body), Got::Ping(Ping::Visit));
            assert_eq!(got(method, signed(body).as_deref(), body), Got::Ping(Ping::Visit));
        }
    }

    // Looks like a check, but has content.
    for body in [
        BODY,
        r#"{"event":"ping","data":{"id":"60000001","status":"paid"}}"#,
        r#"{"event":"ping","data":{"message":"ping","status":"paid"}}"#,
        r#"{"event":"ping","data":{"message":{"status":"paid"}}}"#,
        r#"{"event":"ping","data":[1]}"#,
        r#"{"event":"ping","status":"paid"}"#,
        r#"{"event":"ping","event":"myeduzz.invoice_paid"}"#,
        r#"{"event":"myeduzz.invoice_paid","event":"ping"}"#,
        r#"{"event":"pinged"}"#,
        r#"{"event":["ping"]}"#,
        r#"{"data":{"id":"60000001","status":"paid"}}"#,
        r#"{"id":"60000001","status":"paid"}"#,
        r#"["ping"]"#,
        r#""ping""#,
        "ping",
        "null",
        &long,
    ] {
        assert_eq!(got("POST", None, body), forged, "{body}");
    }
    let other_key = got("POST", other(BODY).as_deref(), BODY);
    assert_eq!(other_key, Got::Refused(Refusal::Forged(Forged::OtherKey)));

    for method in ["PUT", "DELETE", "PATCH", "OPTIONS", "post", "", "CONNECT"] {
        for body in ["", BODY, PING] {
            let refused = got(method, signed(body).as_deref(), body);
            assert_eq!(refused, Got::Refused(Refusal::Method), "{method}");
        }
    }
}

/// The status of each verdict.
#[test]
fn verdicts_have_their_status_and_a_short_text() {
    let table: [(Verdict, u16, bool); 14] = [
        (Verdict::ACCEPTED, 200, true),
        (Verdict::PING, 200, true),
        (Verdict::LATER, 503, false),
        (Verdict::FAILED, 500, false),
        (Verdict::CUT, 400, false),
        (Verdict::METHOD, 405, false),
        (Verdict::TOO_SLOW, 408, false),
        (Verdict::TOO_LARGE, 413, false),
        (Forged::Unsigned.into(), 401, false),
        (Forged::Malformed.into(), 401, false),
        (Forged::Several.into(), 401, false),
        (Forged::OtherKey.into(), 401, false),
        (Refusal::Forged(Forged::OtherKey).into(), 401, false),
        (Refusal::Method.into(), 405, false),
    ];
    for (verdict, status, success) in table {
        assert_eq!((verdict.status(), verdict.is_success()), (status, success));
        let text = verdict.body();
        assert!(!text.is_empty() && text.len() < 60 && text.is_ascii());
    }
}

#[test]
fn result_of_a_handler_is_a_verdict() {
    assert_eq!(Verdict::from(()), Verdict::ACCEPTED);
    assert_eq!(Verdict::from(Ok::<(), &str>(())), Verdict::ACCEPTED);
    let later = Ok::<Verdict, Infallible>(Verdict::LATER);
    assert_eq!(Verdict::from(later), Verdict::LATER);
    let failed = Err::<(), &str>("the database is down");
    assert_eq!(Verdict::from(failed), Verdict::LATER);
}

proptest! {
    /// A body without a valid signature is never a delivery.
    #[test]
    fn unsigned_body_is_never_a_delivery(
        method in proptest::sample::select(&["POST", "GET", "HEAD", "PUT"][..]),
        signature in proptest::option::of("[0-9a-f]{64}"),
        body in proptest::sample::select(&[BODY, PING, "", "{}", r#"{"event":"ping","data":{"id":1}}"#][..]),
        place in any::<proptest::sample::Index>(),
        byte in any::<u8>(),
    ) {
        let mut changed = body.as_bytes().to_vec();
        changed.insert(place.index(body.len() + 1), byte);
        for body in [body.as_bytes(), &changed] {
            prop_assert!(!matches!(keys().receive(method, &signature, body), Ok(Receipt::Delivery(_))));
        }
    }
}
