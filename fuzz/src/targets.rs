//! The readers, and what holds for every input of each.

mod bodies;
mod sign_in;
mod stored;
mod texts;
mod webhooks;

use std::fmt::Debug;

use eduzz_types::read_json;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A reader of untrusted data.
pub(crate) struct Target {
    pub(crate) name: &'static str,
    pub(crate) what: &'static str,
    /// The inputs that are mutated.
    pub(crate) seeds: fn() -> Vec<Vec<u8>>,
    /// Panics if something does not hold for an input.
    pub(crate) run: fn(&[u8]),
}

const fn target(
    name: &'static str,
    what: &'static str,
    seeds: fn() -> Vec<Vec<u8>>,
    run: fn(&[u8]),
) -> Target {
    Target {
        name,
        what,
        seeds,
        run,
    }
}

/// The twelve readers that SECURITY.md names.
#[rustfmt::skip]
pub(crate) static ALL: &[Target] = &[
    target("callback", "a callback of the browser", sign_in::callbacks, sign_in::callback),
    target("token", "an answer of the token endpoint", sign_in::answers, sign_in::answer),
    target("answers", "an answer to any call of the API", bodies::seeds, bodies::answer),
    target("events", "the body of a signed delivery", webhooks::bodies, webhooks::event),
    target("signatures", "a signature, a method and a body", webhooks::signed, webhooks::signature),
    target("stored", "a stored sign-in, session, pacer or range of days", stored::seeds, stored::state),
    target("cursors", "a stored cursor and a page", stored::cursors, stored::cursor),
    target("dates", "a date or a moment", texts::dates, texts::date),
    target("money", "an amount", texts::amounts, texts::amount),
    target("origins", "an origin or a return URL", texts::origins, texts::origin),
    target("paths", "the path of a raw call, and a path value", texts::paths, texts::path),
    target("retry-after", "the headers Retry-After and Date", texts::waits, texts::wait),
];

/// read(write(v)) = v. A value that cannot be written exactly is an error, and no value.
fn reads_back<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    if let Ok(written) = serde_json::to_vec(value) {
        match read_json::<T>(&written) {
            Ok(again) => assert!(again == *value, "another value: {}", written.escape_ascii()),
            Err(error) => panic!("{error}: {}", written.escape_ascii()),
        }
    }
}

/// The text of an input, with other bytes replaced.
fn text(input: &[u8]) -> String {
    String::from_utf8_lossy(input).into_owned()
}

/// An input in two parts, divided by a line break.
fn halves(input: &[u8]) -> (&[u8], &[u8]) {
    let at = input
        .iter()
        .position(|byte| *byte == b'\n')
        .unwrap_or(input.len());
    (&input[..at], input.get(at + 1..).unwrap_or_default())
}

fn joined(one: impl AsRef<[u8]>, other: impl AsRef<[u8]>) -> Vec<u8> {
    [one.as_ref(), b"\n", other.as_ref()].concat()
}

fn lines(text: &str) -> Vec<Vec<u8>> {
    text.lines().map(|line| line.trim().as_bytes().to_vec()).collect()
}
