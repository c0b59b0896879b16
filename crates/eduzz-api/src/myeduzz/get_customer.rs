//! `GET /myeduzz/v1/customers/:email` — one customer's details.

use eduzz_types::PersonalText;
use eduzz_types::myeduzz::Customer;
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Reads a customer's details, by the e-mail address (docs page
/// `/reference/api/get-myeduzz-v1-customers-email`).
///
/// The address is a part of the path, percent-encoded as one segment: servers and proxies may log
/// it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct GetCustomer {
    /// The customer's e-mail address.
    pub email: PersonalText,
}

builder!(GetCustomer {
    /// Reads the customer with this e-mail address.
    new(email: impl Into<PersonalText>);
});

impl Endpoint for GetCustomer {
    const ROUTE: Route = Route::get("/myeduzz/v1/customers/:email").scopes(&["myeduzz_customers_read"]);
    type Output = Customer;

    fn describe(&self, call: &mut Call) {
        call.path("email", self.email.as_str());
    }
}
