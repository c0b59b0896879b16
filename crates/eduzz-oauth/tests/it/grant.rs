//! The result of a sign-in.

use eduzz_oauth::{Coverage, Grant, GrantKind, TokenReply};
use eduzz_types::{AccessToken, AccountId, EduzzId, Timestamp};
use eduzz_wire::Route;
use proptest::prelude::*;
use serde_json::{Value, json};

const NOW: Timestamp = Timestamp::from_unix(1_780_315_260);

fn grant(body: Value) -> Grant {
    serde_json::from_value::<TokenReply>(body).unwrap().received(NOW)
}

#[test]
fn grant_has_the_values_of_the_documented_answer() {
    let fixture = eduzz_fixtures::find("oauth", "exchange_code")
        .unwrap()
        .success()
        .unwrap();
    let grant = serde_json::from_slice::<TokenReply>(fixture.body)
        .unwrap()
        .received(NOW);
    assert_eq!(grant.kind(), GrantKind::SignIn);
    assert_eq!(grant.ends(), None);
    assert!(
        grant
            .scopes()
            .is_some_and(|scopes| scopes.iter().next().is_some())
    );
    assert!(!grant.is_expired(Timestamp::from_unix(i64::MAX)));
    assert_eq!(grant.received(), Some(NOW));
    assert_eq!(
        grant.account_id(),
        Some(AccountId::new("0b54e2c6-5d0e-4f0e-9a36-8a1a52a5c0de"))
    );
    assert_eq!(grant.eduzz_id(), Some(EduzzId::from(10_203_040)));
    assert_eq!(
        grant.user().unwrap().name.as_ref().unwrap().as_str(),
        "Marina Exemplo"
    );
    assert_eq!(
        grant.token_id().unwrap().as_str(),
        "c2a7e0de-8a1b-4a65-9d15-3f0b6f4f9a10"
    );
}

#[test]
fn account_is_read_from_user_or_authenticated_userid() {
    let both = grant(
        json!({ "access_token": "t", "authenticated_userid": "a-b ,7", "user": { "id": "c-d", "eduzz_id": 8 } }),
    );
    assert_eq!(
        (both.account_id(), both.eduzz_id()),
        (Some("c-d".into()), Some("8".into()))
    );
    let text = grant(json!({ "access_token": "t", "authenticated_userid": "a-b ,7" }));
    assert_eq!(
        (text.account_id(), text.eduzz_id()),
        (Some("a-b".into()), Some("7".into()))
    );
    let blank =
        json!({ "access_token": "t", "authenticated_userid": "a-b,7", "user": { "id": "", "eduzzId": " " } });
    let blank = grant(blank);
    assert_eq!(
        (blank.account_id(), blank.eduzz_id()),
        (Some("a-b".into()), Some("7".into()))
    );
    let none = grant(json!({ "access_token": "t" }));
    assert_eq!((none.account_id(), none.eduzz_id()), (None, None));
}

#[test]
fn coverage_compares_granted_and_required_scopes() {
    const NONE: Route = Route::get("/a");
    const ONE: Route = Route::get("/b").scopes(&["blinket_read"]);
    const BOTH: Route = Route::post("/c").scopes(&["blinket_read", "blinket_write"]);
    let some = grant(json!({ "access_token": "t", "scope": "blinket_read webhook_read" }));
    assert_eq!(some.coverage(&NONE), Coverage::Covered);
    assert_eq!(some.coverage(&ONE), Coverage::Covered);
    assert_eq!(some.coverage(&BOTH), Coverage::Missing(vec!["blinket_write"]));
    let none = grant(json!({ "access_token": "t", "scope": "" }));
    assert_eq!(
        none.coverage(&BOTH),
        Coverage::Missing(vec!["blinket_read", "blinket_write"])
    );
    for unknown in [
        grant(json!({ "access_token": "t" })),
        Grant::personal(AccessToken::new("t")),
    ] {
        assert_eq!(unknown.coverage(&NONE), Coverage::Covered);
        assert_eq!(unknown.coverage(&ONE), Coverage::Unknown);
    }
}

proptest! {
    #[test]
    fn expiry_counts_from_the_time_of_the_answer(seconds in 1_u64..1_000_000_000, now in -1_000_000_000_i64..5_000_000_000) {
        let reply: TokenReply = serde_json::from_value(json!({ "access_token": "t", "expires_in": seconds })).unwrap();
        let grant = reply.received(Timestamp::from_unix(now));
        let end = now + i64::try_from(seconds).unwrap();
        prop_assert_eq!(grant.ends(), Some(Timestamp::from_unix(end)));
        prop_assert!(!grant.is_expired(Timestamp::from_unix(end - 1)));
        prop_assert!(grant.is_expired(Timestamp::from_unix(end)));
    }
}
