//! The answers to the calls of the API.

use std::fmt::Debug;
use std::sync::LazyLock;

use eduzz_testkit::{canary, meta};
use eduzz_wire::{Endpoint, EndpointExt as _, ResponseError};
use http::Response;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{halves, joined, reads_back, text};

type Check = dyn Fn(u16, &[u8]) + Send + Sync;

/// A call: its name, and what holds for an answer to it.
struct Reader {
    product: &'static str,
    endpoint: &'static str,
    read: Box<Check>,
}

macro_rules! readers {
    ($(($product:ident, $endpoint:ident, $call:ident)),+ $(,)?) => {
        static READERS: LazyLock<Vec<Reader>> = LazyLock::new(|| vec![
            $(reader::<eduzz_api::$product::$call>(stringify!($product), stringify!($endpoint)),)+
        ]);
    };
}

eduzz_api::for_each_endpoint!(readers);

fn reader<E>(product: &'static str, endpoint: &'static str) -> Reader
where
    E: Endpoint + DeserializeOwned + Send + Sync + 'static,
    E::Output: Serialize + DeserializeOwned + PartialEq + Debug,
{
    let fixture = eduzz_fixtures::find(product, endpoint).unwrap();
    let call: E = serde_json::from_value(meta::read(fixture.meta).call).unwrap();
    Reader {
        product,
        endpoint,
        read: Box::new(move |status, body| check(&call, status, body)),
    }
}

fn check<E: Endpoint>(call: &E, status: u16, body: &[u8])
where
    E::Output: Serialize + DeserializeOwned + PartialEq + Debug,
{
    let Ok(response) = Response::builder().status(status).body(body) else {
        return;
    };
    match call.response(&response) {
        Ok(value) => reads_back(&value),
        Err(error) => {
            canary::error_is_clean(&error);
            match error {
                ResponseError::Rejected(rejection) => assert_eq!(rejection.body, body),
                ResponseError::Unreadable(unreadable) => assert_eq!(unreadable.body, body),
                other => panic!("{other}"),
            }
        }
    }
}

/// The call's number and the status, and the body.
pub(super) fn seeds() -> Vec<Vec<u8>> {
    let seed = |(number, reader): (usize, &Reader)| {
        let fixture = eduzz_fixtures::find(reader.product, reader.endpoint).unwrap();
        let answers = fixture.answers.iter();
        answers
            .map(|answer| joined(format!("{number} {}", answer.status), answer.body))
            .collect::<Vec<_>>()
    };
    READERS.iter().enumerate().flat_map(seed).collect()
}

pub(super) fn answer(input: &[u8]) {
    let (head, body) = halves(input);
    let head = text(head);
    let (number, status) = head.split_once(' ').unwrap_or((&head, ""));
    let number: usize = number.parse().unwrap_or(0);
    let reader = &READERS[number % READERS.len()];
    (reader.read)(status.parse().unwrap_or(200), body);
}
