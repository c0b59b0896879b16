//! What deliveries say of the news: the same that the API says of the same things.

mod alpaclass;
mod blinket;
mod myeduzz;
mod nutror;

use crate::http::json::{Json, object};
use crate::state::shop::Producer;

/// A part of the world of which webhooks tell.
pub(crate) trait Tells {
    /// A piece of news: what happened, and to what, as it stood then.
    type News;

    /// What happened since it was last told.
    fn take_news(&mut self) -> Vec<Self::News>;

    /// The full name of the event.
    fn event(news: &Self::News) -> &'static str;

    /// The data of the event.
    fn data(&self, producer: &Producer, news: &Self::News) -> Json;
}

/// The producer as MyEduzz and Blinket have it.
fn producer(producer: &Producer) -> Json {
    object! {
        "id" => producer.id.to_string(), "name" => &producer.name, "email" => &producer.email,
    }
}
