//! Webhooks: subscriptions, origins of events, and the signing secret.

mod create_webhook_subscription;
mod delete_webhook_subscription;
mod delete_webhook_subscriptions_by_url;
mod get_webhook_sample;
mod get_webhook_secret;
mod list_webhook_origins;
mod list_webhook_subscriptions;
mod send_webhook_sample;
mod set_webhook_subscription_status;
mod update_webhook_subscription;

pub use create_webhook_subscription::CreateWebhookSubscription;
pub use delete_webhook_subscription::DeleteWebhookSubscription;
pub use delete_webhook_subscriptions_by_url::DeleteWebhookSubscriptionsByUrl;
pub use get_webhook_sample::GetWebhookSample;
pub use get_webhook_secret::GetWebhookSecret;
pub use list_webhook_origins::ListWebhookOrigins;
pub use list_webhook_subscriptions::ListWebhookSubscriptions;
pub use send_webhook_sample::SendWebhookSample;
pub use set_webhook_subscription_status::SetWebhookSubscriptionStatus;
pub use update_webhook_subscription::UpdateWebhookSubscription;

use alloc::string::String;
use alloc::vec::Vec;

use eduzz_types::PersonalText;
use eduzz_wire::Call;
use serde::{Deserialize, Serialize, Serializer};

/// Delivers only the events in which a metadatum has one of these values (docs page
/// `/reference/api/post-webhook-v1-subscription`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct WebhookFilter {
    /// The compared metadatum, such as `productId`: one of the names that
    /// [`OriginEvent::metadata`](eduzz_types::webhook::subscriptions::OriginEvent::metadata) gives
    /// for the event.
    pub metadata: String,
    /// The accepted values. Some metadata are e-mail addresses, so they do not print.
    pub values: Vec<PersonalText>,
}

impl WebhookFilter {
    /// Accepts events with one of these values.
    #[must_use]
    pub fn new(
        metadata: impl Into<String>,
        values: impl IntoIterator<Item = impl Into<PersonalText>>,
    ) -> Self {
        Self {
            metadata: metadata.into(),
            values: values.into_iter().map(Into::into).collect(),
        }
    }
}

/// Checks the fields of both calls that write a subscription. A filter without a name or values
/// could accept everything, or nothing.
fn check_subscription(
    call: &mut Call,
    name: &str,
    url: &PersonalText,
    events: &[String],
    filters: &[WebhookFilter],
) {
    for filter in filters {
        call.require_text("filters", &filter.metadata)
            .require("filters", !filter.values.is_empty());
        for value in &filter.values {
            call.require_text("filters", value.as_str());
        }
    }
    call.require_text("name", name)
        .require_text("url", url.as_str())
        .require_each("events", events);
}

/// An event, as the examples of both calls send it (Q78).
#[derive(Serialize)]
struct EventName<'a> {
    name: &'a str,
}

fn named<S: Serializer>(events: &[String], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(events.iter().map(|name| EventName { name }))
}
