//! The exchange of a code.

use eduzz_oauth::{ExchangeError, ExchangeRefusal};

use super::*;

fn granted() -> Answer {
    Ok(Response::new(
        br#"{"access_token":"invented-token","expires_in":0}"#.to_vec(),
    ))
}

#[tokio::test(start_paused = true)]
async fn exchange_gives_a_grant() {
    let (client, log) = client(|number| if number < 3 { not_sent() } else { granted() });
    let grant = client.exchange(code()).await.unwrap();
    assert_eq!(grant.access_token(), &token());
    assert!(grant.received().unwrap().unix() > 1_700_000_000);
    assert_eq!(log.count(), 3);
    for two in log.all().windows(2) {
        assert!(two[0].body == two[1].body && !two[0].body.is_empty());
    }
}

#[tokio::test(start_paused = true)]
async fn exchange_never_sent_gives_the_code_back() {
    let (client, log) = client(|number| if number <= 3 { not_sent() } else { granted() });
    let failure = client.exchange(code()).await.unwrap_err();
    assert_eq!(log.count(), 3);
    assert!(matches!(failure.cause.as_deref(), Some(CallError::Network(error)) if error.is_connect()));
    let source = std::error::Error::source(&failure).unwrap();
    assert_eq!(source.to_string(), "POST /oauth/token: could not connect");
    let ExchangeError::NotSent(code) = failure.error else {
        panic!("{failure:?}")
    };
    assert!(client.exchange(*code).await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn exchange_that_may_have_been_sent_is_not_retried() {
    for before in 0..3 {
        let script = move |number| {
            if number <= before {
                not_sent()
            } else {
                maybe_sent()
            }
        };
        let (client, log) = client(script);
        let failure = client.exchange(code()).await.unwrap_err();
        assert!(matches!(failure.error, ExchangeError::CodeFateUnknown));
        assert!(failure.cause.is_some());
        assert_eq!(log.count(), before + 1);
    }
}

#[tokio::test(start_paused = true)]
async fn exchange_with_an_answer_is_not_retried() {
    for (code_of_status, kind) in [
        (429, ExchangeRefusal::TooManyRequests),
        (500, ExchangeRefusal::ServiceFailed),
        (502, ExchangeRefusal::ServiceFailed),
        (302, ExchangeRefusal::Redirected),
    ] {
        let (client, log) = client(move |_| status(code_of_status));
        let failure = client.exchange(code()).await.unwrap_err();
        assert!(matches!(&failure.error, ExchangeError::Refused(refused) if refused.kind == kind));
        assert!(failure.cause.is_none());
        assert_eq!(log.count(), 1);
    }
    for body in ["<html></html>", "{}", r#"{"access_token":"inv"#, ""] {
        let (client, log) = client(move |_| Ok(Response::new(body.as_bytes().to_vec())));
        let failure = client.exchange(code()).await.unwrap_err();
        assert!(matches!(failure.error, ExchangeError::Unreadable(_)));
        assert_eq!(log.count(), 1);
    }
}

#[test]
fn states_are_random() {
    let (client, _) = client(|_| good());
    let app = app();
    let state = || {
        let sign_in = app.authorize(client.origins(), client.new_state().unwrap());
        sign_in.url().rsplit_once("state=").unwrap().1.to_owned()
    };
    let (one, other) = (state(), state());
    assert_ne!(one, other);
    assert_eq!(one.len(), 64);
}
