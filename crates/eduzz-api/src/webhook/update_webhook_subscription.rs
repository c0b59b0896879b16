//! `PUT /webhook/v1/subscription/:subscriptionId` — changes a subscription.

use alloc::string::String;
use alloc::vec::Vec;

use eduzz_types::PersonalText;
use eduzz_types::webhook::subscriptions::{Subscription, WebhookSubscriptionId};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

use super::WebhookFilter;

/// Changes a subscription's name, URL and events (docs page
/// `/reference/api/put-webhook-v1-subscription-subscriptionId`).
///
/// Whether an omitted field keeps its value is not documented, so all fields are sent, except the
/// filters if they are empty: whether the subscription then keeps its old filters is not
/// documented. The example's answer is disabled; whether a change disables an active subscription
/// is not documented either (Q83), so look at the answer's `status`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all(serialize = "camelCase"), deny_unknown_fields)]
#[non_exhaustive]
pub struct UpdateWebhookSubscription {
    /// The subscription.
    #[serde(skip_serializing)]
    pub id: WebhookSubscriptionId,
    /// The new name, for people.
    pub name: String,
    /// Where the events go. Such an address often holds a key, so it does not print.
    pub url: PersonalText,
    /// The full names of the events.
    #[serde(serialize_with = "super::named")]
    pub events: Vec<String>,
    /// The filters of the events.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub filters: Vec<WebhookFilter>,
}

impl UpdateWebhookSubscription {
    /// Changes the subscription to this name, address and events.
    #[must_use]
    pub fn new(
        id: impl Into<WebhookSubscriptionId>,
        name: impl Into<String>,
        url: impl Into<PersonalText>,
        events: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            url: url.into(),
            events: events.into_iter().map(Into::into).collect(),
            filters: Vec::new(),
        }
    }

    /// Adds a filter.
    #[must_use]
    pub fn filter(mut self, filter: WebhookFilter) -> Self {
        self.filters.push(filter);
        self
    }
}

impl Endpoint for UpdateWebhookSubscription {
    const ROUTE: Route = Route::put("/webhook/v1/subscription/:subscriptionId").scopes(&["webhook_write"]);
    type Output = Subscription;

    fn describe(&self, call: &mut Call) {
        call.path("subscriptionId", &self.id);
        super::check_subscription(call, &self.name, &self.url, &self.events, &self.filters);
        call.json(self);
    }
}
