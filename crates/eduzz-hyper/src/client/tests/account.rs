//! Calls with a session.

use eduzz_oauth::SignedOut;
use eduzz_wire::RejectionKind;

use super::*;

fn why<T>(result: &Result<T, CallError>) -> Option<SignedOut> {
    match result {
        Err(CallError::SignedOut(why)) => Some(*why),
        _ => None,
    }
}

#[tokio::test(start_paused = true)]
async fn account_without_a_session_sends_nothing() {
    let (client, log) = client(|_| good());
    let account = client.account(Session::signed_out());
    assert_eq!(why(&account.call(&Safe).await), Some(SignedOut::Never));

    let json = br#"{"access_token":"invented-token","expires_in":1}"#;
    let reply = code().answered(&Response::new(json)).unwrap();
    let account = client.signed_in(reply.received(Timestamp::from_unix(1)));
    assert_eq!(why(&account.call(&Safe).await), Some(SignedOut::Expired));
    let raw = account.call(&RawCall::get("/x")).await;
    assert_eq!(why(&raw), Some(SignedOut::Expired));
    assert_eq!(log.count(), 0);
}

#[tokio::test(start_paused = true)]
async fn answer_401_ends_the_session() {
    let (client, log) = client(|number| if number == 1 { good() } else { status(401) });
    let account = client.signed_in(grant("invented-token"));
    account.call(&Safe).await.unwrap();
    let error = account.clone().call(&Safe).await.unwrap_err();
    assert_eq!(error.rejection().unwrap().kind(), RejectionKind::InvalidToken);
    assert_eq!(why(&account.call(&Safe).await), Some(SignedOut::Rejected));
    assert_eq!(log.count(), 2);
    assert_eq!(account.session().why_signed_out(), Some(SignedOut::Rejected));

    account.sign_in(grant("newer-token"));
    assert!(account.session().grant().is_some());
    account.sign_out();
    assert_eq!(account.session().why_signed_out(), Some(SignedOut::Never));
}

#[tokio::test(start_paused = true)]
async fn answer_401_to_an_older_token_keeps_the_newer_session() {
    let script = |number| if number == 1 { good() } else { status(401) };
    let (client, log) = client_with(one_a_minute(), script);
    let account = client.signed_in(grant("older-token"));
    account.call(&Safe).await.unwrap();
    // The pace makes the second call wait with the older token.
    let second = tokio::spawn({
        let account = account.clone();
        async move { account.call(&Safe).await }
    });
    tokio::task::yield_now().await;
    account.sign_in(grant("newer-token"));
    assert!(second.await.unwrap().unwrap_err().rejection().is_some());
    assert_eq!(log.count(), 2);
    let session = account.session();
    assert_eq!(session.grant(), Some(&grant("newer-token")));
}

#[tokio::test(start_paused = true)]
async fn changes_of_the_session_are_told_in_order() {
    let (client, _) = client(|number| if number == 1 { good() } else { status(401) });
    let told: Arc<Mutex<Vec<(Session, Session)>>> = Arc::default();
    let kept = Arc::clone(&told);
    let account = client
        .signed_in(grant("older-token"))
        .on_change(move |before, after| {
            kept.lock().unwrap().push((before.clone(), after.clone()));
        });
    let (older, newer) = (account.session(), Session::signed_in(grant("newer-token")));
    account.call(&Safe).await.unwrap();
    assert!(told.lock().unwrap().is_empty(), "nothing has changed");
    let error = account.call(&Safe).await.unwrap_err();
    assert!(error.needs_sign_in());
    let ended = account.session();
    assert!(account.call(&Safe).await.unwrap_err().needs_sign_in());
    account.sign_in(grant("newer-token"));
    let expected = [(older, ended.clone()), (ended, newer)];
    assert_eq!(*told.lock().unwrap(), expected);
}
