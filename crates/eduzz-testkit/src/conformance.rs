//! Properties of every client: it sends the same requests, reports the same answers, and retries,
//! waits and sweeps in the same way.
//!
//! [`attempt`] checks one attempt over a loopback socket. [`client`] checks whole calls against a
//! [`World`], which a socket serves ([`hosted`]) or a driver without IO asks ([`NoIo`]).

mod attempt;
mod client;
mod host;
mod list;
mod no_io;

pub use attempt::run as attempt;
pub use client::{Subject, run as client};
pub use host::{Hosted, hosted};
pub use no_io::{NoIo, Unanswered};

use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use eduzz_wire::{Backoff, Pace};
use http::Request;

/// What a client under test is set to.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The pace for each account; `None` is off.
    pub pace: Option<Pace>,
    /// How calls are retried.
    pub backoff: Backoff,
    /// The timeout of one attempt.
    pub attempt_timeout: Duration,
    /// The maximum size of a response's body, in bytes.
    pub response_limit: usize,
}

/// How a request is answered.
#[derive(Clone, Debug)]
pub enum Reply {
    /// With a status, one header, and a body.
    Answer(u16, Option<(&'static str, &'static str)>, String),
    /// Not at all: the connection closes after the request was read.
    Cut,
    /// Not at all: the connection stays open.
    Silence,
}

/// A service for tests: it answers the nth request, from 1, and notes when each one came.
#[derive(Clone)]
pub struct World {
    script: Arc<Script>,
    seen: Arc<Mutex<Vec<Seen>>>,
}

type Script = dyn Fn(usize, &Request<Vec<u8>>) -> Reply + Send + Sync;

/// A request that came.
#[derive(Clone, Debug)]
pub struct Seen {
    /// When, by the clock of whoever serves the world.
    pub at: Duration,
    /// What was asked for: path and query.
    pub target: String,
}

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("World")
            .field("seen", &self.seen)
            .finish_non_exhaustive()
    }
}

impl World {
    /// A world that answers so.
    pub fn new(script: impl Fn(usize, &Request<Vec<u8>>) -> Reply + Send + Sync + 'static) -> Self {
        Self {
            script: Arc::new(script),
            seen: Arc::default(),
        }
    }

    /// Answers a request that comes at this time.
    ///
    /// # Panics
    ///
    /// A script panicked before.
    #[must_use]
    pub fn answer(&self, request: &Request<Vec<u8>>, at: Duration) -> Reply {
        let mut seen = self.seen.lock().unwrap();
        seen.push(Seen {
            at,
            target: request.uri().to_string(),
        });
        (self.script)(seen.len(), request)
    }

    /// The requests that came.
    ///
    /// # Panics
    ///
    /// A script panicked before.
    #[must_use]
    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }
}
