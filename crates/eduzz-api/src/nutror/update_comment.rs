//! `PATCH /nutror/v1/comments/:id` — changes a comment's marks, or approves it.

use eduzz_types::NoContent;
use eduzz_types::nutror::CommentId;
use eduzz_wire::{Call, Endpoint, Repeat, Route};
use serde::{Deserialize, Serialize};

/// Changes a comment's marks, or approves it (docs page
/// `/reference/api/patch-nutror-v1-comments-id`).
///
/// At least one must be set; only the method `PATCH` implies that an omitted field keeps its value.
/// Whether the service accepts several at once is not documented. A second call is assumed to
/// change nothing, so it may be [repeated](Repeat::Idempotent), though it is a `PATCH`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all(serialize = "camelCase"), deny_unknown_fields)]
#[non_exhaustive]
pub struct UpdateComment {
    /// The comment.
    #[serde(skip_serializing)]
    pub id: CommentId,
    /// Whether it is pinned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_fixed: Option<bool>,
    /// Whether it is approved. A comment shows that only in its
    /// [`status`](eduzz_types::nutror::Comment::status), of which one value is known (Q58).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_approved: Option<bool>,
    /// Whether it counts as read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_read: Option<bool>,
    /// Whether it is marked as a favourite.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_favorite: Option<bool>,
}

builder!(UpdateComment {
    /// Changes the comment; set at least one field before sending.
    new(id: impl Into<CommentId>);
    is_fixed: bool,
    is_approved: bool,
    is_read: bool,
    is_favorite: bool,
});

impl Endpoint for UpdateComment {
    const ROUTE: Route = Route::patch("/nutror/v1/comments/:id")
        .scopes(&["nutror_comments_write"])
        .repeat(Repeat::Idempotent)
        .empty_body_is_success();
    type Output = NoContent;

    fn describe(&self, call: &mut Call) {
        call.path("id", &self.id).json_change(Self::SETTABLE, self);
    }
}
