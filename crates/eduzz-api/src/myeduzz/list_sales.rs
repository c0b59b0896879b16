//! `GET /myeduzz/v1/sales` — the sales of a range of days.

use eduzz_types::myeduzz::{AffiliateId, Sale, SaleReferenceDate, SaleStatus, SubscriptionId};
use eduzz_types::{Date, Page, PersonalText, ProductId};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

use super::status_filter;

/// Lists the sales of a range of days, a page at a time (docs page
/// `/reference/api/get-myeduzz-v1-sales`).
///
/// The names of its parameters come from a third party and from programs that use them; their
/// number is the documentation's (Q42). Whether the days are Brasília's or UTC's, and whether the
/// last one counts whole, is not documented. A range of many years is accepted (Q12), but deep
/// pages of it get slow until the connection drops (Q11): a sweep asks year by year.
///
/// An order is one sale per charge: each instalment of a bank slip and each charge of a contract is
/// a sale (Q36). Refunds are sales whose status changed: ask for them by the date of the last
/// change (Q18).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ListSales {
    /// The first day. A plain day: a moment is refused with 422 (Q9).
    pub start_date: Date,
    /// The last day.
    pub end_date: Date,
    /// The date of a sale that the range applies to; the default is not documented.
    pub reference_date: Option<SaleReferenceDate>,
    /// Only sales with this status. A status that the service does not support is refused with 400
    /// or 422 (Q15).
    pub status: Option<SaleStatus>,
    /// Only charges of this contract.
    pub contract_id: Option<SubscriptionId>,
    /// Only sales of this product.
    pub product_id: Option<ProductId>,
    /// Only sales by this affiliate.
    pub affiliate_id: Option<AffiliateId>,
    /// Only sales to the buyer with this e-mail address. It is part of the URL: servers and proxies
    /// may log it.
    pub buyer_email: Option<PersonalText>,
    /// Only sales to the buyer with this tax number (CPF, CNPJ). It is part of the URL: servers and
    /// proxies may log it.
    pub buyer_document: Option<PersonalText>,
    /// The page to read, counted from 1; the default is not documented.
    pub page: Option<u32>,
    /// Number of sales per page; 10 by default. Many use 100; a maximum is not documented.
    pub items_per_page: Option<u32>,
}

builder!(ListSales {
    /// Lists the sales from the first to the last of these days.
    new(days);
    reference_date: SaleReferenceDate,
    status: SaleStatus,
    contract_id: SubscriptionId,
    product_id: ProductId,
    affiliate_id: AffiliateId,
    buyer_email: PersonalText,
    buyer_document: PersonalText,
    page: u32,
    items_per_page: u32,
});

paged!(ListSales, Sale, {
    // Deep pages of longer ranges get slow until the connection drops (Q11).
    const MAX_DAYS: Option<u32> = Some(365);
    days_of_fields!();

    fn rows_may_move(&self) -> bool {
        self.reference_date == Some(SaleReferenceDate::UpdatedAt)
    }
});

impl Endpoint for ListSales {
    const ROUTE: Route = Route::get("/myeduzz/v1/sales").scopes(&["myeduzz_sales_read"]);
    type Output = Page<Sale>;

    fn describe(&self, call: &mut Call) {
        call.days(&self.start_date, &self.end_date)
            .query_opt("referenceDate", self.reference_date.as_ref())
            .query_opt("status", self.status.as_ref().map(status_filter))
            .query_opt("contractId", self.contract_id.as_ref())
            .query_opt("productId", self.product_id.as_ref())
            .query_opt("affiliateId", self.affiliate_id.as_ref())
            .query_opt("buyerEmail", self.buyer_email.as_ref().map(PersonalText::as_str))
            .query_opt(
                "buyerDocument",
                self.buyer_document.as_ref().map(PersonalText::as_str),
            )
            .page(self.page, self.items_per_page);
    }
}
