//! Random sequences of events against a reference model, in memory and stored at every step.

use eduzz_oauth::{Grant, Session, SignedOut, TokenReply};
use eduzz_types::{AccessToken, Timestamp};
use eduzz_wire::{Call, Endpoint, EndpointExt as _, Rejection, ResponseError, Route};
use proptest::prelude::*;
use serde_json::json;

use crate::support::*;

struct Api;

impl Endpoint for Api {
    const ROUTE: Route = Route::get("/product/v1/things");
    type Output = serde_json::Value;
    fn describe(&self, _: &mut Call) {}
}

struct AccountsApi;

impl Endpoint for AccountsApi {
    const ROUTE: Route = Route::post("/oauth/token").at_accounts_api();
    type Output = serde_json::Value;
    fn describe(&self, _: &mut Call) {}
}

fn rejection(endpoint: &impl Endpoint<Output = serde_json::Value>, status: u16) -> Rejection {
    match endpoint.response(&answer(status, r#"{"error":"invalid_token"}"#)) {
        Err(ResponseError::Rejected(rejection)) => *rejection,
        other => panic!("{other:?}"),
    }
}

fn grant(token: u8, received: i64, lifetime: Option<u64>) -> Grant {
    let reply: TokenReply = serde_json::from_value(
        json!({ "access_token": format!("token-{token}"), "expires_in": lifetime.unwrap_or(0) }),
    )
    .unwrap();
    reply.received(Timestamp::from_unix(received))
}

#[derive(Clone, Debug)]
enum Event {
    SignIn { token: u8, lifetime: Option<u64> },
    Personal { token: u8 },
    SignOut,
    Pass { seconds: i64 },
    Ask,
    Answer { token: u8, status: u16, by_api: bool },
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let event = prop_oneof![
        (0_u8..3, proptest::option::of(1_u64..100))
            .prop_map(|(token, lifetime)| Event::SignIn { token, lifetime }),
        (0_u8..3).prop_map(|token| Event::Personal { token }),
        Just(Event::SignOut),
        (-20_i64..60).prop_map(|seconds| Event::Pass { seconds }),
        Just(Event::Ask),
        (
            0_u8..3,
            prop_oneof![Just(401_u16), Just(403), Just(404), Just(500)],
            any::<bool>()
        )
            .prop_map(|(token, status, by_api)| Event::Answer {
                token,
                status,
                by_api
            }),
    ];
    proptest::collection::vec(event, 0..40)
}

/// The reference: the current token with its expiry, or the reason for being signed out.
type Model = Result<(u8, Option<i64>), SignedOut>;

proptest! {
    #[test]
    fn session_matches_its_model_in_memory_and_stored(events in events()) {
        let mut now = 1_780_000_000_i64;
        let mut model: Model = Err(SignedOut::Never);
        let mut session = Session::default();
        let mut stored = serde_json::to_string(&session).unwrap();
        for event in events {
            let mut reloaded: Session = serde_json::from_str(&stored).unwrap();
            let time = Timestamp::from_unix(now);
            match event {
                Event::SignIn { token, lifetime } => {
                    let end = lifetime.map(|seconds| now + i64::try_from(seconds).unwrap());
                    model = Ok((token, end));
                    session.sign_in(grant(token, now, lifetime));
                    reloaded.sign_in(grant(token, now, lifetime));
                }
                Event::Personal { token } => {
                    model = Ok((token, None));
                    let token = AccessToken::new(format!("token-{token}"));
                    session.sign_in(Grant::personal(token.clone()));
                    reloaded.sign_in(Grant::personal(token));
                }
                Event::SignOut => {
                    model = Err(SignedOut::Never);
                    session.sign_out();
                    reloaded.sign_out();
                }
                Event::Pass { seconds } => now += seconds,
                Event::Ask => {
                    if let Ok((_, Some(end))) = model && end <= now {
                        model = Err(SignedOut::Expired);
                    }
                    let expected = model.map(|(token, _)| format!("token-{token}"));
                    prop_assert_eq!(&session.token(time).map(|token| token.expose().to_owned()), &expected);
                    prop_assert_eq!(&reloaded.token(time).map(|token| token.expose().to_owned()), &expected);
                }
                Event::Answer { token, status, by_api } => {
                    let signs_out = by_api && status == 401 && matches!(model, Ok((held, _)) if held == token);
                    if signs_out {
                        model = Err(SignedOut::Rejected);
                    }
                    let used = AccessToken::new(format!("token-{token}"));
                    let rejection = if by_api { rejection(&Api, status) } else { rejection(&AccountsApi, status) };
                    prop_assert_eq!(session.observe(&used, &rejection), signs_out);
                    prop_assert_eq!(reloaded.observe(&used, &rejection), signs_out);
                }
            }
            prop_assert_eq!(&session, &reloaded);
            prop_assert_eq!(session.why_signed_out(), model.err());
            prop_assert_eq!(session.grant().is_some(), model.is_ok());
            stored = serde_json::to_string(&reloaded).unwrap();
        }
    }
}
