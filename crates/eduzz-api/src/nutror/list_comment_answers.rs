//! `GET /nutror/v1/comments/:id/answers` — the answers to a comment, a page at a time.

use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use eduzz_types::nutror::CommentId;
use eduzz_types::{FreeForm, Page, PersonalText};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Lists the answers to a comment, a page at a time (docs page
/// `/reference/api/get-nutror-v1-comments-id-answers`).
///
/// The documented example has no answers, so the form of an answer is not known: each is returned
/// as it came (Q63). The documentation has two query parameters; that they are `page` and
/// `itemsPerPage` is inferred from the answer, which has pages (Q66).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ListCommentAnswers {
    /// The comment.
    pub id: CommentId,
    /// The page to read, counted from 1.
    pub page: Option<u32>,
    /// Number of answers per page; 50 in the documented example.
    pub items_per_page: Option<u32>,
    /// Further query parameters, added by [`extra_query`](method@Self::extra_query). The values may
    /// be personal data, so they do not print.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extra_query: Vec<(String, PersonalText)>,
}

builder!(ListCommentAnswers {
    /// Lists the answers to the comment.
    new(id: impl Into<CommentId>);
    page: u32,
    items_per_page: u32,
    ..extra_query
});

// No field is known to identify an answer, so the whole answer is the key.
paged!(ListCommentAnswers, FreeForm, |row| row
    .as_value()
    .to_string()
    .into());

impl Endpoint for ListCommentAnswers {
    const ROUTE: Route = Route::get("/nutror/v1/comments/:id/answers").scopes(&["nutror_comments_read"]);
    type Output = Page<FreeForm>;

    fn describe(&self, call: &mut Call) {
        call.path("id", &self.id).page(self.page, self.items_per_page);
        self.describe_extra_query(call);
    }
}
