//! `DELETE /nutror/v1/answers/:id` — deletes an answer to a comment.

use eduzz_types::NoContent;
use eduzz_types::nutror::AnswerId;
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Deletes an answer to a comment (docs page `/reference/api/delete-nutror-v1-answers-id`).
///
/// Which field of an answer holds its id is not documented (Q63). A second deletion is answered
/// with 404.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct DeleteAnswer {
    /// The answer.
    pub id: AnswerId,
}

builder!(DeleteAnswer {
    /// Deletes the answer.
    new(id: impl Into<AnswerId>);
});

impl Endpoint for DeleteAnswer {
    const ROUTE: Route = Route::delete("/nutror/v1/answers/:id")
        .scopes(&["nutror_comments_write"])
        .empty_body_is_success();
    type Output = NoContent;

    fn describe(&self, call: &mut Call) {
        call.path("id", &self.id);
    }
}
