//! `POST /webhook/v1/subscription` — subscribes to events.

use alloc::string::String;
use alloc::vec::Vec;

use eduzz_types::PersonalText;
use eduzz_types::webhook::subscriptions::{Subscription, WebhookSecretId};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

use super::WebhookFilter;

/// Subscribes a URL to events (docs page `/reference/api/post-webhook-v1-subscription`).
///
/// The new subscription is disabled:
/// [`SetWebhookSubscriptionStatus`](super::SetWebhookSubscriptionStatus) activates it. Which fields
/// are required is not documented; all but the filters and the secret's id are sent. How many
/// deliveries run at once, and whether events are backed up, can be set in the console only.
///
/// It is not retried if it may have been carried out: a second subscription delivers every event
/// twice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all(serialize = "camelCase"), deny_unknown_fields)]
#[non_exhaustive]
pub struct CreateWebhookSubscription {
    /// Name of the subscription, for people.
    pub name: String,
    /// Where the events go. Such an address often holds a key, so it does not print.
    pub url: PersonalText,
    /// The full names of the events, such as `myeduzz.invoice_paid`;
    /// [`ListWebhookOrigins`](super::ListWebhookOrigins) lists the available ones.
    #[serde(serialize_with = "super::named")]
    pub events: Vec<String>,
    /// The filters of the events. How filters of several metadata combine is not documented.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub filters: Vec<WebhookFilter>,
    /// The secret that signs. Only the older of two descriptions of this call has it (Q82); without
    /// it, the application's own presumably does, see
    /// [`GetWebhookSecret`](super::GetWebhookSecret).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret_id: Option<WebhookSecretId>,
}

impl CreateWebhookSubscription {
    /// Subscribes this URL to these events.
    #[must_use]
    pub fn new(
        name: impl Into<String>,
        url: impl Into<PersonalText>,
        events: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        Self {
            name: name.into(),
            url: url.into(),
            events: events.into_iter().map(Into::into).collect(),
            filters: Vec::new(),
            secret_id: None,
        }
    }

    /// Adds a filter.
    #[must_use]
    pub fn filter(mut self, filter: WebhookFilter) -> Self {
        self.filters.push(filter);
        self
    }
}

setters!(CreateWebhookSubscription {
    secret_id: WebhookSecretId,
});

impl Endpoint for CreateWebhookSubscription {
    const ROUTE: Route = Route::post("/webhook/v1/subscription").scopes(&["webhook_write"]);
    type Output = Subscription;

    fn describe(&self, call: &mut Call) {
        super::check_subscription(call, &self.name, &self.url, &self.events, &self.filters);
        if let Some(secret) = &self.secret_id {
            call.require_text("secret_id", secret);
        }
        call.json(self);
    }
}
