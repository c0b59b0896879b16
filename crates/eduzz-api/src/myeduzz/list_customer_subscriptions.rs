//! `GET /myeduzz/v1/subscriptions/customers/:email` — a customer with all their subscriptions.

use eduzz_types::PersonalText;
use eduzz_types::myeduzz::CustomerSubscriptions;
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Reads a customer with all their subscriptions, by e-mail address (docs page
/// `/reference/api/get-myeduzz-v1-subscriptions-customers-email`).
///
/// The address is part of the path and is percent-encoded, so `+`, `/` and `%` are safe.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ListCustomerSubscriptions {
    /// The customer's e-mail address.
    pub email: PersonalText,
}

builder!(ListCustomerSubscriptions {
    /// Reads the customer who has the e-mail address.
    new(email: impl Into<PersonalText>);
});

impl Endpoint for ListCustomerSubscriptions {
    const ROUTE: Route =
        Route::get("/myeduzz/v1/subscriptions/customers/:email").scopes(&["myeduzz_subscriptions_read"]);
    type Output = CustomerSubscriptions;

    fn describe(&self, call: &mut Call) {
        call.path("email", self.email.as_str());
    }
}
