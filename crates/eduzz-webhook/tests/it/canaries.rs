//! Secrets and personal data pushed through everything that this crate prints.

use eduzz_testkit::canary;
use eduzz_types::webhook::WebhookSecret;
use eduzz_webhook::{BlankSecret, Event, Forged, Key, Keys, Refusal};

use crate::support::genuine;

#[test]
fn keys_print_no_secret() {
    let secret = WebhookSecret::new(canary::SECRET);
    canary::debug_is_clean(&secret);
    let key = Key::new(&secret).unwrap();
    canary::debug_is_clean(&key);
    assert_eq!(format!("{key:?}"), "Key(***)");
    let keys = Keys::new("2026", key.clone());
    canary::debug_is_clean(&keys);
    // Labels are not secret.
    assert_eq!(format!("{keys:?}"), r#"{"2026": Key(***)}"#);
    canary::value_is_clean(&key.sign(canary::PERSONAL.as_bytes()));
}

#[test]
fn deliveries_and_events_print_no_content() {
    let both = format!("{} {}", canary::SECRET, canary::PERSONAL);
    for body in [
        format!(r#"{{"event":"sun.new","data":"{both}","{both}":1}}"#),
        format!(r#"{{"event":"sun.new","data":{{"{both}":"{both}"}}}}"#),
        format!(r#"{{"event":"{both}","data":{{}}}}"#),
        format!(r#"{{"event":"safevideo.encoder_started","data":{{"{both}":"{both}"}}}}"#),
        format!(r#"{{"event":"safevideo.encoder_started","data":"{both}"}}"#),
        format!(r#"{{"event":{{"{both}":1}},"data":"{both}"}}"#),
        both.clone(),
        format!("<{both}>"),
    ] {
        let delivery = genuine(&body);
        canary::debug_is_clean(&delivery);
        let event = delivery.event();
        canary::debug_is_clean(&event);
        if let Event::Unusable(unusable) = &event {
            canary::error_is_clean(&**unusable);
        }
    }
}

#[test]
fn errors_print_nothing_of_the_request() {
    let key = Key::new(&WebhookSecret::new(canary::SECRET)).unwrap();
    let keys = Keys::new("only", key.clone());
    let body = canary::PERSONAL;
    for signature in ["", canary::SECRET, &"0".repeat(64)] {
        canary::error_is_clean(&key.open(signature, body).unwrap_err());
        canary::error_is_clean(&keys.receive("POST", [signature], body).unwrap_err());
        canary::error_is_clean(&keys.receive(canary::SECRET, [signature], body).unwrap_err());
    }
}

#[test]
fn errors_name_a_remedy() {
    let forged = [
        Forged::OtherKey.to_string(),
        Refusal::from(Forged::OtherKey).to_string(),
    ];
    assert!(forged.iter().all(|text| text.contains("before they are parsed")));
    assert!(Forged::Unsigned.to_string().contains("x-signature"));
    assert!(BlankSecret.to_string().contains("is the variable"));
}
