//! `GET /myeduzz/v1/products` — the producer's products, a page at a time.

use eduzz_types::Page;
use eduzz_types::myeduzz::Product;
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Lists the producer's products, a page at a time (docs page
/// `/reference/api/get-myeduzz-v1-products`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct ListProducts {
    /// The page to read, counted from 1; the default is not documented.
    pub page: Option<u32>,
    /// Number of products per page; 10 in the documented examples. No maximum is documented; 100
    /// was seen to work.
    pub items_per_page: Option<u32>,
}

builder!(ListProducts {
    /// Lists the products.
    const new();
    page: u32,
    items_per_page: u32,
});

paged!(ListProducts, Product);

impl Endpoint for ListProducts {
    const ROUTE: Route = Route::get("/myeduzz/v1/products").scopes(&["myeduzz_products_read"]);
    type Output = Page<Product>;

    fn describe(&self, call: &mut Call) {
        call.page(self.page, self.items_per_page);
    }
}
