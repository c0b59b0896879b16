//! `GET /myeduzz/v1/subscriptions/:id/invoices` — the invoices of a subscription, all at once.

use eduzz_types::Items;
use eduzz_types::myeduzz::{SubscriptionId, SubscriptionInvoice};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Lists the invoices of a subscription, all at once (docs page
/// `/reference/api/get-myeduzz-v1-subscriptions-id-invoices`).
///
/// One subscription and due date can show several open invoices (Q17). A missing subscription is
/// answered with 404.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ListSubscriptionInvoices {
    /// The subscription.
    pub id: SubscriptionId,
}

builder!(ListSubscriptionInvoices {
    /// Lists the invoices of the subscription.
    new(id: impl Into<SubscriptionId>);
});

impl Endpoint for ListSubscriptionInvoices {
    const ROUTE: Route =
        Route::get("/myeduzz/v1/subscriptions/:id/invoices").scopes(&["myeduzz_subscriptions_read"]);
    type Output = Items<SubscriptionInvoice>;

    fn describe(&self, call: &mut Call) {
        call.path("id", &self.id);
    }
}
