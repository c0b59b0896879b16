//! Secrets and personal data do not print.

use eduzz_testkit::canary;
use eduzz_types::accounts::Me;
use eduzz_types::auth::Token;
use eduzz_types::webhook::WebhookSecret;
use eduzz_types::webhook::subscriptions::{SampleReport, SigningSecret, Subscription};
use eduzz_types::{AccessToken, AuthorizationCode, ClientSecret, FreeForm, PersonalText, RefreshToken};
use proptest::prelude::*;
use serde_json::json;

#[test]
fn no_secret_and_no_personal_text_prints() {
    canary::debug_is_clean(&AccessToken::new(canary::SECRET));
    canary::debug_is_clean(&ClientSecret::new(canary::SECRET));
    canary::debug_is_clean(&AuthorizationCode::new(canary::SECRET));
    canary::debug_is_clean(&RefreshToken::new(canary::SECRET));
    canary::debug_is_clean(&WebhookSecret::new(canary::SECRET));
    canary::debug_is_clean(&PersonalText::new(canary::PERSONAL));
    canary::debug_is_clean(&FreeForm::from(json!({ canary::PERSONAL: [canary::SECRET] })));
}

#[test]
fn models_do_not_print_secrets_or_personal_data() {
    let me: Me =
        serde_json::from_value(json!({ "id": "1", "name": canary::PERSONAL, "email": canary::PERSONAL }))
            .unwrap();
    canary::debug_is_clean(&me);
    let token: Token = serde_json::from_value(json!({
        "access_token": canary::SECRET, "refresh_token": canary::SECRET, "ttl": canary::SECRET, "service": canary::SECRET,
        "user": { "name": canary::PERSONAL, "email": canary::PERSONAL, "picture": canary::PERSONAL },
    }))
    .unwrap();
    canary::debug_is_clean(&token);
    let subscription: Subscription = serde_json::from_value(json!({
        "id": "1", "status": "active", "url": format!("https://hooks.example.com/?key={}", canary::SECRET),
        "events": [{ "name": "myeduzz.invoice_paid", "conditions": [canary::PERSONAL] }],
    }))
    .unwrap();
    canary::debug_is_clean(&subscription);
    let secret: SigningSecret =
        serde_json::from_value(json!({ "id": "1", "secret": canary::SECRET })).unwrap();
    canary::debug_is_clean(&secret);
    let report: SampleReport =
        serde_json::from_value(json!({ "statusCode": 200, "body": canary::PERSONAL, "timeTaken": 1 }))
            .unwrap();
    canary::debug_is_clean(&report);
}

#[test]
fn blank_token_is_refused() {
    for body in [
        r#"{"access_token":""}"#,
        r#"{"access_token":"  "}"#,
        r#"{"access_token":null}"#,
        "{}",
    ] {
        assert!(serde_json::from_str::<Token>(body).is_err(), "{body}");
    }
}

proptest! {
    #[test]
    fn secrets_compare_as_their_texts_do(a in "[a-c]{0,3}", b in "[a-c]{0,3}") {
        prop_assert_eq!(AccessToken::new(&*a) == AccessToken::new(&*b), a == b);
    }

    #[test]
    fn blanks_around_secret_are_trimmed(text in "[a-zA-Z0-9/+=]{1,20}", blanks in "[ \r\n\t]{0,3}") {
        let secret = AccessToken::new(format!("{blanks}{text}{blanks}"));
        prop_assert_eq!(secret.expose(), text);
    }
}
