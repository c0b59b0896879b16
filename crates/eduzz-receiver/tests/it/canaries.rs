//! Secrets and personal data in the spans and events of the feature `tracing`.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use eduzz_receiver::Receiver;
use eduzz_testkit::canary::{self, PERSONAL, SECRET};
use eduzz_types::webhook::WebhookSecret;
use eduzz_webhook::{Key, Keys, SIGNATURE_HEADER};
use http::{Method, Request};
use http_body_util::Full;
use tracing_subscriber::layer::SubscriberExt as _;

use crate::support::call;

/// The output of the subscriber.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A request full of canaries, signed with the key if there is one.
fn request(method: &str, key: Option<&Key>, body: &str) -> Request<Full<Bytes>> {
    let body = body.replace("{SECRET}", SECRET).replace("{PERSONAL}", PERSONAL);
    let signature = key.map_or_else(|| SECRET.to_owned(), |key| key.sign(body.as_bytes()).to_string());
    Request::builder()
        .method(Method::from_bytes(method.as_bytes()).unwrap())
        .uri(format!("/{SECRET}?{PERSONAL}"))
        .header(SIGNATURE_HEADER, signature)
        .header("x-more", format!("{SECRET} {PERSONAL}"))
        .body(Full::from(body))
        .unwrap()
}

#[tokio::test(start_paused = true)]
async fn spans_and_events_print_no_canary() {
    let written = Written::default();
    let writer = written.clone();
    let subscriber = tracing_subscriber::registry().with(
        tracing_subscriber::fmt::layer()
            .with_ansi(false)
            .with_writer(move || writer.clone()),
    );
    // Only for this thread, which runs the whole test.
    let guard = tracing::subscriber::set_default(subscriber);

    let key = Key::new(&WebhookSecret::new(SECRET)).unwrap();
    let keys = Keys::new("2025", Key::new(&WebhookSecret::new("old")).unwrap()).and("2026", key.clone());
    let mut receiver = Receiver::new(keys, |delivery| async move {
        match delivery.dedup_key() {
            "error" => return Err(io::Error::other(format!("{SECRET} {PERSONAL}"))),
            "panics" => panic!("{SECRET} {PERSONAL}"),
            "hangs" => std::future::pending().await,
            "slow" => tokio::time::sleep(Duration::from_millis(1500)).await,
            _ => {}
        }
        tracing::info!("the handler's own event");
        Ok(())
    })
    .handler_time(Duration::from_secs(5));

    for id in [
        "fine",
        "slow",
        "error",
        "panics",
        "hangs",
        "{PERSONAL}",
        "{SECRET} {PERSONAL}\\u001b[2J",
    ] {
        let body = format!(r#"{{"id":"{id}","event":"sun.new","data":"{{SECRET}} {{PERSONAL}}"}}"#);
        call(&mut receiver, request("POST", Some(&key), &body)).await;
    }
    for body in [
        "{SECRET} {PERSONAL}",
        r#"{"event":"{PERSONAL}"}"#,
        r#"{"event":"ping"}"#,
        "",
    ] {
        call(&mut receiver, request("POST", Some(&key), body)).await;
        call(&mut receiver, request("POST", None, body)).await;
    }
    for method in ["GET", "PUT", SECRET] {
        call(&mut receiver, request(method, None, PERSONAL)).await;
    }

    drop(guard);
    let text = String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
    canary::is_clean(&text);
    assert!(!text.contains('\u{1b}'), "no control characters");
    if cfg!(feature = "tracing") {
        let span =
            |id: &str| format!(r#"eduzz.delivery{{method="POST" event="sun.new" id="{id}" key="2026"}}"#);
        let failed = |id: &str, reason: &str| {
            format!(
                r#"{}: eduzz_receiver::watch: not accepted event="sun.new" id="{id}" reason={reason}"#,
                span(id)
            )
        };
        for expected in [
            format!("{}: it::canaries: the handler's own event", span("fine")),
            format!("{}: eduzz_receiver::watch: answered status=200 elapsed_ms=0", span("fine")),
            format!("{}: eduzz_receiver::watch: answered status=200 elapsed_ms=1500", span("slow")),
            failed("error", "the handler returned an error"),
            failed("panics", "the handler panicked"),
            failed("hangs", "the handler did not return within its time"),
            format!("{}: eduzz_receiver::watch: answered status=503 elapsed_ms=5000", span("hangs")),
            r#"eduzz.delivery{method="POST" event="sun.new" key="2026"}: eduzz_receiver::watch: answered status=200"#.into(),
            r#"eduzz.delivery{method="POST"}: eduzz_receiver::watch: refused reason=the signature is not 64"#.into(),
            r#"eduzz.delivery{method="GET"}: eduzz_receiver::watch: answered status=200"#.into(),
            r#"eduzz.delivery{method="other"}: eduzz_receiver::watch: refused reason=deliveries come with POST"#.into(),
        ] {
            assert!(text.contains(&expected), "no {expected} in {text}");
        }
    }
}
