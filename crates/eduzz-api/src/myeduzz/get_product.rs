//! `GET /myeduzz/v1/products/:id` — one product.

use eduzz_types::ProductId;
use eduzz_types::myeduzz::Product;
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Reads one product; the answer has the same fields as the list's items (docs page
/// `/reference/api/get-myeduzz-v1-products-id`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct GetProduct {
    /// The product.
    pub id: ProductId,
}

builder!(GetProduct {
    /// Reads the product.
    new(id: impl Into<ProductId>);
});

impl Endpoint for GetProduct {
    const ROUTE: Route = Route::get("/myeduzz/v1/products/:id").scopes(&["myeduzz_products_read"]);
    type Output = Product;

    fn describe(&self, call: &mut Call) {
        call.path_except("id", &self.id, &["coupons"]);
    }
}
