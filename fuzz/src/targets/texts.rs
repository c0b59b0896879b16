//! Dates, amounts, origins, paths, and the header Retry-After.

use core::time::Duration;

use eduzz_oauth::ReturnUrl;
use eduzz_testkit::canary;
use eduzz_types::{AccessToken, Date, DateTime, ExactNumber, Money, read_json};
use eduzz_wire::{
    Backoff, Call, Endpoint, EndpointExt as _, Failure, Origin, Origins, RawCall, Rejection, Repeat, Route,
};
use http::Response;
use percent_encoding::percent_decode_str;
use rust_decimal::Decimal;
use url::Url;

use super::{halves, joined, lines, reads_back, text};

pub(super) fn dates() -> Vec<Vec<u8>> {
    lines(
        "2026-03-01
        2026-02-30
        2026-03-01T12:00:00Z
        2026-03-01T12:00:00.123Z
        2026-03-01 12:00:00
        2026-03-01 12:00:00.0000000
        2026-03-01T12:00:00-03:00
        0000-01-01T00:00:00+23:59
        9999-12-31T23:59:59.999999999-23:59",
    )
}

/// The text is kept; a day that exists is the same after its number, and a moment has one.
pub(super) fn date(input: &[u8]) {
    let text = text(input);
    let (date, moment) = (Date::from_text(&text), DateTime::from_text(&text));
    assert_eq!((date.as_str(), moment.as_str()), (text.as_str(), text.as_str()));
    reads_back(&date);
    reads_back(&moment);
    if let Ok(number) = date.days_since_epoch() {
        assert_eq!(Date::from_days_since_epoch(number).unwrap(), date);
        assert!(moment.civil().is_ok());
    }
    if let Ok(timestamp) = moment.timestamp() {
        let civil = moment.civil().unwrap();
        Date::new(civil.year, civil.month, civil.day).unwrap();
        let _ = Date::in_brasilia(timestamp);
    }
}

pub(super) fn amounts() -> Vec<Vec<u8>> {
    lines(
        r#"301.5
        0.1
        -12
        "197,00"
        " 10.50 "
        5.551115123125783e-17
        1e28
        "1.234,56"
        {"currency":"BRL","value":301.5}
        {"value":"197,00","currency":"usd"}"#,
    )
}

/// An amount is exact: a plain decimal has the value that the decimal library reads.
pub(super) fn amount(input: &[u8]) {
    match read_json::<Money>(input) {
        Ok(money) => reads_back(&money),
        Err(error) => canary::error_is_clean(&error),
    }
    match read_json::<ExactNumber>(input) {
        Ok(number) => {
            reads_back(&number);
            let text = text(input);
            let plain = text.trim().trim_matches('"').trim().replace(',', ".");
            if !plain.contains(['e', 'E']) && plain.len() <= 16 && text.contains('"') {
                assert_eq!(number.0, Decimal::from_str_exact(&plain).unwrap(), "{plain}");
            }
        }
        Err(error) => canary::error_is_clean(&error),
    }
}

pub(super) fn origins() -> Vec<Vec<u8>> {
    lines(
        "https://api.eduzz.com
        http://127.0.0.1:4000
        http://[::1]:80/
        http://localhost
        https://user@host
        https://xn--a.example.com:8443
        https://shop.example.com/callback?a=b
        http://[::1]h:1",
    )
}

/// An accepted origin is a host and a port for a URL library too, and https or this machine.
pub(super) fn origin(input: &[u8]) {
    let text = text(input);
    match Origin::parse(&text) {
        Ok(origin) => {
            let shown = origin.to_string();
            assert_eq!(Origin::parse(&shown).as_ref(), Ok(&origin));
            assert!(shown.starts_with("https://") || origin.is_loopback());
            // A library refuses some names that cannot exist (`xn--`).
            if let Ok(url) = Url::parse(&shown) {
                assert!(url.username().is_empty() && url.password().is_none());
                assert_eq!((url.path(), url.query(), url.fragment()), ("/", None, None));
                assert!(url.host().is_some());
                let is_loopback = match url.host() {
                    Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
                    Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
                    Some(url::Host::Domain(name)) => name == "localhost",
                    None => false,
                };
                assert_eq!(is_loopback, origin.is_loopback());
            }
        }
        Err(error) => canary::error_is_clean(&error),
    }
    match ReturnUrl::parse(&text) {
        Ok(url) => {
            assert_eq!(url.as_str(), text.trim());
            reads_back(&url);
        }
        Err(error) => canary::error_is_clean(&error),
    }
}

pub(super) fn paths() -> Vec<Vec<u8>> {
    lines(
        "/myeduzz/v1/sales
        /a/b%2Fc;d=e
        /a/../b
        /a/..%2fb
        /a/..;/b
        /a/%252e%252e/b
        /%C3%A9
        a+b@example.com
        50%@example.com
        ../sales",
    )
}

/// A call with one path value.
struct GetThing(String);

impl Endpoint for GetThing {
    const ROUTE: Route = Route::get("/product/v1/things/:id");
    type Output = serde_json::Value;

    fn describe(&self, call: &mut Call) {
        call.path("id", &self.0);
    }
}

/// A path is sent as it is, and no decoding makes it another one; nor does a path value.
pub(super) fn path(input: &[u8]) {
    let (text, token) = (text(input), AccessToken::new("invented"));
    let origins = Origins::production();
    let sent = RawCall::get(&text).request(&origins, Some(&token));
    let value = GetThing(text.clone()).request(&origins, Some(&token));
    if let Ok(request) = &sent {
        assert_eq!(request.uri().path(), text);
    }
    if let Ok(request) = &value {
        let segments = request.uri().path().split('/').collect::<Vec<_>>();
        assert_eq!(segments.len(), 5);
        assert_eq!(percent_decode_str(segments[4]).decode_utf8().unwrap(), text);
    }
    for result in [sent, value] {
        match result {
            Ok(request) => stays(&request.uri().to_string(), request.uri().path()),
            Err(error) => canary::error_is_clean(&error),
        }
    }
}

/// A URL library resolves dot segments; so do servers, some after decoding, some without `;…`.
fn stays(uri: &str, path: &str) {
    assert_eq!(Url::parse(uri).unwrap().path(), path);
    let mut decoded = path.to_owned();
    for _ in 0..4 {
        decoded = percent_decode_str(&decoded).decode_utf8_lossy().into_owned();
        let mut names = decoded
            .split(['/', '\\'])
            .map(|segment| segment.split(';').next());
        assert!(!names.any(|name| matches!(name, Some("." | ".."))), "{path}");
    }
}

/// Retry-After, and Date.
pub(super) fn waits() -> Vec<Vec<u8>> {
    let date = "Sun, 06 Nov 1994 08:49:37 GMT";
    let before = "Sun, 06 Nov 1994 08:48:37 GMT";
    [
        ("17", date),
        ("18446744073709551616", ""),
        (date, before),
        (date, ""),
        ("soon", "never"),
        ("0", date),
    ]
    .map(|(wait, date)| joined(wait, date))
    .to_vec()
}

/// A number of seconds always counts, and no retry waits longer than the policy.
pub(super) fn wait(input: &[u8]) {
    let (wait, date) = halves(input);
    let builder = Response::builder().status(429);
    let Ok(response) = builder
        .header("retry-after", wait)
        .header("date", date)
        .body(b"{}")
    else {
        return;
    };
    let rejection = Rejection::new(Route::get("/product/v1/things"), &response);
    canary::error_is_clean(&rejection);
    let digits = wait.trim_ascii();
    if !digits.is_empty() && digits.iter().all(u8::is_ascii_digit) {
        assert!(rejection.retry_after.is_some());
    }
    let backoff = Backoff::default();
    if let Some(wait) = backoff.wait(Repeat::Safe, 1, Failure::from(&rejection), u64::MAX) {
        assert!(wait <= backoff.retry_after_ceiling + backoff.ceiling);
        assert!(rejection.retry_after.unwrap_or(Duration::ZERO) <= backoff.retry_after_ceiling);
    }
}
