//! The pace of calls.

use super::*;

#[tokio::test(start_paused = true)]
async fn thirty_calls_go_at_once_and_the_next_after_a_minute() {
    let (client, log) = client(|_| good());
    let tasks: Vec<_> = (0..61)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.call(&Safe, &token()).await.unwrap() })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let times = log.times();
    assert!(times[..30].iter().all(Duration::is_zero), "{times:?}");
    let second = MINUTE..MINUTE * 2;
    assert!(
        times[30..60].iter().all(|time| second.contains(time)),
        "{times:?}"
    );
    assert!(times[60] > MINUTE * 2, "{times:?}");
}

#[tokio::test(start_paused = true)]
async fn waiting_calls_go_in_their_order() {
    let (client, log) = client_with(one_a_minute(), |_| good());
    let tasks: Vec<_> = (0..5)
        .map(|number| {
            let client = client.clone();
            let call = RawCall::get(format!("/test/v1/{number}"));
            tokio::spawn(async move { client.call(&call, &token()).await.unwrap() })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let paths = log.all().into_iter().map(|seen| seen.path);
    assert!(paths.eq((0..5).map(|number| format!("/test/v1/{number}"))));
}

#[tokio::test(start_paused = true)]
async fn each_endpoint_has_its_own_pace() {
    let (client, log) = client_with(one_a_minute(), |_| good());
    client.call(&Safe, &token()).await.unwrap();
    client.call(&Once, &token()).await.unwrap();
    let raw = RawCall::get("/test/v1/safe");
    client.call(&raw, &token()).await.unwrap();
    assert!(log.times().iter().all(Duration::is_zero));
    client.call(&Safe, &token()).await.unwrap();
    assert!(log.times()[3] >= MINUTE);
}

#[tokio::test(start_paused = true)]
async fn clients_can_share_a_pace() {
    let pacing = one_a_minute();
    let (one, log_of_one) = client_with(pacing, |_| good());
    let (other, log_of_other) = client_with(one.pacing().clone(), |_| good());
    one.call(&Safe, &token()).await.unwrap();
    other.call(&Safe, &token()).await.unwrap();
    assert!(log_of_one.times()[0].is_zero());
    assert!(log_of_other.times()[0] >= MINUTE);
}

#[tokio::test(start_paused = true)]
async fn pace_off_sends_at_once() {
    let (client, log) = client_with(Pacing::off(), |_| good());
    for _ in 0..100 {
        client.call(&Safe, &token()).await.unwrap();
    }
    assert!(log.times().iter().all(Duration::is_zero));
    assert_eq!(client.pacing().pace(), None);
}

#[tokio::test(start_paused = true)]
async fn retry_keeps_the_pace() {
    let script = |number| if number < 3 { status(503) } else { good() };
    let (client, log) = client_with(one_a_minute(), script);
    client.call(&Safe, &token()).await.unwrap();
    let times = log.times();
    assert!(times[1] >= MINUTE && times[2] >= MINUTE * 2, "{times:?}");
}

#[tokio::test(start_paused = true)]
async fn call_that_cannot_be_encoded_takes_no_turn() {
    let (client, log) = client_with(one_a_minute(), |_| good());
    let error = client.call(&Safe, None).await.unwrap_err();
    assert!(matches!(error, CallError::Encode(EncodeError::NoToken)));
    client.call(&Safe, &token()).await.unwrap();
    assert!(log.times()[0].is_zero());
}

#[tokio::test(start_paused = true)]
async fn accounts_do_not_wait_for_each_other_unless_the_pace_is_common() {
    let other = AccessToken::new("invented-token-of-another-account");
    let pace = one_a_minute().pace().unwrap();
    for (pacing, waits) in [(Pacing::new(pace), false), (Pacing::common(pace), true)] {
        let (client, log) = client_with(pacing, |_| good());
        client.call(&Safe, &token()).await.unwrap();
        client.call(&Safe, &other).await.unwrap();
        assert_eq!(log.times()[1] >= MINUTE, waits);
    }
}

#[tokio::test(start_paused = true)]
async fn callers_that_give_up_take_no_turn() {
    let (client, log) = client(|_| good());
    for _ in 0..30 {
        client.call(&Safe, &token()).await.unwrap();
    }
    // A hundred callers at once give up after a second, seventy times.
    for _ in 0..70 {
        let calls = (0..100).map(|_| {
            let client = client.clone();
            tokio::spawn(async move {
                tokio::time::timeout(MINUTE / 60, client.call(&Safe, &token()))
                    .await
                    .is_err()
            })
        });
        let calls: Vec<_> = calls.collect();
        for call in calls {
            let _ = call.await.unwrap();
        }
    }
    let times = log.times();
    assert!(times[30..].iter().all(|time| *time > MINUTE), "{times:?}");
    // None of their turns is lost either: of the callers in the second minute thirty succeed.
    assert_eq!(times.len(), 60, "{times:?}");
}
