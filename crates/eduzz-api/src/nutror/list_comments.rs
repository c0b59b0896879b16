//! `GET /nutror/v1/comments` — the comments below the lessons, a page at a time.

use alloc::string::String;
use alloc::vec::Vec;

use eduzz_types::nutror::Comment;
use eduzz_types::{Page, PersonalText};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Lists the comments below the lessons, a page at a time (docs page
/// `/reference/api/get-nutror-v1-comments`).
///
/// The documentation lists ten query parameters without their names; that two of them are `page`
/// and `itemsPerPage` is inferred from the answer, which has pages (Q66).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct ListComments {
    /// The page to read, counted from 1.
    pub page: Option<u32>,
    /// Number of comments per page. Neither a default nor a maximum is documented.
    pub items_per_page: Option<u32>,
    /// Further query parameters, added by [`extra_query`](method@Self::extra_query). The values may
    /// be personal data, so they do not print.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub extra_query: Vec<(String, PersonalText)>,
}

builder!(ListComments {
    /// Lists the comments.
    const new();
    page: u32,
    items_per_page: u32,
    ..extra_query
});

paged!(ListComments, Comment);

impl Endpoint for ListComments {
    const ROUTE: Route = Route::get("/nutror/v1/comments").scopes(&["nutror_comments_read"]);
    type Output = Page<Comment>;

    fn describe(&self, call: &mut Call) {
        call.page(self.page, self.items_per_page);
        self.describe_extra_query(call);
    }
}
