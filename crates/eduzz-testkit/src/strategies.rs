//! Strategies: any JSON, any body, any response.

use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::Value;

/// Any JSON value, a few levels deep.
pub fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>()
            .prop_filter("finite", |n| n.is_finite())
            .prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 48, 6, |inner| {
        let key = prop_oneof![
            "[a-zA-Z_]{1,10}",
            Just("message".to_owned()),
            Just("errors".to_owned()),
            Just("code".to_owned())
        ];
        prop_oneof![
            vec(inner.clone(), 0..5).prop_map(Value::from),
            vec((key, inner), 0..5).prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

/// Any body: JSON, cut JSON, HTML, arbitrary bytes.
pub fn any_body() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        any_json().prop_map(|json| json.to_string().into_bytes()),
        (any_json(), any::<proptest::sample::Index>()).prop_map(|(json, at)| {
            let mut body = json.to_string().into_bytes();
            let length = at.index(body.len());
            body.truncate(length);
            body
        }),
        Just(b"<html><body>502 Bad Gateway</body></html>".to_vec()),
        vec(any::<u8>(), 0..200),
    ]
}

/// Any response: every status, headers that are read and others, any body.
pub fn any_response() -> impl Strategy<Value = Response<Vec<u8>>> {
    let header = prop_oneof![
        (
            Just("retry-after"),
            "[0-9]{1,22}|-1|soon|Sun, 06 Nov 1994 08:49:37 GMT"
        ),
        (Just("date"), "Sun, 06 Nov 1994 08:48:37 GMT|never"),
        (
            Just("content-type"),
            "application/json|text/html; charset=utf-8|[ -~]{0,20}"
        ),
        (Just("location"), "https://example\\.com/[a-z]{0,5}"),
        (Just("x-anything"), "[ -~]{0,30}"),
    ];
    (100_u16..1000, vec(header, 0..4), any_body()).prop_map(|(status, headers, body)| {
        let mut response = Response::new(body);
        *response.status_mut() = StatusCode::from_u16(status).expect("from 100 to 999");
        *response.headers_mut() = headers
            .into_iter()
            .map(|(name, value)| {
                (
                    HeaderName::from_static(name),
                    HeaderValue::from_str(&value).expect("visible ASCII"),
                )
            })
            .collect::<HeaderMap>();
        response
    })
}
