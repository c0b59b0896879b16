//! Secrets and personal data do not print.

use eduzz_testkit::canary;
use eduzz_types::accounts::Me;
use eduzz_types::auth::Token;
use eduzz_types::webhook::WebhookSecret;
use eduzz_types::webhook::subscriptions::{SampleReport, SigningSecret, Subscription};
use eduzz_types::{AccessToken, AuthorizationCode, ClientSecret, FreeForm, PersonalText, RefreshToken};
use proptest::prelude::*;
use serde_json::json;

use crate::{cases, is_refused, read};

#[test]
fn secret_and_personal_text_do_not_print() {
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
    let (who, secret) = (canary::PERSONAL, canary::SECRET);
    canary::debug_is_clean(&read::<Me>(json!({ "id": "1", "name": who, "email": who })));
    canary::debug_is_clean(&read::<Token>(json!({
        "access_token": secret, "refresh_token": secret, "ttl": secret, "service": secret,
        "user": { "name": who, "email": who, "picture": who },
    })));
    canary::debug_is_clean(&read::<Subscription>(json!({
        "id": "1", "status": "active", "url": format!("https://hooks.example.com/?key={secret}"),
        "events": [{ "name": "myeduzz.invoice_paid", "conditions": [who] }],
    })));
    canary::debug_is_clean(&read::<SigningSecret>(json!({ "id": "1", "secret": secret })));
    canary::debug_is_clean(&read::<SampleReport>(
        json!({ "statusCode": 200, "body": who, "timeTaken": 1 }),
    ));
}

#[test]
fn blank_token_is_refused() {
    for token in cases(json!(["", "  ", null])) {
        assert!(is_refused::<Token>(&json!({ "access_token": token })), "{token}");
    }
    assert!(is_refused::<Token>(&json!({})));
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
