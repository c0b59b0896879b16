//! `PUT /myeduzz/v1/subscriptions/:id/recurring-date` — requests another charge date.

use eduzz_types::Acknowledged;
use eduzz_types::myeduzz::{DueDateDay, DueDateMotive, SubscriptionId};
use eduzz_wire::{Call, Endpoint, Repeat, Route};
use serde::{Deserialize, Serialize};

/// Requests another charge date for a subscription; the customer is notified or asked to confirm
/// (docs page `/reference/api/put-myeduzz-v1-subscriptions-id-recurring-date`).
///
/// A second call may send the customer another message, so it is sent [once](Repeat::Once), though
/// it is a `PUT` (Q55). The required fields of the body are not documented; both are sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all(serialize = "camelCase"), deny_unknown_fields)]
#[non_exhaustive]
pub struct SetRecurringDate {
    /// The subscription.
    #[serde(skip_serializing)]
    pub id: SubscriptionId,
    /// The day of the month to charge on.
    pub due_date_day: DueDateDay,
    /// Why.
    pub motive: DueDateMotive,
}

builder!(SetRecurringDate {
    /// Requests `due_date_day` as the charge date, because of `motive`.
    new(
        id: impl Into<SubscriptionId>,
        due_date_day: impl Into<DueDateDay>,
        motive: impl Into<DueDateMotive>,
    );
});

impl Endpoint for SetRecurringDate {
    const ROUTE: Route = Route::put("/myeduzz/v1/subscriptions/:id/recurring-date")
        .scopes(&["myeduzz_subscriptions_write"])
        .repeat(Repeat::Once)
        .empty_body_is_success();
    type Output = Acknowledged;

    fn describe(&self, call: &mut Call) {
        call.path("id", &self.id)
            .require_text("due_date_day", self.due_date_day.as_str())
            .require_text("motive", self.motive.as_str())
            .json(self);
    }
}
