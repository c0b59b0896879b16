//! Pace and repeats under a virtual clock, over a wire that is not there.

use core::pin::Pin;
use core::time::Duration;
use std::sync::Mutex;

use eduzz_oauth::{App, ExchangeError, ExchangeRefusal, SignedOut};
use eduzz_types::ClientSecret;
use eduzz_wire::{Call, Pace, RejectionKind, Route};
use http::Method;
use tokio::time::Instant;

use super::*;
use crate::error::Kind;

type Answer = Result<Response<Vec<u8>>, Error>;

/// Answers by a script, given the number of the request, and keeps what it was sent and when.
pub(crate) struct Fake {
    script: Box<dyn Fn(usize) -> Answer + Send + Sync>,
    seen: Arc<Mutex<Vec<Seen>>>,
    start: Instant,
}

#[derive(Clone)]
struct Seen {
    at: Duration,
    path: String,
    body: Vec<u8>,
    user_agent: String,
}

impl Fake {
    pub(crate) fn send(
        &self,
        request: Request<Vec<u8>>,
    ) -> Pin<Box<dyn Future<Output = Answer> + Send + '_>> {
        let mut seen = self.seen.lock().unwrap();
        seen.push(Seen {
            at: self.start.elapsed(),
            path: request.uri().path().to_owned(),
            user_agent: request.headers()[USER_AGENT].to_str().unwrap().to_owned(),
            body: request.into_body(),
        });
        let answer = (self.script)(seen.len());
        Box::pin(async move { answer })
    }
}

struct Log(Arc<Mutex<Vec<Seen>>>);

impl Log {
    fn all(&self) -> Vec<Seen> {
        self.0.lock().unwrap().clone()
    }

    fn count(&self) -> usize {
        self.0.lock().unwrap().len()
    }

    fn times(&self) -> Vec<Duration> {
        self.all().iter().map(|seen| seen.at).collect()
    }
}

fn client_with(pacing: Pacing, script: impl Fn(usize) -> Answer + Send + Sync + 'static) -> (Client, Log) {
    let seen = Arc::default();
    let fake = Fake {
        script: Box::new(script),
        seen: Arc::clone(&seen),
        start: Instant::now(),
    };
    let client = Client::of(Parts {
        wire: Wire::Fake(fake),
        origins: Origins::production(),
        backoff: Backoff::default(),
        budget: Mutex::default(),
        pacing,
        user_agent: HeaderValue::from_static("test"),
        provider: crate::tls::Crypto::preferred().unwrap().provider(),
    });
    (client, Log(seen))
}

fn client(script: impl Fn(usize) -> Answer + Send + Sync + 'static) -> (Client, Log) {
    client_with(Pacing::default(), script)
}

fn status(status: u16) -> Answer {
    Ok(Response::builder()
        .status(status)
        .body(br#"{"message":"no"}"#.to_vec())
        .unwrap())
}

fn too_many(retry_after: &str) -> Answer {
    Ok(Response::builder()
        .status(429)
        .header("retry-after", retry_after)
        .body(Vec::new())
        .unwrap())
}

fn good() -> Answer {
    Ok(Response::new(b"[]".to_vec()))
}

fn not_sent() -> Answer {
    Err(Error::not_sent(Kind::Connect))
}

fn maybe_sent() -> Answer {
    Err(Error::maybe_sent(Kind::Cut))
}

macro_rules! calls {
    ($($name:ident = $route:expr;)+) => {$(
        struct $name;

        impl Endpoint for $name {
            const ROUTE: Route = $route;
            type Output = Vec<u8>;

            fn describe(&self, _: &mut Call) {}
        }
    )+};
}

calls! {
    Safe = Route::get("/test/v1/safe");
    Idempotent = Route::put("/test/v1/idempotent");
    Once = Route::post("/test/v1/once");
}

fn token() -> AccessToken {
    AccessToken::new("invented-token")
}

const MINUTE: Duration = Duration::from_secs(60);

#[tokio::test(start_paused = true)]
async fn thirty_go_at_once_and_the_next_a_minute_later() {
    let (client, log) = client(|_| good());
    let tasks: Vec<_> = (0..61)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.call(&Safe, &token()).await.unwrap() })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let times = log.times();
    assert!(times[..30].iter().all(Duration::is_zero), "{times:?}");
    assert!(
        times[30..60]
            .iter()
            .all(|time| (MINUTE..MINUTE * 2).contains(time)),
        "{times:?}"
    );
    assert!(times[60] > MINUTE * 2, "{times:?}");
}

#[tokio::test(start_paused = true)]
async fn first_come_is_first_served() {
    let pace = Pace {
        requests: 1,
        per: MINUTE,
    };
    let (client, log) = client_with(Pacing::new(pace), |_| good());
    let tasks: Vec<_> = (0..5)
        .map(|number| {
            let client = client.clone();
            let call = RawCall::get(format!("/test/v1/{number}"));
            tokio::spawn(async move { client.raw(&call, &token()).await.unwrap() })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let paths: Vec<_> = log.all().into_iter().map(|seen| seen.path).collect();
    assert_eq!(
        paths,
        [
            "/test/v1/0",
            "/test/v1/1",
            "/test/v1/2",
            "/test/v1/3",
            "/test/v1/4"
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn every_endpoint_has_its_own_pace() {
    let (client, log) = client_with(
        Pacing::new(Pace {
            requests: 1,
            per: MINUTE,
        }),
        |_| good(),
    );
    client.call(&Safe, &token()).await.unwrap();
    client.call(&Once, &token()).await.unwrap();
    client
        .raw(&RawCall::get("/test/v1/safe"), &token())
        .await
        .unwrap();
    assert!(log.times().iter().all(Duration::is_zero));
    client.call(&Safe, &token()).await.unwrap();
    assert!(log.times()[3] >= MINUTE);
}

#[tokio::test(start_paused = true)]
async fn a_pace_can_be_shared() {
    let pacing = Pacing::new(Pace {
        requests: 1,
        per: MINUTE,
    });
    let (one, log_of_one) = client_with(pacing, |_| good());
    let (other, log_of_other) = client_with(one.pacing().clone(), |_| good());
    one.call(&Safe, &token()).await.unwrap();
    other.call(&Safe, &token()).await.unwrap();
    assert!(log_of_one.times()[0].is_zero());
    assert!(log_of_other.times()[0] >= MINUTE);
}

#[tokio::test(start_paused = true)]
async fn a_pace_can_be_turned_off() {
    let (client, log) = client_with(Pacing::off(), |_| good());
    for _ in 0..100 {
        client.call(&Safe, &token()).await.unwrap();
    }
    assert!(log.times().iter().all(Duration::is_zero));
    assert_eq!(client.pacing().pace(), None);
}

#[tokio::test(start_paused = true)]
async fn a_repeat_keeps_the_pace_too() {
    let (client, log) = client_with(
        Pacing::new(Pace {
            requests: 1,
            per: MINUTE,
        }),
        |number| if number < 3 { status(503) } else { good() },
    );
    client.call(&Safe, &token()).await.unwrap();
    let times = log.times();
    assert!(times[1] >= MINUTE && times[2] >= MINUTE * 2, "{times:?}");
}

type Always = fn() -> Answer;

/// How often a call that always fails so is attempted.
async fn attempts<E: Endpoint>(call: &E, answer: fn() -> Answer) -> usize {
    let (client, log) = client(move |_| answer());
    assert!(client.call(call, &token()).await.is_err());
    for seen in log.all() {
        assert_eq!(seen.user_agent, "test");
    }
    log.count()
}

#[tokio::test(start_paused = true)]
async fn the_table_of_repeats() {
    let rows: [(Always, [usize; 3]); 10] = [
        (not_sent, [3, 3, 3]),
        (maybe_sent, [3, 3, 1]),
        (|| status(429), [3, 3, 3]),
        (|| status(500), [3, 3, 1]),
        (|| status(502), [3, 3, 1]),
        (|| status(503), [3, 3, 1]),
        (|| status(504), [3, 3, 1]),
        (|| status(401), [1, 1, 1]),
        (|| status(302), [1, 1, 1]),
        // Read as a success that cannot be read: no other attempt would be better.
        (|| Ok(Response::new(b"<html>".to_vec())), [1, 1, 1]),
    ];
    for (row, (answer, [safe, idempotent, once])) in rows.into_iter().enumerate() {
        assert_eq!(attempts(&Safe, answer).await, safe, "row {row}");
        assert_eq!(attempts(&Idempotent, answer).await, idempotent, "row {row}");
        assert_eq!(attempts(&Once, answer).await, once, "row {row}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_may_have_acted_is_never_repeated_whatever_came_before() {
    for (before, after) in [(not_sent as fn() -> Answer, 2), (|| too_many("1"), 2)] {
        let (client, log) = client(move |number| if number == 1 { before() } else { maybe_sent() });
        let error = client.call(&Once, &token()).await.unwrap_err();
        assert_eq!(error.network().unwrap().sent(), Sent::MaybeSent);
        assert_eq!(log.count(), after);
    }
}

#[tokio::test(start_paused = true)]
async fn a_second_attempt_helps() {
    let (client, log) = client(|number| if number == 1 { not_sent() } else { good() });
    client.call(&Once, &token()).await.unwrap();
    assert_eq!(log.count(), 2);
    assert!(log.times()[1] <= Duration::from_millis(501));
}

#[tokio::test(start_paused = true)]
async fn our_own_refusals_are_not_repeated() {
    for kind in [Kind::Insecure, Kind::NoRoots, Kind::ProxyScheme] {
        let (client, log) = client(move |_| Err(Error::not_sent(kind)));
        assert!(client.call(&Safe, &token()).await.is_err());
        assert_eq!(log.count(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn retry_after_is_obeyed() {
    let (client, log) = client(|number| if number == 1 { too_many("7") } else { good() });
    client.call(&Once, &token()).await.unwrap();
    let waited = log.times()[1];
    assert!(
        (Duration::from_secs(7)..Duration::from_secs(8)).contains(&waited),
        "{waited:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn retry_after_holds_the_endpoint_for_everyone() {
    let (client, log) = client(|number| if number == 1 { too_many("7") } else { good() });
    let first = tokio::spawn({
        let client = client.clone();
        async move { client.call(&Safe, &token()).await.unwrap() }
    });
    while log.count() == 0 {
        tokio::task::yield_now().await;
    }
    client.call(&Safe, &token()).await.unwrap();
    client.call(&Idempotent, &token()).await.unwrap();
    first.await.unwrap();
    let seen = log.all();
    assert!(
        seen.iter()
            .filter(|seen| seen.path.ends_with("/safe"))
            .skip(1)
            .all(|seen| seen.at.as_secs() >= 7)
    );
}

#[tokio::test(start_paused = true)]
async fn a_retry_after_beyond_the_ceiling_gives_up_at_once() {
    let start = Instant::now();
    let (client, log) = client(|_| too_many("61"));
    let error = client.call(&Safe, &token()).await.unwrap_err();
    let rejection = error.rejection().unwrap();
    assert_eq!(rejection.kind(), RejectionKind::TooManyRequests);
    assert_eq!(rejection.retry_after, Some(Duration::from_secs(61)));
    assert_eq!((log.count(), start.elapsed()), (1, Duration::ZERO));
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_encoded_takes_no_turn() {
    let (client, log) = client_with(
        Pacing::new(Pace {
            requests: 1,
            per: MINUTE,
        }),
        |_| good(),
    );
    assert!(matches!(
        client.call(&Safe, None).await,
        Err(CallError::Encode(EncodeError::NoToken))
    ));
    client.call(&Safe, &token()).await.unwrap();
    assert!(log.times()[0].is_zero());
}

#[tokio::test(start_paused = true)]
async fn errors_name_the_route() {
    let (client, _) = client(|_| maybe_sent());
    let error = client.call(&Once, &token()).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "POST /test/v1/once: the connection ended before the whole response came; the service may have carried it out"
    );
    let error = client
        .raw(&RawCall::new(Method::DELETE, "/test/v1/7?"), &token())
        .await
        .unwrap_err();
    assert!(matches!(error, CallError::Encode(EncodeError::Path)));
    let error = client
        .raw(&RawCall::new(Method::DELETE, "/test/v1/7"), &token())
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "DELETE (raw call): the connection ended before the whole response came; the service may have carried it out"
    );
}

fn code() -> ExchangeCode {
    let app = App::new(
        "app",
        ClientSecret::new("invented-secret"),
        "https://shop.example.com/back",
    )
    .unwrap();
    let sign_in = app.authorize(&Origins::production(), State::from_random([7; 32]));
    let state = sign_in
        .url()
        .split("state=")
        .nth(1)
        .unwrap()
        .split('&')
        .next()
        .unwrap()
        .to_owned();
    sign_in
        .into_pending()
        .returned(&app, &format!("code=invented-code&state={state}"))
        .unwrap()
}

fn granted() -> Answer {
    Ok(Response::new(
        br#"{"access_token":"invented-token","expires_in":0}"#.to_vec(),
    ))
}

#[tokio::test(start_paused = true)]
async fn an_exchange_gives_a_grant() {
    let (client, log) = client(|number| if number < 3 { not_sent() } else { granted() });
    let grant = client.exchange(code()).await.unwrap();
    assert_eq!(grant.access_token(), &token());
    assert!(grant.received().unwrap().unix() > 1_700_000_000);
    assert_eq!(log.count(), 3);
    assert!(
        log.all()
            .windows(2)
            .all(|two| two[0].body == two[1].body && !two[0].body.is_empty())
    );
}

#[tokio::test(start_paused = true)]
async fn an_exchange_that_is_never_sent_gives_the_code_back() {
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
async fn an_exchange_that_may_have_been_sent_is_never_repeated() {
    for before in 0..3 {
        let (client, log) = client(move |number| {
            if number <= before {
                not_sent()
            } else {
                maybe_sent()
            }
        });
        let failure = client.exchange(code()).await.unwrap_err();
        assert!(
            matches!(failure.error, ExchangeError::CodeFateUnknown),
            "{failure:?}"
        );
        assert!(failure.cause.is_some());
        assert_eq!(log.count(), before + 1);
    }
}

#[tokio::test(start_paused = true)]
async fn an_exchange_that_was_answered_is_never_repeated() {
    for (code_of_status, kind) in [
        (429, ExchangeRefusal::TooManyRequests),
        (500, ExchangeRefusal::ServiceFailed),
        (502, ExchangeRefusal::ServiceFailed),
        (302, ExchangeRefusal::Redirected),
    ] {
        let (client, log) = client(move |_| status(code_of_status));
        let failure = client.exchange(code()).await.unwrap_err();
        assert!(
            matches!(&failure.error, ExchangeError::Refused(refused) if refused.kind == kind),
            "{failure:?}"
        );
        assert!(failure.cause.is_none());
        assert_eq!(log.count(), 1);
    }
    for body in ["<html></html>", "{}", r#"{"access_token":"inv"#, ""] {
        let (client, log) = client(move |_| Ok(Response::new(body.as_bytes().to_vec())));
        let failure = client.exchange(code()).await.unwrap_err();
        assert!(
            matches!(failure.error, ExchangeError::Unreadable(_)),
            "{failure:?}"
        );
        assert_eq!(log.count(), 1);
    }
}

fn grant(token: &str) -> Grant {
    Grant::personal(AccessToken::new(token))
}

#[tokio::test(start_paused = true)]
async fn an_account_without_a_session_sends_nothing() {
    let (client, log) = client(|_| good());
    let account = client.account(Session::signed_out());
    assert!(matches!(
        account.call(&Safe).await,
        Err(CallError::SignedOut(SignedOut::Never))
    ));

    let json = br#"{"access_token":"invented-token","expires_in":1}"#;
    let reply = code().answered(&Response::new(json)).unwrap();
    let account = client.signed_in(reply.received(Timestamp::from_unix(1)));
    assert!(matches!(
        account.call(&Safe).await,
        Err(CallError::SignedOut(SignedOut::Expired))
    ));
    assert!(matches!(
        account.raw(&RawCall::get("/x")).await,
        Err(CallError::SignedOut(SignedOut::Expired))
    ));
    assert_eq!(log.count(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_401_ends_the_session_once() {
    let (client, log) = client(|number| if number == 1 { good() } else { status(401) });
    let account = client.signed_in(grant("invented-token"));
    account.call(&Safe).await.unwrap();
    let error = account.clone().call(&Safe).await.unwrap_err();
    assert_eq!(error.rejection().unwrap().kind(), RejectionKind::InvalidToken);
    assert!(matches!(
        account.call(&Safe).await,
        Err(CallError::SignedOut(SignedOut::Rejected))
    ));
    assert_eq!(log.count(), 2);
    assert_eq!(account.session().why_signed_out(), Some(SignedOut::Rejected));

    account.sign_in(grant("newer-token"));
    assert!(account.session().grant().is_some());
    account.sign_out();
    assert_eq!(account.session().why_signed_out(), Some(SignedOut::Never));
}

#[tokio::test(start_paused = true)]
async fn a_401_to_an_older_token_does_not_sign_out_the_newer() {
    let (client, log) = client_with(
        Pacing::new(Pace {
            requests: 1,
            per: MINUTE,
        }),
        |number| {
            if number == 1 { good() } else { status(401) }
        },
    );
    let account = client.signed_in(grant("older-token"));
    account.call(&Safe).await.unwrap();
    // The pace makes the second call wait, with the older token in its hand.
    let second = tokio::spawn({
        let account = account.clone();
        async move { account.call(&Safe).await }
    });
    tokio::task::yield_now().await;
    account.sign_in(grant("newer-token"));
    assert!(second.await.unwrap().unwrap_err().rejection().is_some());
    assert_eq!(log.count(), 2);
    assert_eq!(
        account.session().grant().unwrap().access_token(),
        &AccessToken::new("newer-token")
    );
}

#[test]
fn states_are_random() {
    let (client, _) = client(|_| good());
    let app = App::new(
        "app",
        ClientSecret::new("secret"),
        "https://shop.example.com/back",
    )
    .unwrap();
    let state = || {
        let sign_in = app.authorize(client.origins(), client.new_state().unwrap());
        sign_in.url().rsplit_once("state=").unwrap().1.to_owned()
    };
    let (one, other) = (state(), state());
    assert_ne!(one, other);
    assert_eq!(one.len(), 64);
}

#[tokio::test(start_paused = true)]
async fn all_calls_together_repeat_only_so_often() {
    let (client, log) = client_with(Pacing::off(), |_| status(503));
    for _ in 0..40 {
        client.call(&Safe, &token()).await.unwrap_err();
    }
    // 40 first attempts, and the 20 repeats of the budget.
    assert_eq!(log.count(), 60);
}

/// A paged list of numbers.
#[derive(Clone, Default)]
struct List {
    page: Option<u32>,
}

impl Endpoint for List {
    const ROUTE: Route = Route::get("/product/v1/numbers");
    type Output = eduzz_types::Page<Number>;

    fn describe(&self, call: &mut Call) {
        call.query_opt("page", self.page);
    }
}

impl eduzz_wire::Paged for List {
    type Row = Number;

    fn set_page(&mut self, page: u32, _: u32) {
        self.page = Some(page);
    }

    fn items_per_page(&self) -> Option<u32> {
        None
    }

    fn key(row: &Number) -> std::borrow::Cow<'_, str> {
        row.as_str().into()
    }
}

type Number = eduzz_types::EduzzId;

/// Three rows on two pages of a server with its own page size.
fn page(number: usize) -> Answer {
    let items = if number == 1 { "1,2" } else { "3" };
    let body = format!(r#"{{"pages":2,"page":{number},"itemsPerPage":2,"totalItems":3,"items":[{items}]}}"#);
    Ok(Response::new(body.into_bytes()))
}

async fn take(rows: &mut crate::Rows<List>) -> (Vec<String>, Option<CallError>) {
    let mut came = Vec::new();
    loop {
        match rows.next().await {
            Some(Ok(row)) => came.push(row.as_read().unwrap().to_string()),
            Some(Err(error)) => return (came, Some(error)),
            None => return (came, None),
        }
    }
}

#[tokio::test(start_paused = true)]
async fn rows_come_page_after_page() {
    let (client, log) = client(page);
    let (came, error) = take(&mut client.rows(List::default(), &token())).await;
    assert_eq!(came, ["1", "2", "3"]);
    assert!(error.is_none());
    assert_eq!(log.count(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_401_in_the_middle_of_a_walk_signs_out_and_loses_nothing() {
    let (client, log) = client(|count| match count {
        2 => status(401),
        3 => page(2),
        count => page(count),
    });
    let account = client.signed_in(grant("old"));
    let mut rows = account.rows(List::default());
    let (came, error) = take(&mut rows).await;
    assert_eq!(came, ["1", "2"]);
    assert_eq!(
        error.unwrap().rejection().unwrap().kind(),
        RejectionKind::InvalidToken
    );
    assert!(rows.next().await.is_none(), "an error ends the stream");
    assert_eq!(account.session().why_signed_out(), Some(SignedOut::Rejected));

    account.sign_in(grant("new"));
    let walk = eduzz_wire::Walk::resume(List::default(), rows.cursor().clone()).unwrap();
    let (came, error) = take(&mut account.walk(walk)).await;
    assert_eq!(came, ["3"]);
    assert!(error.is_none());
    assert_eq!(log.count(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_row_that_is_given_up_waiting_for_is_not_lost() {
    let pace = Pace {
        requests: 1,
        per: Duration::from_secs(60),
    };
    let (client, _) = client_with(Pacing::new(pace), page);
    let mut rows = client.rows(List::default(), &token());
    for expected in ["1", "2"] {
        assert_eq!(
            rows.next().await.unwrap().unwrap().as_read().unwrap().as_str(),
            expected
        );
    }
    // The second page has to wait for the pace; the caller does not.
    let waited = tokio::time::timeout(Duration::from_secs(1), rows.next()).await;
    assert!(waited.is_err());
    let (came, _) = take(&mut rows).await;
    assert_eq!(came, ["3"]);
}
