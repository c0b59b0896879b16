//! `GET /myeduzz/v1/products/:id/partners` — the partners of a product, all at once.

use eduzz_types::myeduzz::ProductPartner;
use eduzz_types::{List, ProductId};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Lists the partners of a product, all at once (docs page
/// `/reference/api/get-myeduzz-v1-products-id-partners`).
///
/// The documented answer is a bare list, against the service's convention; both forms are read
/// (Q34).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ListProductPartners {
    /// The product.
    pub id: ProductId,
}

builder!(ListProductPartners {
    /// Lists the partners of the product.
    new(id: impl Into<ProductId>);
});

impl Endpoint for ListProductPartners {
    const ROUTE: Route = Route::get("/myeduzz/v1/products/:id/partners").scopes(&["myeduzz_products_read"]);
    type Output = List<ProductPartner>;

    fn describe(&self, call: &mut Call) {
        call.path("id", &self.id);
    }
}
