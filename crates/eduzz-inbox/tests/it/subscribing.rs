//! A receiver is subscribed at a local Eduzz.

use std::future::pending;
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::routing::any;
use eduzz_hyper::{Account, Client, Pacing};
use eduzz_inbox::{Handled, Inbox, SubscribeError, Subscriber};
use eduzz_oauth::Grant;
use eduzz_sandbox::{Config, Sandbox};
use eduzz_store::Memory;
use eduzz_sync::subscription::{Ailment, Wanted, examine};
use eduzz_types::AccessToken;
use eduzz_types::webhook::subscriptions::SubscriptionStatus;
use eduzz_webhook::{Key, Keys};
use eduzz_wire::Origins;
use tokio::net::TcpListener;
use tokio::sync::mpsc;

const EVENTS: [&str; 2] = ["myeduzz.invoice_paid", "myeduzz.invoice_opened"];

async fn sandbox(change: impl FnOnce(&mut Config)) -> (Sandbox, Account) {
    let mut config = Config::seeded(20);
    config.pace = None;
    change(&mut config);
    let token = config.people[0].personal_token.clone();
    let sandbox = Sandbox::start(config).await.unwrap();
    let origins = Origins::sandbox(&sandbox.url()).unwrap();
    (sandbox, account(origins, &token))
}

fn account(origins: Origins, token: &str) -> Account {
    let builder = Client::builder().origins(origins).pacing(Pacing::off());
    let client = builder.build().unwrap();
    client.signed_in(Grant::personal(AccessToken::new(token)))
}

/// A receiver that stores; gives its address.
async fn receiver(subscriber: &Subscriber) -> (String, Inbox<Memory>) {
    let secret = subscriber.secret().await.unwrap();
    let inbox = Inbox::new(Memory::new()).with_samples();
    let receiver = inbox.receiver(Keys::new("api", Key::new(&secret.secret).unwrap()));
    let app = Router::new().route_service("/eduzz", receiver);
    (serve(app).await, inbox)
}

/// A receiver that answers each request with the next of these statuses, the last one for ever.
async fn answering(statuses: &'static [u16]) -> (String, Arc<AtomicU16>) {
    let asked = Arc::new(AtomicU16::new(0));
    let count = Arc::clone(&asked);
    let answer = move || {
        let at = usize::from(count.fetch_add(1, Ordering::SeqCst)).min(statuses.len() - 1);
        async move { StatusCode::from_u16(statuses[at]).unwrap() }
    };
    let app = Router::new().route("/eduzz", any(answer));
    (serve(app).await, asked)
}

async fn serve(app: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/eduzz", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await });
    url
}

fn wanted(url: &str) -> Wanted {
    Wanted::new("shop", url, EVENTS)
}

#[tokio::test]
async fn new_receiver_is_subscribed_once_and_events_arrive() {
    let (sandbox, account) = sandbox(|_| {}).await;
    let subscriber = Subscriber::new(account);
    let (url, inbox) = receiver(&subscriber).await;
    let first = subscriber.subscribe(&wanted(&url)).await.unwrap();
    assert!(first.is_new && first.is_activated && !first.is_changed);
    assert_eq!(first.subscription.status, SubscriptionStatus::Active);
    let again = subscriber.subscribe(&wanted(&url)).await.unwrap();
    assert!(!again.is_new && !again.is_activated && !again.is_changed);
    assert_eq!(again.subscription.id, first.subscription.id);
    assert_eq!(subscriber.list().await.unwrap().len(), 1);

    let (handled, mut events) = mpsc::unbounded_channel();
    let inbox = inbox.handler("names", move |inbound| {
        let handled = handled.clone();
        async move {
            handled.send(inbound.row().name.clone())?;
            Ok(Handled::new())
        }
    });
    tokio::spawn(async move { inbox.run(pending()).await });
    sandbox.control().order().unwrap();
    assert_eq!(events.recv().await.unwrap().as_deref(), Some(EVENTS[1]));
}

#[tokio::test]
async fn one_that_lost_its_state_is_mended() {
    let (_sandbox, account) = sandbox(|_| {}).await;
    let subscriber = Subscriber::new(account);
    let (url, _) = receiver(&subscriber).await;
    let one = Wanted::new("shop", url.as_str(), [EVENTS[0]]);
    let made = subscriber.subscribe(&one).await.unwrap();
    let id = made.subscription.id;
    let health = || async {
        let list = subscriber.list().await.unwrap();
        examine(&list, &url.as_str().into(), EVENTS)
    };
    assert_eq!(health().await, Err(Ailment::Events(vec![EVENTS[1].into()])));
    let changed = subscriber.subscribe(&wanted(&url)).await.unwrap();
    assert!(changed.is_changed && !changed.is_new && changed.subscription.id == id);
    assert_eq!(health().await, Ok(()));
    subscriber.disable(&id).await.unwrap();
    assert_eq!(health().await, Err(Ailment::Disabled));
    let activated = subscriber.subscribe(&wanted(&url)).await.unwrap();
    assert!(activated.is_activated && !activated.is_changed && !activated.is_new);
    assert_eq!(health().await, Ok(()));
}

#[tokio::test]
async fn receiver_that_fails_the_ping_stays_disabled() {
    let (_sandbox, account) = sandbox(|_| {}).await;
    let subscriber = Subscriber::new(account);
    let (url, asked) = answering(&[500]).await;
    for is_first in [true, false] {
        let error = subscriber.subscribe(&wanted(&url)).await.unwrap_err();
        let SubscribeError::NotActivated {
            is_new, rejection, ..
        } = &error
        else {
            panic!("{error:?}");
        };
        assert_eq!(
            (*is_new, rejection.as_ref().unwrap().status.as_u16()),
            (is_first, 422)
        );
    }
    assert_eq!(asked.load(Ordering::SeqCst), 2);
    let list = subscriber.list().await.unwrap();
    assert_eq!(list.len(), 1);
    assert_eq!(list[0].status, SubscriptionStatus::Disabled);
}

#[tokio::test]
async fn patience_waits_for_a_receiver_that_is_starting() {
    let (_sandbox, account) = sandbox(|_| {}).await;
    let subscriber = Subscriber::new(account).patience(Duration::from_secs(60));
    let (url, asked) = answering(&[503, 204]).await;
    let made = subscriber.subscribe(&wanted(&url)).await.unwrap();
    assert!(made.is_activated);
    assert_eq!(asked.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn two_live_subscriptions_of_an_address_are_left_alone() {
    let (_sandbox, account) = sandbox(|_| {}).await;
    let subscriber = Subscriber::new(account.clone());
    let (url, _) = receiver(&subscriber).await;
    subscriber.subscribe(&wanted(&url)).await.unwrap();
    let call = eduzz_api::webhook::CreateWebhookSubscription::new("other", url.as_str(), EVENTS);
    let other = account.call(&call).await.unwrap();
    // While it is disabled, it does not matter.
    subscriber.subscribe(&wanted(&url)).await.unwrap();
    subscriber.activate(&other.id).await.unwrap();
    let error = subscriber.subscribe(&wanted(&url)).await.unwrap_err();
    assert!(
        matches!(&error, SubscribeError::Several(ids) if ids.len() == 2),
        "{error:?}"
    );
    // The address may hold a key.
    assert!(!format!("{error} {error:?}").contains(&url));
}

#[tokio::test]
async fn missing_scope_is_named() {
    for (left, needed) in [
        ("webhook_read", "webhook_write"),
        ("webhook_write", "webhook_read"),
    ] {
        let (_sandbox, account) = sandbox(|config| {
            for app in &mut config.apps {
                app.scopes
                    .retain(|scope| scope == left || !scope.starts_with("webhook"));
            }
        })
        .await;
        let (url, _) = answering(&[204]).await;
        let error = Subscriber::new(account)
            .subscribe(&wanted(&url))
            .await
            .unwrap_err();
        assert!(matches!(error, SubscribeError::Refused { .. }), "{error:?}");
        assert!(error.to_string().contains(needed), "{error}");
    }
}

#[tokio::test]
async fn address_of_this_machine_is_refused_for_the_service_unsent() {
    let account = account(Origins::production(), "edzpap_invented");
    for url in ["http://127.0.0.1:8080/eduzz", "https://caixa.local/eduzz"] {
        let error = Subscriber::new(account.clone())
            .subscribe(&wanted(url))
            .await
            .unwrap_err();
        assert!(matches!(error, SubscribeError::NotPublic), "{error:?}");
    }
}
