//! Pace, retries, exchange, session and rows, with a virtual clock and without a network.

use core::time::Duration;

use std::sync::Mutex;

use eduzz_oauth::App;
use eduzz_types::ClientSecret;
use eduzz_wire::{Call, EncodeError, Endpoint, Pace, RawCall, Route, Sent};
use http::header::USER_AGENT;
use tower::service_fn;

use super::*;
use crate::error::Kind;

mod account;
mod exchange;
mod observe;
mod pace;
mod retries;
mod rows;
mod transports;

type Answer = Result<Response<Vec<u8>>, Error>;

/// A request that was sent, and when.
#[derive(Clone)]
struct Seen {
    at: Duration,
    path: String,
    body: Vec<u8>,
    user_agent: String,
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

/// A client whose requests are answered by a script, given the number of the request.
fn client_with(
    pacing: Pacing,
    script: impl Fn(usize) -> Answer + Clone + Send + Sync + 'static,
) -> (Client, Log) {
    let log: Arc<Mutex<Vec<Seen>>> = Arc::default();
    let (kept, start) = (Arc::clone(&log), Instant::now());
    let transport = service_fn(move |request: Request<Vec<u8>>| {
        let mut kept = kept.lock().unwrap();
        kept.push(Seen {
            at: start.elapsed(),
            path: request.uri().path().to_owned(),
            user_agent: request.headers()[USER_AGENT].to_str().unwrap().to_owned(),
            body: request.into_body(),
        });
        core::future::ready(script(kept.len()))
    });
    let builder = Client::builder().pacing(pacing).user_agent("test");
    (builder.transport(transport).build().unwrap(), Log(log))
}

fn client(script: impl Fn(usize) -> Answer + Clone + Send + Sync + 'static) -> (Client, Log) {
    client_with(Pacing::default(), script)
}

const MINUTE: Duration = Duration::from_secs(60);

fn one_a_minute() -> Pacing {
    Pacing::new(Pace {
        requests: 1,
        per: MINUTE,
    })
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

fn grant(token: &str) -> Grant {
    Grant::personal(AccessToken::new(token))
}

fn app() -> App {
    App::new(
        "app",
        ClientSecret::new("invented-secret"),
        "https://shop.example.com/back",
    )
    .unwrap()
}

fn code() -> ExchangeCode {
    let app = app();
    let sign_in = app.authorize(&Origins::production(), State::from_random([7; 32]));
    let state = sign_in.url().rsplit_once("state=").unwrap().1.to_owned();
    sign_in
        .into_pending()
        .returned(&app, &format!("code=invented-code&state={state}"))
        .unwrap()
}
