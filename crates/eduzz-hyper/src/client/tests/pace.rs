//! The pace of calls.

use eduzz_wire::{Busy, TurnEnd};

use super::*;
use crate::{Keeper, NoTurn, TurnFuture};

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
async fn call_that_would_wait_too_long_is_busy() {
    let (client, log) = client_with(
        one_a_minute(),
        |number| {
            if number == 2 { status(503) } else { good() }
        },
    );
    let (token, start) = (token(), Instant::now());
    assert_eq!(client.would_wait(&Safe, &token), Some(Duration::ZERO));
    client.call(&Safe, &token).await.unwrap();
    assert!(client.would_wait(&Safe, &token).unwrap() >= MINUTE);
    for _ in 0..3 {
        let error = client.max_wait(MINUTE / 2).call(&Safe, &token).await.unwrap_err();
        let CallError::Busy(busy) = error else {
            panic!("{error:?}")
        };
        assert_eq!((busy.wait.as_secs(), start.elapsed()), (60, Duration::ZERO));
        assert_eq!(CallError::from(busy).retry_after(), Some(busy.wait));
    }
    // All waits together count: the second attempt would wait for another minute.
    let patient = client.max_wait(MINUTE * 3 / 2);
    let error = patient.call(&Safe, &token).await.unwrap_err();
    assert!(matches!(error, CallError::Busy(_)), "{error:?}");
    assert_eq!((log.count(), start.elapsed().as_secs()), (2, 60));
}

#[tokio::test(start_paused = true)]
async fn bound_holds_when_the_lane_is_held_later() {
    let (client, log) = client(|number| if number == 1 { too_many("600") } else { good() });
    let held = tokio::spawn({
        let client = client.clone();
        async move { client.call(&Safe, &token()).await.is_err() }
    });
    while log.count() == 0 {
        tokio::task::yield_now().await;
    }
    assert!(held.await.unwrap());
    // Held for a minute: callers come and go.
    for _ in 0..1_000 {
        let call = client.max_wait(Duration::from_secs(1));
        let error = call.call(&Safe, &token()).await.unwrap_err();
        assert!(matches!(error, CallError::Busy(_)), "{error:?}");
    }
    client.call(&Safe, &token()).await.unwrap();
    assert_eq!(log.times()[1].as_secs(), 60);
}

#[tokio::test(start_paused = true)]
async fn ten_thousand_callers_get_their_turns_in_order() {
    let pace = Pace {
        requests: 1_000,
        per: MINUTE,
    };
    let (client, log) = client_with(Pacing::new(pace), |_| good());
    let tasks: Vec<_> = (0..10_000)
        .map(|number| {
            let client = client.clone();
            let call = RawCall::get(format!("/test/v1/{number}"));
            tokio::spawn(async move { client.call(&call, &token()).await.unwrap() })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let seen = log.all();
    for window in seen.windows(1_001) {
        assert!(window[1_000].at - window[0].at > MINUTE);
    }
    assert_eq!(seen[9_999].at.as_secs(), 9 * 60);
    let late = |seen: &Seen| seen.at.as_secs() / 60;
    for (number, seen) in seen.iter().enumerate() {
        assert_eq!(late(seen), number as u64 / 1_000, "{}", seen.path);
    }
}

#[tokio::test(start_paused = true)]
async fn stored_pace_continues_in_the_next_process() {
    let (client, _) = client_with(one_a_minute(), |_| good());
    client.call(&Safe, &token()).await.unwrap();
    let stored = serde_json::to_string(&client.pacing().state()).unwrap();
    assert!(!stored.contains("invented"), "{stored}");
    let state = serde_json::from_str(&stored).unwrap();
    let pacing = one_a_minute().resume(&state, Duration::from_secs(20));
    let (client, log) = client_with(pacing, |_| good());
    client.call(&Safe, &token()).await.unwrap();
    assert_eq!(log.times()[0].as_secs(), 40);
}

/// Grants one turn a minute to all processes together, as a database could.
#[derive(Default)]
struct OneRow(Mutex<(Option<Instant>, Vec<String>)>);

impl Keeper for OneRow {
    fn ended(&self, lane: &Lane, turn: u64, end: TurnEnd) {
        let line = format!("{lane}: turn {turn} {end:?}");
        self.0.lock().unwrap().1.push(line);
    }
}

impl Turns for OneRow {
    fn take<'a>(&'a self, lane: &'a Lane, patience: Option<Duration>) -> TurnFuture<'a> {
        Box::pin(async move {
            let next = self.0.lock().unwrap().0;
            let wait = next.map_or(Duration::ZERO, |next| next - Instant::now());
            if patience.is_some_and(|patience| wait > patience) {
                return Err(Busy::new(wait).into());
            }
            if lane.to_string().contains("once") {
                return Err(NoTurn::Failed("the database is not there".into()));
            }
            tokio::time::sleep(wait).await;
            self.0.lock().unwrap().0 = Some(Instant::now() + MINUTE);
            Ok(7)
        })
    }
}

#[tokio::test(start_paused = true)]
async fn turns_can_be_granted_elsewhere() {
    let row = Arc::new(OneRow::default());
    let (client, log) = client_with(Pacing::granted_by(row.clone()), |_| good());
    let client = client.quota(Quota::named("shop-1"));
    for _ in 0..2 {
        client.call(&Safe, &token()).await.unwrap();
    }
    assert_eq!(log.times()[1], MINUTE);
    assert_eq!(client.would_wait(&Safe, &token()), None);
    let error = client.max_wait(MINUTE / 2).call(&Safe, &token()).await;
    assert!(matches!(error, Err(CallError::Busy(_))), "{error:?}");
    let error = client.call(&Once, &token()).await.unwrap_err();
    assert!(matches!(error, CallError::NoTurn(_)), "{error:?}");
    assert_eq!((error.sent(), log.count()), (Sent::NotSent, 2));
    let told = row.0.lock().unwrap().1.clone();
    let lane = Lane::new(Quota::named("shop-1"), &Safe::ROUTE);
    let line = format!("{lane}: turn 7 Sent");
    assert_eq!(told, [line.clone(), line]);
}

#[tokio::test(start_paused = true)]
async fn a_client_can_be_given_another_pace() {
    let row = Arc::new(OneRow::default());
    let (client, log) = client_with(Pacing::off(), |_| good());
    let pacing = Pacing::granted_by(row.clone()).under(Quota::named("shop-1"));
    let paced = client.paced_by(pacing);
    for _ in 0..2 {
        paced.call(&Safe, &token()).await.unwrap();
    }
    client.call(&Safe, &token()).await.unwrap();
    assert_eq!(log.times()[1..], [MINUTE, MINUTE]);
    // A quota of the client's own goes before that of the pace.
    let own = paced.quota(Quota::named("shop-2"));
    own.call(&Safe, &token()).await.unwrap();
    let told = row.0.lock().unwrap().1.clone();
    let line = |name| {
        let lane = Lane::new(Quota::named(name), &Safe::ROUTE);
        format!("{lane}: turn 7 Sent")
    };
    assert_eq!(told, [line("shop-1"), line("shop-1"), line("shop-2")]);
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
