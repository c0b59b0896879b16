//! The deliveries that the handler gets, and the answers.

use std::error::Error;
use std::io;
use std::time::Duration;

use eduzz_receiver::{IntoVerdict, Receiver, Refused};
use eduzz_testkit::canary;
use eduzz_types::webhook::WebhookSecret;
use eduzz_webhook::{Forged, Key, Keys, Verdict};
use http::header;

use crate::support::{EVENT, Seen, answered, call, key, keys, signed, unsigned};

#[tokio::test]
async fn genuine_delivery_reaches_the_handler() {
    let (answer, seen) = answered(signed(EVENT)).await;
    assert_eq!(
        (answer.status().as_u16(), answer.body().as_str()),
        (200, "recebido")
    );
    assert_eq!(
        answer.headers()[header::CONTENT_TYPE],
        "text/plain; charset=utf-8"
    );
    assert_eq!(seen.handled(), ["1nv3nt3d"]);
    assert_eq!(seen.refused(), []);
}

/// Unknown, unusable, not JSON.
#[tokio::test]
async fn any_genuine_body_reaches_the_handler() {
    for body in [
        r#"{"id":"1","event":"sun.new","data":{}}"#,
        r#"{"id":"1","event":"safevideo.encoder_started","data":7}"#,
        "not JSON",
        "[]",
    ] {
        let (answer, seen) = answered(signed(body)).await;
        assert_eq!(answer.status(), 200, "{body}");
        assert_eq!(seen.handled().len(), 1, "{body}");
    }
}

#[tokio::test]
async fn check_of_the_url_is_answered_without_the_handler() {
    let ping = r#"{"id":"p1","event":"ping","data":{"message":"ping"}}"#;
    for request in [
        signed(ping),
        unsigned("POST", ping),
        unsigned("POST", ""),
        unsigned("POST", "{}"),
        unsigned("GET", ""),
        unsigned("HEAD", ""),
        unsigned("GET", EVENT),
    ] {
        let (answer, seen) = answered(request).await;
        assert_eq!((answer.status().as_u16(), answer.body().as_str()), (200, "pong"));
        assert_eq!((seen.handled().len(), seen.refused().len()), (0, 0));
    }
}

#[tokio::test]
async fn unsigned_body_is_logged_and_refused() {
    let right = key().sign(EVENT.as_bytes()).to_string();
    let other = Key::new(&WebhookSecret::new("another")).unwrap();
    let other = other.sign(EVENT.as_bytes()).to_string();
    let table: [(&[&str], Forged); 6] = [
        (&[], Forged::Unsigned),
        (&[""], Forged::Unsigned),
        (&[&right[1..]], Forged::Malformed),
        (&[&right, &right], Forged::Several),
        (&[&other], Forged::OtherKey),
        (&[&"a".repeat(1_000_000)], Forged::Malformed),
    ];
    for (signatures, forged) in table {
        let mut request = unsigned("POST", EVENT);
        for signature in signatures {
            // Header names are case-insensitive.
            request
                .headers_mut()
                .append("X-Signature", signature.parse().unwrap());
        }
        let (answer, seen) = answered(request).await;
        assert_eq!(answer.status(), 401);
        assert_eq!(seen.handled(), [""; 0]);
        assert_eq!(seen.refused(), [Refused::Forged(forged)]);
    }
    // A header's value may not be text.
    let mut request = unsigned("POST", EVENT);
    let value = http::HeaderValue::from_bytes(&[0xff; 64]).unwrap();
    request.headers_mut().append("x-signature", value);
    let (answer, seen) = answered(request).await;
    assert_eq!(answer.status(), 401);
    assert_eq!(seen.refused(), [Refused::Forged(Forged::Malformed)]);
}

#[tokio::test]
async fn other_method_gets_the_allowed_ones() {
    for method in ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"] {
        let mut request = signed(EVENT);
        *request.method_mut() = method.parse().unwrap();
        let (answer, seen) = answered(request).await;
        assert_eq!(answer.status(), 405);
        assert_eq!(answer.headers()[header::ALLOW], "POST, GET, HEAD");
        assert_eq!(seen.handled(), [""; 0]);
        assert_eq!(seen.refused(), [Refused::Method]);
    }
}

#[tokio::test]
async fn result_of_the_handler_is_the_answer() {
    let status = async |verdict: Verdict| {
        let mut receiver = Receiver::new(keys(), move |_| async move { verdict });
        call(&mut receiver, signed(EVENT)).await.status().as_u16()
    };
    assert_eq!(status(Verdict::ACCEPTED).await, 200);
    assert_eq!(status(Verdict::LATER).await, 503);

    let mut receiver = Receiver::new(keys(), |_| async { Ok::<(), io::Error>(()) });
    assert_eq!(call(&mut receiver, signed(EVENT)).await.status(), 200);
    let mut receiver = Receiver::new(keys(), |_| async {
        Err::<(), _>(io::Error::other("the database is down"))
    });
    let answer = call(&mut receiver, signed(EVENT)).await;
    assert_eq!(answer.status(), 503);
    assert!(
        !answer.body().contains("database"),
        "the sender does not get the reason"
    );
}

/// Before the first `await`, after one, and in the conversion of the result.
#[tokio::test]
async fn panic_is_answered_and_the_next_delivery_is_handled() {
    struct Broken;
    impl IntoVerdict for Broken {
        fn into_verdict(self) -> Result<Verdict, Box<dyn Error + Send + Sync>> {
            panic!("in the conversion")
        }
    }
    let mut at_once = Receiver::new(keys(), |delivery| {
        assert_ne!(delivery.id().unwrap().as_str(), "1nv3nt3d", "before");
        async {}
    });
    let mut later = Receiver::new(keys(), |delivery| async move {
        tokio::task::yield_now().await;
        assert_ne!(delivery.id().unwrap().as_str(), "1nv3nt3d", "after");
    });
    let mut in_the_end = Receiver::new(keys(), |_| async { Broken });
    let other = r#"{"id":"2","event":"sun.new"}"#;
    for _ in 0..2 {
        assert_eq!(call(&mut at_once, signed(EVENT)).await.status(), 500);
        assert_eq!(call(&mut at_once, signed(other)).await.status(), 200);
        assert_eq!(call(&mut later, signed(EVENT)).await.status(), 500);
        assert_eq!(call(&mut later, signed(other)).await.status(), 200);
        assert_eq!(call(&mut in_the_end, signed(EVENT)).await.status(), 500);
    }
}

/// The paused clock advances by itself when every task waits.
#[tokio::test(start_paused = true)]
async fn handler_that_hangs_is_answered_after_its_time() {
    let seen = Seen::default();
    let handler = seen.clone();
    let mut receiver = Receiver::new(keys(), move |delivery| {
        let handler = handler.clone();
        async move {
            match delivery.dedup_key() {
                "hangs" => std::future::pending().await,
                "panics" => panic!("in time"),
                _ => tokio::time::sleep(Duration::from_secs(4)).await,
            }
            handler.handle(&delivery);
        }
    })
    .handler_time(Duration::from_secs(5));
    let start = tokio::time::Instant::now();
    for (body, status, seconds) in [
        (r#"{"id":"hangs","event":"sun.new"}"#, 503, 5),
        (r#"{"id":"panics","event":"sun.new"}"#, 500, 5),
        (EVENT, 200, 9),
        (r#"{"id":"hangs","event":"sun.new"}"#, 503, 14),
    ] {
        let answer = call(&mut receiver, signed(body)).await;
        assert_eq!(
            (answer.status().as_u16(), start.elapsed().as_secs()),
            (status, seconds)
        );
    }
    assert_eq!(seen.handled(), ["1nv3nt3d"]);
}

#[tokio::test]
async fn delivery_names_the_matching_key() {
    let old = Key::new(&WebhookSecret::new("old")).unwrap();
    let keys = keys().and("2025", old);
    let mut receiver = Receiver::new(keys, |delivery| async move {
        assert_eq!(delivery.key(), Some("2026"));
    });
    assert_eq!(call(&mut receiver, signed(EVENT)).await.status(), 200);
}

#[test]
fn receiver_and_refusals_print_no_secret() {
    let key = Key::new(&WebhookSecret::new(canary::SECRET)).unwrap();
    let receiver = Receiver::new(Keys::new("2026", key), |_| async {});
    canary::debug_is_clean(&receiver);
    for refused in [
        Refused::Method,
        Refused::TooLarge,
        Refused::TooSlow,
        Refused::Cut,
        Refused::Forged(Forged::OtherKey),
    ] {
        canary::error_is_clean(&refused);
        assert!(!Verdict::from(refused).is_success());
    }
}
