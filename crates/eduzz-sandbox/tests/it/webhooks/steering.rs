//! Deliveries that are sent again, samples, and attempts that are broken, by action.

use std::time::Duration;

use eduzz_sandbox::{Action, DeliveryState, ReceiverAnswer, Refused, Thing};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::ByHand;

#[tokio::test]
async fn delivery_is_sent_again_and_sample_is_sent() {
    let test = ByHand::new();
    let control = &test.client.control;
    let resend = |id: Option<&str>| {
        control.act(&Action::Resend {
            id: id.map(str::to_owned),
        })
    };
    let sample = |id: Option<&str>, event: Option<&str>| {
        control.act(&Action::Sample {
            id: id.map(str::to_owned),
            event: event.map(str::to_owned),
        })
    };
    assert_eq!(
        resend(None),
        Err(Refused::Nothing {
            kind: Thing::Delivery
        })
    );
    assert_eq!(sample(None, None), Err(Refused::Nothing { kind: Thing::Webhook }));
    let id = test
        .active(&["myeduzz.invoice_paid", "myeduzz.invoice_refunded"])
        .await;
    // The ping alone is no delivery to send again.
    assert_eq!(
        resend(None),
        Err(Refused::Nothing {
            kind: Thing::Delivery
        })
    );
    let done = control
        .act(&Action::Sell {
            kind: None,
            count: 1,
            unpaid: false,
        })
        .unwrap();
    let paid = done
        .events
        .iter()
        .find(|event| event.name == "myeduzz.invoice_paid");
    assert_eq!(paid.map(|event| (event.times, event.deliveries)), Some((1, 1)));
    let first = test.answer(200);
    assert_eq!(first.len(), 1);
    let again = resend(None).unwrap();
    assert_eq!(test.answer(200), first);
    let by_number = resend(Some(&again.rows[0].id)).unwrap();
    let by_event = resend(Some(&first[0])).unwrap();
    assert_eq!(by_number.rows[0].kind, Thing::Delivery);
    assert_eq!(by_event.count, 1);
    assert_eq!(test.answer(200), [first[0].clone(), first[0].clone()]);
    assert_eq!(
        resend(Some("999")),
        Err(Refused::Unknown {
            kind: Thing::Delivery
        })
    );

    let sent = sample(None, None).unwrap();
    assert_eq!(
        (sent.rows[1].kind, sent.rows[1].id.as_str()),
        (Thing::Webhook, &*id)
    );
    let due = test.deliveries.due();
    assert_eq!(due[0].event, "myeduzz.invoice_paid");
    test.deliveries.answered(&due[0], ReceiverAnswer::status(200));
    sample(Some(&id), Some("myeduzz.nothing")).unwrap_err();
    assert_eq!(
        sample(Some("x"), None),
        Err(Refused::Unknown { kind: Thing::Webhook })
    );
}

#[tokio::test]
async fn broken_attempts_fail_and_are_retried() {
    let receiver = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", receiver.local_addr().unwrap());
    tokio::spawn(async move {
        loop {
            let (mut socket, _) = receiver.accept().await.unwrap();
            let mut head = [0; 65_536];
            // The sandbox sends head and body at once.
            let read = socket.read(&mut head).await.unwrap();
            assert!(read > 0);
            socket
                .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
                .await
                .unwrap();
        }
    });
    let client = crate::client::Client::new();
    let control = &client.control;
    let id = super::subscribe(&client, &url, &["myeduzz.invoice_paid"]).await;
    super::set_status(
        &client,
        &id,
        eduzz_types::webhook::subscriptions::SubscriptionStatus::Active,
    )
    .await
    .unwrap();
    control.act(&Action::Break { count: 2 }).unwrap();
    control.sell(1);
    let settled = async |attempts: usize| loop {
        let newest = control.deliveries().newest();
        if let Some(newest) = newest.filter(|newest| newest.attempts.len() == attempts) {
            return newest;
        }
        tokio::task::yield_now().await;
    };
    let failed = settled(1).await;
    assert!(
        matches!(failed.state, DeliveryState::Waiting { until: Some(_) }),
        "{failed:?}"
    );
    assert_eq!(control.deliveries().broken_left(), 1);
    control.advance(Duration::from_secs(60));
    settled(2).await;
    assert_eq!(control.deliveries().broken_left(), 0);
    control.advance(Duration::from_secs(300));
    assert_eq!(settled(3).await.state, DeliveryState::Taken);
}
