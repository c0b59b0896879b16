//! Deliveries that the handler does not accept: the answers, and what is reported.

use std::error::Error;
use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use eduzz_receiver::{Failed, Receiver};
use eduzz_testkit::canary;
use eduzz_webhook::{EventName, Verdict};

use crate::support::{EVENT, call, keys, signed, unsigned};

type HandlerResult = Result<Verdict, Box<dyn Error + Send + Sync>>;

/// A handler that ends as the body's id says.
async fn handle(ending: &str) -> HandlerResult {
    match ending {
        "error" => Err(io::Error::other(format!("{} {}", canary::SECRET, canary::PERSONAL)).into()),
        "text" => Err("the table is full".into()),
        "later" => Ok(Verdict::LATER),
        "failed" => Ok(Verdict::FAILED),
        "panics" => panic!("{} {}", canary::SECRET, canary::PERSONAL),
        "panics later" => {
            tokio::task::yield_now().await;
            panic!("after an await")
        }
        "panics with a number" => std::panic::panic_any(7),
        "hangs" => std::future::pending().await,
        _ => Ok(Verdict::ACCEPTED),
    }
}

#[tokio::test(start_paused = true)]
async fn each_delivery_without_2xx_is_reported_once() {
    let reports = Arc::new(Mutex::new(Vec::new()));
    let log = reports.clone();
    let mut receiver = Receiver::new(
        keys(),
        |delivery| async move { handle(delivery.dedup_key()).await },
    )
    .handler_time(Duration::from_secs(5))
    .on_failed(move |delivery, failed| {
        assert_eq!(delivery.name().map(EventName::as_str), Some("sun.new"));
        assert_eq!(delivery.key(), Some("2026"));
        canary::is_clean(&format!("{failed} {failed:?} {failed:#?}"));
        let source = failed.source().map(ToString::to_string);
        let report = (delivery.dedup_key().to_owned(), failed.to_string(), source);
        log.lock().unwrap().push(report);
    });

    let secret = format!("{} {}", canary::SECRET, canary::PERSONAL);
    let in_time = "the handler did not return within its time";
    let table = [
        ("error", 503, "the handler returned an error", Some(&*secret)),
        (
            "text",
            503,
            "the handler returned an error",
            Some("the table is full"),
        ),
        ("later", 503, "the handler returned the status 503", None),
        ("failed", 500, "the handler returned the status 500", None),
        ("panics", 500, "the handler panicked", None),
        ("panics later", 500, "the handler panicked", None),
        ("panics with a number", 500, "the handler panicked", None),
        ("hangs", 503, in_time, None),
    ];
    for (ending, status, failed, source) in table {
        let body = format!(r#"{{"id":"{ending}","event":"sun.new"}}"#);
        let answer = call(&mut receiver, signed(body)).await;
        assert_eq!(answer.status(), status, "{ending}");
        canary::is_clean(&format!("{answer:?}"));
        let report = reports.lock().unwrap().pop();
        let expected = (ending.to_owned(), failed.to_owned(), source.map(str::to_owned));
        assert_eq!(report, Some(expected));
        assert!(reports.lock().unwrap().is_empty(), "{ending}: once");
    }

    let (ping, other) = (r#"{"event":"ping"}"#, unsigned("PUT", EVENT));
    for request in [
        signed(EVENT),
        signed(ping),
        unsigned("GET", ""),
        unsigned("POST", EVENT),
        other,
    ] {
        call(&mut receiver, request).await;
        assert!(
            reports.lock().unwrap().is_empty(),
            "accepted, a check, or refused"
        );
    }
}

/// Nobody has to listen.
#[tokio::test]
async fn unreported_failure_has_the_same_answer() {
    let mut receiver = Receiver::new(
        keys(),
        |delivery| async move { handle(delivery.dedup_key()).await },
    );
    for (ending, status) in [
        ("error", 503),
        ("later", 503),
        ("failed", 500),
        ("panics", 500),
        ("", 200),
    ] {
        let body = format!(r#"{{"id":"{ending}","event":"sun.new"}}"#);
        let answer = call(&mut receiver, signed(body)).await;
        assert_eq!(answer.status(), status, "{ending}");
    }
}

#[test]
fn failure_has_the_status_of_its_answer() {
    let statuses = [
        Failed::Error("".into()),
        Failed::TimedOut,
        Failed::Panicked,
        Failed::Verdict(Verdict::TOO_LARGE),
    ]
    .map(|failed| failed.verdict().status());
    assert_eq!(statuses, [503, 503, 500, 413]);
}
