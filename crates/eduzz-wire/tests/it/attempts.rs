//! The life of a call, step by step.

use std::fmt;
use std::time::Duration;

use eduzz_testkit::canary;
use eduzz_types::AccessToken;
use eduzz_wire::{
    Attempt, Backoff, CallError, EncodeError, Origins, RawCall, Retries, RetryBudget, Sent, Settings, Then,
    TransportError, TurnEnd,
};
use http::{Response, StatusCode};
use proptest::prelude::*;

#[derive(Debug)]
struct Lost(Sent, bool);

impl TransportError for Lost {
    fn sent(&self) -> Sent {
        self.0
    }

    fn is_permanent(&self) -> bool {
        self.1
    }
}

impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("lost")
    }
}

impl std::error::Error for Lost {}

/// What comes of an attempt: a status with its `Retry-After`, or nothing.
#[derive(Clone, Debug)]
enum Came {
    Status(u16, Option<u64>),
    Nothing { sent: bool, is_permanent: bool },
}

fn comes() -> impl Strategy<Value = Came> {
    let statuses = prop::sample::select(vec![200_u16, 401, 404, 429, 500, 502, 503]);
    prop_oneof![
        (statuses, proptest::option::of(0_u64..120)).prop_map(|(status, wait)| Came::Status(status, wait)),
        (any::<bool>(), any::<bool>()).prop_map(|(sent, is_permanent)| Came::Nothing { sent, is_permanent }),
    ]
}

fn answer(status: u16, retry_after: Option<u64>) -> Response<Vec<u8>> {
    let mut answer = Response::new(b"{}".to_vec());
    *answer.status_mut() = StatusCode::from_u16(status).unwrap();
    if let Some(wait) = retry_after {
        answer.headers_mut().insert("retry-after", wait.into());
    }
    answer
}

fn token() -> AccessToken {
    AccessToken::new(canary::SECRET)
}

proptest! {
    #[test]
    fn call_ends_within_its_attempts_and_its_patience(
        came in proptest::collection::vec(comes(), 1..6), turns in proptest::collection::vec(0_u64..40, 6),
        attempts in 1_u32..6, patience in proptest::option::of(0_u64..100), seed: u64,
    ) {
        let mut settings = Settings::new(Origins::production());
        settings.backoff.attempts = attempts;
        let mut retries = Retries::new(RetryBudget::default(), seed);
        let (call, token) = (RawCall::get("/x"), token());
        let patience = patience.map(Duration::from_secs);
        let mut attempt = Attempt::first(&call, &settings, Some(&token), patience).unwrap();
        let (mut waited, mut count) = (Duration::ZERO, 0);
        let mut came = came.into_iter().cycle();
        for turn in turns.iter().cycle() {
            count += 1;
            prop_assert_eq!(attempt.number(), count);
            let turn = Duration::from_secs(*turn);
            if let Some(left) = attempt.patience() {
                prop_assert_eq!(left, patience.unwrap() - waited);
                if turn > left {
                    // The lane says that it is busy.
                    break;
                }
            }
            waited += turn;
            let (sending, _) = attempt.granted(turn);
            let (outcome, expected) = match came.next().unwrap() {
                Came::Status(429, Some(asked)) => {
                    let held = Duration::from_secs(asked.min(60));
                    (sending.answered(&answer(429, Some(asked))), TurnEnd::Held(held))
                }
                Came::Status(status, wait) => (sending.answered(&answer(status, wait)), TurnEnd::Sent),
                Came::Nothing { sent: true, is_permanent } => {
                    (sending.lost(Lost(Sent::MaybeSent, is_permanent)), TurnEnd::Sent)
                }
                Came::Nothing { sent: false, is_permanent } => {
                    (sending.lost(Lost(Sent::NotSent, is_permanent)), TurnEnd::Unsent)
                }
            };
            prop_assert_eq!(outcome.turn(), expected);
            match outcome.then(&mut retries) {
                Then::Done(_) => break,
                Then::Retry(retry) => {
                    waited += retry.wait();
                    prop_assert!(patience.is_none_or(|patience| waited <= patience));
                    attempt = retry.attempt().unwrap();
                }
            }
        }
        prop_assert!(count <= attempts);
    }
}

#[test]
fn permanent_error_is_not_retried() {
    let settings = Settings::new(Origins::production());
    let mut retries = Retries::new(RetryBudget::default(), 0);
    let (call, token) = (RawCall::get("/x"), token());
    for (is_permanent, is_retried) in [(true, false), (false, true)] {
        let attempt = Attempt::first(&call, &settings, Some(&token), None).unwrap();
        let (sending, _) = attempt.granted(Duration::ZERO);
        let then = sending.lost(Lost(Sent::NotSent, is_permanent)).then(&mut retries);
        assert_eq!(matches!(then, Then::Retry(_)), is_retried);
    }
}

#[test]
fn call_that_cannot_be_encoded_begins_nothing() {
    let settings = Settings::new(Origins::production());
    let call = RawCall::get("/x");
    let error = Attempt::first(&call, &settings, None, None).unwrap_err();
    assert_eq!(error, EncodeError::NoToken);
    assert_eq!(CallError::<Lost>::from(error).sent(), Sent::NotSent);
}

#[test]
fn steps_print_no_token_and_no_path() {
    let mut settings = Settings::new(Origins::production());
    settings.backoff = Backoff::default();
    let mut retries = Retries::new(RetryBudget::default(), 0);
    let (call, token) = (RawCall::get(format!("/{}", canary::PERSONAL)), token());
    let attempt = Attempt::first(&call, &settings, Some(&token), None).unwrap();
    let mut printed = format!("{attempt:?}");
    let (sending, _) = attempt.granted(Duration::ZERO);
    printed += &format!("{sending:?}");
    let outcome = sending.lost(Lost(Sent::NotSent, false));
    printed += &format!("{outcome:?}");
    let then = outcome.then(&mut retries);
    printed += &format!("{then:?}");
    for canary in [canary::SECRET, canary::PERSONAL] {
        assert!(!printed.contains(canary), "{printed}");
    }
    assert!(printed.contains("Retry"), "{printed}");
}
