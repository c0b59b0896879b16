//! `GET /myeduzz/v1/products/:id/offers` — the offers of a product, all at once.

use eduzz_types::myeduzz::ProductOffer;
use eduzz_types::{List, ProductId};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Lists the offers of a product, all at once (docs page
/// `/reference/api/get-myeduzz-v1-products-id-offers`).
///
/// The documented answer is a bare list, against the service's convention; both forms are read
/// (Q34).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ListProductOffers {
    /// The product.
    pub id: ProductId,
}

builder!(ListProductOffers {
    /// Lists the offers of the product.
    new(id: impl Into<ProductId>);
});

impl Endpoint for ListProductOffers {
    const ROUTE: Route = Route::get("/myeduzz/v1/products/:id/offers").scopes(&["myeduzz_products_read"]);
    type Output = List<ProductOffer>;

    fn describe(&self, call: &mut Call) {
        call.path("id", &self.id);
    }
}
