//! `GET /blinket/v1/attendance-tags` — the account's tags, a page at a time.

use alloc::string::String;
use alloc::vec::Vec;

use eduzz_types::blinket::Tag;
use eduzz_types::{Page, PersonalText};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Lists the account's tags, a page at a time (docs page
/// `/reference/api/get-blinket-v1-attendance-tags`).
///
/// The documentation has two query parameters; that they are `page` and `itemsPerPage` is inferred
/// from the answer, which has pages (Q148).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct ListTags {
    /// The page to read, counted from 1; the default is not documented.
    pub page: Option<u32>,
    /// Number of tags per page; 10 in the documented example. No maximum is documented.
    pub items_per_page: Option<u32>,
    /// Further query parameters, added by [`extra_query`](method@Self::extra_query). The values may
    /// be personal data, so they do not print.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub extra_query: Vec<(String, PersonalText)>,
}

builder!(ListTags {
    /// Lists the tags.
    const new();
    page: u32,
    items_per_page: u32,
    ..extra_query
});

paged!(ListTags, Tag);

impl Endpoint for ListTags {
    const ROUTE: Route = Route::get("/blinket/v1/attendance-tags").scopes(&["blinket_read"]);
    type Output = Page<Tag>;

    fn describe(&self, call: &mut Call) {
        call.page(self.page, self.items_per_page);
        self.describe_extra_query(call);
    }
}
