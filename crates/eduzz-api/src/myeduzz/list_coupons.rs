//! `GET /myeduzz/v1/products/coupons` — the coupons of the producer's products, a page at a time.

use alloc::string::String;
use alloc::vec::Vec;

use alloc::format;

use eduzz_types::myeduzz::Coupon;
use eduzz_types::{Page, PersonalText};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Lists the coupons of the producer's products, a page at a time (docs page
/// `/reference/api/get-myeduzz-v1-products-coupons`).
///
/// The documentation has two query parameters; that they are `page` and `itemsPerPage` is inferred
/// from the answer, which has pages (Q51).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct ListCoupons {
    /// The page to read, counted from 1; the default is not documented.
    pub page: Option<u32>,
    /// Number of coupons per page; 10 in the documented examples. No maximum is documented.
    pub items_per_page: Option<u32>,
    /// Further query parameters, added by [`extra_query`](method@Self::extra_query). The values may
    /// be personal data, so they do not print.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub extra_query: Vec<(String, PersonalText)>,
}

builder!(ListCoupons {
    /// Lists the coupons.
    const new();
    page: u32,
    items_per_page: u32,
    ..extra_query
});

// A coupon has no id, and whether two may have the same code is not documented.
paged!(ListCoupons, Coupon, |row| {
    let mut key = format!("{} {:?} {:?}", row.code, row.value, row.limit_date);
    for product in &row.products {
        key.push(' ');
        key.push_str(product.id.as_str());
    }
    key.into()
});

impl Endpoint for ListCoupons {
    const ROUTE: Route = Route::get("/myeduzz/v1/products/coupons").scopes(&["myeduzz_products_read"]);
    type Output = Page<Coupon>;

    fn describe(&self, call: &mut Call) {
        call.page(self.page, self.items_per_page);
        self.describe_extra_query(call);
    }
}
