//! The answers of the webhook calls: subscriptions, events, the secret, reports of test deliveries.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use crate::page::filled;
use crate::scalar::optional_count;
use crate::webhook::WebhookSecret;
use crate::{ClientId, ExactNumber, FreeForm, PersonalText};

/// A subscription to events: a receiver's URL, the events, and the secret that signs them (docs
/// page `/reference/api/post-webhook-v1-subscription`). The console calls it a configuration.
///
/// No known answer has a subscription's filters. The console's other settings, how many deliveries
/// run at once and the backup of events, are not in this API.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Subscription {
    /// Id of the subscription.
    pub id: WebhookSubscriptionId,
    /// Its name, for people.
    pub name: Option<Box<str>>,
    /// Where the events go. Such an address often holds a key, so it does not print.
    pub url: PersonalText,
    /// The secret that signs the deliveries.
    pub secret_id: Option<WebhookSecretId>,
    /// Whether events are delivered. A new one is [`Disabled`](SubscriptionStatus::Disabled).
    pub status: SubscriptionStatus,
    /// The events that are delivered.
    #[serde(default, deserialize_with = "filled")]
    pub events: Vec<SubscribedEvent>,
}

open_enum! {
    /// Whether a subscription's events are delivered. The console also knows a state of backup,
    /// whose name in this API is not documented (Q79).
    SubscriptionStatus {
        /// Events are delivered.
        Active = "active",
        /// Nothing is delivered.
        Disabled = "disabled",
    }
}

/// An event of a subscription.
///
/// Most answers write it as an object, the list of subscriptions as a bare text (Q78). It is read
/// from either, and written back as it came.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "EventForm", into = "EventForm")]
#[non_exhaustive]
pub struct SubscribedEvent {
    /// The event's full name, such as `myeduzz.invoice_paid`.
    pub name: Box<str>,
    /// Empty in every example, and absent in some; other values are not documented (Q80).
    pub conditions: Vec<FreeForm>,
    form: Form,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Text,
    Object,
}

impl SubscribedEvent {
    /// An event without conditions.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into().into_boxed_str(),
            conditions: Vec::new(),
            form: Form::Object,
        }
    }
}

/// The two forms of an event.
#[derive(Serialize, Deserialize)]
#[serde(untagged, expecting = "invalid event: a name, or an object with it")]
enum EventForm {
    Text(Box<str>),
    Object {
        name: Box<str>,
        #[serde(default, deserialize_with = "filled")]
        conditions: Vec<FreeForm>,
    },
}

impl From<EventForm> for SubscribedEvent {
    fn from(form: EventForm) -> Self {
        let (name, conditions, form) = match form {
            EventForm::Text(name) => (name, Vec::new(), Form::Text),
            EventForm::Object { name, conditions } => (name, conditions, Form::Object),
        };
        Self {
            name,
            conditions,
            form,
        }
    }
}

impl From<SubscribedEvent> for EventForm {
    fn from(
        SubscribedEvent {
            name,
            conditions,
            form,
        }: SubscribedEvent,
    ) -> Self {
        match form {
            // A text has no place for conditions.
            Form::Text if conditions.is_empty() => Self::Text(name),
            _ => Self::Object { name, conditions },
        }
    }
}

/// A part of Eduzz that events come from, with its events (docs page
/// `/reference/api/get-webhook-v1-origin`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Origin {
    /// Id of the origin.
    pub id: WebhookOriginId,
    /// Its name, for people: `Nutror`.
    pub name: Option<Box<str>>,
    /// The part of its events' names before the dot: `nutror`.
    pub prefix: Option<Box<str>>,
    /// Its events.
    #[serde(default, deserialize_with = "filled")]
    pub events: Vec<OriginEvent>,
}

/// An event that can be subscribed to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct OriginEvent {
    /// The full name: `nutror.lesson_watched`.
    pub name: Box<str>,
    /// Fields that a subscription's filter can compare.
    #[serde(default, deserialize_with = "filled")]
    pub metadata: Vec<Box<str>>,
    /// Its description, for people, in Portuguese.
    pub description: Option<Box<str>>,
}

/// The secret that signs the deliveries of the subscriptions that an application makes through this
/// API (docs page `/reference/api/get-webhook-v1-secret`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SigningSecret {
    /// Id of the secret: a subscription's [`secret_id`](Subscription::secret_id).
    pub id: WebhookSecretId,
    /// Its name, for people: `APP: <id of the application>`.
    pub name: Option<Box<str>>,
    /// The application. It is probably the client id, which is not documented.
    pub app_id: Option<ClientId>,
    /// The secret itself, the key of the signatures.
    pub secret: WebhookSecret,
    /// Whether it is a default, judging by its name.
    #[serde(rename = "default")]
    pub is_default: Option<bool>,
}

/// The receiver's answer to a test delivery (docs page
/// `/reference/api/post-webhook-v1-subscription-sample`).
///
/// The call answers it with status 200 when the receiver answered well, and with 404 when it did
/// not (Q81).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SampleReport {
    /// The HTTP status that the receiver answered; `None` if the service gives none, for example
    /// because the receiver did not answer.
    #[serde(default, deserialize_with = "optional_status")]
    pub status_code: Option<u16>,
    /// The body that the receiver answered, as text. It is the receiver's, so it may hold anything,
    /// and does not print.
    pub body: Option<PersonalText>,
    /// How long the receiver took, in milliseconds; only the example shows the unit.
    pub time_taken: ExactNumber,
}

impl SampleReport {
    /// Whether the receiver accepted the delivery with a 2xx answer.
    #[must_use]
    pub const fn is_taken(&self) -> bool {
        matches!(self.status_code, Some(200..=299))
    }
}

fn optional_status<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u16>, D::Error> {
    optional_count(deserializer)?
        .map(|count| u16::try_from(count).map_err(|_| D::Error::custom("the number is not a status")))
        .transpose()
}

id! {
    /// Id of a webhook subscription: a receiver and its events.
    WebhookSubscriptionId;
    /// Id of a secret that signs webhooks; not the secret itself.
    WebhookSecretId;
    /// Id of a part of Eduzz that webhooks come from.
    WebhookOriginId;
}
