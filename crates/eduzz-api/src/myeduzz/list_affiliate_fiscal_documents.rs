//! `GET /myeduzz/v1/financial/affiliate/fiscal-documents` — affiliates' fiscal documents.

use alloc::string::String;
use alloc::vec::Vec;

use eduzz_types::myeduzz::AffiliateFiscalDocument;
use eduzz_types::{Page, PersonalText};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Lists the fiscal documents of affiliates, a page at a time (docs page
/// `/reference/api/get-myeduzz-v1-financial-affiliate-fiscal-documents`).
///
/// The documentation has ten query parameters for dates, status, sale and product, and their names
/// are not published (Q52): pass a known one with [`extra_query`](method@Self::extra_query). `page`
/// and `itemsPerPage` are assumed to be two of the ten.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct ListAffiliateFiscalDocuments {
    /// The page to read, counted from 1; the default is not documented.
    pub page: Option<u32>,
    /// Number of documents per page; 10 in the documented examples. No maximum is documented.
    pub items_per_page: Option<u32>,
    /// Further query parameters, added by [`extra_query`](method@Self::extra_query). The values may
    /// be personal data, so they do not print.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub extra_query: Vec<(String, PersonalText)>,
}

builder!(ListAffiliateFiscalDocuments {
    /// Lists the documents.
    const new();
    page: u32,
    items_per_page: u32,
    ..extra_query
});

paged!(ListAffiliateFiscalDocuments, AffiliateFiscalDocument, |row| row
    .document
    .id
    .as_str()
    .into());

impl Endpoint for ListAffiliateFiscalDocuments {
    const ROUTE: Route =
        Route::get("/myeduzz/v1/financial/affiliate/fiscal-documents").scopes(&["myeduzz_financial_read"]);
    type Output = Page<AffiliateFiscalDocument>;

    fn describe(&self, call: &mut Call) {
        call.page(self.page, self.items_per_page);
        self.describe_extra_query(call);
    }
}
