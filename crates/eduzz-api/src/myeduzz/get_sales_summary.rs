//! `GET /myeduzz/v1/sales/summary` — the totals of the sales in a range of days.

use eduzz_types::myeduzz::{AffiliateId, SaleStatus, SalesSummary, SubscriptionId};
use eduzz_types::{Date, ProductId};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

use super::status_filter;

/// Reads the totals of the sales in a range of days (docs page
/// `/reference/api/get-myeduzz-v1-sales-summary`).
///
/// Neither the date that the range applies to nor whether unpaid sales count is documented.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct GetSalesSummary {
    /// The first day. The page does not say that it is required, a third party does (Q43).
    pub start_date: Date,
    /// The last day.
    pub end_date: Date,
    /// Only charges of this contract.
    pub contract_id: Option<SubscriptionId>,
    /// Only sales of this product.
    pub product_id: Option<ProductId>,
    /// Only sales by this affiliate.
    pub affiliate_id: Option<AffiliateId>,
    /// Only sales with this status.
    pub status: Option<SaleStatus>,
}

builder!(GetSalesSummary {
    /// Reads the totals of the sales from the first to the last of these days.
    new(days);
    contract_id: SubscriptionId,
    product_id: ProductId,
    affiliate_id: AffiliateId,
    status: SaleStatus,
});

impl Endpoint for GetSalesSummary {
    const ROUTE: Route = Route::get("/myeduzz/v1/sales/summary").scopes(&["myeduzz_sales_read"]);
    type Output = SalesSummary;

    fn describe(&self, call: &mut Call) {
        call.days(&self.start_date, &self.end_date)
            .query_opt("contractId", self.contract_id.as_ref())
            .query_opt("productId", self.product_id.as_ref())
            .query_opt("affiliateId", self.affiliate_id.as_ref())
            .query_opt("status", self.status.as_ref().map(status_filter));
    }
}
