//! `POST /myeduzz/v1/subscriptions/bulk-cancel` — cancels subscriptions.

use alloc::vec::Vec;

use eduzz_types::myeduzz::SubscriptionId;
use eduzz_types::{Acknowledged, PersonalText};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Cancels subscriptions, one or many (docs page
/// `/reference/api/post-myeduzz-v1-subscriptions-bulk-cancel`).
///
/// The service answers 202 and cancels later; it does not report the result per subscription. It is
/// the only call that cancels: no call cancels a single subscription. The maximum number of
/// subscriptions per call and the required fields are not documented; both fields are sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all(serialize = "camelCase"), deny_unknown_fields)]
#[non_exhaustive]
pub struct BulkCancelSubscriptions {
    /// The subscriptions: at least one, or nothing is sent.
    pub subscriptions: Vec<SubscriptionId>,
    /// The reason, as free text. It may be personal data, so it does not print.
    pub cancel_reason: PersonalText,
}

impl BulkCancelSubscriptions {
    /// Cancels the subscriptions, because of `cancel_reason`.
    #[must_use]
    pub fn new(
        subscriptions: impl IntoIterator<Item = impl Into<SubscriptionId>>,
        cancel_reason: impl Into<PersonalText>,
    ) -> Self {
        Self {
            subscriptions: subscriptions.into_iter().map(Into::into).collect(),
            cancel_reason: cancel_reason.into(),
        }
    }
}

impl Endpoint for BulkCancelSubscriptions {
    const ROUTE: Route = Route::post("/myeduzz/v1/subscriptions/bulk-cancel")
        .scopes(&["myeduzz_subscriptions_write"])
        .empty_body_is_success();
    type Output = Acknowledged;

    fn describe(&self, call: &mut Call) {
        call.require_each("subscriptions", &self.subscriptions)
            .require_text("cancel_reason", self.cancel_reason.as_str())
            .json(self);
    }
}
