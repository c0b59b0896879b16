//! `DELETE /nutror/v1/comments/:id` — deletes a comment.

use eduzz_types::NoContent;
use eduzz_types::nutror::CommentId;
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Deletes a comment (docs page `/reference/api/delete-nutror-v1-comments-id`).
///
/// A second deletion is answered with 404, and so is a retry after a lost answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct DeleteComment {
    /// The comment.
    pub id: CommentId,
}

builder!(DeleteComment {
    /// Deletes the comment.
    new(id: impl Into<CommentId>);
});

impl Endpoint for DeleteComment {
    const ROUTE: Route = Route::delete("/nutror/v1/comments/:id")
        .scopes(&["nutror_comments_write"])
        .empty_body_is_success();
    type Output = NoContent;

    fn describe(&self, call: &mut Call) {
        call.path("id", &self.id);
    }
}
