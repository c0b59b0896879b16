//! The whole life of a subscription, on the sandbox's own clock, without a socket.

use std::time::Duration;

use eduzz_sandbox::{DeliveryState, Fault, ReceiverAnswer};

use super::ByHand;

const MINUTE: Duration = Duration::from_secs(60);

/// A subscription with the backup on, one delivery at a time, that has just gone into the backup;
/// the ids of the three events that are stored, in the order in which they happened.
async fn in_backup() -> (ByHand, String, Vec<String>) {
    let test = ByHand::with(|config| {
        config.webhooks.backup = true;
        config.webhooks.parallel = 1;
    });
    let id = test.subscribe(&["myeduzz.invoice_paid"]).await;
    assert_eq!(test.status(&id).await, "disabled");
    test.sell(1);
    assert!(test.answer(200).is_empty(), "nothing is sent before it is active");
    test.activate(&id, ReceiverAnswer::status(200)).await.unwrap();
    assert_eq!(test.status(&id).await, "active");

    // An event is delivered at once.
    test.sell(1);
    assert_eq!(test.answer(200).len(), 1);

    // Three failures of one, while two others happen.
    test.sell(1);
    let failing = test.answer(500);
    assert_eq!(failing.len(), 1);
    for wait in [1, 5] {
        assert_eq!(test.status(&id).await, "active");
        test.advance(wait * MINUTE - Duration::from_millis(1));
        assert!(test.deliveries.due().is_empty());
        test.advance(Duration::from_millis(1));
        assert_eq!(test.answer(503), failing);
    }
    assert_eq!(test.status(&id).await, "backup");
    test.sell(2);
    assert!(test.answer(200).is_empty(), "what happens meanwhile is stored");
    let history = test.deliveries.history().into_iter();
    let stored = history.filter(|record| record.state != DeliveryState::Taken);
    let stored: Vec<String> = stored.map(|record| record.id).collect();
    assert_eq!((stored.len(), &stored[0]), (3, &failing[0]));
    (test, id, stored)
}

#[tokio::test]
async fn failing_receiver_leads_through_the_backup_and_back() {
    let (test, id, stored) = in_backup().await;
    // One attempt a minute, of the first event.
    for _ in 0..3 {
        test.advance(MINUTE - Duration::from_secs(1));
        assert!(test.deliveries.due().is_empty());
        test.advance(Duration::from_secs(1));
        assert_eq!(test.answer(500), stored[..1]);
        assert!(test.answer(500).is_empty());
    }
    assert_eq!(test.status(&id).await, "backup");
    // The receiver is back: the first success lets out the rest, in the order of arrival, one at a
    // time.
    test.advance(MINUTE);
    let mut taken = test.answer(200);
    assert_eq!(test.status(&id).await, "active");
    loop {
        let due = test.answer(202);
        if due.is_empty() {
            break;
        }
        assert_eq!(due.len(), 1, "no more than one is under way");
        taken.extend(due);
    }
    assert_eq!(taken, stored);
    assert_eq!(test.deliveries.wake(), None);

    let history = test.deliveries.history();
    assert!(history.iter().all(|record| record.state == DeliveryState::Taken));
    let failed = history.iter().find(|record| record.id == stored[0]).unwrap();
    assert_eq!(failed.attempts.len(), 3 + 3 + 1);
    assert_eq!(failed.event, "myeduzz.invoice_paid");
}

#[tokio::test]
async fn backup_of_two_days_disables_the_subscription() {
    let (test, id, stored) = in_backup().await;
    let (mut attempts, mut took) = (0, Duration::ZERO);
    while let Some(wait) = test.pass() {
        took += wait;
        let tried = test.answer(500);
        if tried.is_empty() {
            break;
        }
        assert_eq!(tried, stored[..1]);
        attempts += 1;
        assert!(attempts < 3_000, "it ends");
    }
    assert_eq!((attempts, took), (2 * 24 * 60 - 1, 2 * 24 * 60 * MINUTE));
    assert_eq!(test.status(&id).await, "disabled");
    let history = test.deliveries.history().into_iter();
    let gone = history.filter(|record| stored.contains(&record.id));
    let states: Vec<DeliveryState> = gone.map(|record| record.state).collect();
    assert_eq!(states, [DeliveryState::Erased; 3]);

    // Nothing is stored now, nor after the next activation.
    test.sell(1);
    assert_eq!(test.deliveries.wake(), None);
    test.activate(&id, ReceiverAnswer::status(200)).await.unwrap();
    assert!(test.deliveries.due().is_empty());
    test.sell(1);
    assert_eq!(test.answer(200).len(), 1);
}

#[tokio::test]
async fn event_without_backup_is_given_up() {
    let test = ByHand::new();
    let id = test.active(&["myeduzz.invoice_paid"]).await;
    test.sell(1);
    let mut attempts = test.answer(500).len();
    while test.pass().is_some() {
        attempts += test.answer(500).len();
    }
    // The four waits of the default, and the first attempt.
    assert_eq!(attempts, 5);
    assert_eq!(test.status(&id).await, "active");
    let record = test.deliveries.history().pop().unwrap();
    assert_eq!((record.state, record.attempts.len()), (DeliveryState::GivenUp, 5));

    // By hand it can be sent again: the same bytes, and so the same id.
    assert!(test.deliveries.resend(&record));
    let again = test.deliveries.due().remove(0);
    assert_eq!((again.id, again.body), (record.id, record.body));
}

#[tokio::test]
async fn deliveries_in_flight_stay_within_the_limit() {
    let test = ByHand::with(|config| config.webhooks.parallel = 3);
    test.active(&["myeduzz.invoice_paid"]).await;
    test.sell(10);
    let mut under_way = test.deliveries.due();
    assert_eq!(under_way.len(), 3);
    let mut all = 3;
    while let Some(first) = under_way.pop() {
        test.deliveries.answered(&first, ReceiverAnswer::status(200));
        let more = test.deliveries.due();
        all += more.len();
        under_way.extend(more);
        assert!(under_way.len() <= 3);
    }
    assert_eq!(all, 10);
}

#[tokio::test]
async fn faults_deliver_twice_and_late() {
    let test = ByHand::new();
    let (paid, opened) = ("myeduzz.invoice_paid", "myeduzz.invoice_opened");
    test.active(&[paid, opened]).await;
    test.client.control.set_faults([
        Fault::delivered_twice().on(paid).every(2),
        Fault::delivered_late(MINUTE).on(opened).times(1),
    ]);
    test.sell(2);
    let first = test.deliveries.due();
    let events: Vec<&str> = first.iter().map(|attempt| &*attempt.event).collect();
    assert_eq!(events, [paid, opened, paid, paid]);
    assert_eq!((&first[2].id, &first[2].body), (&first[3].id, &first[3].body));
    for attempt in &first {
        test.deliveries.answered(attempt, ReceiverAnswer::status(200));
    }
    test.advance(MINUTE);
    let late = test.deliveries.due();
    assert_eq!(late.len(), 1);
    // The first event comes last, with its own date.
    let sent = |body: &[u8]| {
        let body: serde_json::Value = serde_json::from_slice(body).unwrap();
        body["sentDate"].as_str().unwrap().to_owned()
    };
    assert_eq!(late[0].event, opened);
    assert!(sent(&late[0].body) <= sent(&first[0].body));
    assert_eq!(test.client.control.faults_struck(), 2);
}

#[tokio::test]
async fn runs_of_the_same_seed_send_the_same_bytes() {
    let run = || async {
        let test = ByHand::new();
        let events = ["myeduzz.invoice_paid", "myeduzz.commission_processed"];
        test.active(&events).await;
        test.sell(3);
        test.deliveries.history()
    };
    let (first, second) = tokio::join!(run(), run());
    assert_eq!(first.len(), 1 + 6);
    assert_eq!(first, second);
}
