//! `GET /nutror/v1/comments/:id` — one comment.

use eduzz_types::nutror::{Comment, CommentId};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Reads a comment (docs page `/reference/api/get-nutror-v1-comments-id`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct GetComment {
    /// The comment.
    pub id: CommentId,
}

builder!(GetComment {
    /// Reads the comment.
    new(id: impl Into<CommentId>);
});

impl Endpoint for GetComment {
    const ROUTE: Route = Route::get("/nutror/v1/comments/:id").scopes(&["nutror_comments_read"]);
    type Output = Comment;

    fn describe(&self, call: &mut Call) {
        call.path("id", &self.id);
    }
}
