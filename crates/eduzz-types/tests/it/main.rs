//! Properties that users of the types rely on.

#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::needless_pass_by_value,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests"
)]

mod alpaclass;
mod blinket;
mod dates;
mod money;
mod nutror;
mod problems;
mod safevideo;
mod sales;
mod secrets;
mod tickets;
mod tolerance;
mod webhooks;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

fn read<T: DeserializeOwned>(body: Value) -> T {
    serde_json::from_value(body).unwrap()
}

fn is_refused<T: DeserializeOwned>(body: &Value) -> bool {
    T::deserialize(body).is_err()
}

/// The elements of a JSON array: the cases of a test.
fn cases(list: Value) -> impl Iterator<Item = Value> {
    read::<Vec<Value>>(list).into_iter()
}

/// A value as its model writes it, without the nulls of its absent fields.
fn written(value: &impl Serialize) -> Value {
    fn without_nulls(value: &mut Value) {
        if let Some(fields) = value.as_object_mut() {
            fields.retain(|_, field| !field.is_null());
            fields.values_mut().for_each(without_nulls);
        }
    }
    let mut value = serde_json::to_value(value).unwrap();
    without_nulls(&mut value);
    value
}
