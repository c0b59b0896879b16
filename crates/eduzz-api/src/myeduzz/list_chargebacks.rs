//! `GET /myeduzz/v1/sales/chargebacks` — the sales with a chargeback.

use alloc::format;

use eduzz_types::myeduzz::{ChargebackStatus, SaleChargeback, SaleId};
use eduzz_types::{Date, DateTime, Page, PersonalText};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Lists the sales with a chargeback, a page at a time
/// (docs page `/reference/api/get-myeduzz-v1-sales-chargebacks`).
///
/// The names of its parameters come from a third party; their number is the documentation's (Q42).
/// The list cannot tell changes: a row has no date of the last one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ListChargebacks {
    /// The first day. The page shows a moment, but a plain day was seen to work (Q43). Which date
    /// of a chargeback it is compared with is not documented.
    pub start_date: Date,
    /// The last day.
    pub end_date: Date,
    /// Only this sale. That it is the sale's id is taken from the answer.
    pub id: Option<SaleId>,
    /// Only sales to the buyer with this e-mail address. It is part of the URL: servers and proxies
    /// may log it.
    pub buyer_email: Option<PersonalText>,
    /// Only chargebacks with this status.
    pub chargeback_status: Option<ChargebackStatus>,
    /// The page to read, counted from 1; the default is not documented.
    pub page: Option<u32>,
    /// Number of chargebacks per page; the documentation's examples have 10.
    pub items_per_page: Option<u32>,
}

builder!(ListChargebacks {
    /// Lists the chargebacks from the first to the last of these days.
    new(days);
    id: SaleId,
    buyer_email: PersonalText,
    chargeback_status: ChargebackStatus,
    page: u32,
    items_per_page: u32,
});

// Whether a sale can have two chargebacks is not documented: the key includes when they were
// requested.
paged!(
    ListChargebacks,
    SaleChargeback,
    |row| {
        let asked = row.chargeback.requested_at.as_ref().map_or("", DateTime::as_str);
        format!("{} {asked}", row.id).into()
    },
    {
        // Deep pages of longer ranges get slow until the connection drops (Q11).
        const MAX_DAYS: Option<u32> = Some(365);
        days_of_fields!();
    }
);

impl Endpoint for ListChargebacks {
    const ROUTE: Route = Route::get("/myeduzz/v1/sales/chargebacks").scopes(&["myeduzz_sales_read"]);
    type Output = Page<SaleChargeback>;

    fn describe(&self, call: &mut Call) {
        call.days(&self.start_date, &self.end_date)
            .query_opt("id", self.id.as_ref())
            .query_opt("buyerEmail", self.buyer_email.as_ref().map(PersonalText::as_str))
            .query_opt("chargebackStatus", self.chargeback_status.as_ref())
            .page(self.page, self.items_per_page);
    }
}
