//! What is kept of a delivery.

use eduzz_fixtures::EVENTS;
use eduzz_sync::inbox::{Incoming, Policy, Reading, State, text_key};
use eduzz_types::webhook::WebhookSecret;
use eduzz_webhook::{Key, SubjectKind};
use proptest::prelude::*;

fn incoming(body: &[u8]) -> Incoming {
    let key = Key::new(&WebhookSecret::new("invented-secret")).unwrap();
    let delivery = key.open(key.sign(body), body).unwrap();
    Incoming::new(&delivery, "shop")
}

#[test]
fn every_documented_event_is_kept_and_handled() {
    for event in EVENTS {
        for body in event.bodies {
            let incoming = incoming(body.bytes);
            assert_eq!(incoming.reading, Reading::Known, "{}/{}", event.event, body.name);
            assert_eq!(incoming.body, body.bytes);
            let state = if incoming.is_sample {
                State::Ignored
            } else {
                State::Ready
            };
            assert_eq!(incoming.state(Policy::default()), state);
        }
    }
}

#[test]
fn an_address_that_identifies_a_learner_is_a_hash() {
    let body = |email: &str| {
        format!(r#"{{"id":"n","event":"nutror.lesson_watched","data":{{"learner":{{"email":"{email}"}}}}}}"#)
    };
    let subject = |email: &str| incoming(body(email).as_bytes()).subject;
    let (kind, id) = subject("pessoa@example.com").unwrap();
    assert_eq!(kind, SubjectKind::Learner);
    assert!(id.starts_with("sha256:") && !id.contains("pessoa"));
    assert_eq!(subject(" Pessoa@Example.com "), Some((kind, id)), "one person");
    assert_ne!(subject("outra@example.com"), subject("pessoa@example.com"));
}

proptest! {
    /// PostgreSQL refuses zero bytes, and long texts in an index.
    #[test]
    fn any_text_fits_an_index(text in ".{0,300}") {
        let key = text_key(&text);
        prop_assert!(key.len() <= 200 && !key.contains('\0'));
        prop_assert_eq!(key == text, text.len() <= 200 && !text.chars().any(char::is_control));
    }

    #[test]
    fn any_body_is_kept(body in proptest::collection::vec(any::<u8>(), 0..200)) {
        let incoming = incoming(&body);
        prop_assert_eq!(&incoming.body, &body);
        prop_assert_eq!(incoming.account.as_str(), "shop");
        prop_assert!(!incoming.once.is_empty());
        prop_assert_eq!(incoming.state(Policy::default()), State::Ignored);
    }
}
