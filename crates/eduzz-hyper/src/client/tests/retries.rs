//! Which failures are retried.

use eduzz_wire::RejectionKind;
use http::Method;

use super::*;

type Always = fn() -> Answer;

/// How often a call that always fails this way is attempted.
async fn attempts<E: Endpoint>(call: &E, answer: fn() -> Answer) -> usize {
    let (client, log) = client(move |_| answer());
    assert!(client.call(call, &token()).await.is_err());
    for seen in log.all() {
        let expected = concat!("test eduzz-hyper/", env!("CARGO_PKG_VERSION"));
        assert_eq!(seen.user_agent, expected);
    }
    log.count()
}

#[tokio::test(start_paused = true)]
async fn retry_after_is_obeyed() {
    let (client, log) = client(|number| if number == 1 { too_many("7") } else { good() });
    client.call(&Once, &token()).await.unwrap();
    assert_eq!(log.times()[1].as_secs(), 7);
}

#[tokio::test(start_paused = true)]
async fn retry_after_holds_every_call_of_the_endpoint() {
    let (client, log) = client(|number| if number == 1 { too_many("7") } else { good() });
    let first = tokio::spawn({
        let client = client.clone();
        async move { client.call(&Safe, &token()).await.unwrap() }
    });
    while log.count() == 0 {
        tokio::task::yield_now().await;
    }
    client.call(&Safe, &token()).await.unwrap();
    client.call(&Idempotent, &token()).await.unwrap();
    first.await.unwrap();
    let seen = log.all();
    let mut later = seen.iter().filter(|seen| seen.path.ends_with("/safe")).skip(1);
    assert!(later.all(|seen| seen.at.as_secs() >= 7));
}

#[tokio::test(start_paused = true)]
async fn retry_after_above_the_ceiling_fails_at_once() {
    let start = Instant::now();
    let (client, log) = client(|_| too_many("61"));
    let error = client.call(&Safe, &token()).await.unwrap_err();
    let rejection = error.rejection().unwrap();
    assert_eq!(rejection.kind(), RejectionKind::TooManyRequests);
    assert_eq!(rejection.retry_after, Some(Duration::from_secs(61)));
    assert_eq!((log.count(), start.elapsed()), (1, Duration::ZERO));
}

#[tokio::test(start_paused = true)]
async fn attempts_follow_the_table() {
    let rows: [(Always, [usize; 3]); 10] = [
        (not_sent, [3, 3, 3]),
        (maybe_sent, [3, 3, 1]),
        (|| status(429), [3, 3, 3]),
        (|| status(500), [3, 3, 1]),
        (|| status(502), [3, 3, 1]),
        (|| status(503), [3, 3, 1]),
        (|| status(504), [3, 3, 1]),
        (|| status(401), [1, 1, 1]),
        (|| status(302), [1, 1, 1]),
        // An unreadable success is not retried.
        (|| Ok(Response::new(b"<html>".to_vec())), [1, 1, 1]),
    ];
    for (row, (answer, [safe, idempotent, once])) in rows.into_iter().enumerate() {
        assert_eq!(attempts(&Safe, answer).await, safe, "row {row}");
        assert_eq!(attempts(&Idempotent, answer).await, idempotent, "row {row}");
        assert_eq!(attempts(&Once, answer).await, once, "row {row}");
    }
}

#[tokio::test(start_paused = true)]
async fn call_that_may_have_acted_is_not_retried() {
    for (before, after) in [(not_sent as fn() -> Answer, 2), (|| too_many("1"), 2)] {
        let (client, log) = client(move |number| if number == 1 { before() } else { maybe_sent() });
        let error = client.call(&Once, &token()).await.unwrap_err();
        assert_eq!(error.network().unwrap().sent(), Sent::MaybeSent);
        assert_eq!(log.count(), after);
    }
}

#[tokio::test(start_paused = true)]
async fn second_attempt_succeeds() {
    let (client, log) = client(|number| if number == 1 { not_sent() } else { good() });
    client.call(&Once, &token()).await.unwrap();
    assert_eq!(log.count(), 2);
    assert!(log.times()[1] <= Duration::from_millis(501));
}

#[tokio::test(start_paused = true)]
async fn permanent_error_is_not_retried() {
    for kind in [Kind::Insecure, Kind::NoRoots, Kind::ProxyScheme] {
        let (client, log) = client(move |_| Err(Error::not_sent(kind)));
        assert!(client.call(&Safe, &token()).await.is_err());
        assert_eq!(log.count(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn error_names_the_route() {
    let (client, _) = client(|_| maybe_sent());
    let (token, raw) = (token(), |path| RawCall::new(Method::DELETE, path));
    let text =
        "the connection ended before the whole response was received; the service may have carried it out";
    let error = client.call(&Once, &token).await.unwrap_err();
    assert_eq!(error.to_string(), format!("POST /test/v1/once: {text}"));
    let error = client.call(&raw("/test/v1/7?"), &token).await.unwrap_err();
    assert!(matches!(error, CallError::Encode(EncodeError::Path)));
    let error = client.call(&raw("/test/v1/7"), &token).await.unwrap_err();
    assert_eq!(error.to_string(), format!("DELETE (raw call): {text}"));
}

#[tokio::test(start_paused = true)]
async fn retries_of_all_calls_share_a_budget() {
    let (client, log) = client_with(Pacing::off(), |_| status(503));
    for _ in 0..40 {
        client.call(&Safe, &token()).await.unwrap_err();
    }
    // 40 first attempts and the 20 retries of the budget.
    assert_eq!(log.count(), 60);
}

#[tokio::test(start_paused = true)]
async fn rejection_that_is_not_retried_earns_a_retry_back() {
    // The first 40 calls spend the budget; the next 10 are answered with 404.
    let (client, log) = client_with(Pacing::off(), |count| {
        status(if (61..=70).contains(&count) { 404 } else { 503 })
    });
    for _ in 0..50 {
        client.call(&Safe, &token()).await.unwrap_err();
    }
    assert_eq!(log.count(), 70);
    client.call(&Safe, &token()).await.unwrap_err();
    assert_eq!(log.count(), 73, "ten answers earn two retries");
}
