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
    assert!(
        times[30..60]
            .iter()
            .all(|time| (MINUTE..MINUTE * 2).contains(time)),
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
            tokio::spawn(async move { client.raw(&call, &token()).await.unwrap() })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let paths: Vec<_> = log.all().into_iter().map(|seen| seen.path).collect();
    assert_eq!(
        paths,
        [
            "/test/v1/0",
            "/test/v1/1",
            "/test/v1/2",
            "/test/v1/3",
            "/test/v1/4"
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn each_endpoint_has_its_own_pace() {
    let (client, log) = client_with(one_a_minute(), |_| good());
    client.call(&Safe, &token()).await.unwrap();
    client.call(&Once, &token()).await.unwrap();
    client
        .raw(&RawCall::get("/test/v1/safe"), &token())
        .await
        .unwrap();
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
    let (client, log) = client_with(
        one_a_minute(),
        |number| if number < 3 { status(503) } else { good() },
    );
    client.call(&Safe, &token()).await.unwrap();
    let times = log.times();
    assert!(times[1] >= MINUTE && times[2] >= MINUTE * 2, "{times:?}");
}

#[tokio::test(start_paused = true)]
async fn call_that_cannot_be_encoded_takes_no_turn() {
    let (client, log) = client_with(one_a_minute(), |_| good());
    assert!(matches!(
        client.call(&Safe, None).await,
        Err(CallError::Encode(EncodeError::NoToken))
    ));
    client.call(&Safe, &token()).await.unwrap();
    assert!(log.times()[0].is_zero());
}
