//! Whole calls: retries, the exchange, pace, timeouts, sizes, redirects.

use std::fmt;
use std::ops::ControlFlow;
use std::time::Duration;

use eduzz_oauth::{App, ExchangeCode, ExchangeError, ExchangeFailure, Grant, State};
use eduzz_types::AccessToken;
use eduzz_wire::{
    Backoff, Batch, Call, CallError, Completeness, Endpoint, Origins, Pace, Paged, Progress, Repeat, Route,
    Sent, Sweep, TransportError,
};

use super::list::{self, ListThings};
use super::{Reply, Setup, World};

/// A client under test.
pub trait Subject {
    /// The error of its transport.
    type Error: TransportError + fmt::Debug + 'static;

    /// Makes a call.
    ///
    /// # Errors
    ///
    /// As every client.
    fn call<E: Endpoint + Sync>(
        &self,
        call: &E,
        token: &AccessToken,
    ) -> Result<E::Output, CallError<Self::Error>>;

    /// Exchanges a code.
    ///
    /// # Errors
    ///
    /// As every client.
    fn exchange(&self, code: ExchangeCode) -> Result<Grant, ExchangeFailure<Self::Error>>;

    /// Reads a list page by page, until the function says that it is enough.
    ///
    /// # Errors
    ///
    /// As every client.
    fn batches<L: Paged<Row: Send> + Send + Sync + 'static>(
        &self,
        sweep: Sweep<L>,
        token: &AccessToken,
        each: impl FnMut(Batch<L::Row>) -> ControlFlow<()>,
    ) -> Result<Progress, CallError<Self::Error>>;
}

macro_rules! probes {
    ($($name:ident = $route:expr;)+) => {$(
        struct $name;

        impl Endpoint for $name {
            const ROUTE: Route = $route;
            type Output = Vec<u8>;

            fn describe(&self, _: &mut Call) {}
        }
    )+};
}

probes! {
    Safe = Route::get("/probe/v1/safe");
    Idempotent = Route::put("/probe/v1/idempotent");
    Once = Route::post("/probe/v1/once");
    Unsent = Route::post("/probe/v1/unsent").repeat(Repeat::Unsent);
}

/// Runs every case against clients of the worlds. `make` gives a client that is set so.
///
/// # Panics
///
/// A case does not hold.
pub fn run<S: Subject>(make: impl Fn(Setup, World) -> S) {
    retries(&make);
    second_attempt(&make);
    limits(&make);
    exchange(&make);
    pace(&make);
    accounts(&make);
    sweep(&make);
}

fn setup() -> Setup {
    let mut backoff = Backoff::default();
    backoff.first = Duration::from_millis(1);
    Setup {
        pace: None,
        backoff,
        attempt_timeout: Duration::from_secs(10),
        response_limit: 10_000,
    }
}

fn token() -> AccessToken {
    AccessToken::new("invented-token")
}

fn answer(status: u16) -> Reply {
    Reply::Answer(status, None, "[]".to_owned())
}

/// How often calls of each kind are attempted that always fail so: the table of `docs/repeats.md`.
fn retries<S: Subject>(make: &impl Fn(Setup, World) -> S) {
    let too_many = Reply::Answer(429, Some(("retry-after", "0")), String::new());
    let unreadable = Reply::Answer(200, None, "<html>".to_owned());
    let rows = [
        (Reply::Cut, [3, 3, 1, 1]),
        (too_many, [3, 3, 3, 1]),
        (answer(500), [3, 3, 1, 1]),
        (answer(502), [3, 3, 1, 1]),
        (answer(503), [3, 3, 1, 1]),
        (answer(504), [3, 3, 1, 1]),
        (answer(401), [1; 4]),
        (answer(404), [1; 4]),
        (
            Reply::Answer(302, Some(("location", "/elsewhere")), String::new()),
            [1; 4],
        ),
        (
            Reply::Answer(307, Some(("location", "/elsewhere")), String::new()),
            [1; 4],
        ),
        (unreadable, [1; 4]),
    ];
    for (reply, expected) in rows {
        let attempts = |act: &dyn Fn(&S)| {
            let script = reply.clone();
            let world = World::new(move |_, _| script.clone());
            act(&make(setup(), world.clone()));
            world.seen().len()
        };
        let counts = [
            attempts(&|client| fails(client, &Safe)),
            attempts(&|client| fails(client, &Idempotent)),
            attempts(&|client| fails(client, &Once)),
            attempts(&|client| fails(client, &Unsent)),
        ];
        assert_eq!(counts, expected, "{reply:?}");
    }
}

fn fails<S: Subject>(client: &S, call: &(impl Endpoint<Output = Vec<u8>> + Sync)) {
    assert!(client.call(call, &token()).is_err());
}

fn second_attempt<S: Subject>(make: &impl Fn(Setup, World) -> S) {
    let world = World::new(|number, _| answer(if number == 1 { 503 } else { 200 }));
    let client = make(setup(), world.clone());
    assert!(client.call(&Safe, &token()).is_ok());
    assert_eq!(world.seen().len(), 2);
}

/// A silent service and a large body are no answers, and the call may have acted.
fn limits<S: Subject>(make: &impl Fn(Setup, World) -> S) {
    let large = Reply::Answer(200, None, " ".repeat(20_000) + "[]");
    for reply in [Reply::Silence, large] {
        let script = reply.clone();
        let world = World::new(move |_, _| script.clone());
        let short = Setup {
            attempt_timeout: Duration::from_millis(150),
            ..setup()
        };
        let error = make(short, world.clone()).call(&Once, &token()).unwrap_err();
        assert_eq!(error.sent(), Sent::MaybeSent, "{reply:?}: {error:?}");
        assert!(error.network().is_some(), "{reply:?}: {error:?}");
        assert_eq!(world.seen().len(), 1, "{reply:?}");
    }
}

/// A code is sent once, whatever comes of it.
fn exchange<S: Subject>(make: &impl Fn(Setup, World) -> S) {
    let granted = r#"{"access_token":"invented-token","expires_in":0}"#;
    let world = World::new(|_, _| Reply::Answer(200, None, granted.to_owned()));
    let grant = make(setup(), world).exchange(code()).unwrap();
    assert_eq!(grant.access_token(), &token());
    assert_eq!(grant.ends(), None);
    let replies = [
        Reply::Cut,
        answer(429),
        answer(500),
        answer(404),
        answer(302),
        answer(200),
    ];
    for reply in replies {
        let script = reply.clone();
        let world = World::new(move |_, _| script.clone());
        let failure = make(setup(), world.clone()).exchange(code()).unwrap_err();
        let is_lost = matches!(failure.error, ExchangeError::CodeFateUnknown);
        assert_eq!(is_lost, matches!(reply, Reply::Cut), "{reply:?}: {failure:?}");
        assert_eq!(failure.cause.is_some(), is_lost, "{reply:?}");
        assert_eq!(world.seen().len(), 1, "{reply:?}");
    }
}

fn code() -> ExchangeCode {
    let app = App::new("app", "invented-secret", "https://shop.example.com/back").unwrap();
    let sign_in = app.authorize(&Origins::production(), State::from_random([7; 32]));
    let state = sign_in.url().rsplit_once("state=").unwrap().1.to_owned();
    let query = format!("code=invented-code&state={state}");
    sign_in.into_pending().returned(&app, &query).unwrap()
}

/// No period has more calls than the pace allows, as the service counts them, retries included.
fn pace<S: Subject>(make: &impl Fn(Setup, World) -> S) {
    let per = Duration::from_millis(100);
    let world = World::new(|number, _| answer(if number % 4 == 0 { 503 } else { 200 }));
    let paced = Setup {
        pace: Some(Pace { requests: 5, per }),
        ..setup()
    };
    let client = make(paced, world.clone());
    for _ in 0..18 {
        assert!(client.call(&Safe, &token()).is_ok());
    }
    let seen = world.seen();
    assert!(seen.len() > 18, "{seen:?}");
    for window in seen.windows(6) {
        assert!(window[5].at - window[0].at > per, "{window:?}");
    }
}

/// Calls with different tokens do not wait for each other.
fn accounts<S: Subject>(make: &impl Fn(Setup, World) -> S) {
    let per = Duration::from_secs(60);
    let world = World::new(|_, _| answer(200));
    let paced = Setup {
        pace: Some(Pace { requests: 3, per }),
        ..setup()
    };
    let client = make(paced, world.clone());
    for account in 0..4 {
        let token = AccessToken::new(format!("invented-token-{account}"));
        for _ in 0..3 {
            assert!(client.call(&Safe, &token).is_ok());
        }
    }
    assert!(world.seen()[11].at < per, "{:?}", world.seen());
}

/// A list of a year in slices, through failures, stopped in the middle and resumed by another
/// client from a stored cursor: each row comes once.
fn sweep<S: Subject>(make: &impl Fn(Setup, World) -> S) {
    let world = World::new(|number, request| match number % 7 {
        2 => answer(502),
        4 => Reply::Cut,
        6 => Reply::Answer(429, Some(("retry-after", "0")), String::new()),
        _ => list::answer(request),
    });
    let (mut rows, mut stored) = (Vec::new(), None);
    let mut stops = 3;
    loop {
        let mut sweep = Sweep::new(ListThings::of_2025());
        if let Some(cursor) = stored.take() {
            let cursor: String = cursor;
            sweep = sweep.resume(serde_json::from_str(&cursor).unwrap()).unwrap();
        }
        let client = make(setup(), world.clone());
        let progress = client.batches(sweep, &token(), |batch| {
            rows.extend(batch.rows.into_iter().map(|row| row.into_result().unwrap().id));
            stored = Some(serde_json::to_string(&batch.cursor).unwrap());
            if stops > 0 && rows.len() > 100 * (4 - stops) {
                stops -= 1;
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        });
        let progress = progress.unwrap();
        if progress.rows == list::ROWS {
            assert_eq!(progress.completeness, Completeness::Complete);
            break;
        }
    }
    assert_eq!(stops, 0);
    rows.sort_unstable();
    assert!(rows.iter().copied().eq(0..list::ROWS), "{} rows", rows.len());
}
