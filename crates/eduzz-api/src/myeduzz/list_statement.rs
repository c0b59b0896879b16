//! `GET /myeduzz/v2/financial/statement` — the statement of a range of days, a page at a time.

use eduzz_types::myeduzz::{SaleId, StatementEntry};
use eduzz_types::{Date, Page};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Lists the entries of the account's statement in a range of days, a page at a time (docs page
/// `/reference/api/get-myeduzz-v2-financial-statement`).
///
/// It is a whole ledger; no call gives the balance (Q19). A range of more than about 12 months was
/// answered with an empty 200 (Q13): ask for less at a time.
///
/// The list cannot tell changes: an entry has no date of the last one. An entry is dated by its
/// credit, which can be later than the sale; whether entries of days to come are listed is not
/// documented.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ListStatement {
    /// The first day.
    pub start_date: Date,
    /// The last day; whether it is part of the range is not documented.
    pub end_date: Date,
    /// Only the entries of this sale.
    pub sale_id: Option<SaleId>,
    /// The page to read, counted from 1; the default is not documented.
    pub page: Option<u32>,
    /// Number of entries per page; 10 in the documented examples. No maximum is documented; 100 was
    /// seen to work.
    pub items_per_page: Option<u32>,
}

builder!(ListStatement {
    /// Lists the entries in the range.
    new(days);
    sale_id: SaleId,
    page: u32,
    items_per_page: u32,
});

paged!(ListStatement, StatementEntry, {
    // More than about twelve months is answered with an empty success (Q13).
    const MAX_DAYS: Option<u32> = Some(182);
    days_of_fields!();
});

impl Endpoint for ListStatement {
    const ROUTE: Route = Route::get("/myeduzz/v2/financial/statement").scopes(&["myeduzz_financial_read"]);
    type Output = Page<StatementEntry>;

    fn describe(&self, call: &mut Call) {
        call.days(&self.start_date, &self.end_date)
            .query_opt("saleId", self.sale_id.as_ref())
            .page(self.page, self.items_per_page);
    }
}
