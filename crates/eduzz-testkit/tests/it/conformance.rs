//! The driver without IO is a client like the others.

use std::ops::ControlFlow;
use std::time::Duration;

use eduzz_oauth::{ExchangeCode, ExchangeFailure, Grant};
use eduzz_testkit::conformance::{self, NoIo, Reply, Setup, Subject, Unanswered, World};
use eduzz_types::AccessToken;
use eduzz_wire::{Backoff, Batch, CallError, Endpoint, Pace, Paged, Progress, RawCall, Sweep};

struct Direct(NoIo);

impl Subject for Direct {
    type Error = Unanswered;

    fn call<E: Endpoint + Sync>(
        &self,
        call: &E,
        token: &AccessToken,
    ) -> Result<E::Output, CallError<Unanswered>> {
        self.0.call(call, Some(token))
    }

    fn exchange(&self, code: ExchangeCode) -> Result<Grant, ExchangeFailure<Unanswered>> {
        self.0.exchange(code)
    }

    fn batches<L: Paged<Row: Send> + Send + Sync + 'static>(
        &self,
        sweep: Sweep<L>,
        token: &AccessToken,
        each: impl FnMut(Batch<L::Row>) -> ControlFlow<()>,
    ) -> Result<Progress, CallError<Unanswered>> {
        self.0.batches(sweep, token, each)
    }
}

#[test]
fn driver_without_io_conforms() {
    conformance::client(|setup, world| Direct(NoIo::new(setup, world)));
}

#[test]
fn year_of_calls_takes_no_time() {
    let day = Duration::from_secs(24 * 60 * 60);
    let world = World::new(|_, _| Reply::Answer(200, None, "{}".to_owned()));
    let setup = Setup {
        pace: Some(Pace {
            requests: 30,
            per: day,
        }),
        backoff: Backoff::default(),
        attempt_timeout: Duration::from_secs(30),
        response_limit: 1_000,
    };
    let client = NoIo::new(setup, world.clone());
    let token = AccessToken::new("invented-token");
    for _ in 0..=365 * 30 {
        client.call(&RawCall::get("/x"), Some(&token)).unwrap();
    }
    assert_eq!(client.now().as_secs(), day.as_secs() * 365);
    for window in world.seen().windows(31) {
        assert!(window[30].at - window[0].at > day);
    }
}
