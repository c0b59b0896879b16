//! The data of webhook events: the same that the API gives of the same things.

pub(crate) mod myeduzz;

use super::json::{Json, object};
use crate::state::shop::Producer;

/// The producer as MyEduzz and Blinket write it.
fn producer(producer: &Producer) -> Json {
    object! {
        "id" => producer.id.to_string(), "name" => &producer.name, "email" => &producer.email,
    }
}
