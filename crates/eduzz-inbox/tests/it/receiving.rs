//! The receiver stores before it answers.

use eduzz_inbox::Inbox;
use eduzz_store::{Memory, Sqlite, Store};
use eduzz_sync::inbox::State;
use eduzz_webhook::SIGNATURE_HEADER;
use http::{Request, StatusCode};
use http_body_util::Full;
use tower::ServiceExt as _;

use crate::support::{body, delivery, key, keys, rows};

async fn post<S: Store>(inbox: &Inbox<S>, body: &str, signature: &str) -> StatusCode {
    let request = Request::post("/any")
        .header(SIGNATURE_HEADER, signature)
        .body(Full::new(bytes::Bytes::from(body.to_owned())))
        .unwrap();
    inbox.receiver(keys()).oneshot(request).await.unwrap().status()
}

#[tokio::test]
async fn genuine_deliveries_are_stored_and_forged_ones_are_not() {
    let inbox = Inbox::new(Memory::new());
    let body = body("e1", "a");
    let signature = key().sign(body.as_bytes());
    assert_eq!(post(&inbox, &body, signature.as_str()).await, StatusCode::OK);
    assert_eq!(
        post(&inbox, &body, signature.as_str()).await,
        StatusCode::OK,
        "a copy"
    );
    let forged = body.replace("e1", "e2");
    assert_eq!(
        post(&inbox, &forged, signature.as_str()).await,
        StatusCode::UNAUTHORIZED
    );
    let stored = rows(&inbox).await;
    assert_eq!(stored.len(), 1);
    assert_eq!((stored[0].copies, stored[0].key.as_deref()), (1, Some("2026")));
    let activity = inbox.health().await.activity;
    assert_eq!(
        (activity.stored(), activity.copies(), activity.refused()),
        (1, 1, 1)
    );
}

#[tokio::test]
async fn a_database_that_is_gone_is_answered_with_503() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("inbox.sqlite");
    let inbox = Inbox::new(Sqlite::open(&file).await.unwrap());
    let other = eduzz_store::rusqlite::Connection::open(&file).unwrap();
    other.execute_batch("drop table eduzz_body").unwrap();
    let body = body("e1", "a");
    let signature = key().sign(body.as_bytes());
    assert_eq!(
        post(&inbox, &body, signature.as_str()).await,
        StatusCode::SERVICE_UNAVAILABLE
    );
    assert_eq!(rows(&inbox).await, [], "no event without its body");
    assert_eq!(inbox.health().await.activity.not_stored(), 1);
}

#[tokio::test]
async fn samples_and_unreadable_events_are_kept_and_not_handled() {
    let sample = r#"{"id":"s","event":"myeduzz.invoice_paid","data":{"producer":{"originSecret":"originsecrettest"}}}"#;
    let unknown = r#"{"id":"u","event":"new.event","data":{}}"#;
    let all = |inbox: Inbox<Memory>| async move {
        for body in [sample, unknown] {
            inbox.store(&delivery(body)).await.unwrap();
        }
        rows(&inbox)
            .await
            .into_iter()
            .map(|row| row.state)
            .collect::<Vec<_>>()
    };
    let inbox = || Inbox::new(Memory::new());
    assert_eq!(all(inbox()).await, [State::Ignored, State::Ignored]);
    let states = all(inbox().with_unreadable()).await;
    assert_eq!(
        states,
        [State::Ignored, State::Ready],
        "the sample is unreadable too, but a sample"
    );
    assert_eq!(
        all(inbox().with_samples().with_unreadable()).await,
        [State::Ready, State::Ready]
    );
}

#[tokio::test]
async fn accounts_by_key_do_not_share_ids() {
    let inbox = Inbox::new(Memory::new()).account_by_key();
    inbox.store(&delivery(&body("e1", "a"))).await.unwrap();
    assert_eq!(rows(&inbox).await[0].account, "2026");
    let inbox = Inbox::new(Memory::new()).account("shop");
    inbox.store(&delivery(&body("e1", "a"))).await.unwrap();
    assert_eq!(rows(&inbox).await[0].account, "shop");
}

#[tokio::test]
async fn health_says_what_is_there() {
    let inbox = Inbox::new(Memory::new());
    inbox.store(&delivery(&body("e1", "a"))).await.unwrap();
    let health = inbox.health().await;
    assert!(health.is_up());
    let text = health.prometheus();
    assert!(text.contains("eduzz_inbox_up 1\n"));
    assert!(text.contains("eduzz_inbox_events{state=\"ready\"} 1\n"));
    assert!(text.contains("# TYPE eduzz_inbox_stored_total counter\neduzz_inbox_stored_total 1\n"));
}
