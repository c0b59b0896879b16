//! `GET /myeduzz/v1/products/:id/campaigns` — the campaigns of a product, all at once.

use eduzz_types::myeduzz::ProductCampaign;
use eduzz_types::{List, ProductId};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Lists the campaigns of a product, all at once (docs page
/// `/reference/api/get-myeduzz-v1-products-id-campaigns`).
///
/// The documented answer is a bare list, against the service's convention; both forms are read
/// (Q34).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ListProductCampaigns {
    /// The product.
    pub id: ProductId,
}

builder!(ListProductCampaigns {
    /// Lists the campaigns of the product.
    new(id: impl Into<ProductId>);
});

impl Endpoint for ListProductCampaigns {
    const ROUTE: Route = Route::get("/myeduzz/v1/products/:id/campaigns").scopes(&["myeduzz_products_read"]);
    type Output = List<ProductCampaign>;

    fn describe(&self, call: &mut Call) {
        call.path("id", &self.id);
    }
}
