//! `GET /myeduzz/v1/financial/transfers` — transfers to the bank, a page at a time.

use eduzz_types::myeduzz::Transfer;
use eduzz_types::{Date, Page};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Lists the account's transfers to the bank, a page at a time (docs page
/// `/reference/api/get-myeduzz-v1-financial-transfers`).
///
/// The list cannot tell changes: a transfer has no date of the last one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct ListTransfers {
    /// The first day. The documentation of early 2026 does not have the range; a later integration
    /// reference says that it is required (Q47).
    pub start_date: Option<Date>,
    /// The last day (Q47).
    pub end_date: Option<Date>,
    /// The page to read, counted from 1; the default is not documented.
    pub page: Option<u32>,
    /// Number of transfers per page; 10 in the documented examples. No maximum is documented.
    pub items_per_page: Option<u32>,
}

builder!(ListTransfers {
    /// Lists the transfers.
    const new();
    days,
    page: u32,
    items_per_page: u32,
});

paged!(ListTransfers, Transfer);

impl Endpoint for ListTransfers {
    const ROUTE: Route = Route::get("/myeduzz/v1/financial/transfers").scopes(&["myeduzz_financial_read"]);
    type Output = Page<Transfer>;

    fn describe(&self, call: &mut Call) {
        call.days(self.start_date.as_ref(), self.end_date.as_ref())
            .page(self.page, self.items_per_page);
    }
}
