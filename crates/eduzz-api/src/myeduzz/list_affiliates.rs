//! `GET /myeduzz/v1/affiliates` — the affiliates who may sell the producer's products.

use alloc::string::String;
use alloc::vec::Vec;

use eduzz_types::myeduzz::Affiliation;
use eduzz_types::{Page, ProductId};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Lists the affiliations of the producer's products, a page at a time
/// (docs page `/reference/api/get-myeduzz-v1-affiliates`).
///
/// A product that the producer does not have is answered with 404.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct ListAffiliates {
    /// Only affiliations of these products; empty means all. They are sent separated by commas: the
    /// page says only that it is a text (Q41).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub product_ids: Vec<ProductId>,
    /// The page to read, counted from 1; the default is not documented.
    pub page: Option<u32>,
    /// Number of affiliations per page; the documentation's examples have 10.
    pub items_per_page: Option<u32>,
}

impl ListAffiliates {
    /// Lists the affiliations of all products.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets [`product_ids`](Self#structfield.product_ids).
    #[must_use]
    pub fn product_ids(mut self, product_ids: impl IntoIterator<Item = impl Into<ProductId>>) -> Self {
        self.product_ids = product_ids.into_iter().map(Into::into).collect();
        self
    }
}

setters!(ListAffiliates {
    page: u32,
    items_per_page: u32,
});

paged!(ListAffiliates, Affiliation);

impl Endpoint for ListAffiliates {
    const ROUTE: Route = Route::get("/myeduzz/v1/affiliates").scopes(&["myeduzz_affiliates_read"]);
    type Output = Page<Affiliation>;

    fn describe(&self, call: &mut Call) {
        if !self.product_ids.is_empty() {
            // An empty id would ask for the affiliates of all products.
            call.require_each("product_ids", &self.product_ids);
        }
        let mut product_ids = String::new();
        for id in &self.product_ids {
            if !product_ids.is_empty() {
                product_ids.push(',');
            }
            product_ids.push_str(id.as_str());
        }
        call.query_opt("productIds", Some(product_ids).filter(|text| !text.is_empty()))
            .page(self.page, self.items_per_page);
    }
}
