//! Example bodies of the Eduzz API and its webhooks: documented shapes with invented values.
//!
//! A folder below `api` is one call: answers by status, and `meta.json` with the call's fields, the
//! request that they become, and the source of each body. [`ALL`] lists them. [`REFUSALS`] are the
//! error bodies that every call can be answered with.
//!
//! A folder below `events` is one event: bodies of deliveries, envelope included (`event.json` and
//! variants), and `meta.json` with the source of each. [`EVENTS`] lists them.
//!
//! ```
//! let me = eduzz_fixtures::find("accounts", "get_me").expect("a fixture of GetMe");
//! assert!(me.answers.iter().any(|answer| answer.status == 200));
//!
//! let event = eduzz_fixtures::find_event("safevideo", "encoder_started").expect("a fixture of the event");
//! assert!(event.plain().is_some_and(|body| body.starts_with(b"{")));
//! ```

#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

pub mod fidelity;

/// Every fixture of a call, in order of product and endpoint.
pub static ALL: &[Fixture] = include!(concat!(env!("OUT_DIR"), "/all.rs"));

/// Error bodies in the general form, which every call can be answered with.
pub static REFUSALS: &[Answer] = include!(concat!(env!("OUT_DIR"), "/refusals.rs"));

/// Every fixture of an event, in order of origin and event.
pub static EVENTS: &[EventFixture] = include!(concat!(env!("OUT_DIR"), "/events.rs"));

/// The examples of one call.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Fixture {
    /// The product of the call; `oauth` for the token endpoint.
    pub product: &'static str,
    /// The call, in snake case.
    pub endpoint: &'static str,
    /// The call's fields (`call`), the request that they become (`request`: method, target, body),
    /// and the source of the examples, JSON.
    pub meta: &'static str,
    /// The answers.
    pub answers: &'static [Answer],
}

/// One answer.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The file's name.
    pub name: &'static str,
    /// The body, as received.
    pub body: &'static [u8],
}

/// The examples of a call.
#[must_use]
pub fn find(product: &str, endpoint: &str) -> Option<&'static Fixture> {
    ALL.iter()
        .find(|fixture| fixture.product == product && fixture.endpoint == endpoint)
}

impl Fixture {
    /// The answer with a 2xx status that is not a variant (`200.json`, not `200-minimal.json`).
    #[must_use]
    pub fn success(&self) -> Option<&'static Answer> {
        self.answers
            .iter()
            .find(|answer| (200..300).contains(&answer.status) && !answer.name.contains('-'))
    }
}

/// The examples of one event of a webhook.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct EventFixture {
    /// The part of its name before the dot: the product that sends it.
    pub origin: &'static str,
    /// The part of its name after the dot.
    pub event: &'static str,
    /// The source of the examples, JSON.
    pub meta: &'static str,
    /// The bodies.
    pub bodies: &'static [Body],
}

/// One body of a delivery.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Body {
    /// The file's name.
    pub name: &'static str,
    /// The body, as signed.
    pub bytes: &'static [u8],
}

/// The examples of an event.
#[must_use]
pub fn find_event(origin: &str, event: &str) -> Option<&'static EventFixture> {
    EVENTS
        .iter()
        .find(|fixture| fixture.origin == origin && fixture.event == event)
}

impl EventFixture {
    /// `event.json`: the documented event in its full shape.
    #[must_use]
    pub fn plain(&self) -> Option<&'static [u8]> {
        let plain = self.bodies.iter().find(|body| body.name == "event.json");
        plain.map(|body| body.bytes)
    }
}
