//! The client: conformance, threads that share a pace, transports, sessions.

use std::ops::ControlFlow;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use eduzz_api::accounts::GetMe;
use eduzz_oauth::{ExchangeCode, Grant, Session, SignedOut};
use eduzz_testkit::conformance::{self, Hosted, Reply, World};
use eduzz_types::AccessToken;
use eduzz_ureq::{CallError, Client, Error, ExchangeFailure, Pacing, Ureq};
use eduzz_wire::{Backoff, Batch, Endpoint, Pace, Paged, Progress, RawCall, Sent, Sweep};
use http::{Method, Request, Response};

fn token() -> AccessToken {
    AccessToken::new("invented-token")
}

#[test]
fn attempt_conforms() {
    let client = Client::new().unwrap();
    conformance::attempt(|request| client.send(request).map_err(|error| error.sent()));
}

struct Served {
    client: Client,
    _host: Hosted,
}

impl conformance::Subject for Served {
    type Error = Error;

    fn call<E: Endpoint + Sync>(&self, call: &E, token: &AccessToken) -> Result<E::Output, CallError> {
        self.client.call(call, token)
    }

    fn exchange(&self, code: ExchangeCode) -> Result<Grant, ExchangeFailure> {
        self.client.exchange(code)
    }

    fn batches<L: Paged<Row: Send> + Send + Sync + 'static>(
        &self,
        sweep: Sweep<L>,
        token: &AccessToken,
        mut each: impl FnMut(Batch<L::Row>) -> ControlFlow<()>,
    ) -> Result<Progress, CallError> {
        let mut batches = self.client.sweep(sweep, token).batches();
        for batch in &mut batches {
            if each(batch?).is_break() {
                break;
            }
        }
        Ok(batches.rows().progress())
    }
}

#[test]
fn client_conforms() {
    conformance::client(|setup, world| {
        let host = conformance::hosted(world);
        let builder = Client::builder()
            .origins(host.origins())
            .pacing(setup.pace.map_or_else(Pacing::off, Pacing::new))
            .backoff(setup.backoff)
            .transport(
                Ureq::default()
                    .attempt_timeout(setup.attempt_timeout)
                    .response_limit(u64::try_from(setup.response_limit).unwrap()),
            );
        Served {
            client: builder.build().unwrap(),
            _host: host,
        }
    });
}

#[test]
fn body_of_any_method_arrives() {
    let bodies = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&bodies);
    let host = conformance::hosted(World::new(move |_, request| {
        let one = (request.method().clone(), request.body().clone());
        kept.lock().unwrap().push(one);
        Reply::Answer(200, None, "{}".to_owned())
    }));
    let client = Client::builder().origins(host.origins()).build().unwrap();
    let methods = [
        Method::POST,
        Method::PUT,
        Method::PATCH,
        Method::DELETE,
        Method::GET,
    ];
    for method in methods {
        let bare = RawCall::new(method.clone(), "/x");
        client.call(&bare, &token()).unwrap();
        client.call(&bare.json(&[1]).unwrap(), &token()).unwrap();
        let seen = std::mem::take(&mut *bodies.lock().unwrap());
        assert_eq!(seen, [(method.clone(), b"".to_vec()), (method, b"[1]".to_vec())]);
    }
}

/// A client without a network: each request is answered by the function.
fn answering(
    pacing: Pacing,
    answer: impl Fn(Request<Vec<u8>>) -> Result<Response<Vec<u8>>, Error> + Send + Sync + 'static,
) -> Client {
    let builder = Client::builder().pacing(pacing).backoff(Backoff::never());
    builder.transport(Ureq::custom(answer)).build().unwrap()
}

fn me(_: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, Error> {
    Ok(Response::new(br#"{"id":"1"}"#.to_vec()))
}

#[test]
fn threads_share_a_pace_and_none_starves() {
    let (requests, per) = (10, Duration::from_millis(100));
    let sent = Arc::new(Mutex::new(Vec::new()));
    let times = Arc::clone(&sent);
    let client = answering(Pacing::new(Pace { requests, per }), move |request| {
        times.lock().unwrap().push(std::time::Instant::now());
        me(request)
    });
    std::thread::scope(|scope| {
        for _ in 0..35 {
            scope.spawn(|| client.call(&GetMe::new(), &token()).unwrap());
        }
    });
    let mut sent = sent.lock().unwrap().clone();
    sent.sort();
    assert_eq!(sent.len(), 35);
    for window in sent.windows(11) {
        assert!(window[10] - window[0] >= per);
    }
}

#[test]
fn call_that_would_wait_too_long_is_busy() {
    let pace = Pace {
        requests: 1,
        per: Duration::from_secs(60),
    };
    let client = answering(Pacing::new(pace), me);
    let (call, token) = (GetMe::new(), token());
    assert_eq!(client.would_wait(&call, &token), Some(Duration::ZERO));
    client.call(&call, &token).unwrap();
    assert!(client.would_wait(&call, &token).unwrap() > Duration::from_secs(50));
    let error = client
        .max_wait(Duration::from_secs(5))
        .call(&call, &token)
        .unwrap_err();
    let CallError::Busy(busy) = error else {
        panic!("{error:?}")
    };
    assert!(busy.wait > Duration::from_secs(50));
}

#[test]
fn transport_that_panics_leaves_the_pace_in_order() {
    let pace = Pace {
        requests: 2,
        per: Duration::from_millis(50),
    };
    let client = answering(Pacing::new(pace), |request| {
        assert!(!request.uri().path().ends_with("/bad"), "a bug of the transport");
        me(request)
    });
    let bad = RawCall::get("/bad");
    let panicked = std::thread::scope(|scope| {
        let calls = [(); 3].map(|()| scope.spawn(|| client.call(&bad, &token()).is_ok()));
        calls.map(|call| call.join().is_err())
    });
    assert_eq!(panicked, [true; 3]);
    client.call(&RawCall::get("/good"), &token()).unwrap();
}

#[test]
fn errors_of_a_transport_are_lost_unless_it_says_otherwise() {
    let lost = Client::builder().backoff(Backoff::never());
    let lost = lost.transport(Ureq::custom(|_| Err("no line"))).build().unwrap();
    let error = lost.call(&GetMe::new(), &token()).unwrap_err();
    assert_eq!(error.sent(), Sent::MaybeSent);
    let error = answering(Pacing::off(), |_| Err(Error::unsent("no line")));
    let error = error.call(&GetMe::new(), &token()).unwrap_err();
    assert_eq!(error.sent(), Sent::NotSent);
}

#[test]
fn rejected_session_ends_and_is_told() {
    let client = answering(Pacing::off(), |_| {
        Ok(Response::builder().status(401).body(Vec::new()).unwrap())
    });
    let told: Arc<Mutex<Vec<(Session, Session)>>> = Arc::default();
    let kept = Arc::clone(&told);
    let account = client
        .signed_in(Grant::personal(token()))
        .on_change(move |before, after| {
            kept.lock().unwrap().push((before.clone(), after.clone()));
        });
    let before = account.session();
    let error = account.call(&GetMe::new()).unwrap_err();
    assert!(error.needs_sign_in() && error.rejection().is_some(), "{error:?}");
    let error = account.clone().call(&GetMe::new()).unwrap_err();
    assert!(error.needs_sign_in());
    assert!(
        matches!(error, CallError::SignedOut(SignedOut::Rejected)),
        "{error:?}"
    );
    assert_eq!(*told.lock().unwrap(), [(before, account.session())]);
}
