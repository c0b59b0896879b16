//! `GET /myeduzz/v1/customers` — the customers who bought from the producer.

use alloc::string::String;

use eduzz_types::myeduzz::CustomerSummary;
use eduzz_types::{Date, Page};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Lists the producer's customers, a page at a time (docs page
/// `/reference/api/get-myeduzz-v1-customers`).
///
/// The names of its parameters come from a third party; their number is the documentation's (Q42).
/// The list cannot tell changes: a customer has no date of the last one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct ListCustomers {
    /// The first day; which date of a customer it is compared with is not documented.
    pub start_date: Option<Date>,
    /// The last day.
    pub end_date: Option<Date>,
    /// The order of the list. How it is written is not documented; elsewhere Eduzz writes
    /// `field:asc,field:desc` (Q42).
    pub order: Option<String>,
    /// The page to read, counted from 1; the default is not documented.
    pub page: Option<u32>,
    /// Number of customers per page; the documentation's examples have 10.
    pub items_per_page: Option<u32>,
}

builder!(ListCustomers {
    /// Lists all customers.
    new();
    days,
    order: String,
    page: u32,
    items_per_page: u32,
});

paged!(ListCustomers, CustomerSummary);

impl Endpoint for ListCustomers {
    const ROUTE: Route = Route::get("/myeduzz/v1/customers").scopes(&["myeduzz_customers_read"]);
    type Output = Page<CustomerSummary>;

    fn describe(&self, call: &mut Call) {
        call.days(self.start_date.as_ref(), self.end_date.as_ref())
            .query_opt("order", self.order.as_deref())
            .page(self.page, self.items_per_page);
    }
}
