//! The callback, and the answer of the token endpoint.

use eduzz_oauth::{App, ExchangeCode, ExchangeError, Pending, Session, State};
use eduzz_testkit::canary;
use eduzz_types::Timestamp;
use eduzz_wire::Origins;
use http::Response;
use percent_encoding::percent_decode_str;

use super::{halves, joined, lines, reads_back, text};

const STATE: &str = "0707070707070707070707070707070707070707070707070707070707070707";

fn app() -> App {
    App::new("invented-id", canary::SECRET, "https://shop.example.com/callback").unwrap()
}

fn pending() -> Pending {
    let state = State::from_random([7; 32]);
    app().authorize(&Origins::production(), state).into_pending()
}

pub(super) fn callbacks() -> Vec<Vec<u8>> {
    lines(&format!(
        "https://shop.example.com/callback?code={secret}&state={STATE}
        ?state={STATE}&code=abc
        state={STATE}&error=access_denied&error_description={person}
        code=abc&state=undefined
        code=abc&state={STATE}&code=def
        code=abc&state={STATE}#state=x",
        secret = canary::SECRET,
        person = canary::PERSONAL,
    ))
}

/// A code is given only with our state; a callback without it leaves the sign-in open.
pub(super) fn callback(input: &[u8]) {
    let callback = text(input);
    match pending().returned(&app(), &callback) {
        Ok(exchange) => {
            let decoded = percent_decode_str(&callback).decode_utf8_lossy();
            assert!(
                decoded.contains(&format!("state={STATE}")),
                "a code without our state"
            );
            canary::debug_is_clean(&exchange);
        }
        Err(error) => {
            canary::error_is_clean(&error);
            let open = error.kind().leaves_open();
            assert_eq!(error.into_pending().is_some(), open);
        }
    }
}

fn exchange() -> ExchangeCode {
    let callback = format!("code=abc&state={STATE}");
    pending().returned(&app(), &callback).unwrap()
}

/// The status, and the body.
pub(super) fn answers() -> Vec<Vec<u8>> {
    let fixture = eduzz_fixtures::find("oauth", "exchange_code").unwrap();
    let answers = fixture.answers.iter().chain(eduzz_fixtures::REFUSALS);
    let words = ["Token already used", "App not found", "User_not_found"];
    let refusals = words.map(|message| joined("404", format!(r#"{{"message":"{message}"}}"#)));
    answers
        .map(|answer| joined(answer.status.to_string(), answer.body))
        .chain(refusals)
        .collect()
}

pub(super) fn answer(input: &[u8]) {
    let (status, body) = halves(input);
    let status = text(status).parse().unwrap_or(200);
    let Ok(response) = Response::builder().status::<u16>(status).body(body) else {
        return;
    };
    match exchange().answered(&response) {
        Ok(reply) => {
            reads_back(&reply);
            let now = Timestamp::from_unix(1_780_000_000);
            let grant = reply.received(now);
            let _ = (grant.account_id(), grant.eduzz_id(), grant.is_expired(now));
            reads_back(&grant);
            reads_back(&Session::signed_in(grant));
        }
        Err(error) => {
            canary::error_is_clean(&error);
            match error {
                ExchangeError::Refused(refused) => assert_eq!(refused.rejection.body, body),
                ExchangeError::Unreadable(unreadable) => assert_eq!(unreadable.body, body),
                other => panic!("{other}"),
            }
        }
    }
}
