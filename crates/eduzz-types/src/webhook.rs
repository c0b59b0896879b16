//! Webhook bodies: the envelope, and the data of each event, one module an origin.
//!
//! Nothing here checks whether a body is genuine: the crate `eduzz-webhook` does, and gives these
//! values to receivers. The data of the events needs the feature `webhook-events`, which that crate
//! turns on, and the models of the webhook product's calls the feature `webhook`.

use alloc::boxed::Box;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::reading;
use crate::{DateTime, EventId};

#[cfg(feature = "webhook-events")]
pub mod alpaclass;
#[cfg(feature = "webhook-events")]
mod amount;
#[cfg(feature = "webhook-events")]
pub mod blinket;
#[cfg(feature = "webhook-events")]
pub mod myeduzz;
#[cfg(feature = "webhook-events")]
pub mod nutror;
#[cfg(feature = "webhook-events")]
pub mod safevideo;
mod secret;
#[cfg(feature = "webhook")]
pub mod subscriptions;
#[cfg(feature = "webhook-events")]
pub mod sun;

#[cfg(feature = "webhook-events")]
pub use amount::Amount;
pub use secret::WebhookSecret;

/// The body of a delivery (docs page `/docs/webhook`).
///
/// The order of the members differs between deliveries, so a body that is written again from this
/// has another signature: only the bytes as they came can be verified.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Envelope<T> {
    /// The same for each attempt to deliver the event, so it identifies duplicates. Two documented
    /// examples have none.
    pub id: Option<EventId>,
    /// The event's name, `<origin>.<name>`; some examples leave the origin out.
    pub event: Box<str>,
    /// What happened.
    pub data: T,
    /// When it was sent. Some examples have it within `data`, or not at all (Q72).
    pub sent_date: Option<DateTime>,
    /// Position of the date, so that writing back changes nothing.
    date_place: DatePlace,
}

/// Position of the date of an envelope (Q72).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum DatePlace {
    #[default]
    Envelope,
    Data,
    /// In the envelope, and this one within the data.
    Both(DateTime),
}

impl<T> Envelope<T> {
    /// An envelope, as a sender or a test writes it.
    #[must_use]
    pub fn new(id: EventId, event: &str, data: T, sent_date: Option<DateTime>) -> Self {
        Self {
            id: Some(id),
            event: event.into(),
            data,
            sent_date,
            date_place: DatePlace::Envelope,
        }
    }

    /// The same with its date, if it has one, within the data, where some examples have it (Q72).
    /// Data that is not an object has no place for it.
    #[must_use]
    pub fn dated_within(mut self) -> Self {
        if self.sent_date.is_some() {
            self.date_place = DatePlace::Data;
        }
        self
    }
}

/// An envelope as it is read and written.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Form<I, E, T, D> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<I>,
    event: E,
    data: T,
    #[serde(skip_serializing_if = "Option::is_none")]
    sent_date: Option<D>,
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Envelope<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let form = Form::<EventId, Box<str>, Dated<T>, DateTime>::deserialize(deserializer)?;
        let (sent_date, date_place) = match (form.sent_date, form.data.sent_date) {
            (Some(date), Some(within)) => (Some(date), DatePlace::Both(within)),
            (None, Some(within)) => (Some(within), DatePlace::Data),
            (date, None) => (date, DatePlace::Envelope),
        };
        Ok(Self {
            id: form.id,
            event: form.event,
            data: form.data.data,
            sent_date,
            date_place,
        })
    }
}

impl<T: Serialize> Serialize for Envelope<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (sent_date, within) = match &self.date_place {
            DatePlace::Envelope => (self.sent_date.as_ref(), None),
            DatePlace::Data => (None, self.sent_date.as_ref()),
            DatePlace::Both(within) => (self.sent_date.as_ref(), Some(within)),
        };
        let data = WithDate {
            data: &self.data,
            sent_date: within,
        };
        Form {
            id: self.id.as_ref(),
            event: &self.event,
            data,
            sent_date,
        }
        .serialize(serializer)
    }
}

/// Data that contains the date of the envelope.
struct Dated<T> {
    data: T,
    sent_date: Option<DateTime>,
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Dated<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        Ok(Self {
            data: reading::buffered(&value)?,
            sent_date: value
                .get("sentDate")
                .and_then(|date| DateTime::deserialize(date).ok()),
        })
    }
}

struct WithDate<'a, T> {
    data: &'a T,
    sent_date: Option<&'a DateTime>,
}

impl<T: Serialize> Serialize for WithDate<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Some(sent_date) = self.sent_date else {
            return self.data.serialize(serializer);
        };
        let mut data = serde_json::to_value(self.data).map_err(serde::ser::Error::custom)?;
        if let Value::Object(fields) = &mut data {
            // Some data keeps the date itself.
            fields
                .entry("sentDate")
                .or_insert_with(|| sent_date.as_str().into());
        }
        data.serialize(serializer)
    }
}

/// The data of `ping`, which checks an address before events go there (docs page
/// `/docs/webhook/ping`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Ping {
    /// `ping`.
    pub message: Option<Box<str>>,
}
