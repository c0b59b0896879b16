//! `GET /myeduzz/v1/sales/:id` — one sale's details.

use eduzz_types::myeduzz::{Sale, SaleId};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Reads a sale's details: the fields of the list, its lines, its commissions, and the buyer's
/// address (docs page `/reference/api/get-myeduzz-v1-sales-id`).
///
/// A missing sale is answered with 404.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct GetSale {
    /// The sale.
    pub id: SaleId,
}

builder!(GetSale {
    /// Reads the details of this sale.
    new(id: impl Into<SaleId>);
});

impl Endpoint for GetSale {
    const ROUTE: Route = Route::get("/myeduzz/v1/sales/:id").scopes(&["myeduzz_sales_read"]);
    type Output = Sale;

    fn describe(&self, call: &mut Call) {
        call.path_except("id", &self.id, &["chargebacks", "summary"]);
    }
}
