//! Stored forms of every version are read.

use eduzz_oauth::{Grant, Pending, Session, SignedOut, State, TokenReply};
use eduzz_types::Timestamp;
use eduzz_wire::Origins;
use proptest::prelude::*;

use crate::support::*;

/// Written by version 0.1.0. Never change them: users have stored such values.
const PENDING_0_1: &str = r#"{"client_id":"6f1d4a52-3c0b-4f3e-9d2a-0f1e2d3c4b5a","return_url":"https://shop.example.com/eduzz/callback","state":"0707070707070707070707070707070707070707070707070707070707070707"}"#;
const SESSION_0_1: &str = r#"{"signed_in":{"access_token":"invented-token","kind":"sign_in","ends":1780318860,"received":1780315260,"scopes":"webhook_read","token_id":"c2a7","user":{"id":"0b54","eduzzId":"7","eduzz_id":"7","name":"Marina Exemplo"},"authenticated_userid":"0b54 ,7"}}"#;
const SIGNED_OUT_0_1: [(&str, SignedOut); 3] = [
    (r#"{"signed_out":"never"}"#, SignedOut::Never),
    (r#"{"signed_out":"expired"}"#, SignedOut::Expired),
    (r#"{"signed_out":"rejected"}"#, SignedOut::Rejected),
];
const PERSONAL_0_1: &str = r#"{"access_token":"edzpap_invented","kind":"personal"}"#;

#[test]
fn stored_forms_of_0_1_are_read() {
    assert_eq!(serde_json::to_string(&pending()).unwrap(), PENDING_0_1);
    let pending: Pending = serde_json::from_str(PENDING_0_1).unwrap();
    assert!(pending.returned(&app(), &callback()).is_ok());

    let mut session: Session = serde_json::from_str(SESSION_0_1).unwrap();
    assert_eq!(serde_json::to_string(&session).unwrap(), SESSION_0_1);
    assert_eq!(
        session
            .token(Timestamp::from_unix(1_780_318_859))
            .unwrap()
            .expose(),
        "invented-token"
    );
    assert_eq!(
        session.token(Timestamp::from_unix(1_780_318_860)),
        Err(SignedOut::Expired)
    );

    for (text, why) in SIGNED_OUT_0_1 {
        let session: Session = serde_json::from_str(text).unwrap();
        assert_eq!(session.why_signed_out(), Some(why));
        assert_eq!(serde_json::to_string(&session).unwrap(), text);
    }
    assert!(
        serde_json::from_str::<Grant>(PERSONAL_0_1)
            .unwrap()
            .ends()
            .is_none()
    );
}

#[test]
fn tampered_sign_in_is_refused() {
    let (short, upper) = ("0123456789abcdef", STATE.replace('0', "A"));
    for state in ["", "a", "undefined", short, &upper, &"x".repeat(64)] {
        let stored = PENDING_0_1.replace(STATE, state);
        assert!(serde_json::from_str::<Pending>(&stored).is_err(), "{state}");
    }
    for text in [
        PENDING_0_1.replace("https://", "http://"),
        "{}".to_owned(),
        "null".to_owned(),
    ] {
        assert!(serde_json::from_str::<Pending>(&text).is_err(), "{text}");
    }
}

proptest! {
    #[test]
    fn stored_sign_in_answers_like_the_original(bytes: [u8; 32], callback in "(\\?|)(code=[a-z]{0,3}|state=undefined|error=x|&){0,3}", ours: bool) {
        let begin = || app().authorize(&Origins::production(), State::from_random(bytes));
        let url = begin().url().to_owned();
        let state = url.rsplit_once("state=").unwrap().1;
        let callback = if ours { format!("{callback}&state={state}") } else { callback };

        let kept = begin().into_pending();
        let stored: Pending = serde_json::from_str(&serde_json::to_string(&kept).unwrap()).unwrap();
        match (kept.returned(&app(), &callback), stored.returned(&app(), &callback)) {
            (Ok(a), Ok(b)) => {
                let request = |exchange: eduzz_oauth::ExchangeCode| request(&exchange).into_body();
                prop_assert_eq!(request(a), request(b));
            }
            (Err(a), Err(b)) => {
                prop_assert_eq!(a.kind(), b.kind());
                prop_assert_eq!(a.into_pending().is_some(), b.into_pending().is_some());
            }
            (a, b) => prop_assert!(false, "{a:?} {b:?}"),
        }
    }
}

/// A number near a limit, or any number.
fn any_seconds() -> impl Strategy<Value = i64> {
    prop_oneof![
        Just(i64::MIN),
        Just(i64::MAX),
        Just(0),
        1_780_000_000_i64..1_781_000_000,
        any::<i64>()
    ]
}

proptest! {
    #[test]
    fn stored_session_with_any_numbers_does_no_harm(ends in any_seconds(), received in any_seconds(), now in any_seconds(), lifetime: u64) {
        let stored = SESSION_0_1.replace("1780318860", &ends.to_string()).replace("1780315260", &received.to_string());
        let mut session: Session = serde_json::from_str(&stored).unwrap();
        prop_assert_eq!(serde_json::to_string(&session).unwrap(), stored);
        prop_assert_eq!(session.token(Timestamp::from_unix(now)).is_ok(), now < ends);

        let reply = format!(r#"{{"access_token":"a","expires_in":{lifetime}}}"#);
        let reply: TokenReply = serde_json::from_str(&reply).unwrap();
        let grant = reply.received(Timestamp::from_unix(now));
        let stored: Grant = serde_json::from_str(&serde_json::to_string(&grant).unwrap()).unwrap();
        prop_assert_eq!(&stored, &grant);
    }
}
